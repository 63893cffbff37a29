"""Which feeds are asked in a run, and in which groups. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby

import msgspec

from flows.feeds.feed_state import FeedState
from flows.feeds.subscriptions import Subscription, publisher_of

# Unchanged feeds say nothing; what the others say is bounded by bytes, too (answered.py).
GROUP_FEEDS = 250


class Due(msgspec.Struct, frozen=True):
    """A feed to ask, and what is known of it."""

    subscription: Subscription
    state: FeedState


def due_feeds(
    subscriptions: Iterable[Subscription],
    states: Mapping[str, FeedState],
    now: datetime,
    *,
    force: bool,
    since: date | None,
) -> list[Due]:
    """The feeds that are to be asked now, with what is known of them.

    Args:
        subscriptions: the list.
        states: what is known, by URL.
        now: with its zone.
        force: whether feeds are asked that are not due, too.
        since: entries dated before this day are left alone.
    """
    feeds = [
        Due(each, _with_older(states.get(each.url) or FeedState(url=each.url), since))
        for each in subscriptions
        if each.enabled
    ]
    return [due for due in feeds if force or due.state.is_due(now)]


def _with_older(state: FeedState, since: date | None) -> FeedState:
    """The state of a feed, such that entries come that an earlier run left alone and this one wants."""
    if state.since is None or (since is not None and since >= state.since):
        return state
    return msgspec.structs.replace(state, etag=None, last_modified=None, due=state.due if state.failures else None)


def in_groups(feeds: Iterable[Due]) -> Iterator[list[Due]]:
    """The feeds in groups of about `GROUP_FEEDS`; those of one publisher together: they share articles."""
    group: list[Due] = []
    for _, those in groupby(sorted(feeds, key=_publisher), key=_publisher):
        together = list(those)
        if group and len(group) + len(together) > GROUP_FEEDS:
            yield group
            group = []
        group.extend(together)
    if group:
        yield group


def _publisher(due: Due) -> str:
    return publisher_of(due.subscription)
