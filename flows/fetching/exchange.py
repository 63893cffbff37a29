"""One attempt of one request, with all its redirects: whatever a server does, one of three outcomes."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from ssl import SSLContext
from types import TracebackType
from typing import Self, cast

import httpx2
import msgspec

from flows.fetching.decoding import Decoder
from flows.fetching.faults import FaultError
from flows.fetching.guard import Resolve, system_resolve
from flows.fetching.headers import (
    Headers,
    conditions,
    content_length,
    every,
    first,
    read_headers,
    request_headers,
    user_agent,
)
from flows.fetching.meter import CURRENT, Meter
from flows.fetching.outcomes import outcome_of
from flows.fetching.redirects import REDIRECTS, Trail
from flows.fetching.results import Failed, Outcome, Reason, Request
from flows.fetching.settings import FetchSettings
from flows.fetching.transport import Body, Transport
from flows.fetching.urls import checked_url

BeforeHop = Callable[[str], Awaitable[Failed | None]]

_SUCCESS = range(200, 300)
_MOST_DRAINED = 16 * 1024  # bytes of a body nobody reads, and
_DRAIN_SECONDS = 0.5  # time: worth a connection that is kept


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one hop.

    Attributes:
        status: as it came.
        headers: names in small letters, in their order.
        content: decoded; empty where the status says that it is no success.
    """

    status: int
    headers: Headers
    content: bytes = b""


class Exchange:
    """Asks, follows redirects, and keeps connections for the next time.

    Args:
        settings: limits, proxy, and private addresses that may be reached.
        resolve: the addresses of a host, for a port.
        ssl_context: in place of the system's authorities.

    Raises:
        CleancopyError: if the settings cannot be used.
    """

    def __init__(
        self, settings: FetchSettings, *, resolve: Resolve = system_resolve, ssl_context: SSLContext | None = None
    ) -> None:
        self._settings = settings
        self._agent = user_agent(settings)
        self._transport = Transport(settings, resolve, ssl_context)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._transport.aclose()

    async def attempt(self, request: Request, *, before_hop: BeforeHop | None = None) -> Outcome:
        """Ask once. Only cancellation, and what `before_hop` raises, comes out as an exception.

        Args:
            request: what to fetch.
            before_hop: is asked before a redirect is followed, with its URL; what fails there is the outcome. Its
                time does not count against the deadline.
        """
        asked = request.url
        trail: Trail | None = None
        try:
            trail = Trail(checked_url(asked), self._settings.most_redirects)
            return await self._within_deadline(request, trail, before_hop)
        except FaultError as fault:
            return Failed(
                request=request,
                url=str(trail.url) if trail else asked,
                reason=fault.reason,
                detail=fault.detail,
                status=fault.status,
                retry_after=fault.retry_after,
            )

    async def _within_deadline(self, request: Request, trail: Trail, before_hop: BeforeHop | None) -> Outcome:
        clock = asyncio.timeout(self._settings.deadline)
        try:
            async with clock:
                return await self._travel(request, trail, _paused(before_hop, clock))
        except TimeoutError:
            # Another's TimeoutError, out of `before_hop`, is not this deadline's.
            if not clock.expired():
                raise
            raise FaultError(Reason.DEADLINE, f"not done within {self._settings.deadline:g} s") from None

    async def _travel(self, request: Request, trail: Trail, before_hop: BeforeHop) -> Outcome:
        """Hop by hop, to the answer that is no redirect."""
        while True:
            conditional = conditions(request) if trail.on_first_host else {}
            reply = await self.hop(trail.url, request_headers(request, self._agent) | conditional)
            if reply.status not in REDIRECTS:
                return outcome_of(
                    request, trail, reply.status, reply.headers, reply.content, asked_if=bool(conditional)
                )
            trail.follow(reply.status, first(reply.headers, "location"))
            if (refused := await before_hop(str(trail.url))) is not None:
                return refused

    async def hop(self, url: httpx2.URL, headers: dict[str, str]) -> Reply:
        """One question and its answer.

        Raises:
            FaultError: for all that a server or network does.
        """
        meter = Meter(self._settings.most_wire_bytes)
        token = CURRENT.set(meter)
        try:
            return await self._ask(url, headers)
        except FaultError as fault:
            # A kept connection may have been closed, or spoiled, in the meantime: that says nothing of the server.
            if meter.connected or meter.received or fault.reason not in {Reason.CONNECTION_LOST, Reason.NOT_HTTP}:
                raise
            CURRENT.set(Meter(self._settings.most_wire_bytes))
            return await self._ask(url, headers)
        finally:
            CURRENT.reset(token)

    async def _ask(self, url: httpx2.URL, headers: dict[str, str]) -> Reply:
        extensions = {"timeout": {"connect": self._settings.connect_timeout}}
        sendable = httpx2.Headers(headers, encoding="latin-1")  # as they are read: an ETag may have such letters
        response = await self._transport.handle_async_request(
            httpx2.Request("GET", url, headers=sendable, extensions=extensions)
        )
        try:
            _refuse_stale(response)
            reply = Reply(status=response.status_code, headers=read_headers(response.headers.raw))
            if reply.status not in _SUCCESS:
                await _drain(response)
                return reply
            return msgspec.structs.replace(reply, content=await self._content(response, reply))
        finally:
            await response.aclose()

    async def _content(self, response: httpx2.Response, reply: Reply) -> bytes:
        """The body, decoded; its limits hold before it is in memory."""
        most = self._settings.most_wire_bytes
        if (content_length(reply.headers) or 0) > most:
            raise FaultError(Reason.TOO_LARGE, f"a body of more than {most} bytes is announced", status=reply.status)
        try:
            decoder = Decoder(every(reply.headers, "content-encoding"), self._settings.most_bytes)
            async with aclosing(_pieces(response, most)) as pieces:
                async for piece in pieces:
                    for _ in decoder.feed(piece):
                        await asyncio.sleep(0)
            return decoder.finish()
        except FaultError as fault:
            fault.status = reply.status
            raise


def _refuse_stale(response: httpx2.Response) -> None:
    """An HTTP/1.1 answer that was there before its question is the rest of another: a body longer than its length."""
    meter = CURRENT.get()
    if meter is not None and not meter.received and response.extensions.get("http_version") != b"HTTP/2":
        raise FaultError(Reason.NOT_HTTP, "an answer came before its question")


async def _drain(response: httpx2.Response) -> None:
    """Read what little body there may be, so that its connection can be kept; nothing depends on it."""
    try:
        async with asyncio.timeout(_DRAIN_SECONDS), aclosing(_pieces(response, _MOST_DRAINED)) as pieces:
            async for _ in pieces:
                pass
    except (FaultError, TimeoutError):
        return


async def _pieces(response: httpx2.Response, most: int) -> AsyncGenerator[bytes]:
    """A body as it comes, up to a number of bytes."""
    received = 0
    async with aclosing(cast("Body", response.stream).pieces()) as pieces:
        async for piece in pieces:
            received += len(piece)
            if received > most:
                raise FaultError(Reason.TOO_LARGE, f"a body of more than {most} bytes")
            yield piece


def _paused(before_hop: BeforeHop | None, clock: asyncio.Timeout) -> BeforeHop:
    """The caller's check with the deadline's clock stopped: waiting for a host's turn is not that host's slowness."""

    async def paused(url: str) -> Failed | None:
        if before_hop is None:
            return None
        loop = asyncio.get_running_loop()
        left = (clock.when() or loop.time()) - loop.time()
        clock.reschedule(None)
        refused = await before_hop(url)
        clock.reschedule(loop.time() + left)
        return refused

    return paused
