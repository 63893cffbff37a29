"""The articles that earlier runs left: they come first in a run, whatever feeds show."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Self

from flows.chunks import lists_of
from flows.documents.loaded import Item
from flows.ingesting.arriving import waiting_candidate
from flows.ingesting.bringing import Bringing
from flows.ingesting.candidates import Candidate
from flows.ingesting.known import with_texts
from flows.store.store import Store
from flows.store.waiting import articles_left, candidates_of, due_articles


class Backlog:
    """Articles that wait, and may come now.

    A feed need not be due for that, nor show them any longer.

    Attributes:
        asked: those for which `items` has asked.
        left: how many are beyond the limit.
    """

    def __init__(self, store: Store, articles: list[str], limit: int | None) -> None:
        """Nothing is asked for yet.

        Args:
            store: where they wait.
            articles: which they are, in the order in which they are to come.
            limit: how many to ask for at most.
        """
        self._store = store
        self._wanted = articles if limit is None else articles[:limit]
        self.left = len(articles) - len(self._wanted)
        self.asked: set[str] = set()

    @classmethod
    def of_pages(cls, store: Store, *, limit: int | None, now: datetime, force: bool) -> Self:
        """Those whose pages could not be had; those that were asked for least often first, so that each has its turn.

        Args:
            store: where they wait.
            limit: how many to ask for at most.
            now: when the run began.
            force: whether all are asked for, due or not.
        """
        with store.state.begin() as connection:
            return cls(store, due_articles(connection, None if force else now), limit)

    @classmethod
    def of_limits(cls, store: Store, limit: int | None) -> Self:
        """Those that the limits of earlier runs left, in the order of these."""
        with store.state.begin() as connection:
            return cls(store, articles_left(connection), limit)

    def items(self, bringing: Bringing) -> Iterator[Item]:
        """What a shard takes: each article as its page comes, or does not."""
        for articles in lists_of(self._wanted):
            self.asked |= {*articles}
            for _, item in bringing.bring(self._candidates(articles)):
                yield item

    def _candidates(self, articles: Iterable[str]) -> list[Candidate]:
        with self._store.state.begin() as connection:
            found = candidates_of(connection, articles)
        return with_texts(map(waiting_candidate, found.values()), self._store)
