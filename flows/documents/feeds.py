"""Feeds on disk, `.xml`, `.rss`, `.atom` and JSON Feed: one document an entry; nothing is fetched."""

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO
from urllib.parse import urlsplit

import msgspec

from cleaners.errors import CleancopyError
from flows.documents.confined import sandbox
from flows.documents.limits import MAX_PAGE, read_whole
from flows.documents.loaded import Loaded, Reason, SetAside, Source, UnusableError
from flows.feeds.feed import Feed
from flows.feeds.parsing import parse_feed
from flows.identity import registrable_domain
from flows.ingesting.arriving import arrive
from flows.ingesting.candidates import Candidate, Shown
from flows.ingesting.naming import name_entries
from flows.ingesting.polling import reason_of
from flows.sandbox import Lost

_JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org\\?/version\\?/')


def read_feed(stream: BinaryIO, source: Source, _fields: Mapping[str, str]) -> Iterator[Loaded | SetAside]:
    """The file's entries.

    Raises:
        UnusableError: the file is too large, or no feed.
    """
    yield from load_feed(read_whole(stream, MAX_PAGE), source)


def is_json_feed(content: bytes) -> bool:
    """Whether an object of JSON says that it is a feed."""
    return _JSON_FEED.search(content) is not None


def load_feed(content: bytes, source: Source) -> Iterator[Loaded | SetAside]:
    """The entries of a feed's bytes, each with the text that the feed gives.

    Raises:
        UnusableError: they are no feed, or reading them took too long.
    """
    feed = sandbox().call(parse_feed, content)
    if isinstance(feed, Lost | CleancopyError):
        reason, detail = reason_of(feed)
        raise UnusableError(reason, detail)
    yield from _documents(feed, source)


def _documents(feed: Feed, source: Source) -> Iterator[Loaded | SetAside]:
    domain = registrable_domain(feed.link) if feed.link else None
    host = urlsplit(feed.link).hostname if feed.link else None
    for entry, naming in zip(feed.entries, name_entries(feed, domain or host or source.place), strict=True):
        shown = Shown(
            feed_url=source.place,
            publisher=domain,
            full_text="never",
            language=feed.language,
            faulty=feed.faulty,
            entry=entry,
            naming=naming,
        )
        item = arrive(Candidate(article=naming.id, shown=(shown,), verdict="new"), None, date_fetched=None)
        if isinstance(item, Loaded):
            yield msgspec.structs.replace(item, source=source, line=entry.number, feed_url=None, sightings=())
        elif item.aside is not None:
            yield source.aside(item.aside.reason, "the entry has no text", entry.number)
    for each in feed.unusable:
        yield source.aside(Reason(each.reason), each.detail, each.number)
    if feed.left_out:
        yield source.aside(Reason.TOO_LARGE, f"{feed.left_out} entries beyond the most that are read of one feed")
