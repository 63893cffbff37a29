"""The entries of a feed on disk as documents: as those of a fetched one, less all that the network brings."""

from collections.abc import Iterator

import msgspec

from cleaners.errors import CleancopyError
from flows.documents.confined import sandbox
from flows.documents.loaded import Loaded, Noted, Reason, SetAside, Source, UnusableError
from flows.feeds.feed import Feed
from flows.feeds.parsing import parse_feed
from flows.identity import name_space, registrable_domain
from flows.ingesting.arriving import arrive
from flows.ingesting.candidates import Candidate
from flows.ingesting.naming import name_entries, shared_names
from flows.ingesting.polling import reason_of
from flows.ingesting.shown import Shown
from flows.sandbox import Lost


def entries_of(content: bytes, source: Source) -> Iterator[Loaded | SetAside]:
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
    name = (name_space(feed.link) if feed.link else None) or source.place
    for entry, naming in zip(feed.entries, name_entries(feed, name, shared_names(feed, name)), strict=True):
        shown = Shown(
            feed_url=source.place,
            publisher=domain,
            full_text="never",
            language=feed.language,
            faulty=feed.faulty,
            entry=entry,
            naming=naming,
            site=feed.link,
        )
        item = arrive(Candidate(article=naming.id, shown=(shown,), verdict="new"), None, date_fetched=None)
        if isinstance(item, Loaded):
            yield msgspec.structs.replace(item, source=source, line=entry.number, feed_url=None, sightings=())
        elif isinstance(item, Noted) and item.aside is not None:
            yield source.aside(item.aside.reason, "the entry has no text", entry.number)
    for each in feed.unusable:
        yield source.aside(Reason(each.reason), each.detail, each.number)
    if feed.left_out:
        yield source.aside(Reason.TOO_LARGE, f"{feed.left_out} entries beyond the most that are read of one feed")
