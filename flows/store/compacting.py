"""Compacting: few large parts, with only the last version of each article."""

import msgspec

from flows.store.reading import read_chunks
from flows.store.state import articles
from flows.store.store import Store


class Compacted(msgspec.Struct, frozen=True):
    """What compacting did: records kept, earlier versions dropped, parts before and after."""

    kept: int
    dropped: int
    parts_before: int
    parts_after: int


def compact(store: Store) -> Compacted:
    """Rewrite the records of a store; the old parts are to be seen until all the new ones take their place.

    Raises:
        DamagedError: a line is no record; nothing was changed.
        StoreError: the disk is full, or cannot be written; nothing was changed.
    """
    before = len(store.parts.visible("records"))
    kept = dropped = 0
    with store.rewriting("records") as new:
        for chunk in read_chunks(store.parts):
            last = articles(new.connection, (record.id for _, record in chunk))
            lines = [line for line, record in chunk if record.version == last[record.id].version]
            for line in lines:
                new.write(line)
            kept += len(lines)
            dropped += len(chunk) - len(lines)
    return Compacted(kept, dropped, before, len(store.parts.visible("records")))
