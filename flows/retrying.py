"""Retrying: what was set aside is read again, for inputs or rules that have been mended since."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec

from cleaners.phrases.library import Library
from flows.chunks import lists_of
from flows.counts import Counts
from flows.documents.loaded import Loaded, Reason, SetAside, Source
from flows.documents.opening import read_documents
from flows.identity import is_url
from flows.remote import PlaceError, is_remote, remote_files
from flows.shard import Shard
from flows.store.quarantine import encode_aside, key_of, read_asides
from flows.store.state import asides, forget_asides
from flows.store.store import Store

# Neither is mended by reading again: the second text of an id stays the second, and a store's own line is no input.
_NOT_RETRIED = {Reason.DUPLICATE_ID, Reason.DAMAGED_RECORD}


class Retried(msgspec.Struct, frozen=True):
    """What retrying did.

    Attributes:
        counts: of its run.
        resolved: items that left the quarantine.
        remaining: items that are in it.
        missing: inputs that are not there, seen from the folder in which this runs.
    """

    counts: Counts
    resolved: int
    remaining: int
    missing: tuple[str, ...]


class Wanted:
    """The items of one input that are to be read again, and which of them were.

    Attributes:
        source: the input.
        reached: keys of items whose place was read again.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.reached: set[bytes] = set()
        # A place may have been set aside in several ways, run after run.
        self._lines: dict[tuple[str, int], set[bytes]] = defaultdict(set)
        self._wholes: dict[str, set[bytes]] = defaultdict(set)

    def add(self, item: SetAside) -> None:
        """Want an item: a line of a document, or all of one."""
        if item.line is None:
            self._wholes[item.document].add(key_of(item))
        else:
            self._lines[item.document, item.line].add(key_of(item))

    def read(self, fields: Mapping[str, str]) -> Iterator[Loaded | SetAside]:
        """The documents at the places of those items, or what is still wrong with them."""
        broken: list[str] = []
        for item in read_documents([self.source], fields=fields):
            document = item.source.place if isinstance(item, Loaded) else item.document
            if isinstance(item, SetAside) and item.line is None:
                broken.append(document)
                yield item
            elif keys := self._lines.get((document, item.line or 0)):
                self.reached |= keys
                yield item
            elif any(_is_in(document, whole) for whole in self._wholes):
                yield item
        # The rest of a broken archive was not reached.
        self.reached.update(
            key
            for whole, keys in self._wholes.items()
            for key in keys
            if not any(_is_in(whole, other) and whole != other for other in broken)
        )


def _is_in(document: str, other: str) -> bool:
    """Whether a document is another, or lies in it."""
    return document == other or document.startswith(f"{other}#")


def retry(
    store: Store,
    library: Library,
    *,
    fields: Mapping[str, str] = MappingProxyType({}),
    strip_datelines: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> Retried:
    """Read again what was set aside, and nothing else; what can be used now leaves the quarantine.

    An item whose place is not reached stays, as do second texts for an id. No stored article gets a further version:
    nobody knows whether the text that was set aside is older than the stored one, so it is set aside as a duplicate.

    Raises:
        StoreError: the store could not be written.
    """
    wanted, missing = _wanted(store)
    shard = Shard(store, library, name=f"{store.run}-retry", strip_datelines=strip_datelines, corrections="refuse")
    counts = shard.run((item for each in wanted for item in each.read(fields)), stop)
    reached = {key for each in wanted for key in each.reached}
    resolved, remaining = _sweep(store, reached)
    return Retried(counts, resolved, remaining, missing)


def _wanted(store: Store) -> tuple[list[Wanted], tuple[str, ...]]:
    """The items to read again, by input, and the inputs that are not there."""
    found: dict[str, Wanted | None] = {}
    for item in read_asides(store.parts.lines("quarantine")):
        # What was fetched, the next run of `ingest` asks for again, if anything may come of it.
        if item.reason in _NOT_RETRIED or is_url(item.input):
            continue
        if item.input not in found:
            source = _source(item)
            found[item.input] = Wanted(source) if source else None
        if wanted := found[item.input]:
            wanted.add(item)
    missing = tuple(name for name, wanted in found.items() if wanted is None)
    return [wanted for wanted in found.values() if wanted], missing


def _source(item: SetAside) -> Source | None:
    """The file that an item lay in, if it is there."""
    if is_remote(item.input):
        try:
            return next(Source(Path(), _place(item), file.size, file.url) for file in remote_files(item.input))
        except PlaceError:
            return None
    path = Path(item.input)
    return Source(path, _place(item), path.stat().st_size) if path.is_file() else None


def _place(item: SetAside) -> str:
    """The file's place relative to what was given: the end of its path with which the document's place begins."""
    parts = Path(item.input).parts
    ends = ["/".join(parts[start:]) for start in range(len(parts))]
    return next((end for end in ends if _is_in(item.document, end)), ends[-1])


def _sweep(store: Store, reached: set[bytes]) -> tuple[int, int]:
    """Leave out of the quarantine what was reached and not set aside again in this run."""
    resolved = remaining = 0
    with store.rewriting("quarantine") as new:
        for chunk in lists_of(read_asides(store.parts.lines("quarantine"))):
            keyed = [(key_of(item), item) for item in chunk]
            met = asides(new.connection, (key for key, _ in keyed))
            gone = {key for key, _ in keyed if key in reached and met.get(key) != store.number}
            forget_asides(new.connection, gone)
            for key, item in keyed:
                if key not in gone:
                    new.write(encode_aside(item))
            resolved += len(gone)
            remaining += len(keyed) - len(gone)
    return resolved, remaining
