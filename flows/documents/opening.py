"""From paths to documents: which files there are, and which reader takes each."""

import gzip
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from cleaners.document import Document, Flag
from cleaners.errors import CleancopyError
from flows.documents.decoding import decode
from flows.documents.loaded import Loaded, Reason, SetAside, Source
from flows.documents.rows import read_rows

ENDINGS = (".txt", ".jsonl", ".txt.gz", ".jsonl.gz")


class InputError(CleancopyError):
    """What was given cannot be read at all; nothing was done."""


def find_sources(inputs: Sequence[str | Path], exclude: Path | None = None) -> tuple[Source, ...]:
    """The files meant by the inputs: files themselves, folders with all readable files below, in a stable order.

    Hidden files and files of other formats in a folder are passed over; a file named twice is read once.

    Raises:
        InputError: a path is missing, of no known format, or a folder holds nothing to read.
    """
    found: dict[Path, Source] = {}
    for given in map(Path, inputs):
        for source in _sources(given):
            if exclude is None or not source.path.resolve().is_relative_to(exclude.resolve()):
                found.setdefault(source.path.resolve(), source)
    return tuple(found.values())


def read_documents(sources: Iterable[Source]) -> Iterator[Loaded | SetAside]:
    """Every document of the files, in order; what cannot be read is set aside, and the rest goes on."""
    for source in sources:
        try:
            yield from _read(source)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            yield source.aside(Reason.BAD_COMPRESSION, error)
        except OSError as error:
            yield source.aside(Reason.UNREADABLE, error.strerror or error)


def _sources(given: Path) -> Iterator[Source]:
    if given.is_dir():
        files = sorted(path for path in given.rglob("*") if _is_wanted(path, given))
        if not files:
            raise InputError(f"{given}: no {', '.join(ENDINGS)} file in this folder")
        for path in files:
            yield Source(path, _place(path.relative_to(given)), _size(path))
    elif not given.exists() and not given.is_symlink():
        raise InputError(f"{given}: no such file or folder")
    elif not given.name.endswith(ENDINGS):
        raise InputError(f"{given}: not one of the formats that are read: {', '.join(ENDINGS)}")
    else:
        yield Source(given, _place(Path(given.name)), _size(given))


def _place(path: Path) -> str:
    """The path as text that JSON can hold; a byte of a name that is no UTF-8 is written as its escape."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _is_wanted(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and path.name.endswith(ENDINGS) and not path.is_dir()


def _size(path: Path) -> int:
    """In bytes; 0 for a file that cannot be looked at, which then fails when it is read."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _read(source: Source) -> Iterator[Loaded | SetAside]:
    with _open(source.path) as stream:
        if source.path.name.removesuffix(".gz").endswith(".jsonl"):
            yield from _rows(stream, source)
        else:
            yield _text(stream.read(), source)


def _open(path: Path) -> BinaryIO:
    if path.name.endswith(".gz"):
        # GzipFile reads as a binary stream does, but is not declared as one.
        return cast("BinaryIO", gzip.open(path))
    return path.open("rb")


def _rows(stream: BinaryIO, source: Source) -> Iterator[Loaded | SetAside]:
    some = False
    for item in read_rows(stream, source):
        some = True
        yield item
    if not some:
        yield source.aside(Reason.EMPTY_INPUT, "the file holds no rows")


def _text(content: bytes, source: Source) -> Loaded | SetAside:
    decoded = decode(content)
    if not decoded.text:
        return source.aside(Reason.EMPTY_INPUT, "the file is empty")
    flags = (Flag.DECODED_WITH_ERRORS,) if decoded.faulty else ()
    return Loaded(document=Document(text=decoded.text, flags=flags), source=source, origin=decoded.origin)
