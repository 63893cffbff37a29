"""One attempt of one request, with all its redirects: whatever a server does, one of three outcomes."""

import asyncio
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

import msgspec

from flows.fetching.clock import Clock
from flows.fetching.faults import FaultError
from flows.fetching.guard import Resolve, system_resolve
from flows.fetching.headers import conditions, first, request_headers, user_agent
from flows.fetching.meter import CURRENT, Meter
from flows.fetching.outcomes import outcome_of
from flows.fetching.redirects import REDIRECTS, Trail
from flows.fetching.replies import Reply, reply_to
from flows.fetching.results import Failed, Outcome, Reason, Request
from flows.fetching.settings import FetchSettings
from flows.fetching.transport import Transport, Trust, system_trust
from flows.fetching.urls import checked_url

BeforeHop = Callable[[str], Awaitable[Failed | None]]

# What a kept connection does that was closed, or spoiled, in the meantime.
_WHEN_DEAD = frozenset({Reason.CONNECTION_LOST, Reason.NOT_HTTP, Reason.PROXY})


class Exchange:
    """Asks, follows redirects, and keeps connections for the next time.

    Args:
        settings: limits, proxy, and private addresses that may be reached.
        resolve: the addresses of a host, for a port.
        trust: makes the contexts of TLS, in place of those with the system's authorities.

    Raises:
        CleancopyError: if the settings cannot be used.
    """

    def __init__(
        self, settings: FetchSettings, *, resolve: Resolve = system_resolve, trust: Trust = system_trust
    ) -> None:
        self._settings = settings
        self._agent = user_agent(settings)
        self._transport = Transport(settings, resolve, trust)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._transport.aclose()

    async def attempt(self, request: Request, *, before_hop: BeforeHop | None = None) -> Outcome:
        """Ask once. Only cancellation, and what `before_hop` raises, comes out as an exception.

        Args:
            request: what to fetch.
            before_hop: is asked before each further request is sent, with its URL; what fails there is the outcome.
                Its time does not count against the deadline.
        """
        try:
            trail = Trail(checked_url(request.url), self._settings.most_redirects)
        except FaultError as fault:
            return _failed(request, request.url, fault)
        attempt = _Attempt(request, trail, before_hop, self._settings)
        outcome = await attempt.outcome(self._transport, request_headers(request, self._agent))
        return msgspec.structs.replace(outcome, attempts=attempt.sent)


class _RefusedError(Exception):
    """`before_hop` has said no."""

    def __init__(self, failed: Failed) -> None:
        super().__init__(failed.reason)
        self.failed = failed


class _Attempt:
    """One attempt under way.

    Attributes:
        sent: how many requests went out.
    """

    def __init__(self, request: Request, trail: Trail, before_hop: BeforeHop | None, settings: FetchSettings) -> None:
        self.sent = 0
        self._request = request
        self._trail = trail
        self._before_hop = before_hop
        self._settings = settings
        self._clock = Clock(settings.deadline)
        self._meter = Meter(settings.most_wire_bytes)

    async def outcome(self, transport: Transport, headers: dict[str, str]) -> Outcome:
        """What comes of it, within the deadline."""
        try:
            async with self._clock.limit:
                return await self._travel(transport, headers)
        except _RefusedError as refused:
            return refused.failed
        except FaultError as fault:
            return _failed(self._request, str(self._trail.url), fault)
        except TimeoutError:
            # Another's TimeoutError, out of `before_hop`, is not this deadline's.
            if not self._clock.limit.expired():
                raise
            return self._too_late()

    async def _travel(self, transport: Transport, headers: dict[str, str]) -> Outcome:
        """Hop by hop, to the answer that is no redirect."""
        while True:
            conditional = conditions(self._request) if self._trail.on_first_host else {}
            reply = await self._hop(transport, headers | conditional)
            if reply.status not in REDIRECTS:
                return outcome_of(
                    self._request,
                    self._trail,
                    reply.status,
                    reply.headers,
                    reply.content,
                    asked_if=bool(conditional),
                )
            self._trail.follow(reply.status, first(reply.headers, "location"))
            await self._wait_for_turn()

    async def _hop(self, transport: Transport, headers: dict[str, str]) -> Reply:
        try:
            return await self._ask(transport, headers)
        except FaultError as fault:
            # That a kept connection is dead says nothing of the server; but asking again is another request.
            if self._meter.opened or self._meter.received or fault.reason not in _WHEN_DEAD:
                raise
        await self._wait_for_turn()
        return await self._ask(transport, headers)

    async def _ask(self, transport: Transport, headers: dict[str, str]) -> Reply:
        self._meter = Meter(self._settings.most_wire_bytes)
        token = CURRENT.set(self._meter)
        loop = asyncio.get_running_loop()
        began = loop.time()
        self.sent += 1
        try:
            return await reply_to(self._trail.url, headers, transport=transport, settings=self._settings)
        except FaultError as fault:
            if fault.reason is Reason.FORBIDDEN_ADDRESS:
                self.sent -= 1  # refused here: nothing went out
            raise
        finally:
            self._clock.charge(self._trail.url, loop.time() - began)
            CURRENT.reset(token)

    async def _wait_for_turn(self) -> None:
        if self._before_hop is None:
            return
        async with self._clock.stopped():
            refused = await self._before_hop(str(self._trail.url))
        if refused is not None:
            raise _RefusedError(refused)

    def _too_late(self) -> Failed:
        url, slowest = self._trail.url, self._clock.slowest()
        detail = f"not done within {self._settings.deadline:g} s"
        if (slowest.scheme, slowest.netloc) != (url.scheme, url.netloc):
            fault = FaultError(Reason.DEADLINE, f"{detail}; {slowest} took longest")
            return msgspec.structs.replace(_failed(self._request, str(url), fault), caused_by=str(slowest))
        reason = Reason.PROXY if self._meter.at_proxy else Reason.DEADLINE
        return _failed(self._request, str(url), FaultError(reason, detail))


def _failed(request: Request, url: str, fault: FaultError) -> Failed:
    return Failed(
        request=request,
        url=url,
        attempts=0,
        reason=fault.reason,
        detail=fault.detail,
        status=fault.status,
        retry_after=fault.retry_after,
    )
