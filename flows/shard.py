"""The one loop that all flows and engines run: documents in, records into a store, counts out."""

from collections.abc import Callable, Iterable

import msgspec

from cleaners.phrases.library import Library
from flows.chunks import in_chunks
from flows.counts import Counts
from flows.documents.loaded import Item, Loaded, Mark, Noted, Reason, SetAside
from flows.drafting import Draft
from flows.identity import Identity, identify
from flows.record import Record
from flows.recording import clean_document
from flows.store.judging import Corrections, content_of, half, is_known, judge
from flows.store.store import Store
from flows.store.writer import Writer
from flows.tallying import Tally
from flows.watching.events import ItemSetAside
from flows.watching.watch import watch


class Shard:
    """Cleans documents into a store, and counts.

    Args:
        store: where the records go.
        library: the phrases to apply.
        name: what the names of the shard's parts begin with; not used before in this store.
        strip_datelines: also take inline datelines and agency suffixes out of the text.
        corrections: whether a corrected article becomes a further version, is left alone, or is set aside.
    """

    def __init__(
        self,
        store: Store,
        library: Library,
        *,
        name: str,
        strip_datelines: bool = False,
        corrections: Corrections = "append",
    ) -> None:
        self._store = store
        self._library = library
        self._name = name
        self._strip_datelines = strip_datelines
        self._corrections: Corrections = corrections
        self._counts = Counts()

    def run(self, items: Iterable[Item | Draft], stop: Callable[[], bool] = lambda: False) -> Counts:
        """Clean every document that is not cleaned yet, and commit records and what was set aside as parts.

        Args:
            items: what a reader gives, in order, or drafts in place of documents.
            stop: asked between documents; once it says yes, what is done is committed and the rest is left.

        Returns:
            What was done. All of it is in the store when this returns; when it raises, what was committed before is.

        Raises:
            StoreError: the store could not be written.
        """
        with Writer(self._store, self._name) as writer:
            self._tally = Tally(writer)
            for chunk in in_chunks(items, stop):
                self._clean_chunk(chunk, writer)
                self._tally.note()
                writer.commit_if_full()
                watch().advance(0, sum(not isinstance(item, Mark) for item in chunk))
        self._counts.stopped = int(stop())
        return self._counts

    def _clean_chunk(self, chunk: list[Item | Draft], writer: Writer) -> None:
        named = [(item, _identity(item)) for item in chunk]
        writer.look_up(identity.id for _, identity in named if identity)
        for item, identity in named:
            if isinstance(item, Loaded | Draft) and identity:
                self._clean_one(item, identity, writer)
            elif isinstance(item, SetAside):
                self._set_aside(item, writer)
            elif isinstance(item, Noted):
                if item.aside:
                    self._set_aside(item.aside, writer)
                writer.note(item.article, item.sightings, item.raw, item.waiting, ends_waiting=item.ends_waiting)
            elif isinstance(item, Mark):
                self._mark(item)

    def _mark(self, mark: Mark) -> None:
        if mark.is_end:
            self._tally.end(mark)
        else:
            self._counts.add_reached(self._tally.begin(mark.source))

    def _clean_one(self, item: Loaded | Draft, identity: Identity, writer: Writer) -> None:
        loaded = item.loaded if isinstance(item, Draft) else item
        self._judge_one(item, loaded, identity, writer)
        writer.note(identity.id, loaded.sightings, loaded.raw)

    def _judge_one(self, item: Loaded | Draft, loaded: Loaded, identity: Identity, writer: Writer) -> None:
        seen = writer.seen(identity.id)
        if is_known(seen, half(identity.sha256)) and not loaded.is_retitled:
            self._meet(loaded, identity, writer)
            return
        record = self._record(item, identity, seen.version + 1 if seen else 1)
        match judge(seen, content_of(record), self._store.number, self._corrections, is_retitled=loaded.is_retitled):
            case "new":
                self._counts.new += 1
                self._keep(loaded, record, writer)
            case "updated":
                self._counts.updated += 1
                self._keep(loaded, record, writer)
            case "unchanged":
                self._meet(loaded, identity, writer)
            case "ignored":
                writer.meet(identity.id)
                self._counts.ignored += 1
                self._tally.count(loaded.source.place, loaded.line)
            case "duplicate":
                where = "is stored with" if self._corrections == "refuse" else "in this run has"
                detail = f"another text {where} the id {identity.id}"
                self._set_aside(loaded.aside(Reason.DUPLICATE_ID, detail), writer)

    def _record(self, item: Loaded | Draft, identity: Identity, version: int) -> Record:
        if isinstance(item, Draft):
            return msgspec.structs.replace(item.record, version=version, run=self._store.run)
        return clean_document(
            item,
            self._library,
            identity=identity,
            version=version,
            run=self._store.run,
            strip_datelines=self._strip_datelines,
        )

    def _keep(self, item: Loaded, record: Record, writer: Writer) -> None:
        writer.add(record)
        if item.held:
            writer.hold(record.id, item.held)
        self._counts.count(record)
        self._tally.count(item.source.place, item.line)

    def _meet(self, item: Loaded, identity: Identity, writer: Writer) -> None:
        writer.meet(identity.id)
        if item.held:
            writer.hold(identity.id, item.held)
        self._counts.unchanged += 1
        self._tally.count(item.source.place, item.line)

    def _set_aside(self, item: SetAside, writer: Writer) -> None:
        writer.set_aside(item)
        self._counts.count_aside(item)
        self._tally.count_aside(item)
        watch().log(ItemSetAside(run=self._store.run, item=item))


def _identity(item: Item | Draft) -> Identity | None:
    if isinstance(item, Draft):
        return item.identity
    return identify(item.document) if isinstance(item, Loaded) else None
