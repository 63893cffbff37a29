"""What the record of an article has to say: from the story and where it stands, never from reading what was served.

How the record's contract is read here:

- `id` is the entry's id as the feed has it where that is a URI (a URL, `tag:`, `urn:`); else `publisher:guid`, the
  publisher being what the subscription says, since a host of loopback has no registrable domain; without an id in the
  feed, it is the canonical URL: the link without tracking parameters.
- `url` is the entry's link, absolute, tracking parameters and all; where an RSS item has no link, its guid.
- `date_published` has the offset that the feed wrote, or the page where the feed names no date.
- `date_modified` is asked for only where the formats of all its feeds have it and the article was corrected.
- `authors` and `tags` are the feed's; where a feed that has the article gives none, they are the page's: the authors
  all, of the tags as many as are found.
- `feed_url` is one of the feeds that have the article.
- `text` is the paragraphs, one a line, whether they come from the page or from the feed. The flag `from_feed_content`
  has to be there where robots.txt forbids the page, and must not where its feeds give summaries alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.publisher.editions import Article

FROM_FEED = "from_feed_content"


@dataclass(frozen=True)
class Expected:
    """The fields of a record; where several values are right, all of them."""

    id: str
    version: int
    url: str
    publisher: str
    feed_urls: frozenset[str]
    title: str
    authors: list[str]
    tags: list[str]
    all_tags: bool
    date: str
    modified: str | None
    text: str
    from_feed: bool | None


def expected(article: Article) -> Expected:
    """Of the article as it is now."""
    story, styles = article.story, [feed.style for feed in article.feeds]
    return Expected(
        id=_id(article),
        version=story.revision,
        url=article.link,
        publisher=article.home.paper.name,
        feed_urls=frozenset(feed.url for feed in article.feeds),
        title=story.title,
        authors=[story.author],
        tags=list(story.tags),
        all_tags=all(style.tagged for style in styles),
        date=story.published.isoformat(),
        modified=story.updated.isoformat() if story.updated and all(style.modified for style in styles) else None,
        text=story.text,
        from_feed=_from_feed(article),
    )


def compare(record: Mapping[str, Any], right: Expected) -> list[str]:
    """What is wrong with a record, a line for each field."""
    tags = right.tags if right.all_tags else [tag for tag in record["tags"] if tag in right.tags]
    checks = {
        "id": (right.id, record["id"] == right.id),
        "version": (right.version, record["version"] == right.version),
        "url": (right.url, record["url"] == right.url),
        "publisher": (right.publisher, record["publisher"] == right.publisher),
        "feed_url": (right.feed_urls, record["feed_url"] in right.feed_urls),
        "title": (right.title, record["title"] == right.title),
        "authors": (right.authors, record["authors"] == right.authors),
        "tags": (right.tags, record["tags"] == tags),
        "date_published": (right.date, record["date_published"] == right.date),
        "date_modified": (right.modified, right.modified in {None, record["date_modified"]}),
        "text": (right.text, record["text"] == right.text),
        "flags": (right.from_feed, right.from_feed in {None, FROM_FEED in record["flags"]}),
    }
    return [f"{name}: {record[name]!r}, not {wanted!r}" for name, (wanted, well) in checks.items() if not well]


def _from_feed(article: Article) -> bool | None:
    """Whether the text has to be the feed's; None where it may be."""
    if article.forbidden:
        return True
    return None if any(feed.style.whole or feed.style.described for feed in article.feeds) else False


def _id(article: Article) -> str:
    if article.guid is None:
        return article.url
    if article.guid.startswith(("http:", "tag:", "urn:")):
        return article.guid
    return f"{article.home.paper.name}:{article.guid}"
