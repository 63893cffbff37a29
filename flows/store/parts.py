"""Part files: staged out of sight, synced, then renamed; a reader never sees a torn line."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from flows.store.errors import StoreError

_STAGED = ".staged-"


class Part:
    """A part in the making: lines go to a hidden file, which takes its final name when all of them are on disk.

    Left by an exception, or without a line, it leaves nothing behind.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._final = folder / name
        self._staged = folder / f"{_STAGED}{name}"
        self._stream: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def write(self, line: bytes) -> None:
        """Add one line, its break included.

        Raises:
            StoreError: the disk is full, or the folder may not be written.
        """
        try:
            if self._stream is None:
                self._stream = self._staged.open("xb")
            self._stream.write(line)
        except OSError as error:
            raise _store_error(self._final, error, started=True) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is None:
            return
        try:
            if kind is None:
                self._stream.flush()
                os.fsync(self._stream.fileno())
                self._stream.close()
                self._staged.rename(self._final)
                sync_folder(self._final.parent)
        except OSError as failure:
            raise _store_error(self._final, failure, started=True) from failure
        finally:
            self._discard()

    def _discard(self) -> None:
        """Close and unlink what is still staged; a full disk complains once more on closing, which is known."""
        try:
            if self._stream is not None:
                self._stream.close()
        except OSError:
            pass
        self._staged.unlink(missing_ok=True)


def open_folder(folder: Path) -> None:
    """Make a folder of parts ready: it is there, may be written, and holds nothing staged by a run that died.

    Raises:
        StoreError: it cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for leftover in folder.glob(f"{_STAGED}*"):
            leftover.unlink()
        probe = folder / f"{_STAGED}probe"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise _store_error(folder, error) from error


def part_lines(folder: Path) -> Iterator[tuple[Path, int, bytes]]:
    """Every line of the visible parts: file, line number from 1, and the line."""
    for path in sorted(folder.glob("*.jsonl")):
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                yield path, number, line


def sync_folder(folder: Path) -> None:
    """Make a rename inside the folder last."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_part(folder: Path, name: str, lines: Iterable[bytes]) -> None:
    """A whole part at once."""
    with Part(folder, name) as part:
        for line in lines:
            part.write(line)


def _store_error(path: Path, error: OSError, *, started: bool = False) -> StoreError:
    return StoreError(f"{path}: cannot be written: {error.strerror or error}", started=started)
