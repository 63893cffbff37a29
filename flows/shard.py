"""The one loop that all flows and engines run: documents in, records into a store, counts out."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from cleaners.document import Cleaned
from cleaners.phrases.library import Library
from flows.bookmarking import Bookmark
from flows.chunks import in_chunks
from flows.counts import Counts
from flows.documents.loaded import Item, Loaded, Mark, Noted, Reason, SetAside
from flows.drafting import Draft
from flows.identity import Identity, identify
from flows.record import Record, make_record
from flows.recording import asked, clean_loaded
from flows.store.judging import Corrections, content_of, half, is_known, judge
from flows.store.store import Store
from flows.store.writer import Writer
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
            self._bookmark = Bookmark(writer)
            for chunk in in_chunks(items, stop):
                self._clean_chunk(chunk, writer)
                self._bookmark.note()
                writer.commit_if_full()
                watch().advance(0, sum(not isinstance(item, Mark) for item in chunk))
        self._counts.stopped = int(stop())
        return self._counts

    def _clean_chunk(self, chunk: list[Item | Draft], writer: Writer) -> None:
        items = [asked(i, strip_datelines=self._strip_datelines) if isinstance(i, Loaded) else i for i in chunk]
        named = [(item, _identity(item)) for item in items]
        writer.look_up(identity.id for _, identity in named if identity)
        cleaned = self._clean_unknown(named, writer)
        for number, (item, identity) in enumerate(named):
            if isinstance(item, Loaded | Draft) and identity:
                self._clean_one(item, identity, cleaned.get(number), writer)
            elif isinstance(item, SetAside):
                self._set_aside(item, writer)
            elif isinstance(item, Noted):
                if item.aside:
                    self._set_aside(item.aside, writer)
                writer.note(item.article, item.sightings, item.raw, item.waiting)
            elif isinstance(item, Mark):
                self._mark(item)

    def _mark(self, mark: Mark) -> None:
        if mark.is_end:
            self._bookmark.end(mark)
        else:
            self._counts.add_reached(self._bookmark.begin(mark.source))

    def _clean_unknown(
        self, named: Sequence[tuple[Item | Draft, Identity | None]], writer: Writer
    ) -> dict[int, Cleaned]:
        """The clean copies of the documents that the store does not know yet, by their place among the items."""
        unknown = {
            number: item
            for number, (item, identity) in enumerate(named)
            if isinstance(item, Loaded) and identity and not _is_met(item, identity, writer)
        }
        return dict(zip(unknown, clean_loaded(unknown.values(), self._library), strict=True))

    def _clean_one(self, item: Loaded | Draft, identity: Identity, cleaned: Cleaned | None, writer: Writer) -> None:
        loaded = item.loaded if isinstance(item, Draft) else item
        if _is_met(loaded, identity, writer):
            self._meet(loaded, identity.id, writer)
        else:
            seen = writer.seen(identity.id)
            record = self._record(item, identity, cleaned, version=seen.version + 1 if seen else 1)
            self._judge(loaded, record, writer)
        writer.note(identity.id, loaded.sightings, loaded.raw, {identity.id: None} if loaded.sightings else {})

    def _record(self, item: Loaded | Draft, identity: Identity, cleaned: Cleaned | None, *, version: int) -> Record:
        if isinstance(item, Draft):
            return msgspec.structs.replace(item.record, version=version, run=self._store.run)
        # One that was known when the others were cleaned is not any more if another of them took its place.
        [copy] = [cleaned] if cleaned else clean_loaded([item], self._library)
        return make_record(item, copy, identity, version=version, phrases=self._library.version, run=self._store.run)

    def _judge(self, loaded: Loaded, record: Record, writer: Writer) -> None:
        seen = writer.seen(record.id)
        match judge(seen, content_of(record), self._store.number, self._corrections, is_retitled=loaded.is_retitled):
            case "new":
                self._counts.new += 1
                self._keep(loaded, record, writer)
            case "updated":
                self._counts.updated += 1
                self._keep(loaded, record, writer)
            case "unchanged":
                self._meet(loaded, record.id, writer)
            case "ignored":
                writer.meet(record.id)
                self._counts.ignored += 1
                self._bookmark.count(loaded.source.place, loaded.line)
            case "duplicate":
                where = "is stored with" if self._corrections == "refuse" else "in this run has"
                detail = f"another text {where} the id {record.id}"
                self._set_aside(loaded.aside(Reason.DUPLICATE_ID, detail), writer)

    def _keep(self, item: Loaded, record: Record, writer: Writer) -> None:
        writer.add(record)
        if item.held:
            writer.hold(record.id, item.held)
        self._counts.count(record)
        self._bookmark.count(item.source.place, item.line)

    def _meet(self, item: Loaded, key: str, writer: Writer) -> None:
        writer.meet(key)
        if item.held:
            writer.hold(key, item.held)
        self._counts.unchanged += 1
        self._bookmark.count(item.source.place, item.line)

    def _set_aside(self, item: SetAside, writer: Writer) -> None:
        writer.set_aside(item)
        self._counts.count_aside(item)
        self._bookmark.count_aside(item)
        watch().log(ItemSetAside(run=self._store.run, item=item))


def _is_met(item: Loaded, identity: Identity, writer: Writer) -> bool:
    """Whether the store has this very text of the article, and no new headline comes with it."""
    return is_known(writer.seen(identity.id), half(identity.sha256)) and not item.is_retitled


def _identity(item: Item | Draft) -> Identity | None:
    if isinstance(item, Draft):
        return item.identity
    return identify(item.document) if isinstance(item, Loaded) else None
