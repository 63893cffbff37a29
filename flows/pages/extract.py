"""The text of a page: trafilatura, behind one function."""

import re
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from cleaners.model.page_features import PageView
from cleaners.model.page_model import load_page_model
from flows.pages.page import Extractor, Page

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
# Where dates are stated; a date in the text, a URL or a comment may be any date.
_DATED = "//meta | //script[@type='application/ld+json']"
_DATING = ("type", "name", "property", "itemprop", "http-equiv", "pubdate", "content", "datetime")
# No clock decides what is a date: a page gives the same record today and in ten years.
_DATES: dict[str, Any] = {"original_date": True, "extensive_search": False, "max_date": "2099-12-31"}


def extract(html: str, url: str | None = None) -> Page | None:
    """The article of a page; None where no text is found.

    Nothing is fetched.

    Args:
        html: the page.
        url: where it was found; relative links are read from it.

    Raises:
        Exception: whatever trafilatura stumbles over.
    """
    from trafilatura.metadata import extract_metadata  # noqa: PLC0415 - lxml is slow to import, and few inputs are pages

    from flows.pages.bodies import read_body, titles_of  # noqa: PLC0415
    from flows.pages.drawing import draw  # noqa: PLC0415
    from flows.pages.parsing import parse  # noqa: PLC0415
    from flows.pages.rescue import rescue  # noqa: PLC0415
    from flows.pages.segmenting import segment  # noqa: PLC0415

    tree = parse(html)
    if tree is None:
        return None
    model, page = load_page_model(), segment(tree)
    drawn = draw(tree, url, page.blocks)
    body = rescue(read_body(PageView(page, drawn.shares, titles_of(tree)), model), tree, drawn.text, model)
    if not body.text:
        return None
    found = extract_metadata(tree, url, dict(_DATES))
    return Page(
        text=body.text,
        hints=body.hints,
        recovered=body.recovered,
        extractor=Extractor(name="trafilatura", version=version("trafilatura")),
        url=_canonical(tree, url),
        amp=bool(tree.xpath("/html/@*[name()='amp' or name()='⚡']")),
        language=_language(tree),
        title=found.title,
        summary=found.description,
        authors=tuple(filter(None, (name.strip() for name in (found.author or "").split(";")))),
        tags=tuple(found.tags or ()),
        image=_absolute(found.image, url),
        date_published=_date(tree),
    )


def _date(tree: "HtmlElement") -> str | None:
    """The day of publication that the page states in its head or its structured data."""
    from htmldate import find_date  # noqa: PLC0415
    from lxml.html import Element  # noqa: PLC0415

    stated = Element("html")
    head = Element("head")
    stated.append(head)
    for element in tree.xpath(_DATED):
        # Other attributes may have names that no element can be made with.
        copied = Element(element.tag, {name: element.get(name) for name in _DATING if element.get(name)})
        copied.text = element.text
        head.append(copied)
    return find_date(stated, url="", **_DATES)


def _canonical(tree: "HtmlElement", base: str | None) -> str | None:
    """The canonical link, else the one to share; not a site's front page, which some name there on every page."""
    linked = _absolute(_first(tree, "//link[@rel='canonical']/@href"), base)
    shared = _absolute(_first(tree, "//meta[@property='og:url']/@content"), base)
    return linked or (shared if shared and urlsplit(shared).path.strip("/") else None)


def _language(tree: "HtmlElement") -> str | None:
    given = _first(tree, "/html/@lang | /html/@*[name()='xml:lang'] | //meta[@property='og:locale']/@content") or ""
    tag = given.strip().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else None


def _first(tree: "HtmlElement", path: str) -> str | None:
    return next((str(value) for value in tree.xpath(path)), None)


def _absolute(link: str | None, base: str | None = None) -> str | None:
    """The link as a full URL; None where it is none: an empty one would be the page itself."""
    if not link or not link.strip():
        return None
    try:
        url = urljoin(base or "", link.strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None
