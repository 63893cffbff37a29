"""Retrying: what was set aside is read again, for inputs or rules that have been mended since."""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from types import MappingProxyType

import msgspec

from cleaners.phrases.library import Library
from flows.counts import Counts
from flows.documents.loaded import SetAside, Source
from flows.documents.opening import read_documents
from flows.shard import Shard
from flows.store.parts import read_lines
from flows.store.quarantine import encode_aside, key_of
from flows.store.state import asides, forget_asides
from flows.store.store import Store

ITEMS_A_CHUNK = 500


class Retried(msgspec.Struct, frozen=True):
    """What retrying did: the counts of its run, items that left the quarantine, and items that are still there."""

    counts: Counts
    resolved: int
    remaining: int


def retry(
    store: Store,
    library: Library,
    *,
    fields: Mapping[str, str] = MappingProxyType({}),
    strip_datelines: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> Retried:
    """Clean every input again of which something was set aside; what can be used now leaves the quarantine.

    An input is read as a whole: only then is a second text for one id the second again. What the store has is passed
    over. Items whose input is gone stay, as do all items where the run is asked to stop.

    Raises:
        StoreError: the store could not be written.
    """
    sources = _sources(store.out)
    shard = Shard(store, library, name=f"{store.run}-retry", strip_datelines=strip_datelines)
    counts = shard.run(read_documents(sources.values(), fields=fields), stop)
    retried = set() if counts.stopped else set(sources)
    resolved, remaining = _sweep(store, retried)
    return Retried(counts, resolved, remaining)


def _sources(out: Path) -> dict[str, Source]:
    """The inputs that are still there, by the name under which the quarantine has them."""
    found: dict[str, Source] = {}
    for chunk in _chunks(out):
        for item in chunk:
            path = Path(item.input)
            if item.input not in found and path.is_file():
                found[item.input] = Source(path, _place(item), path.stat().st_size)
    return found


def _place(item: SetAside) -> str:
    """The file's place relative to what was given: the end of its path with which the document's place begins."""
    parts = Path(item.input).parts
    ends = ["/".join(parts[start:]) for start in range(len(parts))]
    return next((end for end in ends if item.document == end or item.document.startswith(f"{end}#")), ends[-1])


def _sweep(store: Store, retried: set[str]) -> tuple[int, int]:
    """Leave out of the quarantine what came from a retried input and was not set aside again."""
    resolved = remaining = 0
    with store.rewriting("quarantine") as new:
        for chunk in _chunks(store.out):
            met = asides(new.connection, map(key_of, chunk))
            gone = [item for item in chunk if item.input in retried and met.get(key_of(item)) != store.number]
            forget_asides(new.connection, map(key_of, gone))
            for item in chunk:
                if item not in gone:
                    new.write(encode_aside(item))
            resolved += len(gone)
            remaining += len(chunk) - len(gone)
    return resolved, remaining


def _chunks(out: Path) -> Iterator[list[SetAside]]:
    decoder = msgspec.json.Decoder(SetAside)
    items = (decoder.decode(line) for _, _, line in read_lines(out / "quarantine"))
    while chunk := list(islice(items, ITEMS_A_CHUNK)):
        yield chunk
