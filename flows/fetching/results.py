"""What is asked of the network, and what comes of it: one of three outcomes, never an exception."""

import re
from enum import StrEnum

import msgspec

_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([\w.:-]+)""", re.ASCII | re.IGNORECASE)


class Reason(StrEnum):
    """Why a fetch failed; each failure has exactly one. Each is described in docs/fetching.md.

    Attributes:
        BAD_ENCODING: the body is not what its Content-Encoding says, or that is unknown, or names more than three.
        BAD_URL: asked for or redirected to: not http or https, a user or password, no host; or no Location at all.
        CIRCUIT_OPEN: the host failed too often, and is left alone for a while.
        CLIENT_ERROR: status 400 to 499 (but 410 and 429), or 300, 305, 306.
        CONNECTION_LOST: reset or closed before the headers came, or reset in the body; a stream reset in HTTP/2.
        DEADLINE: the whole attempt, or the connection alone, took longer than it may.
        DEFERRED: status 429, or 5xx with a Retry-After; `retry_after` has the seconds, a week at most.
        DNS: the host has no address.
        FORBIDDEN_ADDRESS: one of the host's addresses is not the public internet's, and not allowed.
        GONE: status 410.
        NOT_HTTP: what came is not HTTP, or breaks its rules.
        PROXY: the proxy cannot be reached, refuses, or gives no answer of a host's.
        REDIRECT_LOOP: back to a URL that was asked already, or more redirects than may be.
        REFUSED: no connection to any of the host's addresses.
        ROBOTS: robots.txt says no.
        SERVER_ERROR: status 500 and more, or a 304 to a request without conditions.
        TLS: the certificate or the handshake is bad.
        TOO_LARGE: body, headers or interim answers are more than may be, on the wire or unpacked.
        TRUNCATED: the body is shorter than its length, chunks or encoding say, or a part that was not asked for.
    """

    BAD_ENCODING = "bad_encoding"
    BAD_URL = "bad_url"
    CIRCUIT_OPEN = "circuit_open"
    CLIENT_ERROR = "client_error"
    CONNECTION_LOST = "connection_lost"
    DEADLINE = "deadline"
    DEFERRED = "deferred"
    DNS = "dns"
    FORBIDDEN_ADDRESS = "forbidden_address"
    GONE = "gone"
    NOT_HTTP = "not_http"
    PROXY = "proxy"
    REDIRECT_LOOP = "redirect_loop"
    REFUSED = "refused"
    ROBOTS = "robots"
    SERVER_ERROR = "server_error"
    TLS = "tls"
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What to fetch.

    Attributes:
        url: http or https, without user and password.
        etag: of the copy at hand, as its server gave it.
        last_modified: of the copy at hand, as its server gave it.
        accept: media types wanted.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    accept: str = "*/*"


class _Answered(msgspec.Struct, frozen=True, kw_only=True):
    """What every outcome says.

    Attributes:
        request: what was asked for.
        url: the last URL asked, after redirects.
        moved_to: where the article or feed lives from now on, if permanent redirects alone lead there; else None.
        attempts: how many requests went out for it: the first, each redirect's, each retry's, and the second where a
            kept connection was dead. One that found no connection counts; what was refused here does not.
    """

    request: Request
    url: str
    moved_to: str | None = None
    attempts: int = 1


class Fetched(_Answered, frozen=True, kw_only=True):
    """A whole body.

    Attributes:
        status: 200 to 299.
        headers: names in small letters, in the order in which they came.
        content: decoded from its content encodings; its charset is the reader's affair.
        etag: for the next time.
        last_modified: for the next time.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes
    etag: str | None = None
    last_modified: str | None = None

    def header(self, name: str) -> str | None:
        """The first header of a name in small letters."""
        return next((value for key, value in self.headers if key == name), None)

    @property
    def charset(self) -> str | None:
        """What the server calls the body's encoding."""
        found = _CHARSET.search(self.header("content-type") or "")
        return found[1] if found else None


class Unchanged(_Answered, frozen=True, kw_only=True):
    """The copy at hand is still right (304)."""

    headers: tuple[tuple[str, str], ...] = ()


class Failed(_Answered, frozen=True, kw_only=True):
    """Nothing came, or nothing that may be used.

    Attributes:
        reason: the one reason.
        detail: one line for a person.
        status: of the last answer, if one came.
        retry_after: seconds after which the server or its open circuit may be asked again, if that is known.
        caused_by: the URL whose host used up the time, where that is not the last one asked.
    """

    reason: Reason
    detail: str
    status: int | None = None
    retry_after: float | None = None
    caused_by: str | None = None


Outcome = Fetched | Unchanged | Failed
