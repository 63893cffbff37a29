"""A proxy's URL, judged once: when settings are checked, and for those who come without that."""

import httpx2

from cleaners.errors import CleancopyError
from flows.fetching.urls import PORTS, wrong_host


def proxy_of(text: str) -> httpx2.Proxy:
    """A proxy that speaks HTTP, with its user and password if it has them.

    Raises:
        CleancopyError: it is not that; the message does not repeat it, for it may hold a password.
    """
    try:
        url = httpx2.URL(text)
    except (httpx2.InvalidURL, ValueError):
        wrong: str | None = "malformed"
    else:
        wrong = _wrong(text, url)
    if wrong is not None:
        raise CleancopyError(
            f"fetch settings: proxy: not a URL of the form http://host:port or https://host:port ({wrong})"
        )
    return httpx2.Proxy(url)


def _wrong(text: str, url: httpx2.URL) -> str | None:
    if any(map(str.isspace, text)):
        return "a blank in it"
    if url.scheme not in PORTS:
        return "neither http nor https"
    if "#" in text or url.raw_path != b"/":
        return "more than host and port"
    return wrong_host(url)
