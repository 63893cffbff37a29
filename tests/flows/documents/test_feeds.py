"""Feeds on disk become documents, an entry each; nothing is fetched."""

import json
import time
from pathlib import Path

import pytest

from cleaners.document import Flag
from flows.documents.loaded import Loaded, Reason, SetAside
from flows.documents.opening import find_sources, read_documents

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Harbour Herald</title><link>https://www.harbour-herald.co.uk/</link><language>en-gb</language>
<item><title>Ferry sails</title><guid isPermaLink="false">1</guid><link>/ferry</link>
<pubDate>Wed, 25 Nov 2026 09:00:00 GMT</pubDate><category>Sea</category>
<description>It sails.</description>
<content:encoded>&lt;p&gt;The ferry sails.&lt;/p&gt;&lt;p&gt;It is late.&lt;/p&gt;</content:encoded></item>
<item><title>Bad</title><guid isPermaLink="false">2</guid><link>javascript:alert(1)</link></item>
<item><title>Bare</title><guid isPermaLink="false">3</guid><link>https://www.harbour-herald.co.uk/bare</link></item>
</channel></rss>
"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Harbour Herald",
    "items": [{"id": 7, "url": "https://harbour-herald.co.uk/mole", "content_text": "The mole stays."}],
}


def read(path: Path) -> list[Loaded | SetAside]:
    return list(read_documents(find_sources([path])))


@pytest.mark.parametrize("name", ["feed.xml", "feed.rss", "feed.atom"])
def test_each_entry_is_a_document_with_what_the_feed_says(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(RSS)
    ferry = read(tmp_path / name)[0]
    assert isinstance(ferry, Loaded)
    document = ferry.document
    assert document.text == "The ferry sails.\nIt is late."
    assert (document.id, document.url) == ("harbour-herald.co.uk:1", "https://www.harbour-herald.co.uk/ferry")
    assert (document.publisher, document.publisher_source) == ("harbour-herald.co.uk", "feed")
    assert (document.title, document.summary, document.tags) == ("Ferry sails", "It sails.", ("Sea",))
    assert (document.date_published, document.date_source) == ("Wed, 25 Nov 2026 09:00:00 GMT", "feed")
    assert document.language == "en-gb"
    assert Flag.FROM_FEED_CONTENT in document.flags
    assert (ferry.place, ferry.feed_url, ferry.sightings) == (f"{name}#1", None, ())


def test_entries_that_cannot_be_used_are_set_aside_by_their_numbers(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(RSS)
    aside = {item.line: item.reason for item in read(tmp_path / "feed.xml") if isinstance(item, SetAside)}
    assert aside == {2: Reason.BAD_LINK, 3: Reason.NO_TEXT}


def test_a_json_feed_is_known_by_its_version(tmp_path: Path) -> None:
    (tmp_path / "feed.json").write_text(json.dumps(JSON_FEED))
    (mole,) = read(tmp_path / "feed.json")
    assert isinstance(mole, Loaded)
    assert (mole.document.text, mole.document.id) == ("The mole stays.", "feed.json:7")


def test_other_json_is_a_document_as_before(tmp_path: Path) -> None:
    (tmp_path / "rows.json").write_text(json.dumps({"text": "A story of jsonfeed.org and its version."}))
    (row,) = read(tmp_path / "rows.json")
    assert isinstance(row, Loaded)
    assert row.document.text == "A story of jsonfeed.org and its version."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<html><body>Sorry</body></html>", Reason.NOT_A_FEED),
        (b"<note><to>you</to></note>", Reason.NOT_A_FEED),
        (b"", Reason.NOT_A_FEED),
        (b"\x89PNG\r\n\x1a\n\0\0", Reason.NOT_A_FEED),
    ],
)
def test_30_what_is_no_feed_is_set_aside(tmp_path: Path, content: bytes, reason: Reason) -> None:
    (tmp_path / "feed.xml").write_bytes(content)
    (item,) = read(tmp_path / "feed.xml")
    assert isinstance(item, SetAside)
    assert item.reason == reason
    assert item.line is None


def test_31_a_feed_that_is_a_path_or_url_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text("/dev/zero")
    (item,) = read(tmp_path / "feed.xml")
    assert isinstance(item, SetAside)
    assert item.reason == Reason.NOT_A_FEED


def rss(items: str = "", subset: str = "", before: str = "") -> str:
    doctype = f"<!DOCTYPE rss [{subset}]>" if subset else ""
    return f'{before}{doctype}<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'


ITEM = "<item><guid>1</guid><title>Rain</title><description>Rain fell on Friday.{}</description></item>"
BOMB = '<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize(
    "feed",
    [
        rss(ITEM.format(""), before="\n" * 80_000),
        rss(ITEM.format(""), subset="<!ENTITY" * 12_500),
        rss(ITEM.format("") + f"<item><guid>2</guid><author>{'(a@b ' * 8_000}</author></item>"),
        rss(ITEM.format("&lt;!-- " * 80_000)),
    ],
    ids=["new lines", "entities", "author", "comments"],
)
def test_32_what_makes_parsers_hang_takes_little_time(tmp_path: Path, feed: str) -> None:
    (tmp_path / "a.xml").write_text(feed)
    (tmp_path / "b.xml").write_text(rss(ITEM.format("")))
    read(tmp_path / "b.xml")  # the sandbox has started
    started = time.monotonic()
    items = [*read(tmp_path / "a.xml"), *read(tmp_path / "b.xml")]
    assert time.monotonic() - started < 5
    assert isinstance(items[-1], Loaded)


def test_33_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(rss(ITEM.format("&j;"), subset=BOMB))
    (item,) = read(tmp_path / "a.xml")
    assert isinstance(item, SetAside)
    assert item.reason == Reason.NOT_A_FEED
