"""States as earlier versions made them, table by table."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from flows.feeds.sighting import Marks, Sighted
from flows.store.sightings import articles_named, sightings_of, texts_of
from flows.store.state import LAYOUT_VERSION, State
from flows.store.waiting import candidates_of, count_waiting, due_articles

FEED = "https://harbour.example/feed.xml"
CANDIDATE = json.dumps({"article": "a", "due": "2026-11-28T12:00:00Z", "tries": 2, "why": None}).encode()
# What each layout changed: the tables of feeds (2), marks and texts (3), names of several articles and waiting by
# article (4); how far inputs were read (5).
NAMES = "CREATE TABLE names (name TEXT PRIMARY KEY, article TEXT NOT NULL) WITHOUT ROWID"
WAITING = "CREATE TABLE waiting (name TEXT PRIMARY KEY, candidate BLOB NOT NULL)"
SIGHTINGS = (
    "CREATE TABLE sightings (article TEXT, feed TEXT, fingerprint BLOB NOT NULL, {} PRIMARY KEY (article, feed))"
)
SINCE = {1: ("feeds", "names", "sightings", "texts", "waiting"), 2: ("names", "sightings", "texts", "waiting")}
SINCE[3] = ("names", "sightings", "waiting")


def made(out: Path, layout: int) -> None:
    """A state of a layout, with an article that a feed showed and that waits, where it can have one."""
    state = State(out)
    state.open()
    with state.begin() as connection:
        for table in ("inputs", *SINCE.get(layout, ())):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("UPDATE layout SET version = ?", (layout,))
        if layout == 4:
            connection.exec_driver_sql("INSERT INTO names VALUES ('guid-a', 'a'), ('link:a', 'a')")
            connection.exec_driver_sql(
                "INSERT INTO sightings (article, feed, fingerprint) VALUES ('a', ?, x'31')", (FEED,)
            )
            connection.exec_driver_sql(
                "INSERT INTO waiting VALUES ('a', '2026-11-28T12:00:00Z', 2, 'page_failed', ?)", (CANDIDATE,)
            )
        elif layout > 1:
            for statement in (NAMES, WAITING, SIGHTINGS.format("marks BLOB," if layout > 2 else "")):
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql("INSERT INTO names VALUES ('guid-a', 'a'), ('link:a', 'a')")
            into = "INSERT INTO sightings (article, feed, fingerprint)"
            connection.exec_driver_sql(f"{into} VALUES ('a', ?, x'31')", (FEED,))
            waits = "INSERT INTO waiting VALUES"
            connection.exec_driver_sql(f"{waits} ('guid-a', ?), ('link:a', ?)", (CANDIDATE, CANDIDATE))
    state.close()


@pytest.mark.parametrize("layout", range(1, LAYOUT_VERSION))
def test_a_store_of_before_is_brought_up_to_date_once(tmp_path: Path, layout: int) -> None:
    made(tmp_path, layout)
    for _ in range(2):
        state = State(tmp_path)
        state.open()
        with state.begin() as connection:
            has = layout > 1
            named = {"guid-a": ["a"], "link:a": ["a"]} if has else {}
            assert articles_named(connection, ["guid-a", "link:a"]) == named
            assert sightings_of(connection, ["a"]) == ({"a": {FEED: Sighted(b"1", Marks())}} if has else {})
            assert (candidates_of(connection, ["a"]), count_waiting(connection)) == (
                ({"a": CANDIDATE}, {"page_failed": 1}) if has else ({}, {})
            )
            for hour, due in ((11, []), (12, ["a"])):
                now = datetime(2026, 11, 28, hour, tzinfo=UTC)
                assert due_articles(connection, now) == (due if has else [])
            assert texts_of(connection, ["a"]) == {}
            assert sa.inspect(connection).get_table_names().count("names") == 1
        state.close()
