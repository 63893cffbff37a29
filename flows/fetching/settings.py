"""What can be set about fetching, with its defaults. docs/fetching.md describes each."""

from typing import Annotated

import msgspec
from msgspec import Meta

Seconds = Annotated[float, Meta(ge=0, le=86_400)]
SomeSeconds = Annotated[float, Meta(gt=0, le=86_400)]
Count = Annotated[int, Meta(ge=1)]


class FetchSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to fetch; the table `[fetch]` of a subscriptions file.

    Attributes:
        contact: an address or page where a publisher reaches whoever runs this; part of the User-Agent.
        user_agent: the whole User-Agent, in place of the one made of name, version and contact.
        delay: seconds between requests to one host, at least.
        longest_delay: the most that a Crawl-delay or Retry-After may make of it; what asks for more is deferred.
        concurrency: hosts that are asked at the same time, at most.
        deadline: seconds for one request with all its redirects, at most; a retry has its own.
        connect_timeout: seconds for a connection to stand.
        most_wire_bytes: of one body as it comes over the wire.
        most_bytes: of one body decoded.
        most_redirects: in one request.
        attempts: how often what may pass is tried.
        robots: whether robots.txt is obeyed.
        http2: whether HTTP/2 is offered.
        proxy: the URL of a proxy for all requests; the environment's proxies are never used.
        allow_private: private addresses or networks that may be reached: `127.0.0.0/8`, `10.1.2.3`.
    """

    contact: str | None = None
    user_agent: str | None = None
    delay: Seconds = 1.0
    longest_delay: Seconds = 60.0
    concurrency: Count = 64
    deadline: SomeSeconds = 30.0
    connect_timeout: SomeSeconds = 10.0
    most_wire_bytes: Count = 20_000_000
    most_bytes: Count = 50_000_000
    most_redirects: Annotated[int, Meta(ge=0)] = 5
    attempts: Count = 3
    robots: bool = True
    http2: bool = True
    proxy: str | None = None
    allow_private: tuple[str, ...] = ()
