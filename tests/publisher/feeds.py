"""Feeds in all formats, written by hand: no library that reads or writes feeds says here what one looks like."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from xml.sax.saxutils import escape, quoteattr

from tests.publisher.editions import Article, Feed

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NAMED_ZONES = {timedelta(0): "GMT", timedelta(hours=-5): "EST"}
TEASER = {"ja": 40}  # characters; 120 where words have spaces between them

RSS20 = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom"'
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
)
NETSCAPE = (
    '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"'
    ' "http://my.netscape.com/publish/formats/rss-0.91.dtd">\n'
)


def render(feed: Feed, articles: Sequence[Article]) -> bytes:
    """The feed with these articles, in its encoding."""
    text = WRITERS[feed.style.form](feed, articles)
    if feed.style.form.startswith("json"):
        return text.encode()
    declared = f'<?xml version="1.0" encoding="{feed.encoding}"?>\n{text}'
    # What an encoding lacks is a reference, in CDATA too: what stands there is HTML.
    body = declared.encode(feed.encoding, "xmlcharrefreplace")
    return b"\xef\xbb\xbf" + body if feed.encoding == "utf-8" and feed.number % 7 == 3 else body


def teaser(article: Article) -> str:
    """The beginning of the text, cut with an ellipsis."""
    most = TEASER.get(article.story.language, 120)
    first = article.story.paragraphs[0][:most]
    return (first if article.story.language == "ja" else first.rpartition(" ")[0]) + "…"


def html(article: Article) -> str:
    """The whole text as a feed's HTML."""
    picture = f'<p><img src="{_picture(article)}" width="640" height="360"/></p>\n' if article.story.pictured else ""
    return picture + "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.story.paragraphs)


def rfc822(moment: datetime, number: int) -> str:
    """As RSS has it: with or without the weekday; seconds only where there are some; zones by name or number."""
    weekday = f"{DAYS[moment.weekday()]}, " * (number % 4 != 3)
    clock = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    zone = NAMED_ZONES.get(moment.utcoffset() or timedelta(0), f"{moment:%z}")
    return f"{weekday}{moment.day:02} {MONTHS[moment.month - 1]} {moment.year} {clock} {zone}"


def w3c(moment: datetime) -> str:
    """As RSS 1.0, Atom and JSON Feed have it; RFC 3339 always has seconds, this profile only where there are some."""
    return moment.isoformat(timespec="auto" if moment.second else "minutes")


def rfc3339(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _rss091(feed: Feed, articles: Sequence[Article]) -> str:
    items = "".join(
        f"<item>{_tag('title', article.story.title)}{_tag('link', article.link)}"
        f"{_tag('description', teaser(article))}</item>\n"
        for article in articles
    )
    return f'{NETSCAPE}<rss version="0.91"><channel>\n{_channel(feed)}{items}</channel></rss>\n'


def _rss092(feed: Feed, articles: Sequence[Article]) -> str:
    items = "".join(
        f"<item>{_tag('title', article.story.title)}{_tag('link', article.link)}"
        f"{_tag('description', html(article))}{_categories(article)}{_enclosure(article)}</item>\n"
        for article in articles
    )
    return f'<rss version="0.92"><channel>\n{_channel(feed)}{items}</channel></rss>\n'


def _rss10(feed: Feed, articles: Sequence[Article]) -> str:
    listed = "".join(f"<rdf:li rdf:resource={quoteattr(article.link)}/>" for article in articles)
    items = "".join(
        f"<item rdf:about={quoteattr(article.link)}>{_tag('title', article.story.title)}{_tag('link', article.link)}"
        f"{_tag('description', teaser(article))}{_tag('dc:date', w3c(article.story.published))}"
        f"{_tag('dc:creator', article.story.author)}"
        f"{''.join(_tag('dc:subject', tag) for tag in article.story.tags)}"
        f"<content:encoded>{_cdata(html(article))}</content:encoded></item>\n"
        for article in articles
    )
    head = f"{_tag('title', feed.paper.name)}{_tag('link', feed.paper.origin + '/')}{_tag('description', 'News')}"
    return (
        f"{RDF}\n<channel rdf:about={quoteattr(feed.url)}>{head}{_tag('dc:language', feed.paper.language)}"
        f"<items><rdf:Seq>{listed}</rdf:Seq></items></channel>\n{items}</rdf:RDF>\n"
    )


def _rss20_content(feed: Feed, articles: Sequence[Article]) -> str:
    """No link: the guid is the link."""
    items = "".join(
        f"<item>{_tag('title', article.story.title)}{_guid(article)}"
        f"{_tag('link', article.link) * (article.guid != article.url)}"
        f"<description>{_cdata(escape(teaser(article)))}</description>"
        f"<content:encoded>{_cdata(html(article))}</content:encoded>"
        f"{_tag('dc:creator', article.story.author)}{_categories(article)}"
        f"{_tag('pubDate', rfc822(article.story.published, article.story.number))}{_media(article)}</item>\n"
        for article in articles
    )
    return f"{RSS20}><channel>\n{_channel(feed)}{items}</channel></rss>\n"


def _rss20_plain(feed: Feed, articles: Sequence[Article]) -> str:
    """The whole text as the description, escaped."""
    items = "".join(
        f"<item>{_tag('title', article.story.title)}{_tag('link', article.link)}{_guid(article)}"
        f"{_tag('description', html(article))}{_tag('author', f'desk@{feed.paper.name} ({article.story.author})')}"
        f"{_tag('pubDate', rfc822(article.story.published, article.story.number))}"
        f"{_categories(article)}{_enclosure(article)}</item>\n"
        for article in articles
    )
    return f"{RSS20}><channel>\n{_channel(feed)}{_tag('ttl', '60')}{items}</channel></rss>\n"


def _rss20_teaser(feed: Feed, articles: Sequence[Article]) -> str:
    """Summaries that break off, links relative to the feed's base, Dublin Core's dates."""
    items = "".join(
        f"<item>{_tag('title', article.story.title)}{_tag('link', article.path)}{_guid(article)}"
        f"{_tag('description', teaser(article))}{_tag('dc:creator', article.story.author)}"
        f"{_tag('dc:date', w3c(article.story.published))}{_categories(article)}</item>\n"
        for article in articles
    )
    return (
        f"{RSS20} xml:base={quoteattr(feed.paper.origin + '/')}><channel>\n{_channel(feed)}{items}</channel></rss>\n"
    )


def _atom03(feed: Feed, articles: Sequence[Article]) -> str:
    entries = "".join(
        f'<entry>{_tag("title", article.story.title)}<link rel="alternate" type="text/html"'
        f" href={quoteattr(article.link)}/>{_tag('id', article.guid or '')}"
        f"<author>{_tag('name', article.story.author)}</author>"
        f"{_tag('issued', w3c(article.story.published))}{_tag('modified', w3c(_changed(article)))}"
        f'<content type="text/html" mode="escaped">{escape(html(article))}</content></entry>\n'
        for article in articles
    )
    return (
        f'<feed version="0.3" xmlns="http://purl.org/atom/ns#" xml:lang="{feed.paper.language}">'
        f'{_tag("title", feed.paper.name)}<link rel="alternate" type="text/html" href="{feed.paper.origin}/"/>'
        f"\n{entries}</feed>\n"
    )


def _atom10(content: Callable[[Article], str]) -> Callable[[Feed, Sequence[Article]], str]:
    """Atom 1.0 with this as its entries' text."""

    def write(feed: Feed, articles: Sequence[Article]) -> str:
        base = f" xml:base={quoteattr(feed.paper.origin + '/')}" * feed.style.relative
        entries = "".join(_atom_entry(feed, article, content(article)) for article in articles)
        changed = max((_changed(article) for article in articles), default=datetime.fromisoformat("2024-01-01T00Z"))
        return (
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.paper.language}"{base}>'
            f"{_tag('title', feed.paper.name)}{_tag('id', f'tag:{feed.paper.name},2024:feed-{feed.number}')}"
            f'{_tag("updated", rfc3339(changed))}<link href="{feed.paper.origin}/"/>\n{entries}</feed>\n'
        )

    return write


def _atom_entry(feed: Feed, article: Article, content: str) -> str:
    categories = "".join(f"<category term={quoteattr(tag)}/>" for tag in article.story.tags)
    picture = f'<link rel="enclosure" type="image/jpeg" length="51200" href="{_picture(article)}"/>'
    return (
        f"<entry>{_tag('title', article.story.title)}"
        f"<link href={quoteattr(article.path if feed.style.relative else article.link)}/>"
        f"{_tag('id', article.guid or '')}{_tag('published', rfc3339(article.story.published))}"
        f"{_tag('updated', rfc3339(_changed(article)))}<author>{_tag('name', article.story.author)}</author>"
        f"{categories}{picture * article.story.pictured}{content}</entry>\n"
    )


def _xhtml(article: Article) -> str:
    return (
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{html(article)}</div></content>'
        f'<summary type="text">{escape(teaser(article))}</summary>'
    )


def _cdf(feed: Feed, articles: Sequence[Article]) -> str:
    items = "".join(
        f"<ITEM HREF={quoteattr(article.link)} LASTMOD={quoteattr(w3c(_changed(article)))}>"
        f"{_tag('TITLE', article.story.title)}{_tag('ABSTRACT', teaser(article))}</ITEM>\n"
        for article in articles
    )
    return f'<CHANNEL HREF="{feed.paper.origin}/">{_tag("TITLE", feed.paper.name)}\n{items}</CHANNEL>\n'


def _json10(feed: Feed, articles: Sequence[Article]) -> str:
    items = [
        _json_item(article) | {"content_html": html(article), "author": {"name": article.story.author}}
        for article in articles
    ]
    return _json(feed, "1", items)


def _json11(feed: Feed, articles: Sequence[Article]) -> str:
    """Its ids are numbers, which a reader has to take as text."""
    items = [
        _json_item(article)
        | {"id": _number_or_text(article.guid or "")}
        | {"content_text": "\n\n".join(article.story.paragraphs), "summary": teaser(article)}
        | {"authors": [{"name": article.story.author}], "language": article.story.language}
        for article in articles
    ]
    return _json(feed, "1.1", items)


def _number_or_text(guid: str) -> int | str:
    return int(guid) if guid.isdecimal() else guid


def _json_item(article: Article) -> dict[str, object]:
    story = article.story
    item: dict[str, object] = {
        "id": article.guid,
        "url": article.link,
        "title": story.title,
        "date_published": rfc3339(story.published),
        "tags": list(story.tags),
    }
    if story.updated:
        item["date_modified"] = rfc3339(story.updated)
    return item | ({"image": _picture(article)} if story.pictured else {})


def _json(feed: Feed, version: str, items: list[dict[str, object]]) -> str:
    head = {
        "version": f"https://jsonfeed.org/version/{version}",
        "title": feed.paper.name,
        "home_page_url": f"{feed.paper.origin}/",
        "feed_url": feed.url,
    }
    # Either way of writing letters beyond ASCII is JSON.
    return json.dumps(head | {"items": items}, ensure_ascii=feed.number % 2 == 0, indent=1)


def _channel(feed: Feed) -> str:
    return (
        f"{_tag('title', feed.paper.name)}{_tag('link', feed.paper.origin + '/')}"
        f"{_tag('description', 'News')}{_tag('language', feed.paper.language)}\n"
    )


def _guid(article: Article) -> str:
    permanent = ' isPermaLink="false"' * (article.guid != article.url)
    return f"<guid{permanent}>{escape(article.guid or '')}</guid>"


def _categories(article: Article) -> str:
    return "".join(_tag("category", tag) for tag in article.story.tags)


def _enclosure(article: Article) -> str:
    return f'<enclosure url="{_picture(article)}" length="51200" type="image/jpeg"/>' * article.story.pictured


def _media(article: Article) -> str:
    return f'<media:content url="{_picture(article)}" medium="image" type="image/jpeg"/>' * article.story.pictured


def _picture(article: Article) -> str:
    return f"{article.home.paper.origin}/pictures/{article.story.number}.jpg"


def _changed(article: Article) -> datetime:
    return article.story.updated or article.story.published


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


def _cdata(text: str) -> str:
    return f"<![CDATA[{text}]]>"


WRITERS: dict[str, Callable[[Feed, Sequence[Article]], str]] = {
    "rss091": _rss091,
    "rss092": _rss092,
    "rss10": _rss10,
    "rss20_content": _rss20_content,
    "rss20_plain": _rss20_plain,
    "rss20_teaser": _rss20_teaser,
    "atom03": _atom03,
    "atom10_html": _atom10(lambda article: f'<content type="html">{escape(html(article))}</content>'),
    "atom10_text": _atom10(lambda article: f'<summary type="text">{escape(teaser(article))}</summary>'),
    "atom10_xhtml": _atom10(_xhtml),
    "cdf": _cdf,
    "json10": _json10,
    "json11": _json11,
}
