"""One question and its answer, read whole within its limits."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import cast

import httpx2
import msgspec

from flows.fetching.decoding import Decoder
from flows.fetching.faults import FaultError
from flows.fetching.headers import Headers, content_length, every, read_headers
from flows.fetching.meter import CURRENT
from flows.fetching.results import Reason
from flows.fetching.settings import FetchSettings
from flows.fetching.transport import Body, Transport

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


async def reply_to(
    url: httpx2.URL, headers: dict[str, str], *, transport: Transport, settings: FetchSettings
) -> Reply:
    """Ask, and read the answer.

    Raises:
        FaultError: for all that a server or network does.
    """
    extensions = {"timeout": {"connect": settings.connect_timeout}}
    sendable = httpx2.Headers(headers, encoding="latin-1")  # as they are read: an ETag may have such letters
    response = await transport.handle_async_request(
        httpx2.Request("GET", url, headers=sendable, extensions=extensions)
    )
    try:
        _refuse_stale(response)
        reply = Reply(status=response.status_code, headers=read_headers(response.headers.raw))
        if reply.status not in _SUCCESS:
            await _drain(response)
            return reply
        return msgspec.structs.replace(reply, content=await _content(response, reply, settings))
    finally:
        await response.aclose()


async def _content(response: httpx2.Response, reply: Reply, settings: FetchSettings) -> bytes:
    """The body, decoded; its limits hold before it is in memory."""
    most = settings.most_wire_bytes
    if (content_length(reply.headers) or 0) > most:
        raise FaultError(Reason.TOO_LARGE, f"a body of more than {most} bytes is announced", status=reply.status)
    try:
        decoder = Decoder(every(reply.headers, "content-encoding"), settings.most_bytes)
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
