"""Fetching, polite and patient: the public face for those who run an event loop. batch.py is for all others."""

from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from flows.fetching.asking import Asker, Exchanging, Permit, permit_all
from flows.fetching.configuring import configured
from flows.fetching.exchange import Exchange
from flows.fetching.faults import FaultError
from flows.fetching.places import Places
from flows.fetching.results import Outcome, Request
from flows.fetching.retries import persist
from flows.fetching.robots import Robots
from flows.fetching.settings import FetchSettings
from flows.fetching.sites import site_of


class Fetcher:
    """Fetches as many requests at once as it is given; each waits for its host's turn.

        async with Fetcher(settings) as fetcher:
            outcome = await fetcher.fetch(Request(url="https://example.org/feed"))

    What it knows of hosts (pauses, circuits, robots.txt) lives as long as it does, so use one for many requests.

    Attributes:
        places: how many hosts may be asked now; who keeps outcomes in memory may fill some of them.
    """

    def __init__(self, settings: FetchSettings | None = None, *, exchange: Exchanging | None = None) -> None:
        """Check the settings; fetch through an exchange of the caller's, who opens and closes it, or one of its own.

        Raises:
            CleancopyError: a setting cannot be used.
        """
        self._settings = configured(settings or FetchSettings())
        self.places = Places(self._settings.concurrency)
        self._exchange = exchange
        self._own = AsyncExitStack()
        self._asker: Asker | None = None
        self._robots: Robots | None = None

    async def __aenter__(self) -> Self:
        exchange = self._exchange or await self._opened()
        self._asker = Asker(exchange, self._settings, self.places)
        if self._settings.robots:
            self._robots = Robots(self._fetch_robots, self._asker.hosts.slow_down)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._own.__aexit__(kind, error, trace)

    async def fetch(self, request: Request) -> Outcome:
        """Fetch; whatever a server does, there is an outcome and no error."""
        return await self._persist(request, self._robots.permit if self._robots else permit_all)

    async def due(self, request: Request) -> float:
        """The time, of the event loop, from which a request would not wait for its host; robots.txt is read first."""
        hosts = self._opened_asker().hosts
        try:
            site = site_of(request.url)
        except FaultError:
            return 0.0
        if self._robots is not None and hosts.refusal(site) is None:
            await self._robots.read(site)
        return hosts.due(site)

    async def _opened(self) -> Exchanging:
        return await self._own.enter_async_context(Exchange(self._settings))

    async def _fetch_robots(self, request: Request) -> Outcome:
        # Before others at the host: what waits for this may be under way already, redirected to here.
        return await self._persist(request, permit_all, ahead=True)

    async def _persist(self, request: Request, permit: Permit, *, ahead: bool = False) -> Outcome:
        asker = self._opened_asker()
        return await persist(
            lambda: asker.ask(request, permit=permit, ahead=ahead),
            attempts=self._settings.attempts,
            longest_delay=self._settings.longest_delay,
        )

    def _opened_asker(self) -> Asker:
        if self._asker is None:
            raise RuntimeError("a Fetcher is used inside `async with`")
        return self._asker
