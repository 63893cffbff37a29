"""Parts of a store in object storage, or wherever else fsspec writes, by URL.

A bucket has no rename and no order of writes. So a part is written under its final name, whole, before it is
registered, and what counts is what the state says; `manifest.jsonl`, written after each commit, says it to those who
read without it.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from flows.remote import filesystem
from flows.store.disk import Doing, store_error, writing
from flows.store.errors import DamagedError, StoreError
from flows.store.manifest import MANIFEST, Shown, decode_manifest, encode_manifest
from flows.store.parts import FOLDERS, Folder, Line, Part, StagedPart, probe_name

# Where a slash in a name is a letter like any other; asked for a folder, some of these make a bucket.
_WITHOUT_FOLDERS = {"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "oss", "memory"}
# Where a rename puts a file in another's place; elsewhere it is refused, or a copy.
_REPLACING = {"file", "local", "sftp", "ssh"}


class StagedObject(StagedPart):
    """A part in the making: on this machine's disk, until it is complete."""

    def __init__(self, folder: Folder, path: Path, upload: Callable[[Part, Path], None]) -> None:
        with writing(path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
        super().__init__(folder, path)
        self._upload = upload

    def finish(self) -> Part:
        """Write the object, under its final name; nobody sees it before it is registered."""
        part = super().finish()
        self._upload(part, self._path)
        with writing(self._path):
            self._path.unlink()
        return part


class ObjectParts:
    """The objects of a store: `records/`, `quarantine/`, and the manifest that says which of them count."""

    def __init__(self, out: str) -> None:
        self.out = out.rstrip("/")
        self._system, self._root = filesystem(self.out)
        self._shown: Shown | None = None
        self._next: dict[Folder, dict[str, Part]] = {}
        self._scheme = self.out.partition("://")[0]
        self._local: Path | None = None

    def open(self) -> None:
        """Find out whether the place can be written.

        Raises:
            StoreError: it cannot.
        """
        with self._doing(started=False):
            if self._scheme not in _WITHOUT_FOLDERS:
                for folder in FOLDERS:
                    self._system.makedirs(self._path(folder), exist_ok=True)
            probe = self._path(probe_name())
            self._system.pipe_file(probe, b"")
            self._system.rm_file(probe)

    def close(self) -> None:
        """Remove what was made on this machine's disk."""
        if self._local is not None:
            shutil.rmtree(self._local, ignore_errors=True)
            self._local = None

    def exists(self) -> bool:
        """Whether there is a store, whole or not."""
        with self._doing("read", started=False):
            self._system.invalidate_cache()
            return bool(self._system.exists(self._path(MANIFEST)) or any(map(self._present, FOLDERS)))

    def stage(self, folder: Folder, name: str) -> StagedPart:
        """A new part; `reveal` shows it."""
        return self._stage(folder, name, folder, self._upload)

    def reveal(self, part: Part) -> None:
        """Show a part that was registered."""
        self._manifest()[part.folder][part.name] = part
        self._write_manifest()

    def visible(self, folder: Folder) -> dict[str, int]:
        """The parts that a reader of the manifest sees, with their sizes; without one, all that lie there."""
        return {name: part.size for name, part in self._manifest()[folder].items()}

    def staged(self, _folder: Folder) -> dict[str, int]:
        """None: what is not registered is dropped, not found again."""
        return {}

    def sync_staged(self, _folder: Folder) -> None:
        """An object that was written lasts."""

    def begin_next(self, folder: Folder, _run: str) -> None:
        """Begin a set of parts that is to take the place of all that count."""
        self._next[folder] = {}

    def stage_next(self, folder: Folder, name: str) -> StagedPart:
        """A new part of the set begun by `begin_next`."""
        return self._stage(folder, name, f"next-{folder}", self._upload_next)

    def exchange(self, folder: Folder) -> None:
        """Let the new set, which is registered by now, take the place of the old one, and drop that."""
        new = self._next.pop(folder)
        old, self._manifest()[folder] = self._manifest()[folder], new
        self._write_manifest()
        # Nothing else that lies there, which may be a successor's.
        with self._doing():
            self._remove(folder, (old.keys() - new.keys()) & self._present(folder).keys())

    def drop_next(self, folder: Folder) -> None:
        """Forget a set that was to take another's place; never what counts, whatever its name."""
        with suppress(StoreError), self._doing():
            self._remove(folder, self._next.pop(folder, {}).keys() - self._manifest()[folder].keys())

    def drop_staged(self) -> None:
        """Forget what was written but is not shown; only for a repair, which has read all of it."""
        with self._doing():
            for folder in FOLDERS:
                self._remove(folder, self._present(folder).keys() - self._manifest()[folder].keys())

    def settle(self, registered: Mapping[Folder, Sequence[Part]], runs: Iterable[str]) -> None:
        """Make what is visible be what is registered, and drop what runs that died had written.

        Args:
            registered: the parts that are committed, by folder.
            runs: all runs that this state knows; what others wrote is not touched.

        Raises:
            DamagedError: a registered part is missing or has another size, or an object is there that no run of this
                store wrote.
        """
        beginnings = tuple(f"{run}-" for run in runs)
        shown = {folder: {part.name: part for part in registered[folder]} for folder in FOLDERS}
        with self._doing("read"):
            present = {folder: self._present(folder) for folder in FOLDERS}
        for folder, mine in shown.items():
            for name in sorted(mine.keys() | present[folder].keys()):
                complaint = _complaint(
                    mine.get(name), present[folder].get(name, 0), is_ours=name.startswith(beginnings)
                )
                if complaint:
                    raise DamagedError(f"{self.out}/{folder}/{name}", complaint, self.out)
        self._shown = shown
        if not self._is_said(shown):
            self._write_manifest()
        with self._doing():
            for folder, mine in shown.items():
                self._remove(folder, present[folder].keys() - mine.keys())

    def lines(self, folder: Folder) -> Iterator[Line]:
        """Every line of the parts that count: file, line number from 1, and the line with its break."""
        yield from self._lines(folder, sorted(self._manifest()[folder]))

    def all_lines(self, folder: Folder) -> Iterator[Line]:
        """Every line that lies there, also of parts of which it is not known whether they were committed."""
        with self._doing("read", started=False):
            present = self._present(folder)
        try:
            shown = sorted(self._manifest()[folder])
        except DamagedError:
            # Only a repair asks for all; it reads what there is, and writes a new one.
            self._shown = self._all()
            shown = []
        others = sorted(present.keys() - set(shown) - self._next.get(folder, {}).keys())
        yield from self._lines(folder, [*shown, *others])

    def _lines(self, folder: Folder, names: list[str]) -> Iterator[Line]:
        for name in names:
            reading = self._doing("read", f"/{folder}/{name}", started=False)
            with reading, self._system.open(self._path(folder, name), "rb") as stream:
                for number, line in enumerate(stream, 1):
                    yield PurePosixPath(folder, name), number, line

    def _stage(self, folder: Folder, name: str, below: str, upload: Callable[[Part, Path], None]) -> StagedPart:
        # A run that was tried again under its first name once wrote over what that had committed.
        if name in self._manifest()[folder]:
            raise StoreError(f"{self.out}/{folder}/{name}: is committed already, and cannot be written again")
        return StagedObject(folder, self._workplace() / below / name, upload)

    def _manifest(self) -> Shown:
        if self._shown is None:
            found = self._read_manifest()
            self._shown = self._all() if found is None else found
        return self._shown

    def _all(self) -> Shown:
        with self._doing("read", started=False):
            return {
                folder: {name: Part(folder, name, size) for name, size in self._present(folder).items()}
                for folder in FOLDERS
            }

    def _read_manifest(self) -> Shown | None:
        """What it says; None where there is none.

        One that cannot be read is another matter: without it all that lies there would count, in the middle of an
        exchange each record twice.
        """
        with self._doing("read", f"/{MANIFEST}", started=False):
            try:
                content = self._system.cat_file(self._path(MANIFEST))
            except FileNotFoundError:
                return None
        return decode_manifest(content, self.out)

    def _is_said(self, shown: Shown) -> bool:
        """Whether the manifest says so; one that is damaged is to be written anew."""
        try:
            return self._read_manifest() == shown
        except DamagedError:
            return False

    def _write_manifest(self) -> None:
        content, place = encode_manifest(self._manifest()), self._path(MANIFEST)
        with self._doing("written", f"/{MANIFEST}"):
            if self._scheme in _REPLACING:
                # An object is there whole or not at all; a file that is written in place is empty for a moment.
                self._system.pipe_file(f"{place}.next", content)
                self._system.mv(f"{place}.next", place)
            else:
                self._system.pipe_file(place, content)

    def _present(self, folder: Folder) -> dict[str, int]:
        self._system.invalidate_cache()
        place = self._path(folder)
        found = self._system.find(place, detail=True) if self._system.exists(place) else {}
        return {
            PurePosixPath(name).name: info["size"]
            for name, info in found.items()
            if name.endswith(".jsonl") and not PurePosixPath(name).name.startswith(".")
        }

    def _remove(self, folder: Folder, names: Iterable[str]) -> None:
        for name in sorted(names):
            self._system.rm_file(self._path(folder, name))

    def _upload(self, part: Part, local: Path) -> None:
        with self._doing("written", f"/{part.folder}/{part.name}"):
            self._system.put_file(str(local), self._path(part.folder, part.name))

    def _upload_next(self, part: Part, local: Path) -> None:
        self._next[part.folder][part.name] = part
        self._upload(part, local)

    def _path(self, *names: str) -> str:
        return "/".join([self._root, *names])

    def _workplace(self) -> Path:
        if self._local is None:
            try:
                self._local = Path(tempfile.mkdtemp(prefix="cleancopy-"))
            except OSError as error:
                raise store_error(error.filename or "temporary folder", error, started=True) from error
        return self._local

    @contextmanager
    def _doing(self, doing: Doing = "written", below: str = "", *, started: bool = True) -> Iterator[None]:
        """What the place complains of, as an error of the store that names what lies there."""
        try:
            yield
        except (StoreError, GeneratorExit):
            raise
        except OSError as error:
            raise store_error(f"{self.out}{below}", error, started=started, doing=doing) from error
        except Exception as error:  # each of fsspec's kinds has errors of its own
            raise StoreError(f"{self.out}{below}: cannot be {doing}: {error!r}", started=started) from error


def _complaint(part: Part | None, size: int, *, is_ours: bool) -> str | None:
    if part is None:
        return None if is_ours else "was not committed by this store"
    return None if size == part.size else f"was committed with {part.size} bytes, and is there with {size}"
