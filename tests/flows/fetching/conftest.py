"""What the tests of fetching share: time that passes at once, and servers that are a function."""

import asyncio
import selectors
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import msgspec
import pytest

from flows.fetching.asking import BeforeHop
from flows.fetching.fetcher import Fetcher
from flows.fetching.results import Failed, Fetched, Outcome, Reason, Request
from flows.fetching.settings import FetchSettings
from flows.fetching.sites import site_of

T = TypeVar("T")


class _Leap(selectors.DefaultSelector):  # type: ignore[misc, valid-type]
    """Waits for nothing: what is due next is due now. If nothing ever is, everybody waits for everybody."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise RuntimeError("a deadlock: all wait, and for no time")
        self.now += max(timeout, 0)
        return list(super().select(0))


class _LeapingLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._leap = _Leap()
        super().__init__(self._leap)

    def time(self) -> float:
        return self._leap.now


@pytest.fixture
def leap() -> Callable[[Coroutine[Any, Any, T]], T]:
    """Run a coroutine in virtual time; raises if it comes to wait for ever."""

    def leap(main: Coroutine[Any, Any, T]) -> T:
        with asyncio.Runner(loop_factory=_LeapingLoop) as runner:
            return runner.run(main)

    return leap


def now() -> float:
    return asyncio.get_running_loop().time()


class Sent(msgspec.Struct):
    """One request as it reached a host."""

    host: str
    path: str
    start: float
    end: float = 0.0


Answer = str | bytes | int | Reason | Failed | Fetched
"""A redirect's target, a body, a status, a reason, or a whole outcome."""


class FakeExchange:
    """Answers by URL; an answer that is a list gives one after the other, and its last one for ever.

    Attributes:
        sent: all requests, in order.
        crowded: hosts that had two requests at once.
    """

    def __init__(self, answers: dict[str, Answer | list[Answer]] | None = None, *, latency: float = 0.2) -> None:
        self.sent: list[Sent] = []
        self.crowded: set[str] = set()
        self.busy: set[str] = set()
        self.most_busy = 0
        self._answers = answers or {}
        self._latency = latency

    async def attempt(self, request: Request, *, before_hop: BeforeHop | None = None) -> Outcome:
        url = request.url
        sent = 0
        for _ in range(FetchSettings().most_redirects + 1):
            answer = await self._answer(url)
            sent += 1
            if not isinstance(answer, str) or isinstance(answer, Reason):
                return msgspec.structs.replace(self._outcome(request, url, answer), attempts=sent)
            url = answer
            if before_hop is not None and (refused := await before_hop(url)) is not None:
                return msgspec.structs.replace(refused, attempts=sent)
        return msgspec.structs.replace(self._outcome(request, url, Reason.REDIRECT_LOOP), attempts=sent)

    def paths(self, host: str) -> list[str]:
        return [sent.path for sent in self.sent if sent.host.startswith(host)]

    async def _answer(self, url: str) -> Answer:
        site = site_of(url)
        if site.host in self.busy:
            self.crowded.add(site.host)
        self.busy.add(site.host)
        self.most_busy = max(self.most_busy, len(self.busy))
        sent = Sent(site.host, site.path, now())
        self.sent.append(sent)
        try:
            await asyncio.sleep(self._latency)
        finally:
            sent.end = now()
            self.busy.discard(site.host)
        answer = self._answers.get(url, 404 if site.path == "/robots.txt" else b"text")
        if isinstance(answer, list):
            return answer.pop(0) if len(answer) > 1 else answer[0]
        return answer

    @staticmethod
    def _outcome(request: Request, url: str, answer: Answer) -> Outcome:
        if isinstance(answer, bytes):
            return Fetched(request=request, url=url, status=200, headers=(), content=answer)
        if isinstance(answer, int):
            reason = Reason.SERVER_ERROR if answer >= 500 else Reason.CLIENT_ERROR
            return Failed(request=request, url=url, reason=reason, detail=f"status {answer}", status=answer)
        if isinstance(answer, Reason):
            return Failed(request=request, url=url, reason=answer, detail="as the test says")
        assert not isinstance(answer, str)
        return msgspec.structs.replace(answer, request=request, url=url)


def put_off(status: int, seconds: float) -> Failed:
    """429 or 503 with Retry-After."""
    return Failed(
        request=Request(url=""),
        url="",
        reason=Reason.SERVER_ERROR if status >= 500 else Reason.CLIENT_ERROR,
        detail=f"status {status}",
        status=status,
        retry_after=seconds,
    )


@pytest.fixture
def answer() -> Callable[..., Fetched]:
    """A body with headers."""

    def answer(content: bytes, **headers: str) -> Fetched:
        named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        return Fetched(request=Request(url=""), url="", status=200, headers=named, content=content)

    return answer


@pytest.fixture
def fake() -> type[FakeExchange]:
    return FakeExchange


@pytest.fixture
def deferral() -> Callable[[int, float], Failed]:
    return put_off


@pytest.fixture
def running(leap: Callable[..., Any]) -> Callable[..., Any]:
    """Run a coroutine function of a Fetcher in virtual time."""

    def running(exchange: FakeExchange, main: Callable[[Fetcher], Awaitable[T]], **settings: Any) -> T:  # noqa: ANN401
        async def run() -> T:
            async with Fetcher(FetchSettings(**settings), exchange=exchange) as fetcher:
                return await main(fetcher)

        return leap(run())

    return running


@pytest.fixture
def fetch(running: Callable[..., Any]) -> Callable[..., list[Outcome]]:
    """Fetch URLs, all at once, in virtual time."""

    def fetch(exchange: FakeExchange, *urls: str, **settings: Any) -> list[Outcome]:  # noqa: ANN401
        async def main(fetcher: Fetcher) -> list[Outcome]:
            return list(await asyncio.gather(*(fetcher.fetch(Request(url=url)) for url in urls)))

        return running(exchange, main, **settings)

    return fetch
