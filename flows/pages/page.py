"""What is drawn from a page."""

from typing import Any

import msgspec

from cleaners.document import Hints


class Extractor(msgspec.Struct, frozen=True, kw_only=True):
    """What drew the text from a page."""

    name: str
    version: str


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """An article as its page shows it; None or empty where the page does not say.

    Attributes:
        text: one block a line.
        hints: what the page says of each line.
        recovered: how many of the lines the extractor had missed.
        url: the page's canonical link, where it is absolute or can be made so.
        amp: whether the page is an AMP form; the article's own page is then at `url`.
        faulty: whether bytes had to be replaced by U+FFFD.
        language: a BCP 47 tag.
        date_published: a full-date: the extractor keeps the day alone.
        image: an absolute URL.
    """

    text: str
    extractor: Extractor
    hints: Hints | None = None
    recovered: int = 0
    url: str | None = None
    amp: bool = False
    faulty: bool = False
    language: str | None = None
    title: str | None = None
    summary: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: str | None = None
    date_published: str | None = None

    def recovery(self) -> dict[str, Any]:
        """For a record's metadata: how many lines of the text the extractor had missed; empty where none."""
        return {"recovered_lines": self.recovered} if self.recovered else {}


class RawPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page as it came.

    Attributes:
        url: as fetched, after redirects.
        date_fetched: RFC 3339, in UTC.
        headers: names in small letters.
        content: decoded from its content encodings.
    """

    url: str
    date_fetched: str
    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes
