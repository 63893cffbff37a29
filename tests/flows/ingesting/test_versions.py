"""Which text a record keeps when feeds and pages say something else later."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.fetching.results import Reason
from flows.ingesting.tally import Tally
from flows.store.repairing import repair
from tests.flows.ingesting.web import FEED, SITE, Web, item, page, rss, whole

Ingest = Callable[..., Tally]
Subscribe = Callable[..., Path]
Stored = Callable[..., list[dict[str, Any]]]

SPORT = f"{SITE}/sport.xml"
FERRY = f"{SITE}/ferry"
SUMMARY = "The ferry council met on Monday, and its members agreed that the pier would be mended."
PAYWALLED = page("ferry", paragraphs=1).replace(b"</article>", b"<p>Subscribe to continue reading</p></article>")
WALLED = (
    b"<html><body><article><p>We use cookies.</p><p>We and our 300 partners store data.</p></article></body></html>"
)


def versions(stored: Stored) -> list[tuple[int, str]]:
    return [(line["version"], line["metadata"]["text_source"]) for line in stored()]


def test_the_summary_of_another_feed_does_not_replace_a_whole_text(
    web: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe
) -> None:
    subscribe(FEED, SPORT)
    web.bodies = {FEED: rss(item("ferry", more=whole("ferry"))), SPORT: rss(item("light", text="It shines."))}
    ingest()
    web.bodies |= {SPORT: rss(item("ferry", text=SUMMARY)), FERRY: Reason.GONE}
    ingest()
    assert [line for line in versions(stored) if line[1] == "feed_content"] == [(1, "feed_content")]
    assert {line["id"]: line["version"] for line in stored()}["harbour.example:ferry"] == 1
    web.urls()
    ingest()
    assert web.urls() == [FEED, SPORT]


@pytest.mark.parametrize("now", [Reason.GONE, Reason.CLIENT_ERROR, Reason.ROBOTS, PAYWALLED, WALLED])
def test_a_summary_that_changes_when_its_page_is_gone_does_not_replace_the_page(
    web: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe, now: bytes | Reason
) -> None:
    subscribe(FEED)
    web.bodies = {FEED: rss(item("ferry", text=SUMMARY)), FERRY: page("ferry")}
    ingest()
    web.bodies |= {FEED: rss(item("ferry", text=f"Update: {SUMMARY}")), FERRY: now}
    ingest()
    assert versions(stored) == [(1, "page")]
    assert stored("quarantine") == []
    web.urls()
    ingest()
    assert web.urls() == [FEED]


def test_a_page_that_is_gone_and_leaves_no_text_sets_nothing_aside(
    web: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe
) -> None:
    subscribe(FEED)
    web.bodies = {FEED: rss(item("ferry", text=SUMMARY)), FERRY: page("ferry")}
    ingest()
    web.bodies |= {FEED: rss(item("ferry")), FERRY: Reason.GONE}
    ingest()
    assert (versions(stored), stored("quarantine")) == ([(1, "page")], [])


def test_a_full_feed_and_a_summary_feed_in_turn_make_one_version(
    web: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe
) -> None:
    subscribe(FEED, SPORT, more='full_text = "never"')
    for turn in range(3):
        web.bodies = {FEED: rss(item("ferry", more=f"{whole('ferry')}<updated>{turn}</updated>"))}
        web.bodies[SPORT] = Reason.SERVER_ERROR
        ingest()
        web.bodies = {FEED: Reason.SERVER_ERROR, SPORT: rss(item("ferry", text=f"{SUMMARY} {turn}"))}
        ingest()
    assert versions(stored) == [(1, "feed_content")]


def test_two_wordings_of_two_feeds_in_turn_make_one_version(
    web: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe
) -> None:
    """Only one of them is new at a time, since the other is unchanged or cannot be had."""
    subscribe(FEED, SPORT)
    for turn in range(3):
        date = f"<pubDate>{turn}</pubDate><updated>2026-11-2{turn}T00:00:00Z</updated>"
        web.bodies = {FEED: rss(item("ferry", more=whole("ferry") + date)), SPORT: Reason.SERVER_ERROR}
        ingest()
        web.bodies = {FEED: Reason.SERVER_ERROR}
        web.bodies[SPORT] = rss(item("ferry", more=whole("ferry", changed="premier") + date))
        ingest()
    assert [line["version"] for line in stored()] == [1]
    assert "premier" not in stored()[0]["text"]


def test_what_the_feed_of_a_whole_text_corrects_is_the_next_version_though_another_shows_it_too(
    web: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe
) -> None:
    subscribe(FEED, SPORT)
    longer = whole("ferry", changed="very first, as the council said,")
    web.bodies = {FEED: rss(item("ferry", more=longer)), SPORT: rss(item("ferry", more=whole("ferry")))}
    ingest()
    shorter = whole("ferry", changed="1st")
    web.bodies[FEED] = rss(item("ferry", more=shorter))
    ingest()
    assert [line["version"] for line in stored()] == [1, 2]
    assert "1st" in stored()[1]["text"]


def test_a_page_that_was_corrected_is_the_next_version_though_somewhat_shorter(
    web: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe
) -> None:
    subscribe(FEED)
    web.bodies = {FEED: rss(item("ferry", text=SUMMARY)), FERRY: page("ferry", paragraphs=6)}
    ingest()
    web.bodies = {FEED: rss(item("ferry", text=f"Update: {SUMMARY}")), FERRY: page("ferry", paragraphs=5)}
    ingest()
    assert versions(stored) == [(1, "page"), (2, "page")]


def test_the_page_replaces_the_feeds_summary_when_it_can_be_had(
    web: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe
) -> None:
    subscribe(FEED)
    web.bodies = {FEED: rss(item("ferry", text=SUMMARY)), FERRY: Reason.ROBOTS}
    ingest()
    web.bodies = {FEED: rss(item("ferry", text=f"Update: {SUMMARY}")), FERRY: page("ferry")}
    ingest()
    assert versions(stored) == [(1, "feed_summary"), (2, "page")]


def test_a_note_of_another_feed_does_not_make_the_store_forget_what_it_has(
    web: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe
) -> None:
    subscribe(FEED, SPORT)
    web.bodies = {
        FEED: rss(item("ferry", text=SUMMARY)),
        SPORT: rss(item("light", text="It shines.")),
        FERRY: page("ferry"),
    }
    ingest()
    for turn in range(2):
        web.bodies |= {SPORT: rss(item("ferry", text=f"{SUMMARY} {turn}")), FERRY: Reason.GONE}
        ingest()
    web.bodies[FEED] = rss(item("ferry", text=f"Update: {SUMMARY}"))
    ingest()
    assert [line["version"] for line in stored() if line["id"].endswith("ferry")] == [1]


def test_an_article_that_waits_keeps_the_fuller_text_of_the_store(
    web: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe
) -> None:
    subscribe(FEED)
    web.bodies = {FEED: rss(item("ferry", text=SUMMARY)), FERRY: page("ferry")}
    ingest()
    web.bodies |= {FEED: rss(item("ferry", text=f"Update: {SUMMARY}")), FERRY: Reason.DEADLINE}
    assert ingest().waiting == 1
    web.bodies[FERRY] = Reason.GONE
    assert ingest(later=timedelta(hours=1)).waiting == 0
    assert versions(stored) == [(1, "page")]


def test_a_store_that_was_repaired_knows_what_it_has(
    web: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe, out: Path
) -> None:
    subscribe(FEED)
    web.bodies = {FEED: rss(item("ferry", text=SUMMARY)), FERRY: page("ferry")}
    ingest()
    web.bodies = {FEED: rss(item("ferry", text=f"Update: {SUMMARY}")), FERRY: page("ferry", paragraphs=5)}
    ingest()
    repair(out, "repair")
    web.bodies = {FEED: rss(item("ferry", text=SUMMARY)), FERRY: Reason.GONE}
    ingest()
    assert versions(stored) == [(1, "page"), (2, "page")]


@pytest.mark.parametrize("more", ["", whole("ferry")])
def test_a_corrected_headline_alone_is_the_next_version(
    web: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe, more: str
) -> None:
    subscribe(FEED)
    web.bodies = {FEED: rss(item("ferry", title="The fairy pier", more=more)), FERRY: page("ferry")}
    ingest()
    web.bodies[FEED] = rss(item("ferry", title="The ferry pier", more=more))
    assert ingest().counts.updated == 1
    assert [(line["version"], line["title"]) for line in stored()] == [(1, "The fairy pier"), (2, "The ferry pier")]
    assert stored()[0]["text"] == stored()[1]["text"]
    web.bodies[FEED] = rss(item("ferry", title="The  ferry pier ", more=f"{more}<comments>{SITE}/c</comments>"))
    ingest()
    assert len(stored()) == 2


def test_two_headlines_of_two_feeds_in_turn_make_one_version(
    web: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe
) -> None:
    subscribe(FEED, SPORT)
    for turn in range(3):
        web.bodies = {FEED: rss(item("ferry", text=f"{SUMMARY} {turn}")), SPORT: Reason.DNS, FERRY: page("ferry")}
        ingest()
        web.bodies |= {FEED: Reason.DNS, SPORT: rss(item("ferry", title="Ahoy, pier", text=f"Ahoy {turn}"))}
        ingest()
    assert [line["version"] for line in stored()] == [1]
