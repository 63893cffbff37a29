"""What is drawn from a page."""

import msgspec


class Extractor(msgspec.Struct, frozen=True, kw_only=True):
    """What drew the text from a page."""

    name: str
    version: str


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """An article as its page shows it; None or empty where the page does not say.

    Attributes:
        text: one block a line.
        url: the page's canonical link, where it is absolute or can be made so.
        amp: whether the page is an AMP form; the article's own page is then at `url`.
        faulty: whether bytes had to be replaced by U+FFFD.
        language: a BCP 47 tag.
        date_published: a full-date: the extractor keeps the day alone.
        image: an absolute URL.
    """

    text: str
    extractor: Extractor
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
