"""Runs over publishers whose guids and links mislead: no article is lost in another, and none comes twice."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.ingesting.tally import Tally
from flows.record import Record
from flows.store.store import open_store
from flows.store.writer import Writer
from tests.flows.ingesting.web import FEED, SITE, Web, item, page, prose, rss

Ingest = Callable[..., Tally]
Subscribe = Callable[..., Path]
Stored = Callable[..., list[dict[str, Any]]]

FERRY, LIGHT, MOLE = f"{SITE}/ferry", f"{SITE}/light", f"{SITE}/mole"
NOON, EVENING = (f"<pubDate>Sat, 28 Nov 2026 {hour}:07:00 GMT</pubDate>" for hour in (12, 19))


def first_words(records: list[dict[str, Any]]) -> list[str]:
    """Which articles these records are, by the subject of their prose."""
    return [record["text"].split()[1] for record in records]


@pytest.fixture
def piers(web: Web, subscribe: Subscribe) -> Web:
    """One feed, and the pages of three articles."""
    subscribe(FEED)
    web.bodies = {f"{SITE}/{name}": page(name) for name in ("ferry", "light", "mole")}
    return web


@pytest.mark.parametrize(
    "hosts", [("north.blogspot.com", "south.blogspot.com"), ("north.harbour.example", "south.harbour.example")]
)
def test_plain_guids_of_two_systems_that_count_alike_are_two_articles(
    web: Web, subscribe: Subscribe, ingest: Ingest, stored: Stored, hosts: tuple[str, str]
) -> None:
    subscribe(*(f"https://{host}/feed" for host in hosts))
    for host, subject in zip(hosts, ("ferry", "light"), strict=True):
        link = f"https://{host}/a"
        web.bodies[f"https://{host}/feed"] = rss(item(subject, guid="101", link=link))
        web.bodies[link] = page(subject)
    ingest()
    assert sorted(first_words(stored())) == ["ferry", "light"]
    assert len({record["id"] for record in stored()}) == 2
    web.urls()
    assert ingest().counts.new == 0
    assert len(web.urls()) == len(hosts)


@pytest.mark.parametrize("guid", ["news", f"{SITE}/"])
def test_a_guid_that_all_entries_share_tells_none_from_another(
    piers: Web, ingest: Ingest, stored: Stored, guid: str
) -> None:
    piers.bodies[FEED] = rss(item("ferry", guid=guid), item("light", guid=guid))
    assert ingest().counts.new == 2
    piers.bodies[FEED] = rss(item("mole", guid=guid))
    assert ingest().counts.new == 1
    piers.bodies[FEED] = rss(item("mole", guid=guid), item("light", guid=guid), item("ferry", guid=guid))
    assert (ingest().counts.new, [record["version"] for record in stored()]) == (0, [1, 1, 1])


def test_a_guid_that_is_used_again_is_another_article(piers: Web, ingest: Ingest, stored: Stored) -> None:
    for name in ("ferry", "light", "mole"):
        piers.bodies[FEED] = rss(item(name, guid="latest"))
        assert ingest().counts.new == 1
    assert [record["id"] for record in stored()] == ["harbour.example:latest", LIGHT, MOLE]
    piers.bodies[FEED] = rss(item("light", guid="latest"))
    assert ingest().counts.new == 0


def test_a_guid_that_is_used_again_without_links_is_another_article(
    piers: Web, ingest: Ingest, stored: Stored
) -> None:
    for name, day in (("ferry", NOON), ("light", EVENING)):
        text = " ".join(prose(name))
        piers.bodies[FEED] = rss(item(name, guid="latest", link=None, text=text, more=day))
        assert ingest().counts.new == 1
        assert ingest().counts.new == 0
    assert first_words(stored()) == ["ferry", "light"]
    assert len({record["id"] for record in stored()}) == 2


@pytest.mark.parametrize("at_once", [True, False])
def test_a_link_that_articles_share_one_after_the_other_is_neithers_name(
    piers: Web, ingest: Ingest, stored: Stored, *, at_once: bool
) -> None:
    items = [item(name, link=f"{SITE}/news", text=" ".join(prose(name))) for name in ("ferry", "light", "mole")]
    if at_once:
        piers.bodies[FEED] = rss(*items[:2])
        ingest()
    for each in items:
        piers.bodies[FEED] = rss(each)
        ingest()
    assert sorted(first_words(stored())) == ["ferry", "light", "mole"]
    assert {record["version"] for record in stored()} == {1}


def test_40_a_changed_guid_is_no_new_article_while_the_old_entry_is_still_shown(
    piers: Web, ingest: Ingest, stored: Stored
) -> None:
    piers.bodies[FEED] = rss(item("ferry", guid="1"))
    ingest()
    piers.bodies[FEED] = rss(item("ferry", guid="2"), item("ferry", guid="1"))
    assert ingest().counts.new == 0
    piers.bodies[FEED] = rss(item("ferry", guid="2"))
    assert (ingest().counts.new, len(stored())) == (0, 1)


def test_40_a_changed_guid_is_a_name_when_the_link_changes_next(piers: Web, ingest: Ingest, stored: Stored) -> None:
    for guid, link in (("1", FERRY), ("2", FERRY), ("2", LIGHT)):
        piers.bodies[FEED] = rss(item("ferry", guid=guid, link=link))
        ingest()
    assert {record["id"] for record in stored()} == {"harbour.example:1"}


def test_remarks_on_a_page_are_no_article_of_their_own(
    web: Web, subscribe: Subscribe, ingest: Ingest, stored: Stored
) -> None:
    blog = "https://blog.example/feed.xml"
    subscribe(FEED, blog)
    web.bodies = {FEED: rss(item("ferry", more=NOON)), FERRY: page("ferry")}
    web.bodies[blog] = rss(item("ferry", title="Ahoy", guid="b7", link=FERRY, more=EVENING)).replace(
        f"<link>{SITE}/</link>".encode(), b""
    )
    assert ingest().counts.new == 1
    assert ingest().counts.new == 0
    assert len(stored()) == 1


def test_a_corrected_headline_a_later_hour_and_a_counted_guid_are_the_same_article(
    piers: Web, ingest: Ingest, stored: Stored
) -> None:
    piers.bodies[FEED] = rss(item("ferry", guid=f"{FERRY}#0", more=NOON))
    ingest()
    piers.bodies[FEED] = rss(item("ferry", guid=f"{FERRY}#1", title="Ferry pier to be mended", more=EVENING))
    ingest()
    assert {record["id"] for record in stored()} == {f"{FERRY}#0"}


def test_a_moved_page_of_a_known_guid_is_the_same_article(piers: Web, ingest: Ingest, stored: Stored) -> None:
    piers.bodies[FEED] = rss(item("ferry", more=NOON))
    ingest()
    moved = f"{SITE}/ferry-pier"
    piers.bodies |= {FEED: rss(item("ferry", title="Ferry pier moved", link=moved, more=NOON)), moved: page("ferry")}
    ingest()
    assert {record["id"] for record in stored()} == {"harbour.example:ferry"}


@pytest.mark.parametrize("first", ["detour", "direct"])
@pytest.mark.parametrize("at_once", [True, False])
def test_a_link_through_a_redirector_leads_to_the_same_article(
    web: Web, subscribe: Subscribe, ingest: Ingest, stored: Stored, first: str, *, at_once: bool
) -> None:
    detour = "https://links.example/~r/7"
    web.moved[detour] = FERRY
    web.bodies[FERRY] = page("ferry")
    entries = {"detour": item("ferry", guid="r7", link=detour), "direct": item("ferry")}
    second = "direct" if first == "detour" else "detour"
    urls = {first: f"{SITE}/1.xml", second: f"{SITE}/2.xml"}
    subscribe(*urls.values())
    web.bodies |= {url: rss(*([entries[kind]] if at_once or kind == first else [])) for kind, url in urls.items()}
    ingest()
    web.bodies |= {url: rss(entries[kind]) for kind, url in urls.items()}
    ingest()
    assert first_words(stored()) == ["ferry"]
    web.urls()
    ingest()
    assert sorted(web.urls()) == sorted(urls.values())


def test_redirects_that_end_at_one_page_are_not_one_article(piers: Web, ingest: Ingest, stored: Stored) -> None:
    login = f"{SITE}/login"
    piers.bodies[login] = page("login")
    piers.moved |= {FERRY: login, LIGHT: login}
    piers.bodies[FEED] = rss(*(item(name, text=" ".join(prose(name))) for name in ("ferry", "light")))
    for hours in range(0, 48, 6):
        ingest(later=timedelta(hours=hours))
    assert [record["id"] for record in stored()] == ["harbour.example:ferry", "harbour.example:light"]


def test_entries_that_have_a_name_in_common_with_a_third_are_one_article(
    web: Web, subscribe: Subscribe, ingest: Ingest, stored: Stored
) -> None:
    feeds = [f"{SITE}/{number}.xml" for number in range(3)]
    subscribe(*feeds)
    entries = [item("ferry", guid="1", link=None), item("ferry", guid="2"), item("ferry", guid="1")]
    web.bodies = {url: rss(entry) for url, entry in zip(feeds, entries, strict=True)}
    web.bodies[FERRY] = page("ferry")
    assert ingest().counts.new == 1
    assert sorted(stored()[0]["metadata"]["feeds"]) == feeds


@pytest.mark.parametrize(("shown", "later"), [(FERRY, f"{FERRY}/"), (f"{FERRY}/?p=1", f"{FERRY}?p=1")])
def test_a_slash_at_the_end_makes_no_other_article(
    piers: Web, ingest: Ingest, stored: Stored, shown: str, later: str
) -> None:
    piers.bodies |= {shown: page("ferry"), later: page("ferry"), FEED: rss(item("ferry", link=shown, guid=None))}
    ingest()
    piers.bodies[FEED] = rss(item("ferry", link=later, guid=None))
    assert (ingest().counts.new, len(stored())) == (0, 1)


def test_a_page_that_was_cleaned_by_its_url_is_not_doubled(
    piers: Web, ingest: Ingest, stored: Stored, record_of: Callable[..., Record], out: Path
) -> None:
    with open_store(out, "run-clean") as store, Writer(store, "clean-1") as writer:
        writer.add(record_of("\n".join(prose("ferry")), url=FERRY))
    piers.bodies[FEED] = rss(item("ferry"))
    assert ingest().counts.new == 0
    assert [(record["id"], record["version"]) for record in stored()] == [(FERRY, 1)]
    piers.urls()
    ingest()
    assert piers.urls() == [FEED]
