"""One question and its answer over a connection that the guard opened or that is kept.

httpx2's client is left out: it would keep cookies, read the environment, follow redirects and unpack bodies. What is
used of it are its URL, its messages and the place where a transport goes.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, suppress
from ssl import SSLContext

import httpcore2
import httpx2

from flows.fetching.addresses import literal_address, parse_allowed
from flows.fetching.causes import fault_of
from flows.fetching.faults import FaultError
from flows.fetching.guard import Guard, Resolve
from flows.fetching.meter import CURRENT
from flows.fetching.proxies import proxy_of
from flows.fetching.results import Reason
from flows.fetching.settings import FetchSettings

Trust = Callable[[], SSLContext]
"""Makes a context that knows the authorities."""

_KEPT_SECONDS = 60.0  # an idle connection; longer than the delay between two requests to a host


def system_trust() -> SSLContext:
    """The system's authorities, whatever the environment says."""
    return httpx2.create_ssl_context(trust_env=False)


class Transport(httpx2.AsyncBaseTransport):
    """A pool of guarded connections, straight or through a proxy.

    Raises:
        CleancopyError: if `proxy` or `allow_private` cannot be used.
    """

    def __init__(self, settings: FetchSettings, resolve: Resolve, trust: Trust) -> None:
        proxy = None if settings.proxy is None else proxy_of(settings.proxy)
        self._proxied = proxy is not None
        self._guard = Guard(parse_allowed(settings.allow_private), resolve, proxy.url.scheme if proxy else None)
        self._pool = _pool(settings, self._guard, proxy, trust)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request; the answer's body is still to be read, and to be closed.

        Raises:
            FaultError: for all that a server or network does.
        """
        meter = CURRENT.get()
        if self._proxied:
            self._check_spelled_out(request.url.host)
            if meter is not None:  # it alone is spoken to; https has a tunnel, and is past the proxy if that is kept
                meter.at_proxy = request.url.scheme == "http"
        question = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            extensions=request.extensions,
        )
        try:
            answer = await self._ask(question)
        except FaultError as fault:
            # Too many headers are passed on by a proxy, not made by it.
            if meter is not None and meter.at_proxy and fault.reason is not Reason.TOO_LARGE:
                raise FaultError(Reason.PROXY, fault.detail) from fault
            raise
        if meter is not None:
            meter.head_is_over()
        body = Body(answer)
        return httpx2.Response(answer.status, headers=answer.headers, stream=body, extensions=answer.extensions)

    async def _ask(self, question: httpcore2.Request) -> httpcore2.Response:
        try:
            return await self._pool.handle_async_request(question)
        except BaseException as error:
            # httpcore2 leaves an HTTP/2 connection open on which an answer is still to come.
            if (meter := CURRENT.get()) is not None and meter.stream is not None:
                await _close(meter.stream)
            # What httpcore2 and h2 raise on a broken peer has no common class: a bad :status alone is a ValueError.
            if isinstance(error, Exception) and not isinstance(error, FaultError):
                raise fault_of(error, meter, in_body=False) from error
            raise

    def _check_spelled_out(self, host: str) -> None:
        """A proxy resolves names itself; but what needs no resolving is known here."""
        name = host.removesuffix(".")
        if name == "localhost" or name.endswith(".localhost"):
            raise FaultError(Reason.FORBIDDEN_ADDRESS, f"{host} is the proxy's own machine")
        address = literal_address(host)
        if address is not None:
            self._guard.check(host, address)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


class Body(httpx2.AsyncByteStream):
    """The bytes of a body, still encoded."""

    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer
        self._whole = False

    def __aiter__(self) -> AsyncIterator[bytes]:
        """The same as `pieces`."""
        return self.pieces()

    async def pieces(self) -> AsyncGenerator[bytes]:
        """The body in the pieces in which it comes.

        Raises:
            FaultError: for all that a server or network does.
        """
        try:
            async with aclosing(self._answer.aiter_stream()) as pieces:
                async for piece in pieces:
                    yield piece
            self._whole = True
        except FaultError:
            raise
        except Exception as error:
            raise fault_of(error, CURRENT.get(), in_body=True) from error

    async def aclose(self) -> None:
        """Give the connection back if the whole body was read, else close it."""
        if not self._whole and self._answer.extensions.get("http_version") == b"HTTP/2":
            # httpcore2 would go on with it while the rest of the body still comes.
            await _close(self._answer.extensions["network_stream"])
        await _close(self._answer)


async def _close(what: httpcore2.AsyncNetworkStream | httpcore2.Response) -> None:
    """Close what may be broken already."""
    with suppress(Exception):
        await what.aclose()


def _pool(
    settings: FetchSettings, guard: Guard, proxy: httpx2.Proxy | None, trust: Trust
) -> httpcore2.AsyncConnectionPool:
    if proxy is None:
        return httpcore2.AsyncConnectionPool(
            ssl_context=trust(),
            max_connections=None,
            max_keepalive_connections=settings.concurrency,
            keepalive_expiry=_KEPT_SECONDS,
            http2=settings.http2,
            network_backend=guard,
        )
    return httpcore2.AsyncHTTPProxy(
        proxy_url=httpcore2.URL(
            scheme=proxy.url.raw_scheme, host=proxy.url.raw_host, port=proxy.url.port, target=proxy.url.raw_path
        ),
        proxy_auth=proxy.raw_auth,
        # Not the other context: each connection sets the protocols it offers on its own.
        proxy_ssl_context=trust() if proxy.url.scheme == "https" else None,
        ssl_context=trust(),
        max_connections=None,
        max_keepalive_connections=settings.concurrency,
        keepalive_expiry=_KEPT_SECONDS,
        http2=settings.http2,
        network_backend=guard,
    )
