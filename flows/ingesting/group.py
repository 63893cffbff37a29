"""What a group of feeds brings: the items for a shard, in a stream, and then which feeds are done with."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime

import msgspec

from flows.documents.loaded import Item, Loaded, Noted, Reason, SetAside, Source
from flows.fetching.batch import FetchMany
from flows.ingesting.arriving import arrive, note, wait
from flows.ingesting.candidates import Candidate, find_candidates, waits_of
from flows.ingesting.fetching_pages import with_pages
from flows.ingesting.known import Brought, known_by, known_of, with_texts
from flows.ingesting.page_found import PageFound, names_of_page
from flows.ingesting.polling import Polled
from flows.ingesting.showing import shared_by, shown_by
from flows.sandbox import Sandbox
from flows.store.quarantine import key_of
from flows.store.state import asides
from flows.store.store import Store


class Group:
    """The articles of some feeds that were just read.

    Attributes:
        shared: for each feed, the names that several of its articles have.
        fresh: feeds that show something that the store did not have.
        cut: feeds that have entries which `since` leaves alone.
        texts: articles by where their text came from.
        waits: articles that wait for their pages now, by why those could not be had.
        left: articles beyond the limit, as far as `items` has come.
    """

    def __init__(
        self,
        polled: Iterable[Polled],
        store: Store,
        *,
        waiting: Iterable[Candidate],
        since: date | None,
        limit: int | None,
        now: datetime,
        force: bool,
    ) -> None:
        """Find out what they bring.

        Args:
            polled: feeds and what came of asking them.
            store: what is known.
            waiting: articles of these feeds that wait for their pages.
            since: entries dated before this day are left alone.
            limit: how many articles to bring at most; those that wait for their pages still are not brought.
            now: when the run began; pages that are due later are not asked for.
            force: whether those are, too.
        """
        self._store = store
        self._now = now
        self._polled = list(polled)
        self._limit = limit
        self.shared = {each.due.subscription.url: shared_by(each) for each in self._polled}
        shown = [
            one for each in self._polled for one in shown_by(each, self.shared[each.due.subscription.url], since)
        ]
        shown_of = Counter(one.feed_url for one in shown)
        found = find_candidates(shown, known_of((one.naming for one in shown), store))
        self._notes = [candidate for candidate in found if candidate.verdict == "note"]
        before = {candidate.key: candidate for candidate in waiting}
        shown_anew = [each.waiting_like(before.pop(each.key, None)) for each in found if each.verdict != "note"]
        # Whatever feeds say meanwhile, a page that failed is not asked for before its time.
        due, self._postponed = _parted(shown_anew, now, force=force)
        still, later = _parted(before.values(), now, force=force)
        still = with_texts(still, store)
        self._wanted = [candidate for candidate in due if not candidate.tries]
        # Under a limit, those that were asked for least often come first, so that each has its turn.
        self._waiting = sorted(
            [*still, *(candidate for candidate in due if candidate.tries)], key=lambda candidate: candidate.tries
        )
        self._asides = _new_asides(self._polled, store)
        # What is to be done, with the feeds that show it. Not what waits as before: the store has all of it.
        self._to_do: dict[object, list[str]] = {item: [feed] for feed, item in self._asides}
        self._to_do |= {each.key: [one.feed_url for one in each.shown] for each in (*self._notes, *shown_anew)}
        self._brought = Brought()
        self.fresh = {one.feed_url for candidate in shown_anew for one in candidate.shown}
        self.cut = {
            each.due.subscription.url
            for each in self._polled
            if each.feed and shown_of[each.due.subscription.url] < len(each.feed.entries)
        }
        self.texts: Counter[str] = Counter()
        self.waits = waits_of(later)
        self.left = 0

    @property
    def unfinished(self) -> set[str]:
        """Feeds of which something is left for the next run: all that `items` has not given so far, too."""
        return {feed for feeds in self._to_do.values() for feed in feeds}

    def items(self, fetch: FetchMany, sandbox: Sandbox, *, keep_raw: bool) -> Iterator[Item]:
        """What a shard takes: what cannot be used, what is to be noted, and each article as its page comes."""
        for _, item in self._asides:
            self._to_do.pop(item, None)
            yield item
        for candidate in self._notes:
            self._finish(candidate)
            yield note(candidate, candidate.key, ends_waiting=False)
        for candidate in self._postponed:
            yield self._waits(candidate)
        for candidates in self._rounds():
            for candidate, found in with_pages(candidates, fetch, sandbox, keep_raw=keep_raw):
                yield self._item(candidate, found)

    def _rounds(self) -> Iterator[list[Candidate]]:
        """All at once; under a limit what waits, and then as many new ones as that leaves to be brought.

        What waits and fails again brings nothing: five such articles once used up each run's `--limit 5`.
        """
        if self._limit is None:
            yield [*self._waiting, *self._wanted]
            return
        for candidates in (self._waiting, self._wanted):
            most = max(self._limit - self.texts.total(), 0)
            self.left += max(len(candidates) - most, 0)
            yield candidates[:most]

    def _item(self, candidate: Candidate, found: PageFound | None) -> Item:
        other = self._other_article(candidate, found)
        if other is not None:
            self._finish(candidate)
            return note(candidate, other, ends_waiting=True)
        item = arrive(candidate, found, date_fetched=self._now)
        if isinstance(item, Candidate):
            return self._waits(item)
        self._finish(candidate)
        if isinstance(item, Noted) and item.aside and _known_asides([item.aside], self._store):
            # Its feed says something else of it, and it has no text as before.
            return msgspec.structs.replace(item, aside=None)
        if isinstance(item, Loaded):
            self.texts[item.metadata["text_source"]] += 1
        return item

    def _waits(self, candidate: Candidate) -> Noted:
        self._finish(candidate)
        self.waits += waits_of([candidate])
        return wait(candidate)

    def _other_article(self, candidate: Candidate, found: PageFound | None) -> str | None:
        """The article that it turns out to be by its page: one of the store, or an earlier one of this group."""
        own = candidate.article
        if candidate.verdict != "new" or own is None:
            return None
        main = candidate.shown[0]
        own_names = dict.fromkeys(name for one in candidate.shown for name in one.naming.names)
        of_page = [name for name in names_of_page(found) if name not in own_names]
        names = [*own_names, *of_page]
        known = known_by({*of_page}, self._store).article_of(main, of_page) if of_page else None
        article = self._brought.article_of(names, main) or known or own
        self._brought.add(article, names, main)
        return article if article != own else None

    def _finish(self, candidate: Candidate) -> None:
        self._to_do.pop(candidate.key, None)


def _parted(
    candidates: Iterable[Candidate], now: datetime, *, force: bool
) -> tuple[list[Candidate], list[Candidate]]:
    """Those whose pages may be asked for now, and the others."""
    parts: tuple[list[Candidate], list[Candidate]] = ([], [])
    for candidate in candidates:
        parts[not (force or candidate.is_due(now))].append(candidate)
    return parts


def _new_asides(polled: Iterable[Polled], store: Store) -> list[tuple[str, SetAside]]:
    """What of feeds cannot be used, with their URLs; what was set aside before is no news when its feed changes."""
    found = [(each.due.subscription.url, item) for each in polled for item in _asides(each)]
    known = _known_asides((item for _, item in found), store)
    return [(feed, item) for feed, item in found if key_of(item) not in known]


def _known_asides(items: Iterable[SetAside], store: Store) -> Collection[bytes]:
    with store.state.begin() as connection:
        return asides(connection, map(key_of, items))


def _asides(polled: Polled) -> Iterator[SetAside]:
    """What of a feed cannot be used: an entry, or all that came in its place."""
    source = Source.fetched(polled.due.subscription.url)
    if polled.is_content and polled.reason is not None:
        yield source.aside(Reason(polled.reason), polled.detail)
    for each in polled.feed.unusable if polled.feed else ():
        yield source.aside(Reason(each.reason), each.detail)
