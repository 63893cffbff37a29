"""A job of ingesting in plain Python: which feeds to ask, where to write, and how the run parts into groups."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

from flows.feeds.state import FeedState
from flows.feeds.subscriptions import Subscription, Subscriptions, read_subscriptions
from flows.fetching.configuring import configured
from flows.identity import domain_or_host
from flows.ingesting.polling import Due
from flows.job import StoreJob

# What a group's feeds say is in memory at once; unchanged feeds say nothing.
GROUP_FEEDS = 250


class IngestJob(StoreJob, frozen=True, kw_only=True):
    """One run of ingesting feeds into a store.

    Attributes:
        feeds: the subscriptions file.
        limit: how many articles to bring at most; None sets no limit.
        since: entries dated before this day are left alone.
        keep_raw: whether pages are kept as they came, as WARC.
        force: whether feeds, and pages of articles that wait for them, are asked that are not due.
    """

    feeds: str
    limit: int | None = None
    since: date | None = None
    keep_raw: bool = False
    force: bool = False

    def subscriptions(self) -> Subscriptions:
        """The feeds, and how to fetch.

        Raises:
            CleancopyError: the file cannot be read, or something in it cannot be used.
        """
        return read_subscriptions(Path(self.feeds))

    def check(self) -> None:
        """As for all jobs; also whether one can fetch as the subscriptions file says."""
        configured(self.subscriptions().fetch)
        super().check()


def due_feeds(
    subscriptions: Iterable[Subscription], states: dict[str, FeedState], now: datetime, *, force: bool
) -> list[Due]:
    """The feeds that are to be asked now, with what is known of them."""
    feeds = [Due(each, states.get(each.url) or FeedState(url=each.url)) for each in subscriptions if each.enabled]
    return [due for due in feeds if force or due.state.is_due(now)]


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
    return domain_of(due.subscription)


def domain_of(subscription: Subscription) -> str:
    """The publisher by its domain: as subscribed, or the feed's, or its host where that has none."""
    return subscription.publisher or domain_or_host(subscription.url) or ""
