"""The same promises from a server's point of view: its log, in real time."""

import asyncio
import time
from collections.abc import Callable
from email.utils import formatdate
from itertools import pairwise

import msgspec

from flows.fetching.configuring import configured
from flows.fetching.exchange import Exchange
from flows.fetching.fetcher import Fetcher
from flows.fetching.results import Failed, Fetched, Outcome, Reason, Request
from flows.fetching.settings import FetchSettings

SETTINGS = FetchSettings(allow_private=("127.0.0.0/8",), contact="https://example.org/about")
OK = "200 OK\r\nContent-Length: 4"


class Seen(msgspec.Struct):
    """One request."""

    host: str
    path: str
    agent: str
    start: float
    end: float = 0.0


class Server:
    """Answers on many ports of loopback.

    Attributes:
        answers: of each path, one after the other, the last one for ever.
        seen: all requests, in order.
    """

    def __init__(self, answers: dict[str, list[str]], latency: float = 0.0) -> None:
        self.seen: list[Seen] = []
        self._open: list[asyncio.Server | asyncio.StreamWriter] = []
        self.answers = {"/robots.txt": ["404 Not Found\r\nContent-Length: 4"], **answers}
        self._latency = latency

    async def hosts(self, count: int) -> list[str]:
        return [await self._host() for _ in range(count)]

    async def _host(self) -> str:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self._open.append(server)
        return f"127.0.0.1:{server.sockets[0].getsockname()[1]}"

    async def end(self) -> None:
        for one in self._open:
            one.close()
        await asyncio.sleep(0.01)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.append(writer)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode().split("\r\n")
                headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
                seen = Seen(headers["host"], lines[0].split()[1], headers["user-agent"], time.monotonic())
                self.seen.append(seen)
                await asyncio.sleep(self._latency)
                seen.end = time.monotonic()
                writer.write(f"HTTP/1.1 {self._answer(seen.path)}\r\n\r\ntext".encode())
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _answer(self, path: str) -> str:
        answers = self.answers.get(path, [OK])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def gaps(self, host: str) -> list[float]:
        seen = [seen for seen in self.seen if seen.host == host]
        return [after.start - before.end for before, after in pairwise(seen)]


def run(server: Server, urls_of: Callable[[list[str]], list[str]], count: int, **changes: object) -> list[Outcome]:
    async def main() -> list[Outcome]:
        urls = urls_of(await server.hosts(count))
        settings = configured(msgspec.structs.replace(SETTINGS, **changes))
        async with Exchange(settings) as exchange, Fetcher(settings, exchange=exchange) as fetcher:
            outcomes = await asyncio.gather(*(fetcher.fetch(Request(url=url)) for url in urls))
        await server.end()
        return list(outcomes)

    return asyncio.run(main())


def test_no_host_sees_two_at_once_or_a_shorter_pause_whoever_leads_to_whom() -> None:
    server = Server({"/robots.txt": ["200 OK\r\nContent-Length: 4"]}, latency=0.01)

    def urls(hosts: list[str]) -> list[str]:
        first, second, third = hosts
        server.answers["/to-second"] = [f"302 Found\r\nLocation: http://{second}/there\r\nContent-Length: 4"]
        server.answers["/to-first"] = [f"302 Found\r\nLocation: http://{first}/there\r\nContent-Length: 4"]
        return [
            *(f"http://{first}/to-second" for _ in range(3)),
            *(f"http://{second}/to-first" for _ in range(3)),
            *(f"http://{third}/{n}" for n in range(5)),
        ]

    outcomes = run(server, urls, 3, delay=0.1)
    assert all(isinstance(outcome, Fetched) for outcome in outcomes)
    hosts = {seen.host for seen in server.seen}
    assert sorted(len(server.gaps(host)) for host in hosts) == [5, 6, 6]
    assert min(gap for host in hosts for gap in server.gaps(host)) > 0.09
    assert {seen.agent for seen in server.seen} == {"cleancopy/0.1.0 (+https://example.org/about)"}


def test_retry_after_holds_in_both_its_forms() -> None:
    date = formatdate(time.time() + 2, usegmt=True)
    server = Server(
        {
            "/seconds": ["429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 4", OK],
            "/date": [f"503 Service Unavailable\r\nRetry-After: {date}\r\nContent-Length: 4", OK],
        }
    )
    outcomes = run(server, lambda hosts: [f"http://{hosts[0]}/seconds", f"http://{hosts[1]}/date"], 2, robots=False)
    assert [(type(outcome), outcome.attempts) for outcome in outcomes] == [(Fetched, 2)] * 2
    seconds, date_too = (server.gaps(outcome.url.split("/")[2]) for outcome in outcomes)
    assert 0.99 < seconds[0] < 1.5
    assert 0.9 < date_too[0] < 2.5


def test_a_robots_txt_that_is_too_large_allows_nothing() -> None:
    server = Server({"/robots.txt": [OK]})
    (outcome,) = run(server, lambda hosts: [f"http://{hosts[0]}/page"], 1, most_bytes=3)
    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.detail[:12]) == (Reason.TOO_LARGE, "robots.txt: ")
    assert [seen.path for seen in server.seen] == ["/robots.txt"]
