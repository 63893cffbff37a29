"""Feeds that were asked, in portions."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.feeds.feed import Feed, Format
from flows.feeds.feed_state import FeedState
from flows.feeds.subscriptions import Subscription
from flows.fetching.results import Fetched, Request
from flows.ingesting import answered
from flows.ingesting.answered import Answered
from flows.ingesting.due import Due
from flows.ingesting.polling import Polled
from flows.ingesting.tally import Tally
from tests.flows.ingesting.web import FEED, SITE, Web, item, page, rss

SIZE = 10_000


def polled(url: str) -> Polled:
    outcome = Fetched(request=Request(url=url), url=url, status=200, headers=(), content=b"")
    feed = Feed(format=Format.RSS, title="x" * SIZE)
    return Polled(due=Due(Subscription(url=url), FeedState(url=url)), outcome=outcome, feed=feed)


def portions(*urls: str) -> list[list[str]]:
    kept = Answered.of(map(polled, urls)).portions()
    return [[each.due.subscription.url for each in portion] for portion in kept]


def test_none_are_one_empty_portion() -> None:
    assert portions() == [[]]


def test_feeds_come_back_as_they_were() -> None:
    given = [polled("https://a.example/1"), polled("https://b.example/1")]
    assert list(Answered.of(given).portions()) == [given]


def test_a_publishers_feeds_are_together_unless_they_alone_are_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answered, "PORTION_BYTES", 3 * SIZE)
    a, b, c = (f"https://{name}.example/" for name in "abc")
    assert portions(f"{a}1", f"{b}1", f"{a}2", f"{b}2", f"{c}1") == [
        [f"{a}1", f"{a}2"],
        [f"{b}1", f"{b}2"],
        [f"{c}1"],
    ]
    assert portions(*(f"{a}{number}" for number in range(5))) == [
        [f"{a}0", f"{a}1"],
        [f"{a}2", f"{a}3"],
        [f"{a}4"],
    ]


def test_a_run_in_many_portions_brings_each_article_once(
    web: Web,
    ingest: Callable[..., Tally],
    stored: Callable[..., list[dict[str, Any]]],
    subscribe: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answered, "PORTION_BYTES", 1)
    sport = f"{SITE}/sport.xml"
    subscribe(FEED, sport)
    web.bodies = {FEED: rss(item("ferry"), item("light")), sport: rss(item("light"), item("mole"))}
    web.bodies |= {f"{SITE}/{name}": page(name) for name in ("ferry", "light", "mole")}
    tally = ingest()
    assert (tally.counts.new, tally.feeds["new"]) == (3, 2)
    assert sorted(line["title"] for line in stored()) == ["The ferry pier", "The light pier", "The mole pier"]
