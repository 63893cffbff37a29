"""URLs that may be asked: http or https, a host, and nobody's password; each in one spelling.

What is asked is what was judged: the host's pauses, its robots.txt and the wire see the same URL.
"""

import re

import httpx2

from flows.fetching.addresses import literal_address
from flows.fetching.faults import FaultError
from flows.fetching.results import Reason

PORTS = {"http": 80, "https": 443}

_MOST_CHARACTERS = 8192
_HIGHEST_PORT = 65_535
# Labels of letters, digits, hyphens and underscores, with a dot at the end or not; or an IPv6 address without a zone.
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*", re.ASCII)
# RFC 3986, section 2.3: escaped or not, these mean the same.
_UNRESERVED = re.compile(r"%(2[DE]|3\d|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE])", re.ASCII | re.IGNORECASE)
_DOTS_AT_THE_END = ("/.", "/..")


def checked_url(text: str, base: httpx2.URL | None = None) -> httpx2.URL:
    """A URL as it will be asked, without its fragment; a relative one is read from its base.

    Raises:
        FaultError: BAD_URL, with what is wrong.
    """
    if len(text) > _MOST_CHARACTERS:
        raise FaultError(Reason.BAD_URL, f"{len(text)} characters")
    try:
        url = httpx2.URL(text.strip()) if base is None else base.join(text.strip())
        wrong = _wrong(url)
        if wrong is None:
            return _canonical(url)
    # It joins by `urllib`, which raises ValueErrors of its own.
    except (httpx2.InvalidURL, ValueError) as error:
        raise FaultError(Reason.BAD_URL, "malformed" if "@" in text else f"{text}: {error}") from error
    # Before an @ may be a password.
    shown = text if "@" not in text else str(url.copy_with(userinfo=b"")) if url.userinfo and url.host else ""
    raise FaultError(Reason.BAD_URL, f"{shown}: {wrong}" if shown else wrong)


def wrong_host(url: httpx2.URL) -> str | None:
    """What is wrong with a URL's host and port, if anything is."""
    if not _HOST.fullmatch(url.raw_host.decode("ascii")):
        return "no host" if not url.host else "not a host's name"
    if url.port is not None and not 0 < url.port <= _HIGHEST_PORT:
        return "no such port"
    return None


def _wrong(url: httpx2.URL) -> str | None:
    if url.scheme not in PORTS:
        return "neither http nor https"
    return "a user or password" if url.userinfo else wrong_host(url)


def _canonical(url: httpx2.URL) -> httpx2.URL:
    """The one spelling of a URL; whatever differs is made anew, which takes longer than to see that nothing does."""
    changes: dict[str, str | bytes | None] = {}
    written = url.raw_host.decode("ascii")
    if (host := _canonical_host(written)) != written:
        changes["host"] = host
    if url.port == PORTS[url.scheme]:  # kept by httpx2 if the scheme is in capitals
        changes["port"] = None
    if "#" in str(url):
        changes["fragment"] = None
    raw = url.raw_path.decode("ascii")
    if (path := _canonical_path(raw)) != raw:
        changes["raw_path"] = path.encode("ascii")
    return url.copy_with(**changes) if changes else url


def _canonical_host(host: str) -> str:
    """A name without the dot at its end; an address (`127.2`, `0x7f.2`, `::ffff:127.0.0.2`) as all write it."""
    address = literal_address(host)
    if address is None:
        return host.removesuffix(".")
    return str(getattr(address, "ipv4_mapped", None) or address)


def _canonical_path(raw: str) -> str:
    """Letters, digits and dots are not escaped; httpx2 then takes the dot segments out.

    The query stays as it is: no dots in it lead anywhere, and some servers have signed it.
    """
    path, mark, query = raw.partition("?")
    plain = _UNRESERVED.sub(lambda escaped: chr(int(escaped[1], 16)), path)
    if plain.endswith(_DOTS_AT_THE_END) and plain != path:  # httpx2 would take the slash before them, too
        plain += "/"
    return plain + mark + query
