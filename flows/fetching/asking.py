"""Asking once: one try with all its redirects, each at its host's turn; and what the answers teach about hosts."""

import math
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Protocol

import msgspec

from flows.fetching.exchange import BeforeHop
from flows.fetching.faults import FaultError
from flows.fetching.hosts import Hosts, Refusal
from flows.fetching.places import Places
from flows.fetching.results import Failed, Outcome, Reason, Request
from flows.fetching.settings import FetchSettings
from flows.fetching.sites import Site, site_of

Permit = Callable[[Site], Awaitable[Refusal | None]]


class Exchanging(Protocol):
    """What sends a request: one try with all its redirects, see exchange.py.

    `before_hop` is awaited before each request but the first, with its URL, when the answer before is done with: a
    redirect's, or the same once more where a kept connection was dead. What it returns, if not None, is the outcome.
    Its waiting is not part of the deadline. The outcome's `attempts` are the requests that were sent.
    """

    async def attempt(self, request: Request, *, before_hop: BeforeHop | None = None) -> Outcome:
        """Never raises on what servers do."""


class Tried(msgspec.Struct, frozen=True):
    """What came of asking once.

    Attributes:
        outcome: as it is.
        refused: whether it was ended here and not by a server, so that trying again is of no use.
    """

    outcome: Outcome
    refused: bool


async def permit_all(_site: Site) -> Refusal | None:
    """Where robots.txt is not asked, or is itself what is asked for."""


class Asker:
    """Asks politely.

    Attributes:
        hosts: what is known of them.
    """

    def __init__(self, exchange: Exchanging, settings: FetchSettings, places: Places) -> None:
        self.hosts = Hosts(settings, places)
        self._exchange = exchange
        self._settings = settings

    async def ask(self, request: Request, *, permit: Permit, ahead: bool = False) -> Tried:
        """Ask once.

        Args:
            request: what to ask for.
            permit: whether its site, and those it is redirected to, allow it.
            ahead: before others that wait for the same host.
        """
        visit = _Visit(self.hosts, request, permit)
        try:
            refused = await visit.enter(request.url, ahead=ahead)
            if refused is not None:
                return Tried(refused, refused=True)
            outcome = await self._exchange.attempt(request, before_hop=visit.hop)
            refused_on_its_way = visit.site is None
            if not refused_on_its_way:
                outcome = self._deferred(outcome)
            visit.learn(outcome)
            return Tried(outcome, refused_on_its_way)
        finally:
            visit.leave()

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
        site: whose host's turn it has.
    """

    def __init__(self, hosts: Hosts, request: Request, permit: Permit) -> None:
        self.site: Site | None = None
        self._hosts = hosts
        self._request = request
        self._permit = permit
        self._passed: list[Site] = []

    async def enter(self, url: str, *, ahead: bool) -> Failed | None:
        """Take the turn of a URL's host, or say why not."""
        try:
            site = site_of(url)
        except FaultError as fault:
            return self._refuse(url, Refusal(fault.reason, fault.detail))
        refusal = self._hosts.refusal(site) or await self._permit(site) or await self._hosts.take(site, ahead=ahead)
        if refusal is not None:
            return self._refuse(url, refusal)
        self.site = site
        return None

    async def hop(self, url: str) -> Failed | None:
        """Go on to where the last answer leads: those who are under way wait before those who are not."""
        # The same once more is no answer, but a kept connection that was dead.
        if self.site is not None and site_of(url) != self.site:
            self._passed.append(self.site)
        self.leave()
        return await self.enter(url, ahead=True)

    def learn(self, outcome: Outcome) -> None:
        """Note what was done by whom: a redirector works, unless it is the one that used up the time."""
        caused_by = outcome.caused_by if isinstance(outcome, Failed) else None
        doer = site_of(caused_by) if caused_by else self.site
        for site in self._passed:
            if doer is None or site.origin != doer.origin:
                self._hosts.answered(site)
        if doer is not None:
            self._hosts.note(doer, outcome)

    def leave(self) -> None:
        """Give the turn back, if there is one."""
        if self.site is not None:
            self._hosts.give_back(self.site)
            self.site = None

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
