from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from flows.feeds.sighting import Waiting
from flows.store.state import State
from flows.store.waiting import (
    BEYOND_LIMIT,
    articles_left,
    candidates_of,
    count_waiting,
    due_articles,
    put_waiting,
    waiting_for,
)

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    state = State(tmp_path)
    state.open()
    with state.begin() as connection:
        yield connection
    state.close()


def waits(candidate: bytes = b"", *, due: datetime | None = NOON, tries: int = 1, why: str = "timeout") -> Waiting:
    return Waiting(due=due, tries=tries, why=why, candidate=candidate)


def test_articles_wait_until_they_are_done(connection: sa.Connection) -> None:
    put_waiting(connection, {"b": waits(b"b"), "a": waits(b"a", why="dns")})
    assert candidates_of(connection, ["a", "c"]) == {"a": b"a"}
    assert count_waiting(connection) == {"timeout": 1, "dns": 1}
    put_waiting(connection, {"a": None, "c": None, "b": waits(b"b again")})
    assert (candidates_of(connection, "abc"), count_waiting(connection)) == ({"b": b"b again"}, {"timeout": 1})


def test_those_are_due_whose_time_has_come_and_the_least_tried_come_first(connection: sa.Connection) -> None:
    later = (NOON + HOUR).astimezone(tz=None)
    put_waiting(
        connection,
        {"a": waits(tries=3), "b": waits(tries=2), "c": waits(due=None, tries=0), "d": waits(due=later, tries=1)},
    )
    assert due_articles(connection, NOON - HOUR) == ["c"]
    assert due_articles(connection, NOON) == ["c", "b", "a"]
    assert due_articles(connection, NOON + HOUR) == due_articles(connection, None) == ["c", "d", "b", "a"]


def test_those_that_a_limit_left_come_in_the_order_of_the_runs_that_did(connection: sa.Connection) -> None:
    left = {"a": NOON + HOUR, "b": NOON, "c": NOON}
    put_waiting(connection, {key: waits(due=due, tries=0, why=BEYOND_LIMIT) for key, due in left.items()})
    put_waiting(connection, {"d": waits()})
    assert articles_left(connection) == ["b", "c", "a"]
    assert due_articles(connection, None) == ["d"]


def test_those_are_found_that_a_feed_shows(connection: sa.Connection) -> None:
    feed = "https://harbour.example/world.xml"
    its, others = waits(b'{"feed":"%s"}' % feed.encode()), waits(b'{"feed":"%s2"}' % feed.encode(), due=None)
    put_waiting(connection, {"a": its, "b": others})
    assert waiting_for(connection, feed) == {"a": its}
    assert waiting_for(connection, f"{feed}2") == {"b": others}
