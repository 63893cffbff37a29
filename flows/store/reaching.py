"""How far files of the input were read: what a run finished, the next one need not read again."""

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec
import sqlalchemy as sa

from flows.documents.reached import Reached
from flows.store.many import delete_rows, insert_rows, rows_with
from flows.store.tables import INPUTS

_asides = msgspec.json.Decoder(dict[str, int])


def find_reached(connection: sa.Connection, keys: Iterable[bytes]) -> dict[bytes, Reached]:
    """How far those files were read of which something is known."""
    return {
        row.key: Reached(row.lines, row.ended, row.documents, Counter(_asides.decode(row.asides)))
        for row in rows_with(connection, INPUTS, INPUTS.c.key, set(keys))
    }


def put_reached(connection: sa.Connection, reached: Mapping[bytes, Reached | None]) -> None:
    """Write down how far files were read; None: nothing of them is done."""
    delete_rows(connection, INPUTS, reached)
    insert_rows(
        connection,
        INPUTS,
        [
            (key, each.lines, each.is_ended, each.documents, msgspec.json.encode(dict(each.set_aside)))
            for key, each in sorted(reached.items())
            if each is not None
        ],
    )
