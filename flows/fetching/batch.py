"""Fetching many, for those who run no event loop: commands, and tasks of a flow."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from queue import SimpleQueue

from flows.fetching.asking import Exchanging
from flows.fetching.configuring import configured
from flows.fetching.faults import FaultError
from flows.fetching.fetcher import Fetcher
from flows.fetching.results import Outcome, Request
from flows.fetching.schedule import Schedule
from flows.fetching.settings import FetchSettings
from flows.fetching.sites import site_of


def fetch_all(
    requests: Iterable[Request], settings: FetchSettings | None = None, *, exchange: Exchanging | None = None
) -> Iterator[Outcome]:
    """Fetch all, and give each outcome as it comes.

    Hosts take turns, so that none with many requests or long pauses keeps others waiting. Fetching goes on between
    two outcomes, as far as `concurrency`: of hosts that are asked and outcomes that nobody has taken, all together.
    Whoever stops, by `close`, an error or Ctrl-C, ends it: what is under way is given up, connections are closed.

    Raises:
        CleancopyError: at once, if a setting cannot be used.
    """
    settings = configured(settings or FetchSettings())
    return _outcomes(_Batch(_by_host(requests), settings, exchange))


def _by_host(requests: Iterable[Request]) -> list[deque[Request]]:
    """The requests of each host in their order; hosts in the order of their first."""
    hosts: dict[str, deque[Request]] = {}
    for request in requests:
        hosts.setdefault(_host_of(request), deque()).append(request)
    return list(hosts.values())


def _host_of(request: Request) -> str:
    try:
        return site_of(request.url).host
    except FaultError:
        return ""  # it fails when its turn comes


def _outcomes(batch: "_Batch") -> Iterator[Outcome]:
    # In a thread of its own, for a server's answer does not wait until the caller is done with the one before.
    thread = threading.Thread(target=batch.run, name="cleancopy-fetching", daemon=True)
    thread.start()
    try:
        while (outcome := batch.take()) is not None:
            yield outcome
    finally:
        batch.stop()
        thread.join()


class _Batch:
    """All requests, fetched in one thread and taken in another."""

    def __init__(self, hosts: list[deque[Request]], settings: FetchSettings, exchange: Exchanging | None) -> None:
        self._hosts = Schedule(hosts)
        self._fetcher = Fetcher(settings, exchange=exchange)
        self._done: SimpleQueue[Outcome | BaseException | None] = SimpleQueue()
        self._begun = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    def take(self) -> Outcome | None:
        """Wait for the next outcome; None after the last one."""
        outcome = self._done.get()
        if isinstance(outcome, BaseException):
            raise outcome
        if outcome is not None:
            self._tell(self._fetcher.places.give_back)
        return outcome

    def stop(self) -> None:
        """Give up what is under way."""
        self._begun.wait()
        if self._task is not None:
            self._tell(self._task.cancel)

    def run(self) -> None:
        """Fetch, until all is done or somebody stops it."""
        last: BaseException | None = None
        try:
            asyncio.run(self._fetch())
        except asyncio.CancelledError:
            pass
        except BaseException as error:  # noqa: BLE001 - a mistake of ours is raised where the outcomes are taken
            last = error
        finally:
            self._begun.set()
            self._done.put(last)

    def _tell(self, call: Callable[[], object]) -> None:
        """Have the other thread call something, unless it has ended."""
        if self._loop is not None:
            with suppress(RuntimeError):  # its loop is closed
                self._loop.call_soon_threadsafe(call)

    async def _fetch(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.current_task()
        self._begun.set()
        async with self._fetcher, asyncio.TaskGroup() as group:
            while await self._hosts.wait():
                await self._fetcher.places.take()
                if (host := self._hosts.take()) is not None:
                    group.create_task(self._work(host))
                    # It begins now, and comes to wait for its host or for this place.
                    await asyncio.sleep(0)
                self._fetcher.places.give_back()

    async def _work(self, host: deque[Request] | None) -> None:
        """Fetch one request of a host, and of the next, as long as there is one that may be asked."""
        fetcher = self._fetcher
        while host is not None:
            # The first time, its robots.txt may have taken its turn.
            if await fetcher.due(host[0]) <= asyncio.get_running_loop().time():
                outcome = await fetcher.fetch(host.popleft())
                fetcher.places.fill()
                self._done.put(outcome)
            due = await fetcher.due(host[0]) if host else None
            await fetcher.places.free()
            host = self._hosts.swap(host, due)
