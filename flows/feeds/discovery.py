"""From the address of a page to its feeds: those that it names, else those at the usual addresses."""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from urllib.parse import urljoin

import msgspec
from lxml.html import HtmlElement

from cleaners.errors import CleancopyError
from flows.documents.decoding import decode
from flows.documents.pages import declared_charset
from flows.feeds.feed import Feed
from flows.feeds.subscriptions import identity, one_line
from flows.fetching.results import Failed, Fetched, Outcome, Reason, Request
from flows.pages.parsing import parse

Fetch = Callable[[Request], Outcome]
Read = Callable[[Fetched], Feed | None]
"""The feed that a body is; None where it is none."""

# Before the first whole feed; a page that names more feeds than that names every section's.
_MOST_NAMED = 50
_MOST_TRIED = 15
# Feeds are named in a page's head.
_MOST_BYTES = 1_000_000
_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9,"
    " application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.7, */*;q=0.1"
)
_TYPES = {
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
}
# WordPress names each page's own data so, beside its feeds.
_DOUBTFUL = "application/json"
# As blogs name them, in their languages; `commentary` and `commentisfree` are sections of opinion.
_COMMENTS = re.compile(
    r"\b(?:comments|kommentar-?feed|commentaires|comentarios?|comentários?|commenti|reacties)\b|コメント",
    re.IGNORECASE,
)
_USUAL = (
    "/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json", "/?feed=rss2",
    "/feeds/posts/default",
)  # fmt: skip


class FeedLink(msgspec.Struct, frozen=True, kw_only=True):
    """What is a feed, or may be one.

    Attributes:
        title: what the page or the feed calls it.
        type: the media type that the page gives, if it names the feed.
    """

    url: str
    title: str | None = None
    type: str | None = None

    @property
    def is_of_comments(self) -> bool:
        """Whether readers' comments are in it, as far as its name shows."""
        return bool(_COMMENTS.search(f"{self.url} {self.title or ''}"))


class UnreachableError(CleancopyError):
    """An address cannot be fetched; `reason` says why, None where the server sent nothing."""

    def __init__(self, message: str, reason: Reason | None) -> None:
        super().__init__(message)
        self.reason = reason


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What was found at an address.

    Attributes:
        feed: the best; it was read, and is at the address where it lives from now on.
        others: what else the page names; nobody has looked whether they are feeds.
    """

    feed: FeedLink
    others: tuple[FeedLink, ...] = ()


def find_feeds(url: str, fetch: Fetch, read: Read) -> Found:
    """The feed at an address, or the feeds of the page there.

    Raises:
        UnreachableError: it cannot be fetched.
        CleancopyError: no feed is found.
    """
    outcome = fetch(Request(url=url, accept=_ACCEPT))
    if not isinstance(outcome, Fetched):
        failed = outcome if isinstance(outcome, Failed) else None
        why = f"{failed.reason}: {failed.detail}" if failed else "the server sent nothing"
        raise UnreachableError(f"{url}: {why}", failed.reason if failed else None)
    feed = read(outcome)
    if feed is not None:
        return Found(feed=_sure(FeedLink(url=url), outcome, feed))
    named = feeds_in_page(outcome.content, outcome.url, outcome.charset)
    for candidate in _in_turn(named, outcome.url):
        sure = confirmed(candidate, fetch, read)
        if sure is not None:
            return Found(feed=sure, others=tuple(other for other in named if other is not candidate))
    raise CleancopyError(f"{url}: is no feed, names none, and none is at the usual addresses beside it")


def confirmed(candidate: FeedLink, fetch: Fetch, read: Read) -> FeedLink | None:
    """A candidate by its feed's title, and where it lives from now on; None if it is no feed, or is not there."""
    outcome = fetch(Request(url=candidate.url, accept=_ACCEPT))
    feed = read(outcome) if isinstance(outcome, Fetched) else None
    return _sure(candidate, outcome, feed) if feed is not None else None


def feeds_in_page(content: bytes, url: str, charset: str | None = None) -> tuple[FeedLink, ...]:
    """The feeds that a page names in its `<link>` elements, each once, those of comments last.

    Args:
        content: the page.
        url: where it is, after redirects.
        charset: what the server called its encoding.
    """
    head = content[:_MOST_BYTES]
    tree = parse(decode(head, charset or declared_charset(head)).text)
    if tree is None:
        return ()
    base = next((urls for element in tree.iter("base") if (urls := _joined(url, element.get("href")))), url)
    named: dict[str, FeedLink] = {}
    for link in tree.iter("link"):
        candidate = _candidate(link, base)
        if candidate is not None:
            named.setdefault(identity(candidate.url), candidate)
    named.pop(identity(url), None)
    ranked = sorted(named.values(), key=lambda each: (each.is_of_comments, each.type == _DOUBTFUL))
    return tuple(ranked[:_MOST_NAMED])


def _candidate(link: HtmlElement, base: str) -> FeedLink | None:
    relations = (link.get("rel") or "").lower().split()
    media = (link.get("type") or "").partition(";")[0].strip().lower()
    if "feed" not in relations and not ("alternate" in relations and media in _TYPES):
        return None
    url = _joined(base, link.get("href"))
    return FeedLink(url=url, title=one_line(link.get("title")) or None, type=media or None) if url else None


def _in_turn(named: tuple[FeedLink, ...], url: str) -> Iterator[FeedLink]:
    """What to try: what a page names, then the usual addresses beside it, then what it names of comments."""
    articles = [candidate for candidate in named if not candidate.is_of_comments]
    comments = [candidate for candidate in named if candidate.is_of_comments]
    usual = [FeedLink(url=urljoin(url, path)) for path in _USUAL]
    tried: set[str] = set()
    for candidate in chain(articles[:_MOST_TRIED], usual, comments[:_MOST_TRIED]):
        if identity(candidate.url) not in tried:
            tried.add(identity(candidate.url))
            yield candidate


def _joined(base: str, reference: str | None) -> str | None:
    """An address that can be asked, from a page's reference; None if it is none."""
    if not reference or not reference.strip():
        return None
    try:
        url = urljoin(base, reference.strip()).partition("#")[0]
        identity(url)
    except (ValueError, CleancopyError):
        return None
    return url


def _sure(candidate: FeedLink, outcome: Outcome, feed: Feed) -> FeedLink:
    title = one_line(feed.title) or candidate.title
    return msgspec.structs.replace(candidate, url=outcome.moved_to or candidate.url, title=title)
