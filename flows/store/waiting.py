"""Which articles wait for their pages, and when those are to be asked for again."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

import msgspec
import sqlalchemy as sa

from flows.feeds.sighting import Waiting
from flows.store.many import delete_rows, insert_rows, rows_with
from flows.store.tables import WAITING

BEYOND_LIMIT = "limit"
"""Why an article waits that was not asked for yet: the run had brought as many as it was to."""

_ROWS = 1_000


def due_articles(connection: sa.Connection, now: datetime | None) -> list[str]:
    """The articles whose pages could not be had and may be asked for, those that were asked for least often first.

    Args:
        connection: to the state.
        now: with its zone; None: all of them.
    """
    found = sa.select(WAITING.c.article).where(WAITING.c.why != BEYOND_LIMIT)
    if now is not None:
        found = found.where(WAITING.c.due.is_(None) | (WAITING.c.due <= _written(now)))
    return [*connection.execute(found.order_by(WAITING.c.tries, WAITING.c.article)).scalars()]


def articles_left(connection: sa.Connection) -> list[str]:
    """The articles that a limit left, in the order of the runs that did."""
    found = sa.select(WAITING.c.article).where(WAITING.c.why == BEYOND_LIMIT)
    return [*connection.execute(found.order_by(WAITING.c.due, WAITING.c.article)).scalars()]


def candidates_of(connection: sa.Connection, articles: Iterable[str]) -> dict[str, bytes]:
    """Of those articles that wait, what is known of them."""
    return {row.article: row.candidate for row in rows_with(connection, WAITING, WAITING.c.article, set(articles))}


def count_waiting(connection: sa.Connection) -> Counter[str]:
    """How many articles wait, by why."""
    found = sa.select(WAITING.c.why, sa.func.count()).group_by(WAITING.c.why)
    return Counter({row[0]: row[1] for row in connection.execute(found)})


def waiting_for(connection: sa.Connection, feed: str) -> dict[str, Waiting]:
    """The articles that wait and have a feed's URL in what is known of them."""
    url = msgspec.json.encode(feed)
    rows = connection.execute(sa.select(WAITING))
    return {row.article: _read(row) for some in rows.partitions(_ROWS) for row in some if url in row.candidate}


def put_waiting(connection: sa.Connection, articles: Mapping[str, Waiting | None]) -> None:
    """Let articles wait; those with None wait no longer."""
    delete_rows(connection, WAITING, articles)
    insert_rows(
        connection,
        WAITING,
        [
            (article, _written(each.due) if each.due else None, each.tries, each.why, each.candidate)
            for article, each in sorted(articles.items())
            if each is not None
        ],
    )


def _read(row: sa.Row[tuple[object, ...]]) -> Waiting:
    due = datetime.fromisoformat(row.due) if row.due else None
    return Waiting(due=due, tries=row.tries, why=row.why, candidate=row.candidate)


def _written(moment: datetime) -> str:
    """As JSON has it, and in the order of time."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
