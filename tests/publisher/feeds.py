"""Feeds in all formats, written by hand: no library that reads or writes feeds says here what one looks like."""

from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from tests.publisher.atom import atom03, atom10, cdf, xhtml
from tests.publisher.editions import Article, Feed
from tests.publisher.jsonfeed import json10, json11
from tests.publisher.pieces import html, teaser
from tests.publisher.rss import rss091, rss092, rss10, rss20_content, rss20_plain, rss20_teaser

WRITERS: dict[str, Callable[[Feed, Sequence[Article]], str]] = {
    "rss091": rss091,
    "rss092": rss092,
    "rss10": rss10,
    "rss20_content": rss20_content,
    "rss20_plain": rss20_plain,
    "rss20_teaser": rss20_teaser,
    "atom03": atom03,
    "atom10_html": atom10(lambda article: f'<content type="html">{escape(html(article))}</content>'),
    "atom10_text": atom10(lambda article: f'<summary type="text">{escape(teaser(article))}</summary>'),
    "atom10_xhtml": atom10(xhtml),
    "cdf": cdf,
    "json10": json10,
    "json11": json11,
}


def render(feed: Feed, articles: Sequence[Article]) -> bytes:
    """The feed with these articles, in its encoding."""
    text = WRITERS[feed.style.form](feed, articles)
    if feed.style.form.startswith("json"):
        return text.encode()
    declared = f'<?xml version="1.0" encoding="{feed.encoding}"?>\n{text}'
    # What an encoding lacks is a reference, in CDATA too: what stands there is HTML.
    body = declared.encode(feed.encoding, "xmlcharrefreplace")
    return b"\xef\xbb\xbf" + body if feed.encoding == "utf-8" and feed.number % 7 == 3 else body
