"""Who a document is: registrable domains, canonical URLs, stable ids."""

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from cleaners.document import Document

if TYPE_CHECKING:
    from tldextract import TLDExtract


def registrable_domain(url_or_host: str) -> str | None:
    """`bbc.co.uk` for `https://www.bbc.co.uk/news`; None where no public suffix is recognised."""
    return _public_suffixes()(url_or_host).top_domain_under_public_suffix.lower() or None


def canonical_url(url: str) -> str:
    """The URL without tracking parameters and fragment; as it was given where it cannot be read."""
    # Imported late: documents without a URL are many, and the import costs as much as cleaning a hundred of them.
    from courlan import clean_url  # noqa: PLC0415

    try:
        return clean_url(url) or url
    except ValueError:
        return url


def record_id(document: Document) -> str:
    """The input's own id, else the canonical URL, else `sha256:` and the digest of the text."""
    if document.id is not None:
        return document.id
    if document.url is not None:
        return canonical_url(document.url)
    return f"sha256:{digest(document.text)}"


def digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _public_suffixes() -> "TLDExtract":
    """The bundled public-suffix list; it is never fetched, nor is a cache written."""
    from tldextract import TLDExtract  # noqa: PLC0415

    return TLDExtract(suffix_list_urls=(), cache_dir=None)
