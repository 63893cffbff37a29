"""What a group of feeds brings: the items for a shard, in a stream, and then which feeds are done with."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from cleaners.fields.dates import read_date
from flows.documents.loaded import Item, Loaded, Reason, Source
from flows.feeds.feed import Entry, Unusable
from flows.fetching.batch import FetchMany
from flows.ingesting.arriving import PageFound, arrive, note, other_form_name, wait
from flows.ingesting.candidates import Candidate, Shown, find_candidates
from flows.ingesting.fetching_pages import with_pages
from flows.ingesting.job import domain_of
from flows.ingesting.known import article_named, known_of, with_texts
from flows.ingesting.naming import name_entries
from flows.ingesting.polling import Polled
from flows.sandbox import Sandbox
from flows.store.store import Store


class Group:
    """The articles of some feeds that were just read.

    Attributes:
        fresh: feeds that show something that the store did not have.
        texts: articles by where their text came from.
        waiting: how many articles wait for their pages now.
        left: articles beyond the limit.
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
            limit: how many articles to bring at most.
            now: when the run began; pages that are due later are not asked for.
            force: whether those are, too.
        """
        self._store = store
        self._now = now
        self._polled = list(polled)
        shown = [one for each in self._polled for one in _shown(each, since)]
        found = find_candidates(shown, known_of((one.naming for one in shown), store))
        self._notes = [candidate for candidate in found if candidate.verdict == "note"]
        before = {candidate.key: candidate for candidate in waiting}
        shown_anew = [each.waiting_like(before.pop(each.key, None)) for each in found if each.verdict != "note"]
        # Whatever feeds say meanwhile, a page that failed is not asked for before its time.
        self._postponed = [candidate for candidate in shown_anew if not (force or candidate.is_due(now))]
        still = with_texts((each for each in before.values() if force or each.is_due(now)), store)
        due = [*still, *(candidate for candidate in shown_anew if force or candidate.is_due(now))]
        self._wanted = due[:limit]
        self._to_do = Counter(
            one.feed_url for candidate in (*self._notes, *self._postponed, *due) for one in candidate.shown
        )
        # By name, what came earlier in this group, which the store may not have yet.
        self._brought: dict[str, str] = {}
        self.fresh = {one.feed_url for candidate in shown_anew for one in candidate.shown}
        self.texts: Counter[str] = Counter()
        self.waiting = len(before) - len(still)
        self.left = len(due) - len(self._wanted)

    @property
    def unfinished(self) -> set[str]:
        """Feeds some of whose articles are left for the next run: all that `items` has not given so far, too."""
        return {feed for feed, count in self._to_do.items() if count}

    def items(self, fetch: FetchMany, sandbox: Sandbox, *, keep_raw: bool) -> Iterator[Item]:
        """What a shard takes: what cannot be used, what is to be noted, and each article as its page comes."""
        for each in self._polled:
            yield from _asides(each)
        for candidate in self._notes:
            self._finish(candidate)
            yield note(candidate, candidate.key, ends_waiting=False)
        for candidate in self._postponed:
            self._finish(candidate)
            self.waiting += 1
            yield wait(candidate)
        for candidate, found in with_pages(self._wanted, fetch, sandbox, keep_raw=keep_raw):
            yield self._item(candidate, found)

    def _item(self, candidate: Candidate, found: PageFound | None) -> Item:
        other = self._other_article(candidate, found)
        if other is not None:
            self._finish(candidate)
            return note(candidate, other, ends_waiting=True)
        item = arrive(candidate, found, date_fetched=self._now)
        self._finish(candidate)
        if isinstance(item, Loaded):
            self.texts[item.metadata["text_source"]] += 1
        elif item.waiting:
            self.waiting += 1
        return item

    def _other_article(self, candidate: Candidate, found: PageFound | None) -> str | None:
        """The article whose AMP or mobile form this is, if that is known already, or comes earlier in this group."""
        own = candidate.article
        if candidate.verdict != "new" or own is None:
            return None
        of_other_form = other_form_name(found)
        names = [name for one in candidate.shown for name in one.naming.names] + of_other_form
        earlier = next((self._brought[name] for name in names if name in self._brought), None)
        known = next(filter(None, (article_named(name, self._store) for name in of_other_form)), None)
        article = earlier or known or own
        self._brought |= dict.fromkeys(names, article)
        return article if article != own else None

    def _finish(self, candidate: Candidate) -> None:
        self._to_do.subtract(one.feed_url for one in candidate.shown)


def _shown(polled: Polled, since: date | None) -> Iterator[Shown]:
    """What a feed shows, less what is older than is wanted."""
    if polled.feed is None:
        return
    subscription = polled.due.subscription
    for entry, naming in zip(polled.feed.entries, name_entries(polled.feed, domain_of(subscription)), strict=True):
        if since is None or not _is_before(entry, since):
            yield Shown(
                feed_url=subscription.url,
                publisher=subscription.publisher,
                full_text=subscription.full_text,
                language=polled.feed.language,
                faulty=polled.feed.faulty,
                entry=entry,
                naming=naming,
                site=polled.feed.link,
            )


def _is_before(entry: Entry, since: date) -> bool:
    """Whether it is dated, and before that day where it was written."""
    stated = entry.updated or entry.published
    value = read_date(stated, None).value if stated else None
    return value is not None and value[:10] < since.isoformat()


def _asides(polled: Polled) -> Iterator[Item]:
    """What of a feed cannot be used: an entry, or all that came in its place."""
    source = Source.fetched(polled.due.subscription.url)
    if polled.is_content and polled.reason is not None:
        yield source.aside(Reason(polled.reason), polled.detail)
    unusable: tuple[Unusable, ...] = polled.feed.unusable if polled.feed else ()
    for each in unusable:
        yield source.aside(Reason(each.reason), each.detail)
