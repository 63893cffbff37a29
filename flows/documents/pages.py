"""Pages, `.html` and `.htm`: one document a page, its text as the extractor draws it."""

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

import msgspec

from cleaners.document import Document
from flows.documents.confined import read_apart
from flows.documents.decoding import decode
from flows.documents.detection import wide_encoding
from flows.documents.limits import MAX_PAGE, read_whole
from flows.documents.loaded import Loaded, Reason, Source, UnusableError
from flows.documents.sniffing import is_binary
from flows.identity import domain_or_host, is_front, registrable_domain
from flows.pages.extract import extract
from flows.pages.page import Page
from flows.pages.walls import Wall, wall_of

# A declaration stands in the first kilobyte, so the standard of HTML; real pages are not always so quick.
_DECLARATION = re.compile(
    rb"""<meta\b[^>]*\bcharset\s*=\s*["']?\s*([\w:.-]+)|<\?xml\b[^>]*\bencoding\s*=\s*["']([\w:.-]+)""", re.IGNORECASE
)
_HEAD = 4096


def read_page(stream: BinaryIO, source: Source, _fields: Mapping[str, str]) -> Iterator[Loaded]:
    """The file's one document.

    Raises:
        UnusableError: the file is empty, too large, or no page, or has no text.
    """
    yield load_page(read_whole(stream, MAX_PAGE), source)


def load_page(
    content: bytes,
    source: Source,
    *,
    line: int | None = None,
    url: str | None = None,
    charset: str | None = None,
    date_fetched: str | None = None,
) -> Loaded:
    """The document of one page, which is read in a process of its own: it may hang, crash or take all memory.

    Args:
        content: the page.
        source: the file.
        line: the page's record in the file.
        url: where the page was found; else its canonical link is taken.
        charset: what the server called its encoding.
        date_fetched: when.

    Raises:
        UnusableError: it is empty or no page, or has no text, or the extractor stumbled over it, or cost too much; or
            something else stands in place of its article.
    """
    page = read_apart(read_page_bytes, content, url, charset)
    wall = wall_of(page, f"{page.title or ''}\n{page.summary or ''}")
    if wall not in {None, Wall.PAYWALL}:
        raise UnusableError(Reason.NO_ARTICLE, f"the page is no article: {wall}")
    return Loaded(
        document=document_of(page, url or page.url),
        source=source,
        line=line,
        metadata=page.told(),
        extractor=page.extractor,
        date_fetched=date_fetched,
        canonical_url=canonical_of(page, url) if url else None,
    )


def canonical_of(page: Page, url: str) -> str | None:
    """What a page that was found at a URL says is its own, if that can be: some name their front page, or a rival."""
    if page.url is None or is_front(page.url) or domain_or_host(page.url) != domain_or_host(url):
        return None
    return page.url


def read_page_bytes(content: bytes, url: str | None = None, charset: str | None = None) -> Page:
    """A page, from its bytes; what it takes and gives is small and plain, so that it can be called in a sandbox.

    Args:
        content: the page.
        url: where it was found.
        charset: what the server called its encoding.

    Raises:
        UnusableError: it is empty or no page, or has no text, or the extractor stumbled over it.
    """
    if not content.strip():
        raise UnusableError(Reason.EMPTY_INPUT, "the page is empty")
    content = _without_nul(content)
    if is_binary(content):
        raise UnusableError(Reason.BINARY, "the page is no text")
    decoded = decode(content, charset or declared_charset(content))
    return msgspec.structs.replace(_extract(decoded.text, url), faulty=decoded.faulty)


def _extract(html: str, url: str | None) -> Page:
    try:
        page = extract(html, url)
    except Exception as error:
        raise UnusableError(Reason.EXTRACTION_FAILED, f"{type(error).__name__}: {error}") from error
    if page is None:
        raise UnusableError(Reason.NO_TEXT, "no text was found in the page")
    return page


def document_of(page: Page, url: str | None) -> Document:
    """What is to be cleaned of a page that is found at a URL."""
    publisher = registrable_domain(url) if url else None
    return Document(
        text=page.text,
        hints=page.hints,
        url=url,
        publisher=publisher,
        publisher_source="url" if publisher else "input",
        language=page.language,
        title=page.title,
        summary=page.summary,
        authors=page.authors,
        section=page.section,
        tags=page.tags,
        image=page.image,
        date_published=page.date_published,
        date_modified=page.date_modified,
        date_source=page.date_source or "input",
        agencies=page.agencies,
        flags=page.flags,
    )


def _without_nul(content: bytes) -> bytes:
    """A page less its NUL bytes, which browsers pass over; other content stays as it is."""
    is_page = content.lstrip().startswith(b"<") and not wide_encoding(content)
    return content.replace(b"\0", b"") if is_page else content


def declared_charset(content: bytes) -> str | None:
    """What a page itself calls its encoding."""
    found = _DECLARATION.search(content[:_HEAD])
    return (found[1] or found[2]).decode("ascii", "replace") if found else None
