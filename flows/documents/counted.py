"""A file, opened so that somebody can watch how far reading has come."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from flows.documents.loaded import Source
from flows.remote import RemoteFile

# Takes the number of bytes that were read of the file since it was last called.
Advance = Callable[[int], object]


@contextmanager
def open_raw(source: Source, advance: Advance) -> Iterator[BinaryIO]:
    """The file's bytes; `advance` hears of them as they are read, and of the file's whole size in all.

    Some formats are read from their end first, some only in part: what was not read when the file is closed is told
    then, and what is read twice is told once.
    """
    told = _Told(source.size, advance)
    try:
        raw = _CountedRemote(source.url, told) if source.url else _CountedFile(source, told)
        with io.BufferedReader(raw) as stream:
            yield stream
    finally:
        told.tell(source.size)


class _Told:
    """Tells of bytes until all of a file's have been told."""

    def __init__(self, size: int, advance: Advance) -> None:
        self._left = size
        self._advance = advance

    def tell(self, count: int) -> None:
        step = min(count, self._left)
        self._left -= step
        if step:
            self._advance(step)


class _CountedFile(io.FileIO):
    def __init__(self, source: Source, told: _Told) -> None:
        self._told = told
        super().__init__(source.base / source.path)

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override] # typeshed wants any writable buffer
        count = super().readinto(buffer)
        self._told.tell(count)
        return count


class _CountedRemote(RemoteFile):
    def __init__(self, url: str, told: _Told) -> None:
        self._told = told
        super().__init__(url)

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override] # as above
        count = super().readinto(buffer)
        self._told.tell(count)
        return count
