"""Proxies: one that works, and those that do not."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

HOST = "127.0.0.2"

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def tunnel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Leads to the hostile server, whatever the name."""
    head = await _head(reader)
    method, target, _ = head.split(" ", 2)
    port = int(target.rpartition(":")[2]) if method == "CONNECT" else urlsplit(target).port or 80
    there_reader, there = await asyncio.open_connection(HOST, port)
    back = asyncio.ensure_future(_pass_on(there_reader, writer))
    try:
        if method == "CONNECT":
            writer.write(b"HTTP/1.1 200 Established\r\n\r\n")
            await _pass_on(reader, there)
        while head and method != "CONNECT":
            url = urlsplit(head.split(" ", 2)[1])
            there.write(head.replace(f"{url.scheme}://{url.netloc}", "", 1).encode("latin-1"))
            head = await _head(reader)
    finally:
        there.close()
        await back


async def _head(reader: asyncio.StreamReader) -> str:
    try:
        return (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return ""


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Takes all, and says nothing."""
    while await reader.read(65536):
        pass


async def closing(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Listens, and hangs up."""
    await reader.readuntil(b"\r\n\r\n")


async def mail(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Is no proxy at all."""
    writer.write(b"220 mail.test ESMTP\r\n")
    await reader.read()


async def nonsense(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Begins well."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 abc Established\r\n\r\n")
    await reader.read()


BROKEN: dict[str, Talk] = {f"{talk.__name__}_proxy": talk for talk in (silent, closing, mail, nonsense)}
