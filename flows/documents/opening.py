"""From paths to documents: which files there are, and what they hold."""

import glob
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path, PurePath, PurePosixPath

from cleaners.errors import CleancopyError
from flows.documents.counted import Advance, open_raw
from flows.documents.formats import EXTRAS, NAMES, format_of, read_opened
from flows.documents.loaded import Loaded, Mark, SetAside, Source
from flows.remote import is_remote, remote_files


class InputError(CleancopyError):
    """What was given cannot be read at all; nothing was done."""


def find_sources(inputs: Sequence[str | Path], exclude: str | Path | None = None) -> tuple[Source, ...]:
    """The files meant by the inputs, in a stable order.

    An input is a file, a folder with all readable files below, or a pattern such as `articles/**/*.txt`, unless a
    file of just that name exists; or a URL of any of these that fsspec reads. Hidden files and files of other formats
    in a folder, or under a pattern, are passed over; a file named twice is read once.

    Args:
        inputs: as given.
        exclude: a folder or URL below which nothing is read, though an input names it.

    Raises:
        InputError: a path is missing or of no known format, a folder or pattern holds nothing to read, or the package
            that reads a format is not installed.
    """
    barred = Path(exclude).resolve() if exclude is not None and not is_remote(str(exclude)) else None
    found: dict[Path | str, Source] = {}
    for given in inputs:
        if is_remote(str(given)):
            sources = [source for source in _remote(str(given)) if not _is_under(source.url, exclude)]
        else:
            sources = [source for source in _sources(str(given)) if not _is_below(source.path, barred)]
        if not sources:
            raise InputError(f"{given}: nothing to read outside of {exclude}")
        for source in sources:
            found.setdefault(source.url or source.path.resolve(), source)
    _check_extras(found.values())
    return tuple(found.values())


def read_documents(
    sources: Iterable[Source], *, fields: Mapping[str, str] = {}, advance: Advance = lambda _: None
) -> Iterator[Loaded | SetAside]:
    """Every document of the files, in order; what cannot be read is set aside, and the rest goes on.

    Args:
        sources: the files.
        fields: our field names and those of rows, where they differ: `{"text": "body"}`.
        advance: called with the number of bytes that were read of the files, as they lie there, since the last call;
            for each file the calls come to its size.
    """
    for source in sources:
        yield from read_opened(partial(open_raw, source, advance), source, fields)


def read_marked(
    sources: Iterable[Source], fields: Mapping[str, str], advance: Advance
) -> Iterator[Loaded | SetAside | Mark]:
    """What `read_documents` gives, between marks of where each file begins and ends."""
    for source in sources:
        yield Mark(source, is_end=False)
        yield from read_documents([source], fields=fields, advance=advance)
        yield Mark(source, is_end=True)


def _sources(given: str) -> Iterator[Source]:
    path = Path(given)
    if path.is_dir():
        yield from _below(path, path.rglob("*"), f"{given}: no {NAMES} file in this folder")
    elif path.exists() or path.is_symlink():
        if format_of(path.name) is None:
            raise InputError(f"{given}: not one of the formats that are read: {NAMES}")
        yield Source(path, _place(Path(path.name)), _size(path))
    elif glob.has_magic(given):
        matches = map(Path, glob.iglob(given, recursive=True))  # noqa: PTH207 - pathlib's finds hidden files
        yield from _below(_fixed_part(path), matches, f"{given}: no {NAMES} file matches this pattern")
    else:
        raise InputError(f"{given}: no such file or folder")


def _remote(given: str) -> Iterator[Source]:
    found = False
    for file in remote_files(given):
        if format_of(file.name) is not None and not _is_hidden(PurePosixPath(file.name)):
            found = True
            yield Source(Path(), file.name, file.size, file.url)
    if not found:
        raise InputError(f"{given}: no {NAMES} file there")


def _is_under(url: str | None, barred: str | Path | None) -> bool:
    return url is not None and barred is not None and url.startswith(f"{str(barred).rstrip('/')}/")


def _below(folder: Path, paths: Iterable[Path], complaint: str) -> Iterator[Source]:
    files = sorted(path for path in paths if _is_wanted(path, folder))
    if not files:
        raise InputError(complaint)
    for path in files:
        yield Source(path, _place(path.relative_to(folder)), _size(path))


def _fixed_part(pattern: Path) -> Path:
    """The folder that all matches lie in: the pattern up to its first part with a wildcard."""
    return next(folder for folder in pattern.parents if not glob.has_magic(str(folder)))


def _place(path: Path) -> str:
    """The path as text that JSON can hold; a byte of a name that is no UTF-8 is written as its escape."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _is_wanted(path: Path, folder: Path) -> bool:
    return not _is_hidden(path.relative_to(folder)) and format_of(path.name) is not None and not path.is_dir()


def _is_hidden(path: PurePath) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _is_below(path: Path, folder: Path | None) -> bool:
    return folder is not None and folder in path.resolve().parents


def _size(path: Path) -> int:
    """In bytes; 0 for a file that cannot be looked at, which then fails when it is read."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _check_extras(sources: Iterable[Source]) -> None:
    for source in sources:
        known = format_of(source.place)
        extra = EXTRAS.get(known.ending) if known else None
        if extra and find_spec(extra.package) is None:
            raise InputError(f"{source.given}: {extra.advice}")
