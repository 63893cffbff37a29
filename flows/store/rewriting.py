"""Reading a store's records to write them anew."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from flows.chunks import lists_of
from flows.record import Record
from flows.store.errors import DamagedError
from flows.store.parts import read_lines


def read_chunks(out: Path) -> Iterator[list[tuple[bytes, Record]]]:
    """The records of a store, as lines and as values, in the order of its parts; some hundred at a time.

    Raises:
        DamagedError: a line is no record.
    """
    decoder = msgspec.json.Decoder(Record)
    for chunk in lists_of(read_lines(out / "records")):
        records = []
        for path, number, line in chunk:
            try:
                records.append((line, decoder.decode(line)))
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise DamagedError(f"{path}:{number}", f"not a record: {error}", out) from error
        yield records
