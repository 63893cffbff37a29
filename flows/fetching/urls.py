"""URLs that may be asked: http or https, a host, and nobody's password."""

import re

import httpx2

from flows.fetching.faults import FaultError
from flows.fetching.results import Reason

_MOST_CHARACTERS = 8192
_HIGHEST_PORT = 65_535
# Letters, digits, hyphens and underscores between dots; or an IPv6 address without a zone.
_HOST = re.compile(r"[a-z0-9_.-]+|[0-9a-f:.]+", re.ASCII)


def checked_url(text: str, base: httpx2.URL | None = None) -> httpx2.URL:
    """A URL as it will be asked, without its fragment; a relative one is read from its base.

    Raises:
        FaultError: BAD_URL, with what is wrong.
    """
    if len(text) > _MOST_CHARACTERS:
        raise FaultError(Reason.BAD_URL, f"{len(text)} characters")
    try:
        url = httpx2.URL(text.strip()) if base is None else base.join(text.strip())
        # Parsed again: only then is the port of a scheme in capitals known as the default.
        url = httpx2.URL(str(url)).copy_with(fragment=None)
    # It joins by `urllib`, which raises ValueErrors of its own.
    except (httpx2.InvalidURL, ValueError) as error:
        raise FaultError(Reason.BAD_URL, f"{text}: {error}") from error
    wrong = _wrong(url)
    if wrong is not None:
        raise FaultError(Reason.BAD_URL, f"{url.copy_with(userinfo=b'') if url.host else text}: {wrong}")
    return url


def _wrong(url: httpx2.URL) -> str | None:
    if url.scheme not in {"http", "https"}:
        return "neither http nor https"
    if url.userinfo:
        return "a user or password"
    if not _HOST.fullmatch(url.raw_host.decode("ascii")):
        return "no host" if not url.host else "not a host's name"
    if url.port is not None and not 0 < url.port <= _HIGHEST_PORT:
        return "no such port"
    return None
