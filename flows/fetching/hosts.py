"""Politeness to hosts: one request at a time each, with pauses between them, many hosts at once.

A pause runs from the start of one request to the start of the next; the next never starts before the last one ended.
Times are those of the running event loop.
"""

import asyncio
from collections import deque

import msgspec

from flows.fetching.circuit import Circuit
from flows.fetching.results import Reason
from flows.fetching.settings import FetchSettings


class Refusal(msgspec.Struct, frozen=True):
    """Why a request is not sent at all.

    Attributes:
        reason: the one reason.
        detail: one line for a person.
        status: of an answer that forbids it, if there is one.
        retry_after: seconds after which it may be sent, if that is known.
    """

    reason: Reason
    detail: str
    status: int | None = None
    retry_after: float | None = None


class _Line:
    """A line in front of one host: first come, first served; those who are under way already go before the others.

    A lock with two lanes. Whoever leaves hands over to the next, so that nobody pushes in between.
    """

    def __init__(self) -> None:
        self._taken = False
        self._ahead: deque[asyncio.Future[None]] = deque()
        self._behind: deque[asyncio.Future[None]] = deque()

    async def join(self, *, ahead: bool) -> None:
        """Wait until it is our turn."""
        if not self._taken:
            self._taken = True
            return
        called = asyncio.get_running_loop().create_future()
        (self._ahead if ahead else self._behind).append(called)
        try:
            await called
        except asyncio.CancelledError:
            if not called.cancelled():  # called and given up in the same instant
                self.leave()
            raise

    def leave(self) -> None:
        """Let the next one in."""
        for lane in (self._ahead, self._behind):
            while lane:
                called = lane.popleft()
                if not called.done():
                    called.set_result(None)
                    return
        self._taken = False


class Host:
    """What is known of one host.

    Attributes:
        circuit: whether it is worth asking.
        crawl_delay: seconds that its robots.txt asks for.
        rests_until: before that time it does not want to be asked (Retry-After).
    """

    def __init__(self, settings: FetchSettings) -> None:
        self.circuit = Circuit()
        self.crawl_delay = 0.0
        self.rests_until = 0.0
        self.line = _Line()
        self._delay = settings.delay
        self._longest_delay = settings.longest_delay
        self._started: float | None = None

    def refusal(self) -> Refusal | None:
        """Why nothing is sent now, if nothing is."""
        now = asyncio.get_running_loop().time()
        rest = self.rests_until - now
        if wait := self.circuit.wait(now):
            detail = "the last requests to this host failed; it is left alone for a while"
            return Refusal(Reason.CIRCUIT_OPEN, detail, retry_after=max(wait, rest))
        if rest > self._longest_delay:
            return Refusal(Reason.DEFERRED, "the server wants a longer pause than longest_delay", retry_after=rest)
        return None

    def due(self) -> float:
        """The time from which it may be asked."""
        if self._started is None:
            return self.rests_until
        pause = max(self._delay, min(self.crawl_delay, self._longest_delay))
        return max(self._started + pause, self.rests_until)

    def start(self) -> None:
        """A request is sent now."""
        self._started = asyncio.get_running_loop().time()


class Hosts:
    """All hosts, and how many of them are asked at the same time.

    Whoever waits for a turn holds none: a redirect gives its turn back before it waits for the next host's, so that
    two hosts that lead to each other cannot wait for each other. A turn's owner does nothing but ask.
    """

    def __init__(self, settings: FetchSettings) -> None:
        self._settings = settings
        self._hosts: dict[str, Host] = {}
        self._asked = asyncio.Semaphore(settings.concurrency)

    def host(self, name: str) -> Host:
        """What is known of a host, by name and port."""
        if name not in self._hosts:
            self._hosts[name] = Host(self._settings)
        return self._hosts[name]

    async def take(self, host: Host, *, ahead: bool) -> Refusal | None:
        """Wait for the turn of a host, and its pause; then the turn is ours, unless there is a reason against it."""
        await host.line.join(ahead=ahead)
        try:
            # While we waited in line, the one before us may have learned something.
            refusal = host.refusal()
            if refusal is None:
                await asyncio.sleep(host.due() - asyncio.get_running_loop().time())
                # A host in its pause is not asked, so it takes no place from others.
                await self._asked.acquire()
        except asyncio.CancelledError:
            host.line.leave()
            raise
        if refusal is not None:
            host.line.leave()
            return refusal
        host.start()
        return None

    def give_back(self, host: Host) -> None:
        """End a turn."""
        self._asked.release()
        host.line.leave()
