"""Reading records back: from a store, a folder, a file or standard input."""

import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TypeVar

import msgspec

from cleaners.errors import CleancopyError
from flows.record import Record
from flows.remote import is_remote
from flows.store.parts import Folder
from flows.store.places import parts_at

T = TypeVar("T")


class RecordsError(CleancopyError):
    """Records cannot be read."""


class _Aside(msgspec.Struct, frozen=True):
    """What is counted of a line of the quarantine; its reason may be one that a later version wrote."""

    reason: str


def read_records(given: str) -> Iterator[Record]:
    """Every record, in the order of the files' names and lines.

    Args:
        given: a store, also by its URL, a folder of `*.jsonl`, one such file, or `-` for standard input.

    Raises:
        RecordsError: nothing there, or a line that is no record; names file and line.
    """
    return (record for _, record in read_lines(given))


def read_lines(given: str) -> Iterator[tuple[bytes, Record]]:
    """Every record as `read_records` gives it, with the line that it was read from, its break included.

    The files are listed once: what a run adds meanwhile is not read.

    Raises:
        RecordsError: nothing there, a line that is no record, or a listed file that was taken away meanwhile.
    """
    if given == "-":
        return _decode(sys.stdin.buffer, "standard input", Record)
    if is_remote(given):
        return _elsewhere(given, "records", Record)
    path = Path(given)
    if not path.is_dir():
        return _read([path], Record)
    folder = path / "records" if (path / "records").is_dir() else path
    files = _visible(folder)
    if not files:
        raise RecordsError(f"{given}: no records (*.jsonl) there")
    return _read(files, Record)


def read_reasons(given: str) -> Iterator[str] | None:
    """Why each thing in a store's quarantine was set aside; None where what is given is no store.

    Raises:
        RecordsError: a line without a reason; names file and line.
    """
    if is_remote(given):
        return (aside.reason for _, aside in _elsewhere(given, "quarantine", _Aside))
    folder = Path(given) / "quarantine"
    if given == "-" or not folder.is_dir():
        return None
    return (aside.reason for _, aside in _read(_visible(folder), _Aside))


def _visible(folder: Path) -> list[Path]:
    return sorted(file for file in folder.glob("*.jsonl") if not file.name.startswith("."))


def _elsewhere(given: str, folder: Folder, kind: type[T]) -> Iterator[tuple[bytes, T]]:
    parts = parts_at(given)
    if not parts.exists():
        raise RecordsError(f"{given}: no records (*.jsonl) there")
    for path, lines in groupby(parts.lines(folder), key=itemgetter(0)):
        yield from _decode((line for _, _, line in lines), f"{given}/{path}", kind)


def _read(files: Iterable[Path], kind: type[T]) -> Iterator[tuple[bytes, T]]:
    for file in files:
        try:
            with file.open("rb") as stream:
                yield from _decode(stream, str(file), kind)
        except OSError as error:
            raise RecordsError(f"{file}: cannot be read: {error.strerror or error}") from error


def _decode(lines: Iterable[bytes], name: str, kind: type[T]) -> Iterator[tuple[bytes, T]]:
    decoder = msgspec.json.Decoder(kind)
    for number, line in enumerate(lines, 1):
        try:
            value = decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            what = "a record" if kind is Record else "something set aside"
            raise RecordsError(f"{name}:{number}: not {what}: {error}") from error
        yield line, value
