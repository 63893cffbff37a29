"""The records of a store, read back as values beside their lines."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from flows.chunks import lists_of
from flows.record import Record
from flows.store.errors import DamagedError
from flows.store.parts import Line
from flows.store.places import Parts

Value = TypeVar("Value")
_decode = msgspec.json.Decoder(Record).decode


def decoded(
    lines: Iterable[Line], decode: Callable[[bytes], Value], out: Path | str
) -> Iterator[tuple[bytes, Value]]:
    """Each line of a store's records, with what it says.

    Raises:
        DamagedError: a line is no record.
    """
    for path, number, line in lines:
        try:
            yield line, decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DamagedError(f"{path}:{number}", f"not a record: {error}", out) from error


def read_chunks(parts: Parts) -> Iterator[list[tuple[bytes, Record]]]:
    """The records of a store, as lines and as values, in the order of its parts; some hundred at a time.

    Raises:
        DamagedError: a line is no record.
    """
    return lists_of(decoded(parts.lines("records"), _decode, parts.out))
