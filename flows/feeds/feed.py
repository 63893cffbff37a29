"""What a feed holds, whatever its format. Immutable values; nothing is decided here."""

from enum import StrEnum
from typing import Any

import msgspec


class Format(StrEnum):
    """The format of a feed, as its own root says."""

    RSS = "rss"
    RDF = "rdf"
    ATOM = "atom"
    CDF = "cdf"
    JSON = "json"


class EntrySource(msgspec.Struct, frozen=True, kw_only=True):
    """Whom an entry was taken over from: `<source>` of RSS and Atom, the true publisher of an aggregated entry."""

    title: str | None = None
    url: str | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One article as its feed shows it; None or empty where the feed does not say.

    Texts are plain, one block a line, references resolved; no HTML is left.

    Attributes:
        number: its place in the feed, counted from 1.
        guid: as the feed wrote it, white space at its ends cut.
        link: the article's page, an absolute http or https URL.
        content: what the feed gives as the whole text (`content:encoded`, Atom's and JSON Feed's content).
        summary: what it gives as the summary or description.
        published, updated: as the feed wrote it where `cleaners` reads that; else in RFC 3339 where it is sure; else
            as written, so that the record keeps it.
        authors: names alone.
        metadata: what the record has no field for: `enclosures`, `comments`, `rights`, media and geo values.
    """

    number: int
    guid: str | None = None
    link: str | None = None
    title: str | None = None
    content: str | None = None
    summary: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: str | None = None
    language: str | None = None
    published: str | None = None
    updated: str | None = None
    source: EntrySource | None = None
    metadata: dict[str, Any] = {}


class Unusable(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that cannot be used: its place in the feed, a reason of the quarantine, and one line for a person."""

    number: int
    reason: str
    detail: str


class Hints(msgspec.Struct, frozen=True, kw_only=True):
    """When the publisher would be asked again.

    Attributes:
        seconds: between two changes of the feed, from `ttl` or `sy:updatePeriod` and its frequency.
        skip_hours: hours of the day, 0 to 23, in UTC, in which nothing changes.
        skip_days: days of the week in which nothing changes, Monday being 0.
    """

    seconds: int | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed as it was read.

    Attributes:
        version: the format's, as `2.0` or `1.1`; None where it does not say.
        link: the site that the feed is of, absolute.
        entries: in the feed's order.
        unusable: the entries that are none of them.
        faulty: whether bytes had to be replaced by U+FFFD.
        left_out: how many entries beyond the most that are read of one feed were left.
    """

    format: Format
    version: str | None = None
    title: str | None = None
    link: str | None = None
    language: str | None = None
    hints: Hints = Hints()
    entries: tuple[Entry, ...] = ()
    unusable: tuple[Unusable, ...] = ()
    faulty: bool = False
    left_out: int = 0
