"""An HTTP/1.1 server on many ports of one loopback address, which to a polite reader are as many hosts."""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Literal

ADDRESS = "127.0.0.1"


@dataclass(frozen=True)
class Request:
    """What was asked, and of which host (`http://127.0.0.1:port`)."""

    origin: str
    method: str
    target: str
    headers: dict[str, str]


@dataclass(frozen=True)
class Answer:
    """What is answered, after how many seconds; `how` says whether all of it comes."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    after: float = 0.0
    how: Literal["whole", "cut", "reset"] = "whole"


class Server:
    """Listens from its making until `close`, in a thread of its own; `answer` is called there.

    Attributes:
        origins: one for each port.
    """

    def __init__(self, answer: Callable[[Request], Answer], hosts: int) -> None:
        self.origins: list[str] = []
        self._answer = answer
        self._servers: list[asyncio.Server] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(hosts), self._loop).result(30)

    def close(self) -> None:
        """Nobody listens any more, and nothing is left open; again does nothing."""
        if self._loop.is_closed():
            return
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(30)
        self._loop.close()

    async def _listen(self, hosts: int) -> None:
        for _ in range(hosts):
            server = await asyncio.start_server(self._talk, ADDRESS, 0)
            self.origins.append(f"http://{ADDRESS}:{server.sockets[0].getsockname()[1]}")
            self._servers.append(server)

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)  # the transports that the tasks closed

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        port = writer.get_extra_info("sockname")[1]
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                while await self._exchange(f"http://{ADDRESS}:{port}", reader, writer):
                    pass
        finally:
            writer.close()

    async def _exchange(self, origin: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its answer; whether the connection stays."""
        request = _request(origin, (await reader.readuntil(b"\r\n\r\n")).decode("latin-1"))
        answer = self._answer(request)
        await asyncio.sleep(answer.after)
        if answer.how == "reset":
            writer.transport.abort()
            return False
        keep = answer.how == "whole" and request.headers.get("connection", "").lower() != "close"
        writer.write(_head(answer, keep=keep))
        if request.method != "HEAD":
            writer.write(answer.body if answer.how == "whole" else answer.body[: len(answer.body) // 2])
        await writer.drain()
        return keep


def _request(origin: str, head: str) -> Request:
    first, *lines = head.rstrip("\r\n").split("\r\n")
    method, target, _ = first.split(" ", 2)
    named = (line.partition(":") for line in lines)
    return Request(origin, method, target, {name.strip().lower(): value.strip() for name, _, value in named})


def _head(answer: Answer, *, keep: bool) -> bytes:
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    if answer.status != HTTPStatus.NOT_MODIFIED:
        lines.append(f"Content-Length: {len(answer.body)}")
    lines.append(f"Connection: {'keep-alive' if keep else 'close'}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1")
