"""Part files on a local disk: staged out of sight, synced, then revealed by a rename."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePath
from typing import IO, Literal, get_args

import msgspec

from flows.store.disk import exchange, place_of_old, put_back, reading, store_error, sync_folder, writing
from flows.store.errors import StoreError

Folder = Literal["records", "quarantine"]
FOLDERS: tuple[Folder, ...] = get_args(Folder)
Line = tuple[PurePath, int, bytes]
"""A line of a part: the file, its number in it from 1, and itself with its break."""
# Says whose a folder is: that its parts are the registered ones would not tell two empty folders apart.
_MARK = ".written-by"


class Part(msgspec.Struct, frozen=True):
    """A part file that is complete: its name, and its size in bytes."""

    folder: Folder
    name: str
    size: int


class StagedPart:
    """A part in the making."""

    def __init__(self, folder: Folder, path: Path) -> None:
        self._folder = folder
        self._path = path
        self._lines = self._size = 0
        with writing(path):
            self._stream: IO[bytes] = path.open("xb")

    @property
    def name(self) -> str:
        """The file's name, as it will be seen."""
        return self._path.name

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._size

    @property
    def lines(self) -> int:
        """Lines written so far."""
        return self._lines

    def write(self, line: bytes) -> None:
        """Add one line, its break included.

        Raises:
            StoreError: the disk is full, or the folder may not be written.
        """
        try:
            self._stream.write(line)
        except OSError as error:
            raise store_error(self._path, error, started=True) from error
        self._lines += 1
        self._size += len(line)

    def finish(self) -> Part:
        """Sync what is written, so that it outlives a loss of power."""
        with writing(self._path):
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
        return Part(self._folder, self._path.name, self._size)

    def discard(self) -> None:
        """Close and unlink; a full disk complains once more on closing, which is known."""
        with suppress(OSError):
            self._stream.close()
        self._path.unlink(missing_ok=True)


class LocalParts:
    """The folders of a store: `records/`, `quarantine/`, and `staging/` for what is not yet to be seen."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._staging = out / "staging"

    def open(self) -> None:
        """Make the folders ready.

        Raises:
            StoreError: one cannot be made or written.
        """
        for folder in FOLDERS:
            with writing(self.out / folder, started=False):
                put_back(self._next(folder), self.out / folder)
            if (self.out / folder).is_symlink():
                raise StoreError(f"{self.out / folder}: is a link; link the store's folder as a whole")
            for path in (self.out / folder, self._staging / folder):
                with writing(path, started=False):
                    path.mkdir(parents=True, exist_ok=True)
                    probe = path / probe_name()
                    probe.touch()
                    probe.unlink(missing_ok=True)

    def close(self) -> None:
        """Nothing is held open."""

    def exists(self) -> bool:
        """Whether there is a store, whole or not."""
        return any((self.out / folder).exists() for folder in FOLDERS)

    def lines(self, folder: Folder) -> Iterator[Line]:
        """Every line of the parts that a reader sees."""
        return read_lines(self.out / folder)

    def all_lines(self, folder: Folder) -> Iterator[Line]:
        """Every line in sight, then every staged one: a commit may have died before it showed them."""
        for place in (self.out / folder, self._staging / folder):
            yield from read_lines(place)

    def path(self, part: Part) -> Path:
        """Where a part is to be seen."""
        return self.out / part.folder / part.name

    def stage(self, folder: Folder, name: str) -> StagedPart:
        """A new part, out of sight; `reveal` shows it."""
        return StagedPart(folder, self._staging / folder / name)

    def begin_next(self, folder: Folder, run: str) -> None:
        """An empty folder, marked as a run's, that is to take the place of the old one; `exchange` does it."""
        self.drop_next(folder)
        with writing(self._next(folder)):
            self._next(folder).mkdir()
            with (self._next(folder) / _MARK).open("w", encoding="utf-8") as mark:
                mark.write(run)
                mark.flush()
                os.fsync(mark.fileno())
            sync_folder(self._staging)

    def stage_next(self, folder: Folder, name: str) -> StagedPart:
        """A new part of the folder begun by `begin_next`."""
        return StagedPart(folder, self._next(folder) / name)

    def reveal(self, part: Part) -> None:
        """Show a staged part, in one step."""
        staged = self._staging / part.folder / part.name
        with writing(self.path(part)):
            staged.rename(self.path(part))
            sync_folder(self.out / part.folder)

    def visible(self, folder: Folder) -> dict[str, int]:
        """The parts that a reader sees, with their sizes."""
        return _sizes(self.out / folder)

    def staged(self, folder: Folder) -> dict[str, int]:
        """The parts that are staged, with their sizes."""
        return _sizes(self._staging / folder)

    def next_by(self, folder: Folder) -> str | None:
        """The run that began the folder that is to take the place of the old one; None without one."""
        mark = self._next(folder) / _MARK
        with reading(mark):
            return mark.read_text(encoding="utf-8") if mark.is_file() else None

    def sync_staged(self, folder: Folder) -> None:
        """Make the names of staged parts last."""
        for path in (self._staging / folder, self._next(folder)):
            if path.is_dir():
                with writing(path):
                    sync_folder(path)

    def exchange(self, folder: Folder) -> None:
        """Let the next folder take the place of the old one, and drop that."""
        with writing(self.out / folder):
            exchange(self._next(folder), self.out / folder)
            sync_folder(self.out)
            sync_folder(self._staging)
        self.drop_next(folder)

    def drop_next(self, folder: Folder) -> None:
        """Forget a folder that was to take another's place."""
        for path in (self._next(folder), place_of_old(self._next(folder))):
            shutil.rmtree(path, ignore_errors=True)

    def drop_staged(self) -> None:
        """Forget what a run that died had staged but not registered."""
        for folder in FOLDERS:
            for name in self.staged(folder):
                _drop(self._staging / folder / name)
        for page in self._staging.glob("*.warc.gz"):  # as RawFile names them; no state tells of those
            _drop(page)

    def _next(self, folder: Folder) -> Path:
        return self._staging / f"next-{folder}"


def probe_name() -> str:
    """A file to find out by whether a place can be written: another run may do so at this moment, too."""
    return f".probe-{secrets.token_hex(4)}"


def _drop(path: Path) -> None:
    with writing(path):
        path.unlink()


def _sizes(folder: Path) -> dict[str, int]:
    if not folder.is_dir():
        return {}
    with reading(folder), os.scandir(folder) as entries:
        return {
            entry.name: entry.stat().st_size if entry.is_file() else -1
            for entry in entries
            if entry.name.endswith(".jsonl") and not entry.name.startswith(".")
        }


def read_lines(folder: Path) -> Iterator[Line]:
    """Every line of the parts in a folder: file, line number from 1, and the line with its break."""
    for name in sorted(_sizes(folder)):
        with reading(folder / name), (folder / name).open("rb") as stream:
            for number, line in enumerate(stream, 1):
                yield folder / name, number, line
