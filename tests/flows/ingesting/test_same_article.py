"""Runs over publishers whose guids and links mislead: no article is lost in another, and none comes twice."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.feeds.feed import Entry
from flows.feeds.sighting import Marks
from flows.ingesting.joining import Known, same_articles
from flows.ingesting.naming import Naming
from flows.ingesting.shown import Shown
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


@pytest.mark.parametrize("title", ["", "Notice"])
def test_entries_that_share_a_guid_and_have_no_links_are_told_apart_by_their_texts(
    piers: Web, ingest: Ingest, stored: Stored, title: str
) -> None:
    items = [
        item(str(at), guid="news", link=None, title=title or f"Notice {at}", text=text)
        for at, text in enumerate(NOTICES)
    ]
    for shown in (items, items[::-1], items[:1]):
        piers.bodies[FEED] = rss(*shown)
        ingest()
    assert sorted(record["text"] for record in stored()) == sorted(NOTICES)
    assert stored("quarantine") == []


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("link", [f"{SITE}/", f"{SITE}/notices"])
def test_entries_that_have_a_link_in_common_and_no_guids_are_told_apart_by_their_texts(
    piers: Web, ingest: Ingest, stored: Stored, link: str, *, at_once: bool
) -> None:
    """Of the notices of a day all but the first were set aside, since the link was the id of each."""
    items = [
        item("x", title=f"Notice {at}", link=link, guid=None, text=text, more=dated(28, 9 + at))
        for at, text in enumerate(NOTICES)
    ]
    if link != f"{SITE}/" and not at_once:
        # Until two are shown at once, it may be the link of the one that there is.
        piers.bodies[FEED] = rss(*items[:2])
        ingest()
    for shown in [items, items[::-1]] if at_once else [[each] for each in items]:
        piers.bodies[FEED] = rss(*shown)
        ingest()
    assert sorted(record["text"] for record in stored()) == sorted(NOTICES)
    assert {record["version"] for record in stored()} == {1}
    assert stored("quarantine") == []


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


@pytest.mark.parametrize("end", [f"{SITE}/login", "https://consent.example/collect", f"{SITE}/news", f"{SITE}/s7"])
@pytest.mark.parametrize("guid", ["", None])
def test_a_headline_that_recurs_and_redirects_that_end_at_one_place_are_not_one_article(
    piers: Web, ingest: Ingest, stored: Stored, end: str, guid: str | None
) -> None:
    """Of the briefings of two days the second was lost: both had led to the login."""
    links = [f"{SITE}/news/{number}" for number in range(2)]
    piers.led = dict.fromkeys(links, end)
    piers.bodies[end] = page("login")
    piers.bodies[FEED] = rss(
        *(
            item(f"b{number}", title="Morning briefing", link=link, guid=guid, text=NOTICES[number])
            for number, link in enumerate(links)
        )
    )
    for hours in range(0, 48, 6):
        ingest(later=timedelta(hours=hours))
    assert sorted(record["text"] for record in stored()) == NOTICES[:2]


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


def dated(day: int, hour: int = 12) -> str:
    return f"<pubDate>{'Sat' if day == 28 else 'Sun'}, {day} Nov 2026 {hour}:07:00 GMT</pubDate>"


NOTICES = [
    f"An accident near the {place} blocks two lanes; drivers have to wait for {minutes} minutes or more."
    for place, minutes in (("bridge", 10), ("tunnel", 20), ("harbour", 40))
]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_headline_that_recurs_under_a_common_link_is_ever_another_article(
    piers: Web, ingest: Ingest, stored: Stored, *, at_once: bool
) -> None:
    """Three notices of the roads were one record: their headline and link outvoted guid, hour and text."""
    items = [
        item(f"a{number}", title="Accident", link=f"{SITE}/traffic", text=text, more=dated(28, 12 + number))
        for number, text in enumerate(NOTICES)
    ]
    for shown in [items] if at_once else [[each] for each in items]:
        piers.bodies[FEED] = rss(*shown)
        ingest()
    assert sorted(record["text"] for record in stored()) == sorted(NOTICES)
    assert {record["version"] for record in stored()} == {1}
    piers.bodies[FEED] = rss(*items)
    assert ingest().counts.new == 0
    corrected = NOTICES[1].replace("two lanes", "three lanes")
    more = dated(28, 13)
    piers.bodies[FEED] = rss(item("a1", title="Accident", link=f"{SITE}/traffic", text=corrected, more=more))
    assert (ingest().counts.updated, len(stored())) == (1, 4)


@pytest.mark.parametrize("guid", ["a{}", f"{SITE}/traffic#{{}}", "{}ba7b810-9dad-11d1-80b4-00c04fd430c8", None])
def test_notices_of_a_few_words_that_are_shown_at_once_are_articles_of_their_own(
    piers: Web, ingest: Ingest, stored: Stored, guid: str | None
) -> None:
    """Too few words to say how much two texts have in common, but at once they are not corrections of each other."""
    texts = ["A8 near the bridge", "A9 near the tunnel", "B10 at the harbour"]
    items = [
        item(
            "a",
            title="Accident",
            link=f"{SITE}/traffic",
            guid=guid and guid.format(number),
            text=text,
            more=dated(28, 12 + number),
        )
        for number, text in enumerate(texts)
    ]
    for shown in (items, items[::-1]):
        piers.bodies[FEED] = rss(*shown)
        ingest()
    assert sorted(record["text"] for record in stored()) == texts


@pytest.mark.parametrize("guid", [None, f"{SITE}/weather"])
def test_a_link_of_ever_new_items_is_each_of_them_when_it_is_corrected(
    piers: Web, ingest: Ingest, stored: Stored, guid: str | None
) -> None:
    def shown(title: str, text: str, day: int) -> bytes:
        return rss(item("w", title=title, link=f"{SITE}/weather", guid=guid, text=text, more=dated(day)))

    rain = "Heavy rain spreads across northern counties before midnight, with local flooding expected."
    sun = "Sunshine everywhere, temperatures climb towards twenty degrees, gentle breeze along beaches."
    for title, text, day in (("Umbrellas out", rain, 28), ("Picnic time", sun, 29)):
        piers.bodies[FEED] = shown(title, text, day)
        assert ingest().counts.new == 1
    assert [record["text"] for record in stored()] == [rain, sun]
    piers.bodies[FEED] = shown("Picnic time at last", sun.replace("gentle", "fresh"), 29)
    assert (ingest().counts.updated, len({record["id"] for record in stored()})) == (1, 2)
    piers.bodies[FEED] = shown("Umbrellas out", rain, 28)
    assert ingest().counts.new == 0


def test_a_story_that_develops_under_its_link_is_one_article(piers: Web, ingest: Ingest, stored: Stored) -> None:
    for hour, (title, text) in enumerate(
        [
            ("Quake shakes coast", "An earthquake shook villages along the northern coast on Saturday morning."),
            ("Five hurt in quake", "Five people were injured when an earthquake damaged houses along the coast."),
            ("Aid on its way", "Helicopters carry blankets to villages along the coast after the earthquake."),
        ]
    ):
        piers.bodies[FEED] = rss(item("ferry", title=title, text=text, guid=FERRY, more=dated(28, 10 + hour)))
        ingest()
    assert {record["id"] for record in stored()} == {FERRY}


@pytest.mark.parametrize(
    ("guid", "texts"),
    [
        ("https://cms.example/?p=1", [NOTICES[0], NOTICES[0]]),
        ("tag:harbour.example,2026:1", NOTICES[:2]),
        ("6ba7b810-9dad-11d1-80b4-00c04fd430c8", NOTICES[:2]),
    ],
)
def test_a_guid_is_believed_where_the_words_agree_or_nobody_else_can_have_it(
    piers: Web, ingest: Ingest, stored: Stored, guid: str, texts: list[str]
) -> None:
    for link, title, text, day in zip((FERRY, LIGHT), ("Accident", "Long wait"), texts, (28, 29), strict=True):
        piers.bodies[FEED] = rss(item("a", guid=guid, link=link, title=title, text=text, more=dated(day)))
        ingest()
    assert len({record["id"] for record in stored()}) == 1


def test_thousands_of_entries_with_one_headline_and_link_are_told_apart_or_not_in_a_moment() -> None:
    def shown(number: int, **marks: bytes) -> Shown:
        naming = Naming(
            f"guid-{number}", (f"guid-{number}", "link:traffic"), b"", has_page=True, marks=Marks(**marks)
        )
        return Shown(
            feed_url=FEED,
            publisher=None,
            full_text="auto",
            language=None,
            faulty=False,
            entry=Entry(number=number),
            naming=naming,
        )

    began = time.process_time()
    assert len(same_articles((shown(number, title=b"Accident") for number in range(4_000)), Known({}, {}))) == 1
    assert time.process_time() - began < 1
