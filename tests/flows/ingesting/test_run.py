"""Runs over a web in memory: what becomes a record, what is asked for again, and what never is."""

import gzip
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.fetching.results import Reason
from flows.ingesting.tally import Tally
from tests.flows.ingesting.web import CONTENT, FEED, SITE, Web, item, page, prose, rss, whole

Ingest = Callable[..., Tally]
Subscribe = Callable[..., Path]
Stored = Callable[..., list[dict[str, Any]]]

SPORT = f"{SITE}/sport.xml"
HOUR = timedelta(hours=1)
FERRY, LIGHT = f"{SITE}/ferry", f"{SITE}/light"


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
    assert published.urls() == [FEED, FERRY]
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
    assert ingest(later=HOUR).counts.new == 1
    published.urls()
    ingest()
    assert published.urls() == [FEED]
    assert len(stored()) == 1


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
    published.bodies |= {FEED: rss(item("amp/ferry")), f"{SITE}/amp/ferry": page("ferry", canonical=FERRY)}
    tally = ingest()
    assert (tally.counts.new, len(stored())) == (0, 2)
    published.urls()
    ingest()
    assert published.urls() == [FEED]


def test_two_forms_of_an_article_in_one_feed_are_one_record(published: Web, ingest: Ingest, stored: Stored) -> None:
    published.bodies |= {
        FEED: rss(item("amp/ferry"), item("ferry")),
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
    published.bodies |= {FEED: rss(item("amp/ferry")), f"{SITE}/amp/ferry": page("ferry", canonical=FERRY)}
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


def test_what_is_dated_before_since_is_left_alone(published: Web, ingest: Ingest, stored: Stored) -> None:
    published.bodies[FEED] = rss(
        item("ferry", more="<pubDate>Tue, 24 Nov 2026 23:30:00 -0500</pubDate>"),
        item("light", more="<pubDate>Wed, 25 Nov 2026 00:30:00 +0100</pubDate>"),
        item("mole", more="<pubDate>some day</pubDate>", text="The mole stays."),
    )
    ingest(since=date(2026, 11, 25))
    assert [line["title"] for line in stored()] == ["The light pier", "The mole pier"]


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
    ingest()
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


def test_38_without_guid_and_link_the_text_is_the_identity(published: Web, ingest: Ingest, stored: Stored) -> None:
    bare = item("ferry", text="The ferry sails at nine from the old pier.", link=None, guid=None)
    published.bodies[FEED] = rss(bare)
    ingest()
    published.bodies[FEED] = rss(bare, item("light"))
    ingest()
    assert [line["id"][:7] for line in stored()] == ["sha256:", "harbour"]


@pytest.mark.usefixtures("published")
def test_a_run_that_is_asked_to_stop_leaves_the_rest_for_the_next(ingest: Ingest, stored: Stored) -> None:
    asked = iter([False])
    ingest(stop=lambda: next(asked, True))
    assert len(stored()) < 2
    ingest()
    assert sorted(line["id"] for line in stored()) == ["harbour.example:ferry", "harbour.example:light"]


@pytest.mark.usefixtures("published")
def test_pages_are_kept_as_they_came_if_that_is_wanted(ingest: Ingest, out: Path) -> None:
    ingest(keep_raw=True)
    (file,) = (out / "raw").glob("*.warc.gz")
    content = gzip.decompress(file.read_bytes())
    assert content.count(b"WARC-Type: response") == 2
    assert page("ferry") in content


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
