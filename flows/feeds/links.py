"""Links as feeds write them, made absolute or refused."""

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

import msgspec

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_LONGEST = 8192
_LONGEST_SHOWN = 200


class Chosen(msgspec.Struct, frozen=True):
    """The link of an entry, or one that was offered and cannot be asked."""

    url: str | None = None
    refused: str | None = None


def chosen(offered: Iterable[str | None], bases: tuple[str, ...]) -> Chosen:
    """The first of the links that is an http or https URL; where none is, what was wrong."""
    refused: str | None = None
    for raw in offered:
        if not raw or not raw.strip():
            continue
        url = absolute(raw, bases)
        if url is not None:
            return Chosen(url)
        if refused is None and (bases or _SCHEME.match(raw.strip())):
            refused = raw.strip()[:_LONGEST_SHOWN]
    return Chosen(None, refused)


def absolute(raw: str, bases: tuple[str, ...] = ()) -> str | None:
    """A link as an absolute http or https URL with a host, read from the first base; None where it is none."""
    link = re.sub(r"[\t\r\n]+", "", raw.strip())
    if link.lower().startswith("feed:"):
        link = re.sub(r"^feed:(?://)?(?=https?:)", "", link, flags=re.IGNORECASE)
        link = re.sub(r"^feed:", "http:", link, flags=re.IGNORECASE)
    if link.lower().startswith("www."):
        link = f"http://{link}"
    if not link or len(link) > _LONGEST:
        return None
    try:
        if not _SCHEME.match(link):
            link = _joined(link, bases)
        parts = urlsplit(link)
    except ValueError:  # `http://[`, and what urllib does not take for a host
        return None
    return link if parts.scheme in {"http", "https"} and parts.hostname else None


def _joined(link: str, bases: tuple[str, ...]) -> str:
    if bases:
        return urljoin(bases[0], link)
    return f"https:{link}" if link.startswith("//") else ""
