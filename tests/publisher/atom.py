"""Atom 0.3 and 1.0, and CDF, which was before them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from tests.publisher.editions import Article, Feed
from tests.publisher.pieces import element, html, last_change, picture_url, rfc3339, teaser, w3c


def atom03(feed: Feed, articles: Sequence[Article]) -> str:
    entries = "".join(
        f'<entry>{element("title", article.story.title)}<link rel="alternate" type="text/html"'
        f" href={quoteattr(article.link)}/>{element('id', article.guid or '')}"
        f"<author>{element('name', article.story.author)}</author>"
        f"{element('issued', w3c(article.story.published))}{element('modified', w3c(last_change(article)))}"
        f'<content type="text/html" mode="escaped">{escape(html(article))}</content></entry>\n'
        for article in articles
    )
    return (
        f'<feed version="0.3" xmlns="http://purl.org/atom/ns#" xml:lang="{feed.paper.language}">'
        f'{element("title", feed.paper.name)}<link rel="alternate" type="text/html" href="{feed.paper.origin}/"/>'
        f"\n{entries}</feed>\n"
    )


def atom10(content: Callable[[Article], str]) -> Callable[[Feed, Sequence[Article]], str]:
    """Atom 1.0 with this as its entries' text."""

    def write(feed: Feed, articles: Sequence[Article]) -> str:
        base = f" xml:base={quoteattr(feed.paper.origin + '/')}" * feed.style.relative
        entries = "".join(_atom_entry(feed, article, content(article)) for article in articles)
        changed = max(
            (last_change(article) for article in articles), default=datetime.fromisoformat("2024-01-01T00Z")
        )
        return (
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{feed.paper.language}"{base}>'
            f"{element('title', feed.paper.name)}{element('id', f'tag:{feed.paper.name},2024:feed-{feed.number}')}"
            f'{element("updated", rfc3339(changed))}<link href="{feed.paper.origin}/"/>\n{entries}</feed>\n'
        )

    return write


def _atom_entry(feed: Feed, article: Article, content: str) -> str:
    categories = "".join(f"<category term={quoteattr(tag)}/>" for tag in article.story.tags)
    picture = f'<link rel="enclosure" type="image/jpeg" length="51200" href="{picture_url(article)}"/>'
    return (
        f"<entry>{element('title', article.story.title)}"
        f"<link href={quoteattr(article.path if feed.style.relative else article.link)}/>"
        f"{element('id', article.guid or '')}{element('published', rfc3339(article.story.published))}"
        f"{element('updated', rfc3339(last_change(article)))}<author>{element('name', article.story.author)}</author>"
        f"{categories}{picture * article.story.pictured}{content}</entry>\n"
    )


def xhtml(article: Article) -> str:
    return (
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{html(article)}</div></content>'
        f'<summary type="text">{escape(teaser(article))}</summary>'
    )


def cdf(feed: Feed, articles: Sequence[Article]) -> str:
    items = "".join(
        f"<ITEM HREF={quoteattr(article.link)} LASTMOD={quoteattr(w3c(last_change(article)))}>"
        f"{element('TITLE', article.story.title)}{element('ABSTRACT', teaser(article))}</ITEM>\n"
        for article in articles
    )
    return f'<CHANNEL HREF="{feed.paper.origin}/">{element("TITLE", feed.paper.name)}\n{items}</CHANNEL>\n'
