"""Reading records back: from a store, a folder, a file or standard input."""

import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from cleaners.errors import CleancopyError
from flows.record import Record


class RecordsError(CleancopyError):
    """Records cannot be read."""


def read_records(given: str) -> Iterator[Record]:
    """Every record, in the order of the files' names and lines.

    Args:
        given: a store, a folder of `*.jsonl`, one such file, or `-` for standard input.

    Raises:
        RecordsError: nothing there, or a line that is no record; names file and line.
    """
    if given == "-":
        yield from _decode(sys.stdin.buffer, "standard input")
        return
    path = Path(given)
    if path.is_dir():
        folder = path / "records" if (path / "records").is_dir() else path
        files = sorted(file for file in folder.glob("*.jsonl") if not file.name.startswith("."))
        if not files:
            raise RecordsError(f"{given}: no records (*.jsonl) there")
    else:
        files = [path]
    for file in files:
        try:
            with file.open("rb") as stream:
                yield from _decode(stream, str(file))
        except OSError as error:
            raise RecordsError(f"{file}: cannot be read: {error.strerror or error}") from error


def _decode(lines: Iterator[bytes] | object, name: str) -> Iterator[Record]:
    decoder = msgspec.json.Decoder(Record)
    for number, line in enumerate(lines, 1):  # type: ignore[arg-type, var-annotated]
        try:
            yield decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise RecordsError(f"{name}:{number}: not a record: {error}") from error
