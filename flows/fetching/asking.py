"""Asking once: one try with all its redirects, each at its host's turn; and what the answers teach about hosts."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Protocol

import msgspec

from flows.fetching.hosts import Host, Hosts, Refusal
from flows.fetching.results import Failed, Outcome, Reason, Request
from flows.fetching.settings import FetchSettings
from flows.fetching.sites import Site, site_of

BeforeHop = Callable[[str], Awaitable[Failed | None]]
Permit = Callable[[Site], Awaitable[Refusal | None]]


class Exchanging(Protocol):
    """What sends a request: one try with all its redirects, see exchange.py.

    `before_hop` is awaited before each redirect's next URL is asked, when the answer before is done with; what it
    returns, if not None, is the outcome. Its waiting is not part of the deadline.
    """

    async def attempt(self, request: Request, *, before_hop: BeforeHop | None = None) -> Outcome:
        """Never raises on what servers do."""


async def permit_all(_site: Site) -> Refusal | None:
    """Where robots.txt is not asked, or is itself what is asked for."""


class Asker:
    """Asks politely."""

    def __init__(self, exchange: Exchanging, settings: FetchSettings) -> None:
        self._exchange = exchange
        self._settings = settings
        self._hosts = Hosts(settings)

    def slow_down(self, host: str, crawl_delay: float) -> None:
        """Let a host have the pauses that its robots.txt wishes."""
        self._hosts.host(host).crawl_delay = crawl_delay

    async def ask(self, request: Request, *, permit: Permit, ahead: bool = False) -> Outcome:
        """Ask once; an outcome with no `attempts` was not sent.

        Args:
            request: what to ask for.
            permit: whether its site, and those it is redirected to, allow it.
            ahead: before others that wait for the same host.
        """
        visit = _Visit(self._hosts, request, permit)
        try:
            refused = await visit.enter(request.url, ahead=ahead)
            if refused is not None:
                return refused
            return self._learn(visit, await self._exchange.attempt(request, before_hop=visit.hop))
        finally:
            visit.leave()

    def _learn(self, visit: "_Visit", outcome: Outcome) -> Outcome:
        """Note what the outcome says of the host that gave it; a wish to be asked later makes it a deferral."""
        if visit.host is None:  # a hop was refused: nobody gave it
            return outcome
        outcome = self._deferred(outcome)
        now = asyncio.get_running_loop().time()
        if isinstance(outcome, Failed) and outcome.retry_after is not None:
            visit.host.rests_until = now + outcome.retry_after
        visit.host.circuit.note(outcome, now)
        return outcome

    def _deferred(self, outcome: Outcome) -> Outcome:
        """A failure with Retry-After, or 429 (which is a wish for a pause even if it gives no time), as DEFERRED."""
        if not isinstance(outcome, Failed):
            return outcome
        status = outcome.status or 0
        if outcome.retry_after is not None and math.isfinite(outcome.retry_after):
            wait = max(0.0, outcome.retry_after)
        elif status == HTTPStatus.TOO_MANY_REQUESTS:
            wait = self._settings.longest_delay
        else:
            return msgspec.structs.replace(outcome, retry_after=None)
        if status != HTTPStatus.TOO_MANY_REQUESTS and status < HTTPStatus.INTERNAL_SERVER_ERROR:
            return msgspec.structs.replace(outcome, retry_after=None)
        return msgspec.structs.replace(outcome, reason=Reason.DEFERRED, retry_after=wait)


class _Visit:
    """One request on its way from host to host; it never has the turn of two.

    Attributes:
        host: whose turn it has.
    """

    def __init__(self, hosts: Hosts, request: Request, permit: Permit) -> None:
        self.host: Host | None = None
        self._hosts = hosts
        self._request = request
        self._permit = permit

    async def enter(self, url: str, *, ahead: bool) -> Failed | None:
        """Take the turn of a URL's host, or say why not."""
        site = site_of(url)
        if site is None:
            return self._refuse(url, Refusal(Reason.BAD_URL, "neither http nor https, or with a user, or malformed"))
        host = self._hosts.host(site.host)
        refusal = host.refusal() or await self._permit(site) or await self._hosts.take(host, ahead=ahead)
        if refusal is not None:
            return self._refuse(url, refusal)
        self.host = host
        return None

    async def hop(self, url: str) -> Failed | None:
        """Go on to where the last answer leads: those who are under way wait before those who are not."""
        if self.host is not None:
            self.host.circuit.answered()
        self.leave()
        return await self.enter(url, ahead=True)

    def leave(self) -> None:
        """Give the turn back, if there is one."""
        if self.host is not None:
            self._hosts.give_back(self.host)
            self.host = None

    def _refuse(self, url: str, refusal: Refusal) -> Failed:
        return Failed(
            request=self._request,
            url=url,
            attempts=0,
            reason=refusal.reason,
            detail=refusal.detail,
            status=refusal.status,
            retry_after=refusal.retry_after,
        )
