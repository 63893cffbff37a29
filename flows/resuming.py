"""Where a run goes on: which files an earlier one read to their end, and how far it came in others."""

import hashlib
import os
from collections.abc import Iterable
from importlib.metadata import version

import msgspec

from flows.counts import Counts
from flows.documents.loaded import Source
from flows.documents.reached import Reached
from flows.record import CLEANER_VERSION
from flows.remote import fingerprint
from flows.store.reaching import find_reached
from flows.store.store import Store


def sources_left(store: Store, sources: Iterable[Source], settings: object) -> tuple[list[Source], Counts]:
    """The files that are to be read, each from where an earlier run stopped, and what the finished ones count for.

    Args:
        store: what it says was read.
        sources: all files.
        settings: what else decides which documents are read and kept, as JSON can hold it.
    """
    keyed = [msgspec.structs.replace(source, key=_key(source, settings)) for source in sources]
    with store.state.begin() as connection:
        found = find_reached(connection, (source.key for source in keyed if source.key))
    left, counts = [], Counts()
    for source in keyed:
        reached = found.get(source.key, Reached())
        if reached.is_ended:
            counts.finished += 1
            counts.add_reached(reached)
        else:
            left.append(msgspec.structs.replace(source, done=reached.lines, reached=reached))
    return left, counts


def _key(source: Source, settings: object) -> bytes:
    """A digest of which file it is, of its state, and of all that decides what is read of it; empty if unknown."""
    stamp = fingerprint(source.url) if source.url else _stamp(source)
    if stamp is None:
        return b""
    place = source.url or os.fsencode(source.path.resolve()).hex()
    known = (place, source.place, source.size, stamp, settings, CLEANER_VERSION, version("trafilatura"))
    return hashlib.sha256(msgspec.json.encode(known)).digest()[:16]


def _stamp(source: Source) -> str | None:
    try:
        return str(source.path.stat().st_mtime_ns)
    except OSError:
        return None
