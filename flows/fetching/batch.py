"""Fetching many, for those who run no event loop: commands, and tasks of a flow."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue

from flows.fetching.asking import Exchanging
from flows.fetching.configuring import configured
from flows.fetching.faults import FaultError
from flows.fetching.fetcher import Fetcher
from flows.fetching.results import Outcome, Request
from flows.fetching.schedule import Schedule
from flows.fetching.settings import FetchSettings
from flows.fetching.sites import site_of

FetchMany = Callable[[Iterable[Request]], Iterator[Outcome]]
"""Fetches all requests, and gives each outcome as it comes."""

# How soon a run that waits for an answer notices that it is asked to stop.
_GLANCE_SECONDS = 0.2


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
    return _fetch_once(requests, configured(settings or FetchSettings()), exchange)


@contextmanager
def open_fetching(
    settings: FetchSettings | None = None,
    *,
    exchange: Exchanging | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[FetchMany]:
    """`fetch_all` several times, one after the other: what is known of hosts lasts from one to the next.

    Whoever leaves the outcomes of one early can begin no other.

    Args:
        settings: how to fetch.
        exchange: what sends requests, if not the network.
        stop: asked while answers are waited for; once it says yes, what is under way is given up, and neither this
            nor any later fetching has further outcomes.

    Raises:
        CleancopyError: a setting cannot be used.
    """
    fetching = _Fetching(Fetcher(settings, exchange=exchange), stop)
    fetching.open()
    try:
        yield fetching.fetch
    finally:
        fetching.close()


def _fetch_once(
    requests: Iterable[Request], settings: FetchSettings, exchange: Exchanging | None
) -> Iterator[Outcome]:
    with open_fetching(settings, exchange=exchange) as fetch:
        yield from fetch(requests)


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


class _Fetching:
    """A fetcher in a thread of its own: a server's answer does not wait until the caller is done with the last."""

    def __init__(self, fetcher: Fetcher, stop: Callable[[], bool]) -> None:
        self._fetcher = fetcher
        self._stop = stop
        self._begun = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._thread = threading.Thread(target=self._run, name="cleancopy-fetching", daemon=True)
        self._mistake: BaseException | None = None

    def open(self) -> None:
        self._thread.start()
        self._begun.wait()
        self._raise()

    def close(self) -> None:
        """End it, with all that is under way."""
        if self._loop is not None and self._task is not None:
            with suppress(RuntimeError):  # its loop is closed
                self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join()

    def fetch(self, requests: Iterable[Request]) -> Iterator[Outcome]:
        """Fetch all, in that thread, and give the outcomes in this one."""
        if self._stop():
            return
        if self._loop is None or not self._thread.is_alive():
            raise RuntimeError("fetching has ended")
        batch = _Batch(_by_host(requests), self._fetcher, self._loop)
        asyncio.run_coroutine_threadsafe(batch.run(), self._loop)
        try:
            while (outcome := batch.take(self._stop)) is not None:
                yield outcome
            if self._stop():
                self.close()
        except GeneratorExit:
            self.close()
            raise

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except asyncio.CancelledError:
            pass
        except BaseException as error:  # noqa: BLE001 - a mistake of ours is raised where fetching was opened
            self._mistake = error
        finally:
            self._begun.set()

    async def _serve(self) -> None:
        async with self._fetcher:
            self._loop = asyncio.get_running_loop()
            self._task = asyncio.current_task()
            self._begun.set()
            await self._loop.create_future()  # until it is cancelled

    def _raise(self) -> None:
        if self._mistake is not None:
            raise self._mistake


class _Batch:
    """Some requests, fetched in one thread and taken in another."""

    def __init__(self, hosts: list[deque[Request]], fetcher: Fetcher, loop: asyncio.AbstractEventLoop) -> None:
        self._hosts = Schedule(hosts)
        self._fetcher = fetcher
        self._loop = loop
        self._done: SimpleQueue[Outcome | BaseException | None] = SimpleQueue()

    def take(self, stop: Callable[[], bool]) -> Outcome | None:
        """Wait for the next outcome; None after the last one, or where it is not to be waited for any more."""
        outcome = self._wait(stop)
        if isinstance(outcome, BaseException):
            raise outcome
        if outcome is not None:
            with suppress(RuntimeError):  # its loop is closed
                self._loop.call_soon_threadsafe(self._fetcher.places.give_back)
        return outcome

    def _wait(self, stop: Callable[[], bool]) -> Outcome | BaseException | None:
        while not stop():
            with suppress(Empty):
                return self._done.get(timeout=_GLANCE_SECONDS)
        return None

    async def run(self) -> None:
        """Fetch, until all is done or somebody stops it."""
        last: BaseException | None = None
        try:
            await self._fetch()
        except asyncio.CancelledError:
            raise
        except BaseException as error:  # noqa: BLE001 - a mistake of ours is raised where the outcomes are taken
            last = error
        finally:
            self._done.put(last)

    async def _fetch(self) -> None:
        async with asyncio.TaskGroup() as group:
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
