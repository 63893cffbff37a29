"""Runs over a web in memory: what becomes a record, what is asked for again, and what never is."""

import gzip
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from cleaners.errors import CleancopyError
from flows.documents.loaded import Loaded
from flows.documents.opening import find_sources, read_documents
from flows.feeds.feed_state import FeedState
from flows.fetching.results import Reason
from flows.ingesting import answered
from flows.ingesting.tally import Tally
from flows.store.repairing import repair
from flows.store.sightings import feed_states
from flows.store.store import open_store
from flows.watching.events import Event, FeedAsked
from flows.watching.progress import advance_nothing
from flows.watching.watch import watched
from tests.flows.ingesting.web import CONTENT, FEED, SITE, Web, item, page, prose, rss, whole

Ingest = Callable[..., Tally]
Subscribe = Callable[..., Path]
Stored = Callable[..., list[dict[str, Any]]]

SPORT = f"{SITE}/sport.xml"
HOUR = timedelta(hours=1)
FERRY, LIGHT = f"{SITE}/ferry", f"{SITE}/light"
AMP_FERRY = item("amp/ferry", title="The ferry pier")


def known_feeds(out: Path) -> dict[str, FeedState]:
    with open_store(out, "looking") as store, store.state.begin() as connection:
        return feed_states(connection)


@pytest.fixture
def published(web: Web, subscribe: Subscribe) -> Web:
    """One feed with two articles."""
    subscribe(FEED)
    web.bodies = {FEED: rss(item("ferry"), item("light")), FERRY: page("ferry"), LIGHT: page("light")}
    return web


def test_new_articles_become_records_with_the_text_of_their_pages(
    published: Web, ingest: Ingest, stored: Stored
) -> None:
    tally = ingest()
    assert (tally.feeds["new"], tally.counts.new, tally.texts) == (1, 2, {"page": 2})
    assert [(line["id"], line["text"].split("\n"), line["feed_url"]) for line in stored()] == [
        ("harbour.example:ferry", prose("ferry"), FEED),
        ("harbour.example:light", prose("light"), FEED),
    ]
    assert stored()[0]["metadata"]["feeds"] == [FEED]
    assert published.urls() == [FEED, FERRY, LIGHT]


def test_a_second_run_asks_on_condition_and_for_no_page(published: Web, ingest: Ingest, stored: Stored) -> None:
    ingest()
    published.urls()
    tally = ingest()
    assert (tally.feeds["unchanged"], tally.counts.new) == (1, 0)
    assert [(request.url, request.etag is not None) for request in published.asked] == [(FEED, True)]
    assert len(stored()) == 2


def test_a_server_that_forgets_its_etags_brings_nothing_twice(published: Web, ingest: Ingest, stored: Stored) -> None:
    ingest()
    published.urls()
    published.bodies[FEED] = rss(item("light"), item("ferry"))
    tally = ingest()
    assert (tally.feeds["nothing_new"], len(stored())) == (1, 2)
    assert published.urls() == [FEED]


def test_a_feed_that_dates_all_its_entries_whenever_it_is_built_has_no_page_fetched_again(
    published: Web, ingest: Ingest, stored: Stored
) -> None:
    def built(*hours: int) -> bytes:
        entries = (
            f"<entry><id>{SITE}/{name}</id><link href='{SITE}/{name}'/><title>The {name} pier</title>"
            f"<updated>2026-11-28T{hour}:00:07Z</updated></entry>"
            for name, hour in zip(("ferry", "light"), hours, strict=True)
        )
        feed = "<feed xmlns='http://www.w3.org/2005/Atom'><id>tag:harbour.example,2026:all</id><title>Harbour</title>"
        return f"{feed}{''.join(entries)}</feed>".encode()

    published.bodies[FEED] = built(10, 10)
    ingest()
    assert len(stored()) == 2
    published.urls()
    published.bodies[FEED] = built(11, 11)
    ingest()
    assert published.urls() == [FEED]
    published.bodies[FEED] = built(11, 12)
    ingest()
    assert f"{SITE}/light" in published.urls()


def test_a_corrected_article_is_the_next_version_and_a_new_one_the_first(
    published: Web, ingest: Ingest, stored: Stored
) -> None:
    ingest()
    published.bodies |= {
        FEED: rss(item("mole"), item("ferry", text="It sails at nine."), item("light")),
        FERRY: page("ferry", paragraphs=5),
        f"{SITE}/mole": page("mole"),
    }
    published.urls()
    tally = ingest()
    assert (tally.counts.new, tally.counts.updated) == (1, 1)
    assert published.urls() == [FEED, f"{SITE}/mole", FERRY]
    assert [(line["id"], line["version"]) for line in stored()[2:]] == [
        ("harbour.example:mole", 1),
        ("harbour.example:ferry", 2),
    ]


def test_a_feed_that_is_not_due_is_not_asked(published: Web, ingest: Ingest) -> None:
    published.bodies[FEED] = rss(item("ferry"), head="<ttl>60</ttl>")
    ingest()
    published.urls()
    tally = ingest(force=False)
    assert (tally.feeds["not_due"], published.urls()) == (1, [])


def test_an_article_waits_for_a_page_that_fails_in_passing(published: Web, ingest: Ingest, stored: Stored) -> None:
    published.bodies |= {FEED: rss(item("ferry", text="The ferry sails.")), FERRY: Reason.SERVER_ERROR}
    assert ingest().waiting == 1
    assert stored() == stored("quarantine") == []
    published.urls()
    published.bodies[FERRY] = page("ferry")
    tally = ingest(later=HOUR)
    assert (tally.feeds["unchanged"], tally.waiting, tally.counts.new) == (1, 0, 1)
    assert published.urls() == [FERRY, FEED]
    assert [(line["version"], line["text"].split("\n")) for line in stored()] == [(1, prose("ferry"))]
    ingest()
    assert published.urls() == [FEED]


def test_an_article_that_waits_is_not_lost_when_it_leaves_its_feed(
    published: Web, ingest: Ingest, stored: Stored
) -> None:
    published.bodies |= {FEED: rss(item("ferry"), head="<ttl>60</ttl>"), FERRY: Reason.DEADLINE}
    ingest()
    published.bodies |= {FEED: rss(item("light"), head="<ttl>60</ttl>")}
    ingest()
    published.urls()
    published.bodies[FERRY] = page("ferry")
    tally = ingest(force=False, later=HOUR / 4)
    assert (tally.feeds["not_due"], tally.counts.new) == (1, 1)
    assert published.urls() == [FERRY]
    assert [line["id"] for line in stored()] == ["harbour.example:light", "harbour.example:ferry"]


def test_an_article_that_is_corrected_while_it_waits_is_brought_once(
    published: Web, ingest: Ingest, stored: Stored
) -> None:
    published.bodies |= {FEED: rss(item("ferry")), FERRY: Reason.DEADLINE}
    ingest()
    published.bodies |= {FEED: rss(item("ferry", text="It sails.")), FERRY: page("ferry")}
    published.urls()
    assert ingest(later=HOUR).counts.new == 1
    assert published.urls() == [FERRY, FEED]
    # What the feed says now is looked at in the next run, not in the one that has just asked for the page.
    ingest()
    assert published.urls() == [FEED, FERRY]
    ingest()
    assert published.urls() == [FEED]
    assert len(stored()) == 1


@pytest.mark.parametrize("has_page", [True, False])
def test_what_a_feed_corrects_when_its_article_has_just_come_is_the_next_version(
    published: Web, ingest: Ingest, stored: Stored, *, has_page: bool
) -> None:
    """It was set aside as a duplicate of the text that had waited, and a corrected headline was not seen at all."""
    texts = ["The ferry council agreed that the pier would be mended.", "The ferry council agreed that it would not."]
    published.bodies |= {FEED: rss(item("ferry", title="The ferry council", text=texts[0])), FERRY: Reason.DEADLINE}
    ingest()
    published.bodies[FEED] = rss(item("ferry", title="The ferry pier council", text=texts[1]))
    published.bodies[FERRY] = page("ferry") if has_page else Reason.GONE
    for hours in range(1, 4):
        ingest(later=hours * HOUR)
    assert [line["title"] for line in stored()][-1] == "The ferry pier council"
    assert has_page or [line["text"] for line in stored()] == texts
    assert len(stored()) == 2
    assert stored("quarantine") == []
    published.urls()
    ingest()
    assert published.urls() == [FEED]


def tries_by_the_hour(web: Web, ingest: Ingest, url: str, hours: int) -> list[int]:
    """The hours in which a page is asked for, by a run each hour, until nothing waits."""
    asked = []
    for hour in range(hours):
        waiting = ingest(later=hour * HOUR, force=hour == 0).waiting
        if url in web.urls():
            asked.append(hour)
        if not waiting:
            return asked
    pytest.fail("it waits for ever")


def test_a_page_that_never_comes_is_done_without_after_ten_tries_in_three_days(
    published: Web, ingest: Ingest, stored: Stored
) -> None:
    published.bodies |= {
        FEED: rss(item("ferry", text="The ferry sails."), item("light")),
        FERRY: Reason.DEADLINE,
        LIGHT: Reason.CONNECTION_LOST,
    }
    tries = tries_by_the_hour(published, ingest, FERRY, 100)
    assert (len(tries), tries[:5], tries[-1]) == (10, [0, 1, 2, 3, 5], 81)
    assert [line["text"] for line in stored()] == ["The ferry sails."]
    assert [line["reason"] for line in stored("quarantine")] == ["no_text"]
    ingest(later=200 * HOUR)
    assert published.urls() == [FEED]


def test_a_page_that_is_not_there_yet_is_tried_for_a_day(published: Web, ingest: Ingest, stored: Stored) -> None:
    published.bodies |= {FEED: rss(item("ferry", text="The ferry sails.")), FERRY: 404}
    assert tries_by_the_hour(published, ingest, FERRY, 30) == [0, 1, 4, 24]
    assert stored()[0]["metadata"]["text_reason"] == "page_failed:client_error"


@pytest.mark.parametrize("answer", [Reason.GONE, 403, 451])
def test_a_page_that_is_gone_or_refused_is_done_without_at_once(
    published: Web, ingest: Ingest, stored: Stored, answer: Reason | int
) -> None:
    published.bodies |= {FEED: rss(item("ferry", text="The ferry sails.")), FERRY: answer}
    assert ingest().waiting == 0
    assert [line["text"] for line in stored()] == ["The ferry sails."]


def test_a_page_that_comes_after_a_404_is_the_first_version(published: Web, ingest: Ingest, stored: Stored) -> None:
    published.bodies |= {FEED: rss(item("ferry", text="The ferry sails.")), FERRY: 404}
    ingest()
    published.bodies[FERRY] = page("ferry")
    ingest(later=HOUR)
    assert [(line["version"], line["metadata"]["text_source"]) for line in stored()] == [(1, "page")]


def test_a_page_that_waits_is_not_asked_for_before_its_time_whatever_feeds_say(
    published: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe
) -> None:
    subscribe(FEED, SPORT)
    published.bodies |= {FEED: rss(item("ferry", text="It sails.")), SPORT: rss(), FERRY: Reason.DEADLINE}
    for minute in range(3):
        published.bodies[FEED] = rss(item("ferry", text=f"It sails at {minute}."))
        assert ingest(later=minute * HOUR / 60, force=False).waiting == 1
    published.bodies[SPORT] = rss(item("ferry", text="It sails, the sports desk says."))
    assert ingest(later=HOUR / 6, force=False).waiting == 1
    asked = published.urls()
    assert (asked.count(FEED), asked.count(SPORT), asked.count(FERRY)) == (4, 4, 1)
    published.bodies[FERRY] = page("ferry")
    assert ingest(later=HOUR, force=False).waiting == 0
    assert [sorted(line["metadata"]["feeds"]) for line in stored()] == [[FEED, SPORT]]
    assert ingest(later=100 * HOUR, force=False).waiting == 0
    assert published.urls().count(FERRY) == 1


def test_a_page_that_is_asked_for_by_force_loses_none_of_its_tries(
    published: Web, ingest: Ingest, stored: Stored
) -> None:
    published.bodies |= {FEED: rss(item("ferry", text="It sails.")), FERRY: Reason.DEADLINE}
    for _ in range(12):
        assert ingest(force=True).waiting == 1
    assert published.urls().count(FERRY) == 12
    published.bodies[FERRY] = page("ferry")
    assert ingest(force=True).waiting == 0
    assert [line["metadata"]["text_source"] for line in stored()] == ["page"]


def test_a_correction_that_waits_goes_on_waiting_when_another_feed_shows_its_article(
    published: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe
) -> None:
    subscribe(FEED, SPORT)
    published.bodies |= {FEED: rss(item("ferry", text="It sails.")), SPORT: rss()}
    ingest()
    published.bodies |= {FEED: rss(item("ferry", text="It sails at nine.")), FERRY: Reason.DEADLINE}
    ingest()
    published.bodies |= {SPORT: rss(item("ferry", text="It sails.")), FERRY: page("ferry", paragraphs=5)}
    ingest()
    ingest(later=HOUR)
    assert [line["version"] for line in stored()] == [1, 2]


@pytest.mark.parametrize("portions", ["one", "each feed its own"])
@pytest.mark.parametrize("is_due", [True, False])
def test_an_article_that_waits_is_one_whichever_feed_shows_it(
    published: Web,
    ingest: Ingest,
    stored: Stored,
    subscribe: Subscribe,
    monkeypatch: pytest.MonkeyPatch,
    *,
    portions: str,
    is_due: bool,
) -> None:
    """A second feed that showed it briefly took its place: tries began anew, and the fuller text was a duplicate."""
    if portions != "one":
        monkeypatch.setattr(answered, "PORTION_BYTES", 1)
    subscribe(FEED, SPORT)
    long = " ".join(prose("ferry"))
    published.bodies |= {
        FEED: rss(item("ferry", text=long), head="<ttl>600</ttl>"),
        SPORT: rss(),
        FERRY: Reason.DEADLINE,
    }
    ingest(force=False)
    published.bodies[SPORT] = rss(item("ferry", guid="other", text="It sails."))
    for hour in (1, 2, 3, 4):
        published.urls()
        assert ingest(later=hour * HOUR, force=is_due).waiting == 1
        assert published.urls().count(FERRY) <= 1
    published.bodies[FERRY] = Reason.GONE
    tally = ingest(later=100 * HOUR, force=False)
    assert (tally.counts.new, tally.waiting, stored("quarantine")) == (1, 0, [])
    assert [(line["text"], line["metadata"]["feeds"]) for line in stored()] == [(long, [FEED, SPORT])]


def test_a_page_that_is_forbidden_leaves_the_feeds_text_flagged(
    published: Web, ingest: Ingest, stored: Stored
) -> None:
    published.bodies |= {FEED: rss(item("ferry", text="The ferry sails.")), FERRY: Reason.ROBOTS}
    assert ingest().waiting == 0
    assert stored()[0]["text"] == "The ferry sails."
    assert "from_feed_content" in stored()[0]["flags"]
    assert "robots" in stored()[0]["metadata"]["text_reason"]


def test_an_article_without_any_text_is_set_aside_once(published: Web, ingest: Ingest, stored: Stored) -> None:
    published.bodies |= {FEED: rss(item("ferry")), FERRY: Reason.CLIENT_ERROR}
    tally = ingest()
    assert tally.counts.set_aside == {"no_text": 1}
    assert [(line["reason"], line["input"]) for line in stored("quarantine")] == [("no_text", FERRY)]
    published.bodies[FEED] = rss(item("ferry"), head="<ttl>1</ttl>")
    published.urls()
    ingest()
    assert published.urls() == [FEED]
    assert len(stored("quarantine")) == 1


def test_the_same_article_in_two_feeds_is_one_record(
    web: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe
) -> None:
    subscribe(FEED, SPORT)
    web.bodies = {
        FEED: rss(item("ferry", guid="world-1")),
        SPORT: rss(item("ferry", guid="sport-7")),
        FERRY: page("ferry"),
    }
    assert ingest().counts.new == 1
    assert stored()[0]["metadata"]["feeds"] == [FEED, SPORT]
    web.urls()
    ingest()
    assert web.urls() == [FEED, SPORT]


def test_an_article_that_another_feed_shows_later_brings_nothing(
    web: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe
) -> None:
    subscribe(FEED, SPORT)
    web.bodies = {FEED: rss(item("ferry")), SPORT: rss(item("light")), FERRY: page("ferry"), LIGHT: page("light")}
    ingest()
    web.bodies[SPORT] = rss(item("ferry", text="It sails."), item("light"))
    web.urls()
    ingest()
    assert web.urls() == [FEED, SPORT]
    assert len(stored()) == 2


def test_an_amp_page_of_a_known_article_brings_nothing(published: Web, ingest: Ingest, stored: Stored) -> None:
    ingest()
    published.bodies |= {
        FEED: rss(AMP_FERRY),
        f"{SITE}/amp/ferry": page("ferry", canonical=FERRY),
    }
    tally = ingest()
    assert (tally.counts.new, len(stored())) == (0, 2)
    published.urls()
    ingest()
    assert published.urls() == [FEED]


def test_two_forms_of_an_article_in_one_feed_are_one_record(published: Web, ingest: Ingest, stored: Stored) -> None:
    published.bodies |= {
        FEED: rss(AMP_FERRY, item("ferry")),
        f"{SITE}/amp/ferry": page("ferry", canonical=FERRY),
        FERRY: page("ferry", canonical=FERRY),
    }
    assert ingest().counts.new == 1
    assert stored()[0]["canonical_url"] == FERRY


def test_pages_that_all_call_the_same_url_their_own_are_all_records(
    published: Web, ingest: Ingest, stored: Stored
) -> None:
    for canonical in (f"{SITE}/", f"{SITE}/news"):
        names = [f"{name}{len(canonical)}" for name in ("ferry", "light", "mole")]
        published.bodies = {f"{SITE}/{name}": page(name, canonical=canonical) for name in names}
        published.bodies[FEED] = rss(*map(item, names))
        assert ingest().counts.new == 3
    assert {line["canonical_url"] for line in stored()[:3]} == {line["url"] for line in stored()[:3]}


def test_the_article_of_a_known_amp_page_brings_nothing(published: Web, ingest: Ingest, stored: Stored) -> None:
    published.bodies |= {
        FEED: rss(AMP_FERRY),
        f"{SITE}/amp/ferry": page("ferry", canonical=FERRY),
    }
    ingest()
    published.bodies[FEED] = rss(item("ferry"))
    assert ingest().counts.new == 0
    assert {line["id"] for line in stored()} == {"harbour.example:amp/ferry"}


def test_a_page_that_calls_another_site_its_own_is_not_believed(
    published: Web, ingest: Ingest, stored: Stored
) -> None:
    published.bodies |= {FEED: rss(item("ferry")), FERRY: page("ferry", canonical="https://rival.example/ferry")}
    ingest()
    assert stored()[0]["canonical_url"] == FERRY


@pytest.mark.usefixtures("published")
def test_the_limit_leaves_the_rest_for_the_next_run(ingest: Ingest, stored: Stored) -> None:
    tally = ingest(limit=1)
    assert (tally.counts.new, tally.left) == (1, 1)
    tally = ingest(limit=1)
    assert (tally.counts.new, tally.left) == (1, 0)
    assert len(stored()) == 2
    assert ingest(limit=1).feeds["unchanged"] == 1


def test_what_a_limit_left_comes_though_its_feed_has_moved_on(published: Web, ingest: Ingest, stored: Stored) -> None:
    """In the order of the runs that left it, and before what is new since; the feed is not asked for it again."""
    published.bodies |= {f"{SITE}/{name}": page(name) for name in ("mole", "quay", "pier", "dune")}
    published.bodies[FEED] = rss(item("ferry"), item("light"), item("mole"))
    tally = ingest(limit=1)
    assert (tally.counts.new, tally.left, tally.waiting) == (1, 2, 0)
    published.bodies[FEED] = rss(item("quay"), item("pier"))
    tally = ingest(limit=1, later=HOUR)
    assert (tally.counts.new, tally.left) == (1, 3)
    published.bodies[FEED] = rss(item("dune"))
    tally = ingest(limit=1, later=2 * HOUR)
    assert (tally.counts.new, tally.left) == (1, 3)
    first = ["ferry", "light", "mole"]
    assert sorted(line["text"].split()[1] for line in stored()) == first
    tally = ingest(later=3 * HOUR)
    assert (tally.counts.new, tally.left, tally.feeds["unchanged"]) == (3, 0, 1)
    assert sorted(line["text"].split()[1] for line in stored()) == sorted([*first, "quay", "pier", "dune"])


def test_what_a_limit_left_may_be_said_anew_and_may_fail_like_all_else(
    published: Web, ingest: Ingest, stored: Stored
) -> None:
    published.bodies |= {f"{SITE}/mole": page("mole"), LIGHT: Reason.DEADLINE}
    published.bodies[FEED] = rss(*(item(name) for name in ("ferry", "light", "mole")))
    assert ingest(limit=1).left == 2
    published.bodies[FEED] = rss(*(item(name, text="Said anew.") for name in ("ferry", "light", "mole")))
    tally = ingest(limit=1, later=HOUR)
    assert (tally.counts.new, tally.waiting) == (1, 1)
    assert [line["text"].split()[1] for line in stored()] == ["ferry", "mole"]
    published.bodies[LIGHT] = page("light")
    assert ingest(limit=1).counts.new == 1
    assert sorted({line["text"].split()[1] for line in stored()}) == ["ferry", "light", "mole"]


def test_articles_that_wait_do_not_use_up_the_limit(published: Web, ingest: Ingest) -> None:
    names = [f"late-{number}" for number in range(5)]
    published.bodies[FEED] = rss(*map(item, names))
    published.bodies |= {f"{SITE}/{name}": Reason.DEADLINE for name in names}
    assert ingest(limit=5).waiting == 5
    published.bodies[FEED] = rss(*map(item, [*names, "ferry", "light"]))
    tally = ingest(limit=5)
    assert (tally.counts.new, tally.waiting, tally.left) == (2, 5, 0)


def test_entries_that_change_in_each_poll_do_not_use_up_the_limit(
    published: Web, ingest: Ingest, stored: Stored
) -> None:
    """The page of an entry whose summary counts its readers was fetched in each run, and found unchanged."""
    names = ("ferry", "light", "mole", "quay")
    published.bodies |= {f"{SITE}/{name}": page(name) for name in names}
    for readers in range(1, 6):
        counted = [item(name, text=f"Read by {readers} people.") for name in names[:2]]
        published.bodies[FEED] = rss(*counted, *(item(name) for name in names[2:] if readers > 1))
        ingest(limit=2)
    assert sorted(line["text"].split()[1] for line in stored()) == sorted(names)


def test_pages_of_articles_that_wait_are_asked_for_up_to_the_limit_in_all_groups(
    published: Web, ingest: Ingest, subscribe: Subscribe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answered, "PORTION_BYTES", 1)
    subscribe(FEED, SPORT)
    published.bodies |= {
        FEED: rss(item("ferry"), item("light")),
        SPORT: rss(item("mole"), item("quay")),
        **{f"{SITE}/{name}": Reason.DEADLINE for name in ("ferry", "light", "mole", "quay")},
    }
    ingest()
    published.urls()
    ingest(limit=3, later=HOUR, force=False)
    assert sum(url not in {FEED, SPORT} for url in published.urls()) == 3


def test_under_a_limit_each_article_that_waits_has_its_turn(published: Web, ingest: Ingest) -> None:
    names = [f"late-{number}" for number in range(4)]
    published.bodies[FEED] = rss(*map(item, names))
    published.bodies |= {f"{SITE}/{name}": Reason.DEADLINE for name in names}
    ingest()
    published.urls()
    assert ingest(limit=2, later=HOUR, force=False).left == 2
    assert ingest(limit=2, later=HOUR, force=False).left == 0
    assert sorted(url for url in published.urls() if url != FEED) == [f"{SITE}/{name}" for name in names]


def test_what_waits_leaves_a_feed_its_etag(published: Web, ingest: Ingest) -> None:
    published.bodies |= {FERRY: Reason.DEADLINE, LIGHT: Reason.DEADLINE}
    ingest()
    ingest(limit=1)
    assert ingest().feeds["unchanged"] == 1


def test_what_is_dated_before_since_is_left_alone(published: Web, ingest: Ingest, stored: Stored) -> None:
    published.bodies[FEED] = rss(
        item("ferry", more="<pubDate>Tue, 24 Nov 2026 23:30:00 -0500</pubDate>"),
        item("light", more="<pubDate>Wed, 25 Nov 2026 00:30:00 +0100</pubDate>"),
        item("mole", more="<pubDate>some day</pubDate>", text="The mole stays."),
    )
    ingest(since=date(2026, 11, 25))
    assert [line["title"] for line in stored()] == ["The light pier", "The mole pier"]


def test_what_since_left_alone_comes_in_a_run_that_wants_it(published: Web, ingest: Ingest, stored: Stored) -> None:
    published.bodies[FEED] = rss(
        item("ferry", more="<pubDate>Tue, 24 Nov 2026 12:00:00 GMT</pubDate>"),
        item("light", more="<pubDate>Thu, 26 Nov 2026 12:00:00 GMT</pubDate>"),
        head="<ttl>60</ttl>",
    )
    ingest(since=date(2026, 11, 25))
    assert len(stored()) == 1
    assert ingest(since=date(2026, 11, 25)).feeds["unchanged"] == 1
    assert ingest(since=date(2026, 11, 26)).feeds["unchanged"] == 1
    assert ingest(force=False).counts.new == 1
    assert ingest().feeds["unchanged"] == 1


@pytest.mark.usefixtures("published")
def test_entries_beyond_the_most_that_are_read_are_said_and_come_once_there_is_room(
    ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.feeds.extent.MOST_ENTRIES", 1)
    told: list[Event] = []
    with watched(told.append, advance_nothing):
        tally = ingest()
    assert (tally.counts.new, tally.left_out) == (1, 1)
    (event,) = [event for event in told if isinstance(event, FeedAsked)]
    assert (event.left_out, event.note) == (1, "too long: 1 entry not read")
    monkeypatch.undo()
    assert ingest().counts.new == 1


def test_30_what_is_no_feed_is_set_aside_and_the_others_go_on(
    published: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe
) -> None:
    subscribe(SPORT, FEED)
    published.bodies[SPORT] = b"<!doctype html><html><body>Sorry</body></html>"
    tally = ingest()
    assert (tally.feeds["failed"], tally.failed, tally.counts.new) == (1, {"not_a_feed": 1}, 2)
    assert [(line["reason"], line["input"]) for line in stored("quarantine")] == [("not_a_feed", SPORT)]


def test_42_an_entry_that_cannot_be_used_is_set_aside_and_the_others_go_on(
    published: Web, ingest: Ingest, stored: Stored
) -> None:
    published.bodies[FEED] = rss(item("bad", link="javascript:alert(1)"), item("ferry"))
    tally = ingest()
    assert (tally.counts.new, tally.counts.set_aside.total()) == (1, 1)
    assert stored("quarantine")[0]["input"] == FEED
    ingest()
    published.bodies[FEED] = rss(item("light"), item("bad", link="javascript:alert(1)"), item("ferry"))
    assert ingest().counts.set_aside.total() == 0
    assert len(stored("quarantine")) == 1


def test_a_duplicate_is_set_aside_once_wherever_it_stands_in_its_feed(
    published: Web, ingest: Ingest, stored: Stored
) -> None:
    twice = [item("ferry"), item("ferry", text="Another text.")]
    for before in ((), (item("light"),)):
        published.bodies[FEED] = rss(*before, *twice)
        ingest()
    assert [line["reason"] for line in stored("quarantine")] == ["duplicate_id"]


def test_an_article_that_has_no_text_still_is_no_new_failure(published: Web, ingest: Ingest, stored: Stored) -> None:
    published.bodies |= {FEED: rss(item("ferry")), FERRY: Reason.CLIENT_ERROR}
    ingest()
    published.bodies[FEED] = rss(item("ferry", more="<pubDate>Tue, 24 Nov 2026 23:30:00 GMT</pubDate>")).replace(
        b"The ferry pier", b"The ferry's pier"
    )
    published.urls()
    assert ingest().counts.set_aside.total() == 0
    assert published.urls() == [FEED, FERRY]
    assert len(stored("quarantine")) == 1


def test_a_feed_that_cannot_be_reached_fails_and_its_state_says_why(
    published: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe
) -> None:
    subscribe(SPORT, FEED)
    published.bodies[SPORT] = Reason.DNS
    tally = ingest()
    assert (tally.failed, tally.counts.new) == ({"dns": 1}, 2)
    assert stored("quarantine") == []


def test_25_a_feed_that_has_moved_for_good_is_asked_at_its_new_address(
    published: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe
) -> None:
    path = subscribe(FEED)
    published.bodies[SPORT] = published.bodies[FEED]
    published.moved[FEED] = SPORT
    ingest()
    assert SPORT in path.read_text()
    assert FEED not in path.read_text()
    published.urls()
    ingest()
    assert [(request.url, request.etag is not None) for request in published.asked] == [(SPORT, True)]
    assert len(stored()) == 2


def test_28_a_feed_that_is_gone_is_switched_off(published: Web, ingest: Ingest, subscribe: Subscribe) -> None:
    path = subscribe(FEED)
    published.bodies[FEED] = Reason.GONE
    ingest()
    assert "enabled = false" in path.read_text()
    published.urls()
    assert ingest().feeds["off"] == 1
    assert published.urls() == []


def test_28_a_feed_that_was_switched_off_is_asked_again_once_it_is_on(
    published: Web, ingest: Ingest, subscribe: Subscribe
) -> None:
    subscribe(FEED)
    body, published.bodies[FEED] = published.bodies[FEED], Reason.GONE
    for _ in range(3):
        ingest(force=False)
        subscribe(FEED)
    published.bodies[FEED] = body
    assert ingest(force=False).counts.new == 2


def test_28_a_list_that_cannot_be_written_does_not_have_a_feed_asked_that_is_gone(
    published: Web, ingest: Ingest, subscribe: Subscribe, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(FEED)
    published.bodies[FEED] = Reason.GONE

    def refuse(*_: object) -> None:
        raise CleancopyError("cannot be written")

    monkeypatch.setattr("flows.ingesting.following.switch_off", refuse)
    ingest(force=False)
    published.urls()
    assert ingest(force=False).feeds["not_due"] == 1
    assert published.urls() == []


def test_38_without_guid_and_link_the_text_is_the_identity(published: Web, ingest: Ingest, stored: Stored) -> None:
    bare = item("ferry", text="The ferry sails at nine from the old pier.", link=None, guid=None)
    published.bodies[FEED] = rss(bare)
    ingest()
    published.bodies[FEED] = rss(bare, item("light"))
    ingest()
    assert [line["id"][:7] for line in stored()] == ["sha256:", "harbour"]


@pytest.mark.parametrize("times", range(8))
def test_a_run_that_is_asked_to_stop_leaves_the_rest_for_the_next(
    published: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe, times: int
) -> None:
    """Whenever it is asked: between feeds, before an entry that cannot be used is set aside, between articles."""
    subscribe(FEED, SPORT)
    published.bodies[SPORT] = rss(*(item(name, link=f"javascript:{name}") for name in ("bad", "worse")))
    asked = iter([False] * times)
    ingest(stop=lambda: next(asked, True))
    ingest(force=False)
    assert sorted(line["id"] for line in stored()) == ["harbour.example:ferry", "harbour.example:light"]
    assert len(stored("quarantine")) == 2


@pytest.mark.usefixtures("published")
def test_feeds_that_a_stopped_run_did_not_ask_keep_their_state(
    published: Web, ingest: Ingest, subscribe: Subscribe, out: Path
) -> None:
    subscribe(FEED, SPORT)
    published.bodies[SPORT] = rss()
    ingest()
    before = known_feeds(out)
    asked = iter([False, False])
    tally = ingest(stop=lambda: next(asked, True))
    after = known_feeds(out)
    assert tally.feeds["unchanged"] == 1
    assert after[FEED].asked != before[FEED].asked
    assert after[SPORT] == before[SPORT]


@pytest.mark.usefixtures("published")
def test_pages_are_kept_as_they_came_if_that_is_wanted(ingest: Ingest, out: Path) -> None:
    ingest(keep_raw=True)
    (file,) = (out / "raw").glob("*.warc.gz")
    content = gzip.decompress(file.read_bytes())
    assert content.count(b"WARC-Type: response") == 2
    assert page("ferry") in content


@pytest.mark.usefixtures("published")
def test_pages_that_were_kept_are_read_again_as_the_same_articles(ingest: Ingest, stored: Stored, out: Path) -> None:
    """Though their servers named no Content-Type, and whatever a guid holds."""
    ingest(keep_raw=True)
    (file,) = (out / "raw").glob("*.warc.gz")
    read = [item for item in read_documents(find_sources([file])) if isinstance(item, Loaded)]
    assert [(item.document.id, item.document.text) for item in read] == [
        (line["id"], line["text"]) for line in stored()
    ]


def test_a_kept_page_names_its_article_whatever_that_is_called(
    published: Web, ingest: Ingest, stored: Stored, out: Path
) -> None:
    published.bodies[FEED] = rss(item("ferry", guid="Fähre\n\tWARC-Type: request"))
    ingest(keep_raw=True)
    (file,) = (out / "raw").glob("*.warc.gz")
    (read,) = read_documents(find_sources([file]))
    assert isinstance(read, Loaded)
    assert read.document.id == stored()[0]["id"]


@pytest.mark.usefixtures("published")
def test_pages_that_a_killed_run_had_not_shown_are_dropped(ingest: Ingest, out: Path) -> None:
    ingest()
    torn = out / "staging" / "run-9-00001-00001.warc.gz"
    torn.write_bytes(b"torn")
    ingest()
    assert not torn.exists()


def test_a_repair_keeps_what_waits_and_what_feeds_showed(
    published: Web, ingest: Ingest, stored: Stored, out: Path
) -> None:
    published.bodies |= {FEED: rss(item("ferry"), item("late"), item("bare")), f"{SITE}/late": Reason.DEADLINE}
    ingest()
    published.bodies[FEED] = rss(item("ferry", guid="renamed", text="It sails."), item("bare"))
    ingest()
    assert repair(out, "repair-1").is_feeds_known
    published.bodies[FEED] = rss(item("ferry", guid="renamed", text="It sails.", link=f"{SITE}/moved"), item("bare"))
    published.bodies[f"{SITE}/late"] = page("late")
    published.urls()
    tally = ingest()
    assert (tally.counts.new, tally.feeds["nothing_new"]) == (1, 1)
    assert sorted(line["title"] for line in stored()) == ["The ferry pier", "The late pier"]
    assert published.urls() == [f"{SITE}/late", FEED]


@pytest.mark.usefixtures("published")
def test_after_a_repair_a_feed_brings_again_what_was_torn(ingest: Ingest, stored: Stored, out: Path) -> None:
    ingest()
    (part,) = (out / "records").glob("*.jsonl")
    part.write_bytes(part.read_bytes()[:-100])
    repair(out, "repair-1")
    assert ingest(force=False).counts.new == 1
    assert sorted(line["title"] for line in stored()) == ["The ferry pier", "The light pier"]
    assert ingest().feeds["unchanged"] == 1


@pytest.mark.usefixtures("published")
def test_a_repair_says_that_a_lost_state_knew_what_feeds_showed(ingest: Ingest, out: Path) -> None:
    ingest()
    (out / "state.db").unlink()
    assert not repair(out, "repair-1").is_feeds_known
    assert ingest().counts.new == 0


def test_a_front_page_is_not_the_article_and_is_asked_for_again(
    published: Web, ingest: Ingest, stored: Stored
) -> None:
    published.bodies |= {FEED: rss(item("ferry", title="Ferry", text="It sails.")), f"{SITE}/": page("ferry")}
    published.led[FERRY] = f"{SITE}/"
    assert tries_by_the_hour(published, ingest, FERRY, 30) == [0, 1, 4, 24]
    (line,) = stored()
    assert (line["text"], line["url"], line["canonical_url"]) == ("It sails.", FERRY, FERRY)
    assert line["metadata"]["text_reason"] == "redirected"
    assert set(line["flags"]) == {"from_feed_content", "truncated"}


def test_a_login_in_place_of_an_article_without_a_text_is_set_aside(
    published: Web, ingest: Ingest, stored: Stored
) -> None:
    login = b"<html><head><title>Log in</title></head><body><p>Welcome back, dear reader of ours.</p></body></html>"
    published.bodies |= {FEED: rss(item("ferry", title="Ferry")), FERRY: login}
    assert ingest().waiting == 0
    assert stored() == []
    assert "(login)" in stored("quarantine")[0]["detail"]


def test_remarks_of_a_link_blog_are_its_own(published: Web, ingest: Ingest, stored: Stored) -> None:
    rival = "https://example.org/ferry"
    thoughts = "".join(
        f"<p>I thought for {day} days about piers, and about {day} other things.</p>" for day in range(40)
    )
    content = f'<content:encoded xmlns:content="{CONTENT}"><![CDATA[{thoughts}]]></content:encoded>'
    published.bodies |= {FEED: rss(item("ferry", link=rival, more=content)), rival: page("ferry")}
    ingest()
    published.bodies |= {FEED: rss(item("light", link=f"{rival}2", more=content)), f"{rival}2": Reason.ROBOTS}
    ingest()
    assert [(line["metadata"]["text_source"], line["publisher"]) for line in stored()] == [
        ("page", "example.org"),
        ("feed_content", None),
    ]


def test_the_publishers_own_feed_comes_before_remarks_on_it(
    published: Web, ingest: Ingest, stored: Stored, subscribe: Subscribe
) -> None:
    blog = "https://blog.example/feed.xml"
    subscribe(blog, FEED)
    remarks = rss(item("ferry", title="Ahoy", more=whole("thought"))).replace(f"<link>{SITE}/</link>".encode(), b"")
    published.bodies |= {blog: remarks, FEED: rss(item("ferry", text="It sails.")), FERRY: Reason.ROBOTS}
    ingest()
    assert [(line["text"], line["title"]) for line in stored()] == [("It sails.", "The ferry pier")]


@pytest.mark.parametrize(
    "tail", [" Read more", "… Continue reading The ferry →", "<p>Read more...</p>", " [Read more »]"]
)
def test_what_leads_on_from_a_summary_leaves_it(published: Web, ingest: Ingest, stored: Stored, tail: str) -> None:
    said = "The ferry sails on Monday, as the council has said for a year."
    summary = f"<![CDATA[{said}{tail}]]>"
    published.bodies |= {FEED: rss(item("ferry", text=summary), item("light", text=summary)), FERRY: Reason.ROBOTS}
    ingest()
    ferry, light = sorted(stored(), key=lambda line: line["id"])
    assert (ferry["text"].rstrip("…"), light["summary"].rstrip("…")) == (said, said)
    assert "truncated" in ferry["flags"]
    assert [removal["kind"] for removal in ferry["removed"]] == ["related_link"]
