"""A hostile server: one loopback address, several ports, one path a fault; and a canary that nobody may reach."""

import asyncio
import contextlib
import socket
import ssl
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Self

import trustme

from tests.hostile.http2 import Http2
from tests.hostile.misbehaving import Call, answer
from tests.hostile.proxies import BROKEN, tunnel

HOST = "127.0.0.2"
CANARY = "127.0.0.1"
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Hostile:
    """Runs in a thread of its own from `with` to its end.

    Attributes:
        ports: by name: `http`, `tls`, `http2`, `bad_tls`, `canary`, and `refused`, where nobody listens; of proxies
            `proxy`, which refuses to CONNECT, `tunnel`, `tls_tunnel`, `untrusted_tunnel`, and those of proxies.py.
        connections: how many each port took.
        heads: of every request, as they came, and
        times: when that was.
    """

    def __init__(self) -> None:
        self.ports: dict[str, int] = {}
        self.connections: Counter[str] = Counter()
        self.heads: list[str] = []
        self.times: list[float] = []
        self._authority = authority = trustme.CA()
        self._good = _context(authority, "hostile.test", ["http/1.1"])
        self._http2 = _context(authority, "hostile.test", ["h2", "http/1.1"])
        self._bad = _context(trustme.CA(), "hostile.test", ["http/1.1"])
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._servers: list[asyncio.Server] = []

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def trust(self) -> ssl.SSLContext:
        """The client's."""
        context = ssl.create_default_context()
        self._authority.configure_trust(context)
        return context

    def url(self, path: str, port: str = "http", host: str = "hostile.test") -> str:
        scheme = "http" if port in {"http", "refused", "canary", "proxy"} else "https"
        return f"{scheme}://{host}:{self.ports[port]}{path}"

    async def _listen(self) -> None:
        await self._serve("http", HOST, self._http)
        await self._serve("tls", HOST, self._http, self._good)
        await self._serve("bad_tls", HOST, self._http, self._bad)
        await self._serve("http2", HOST, self._speak_http2, self._http2)
        await self._serve("proxy", HOST, self._http)
        await self._serve("tunnel", HOST, tunnel)
        await self._serve("tls_tunnel", HOST, tunnel, self._good)
        await self._serve("untrusted_tunnel", HOST, tunnel, self._bad)
        for name, talk in BROKEN.items():
            await self._serve(name, HOST, talk)
        await self._serve("canary", CANARY, self._canary)
        with contextlib.suppress(OSError):  # a machine without IPv6 has one way less to the canary
            await self._serve("canary", "::1", self._canary, port=self.ports["canary"])
        with socket.socket() as taken:
            taken.bind((HOST, 0))
            self.ports["refused"] = taken.getsockname()[1]

    async def _serve(
        self, name: str, host: str, talk: Talk, tls: ssl.SSLContext | None = None, port: int = 0
    ) -> None:
        async def counted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self.connections[name] += 1
            try:
                with contextlib.suppress(ConnectionError, ssl.SSLError, asyncio.IncompleteReadError):
                    await talk(reader, writer)
            finally:
                writer.close()

        server = await asyncio.start_server(counted, host, port, ssl=tls)
        self.ports.setdefault(name, server.sockets[0].getsockname()[1])
        self._servers.append(server)

    async def _http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        keep = True
        while keep and (head := await _head(reader)):
            self.heads.append(head)
            self.times.append(time.monotonic())
            keep = await answer(Call(head, writer, self.ports))

    async def _speak_http2(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await Http2(reader, writer).talk()

    async def _canary(self, _reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret")

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _head(reader: asyncio.StreamReader) -> str:
    try:
        first = await reader.readexactly(1)
        if first == b"\x16":  # the beginning of a TLS handshake, at a plain port
            return "GET /status/400 HTTP/1.1\r\n\r\n"
        return (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return ""


def _context(authority: trustme.CA, name: str, protocols: list[str]) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(name).configure_cert(context)
    context.set_alpn_protocols(protocols)
    return context
