"""URLs of a page: its own, and its picture."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from flows.pages.metadata.head import Head
from flows.pages.metadata.structured import Structured

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST = 4000
_PICTURES = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "thumbnailurl")


def canonical(tree: "HtmlElement", head: Head, base: str | None) -> str | None:
    """The canonical link, else the one to share; not a site's front page, which some name there on every page."""
    linked = _absolute(_first(tree, "//link[@rel='canonical']/@href"), base)
    shared = _absolute(head.first("og:url"), base)
    return linked or (shared if shared and urlsplit(shared).path.strip("/") else None)


def is_amp(tree: "HtmlElement") -> bool:
    """Whether the page is an AMP form of another."""
    return bool(tree.xpath("/html/@*[name()='amp' or name()='⚡']"))


def picture(tree: "HtmlElement", structured: Structured, head: Head, base: str | None) -> str | None:
    """The article's picture: the one to share, else the first that JSON-LD or a link names."""
    stated = (
        *head.all(*_PICTURES),
        *_pictures(structured),
        *filter(None, [_first(tree, "//link[@rel='image_src']/@href")]),
    )
    return next((url for link in stated if (url := _absolute(link, base))), None)


def _pictures(structured: Structured) -> Iterator[str]:
    for name in ("image", "thumbnailUrl"):
        for value in structured.said(name):
            links: Iterable[object] = (
                (value.get("url"), value.get("contentUrl")) if isinstance(value, Mapping) else (value,)
            )
            yield from (link for link in links if isinstance(link, str))


def _first(tree: "HtmlElement", path: str) -> str | None:
    return next((str(value) for value in tree.xpath(path)), None)


def _absolute(link: str | None, base: str | None = None) -> str | None:
    """The link as a full URL; None where it is none: an empty one would be the page itself."""
    if not link or not link.strip() or len(link) > _LONGEST:
        return None
    try:
        url = urljoin(base or "", link.strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None
