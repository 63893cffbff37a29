"""Politeness to hosts: one request at a time each, with pauses between them, many hosts at once.

A pause runs from the end of one request to the start of the next. From start to start it could not be kept: a
server that is slow to take the first connection sees the second request sooner after it than we have sent it.
Times are those of the running event loop.
"""

import asyncio
from collections import OrderedDict
from itertools import islice

import msgspec

from flows.fetching.circuit import Circuit
from flows.fetching.lines import Line
from flows.fetching.places import Places
from flows.fetching.results import Failed, Outcome, Reason
from flows.fetching.settings import FetchSettings
from flows.fetching.sites import Site

MOST_IDLE = 10_000
"""Hosts that are remembered though nothing of them matters now; about 20 MB."""


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


class Host:
    """What is known of one host.

    Attributes:
        circuits: whether it is worth asking, by origin: a port that does not speak plain http may well speak https.
        crawl_delay: seconds that its robots.txt asks for.
        rests_until: before that time it does not want to be asked (Retry-After).
        line: who wants to ask it.
    """

    def __init__(self, settings: FetchSettings) -> None:
        self.circuits: dict[str, Circuit] = {}
        self.crawl_delay = 0.0
        self.rests_until = 0.0
        self.line = Line()
        self._delay = settings.delay
        self._longest_delay = settings.longest_delay
        self._ended: float | None = None

    def circuit(self, origin: str) -> Circuit:
        """The circuit of an origin that it serves."""
        return self.circuits.setdefault(origin, Circuit())

    def refusal(self, origin: str, now: float) -> Refusal | None:
        """Why nothing is sent now, if nothing is."""
        rest = self.rests_until - now
        if wait := self.circuit(origin).wait(now):
            detail = "the last requests to this host failed; it is left alone for a while"
            return Refusal(Reason.CIRCUIT_OPEN, detail, retry_after=max(wait, rest))
        if rest > self._longest_delay:
            return Refusal(Reason.DEFERRED, "the server wants a longer pause than longest_delay", retry_after=rest)
        return None

    def due(self) -> float:
        """The time from which it may be asked."""
        if self._ended is None:
            return self.rests_until
        pause = max(self._delay, min(self.crawl_delay, self._longest_delay))
        return max(self._ended + pause, self.rests_until)

    def end(self, now: float) -> None:
        """A request has ended now."""
        self._ended = now

    def idle(self, now: float) -> bool:
        """Whether nobody would notice if it were forgotten."""
        resting = self.due() > now or any(circuit.wait(now) for circuit in self.circuits.values())
        return not (self.line.taken or resting)


class Hosts:
    """All hosts of which something matters, and how many of them are asked at the same time.

    Whoever waits for a turn holds none: a redirect gives its turn back before it waits for the next host's, so that
    two hosts that lead to each other cannot wait for each other. A turn's owner does nothing but ask.
    """

    def __init__(self, settings: FetchSettings, places: Places) -> None:
        self._settings = settings
        self._places = places
        self._hosts: OrderedDict[str, Host] = OrderedDict()

    def refusal(self, site: Site) -> Refusal | None:
        """Why a site is not asked now, if it is not."""
        return self._host(site).refusal(site.origin, _now())

    def due(self, site: Site) -> float:
        """The time from which a site may be asked, or from which it is known that it may not."""
        return 0.0 if self.refusal(site) else self._host(site).due()

    def slow_down(self, site: Site, crawl_delay: float) -> None:
        """Let a host have the pauses that its robots.txt wishes."""
        self._host(site).crawl_delay = crawl_delay

    def note(self, site: Site, outcome: Outcome) -> None:
        """Learn from what a site did."""
        if isinstance(outcome, Failed) and outcome.retry_after is not None:
            self._host(site).rests_until = _now() + outcome.retry_after
        self._host(site).circuit(site.origin).note(outcome, _now())

    def answered(self, site: Site) -> None:
        """A site works."""
        self._host(site).circuit(site.origin).answered()

    async def take(self, site: Site, *, ahead: bool) -> Refusal | None:
        """Wait for the turn of a host, and its pause; then the turn is ours, unless there is a reason against it."""
        host = self._host(site)  # kept, for from here on it is not idle
        await host.line.join(ahead=ahead)
        try:
            # While we waited in line, the one before us may have learned something.
            refusal = host.refusal(site.origin, _now())
            if refusal is None:
                if (wait := host.due() - _now()) > 0:
                    await asyncio.sleep(wait)
                # A host in its pause is not asked, so it takes no place from others.
                await self._places.take()
        except asyncio.CancelledError:
            host.line.leave()
            raise
        if refusal is not None:
            host.line.leave()
        return refusal

    def give_back(self, site: Site) -> None:
        """End a turn."""
        self._places.give_back()
        host = self._host(site)
        host.end(_now())
        host.line.leave()

    def _host(self, site: Site) -> Host:
        host = self._hosts.get(site.host)
        if host is None:
            self._forget()
            host = self._hosts[site.host] = Host(self._settings)
        else:
            self._hosts.move_to_end(site.host)
        return host

    def _forget(self) -> None:
        """Of too many, forget those that were not needed for longest; two for each new one, so that it ends."""
        if len(self._hosts) < MOST_IDLE:
            return
        for name in list(islice(self._hosts, 2)):
            if self._hosts[name].idle(_now()):
                del self._hosts[name]
            else:
                self._hosts.move_to_end(name)


def _now() -> float:
    return asyncio.get_running_loop().time()
