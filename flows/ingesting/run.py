"""One run of ingesting: its groups of feeds, one after the other, each asked, cleaned and committed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from cleaners.phrases.library import Library
from flows.documents.loaded import Item
from flows.feeds.feed_state import FeedState, after_answer, after_failure, is_gone
from flows.feeds.subscriptions import Subscription
from flows.fetching.batch import FetchMany
from flows.fetching.results import Failed
from flows.ingesting.answered import Answered
from flows.ingesting.bringing import Bringing
from flows.ingesting.due import Due, due_feeds, in_groups
from flows.ingesting.following import follow_move, switch_off_gone
from flows.ingesting.group import Group
from flows.ingesting.job import IngestJob
from flows.ingesting.polling import Polled, poll
from flows.ingesting.tally import Tally
from flows.ingesting.waiting import Backlog
from flows.plurals import counted
from flows.sandbox import Sandbox
from flows.store.sightings import feed_states, put_feed_states
from flows.store.store import Store
from flows.store.waiting import BEYOND_LIMIT, count_waiting
from flows.watching.events import FeedAsked, FeedOutcome
from flows.watching.watch import watch


class Run:
    """What all groups of a run share, and its two steps: `ask` the feeds of a group, then `bring` their articles.

    Attributes:
        job: what to do.
        tally: what was done.
    """

    def __init__(
        self,
        job: IngestJob,
        subscriptions: Sequence[Subscription],
        *,
        store: Store,
        library: Library,
        fetch: FetchMany,
        sandbox: Sandbox,
        stop: Callable[[], bool],
    ) -> None:
        self.job = job
        self.tally = Tally()
        self._list = Path(job.feeds)
        self._subscriptions = subscriptions
        self._store = store
        self._library = library
        self._fetch = fetch
        self._sandbox = sandbox
        self._stop = stop
        self._began = datetime.now(UTC)
        self._asked_again: set[str] = set()
        self._shards = 0

    def groups(self) -> list[list[Due]]:
        """The feeds to ask, in groups; where articles wait, first one without feeds."""
        subscriptions = self._subscriptions
        with self._store.state.begin() as connection:
            states = feed_states(connection)
        due = due_feeds(subscriptions, states, self._began, force=self.job.force, since=self.job.since)
        self.tally.feeds["off"] = sum(not each.enabled for each in subscriptions)
        self.tally.feeds["not_due"] = len(subscriptions) - len(due) - self.tally.feeds["off"]
        self._count_waiting()
        # Articles that wait do so for no feed: theirs need not be due, nor on the list any longer.
        return [*([[]] if self.tally.waiting or self.tally.left else []), *in_groups(due)]

    def ask(self, _number: int, group: list[Due]) -> Answered:
        """Ask the feeds of a group."""
        return Answered.of(poll(group, self._fetch, self._sandbox))

    def bring(self, _number: int, answered: Answered) -> None:
        """Fetch what they have that is new, clean it and commit it; then what is known of the feeds."""
        for polled in answered.portions():
            if polled:
                self._bring(polled)
            else:
                self._bring_waiting()

    def _bring_waiting(self) -> None:
        again = Backlog.of_pages(self._store, limit=self._limit, now=self._began, force=self.job.force)
        self._shard(again.items)
        self.tally.passed_over += again.left
        left = Backlog.of_limits(self._store, self._limit)
        self._shard(left.items)
        self._asked_again = again.asked | left.asked

    def _bring(self, polled: list[Polled]) -> None:
        asked = self._asked_again if self.job.force else None
        group = Group(polled, self._store, since=self.job.since, limit=self._limit, now=self._began, asked=asked)
        self._shard(group.items)
        # Before the state: a feed that the list calls off is asked again by whoever switches it on.
        gone = {
            each.due.subscription.url: switch_off_gone(self._list, each.due.subscription.url, self._began)
            for each in polled
            if is_gone(each.outcome)
        }
        unfinished = group.unfinished
        states = {}
        for each in polled:
            url = each.due.subscription.url
            states[url] = self._state_after(each, group, is_done=url not in unfinished, gone=gone)
        self._commit(states)
        self.tally.passed_over += group.passed_over
        # After it: what is known of a feed that has moved goes along.
        notes = {each.due.subscription.url: self._follow(each, gone) for each in polled}
        self._tell(polled, group, notes)

    def _shard(self, items: Callable[[Bringing], Iterator[Item]]) -> None:
        """Bring articles, clean and commit them."""
        self._shards += 1
        bringing = Bringing(self._store, self._fetch, self._sandbox, keep_raw=self.job.keep_raw, now=self._began)
        shard = self.job.shard(self._shards, self._store, self._library)
        self.tally.add(shard.run(items(bringing), self._stop), texts=bringing.texts)
        self._count_waiting()

    @property
    def _limit(self) -> int | None:
        """How many articles may be brought yet: what the store had already does not count."""
        counts = self.tally.counts
        return None if self.job.limit is None else max(self.job.limit - counts.new - counts.updated, 0)

    def _count_waiting(self) -> None:
        with self._store.state.begin() as connection:
            waits = count_waiting(connection)
        self.tally.kept_for_later = waits.pop(BEYOND_LIMIT, 0)
        self.tally.waits = waits

    def _tell(self, polled: list[Polled], group: Group, notes: Mapping[str, str | None]) -> None:
        for each in polled:
            told = FeedAsked(
                run=self.job.run,
                feed=each.due.subscription.url,
                outcome=_outcome(each, group),
                reason=each.reason,
                detail=each.detail,
                note=notes[each.due.subscription.url],
                left_out=_left_out(each),
            )
            self.tally.feeds[told.outcome] += 1
            self.tally.left_out += told.left_out
            self.tally.failed.update([told.reason] if told.reason else [])
            watch().log(told)
        watch().advance(len(polled))

    def _state_after(
        self, polled: Polled, group: Group, *, is_done: bool, gone: Mapping[str, str | None]
    ) -> FeedState:
        url = polled.due.subscription.url
        if polled.reason is None and not isinstance(polled.outcome, Failed):
            return after_answer(
                polled.due.state,
                polled.outcome,
                self._began,
                hints=polled.feed.hints if polled.feed else None,
                is_new=url in group.fresh,
                is_done=is_done,
                shared=group.shared[url],
                left_out=_left_out(polled),
                since=self.job.since if url in group.cut else None,
            )
        return after_failure(
            polled.due.state,
            self._began,
            reason=polled.reason or "",
            detail=polled.detail or "",
            failed=polled.outcome if isinstance(polled.outcome, Failed) else None,
            is_off_in_list=gone.get(url, "") is None,
        )

    def _commit(self, states: Mapping[str, FeedState]) -> None:
        """Only now that their articles are in the store: a feed that is unchanged the next time is not read again."""
        with self._store.noting() as connection:
            put_feed_states(connection, states)

    def _follow(self, polled: Polled, gone: Mapping[str, str | None]) -> str | None:
        """Follow a feed that has moved for good; what there is to tell of a feed."""
        url, moved_to = polled.due.subscription.url, polled.outcome.moved_to
        if url in gone:
            return gone[url] or "switched off: it is gone for good"
        if polled.reason is None and moved_to and moved_to != url:
            return follow_move(self._list, self._store, polled.due.subscription, moved_to)
        left_out = _left_out(polled)
        return f"too long: {counted(left_out, 'entry', 'entries')} not read" if left_out else None


def _left_out(polled: Polled) -> int:
    return polled.feed.left_out if polled.feed else 0


def _outcome(polled: Polled, group: Group) -> FeedOutcome:
    if polled.reason is not None:
        return "failed"
    if polled.feed is None:
        return "unchanged"
    return "new" if polled.due.subscription.url in group.fresh else "nothing_new"
