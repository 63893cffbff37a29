"""Reading a store's records to write them anew: a chunk of lines at a time, and what the state knows of their ids."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import msgspec

from flows.record import Record
from flows.store.errors import DamagedError
from flows.store.parts import read_lines

LINES_A_CHUNK = 500


def read_chunks(out: Path) -> Iterator[list[tuple[bytes, Record]]]:
    """The records of a store, as lines and as values, in the order of its parts.

    Raises:
        DamagedError: a line is no record.
    """
    decoder = msgspec.json.Decoder(Record)
    lines = read_lines(out / "records")
    while chunk := list(islice(lines, LINES_A_CHUNK)):
        records = []
        for path, number, line in chunk:
            try:
                records.append((line, decoder.decode(line)))
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise DamagedError(f"{path}:{number}", f"not a record: {error}", out) from error
        yield records
