"""The headers of a request, and what those of an answer say."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version

from cleaners.errors import CleancopyError
from flows.fetching.decoding import ACCEPT_ENCODING
from flows.fetching.results import Request
from flows.fetching.settings import FetchSettings

Headers = tuple[tuple[str, str], ...]

LONGEST_RETRY_AFTER = 7 * 24 * 3600.0
"""Seconds: a server that asks for more is asked again after a week."""

_SENDABLE = re.compile(r"[\x21-\x7e\xa0-\xff](?:[\x20-\x7e\xa0-\xff]*[\x21-\x7e\xa0-\xff])?")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]+")


def user_agent(settings: FetchSettings) -> str:
    """What every request says of who sends it: `cleancopy/0.1.0 (+https://example.org/contact)`.

    Raises:
        CleancopyError: if a header cannot carry it.
    """
    contact = f" (+{settings.contact})" if settings.contact else ""
    agent = settings.user_agent or f"cleancopy/{version('cleancopy')}{contact}"
    if not (agent.isascii() and _SENDABLE.fullmatch(agent)):
        raise CleancopyError(f"fetch settings: contact or user_agent: {agent!r} cannot be sent as a header")
    return agent


def request_headers(request: Request, agent: str) -> dict[str, str]:
    """What is sent with every hop; in place of an `accept` that no header can carry, that anything will do."""
    accept = request.accept if _SENDABLE.fullmatch(request.accept) else "*/*"
    return {"User-Agent": agent, "Accept": accept, "Accept-Encoding": ACCEPT_ENCODING}


def conditions(request: Request) -> dict[str, str]:
    """What makes a server say 304; a validator that no header can carry is left out."""
    pairs = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return {name: value for name, value in pairs.items() if value and _SENDABLE.fullmatch(value)}


def read_headers(raw: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Names in small letters and values without control characters, in their order; read as Latin-1."""
    return tuple(
        (name.decode("latin-1").lower(), _UNPRINTABLE.sub(" ", value.decode("latin-1")).strip())
        for name, value in raw
    )


def first(headers: Headers, name: str) -> str | None:
    """The first header of a name in small letters."""
    return next((value for key, value in headers if key == name), None)


def every(headers: Headers, name: str) -> str:
    """All headers of a name in small letters, as one list."""
    return ", ".join(value for key, value in headers if key == name)


def content_length(headers: Headers) -> int | None:
    """The length that is said, if it is said well; the parsers below have refused contradictions."""
    text = first(headers, "content-length") or ""
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else None


def retry_after(headers: Headers) -> float | None:
    """Seconds to wait, from now: 0 for a date that is past, a week at most; None for what cannot be read."""
    text = first(headers, "retry-after") or ""
    if re.fullmatch(r"[0-9]{1,18}", text):
        return min(float(text), LONGEST_RETRY_AFTER)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    seconds = (at - datetime.now(UTC)).total_seconds()
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER)
