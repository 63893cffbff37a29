"""Feeds that move for good, move back, or move to one address: nothing is lost, nothing comes twice."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.feeds.subscriptions import read_subscriptions
from flows.fetching.results import Reason
from flows.ingesting.tally import Tally
from tests.flows.ingesting.web import FEED, SITE, Web, item, page, rss, whole

Ingest = Callable[..., Tally]
Subscribe = Callable[..., Path]
Stored = Callable[..., list[dict[str, Any]]]

NEW, OTHER = f"{SITE}/new.xml", f"{SITE}/other.xml"
ELSEWHERE = "https://quay.example/feed.xml"
FERRY = f"{SITE}/ferry"


def versions(stored: Stored) -> list[tuple[str, int]]:
    return sorted((record["id"], record["version"]) for record in stored())


def moved(web: Web, old: str, new: str) -> None:
    """Let a feed be at another address from now on."""
    web.bodies[new] = web.bodies.pop(old)
    web.moved = {old: new}


def listed(path: Path) -> list[tuple[str, bool]]:
    return [(feed.url, feed.enabled) for feed in read_subscriptions(path).feeds]


def test_an_article_that_waits_while_its_feed_moves_is_the_new_addresses(
    web: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe
) -> None:
    subscribe(FEED)
    web.bodies = {FEED: rss(item("ferry")), FERRY: Reason.SERVER_ERROR}
    ingest()
    moved(web, FEED, NEW)
    assert ingest(force=False, later=timedelta(minutes=1)).waiting == 1
    web.bodies[FERRY] = page("ferry")
    assert ingest(later=timedelta(hours=1)).counts.new == 1
    assert [(record["feed_url"], record["metadata"]["feeds"]) for record in stored()] == [(NEW, [NEW])]
    web.bodies = {NEW: rss(item("ferry", title="The fairy pier")), FERRY: page("ferry", paragraphs=5)}
    assert ingest().counts.updated == 1
    assert versions(stored) == [("harbour.example:ferry", 1), ("harbour.example:ferry", 2)]


def test_a_feed_that_moves_back_is_what_it_was(
    web: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe
) -> None:
    path = subscribe(FEED)
    web.bodies = {FEED: rss(item("ferry", more=whole("ferry")), item("late")), f"{SITE}/late": Reason.SERVER_ERROR}
    ingest()
    for old, new in ((FEED, NEW), (NEW, FEED), (FEED, NEW)):
        moved(web, old, new)
        ingest(later=timedelta(minutes=1))
        web.moved = {}
        ingest(later=timedelta(minutes=2))
        assert listed(path) == [(new, True)]
    web.bodies[f"{SITE}/late"] = page("late")
    assert ingest(later=timedelta(hours=1)).counts.new == 1
    web.moved = {}
    web.bodies[NEW] = rss(item("ferry", more=whole("ferry", changed="1st")), item("late"))
    assert ingest(later=timedelta(hours=2)).counts.updated == 1
    assert [version for _, version in versions(stored)] == [1, 2, 1]
    web.urls()
    assert ingest(force=False, later=timedelta(hours=3)).counts.new == 0


@pytest.mark.parametrize("listed_already", [(), (NEW,)], ids=["of neither", "of a third feed"])
def test_two_feeds_that_move_to_one_address_are_one(
    web: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe, listed_already: tuple[str, ...]
) -> None:
    path = subscribe(FEED, OTHER, *listed_already)
    both = [item("ferry", more=whole("ferry")), item("light", more=whole("light"))]
    web.bodies = {FEED: rss(*both), OTHER: rss(both[1], item("late")), f"{SITE}/late": Reason.SERVER_ERROR}
    web.bodies |= dict.fromkeys(listed_already, rss(both[0]))
    ingest()
    web.bodies[NEW] = rss(*both, item("late"))
    web.moved = {FEED: NEW, OTHER: NEW}
    ingest(later=timedelta(minutes=1))
    ingest(later=timedelta(minutes=2))
    assert [url for url, enabled in listed(path) if enabled] == [NEW]
    web.bodies |= {
        NEW: rss(
            item("ferry", more=whole("ferry", changed="1st")), item("light", more=whole("light", changed="1st"))
        ),
        f"{SITE}/late": page("late"),
    }
    tally = ingest(later=timedelta(hours=1))
    assert (tally.counts.new, tally.counts.updated) == (1, 2)
    assert [version for _, version in versions(stored)] == [1, 2, 1, 1, 2]


def test_a_feed_that_moves_to_another_domain_brings_nothing_twice(
    web: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe
) -> None:
    subscribe(FEED)
    web.bodies = {
        FEED: rss(item("ferry", link=None, more=whole("ferry")), item("late")),
        f"{SITE}/late": Reason.SERVER_ERROR,
    }
    ingest()
    moved(web, FEED, ELSEWHERE)
    ingest(later=timedelta(minutes=1))
    web.bodies[ELSEWHERE] += b" "
    assert ingest(later=timedelta(minutes=2)).waiting == 1
    web.bodies[f"{SITE}/late"] = page("late")
    ingest(later=timedelta(hours=1))
    assert versions(stored) == [("harbour.example:ferry", 1), ("harbour.example:late", 1)]
