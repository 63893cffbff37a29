"""Files and stores that lie elsewhere, by URL: whatever fsspec reads and writes, as `s3://bucket/2026/*.warc.gz`."""

import io
import re
from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from cleaners.errors import CleancopyError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
# Pages and feeds are fetched by `ingest`, politely, and from no address of this network.
_FETCHED = {"http", "https"}
ADVICE = "pip install 'cleancopy[objects]', or the package that fsspec names"


class PlaceError(CleancopyError):
    """A URL names no place that can be read or written."""


class File(NamedTuple):
    """A file elsewhere: its URL, its path below what was given, and its size in bytes."""

    url: str
    name: str
    size: int


def is_remote(given: str) -> bool:
    """Whether what was given is a URL, not a path of this machine."""
    return _SCHEME.match(given) is not None


def filesystem(url: str) -> tuple["AbstractFileSystem", str]:
    """What reads and writes at a URL, and the URL's path in it.

    Raises:
        PlaceError: nothing can, or what does is not installed.
    """
    from fsspec.core import url_to_fs  # noqa: PLC0415 - most runs have files

    scheme = _SCHEME.match(url)
    if scheme is None or scheme[1].lower() in _FETCHED:
        raise PlaceError(
            f"{url}: is no place for files; `cleancopy feeds add` takes feeds, and `ingest` fetches pages"
        )
    try:
        found, path = url_to_fs(url)
    except ImportError as error:
        raise PlaceError(f"{url}: {error}; {ADVICE}") from error
    except ValueError as error:
        raise PlaceError(f"{url}: {error}") from error
    except Exception as error:  # a host that is missing or does not answer; each kind has errors of its own
        raise PlaceError(f"{url}: {error!r}") from error
    return found, path


def remote_files(given: str) -> Iterator[File]:
    """The files that a URL means: one, all below a folder, or those that match a pattern; in the order of names.

    Raises:
        PlaceError: nothing is there, or the place does not answer.
    """
    system, path = filesystem(given)
    try:
        found = _found(system, path)
    except Exception as error:  # each of fsspec's kinds has errors of its own
        raise PlaceError(f"{given}: cannot be read: {error!r}") from error
    if not found:
        raise PlaceError(f"{given}: no such file or folder")
    folder, url_of = _folder(system, path), _naming(system, given, path)
    for name, info in sorted(found.items()):
        below = name.removeprefix(folder).lstrip("/")
        yield File(url_of(name), below, info.get("size") or 0)


def _naming(system: "AbstractFileSystem", given: str, path: str) -> Callable[[str], str]:
    """What makes a URL of a name there.

    A URL that says more than the kind of place and the name, as the host of `sftp://host/in` or the archive of
    `zip://in::s3://bucket/a.zip`, is kept as it was given but for the name: fsspec's own lacks all that.
    """
    given, *chain = given.split("::", 1)
    if not chain and not system._get_kwargs_from_urls(given):  # noqa: SLF001 - as `url_to_fs` asks
        return cast("Callable[[str], str]", system.unstrip_protocol)
    given, path = given.rstrip("/"), path.rstrip("/")
    ends = zip(reversed(given), reversed(path), strict=False)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], ends))
    before, above = given[: len(given) - alike], path[: len(path) - alike]
    return lambda name: "::".join([before + name.removeprefix(above), *chain])


def _found(system: "AbstractFileSystem", path: str) -> dict[str, dict[str, Any]]:
    from fsspec.core import has_magic  # noqa: PLC0415

    if has_magic(path):
        found: dict[str, dict[str, Any]] = system.glob(path, detail=True)
    elif system.isdir(path):
        found = system.find(path, detail=True)
    else:
        found = {path: system.info(path)} if system.exists(path) else {}
    return {name: info for name, info in found.items() if info.get("type") != "directory"}


def _folder(system: "AbstractFileSystem", path: str) -> str:
    """The folder that all files lie in: of a pattern, up to its first part with a wildcard."""
    from fsspec.core import has_magic  # noqa: PLC0415

    folder = path if has_magic(path) or not system.isdir(path) else f"{path}/"
    while has_magic(folder) or not folder.endswith("/"):
        folder = folder[:-1]
        if not folder:
            break
    return folder


def fingerprint(url: str) -> str | None:
    """What changes when the file at a URL does; None where its place cannot tell."""
    try:
        system, path = filesystem(url)
        return str(system.ukey(path))
    except Exception:  # noqa: BLE001 - each of fsspec's kinds has errors of its own
        return None


class RemoteFile(io.RawIOBase):
    """A file elsewhere, read in pieces as they are asked for."""

    def __init__(self, url: str) -> None:
        super().__init__()
        system, path = filesystem(url)
        self._file = system.open(path, "rb")

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """Whether formats that are read from their end can be read so."""
        return bool(self._file.seekable())

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override] # typeshed wants any writable buffer
        """One piece, at most as long as the buffer."""
        piece = self._file.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place in the file."""
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        """The place in the file."""
        return int(self._file.tell())

    def close(self) -> None:
        """Give it back."""
        if not self.closed:
            self._file.close()
        super().close()
