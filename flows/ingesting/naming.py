"""Which article an entry is: its id, the names by which it is known, and what the feed says of it. Pure."""

import hashlib
import re
from collections import Counter, defaultdict

import msgspec

from flows.feeds.feed import Entry, Feed
from flows.identity import canonical_url, link_name

# RFC 3986's scheme; after it, what schemes without `//` are used for ids. `post:12` and `12:30` are no URIs.
_URI = re.compile(r"(?:[a-z][a-z0-9+.-]*://|tag:|urn:)\S+", re.IGNORECASE)


class Naming(msgspec.Struct, frozen=True):
    """Which article an entry is.

    Attributes:
        id: of its record, if the store does not know it by another; None leaves it to its text.
        names: each of them leads to the article; the surest first.
        fingerprint: of what the feed says of it, the names aside.
        has_page: whether its link is its own.
    """

    id: str | None
    names: tuple[str, ...]
    fingerprint: bytes
    has_page: bool


def name_entries(feed: Feed, domain: str) -> list[Naming]:
    """The naming of each entry of a feed, in their order.

    A link that entries with different guids share, or that is the site's own, tells no article from another.

    Args:
        feed: as it was read.
        domain: of the publisher; guids that are no URIs are told apart by it.
    """
    vague = _vague_links(feed)
    return [_name(entry, domain, vague) for entry in feed.entries]


def _name(entry: Entry, domain: str, vague: set[str]) -> Naming:
    fingerprint = _fingerprint(entry)
    link = entry.link if entry.link and link_name(entry.link) not in vague else None
    link_names = (link_name(link),) if link else ()
    if entry.guid:
        own = entry.guid if _URI.fullmatch(entry.guid) else f"{domain}:{entry.guid}"
        return Naming(own, (own, *link_names), fingerprint, has_page=link is not None)
    if link:
        own = canonical_url(link)
        return Naming(own, (*link_names, own), fingerprint, has_page=True)
    content = _digest(entry.title, entry.content, entry.summary).hex()
    return Naming(None, (f"content:{domain}:{content}",), fingerprint, has_page=False)


def _vague_links(feed: Feed) -> set[str]:
    guids: dict[str, set[str | None]] = defaultdict(set)
    bare: Counter[str] = Counter()
    for entry in feed.entries:
        if entry.link:
            name = link_name(entry.link)
            guids[name].add(entry.guid)
            bare[name] += entry.guid is None
    shared = {name for name, those in guids.items() if len(those) > 1 or bare[name] > 1}
    return shared | {link_name(feed.link)} if feed.link else shared


def _fingerprint(entry: Entry) -> bytes:
    return _digest(entry.title, entry.content, entry.summary, entry.updated)


def _digest(*values: str | None) -> bytes:
    return hashlib.sha256(msgspec.json.encode(values)).digest()[:16]
