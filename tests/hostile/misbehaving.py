"""The paths of the hostile server over HTTP/1.1, a fault each."""

import asyncio
import gzip
import socket
import struct
from collections.abc import Awaitable, Callable
from functools import cache
from urllib.parse import unquote

import brotli
from backports import zstd

MEGABYTE = 1 << 20
BOMB_BYTES = 256 * MEGABYTE


class Call:
    """A request and the way to answer it."""

    def __init__(self, head: str, writer: asyncio.StreamWriter, ports: dict[str, int]) -> None:
        first, *lines = head.split("\r\n")
        self.method, self.target, _ = first.split(" ", 2)
        self.headers = {
            name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)
        }
        self.ports = ports
        self._writer = writer

    async def send(self, data: bytes | str) -> None:
        self._writer.write(data if isinstance(data, bytes) else data.encode("latin-1"))
        await self._writer.drain()
        await asyncio.sleep(0)  # a drain alone does not give way to the loss of the connection
        if self._writer.transport.is_closing():
            raise ConnectionResetError

    async def reply(self, body: bytes, *, status: str = "200 OK", headers: str = "") -> bool:
        await self.send(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body)
        return True

    def reset(self) -> None:
        sock = self._writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()

    async def drip(self, data: str, seconds: float = 0.1) -> None:
        for char in data:
            await self.send(char)
            await asyncio.sleep(seconds)


async def answer(call: Call) -> bool:
    """Answer a call; gives whether the connection is kept."""
    if call.method == "CONNECT":
        return await call.reply(b"", status="403 Not\tfor you")
    if call.target.startswith("http://"):
        return await call.reply(b"by proxy: " + call.target.encode())
    name, _, rest = call.target[1:].partition("/")
    return bool(await PATHS[name](call, rest))


async def slow_headers(call: Call, _rest: str) -> None:
    await call.send("HTTP/1.1 200 OK\r\n")
    await call.drip("X-Slow: " + "a" * 500)


async def slow_body(call: Call, _rest: str) -> None:
    await call.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    await call.drip("a" * 1000)


async def reset(call: Call, rest: str) -> None:
    if rest == "body":
        await call.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc")
        await asyncio.sleep(0.05)
    call.reset()


async def short_chunked(call: Call, _rest: str) -> None:
    await call.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")


async def bad_chunk(call: Call, _rest: str) -> None:
    await call.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzzz\r\n")


async def short_body(call: Call, _rest: str) -> None:
    await call.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello")


async def long_body(call: Call, _rest: str) -> bool:
    await call.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more than was said")
    return True


async def smuggled(call: Call, _rest: str) -> bool:
    """What is too much is an answer itself, to a question that is asked later."""
    await call.send(
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong"
    )
    return True


async def endless(call: Call, rest: str) -> None:
    await call.send("HTTP/1.1 200 OK\r\n" + ("Transfer-Encoding: chunked\r\n\r\n" if rest == "chunked" else "\r\n"))
    while True:
        await call.send((b"10000\r\n" + b"a" * 65536 + b"\r\n") if rest == "chunked" else b"a" * 65536)


async def announced(call: Call, _rest: str) -> None:
    await call.send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")


async def header_flood(call: Call, _rest: str) -> None:
    await call.send("HTTP/1.1 200 OK\r\n")
    while True:
        await call.send("X-Flood: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n" * 100)


async def flood_103(call: Call, _rest: str) -> None:
    while True:
        await call.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" * 100)


async def few_103(call: Call, _rest: str) -> bool:
    await call.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" * 3)
    return await call.reply(b"after hints")


async def raw(call: Call, rest: str) -> None:
    """The bytes in the path; then nothing, for a while."""
    await call.send(unquote(rest, encoding="latin-1"))
    await asyncio.sleep(5)


async def empty(_call: Call, _rest: str) -> None:
    return


async def to(call: Call, rest: str) -> bool:
    """A redirect: /to/STATUS/LOCATION, quoted once."""
    status, _, location = rest.partition("/")
    return await call.reply(b"moved", status=f"{status} Moved", headers=f"Location: {unquote(location)}\r\n")


async def late(call: Call, rest: str) -> bool:
    """A redirect after a while: /late/SECONDS/LOCATION, quoted once."""
    seconds, _, location = rest.partition("/")
    await asyncio.sleep(float(seconds))
    return await to(call, f"302/{location}")


async def to_raw(call: Call, rest: str) -> bool:
    """A redirect with its letters in UTF-8, unquoted."""
    await call.send(f"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /{unquote(rest)}\r\n\r\n".encode())
    return True


async def ping(call: Call, _rest: str) -> bool:
    return await call.reply(b"", status="302 Found", headers="Location: /pong\r\n")


async def pong(call: Call, _rest: str) -> bool:
    return await call.reply(b"", status="307 Temporary Redirect", headers="Location: /ping#again\r\n")


async def closing(call: Call, _rest: str) -> bool:
    """Closes without having said so, some time after its answer."""
    await call.reply(b"bye")
    await asyncio.sleep(0.05)
    return False


async def hops(call: Call, rest: str) -> bool:
    return await call.reply(b"", status="302 Found", headers=f"Location: /hops/{int(rest) + 1}\r\n")


async def status(call: Call, rest: str) -> bool:
    """/status/CODE or /status/CODE/RETRY-AFTER."""
    code, _, wait = rest.partition("/")
    return await call.reply(b"no", status=f"{code} No", headers=f"Retry-After: {unquote(wait)}\r\n" if wait else "")


async def etag(call: Call, _rest: str) -> bool:
    if call.headers.get("if-none-match") == '"v1"':
        await call.send('HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n')
        return True
    return await call.reply(b"news", headers='ETag: "v1"\r\nLast-Modified: Mon, 01 Jan 2024 00:00:00 GMT\r\n')


async def echo(call: Call, _rest: str) -> bool:
    return await call.reply("\n".join(f"{name}: {value}" for name, value in call.headers.items()).encode())


async def cookie(call: Call, _rest: str) -> bool:
    return await call.reply(b"", headers="Set-Cookie: a=b\r\n")


async def html(call: Call, rest: str) -> bool:
    return await call.reply(f"<html>{rest}</html>".encode(), headers="Content-Type: text/html\r\n")


async def encoded(call: Call, rest: str) -> bool:
    """/encoded/HEADER/KIND: a body of that kind under that header."""
    header, _, kind = rest.partition("/")
    return await call.reply(BODIES[kind](), headers=f"Content-Encoding: {unquote(header)}\r\n")


@cache
def gzip_bomb() -> bytes:
    return gzip.compress(bytes(MEGABYTE)) * (BOMB_BYTES // MEGABYTE)


@cache
def empty_members() -> bytes:
    """Nothing, 750,000 times: no memory, but seconds of work for 90 KB."""
    return gzip.compress(gzip.compress(b"") * 750_000, compresslevel=1)


@cache
def brotli_bomb() -> bytes:
    packer = brotli.Compressor(quality=1)
    return b"".join(packer.process(bytes(MEGABYTE)) for _ in range(BOMB_BYTES // MEGABYTE)) + packer.finish()


@cache
def zstd_bomb() -> bytes:
    return zstd.compress(bytes(16 * MEGABYTE)) * (BOMB_BYTES // MEGABYTE // 16)


BODIES: dict[str, Callable[[], bytes]] = {
    "plain": lambda: b"this is no packed body, but plain text",
    "gzip": lambda: gzip.compress(b"packed news"),
    "gzip_cut": lambda: gzip.compress(b"packed news " * 1000)[:-8],
    "br_cut": lambda: brotli.compress(b"packed news " * 1000)[:-3],
    "zstd_cut": lambda: zstd.compress(b"packed news " * 1000)[:-3],
    "gzip_bomb": gzip_bomb,
    "gzip_gzip_bomb": lambda: gzip.compress(gzip_bomb()),
    "empty_members": empty_members,
    "br_bomb": brotli_bomb,
    "zstd_bomb": zstd_bomb,
}

PATHS: dict[str, Callable[[Call, str], Awaitable[bool | None]]] = {
    handler.__name__: handler
    for handler in (
        announced, bad_chunk, closing, cookie, echo, empty, encoded, endless, etag, few_103, flood_103, header_flood,
        hops, html, late, long_body, ping, pong, raw, reset, short_body, short_chunked, slow_body, slow_headers,
        smuggled, status, to, to_raw,
    )
}  # fmt: skip
