"""A run of ingesting is killed at each of its steps; the next runs bring what is missing, and nothing twice."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.fetching.results import Reason
from flows.ingesting.tally import Tally
from flows.store import writer
from tests.flows.ingesting.web import FEED, SITE, Web, item, page, rss
from tests.flows.store.killing import killed

pytestmark = pytest.mark.slow

Stored = Callable[..., list[dict[str, Any]]]

MOST_STEPS = 200
NAMES = ("ferry", "light", "mole", "quay")


@pytest.fixture
def published(web: Web, subscribe: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Web:
    """Two feeds of four articles, in parts of two; one more has no text, one waits, one entry is no good."""
    monkeypatch.setattr(writer, "PART_DOCUMENTS", 2)
    monkeypatch.setattr("flows.chunks.CHUNK_DOCUMENTS", 2)
    subscribe(FEED, f"{SITE}/more.xml")
    web.bodies = {f"{SITE}/{name}": page(name) for name in NAMES}
    web.bodies[FEED] = rss(*map(item, NAMES[:3]), item("bad", link="javascript:alert(1)"))
    web.bodies[f"{SITE}/more.xml"] = rss(*map(item, NAMES[1:]), item("bare"), item("late"))
    web.bodies[f"{SITE}/bare"] = Reason.CLIENT_ERROR
    web.bodies[f"{SITE}/late"] = Reason.DEADLINE
    return web


def kill_at_each_step(ingest: Callable[..., Tally], later: timedelta = timedelta()) -> int:
    """Run until a run gets through; the number of steps."""
    for step in range(MOST_STEPS):
        if not killed(lambda step=step: ingest(number=100 + step, later=later), step):  # type: ignore[misc]
            return step
    pytest.fail("no run gets through")


def test_50_what_a_killed_run_left_the_next_brings_and_nothing_twice(
    published: Web, ingest: Callable[..., Tally], stored: Stored
) -> None:
    steps = kill_at_each_step(ingest)
    assert steps > 20
    ids = [line["id"] for line in stored()]
    assert sorted(ids) == sorted(f"harbour.example:{name}" for name in NAMES)
    assert {line["version"] for line in stored()} == {1}
    assert len(stored("quarantine")) == 2
    published.urls()
    assert ingest(number=1000, later=timedelta(days=1)).waiting == 1
    assert [request.url for request in published.asked if request.etag is None] == [f"{SITE}/late"]
    assert len(published.asked) == 3


def test_50_a_killed_correction_is_made_once(published: Web, ingest: Callable[..., Tally], stored: Stored) -> None:
    ingest()
    published.bodies[FEED] = rss(item("ferry", text="It sails."), item("new"))
    published.bodies |= {f"{SITE}/ferry": page("ferry", paragraphs=5), f"{SITE}/new": page("new")}
    published.bodies[f"{SITE}/late"] = page("late")
    kill_at_each_step(ingest, later=timedelta(days=1))
    versions = [(line["id"], line["version"]) for line in stored()]
    assert len(versions) == len(set(versions)) == len(NAMES) + 3
    assert ("harbour.example:ferry", 2) in versions
