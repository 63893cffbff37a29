"""What is drawn from a page."""

from collections.abc import Mapping
from typing import Any

import msgspec

from cleaners.document import Agency, DateSource, Flag, Hints
from flows.pages.metadata.stated import Choice, Source

_DATE_SOURCES: dict[Source, DateSource] = {"json-ld": "jsonld", "meta": "meta", "time": "time", "text": "dateline"}


class Extractor(msgspec.Struct, frozen=True, kw_only=True):
    """What drew the text from a page."""

    name: str
    version: str


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says of its article; None or empty where it does not say.

    Attributes:
        url: the page's canonical link, where it is absolute or can be made so.
        amp: whether the page is an AMP form; the article's own page is then at `url`.
        language: a BCP 47 tag.
        authors: people; where none are named, who stands for them.
        agencies: named as the source of the copy, or among the authors.
        image: an absolute URL.
        date_published: as the page wrote it, in a form that `cleaners` reads; a time without a zone keeps none.
        date_modified: the same.
        paywalled: whether the page says that not everybody may read all of the article.
        stated: of fields that several things on a page state, which was believed, and what the others say.
    """

    url: str | None = None
    amp: bool = False
    language: str | None = None
    title: str | None = None
    summary: str | None = None
    authors: tuple[str, ...] = ()
    agencies: tuple[Agency, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()
    image: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    paywalled: bool = False
    stated: Mapping[str, Choice] = {}

    @property
    def date_source(self) -> DateSource | None:
        """Where the date of publication stands, as a record says it."""
        chosen = self.stated.get("date_published")
        return _DATE_SOURCES[chosen.source] if chosen else None

    def explained(self) -> dict[str, Any]:
        """Where the values stand, and what the page says otherwise, for a record's `metadata`."""
        return {
            name: {
                "source": choice.source,
                **({"others": list(msgspec.to_builtins(choice.others))} if choice.others else {}),
            }
            for name, choice in self.stated.items()
        }


class Page(Metadata, frozen=True, kw_only=True):
    """An article as its page shows it.

    Attributes:
        text: one block a line.
        hints: what the page says of each line.
        recovered: how many of the lines the extractor had missed.
        faulty: whether bytes had to be replaced by U+FFFD.
    """

    text: str
    extractor: Extractor
    hints: Hints | None = None
    recovered: int = 0
    faulty: bool = False

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What a reader of its text should know."""
        decoded = (Flag.DECODED_WITH_ERRORS,) if self.faulty else ()
        return (*decoded, Flag.PAYWALLED) if self.paywalled else decoded

    def told(self, *, of_text: bool = True) -> dict[str, Any]:
        """For a record's `metadata`: what `explained` says, and how many lines of the text the extractor had missed.

        Args:
            of_text: whether the page's text is the record's.
        """
        explained = {"page": self.explained()} if self.stated else {}
        recovered = {"recovered_lines": self.recovered} if of_text and self.recovered else {}
        return {**explained, **recovered}


class RawPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page as it came.

    Attributes:
        url: as fetched, after redirects.
        date_fetched: RFC 3339, in UTC.
        headers: names in small letters.
        content: decoded from its content encodings.
        is_page: whether it is one, whatever its server calls it; else a picture, a PDF or the like.
    """

    url: str
    date_fetched: str
    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes
    is_page: bool
