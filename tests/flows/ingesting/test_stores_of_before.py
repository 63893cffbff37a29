"""What feeds bring to a store that has articles from elsewhere: of an earlier layout, of `clean`, after a repair."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cleaners.phrases.library import Library
from flows.documents.opening import find_sources, read_documents
from flows.fetching.results import Reason
from flows.ingesting.tally import Tally
from flows.shard import Shard
from flows.store import lock
from flows.store.carrying import begin_anew
from flows.store.repairing import repair
from flows.store.state import State
from flows.store.store import open_store
from tests.flows.ingesting.web import FEED, SITE, Web, item, page, prose, rss, whole

Ingest = Callable[..., Tally]
Stored = Callable[..., list[dict[str, Any]]]
Clean = Callable[[Path], None]

FERRY = f"{SITE}/ferry"
SUMMARY = "The ferry council met on Monday, and its members agreed that the pier would be mended."
ROW = {"id": FERRY, "url": FERRY, "text": "\n".join(prose("ferry"))}


@pytest.fixture
def clean(out: Path, library: Library) -> Clean:
    """Clean a file into the store, as `cleancopy clean` does."""

    def clean(path: Path) -> None:
        with open_store(out, "run-clean") as store:
            Shard(store, library, name="run-clean").run(read_documents(find_sources([path])))

    return clean


@pytest.fixture(autouse=True)
def feed(subscribe: Callable[..., Path], web: Web) -> Web:
    """One feed of one article, whose page is to be had."""
    subscribe(FEED)
    web.bodies = {FEED: rss(item("ferry", text=SUMMARY)), FERRY: page("ferry")}
    return web


def to_layout(out: Path, layout: int) -> None:
    """Make a store's state what an earlier version would have left."""
    with sqlite3.connect(out / "state.db") as state:
        state.execute("DELETE FROM texts")
        if layout < 3:
            state.execute("DROP TABLE texts")
            state.execute("ALTER TABLE sightings DROP COLUMN marks")
        state.execute("UPDATE layout SET version = ?", (layout,))
    state.close()


def versions(stored: Stored) -> list[tuple[str, int]]:
    return sorted((record["id"], record["version"]) for record in stored())


@pytest.mark.parametrize("layout", [2, 3])
def test_a_summary_does_not_replace_a_page_in_a_store_of_before(
    feed: Web, ingest: Ingest, stored: Stored, out: Path, layout: int
) -> None:
    ingest()
    to_layout(out, layout)
    feed.bodies = {FEED: rss(item("ferry", text=f"Update: {SUMMARY}")), FERRY: Reason.GONE}
    ingest()
    assert versions(stored) == [("harbour.example:ferry", 1)]


@pytest.mark.parametrize("then", ["as it is", "repaired"])
@pytest.mark.parametrize("kind", ["rows.jsonl", "page.html"])
def test_a_summary_does_not_replace_what_was_cleaned(
    feed: Web,
    ingest: Ingest,
    stored: Stored,
    rows: Callable[..., Path],
    clean: Clean,
    out: Path,
    kind: str,
    then: str,
) -> None:
    path = rows(ROW)
    if kind == "page.html":
        path = path.with_name(kind)
        path.write_bytes(page("ferry", canonical=FERRY))
    clean(path)
    if then == "repaired":
        repair(out, "repair")
    feed.bodies[FERRY] = Reason.GONE
    ingest()
    assert versions(stored) == [(FERRY, 1)]
    feed.bodies[FEED] = rss(item("ferry", text=f"Update: {SUMMARY}"))
    ingest()
    assert versions(stored) == [(FERRY, 1)]


def test_a_summary_does_not_replace_the_whole_text_of_a_feed_that_was_cleaned(
    feed: Web, ingest: Ingest, stored: Stored, clean: Clean, tmp_path: Path
) -> None:
    path = tmp_path / "harbour.xml"
    path.write_bytes(rss(item("ferry", more=whole("ferry"))))
    clean(path)
    assert versions(stored) == [("harbour.example:ferry", 1)]
    feed.bodies[FERRY] = Reason.GONE
    ingest()
    assert versions(stored) == [("harbour.example:ferry", 1)]


def test_a_page_replaces_the_beginning_of_it_that_was_cleaned(
    ingest: Ingest, stored: Stored, rows: Callable[..., Path], clean: Clean
) -> None:
    clean(rows({**ROW, "text": SUMMARY}))
    ingest()
    assert versions(stored) == [(FERRY, 1), (FERRY, 2)]


def test_what_a_feed_corrects_in_a_text_that_was_cleaned_is_the_next_version(
    feed: Web, ingest: Ingest, stored: Stored, rows: Callable[..., Path], clean: Clean
) -> None:
    clean(rows(ROW))
    assert ingest().counts.unchanged == 1
    feed.bodies = {
        FEED: rss(item("ferry", text=f"Update: {SUMMARY}")),
        FERRY: page("ferry").replace(b"second", b"third"),
    }
    ingest()
    assert versions(stored) == [(FERRY, 1), (FERRY, 2)]


@pytest.mark.parametrize("layout", [2, 3])
def test_what_was_torn_comes_again_after_a_repair_of_a_store_of_before(
    ingest: Ingest, stored: Stored, out: Path, layout: int
) -> None:
    ingest()
    to_layout(out, layout)
    (part,) = (out / "records").glob("*.jsonl")
    part.write_bytes(part.read_bytes()[:-100])
    assert repair(out, "repair").is_feeds_known
    assert ingest(force=False).counts.new == 1
    assert versions(stored) == [("harbour.example:ferry", 1)]
    assert ingest().feeds["unchanged"] == 1


def test_a_version_that_was_torn_comes_again(feed: Web, ingest: Ingest, stored: Stored, out: Path) -> None:
    ingest()
    feed.bodies = {FEED: rss(item("ferry", text=f"Update: {SUMMARY}")), FERRY: page("ferry", paragraphs=5)}
    ingest()
    _, part = sorted((out / "records").glob("*.jsonl"))
    part.write_bytes(part.read_bytes()[:-100])
    repair(out, "repair")
    assert len(stored()) == 1
    assert ingest(force=False).counts.updated == 1
    assert [record["version"] for record in stored()] == [1, 2]


def test_an_article_that_waits_goes_on_waiting_after_a_repair(
    feed: Web, ingest: Ingest, stored: Stored, out: Path
) -> None:
    feed.bodies[FERRY] = Reason.SERVER_ERROR
    assert ingest(force=False).waiting == 1
    repair(out, "repair")
    feed.urls()
    assert ingest(force=False, later=timedelta(minutes=1)).waiting == 1
    assert feed.urls() == [FEED]
    feed.bodies[FERRY] = page("ferry")
    assert ingest(force=False, later=timedelta(hours=1)).counts.new == 1
    assert len(stored()) == 1


def test_what_was_torn_comes_again_though_the_first_repair_was_killed(
    ingest: Ingest, stored: Stored, out: Path
) -> None:
    ingest()
    to_layout(out, 3)
    (part,) = (out / "records").glob("*.jsonl")
    part.write_bytes(part.read_bytes()[:-100])
    for number in range(2):
        begin_anew(State(out), f"killed-{number}")
        lock._held.clear()  # noqa: SLF001 - as when its process has ended
    assert repair(out, "repair").is_feeds_known
    assert ingest(force=False).counts.new == 1
    assert versions(stored) == [("harbour.example:ferry", 1)]
