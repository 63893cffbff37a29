"""What a group of feeds brings: the items for a shard, in a stream, and then which feeds are done with."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from datetime import date, datetime

from flows.documents.loaded import Item, Reason, SetAside, Source
from flows.ingesting.arriving import note, wait, waiting_candidate
from flows.ingesting.bringing import Bringing, known_asides
from flows.ingesting.candidates import Candidate, find_candidates
from flows.ingesting.known import known_of
from flows.ingesting.polling import Polled
from flows.ingesting.showing import shared_by, shown_by
from flows.store.quarantine import key_of
from flows.store.state import articles
from flows.store.store import Store
from flows.store.waiting import candidates_of


class Group:
    """The articles of some feeds that were just read.

    Attributes:
        shared: for each feed, the names that several of its articles have.
        fresh: feeds that show something that the store did not have.
        cut: feeds that have entries which `since` leaves alone.
        passed_over: articles beyond the limit that their feeds are asked for again. Those that are new wait.
    """

    def __init__(
        self,
        polled: Iterable[Polled],
        store: Store,
        *,
        since: date | None,
        limit: int | None,
        now: datetime,
        asked: Container[str] | None,
    ) -> None:
        """Find out what they bring.

        Args:
            polled: feeds and what came of asking them.
            store: what is known.
            since: entries dated before this day are left alone.
            limit: how many articles to bring at most.
            now: when the run began; pages that are due later are not asked for.
            asked: unless None, pages of waiting articles are asked for at any time, but those of these.
        """
        polled = list(polled)
        self.shared = {each.due.subscription.url: shared_by(each) for each in polled}
        shown = [one for each in polled for one in shown_by(each, self.shared[each.due.subscription.url], since)]
        shown_of = Counter(one.feed_url for one in shown)
        found = find_candidates(shown, known_of((one.naming for one in shown), store))
        self._notes = [candidate for candidate in found if candidate.verdict == "note"]
        changed = _going_on([candidate for candidate in found if candidate.verdict != "note"], store)
        # A store takes one text of an article in a run: one that waited had just come, as its feed had shown it days
        # ago, and what the feed says of it now was set aside as its duplicate.
        met = _met_in_this_run(changed, store)
        # Whatever feeds say meanwhile, a page that failed is not asked for before its time.
        due, self._postponed = _parted(changed, now, asked)
        # What is new comes before what is said anew: entries that change in each poll once used up every limit.
        fresh = (candidate for candidate in due if candidate.key not in met)
        wanted = sorted(fresh, key=lambda candidate: not candidate.is_coming)
        self._wanted = wanted if limit is None else wanted[:limit]
        beyond = wanted[len(self._wanted) :]
        # Their feeds may move on before a run comes to them. What is said anew of an article is said again.
        self._postponed += [candidate.left(now) for candidate in beyond if candidate.is_coming]
        self.passed_over = sum(not candidate.is_coming for candidate in beyond)
        self._asides = _new_asides(polled, store)
        # What is to be done, with the feeds that show it.
        self._to_do: dict[object, list[str]] = {item: [feed] for feed, item in self._asides}
        self._to_do |= {each.key: [one.feed_url for one in each.shown] for each in (*self._notes, *changed)}
        self.fresh = {one.feed_url for candidate in changed for one in candidate.shown}
        self.cut = {
            each.due.subscription.url
            for each in polled
            if each.feed and shown_of[each.due.subscription.url] < len(each.feed.entries)
        }

    @property
    def unfinished(self) -> set[str]:
        """Feeds of which something is left for the next run: all that `items` has not given so far, too."""
        return {feed for feeds in self._to_do.values() for feed in feeds}

    def items(self, bringing: Bringing) -> Iterator[Item]:
        """What a shard takes: what cannot be used, what is to be noted, and each article as its page comes."""
        for _, aside in self._asides:
            self._to_do.pop(aside, None)
            yield aside
        for candidate in self._notes:
            self._to_do.pop(candidate.key, None)
            yield note(candidate)
        for candidate in self._postponed:
            self._to_do.pop(candidate.key, None)
            yield wait(candidate)
        for candidate, item in bringing.bring(self._wanted):
            self._to_do.pop(candidate.key, None)
            yield item


def _going_on(candidates: list[Candidate], store: Store) -> list[Candidate]:
    """The same, those that wait for their pages already with what is known of that."""
    with store.state.begin() as connection:
        before = candidates_of(connection, (each.key for each in candidates))
    return [
        each.waiting_like(waiting_candidate(before[each.key])) if each.key in before else each for each in candidates
    ]


def _met_in_this_run(candidates: list[Candidate], store: Store) -> set[str]:
    with store.state.begin() as connection:
        before = articles(connection, (each.key for each in candidates))
    return {key for key, seen in before.items() if seen.run == store.number}


def _parted(
    candidates: Iterable[Candidate], now: datetime, asked: Container[str] | None
) -> tuple[list[Candidate], list[Candidate]]:
    """Those whose pages may be asked for now, and the others."""
    due: list[Candidate] = []
    later: list[Candidate] = []
    for each in candidates:
        may_be_asked = each.is_due(now) or (asked is not None and each.key not in asked)
        (due if may_be_asked else later).append(each)
    return due, later


def _new_asides(polled: Iterable[Polled], store: Store) -> list[tuple[str, SetAside]]:
    """What of feeds cannot be used, with their URLs; what was set aside before is no news when its feed changes."""
    found = [(each.due.subscription.url, item) for each in polled for item in _asides(each)]
    known = known_asides((key_of(item) for _, item in found), store)
    return [(feed, item) for feed, item in found if key_of(item) not in known]


def _asides(polled: Polled) -> Iterator[SetAside]:
    """What of a feed cannot be used: an entry, or all that came in its place."""
    source = Source.fetched(polled.due.subscription.url)
    if polled.is_content and polled.reason is not None:
        yield source.aside(Reason(polled.reason), polled.detail)
    for each in polled.feed.unusable if polled.feed else ():
        yield source.aside(Reason(each.reason), each.detail)
