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
    MOST_ARTICLES,
    articles_named,
    feed_states,
    put_feed_states,
    put_names,
    put_sightings,
    put_texts,
    rename_feed,
    rename_guids,
    sightings_of,
    texts_of,
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
    assert articles_named(connection, ["guid-a", "link:a", "link:b"]) == {"guid-a": ["a"], "link:a": ["a"]}
    assert sightings_of(connection, ["a", "b"]) == {"a": {WORLD: Sighted(b"1"), SPORT: Sighted(b"2")}}


def test_a_later_sighting_takes_the_place_of_the_one_before(connection: sa.Connection) -> None:
    put_sightings(connection, [("a", seen(WORLD, "guid-a"))])
    put_sightings(connection, [("a", seen(WORLD, "guid-b", says=b"2"))])
    assert sightings_of(connection, ["a"]) == {"a": {WORLD: Sighted(b"2")}}
    assert articles_named(connection, ["guid-a", "guid-b"]) == {"guid-a": ["a"], "guid-b": ["a"]}


def test_a_name_that_leads_to_an_article_goes_on_to_and_to_the_next_one_too(connection: sa.Connection) -> None:
    put_names(connection, [("link:a", "a"), ("link:a", "a")])
    put_names(connection, [("link:a", "b"), ("link:b", "b"), ("link:a", "a")])
    assert articles_named(connection, ["link:a", "link:b"]) == {"link:a": ["a", "b"], "link:b": ["b"]}


def test_a_name_of_ever_new_articles_leads_to_so_many(connection: sa.Connection) -> None:
    for number in range(0, 2 * MOST_ARTICLES, 30):
        put_names(connection, [("link:a", f"{each:03}") for each in range(number, number + 30)])
    assert articles_named(connection, ["link:a"]) == {"link:a": [f"{each:03}" for each in range(MOST_ARTICLES)]}


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


@pytest.mark.parametrize(("world", "sport", "kept"), [(2, 1, '"world"'), (1, 2, '"sport"'), (1, 1, '"sport"')])
def test_a_feed_that_moved_to_another_is_that_one_and_what_was_asked_later_is_kept(
    connection: sa.Connection, world: int, sport: int, kept: str
) -> None:
    asked = {WORLD: (world, '"world"'), SPORT: (sport, '"sport"')}
    put_feed_states(
        connection,
        {
            url: FeedState(url=SPORT, etag=etag, asked=datetime(2026, 11, 25, hour, tzinfo=UTC))
            for url, (hour, etag) in asked.items()
        },
    )
    put_sightings(
        connection,
        [("a", seen(WORLD, "guid-a", says=b"2")), ("a", seen(SPORT, "guid-a")), ("b", seen(SPORT, "guid-b"))],
    )
    rename_feed(connection, WORLD, SPORT)
    assert {url: state.etag for url, state in feed_states(connection).items()} == {SPORT: kept}
    assert sightings_of(connection, ["a", "b"]) == {"a": {SPORT: Sighted(b"2")}, "b": {SPORT: Sighted(b"1")}}


def test_guids_of_a_feed_that_moved_to_another_domain_lead_to_its_articles_there_too(
    connection: sa.Connection,
) -> None:
    put_sightings(connection, [("a", seen(WORLD, "h_r.example:1", "link:a")), ("b", seen(SPORT, "h_r.example:2"))])
    put_names(connection, [("hxr.example:3", "a")])
    rename_guids(connection, WORLD, "h_r.example", "quay.example")
    names = ["quay.example:1", "h_r.example:1", "quay.example:2", "quay.example:3"]
    assert articles_named(connection, names) == {"quay.example:1": ["a"], "h_r.example:1": ["a"]}


def test_what_is_known_of_a_text_comes_back_as_it_was(connection: sa.Connection) -> None:
    longer = msgspec.structs.replace(HELD, words=500, cut=True, link="link:a", title="The ferry")
    put_texts(connection, {"a": HELD, "b": HELD})
    put_texts(connection, {"a": longer})
    assert texts_of(connection, ["a", "b", "c"]) == {"a": longer, "b": HELD}


def test_marks_come_back_as_they_were(connection: sa.Connection) -> None:
    sighted = Sighted(b"1", Marks(guid=b"guid", published=b"noon"))
    put_sightings(connection, [("a", Sighting(feed=WORLD, names=("guid-a",), sighted=sighted))])
    assert sightings_of(connection, ["a"]) == {"a": {WORLD: sighted}}
