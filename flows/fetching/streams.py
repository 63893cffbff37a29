"""Connections that are watched below HTTP."""

import ssl
from typing import Any

import httpcore2

from flows.fetching.faults import FaultError
from flows.fetching.meter import CURRENT
from flows.fetching.results import Reason

_HTTP1_BEGINS = b"HTTP/"


class GuardedStream(httpcore2.AsyncNetworkStream):
    """A connection whose bytes are counted, and whose first bytes must be HTTP's.

    Args:
        stream: the connection.
        proxy: the scheme of the proxy at its other end, if no tunnel leads through it yet.
    """

    def __init__(self, stream: httpcore2.AsyncNetworkStream, proxy: str | None) -> None:
        self._stream = stream
        self._proxy = proxy
        self._begun = b""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        """What comes next; nothing at the end."""
        meter = CURRENT.get()
        if meter is not None:
            meter.stream = self
        data = await self._stream.read(max_bytes, timeout)
        if meter is not None:
            meter.count(data)
        if data and len(self._begun) < len(_HTTP1_BEGINS):
            self._check_beginning(data)
        return data

    def _check_beginning(self, data: bytes) -> None:
        """A parser of HTTP waits for the end of the headers; a mail server's greeting has none."""
        self._begun = (self._begun + data)[: len(_HTTP1_BEGINS)]
        if not self._is_http2() and not _HTTP1_BEGINS.startswith(self._begun):
            raise FaultError(Reason.NOT_HTTP, f"the reply begins with {self._begun!r}")

    def _is_http2(self) -> bool:
        tls = self.get_extra_info("ssl_object")
        return tls is not None and tls.selected_alpn_protocol() == "h2"

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Send."""
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore2.AsyncNetworkStream:
        """The same connection under TLS: with an https proxy, or with the host at the end of a tunnel."""
        with_proxy = self._proxy == "https" and self.get_extra_info("ssl_object") is None
        if (meter := CURRENT.get()) is not None:
            meter.at_proxy = with_proxy
        try:
            stream = await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except httpcore2.ConnectError as error:
            cause = error.args[0] if error.args else error
            if isinstance(cause, ssl.SSLError):
                raise FaultError(Reason.TLS, f"{server_hostname}: {cause}") from error
            raise FaultError(Reason.CONNECTION_LOST, f"{server_hostname} hung up during the TLS handshake") from error
        return GuardedStream(stream, self._proxy if with_proxy else None)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore2's interface
        """What the connection knows."""
        return self._stream.get_extra_info(info)
