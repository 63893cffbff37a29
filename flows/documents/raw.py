"""A file on disk, opened so that somebody can watch how far reading has come."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from flows.documents.loaded import Source

# Takes the number of bytes that were read of the file since it was last called.
Advance = Callable[[int], object]


@contextmanager
def open_raw(source: Source, advance: Advance) -> Iterator[BinaryIO]:
    """The file's bytes; `advance` hears of them as they are read, and of the file's whole size in all.

    Some formats are read from their end first, some only in part: what was not read when the file is closed is told
    then, and what is read twice is told once.
    """
    file = _CountedFile(source, advance)
    try:
        with io.BufferedReader(file) as stream:
            yield stream
    finally:
        file.tell_rest()


class _CountedFile(io.FileIO):
    def __init__(self, source: Source, advance: Advance) -> None:
        self._advance = advance
        self._left = source.size
        super().__init__(source.path)

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override] # typeshed wants any writable buffer
        count = super().readinto(buffer)
        self._tell(count)
        return count

    def tell_rest(self) -> None:
        self._tell(self._left)

    def _tell(self, count: int) -> None:
        step = min(count, self._left)
        self._left -= step
        if step:
            self._advance(step)
