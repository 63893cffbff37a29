"""What a shard brings to a store, committed part by part."""

import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from flows.documents.loaded import SetAside
from flows.documents.reached import Reached
from flows.feeds.sighting import Held, Sighting, Waiting
from flows.pages.page import RawPage
from flows.record import Record, encode
from flows.store.judging import Seen, seen_in
from flows.store.parts import Folder, StagedPart
from flows.store.quarantine import encode_aside, key_of
from flows.store.raw import RawFile
from flows.store.state import articles, asides
from flows.store.store import Changes, Store
from flows.watching.events import PartCommitted
from flows.watching.watch import watch

# A commit costs some ten milliseconds; till then its documents are held in memory, and done again after a kill.
PART_DOCUMENTS = 20_000
PART_BYTES = 64_000_000
PART_SECONDS = 10.0


class _Pending(msgspec.Struct):
    """What the next commit writes down besides its parts."""

    new: dict[str, Seen] = msgspec.field(default_factory=dict)
    changed: dict[str, Seen] = msgspec.field(default_factory=dict)
    asides: dict[bytes, SetAside] = msgspec.field(default_factory=dict)
    sightings: list[tuple[str, Sighting]] = msgspec.field(default_factory=list)
    texts: dict[str, Held | None] = msgspec.field(default_factory=dict)
    waiting: dict[str, Waiting | None] = msgspec.field(default_factory=dict)
    reached: dict[bytes, Reached | None] = msgspec.field(default_factory=dict)

    @property
    def documents(self) -> int:
        """About how many it tells of, some of them twice; 0 where it is of none."""
        told = self.new, self.changed, self.asides, self.sightings, self.texts, self.waiting
        return sum(len(each) for each in told)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to commit."""
        return not (self.documents or self.reached)


class Writer:
    """Records and set-aside items of one shard on their way into a store.

    A context manager: what is pending is committed when the block ends, and dropped when it raises.

    Args:
        store: where they go.
        name: what the parts' names begin with; not used before in this store.
    """

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._name = name
        self._commits = 0
        self._known: dict[str, Seen] = {}
        self._begin()

    def _begin(self) -> None:
        self._staged: dict[Folder, StagedPart] = {}
        self._pending = _Pending()
        self._raw: RawFile | None = None
        self._began = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._commit()
        finally:
            for part in self._staged.values():
                part.discard()
            if self._raw is not None:
                self._raw.discard()

    def look_up(self, ids: Iterable[str]) -> None:
        """Make ready to judge documents with these ids; the ids of the last call are forgotten."""
        with self._store.state.begin() as connection:
            self._known = articles(connection, ids)

    def seen(self, key: str) -> Seen | None:
        """What the store and this shard know of an id that was looked up."""
        return self._pending.new.get(key) or self._pending.changed.get(key) or self._known.get(key)

    def add(self, record: Record) -> None:
        """Keep a record, as the next version of its article; what was known of the text before holds no longer."""
        known = self.seen(record.id) is not None
        self._stage("records").write(encode(record))
        self._note(record.id, seen_in(record, self._store.number), known=known)
        if known:
            self._pending.texts[record.id] = None

    def meet(self, key: str) -> None:
        """Note that an article came again in this run: another text for its id is a duplicate from now on."""
        seen = self.seen(key)
        if seen is not None and seen.run != self._store.number:
            self._note(key, msgspec.structs.replace(seen, run=self._store.number), known=True)

    def note(
        self,
        key: str,
        sightings: Sequence[Sighting],
        raw: RawPage | None,
        waiting: Mapping[str, Waiting | None],
    ) -> None:
        """Note which feeds showed an article, keep its page, and let it wait for one, in the commit of its record."""
        self._pending.sightings.extend((key, sighting) for sighting in sightings)
        self._pending.waiting |= waiting
        if raw is not None:
            self._raw = self._raw or RawFile(Path(self._store.out), f"{self._name}-{self._commits + 1:05d}")
            self._raw.keep(raw, key)

    def hold(self, key: str, held: Held) -> None:
        """Note what is known of the text that the store has of an article now."""
        self._pending.texts[key] = held

    def set_aside(self, item: SetAside) -> None:
        """Keep what could not be used, each such item once in a store."""
        self._pending.asides[key_of(item)] = item

    def reach(self, key: bytes, reached: Reached | None) -> None:
        """Note how far a file was read; None: it is to be read from its beginning."""
        self._pending.reached[key] = reached

    def commit_if_full(self) -> None:
        """Commit what is pending once it is many documents, many bytes or old; the ids looked up are to be left."""
        size = sum(part.size for part in self._staged.values())
        is_old = time.monotonic() - self._began >= PART_SECONDS
        is_full = self._pending.documents >= PART_DOCUMENTS or size >= PART_BYTES
        if is_full or (is_old and not self._pending.is_empty):
            self._commit()
        elif is_old:
            self._store.renew()
            self._began = time.monotonic()

    def _note(self, key: str, seen: Seen, *, known: bool) -> None:
        pending = self._pending
        (pending.changed if known and key not in pending.new else pending.new)[key] = seen

    def _stage(self, folder: Folder) -> StagedPart:
        if folder not in self._staged:
            self._staged[folder] = self._store.stage(folder, f"{self._name}-{self._commits + 1:05d}.jsonl")
        return self._staged[folder]

    def _commit(self) -> None:
        pending = self._pending
        with self._store.state.begin() as connection:
            met = asides(connection, pending.asides)
        fresh = {key: item for key, item in pending.asides.items() if key not in met}
        for item in fresh.values():
            self._stage("quarantine").write(encode_aside(item))
        changes = Changes(
            new=pending.new,
            changed=pending.changed,
            new_asides=fresh,
            met_asides=met,
            sightings=pending.sightings,
            texts=pending.texts,
            waiting=pending.waiting,
            reached=pending.reached,
        )
        if not pending.is_empty:
            if self._raw is not None:
                self._raw.reveal()
            staged, self._staged = self._staged, {}
            self._store.commit(staged.values(), changes)
            self._commits += 1
            if records := staged.get("records"):
                watch().log(PartCommitted(run=self._store.run, part=records.name, records=records.lines))
        self._begin()
