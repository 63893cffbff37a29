from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from flows.feeds.feed import Hints
from flows.feeds.feed_state import FeedState
from flows.feeds.sighting import Held, Marks, Sighted, Sighting
from flows.store.sightings import (
    articles_named,
    feed_states,
    put_feed_states,
    put_names,
    put_sightings,
    put_texts,
    put_waiting,
    rename_feed,
    sightings_of,
    texts_of,
    waiting,
)
from flows.store.state import State

WORLD, SPORT = "https://harbour.example/world.xml", "https://harbour.example/sport.xml"
HELD = Held(source="feed_content", words=300, cut=False, feed=WORLD)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sa.Connection]:
    state = State(tmp_path)
    state.open()
    with state.begin() as connection:
        yield connection
    state.close()


def seen(feed: str, *names: str, says: bytes = b"1") -> Sighting:
    return Sighting(feed=feed, names=names, sighted=Sighted(says))


def test_names_lead_to_articles_and_articles_to_the_feeds_that_showed_them(connection: sa.Connection) -> None:
    put_sightings(connection, [("a", seen(WORLD, "guid-a", "link:a")), ("a", seen(SPORT, "link:a", says=b"2"))])
    assert articles_named(connection, ["guid-a", "link:a", "link:b"]) == {"guid-a": "a", "link:a": "a"}
    assert sightings_of(connection, ["a", "b"]) == {"a": {WORLD: Sighted(b"1"), SPORT: Sighted(b"2")}}


def test_a_later_sighting_takes_the_place_of_the_one_before(connection: sa.Connection) -> None:
    put_sightings(connection, [("a", seen(WORLD, "guid-a"))])
    put_sightings(connection, [("a", seen(WORLD, "guid-b", says=b"2"))])
    assert sightings_of(connection, ["a"]) == {"a": {WORLD: Sighted(b"2")}}
    assert articles_named(connection, ["guid-a", "guid-b"]) == {"guid-a": "a", "guid-b": "a"}


def test_a_name_that_leads_to_an_article_goes_on_to(connection: sa.Connection) -> None:
    put_names(connection, {"link:a": "a"})
    put_names(connection, {"link:a": "b", "link:b": "b"})
    assert articles_named(connection, ["link:a", "link:b"]) == {"link:a": "a", "link:b": "b"}


def test_what_is_known_of_feeds_comes_back_as_it_was(connection: sa.Connection) -> None:
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    state = FeedState(
        url=WORLD, etag='"1"', asked=now, due=now, failures=2, reason="dns", hints=Hints(skip_hours=frozenset({1, 2}))
    )
    put_feed_states(connection, {WORLD: state, SPORT: FeedState(url=SPORT)})
    put_feed_states(connection, {SPORT: FeedState(url=SPORT, etag='"2"')})
    assert feed_states(connection) == {WORLD: state, SPORT: FeedState(url=SPORT, etag='"2"')}


def test_a_feed_that_moved_is_known_under_its_new_url(connection: sa.Connection) -> None:
    put_feed_states(connection, {WORLD: FeedState(url=WORLD)})
    put_sightings(connection, [("a", seen(WORLD, "guid-a"))])
    put_texts(connection, {"a": HELD})
    rename_feed(connection, WORLD, f"{WORLD}2")
    assert texts_of(connection, ["a"])["a"].feed == f"{WORLD}2"
    assert feed_states(connection).keys() == {f"{WORLD}2"}
    assert sightings_of(connection, ["a"])["a"].keys() == {f"{WORLD}2"}


def test_a_feed_that_moved_to_another_that_is_known_stays_itself(connection: sa.Connection) -> None:
    put_feed_states(connection, {WORLD: FeedState(url=WORLD), SPORT: FeedState(url=SPORT)})
    put_sightings(connection, [("a", seen(WORLD, "guid-a")), ("a", seen(SPORT, "guid-a"))])
    rename_feed(connection, WORLD, SPORT)
    assert feed_states(connection).keys() == {WORLD, SPORT}


def test_what_is_known_of_a_text_comes_back_as_it_was(connection: sa.Connection) -> None:
    longer = msgspec.structs.replace(HELD, words=500, cut=True, link="link:a", title="The ferry")
    put_texts(connection, {"a": HELD, "b": HELD})
    put_texts(connection, {"a": longer})
    assert texts_of(connection, ["a", "b", "c"]) == {"a": longer, "b": HELD}


def test_articles_wait_until_they_are_done(connection: sa.Connection) -> None:
    put_waiting(connection, {"guid-b": b"b", "guid-a": b"a"})
    assert waiting(connection) == [b"a", b"b"]
    put_waiting(connection, {"guid-a": None, "link:a": None, "guid-b": b"b again"})
    assert waiting(connection) == [b"b again"]


def test_marks_come_back_as_they_were(connection: sa.Connection) -> None:
    sighted = Sighted(b"1", Marks(guid=b"guid", published=b"noon"))
    put_sightings(connection, [("a", Sighting(feed=WORLD, names=("guid-a",), sighted=sighted))])
    assert sightings_of(connection, ["a"]) == {"a": {WORLD: sighted}}


def test_a_store_whose_sightings_have_no_marks_keeps_them(tmp_path: Path) -> None:
    state = State(tmp_path)
    state.open()
    with state.begin() as connection:
        put_sightings(connection, [("a", seen(WORLD, "guid-a"))])
        connection.execute(sa.text("ALTER TABLE sightings DROP COLUMN marks"))
        connection.execute(sa.text("DROP TABLE texts"))
        connection.execute(sa.text("UPDATE layout SET version = 2"))
    state.close()
    for _ in range(2):
        again = State(tmp_path)
        again.open()
        with again.begin() as connection:
            assert sightings_of(connection, ["a"]) == {"a": {WORLD: Sighted(b"1")}}
        again.close()


@pytest.mark.parametrize(
    ("layout", "without"), [(1, ("feeds", "names", "sightings", "texts", "waiting")), (2, ("texts",))]
)
def test_a_store_of_before_gets_its_tables(tmp_path: Path, layout: int, without: tuple[str, ...]) -> None:
    state = State(tmp_path)
    state.open()
    with state.begin() as connection:
        if "sightings" not in without:
            connection.execute(sa.text("ALTER TABLE sightings DROP COLUMN marks"))
        for table in without:
            connection.execute(sa.text(f"DROP TABLE {table}"))
        connection.execute(sa.text("UPDATE layout SET version = :layout"), {"layout": layout})
    state.close()
    again = State(tmp_path)
    again.open()
    with again.begin() as connection:
        assert (feed_states(connection), texts_of(connection, ["a"])) == ({}, {})
    again.close()
    State(tmp_path).open()
