"""JSON Feed 1.0 and 1.1."""

import json
from collections.abc import Sequence

from tests.publisher.editions import Article, Feed
from tests.publisher.pieces import html, picture_url, rfc3339, teaser


def json10(feed: Feed, articles: Sequence[Article]) -> str:
    items = [
        _json_item(article) | {"content_html": html(article), "author": {"name": article.story.author}}
        for article in articles
    ]
    return _json(feed, "1", items)


def json11(feed: Feed, articles: Sequence[Article]) -> str:
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
    return item | ({"image": picture_url(article)} if story.pictured else {})


def _json(feed: Feed, version: str, items: list[dict[str, object]]) -> str:
    head = {
        "version": f"https://jsonfeed.org/version/{version}",
        "title": feed.paper.name,
        "home_page_url": f"{feed.paper.origin}/",
        "feed_url": feed.url,
    }
    # Either way of writing letters beyond ASCII is JSON.
    return json.dumps(head | {"items": items}, ensure_ascii=feed.number % 2 == 0, indent=1)
