"""Who a document is: registrable domains, canonical URLs, stable ids."""

import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import msgspec

from cleaners.document import Document
from cleaners.remembering import remembered

if TYPE_CHECKING:
    from tldextract import TLDExtract

# PostgreSQL's index takes 2,700 bytes, and two ids or names stand in some.
MOST_ID_BYTES = 1_000
"""The most that an id has, in UTF-8."""

_SHOWN_OF_ID = 200
_OF_TEXT = "sha256:"
_DEFAULT_PORTS = {"http": 80, "https": 443}
# Parameters that only say how a reader came to a page, as advertisers and mailers document them.
_TRACKING = re.compile(
    r"(?:utm|mtm|pk|vero|oly|hsa|at)_[a-z_]+="
    r"|(?:fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|ysclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|mkt_tok"
    r"|_hsenc|_hsmi|__twitter_impression|cmpid|ocid|ns_[a-z]+|xtor|wt_mc|s_cid)=",
    re.IGNORECASE,
)


def registrable_domain(url_or_host: str) -> str | None:
    """`bbc.co.uk` for `https://www.bbc.co.uk/news`; None where no public suffix is recognised."""
    before, slashes, behind = url_or_host.partition("//")
    return _registrable_domain(f"{before}{slashes}{behind.partition('/')[0]}")


@remembered
def _registrable_domain(authority: str) -> str | None:
    """Of a URL up to its path: thousands of articles have the same."""
    return _public_suffixes()(authority).top_domain_under_public_suffix.lower() or None


def domain_or_host(url: str) -> str | None:
    """The registrable domain, or the host where there is none: an address, or a name of one's own network."""
    return registrable_domain(url) or urlsplit(url).hostname


def name_space(url: str) -> str | None:
    """Who hands out the guids of a feed: as `domain_or_host`, but the blogs of one platform are each their own."""
    host = urlsplit(url).hostname or ""
    return _public_suffixes()(host, include_psl_private_domains=True).top_domain_under_public_suffix or host or None


def canonical_url(url: str) -> str:
    """The URL without tracking parameters and fragment, its host in small letters; as given where it cannot be read.

    Ids are made of it, so it says the same today and in ten years, and leaves in what may tell two articles apart: a
    `cid` or `uid` is one page's campaign and another's article.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return url
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    if port not in {None, _DEFAULT_PORTS[parts.scheme]}:
        host = f"{host}:{port}"
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _TRACKING.match(pair))
    path = "" if not query and not parts.path.strip("/") else parts.path
    return urlunsplit((parts.scheme, host, path, query, ""))


def is_url(text: str) -> bool:
    """Whether a text is an absolute http or https URL."""
    return text.lower().startswith(("http://", "https://"))


def is_front(url: str) -> bool:
    """Whether a URL is a site's front page."""
    parts = urlsplit(url)
    return not parts.path.strip("/") and not parts.query


def link_name(url: str) -> str:
    """The name by which an article's link is known: its canonical URL, but `http://www.x/a/` is `https://x/a`."""
    _, _, rest = canonical_url(url).partition("://")
    path, mark, query = rest.removeprefix("www.").partition("?")
    return bounded(f"link:{path.removesuffix('/')}{mark}{query}")


def bounded(name: str) -> str:
    """The name, or the beginning and the digest of a longer one than an index of every database takes."""
    if len(name) <= MOST_ID_BYTES // 4 or len(name.encode("utf-8", "surrogatepass")) <= MOST_ID_BYTES:
        return name
    return f"{name[:_SHOWN_OF_ID]}…{digest(name)}"


class Identity(msgspec.Struct, frozen=True):
    """Which article a document is, and which text of it: its id, and the SHA-256 of the original."""

    id: str
    sha256: str


def identify(document: Document) -> Identity:
    """The identity of a document."""
    return Identity(record_id(document), digest(document.text))


def record_id(document: Document) -> str:
    """The input's own id, else the canonical URL, else `sha256:` and the digest of the text."""
    if document.id is not None:
        return document.id
    if document.url is not None:
        return url_id(document.url)
    return text_id(document.text)


def url_id(url: str) -> str:
    """The id of what its URL tells from others."""
    return bounded(canonical_url(url))


def text_id(text: str) -> str:
    """The id of what nothing but its text tells from others."""
    return f"{_OF_TEXT}{digest(text)}"


def is_of_text(record_id: str) -> bool:
    """Whether an id is its text's, so that another text has another."""
    return record_id.startswith(_OF_TEXT)


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _public_suffixes() -> "TLDExtract":
    """The bundled public-suffix list; it is never fetched, nor is a cache written."""
    from tldextract import TLDExtract  # noqa: PLC0415

    return TLDExtract(suffix_list_urls=(), cache_dir=None)
