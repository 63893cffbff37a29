"""One run of ingesting: its groups of feeds, one after the other, each asked, cleaned and committed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from cleaners.phrases.library import Library
from flows.feeds.feed_state import FeedState, after_answer, after_failure, is_gone
from flows.feeds.subscriptions import Subscription
from flows.fetching.batch import FetchMany
from flows.fetching.results import Failed
from flows.ingesting.answered import Answered
from flows.ingesting.arriving import waiting_candidate
from flows.ingesting.candidates import Candidate, waits_of
from flows.ingesting.due import Due, due_feeds, in_groups
from flows.ingesting.following import follow_move, switch_off_gone
from flows.ingesting.group import Group
from flows.ingesting.job import IngestJob
from flows.ingesting.polling import Polled, poll
from flows.ingesting.tally import Tally
from flows.plurals import counted
from flows.sandbox import Sandbox
from flows.store.sightings import feed_states, put_feed_states, waiting
from flows.store.store import Store
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
        self._waiting: list[Candidate] = []
        self._portions = 0

    def groups(self) -> list[list[Due]]:
        """The feeds to ask, in groups."""
        subscriptions = self._subscriptions
        with self._store.state.begin() as connection:
            states = feed_states(connection)
            self._waiting = [waiting_candidate(each) for each in waiting(connection)]
        due = due_feeds(subscriptions, states, self._began, force=self.job.force, since=self.job.since)
        self.tally.feeds["off"] = sum(not each.enabled for each in subscriptions)
        self.tally.feeds["not_due"] = len(subscriptions) - len(due) - self.tally.feeds["off"]
        # A feed that is not due may have articles that are.
        asked = {each.subscription.url for each in due}
        others = [candidate for candidate in self._waiting if not asked & _feeds(candidate)]
        if any(self.job.force or candidate.is_due(self._began) for candidate in others):
            return [*in_groups(due), []]
        self.tally.waits += waits_of(others)
        return list(in_groups(due))

    def ask(self, _number: int, group: list[Due]) -> Answered:
        """Ask the feeds of a group."""
        return Answered.of(poll(group, self._fetch, self._sandbox))

    def bring(self, _number: int, answered: Answered) -> None:
        """Fetch what they have that is new, clean it and commit it; then what is known of the feeds."""
        for polled in answered.portions():
            self._bring(polled)

    def _bring(self, polled: list[Polled]) -> None:
        self._portions += 1
        limit = None if self.job.limit is None else max(self.job.limit - self.tally.texts.total(), 0)
        group = Group(
            polled,
            self._store,
            waiting=self._waiting_of(polled),
            since=self.job.since,
            limit=limit,
            now=self._began,
            force=self.job.force,
        )
        shard = self.job.shard(self._portions, self._store, self._library)
        items = group.items(self._fetch, self._sandbox, keep_raw=self.job.keep_raw)
        counts = shard.run(items, self._stop)
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
        self.tally.add(counts, texts=group.texts, waits=group.waits, left=group.left)
        self._tell(polled, group, gone)

    def _tell(self, polled: list[Polled], group: Group, gone: Mapping[str, str | None]) -> None:
        for each in polled:
            told = FeedAsked(
                run=self.job.run,
                feed=each.due.subscription.url,
                outcome=_outcome(each, group),
                reason=each.reason,
                detail=each.detail,
                note=self._note(each, gone),
                left_out=_left_out(each),
            )
            self.tally.feeds[told.outcome] += 1
            self.tally.left_out += told.left_out
            self.tally.failed.update([told.reason] if told.reason else [])
            watch().log(told)
        watch().advance(len(polled))

    def _waiting_of(self, polled: list[Polled]) -> list[Candidate]:
        """The articles of these feeds that wait; of no feeds, those that no other group has."""
        feeds = {each.due.subscription.url for each in polled}
        waiting, self._waiting = self._waiting, []
        mine: list[Candidate] = []
        for candidate in waiting:
            (mine if not feeds or feeds & _feeds(candidate) else self._waiting).append(candidate)
        return mine

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
        with self._store.state.begin() as connection:
            put_feed_states(connection, states)

    def _note(self, polled: Polled, gone: Mapping[str, str | None]) -> str | None:
        url, moved_to = polled.due.subscription.url, polled.outcome.moved_to
        if url in gone:
            return gone[url] or "switched off: it is gone for good"
        if polled.reason is None and moved_to and moved_to != url:
            return follow_move(self._list, self._store, url, moved_to)
        left_out = _left_out(polled)
        return f"too long: {counted(left_out, 'entry', 'entries')} not read" if left_out else None


def _feeds(candidate: Candidate) -> set[str]:
    return {one.feed_url for one in candidate.shown}


def _left_out(polled: Polled) -> int:
    return polled.feed.left_out if polled.feed else 0


def _outcome(polled: Polled, group: Group) -> FeedOutcome:
    if polled.reason is not None:
        return "failed"
    if polled.feed is None:
        return "unchanged"
    return "new" if polled.due.subscription.url in group.fresh else "nothing_new"
