"""A job of ingesting in plain Python: which list of feeds, which of their entries, and where to write."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

from flows.feeds.subscriptions import Subscriptions, read_subscriptions
from flows.fetching.configuring import configured
from flows.job import StoreJob
from flows.remote import is_remote
from flows.store.errors import StoreError
from flows.store.store import Store


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

    def store(self, stop: Callable[[], bool] = lambda: False) -> AbstractContextManager[Store]:
        """As for all jobs."""
        if self.keep_raw and is_remote(self.out):
            raise StoreError(f"{self.out}: pages as they came are kept in a local store only; leave out --keep-raw")
        return super().store(stop)
