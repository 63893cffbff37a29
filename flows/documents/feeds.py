"""Feeds on disk, `.xml`, `.rss`, `.atom` and JSON Feed: one document an entry; nothing is fetched."""

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from flows.documents.limits import MAX_PAGE, read_whole
from flows.documents.loaded import Loaded, SetAside, Source

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
    from flows.ingesting.on_disk import entries_of  # noqa: PLC0415 - a tenth of a second, and few inputs are feeds

    yield from entries_of(content, source)
