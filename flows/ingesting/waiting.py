"""The articles whose pages could not be had before, and may be asked for again: they are asked first in a run."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from flows.chunks import lists_of
from flows.documents.loaded import Item
from flows.ingesting.arriving import waiting_candidate
from flows.ingesting.bringing import Bringing
from flows.ingesting.candidates import Candidate
from flows.ingesting.known import with_texts
from flows.store.store import Store
from flows.store.waiting import candidates_of, due_articles


class DueAgain:
    """The articles that wait for their pages, and may ask for them.

    A feed need not be due for that, nor show them any longer.

    Attributes:
        asked: for which of them `items` has asked.
        left: those beyond the limit.
    """

    def __init__(self, store: Store, *, limit: int | None, now: datetime, force: bool) -> None:
        """Find out which they are.

        Args:
            store: where they wait.
            limit: how many to ask for at most. Those that were asked for least often come first, so that each has
                its turn.
            now: when the run began.
            force: whether all are asked for, due or not.
        """
        self._store = store
        with store.state.begin() as connection:
            found = due_articles(connection, None if force else now)
        self._wanted = found if limit is None else found[:limit]
        self.left = len(found) - len(self._wanted)
        self.asked: set[str] = set()

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
