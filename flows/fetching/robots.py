"""Obeying robots.txt: fetched as politely as anything else, once for many that wait for it, and kept for a while."""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable

import msgspec

from flows.fetching.hosts import Refusal
from flows.fetching.results import Failed, Fetched, Outcome, Reason, Request
from flows.fetching.robotstxt import RobotsTxt
from flows.fetching.sites import Site

_DAY = 86_400.0
"""RFC 9309, section 2.4: a copy should not be used for longer."""

_SHORTEST = 300.0
"""Seconds for which a copy is kept at least, whatever it says of itself: else each page would cost two requests."""

_UNTIL_TRIED_AGAIN = 300.0
"""Seconds at least, after robots.txt could not be read."""

_MOST_WEIGHT = 4_000_000
"""Code points of all copies together; Protego takes up to 50 bytes for each."""

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
# A redirect that leads nowhere is like one too many.
_NO_RULES = frozenset({Reason.CLIENT_ERROR, Reason.GONE, Reason.REDIRECT_LOOP, Reason.BAD_URL})


class _Copy(msgspec.Struct):
    """What is known of one robots.txt: its rules, or why there are none; both if the old ones are used meanwhile."""

    until: float
    rules: RobotsTxt | None
    refusal: Refusal | None = None


class Robots:
    """All robots.txt files that are known, by URL."""

    def __init__(
        self, ask: Callable[[Request], Awaitable[Outcome]], slow_down: Callable[[Site, float], None]
    ) -> None:
        """Fetch by `ask`, with retries and no leave asked; tell `slow_down` the Crawl-delay of a host."""
        self._ask = ask
        self._slow_down = slow_down
        self._copies: OrderedDict[str, _Copy] = OrderedDict()
        self._weight = 0
        self._fetching: dict[str, asyncio.Lock] = {}

    async def permit(self, site: Site) -> Refusal | None:
        """Why a page may not be fetched; None if it may."""
        copy = await self.read(site)
        if copy.rules is None:
            return _until_tried_again(copy)
        # Each time, for the host may have been forgotten meanwhile.
        self._slow_down(site, copy.rules.crawl_delay)
        if copy.rules.allows(site.path):
            return None
        return Refusal(Reason.ROBOTS, "its robots.txt asks us not to fetch this")

    async def read(self, site: Site) -> _Copy:
        """The copy at hand, or a new one; whoever comes first fetches, the others wait; if it gives up, the next."""
        if (copy := self._kept(site)) is not None:
            return copy
        lock = self._fetching.setdefault(site.robots, asyncio.Lock())
        try:
            async with lock:
                return self._kept(site) or await self._fetch(site)
        finally:
            if not lock.locked():
                self._fetching.pop(site.robots, None)

    def _kept(self, site: Site) -> _Copy | None:
        """The copy at hand, if it is not too old."""
        copy = self._copies.get(site.robots)
        if copy is None or copy.until <= asyncio.get_running_loop().time():
            return None
        self._copies.move_to_end(site.robots)
        return copy

    async def _fetch(self, site: Site) -> _Copy:
        """Read it anew; while that cannot be done, an old copy holds (RFC 9309, section 2.4)."""
        outcome = await self._ask(Request(url=site.robots, accept="text/plain, */*;q=0.1"))
        now = asyncio.get_running_loop().time()
        rules = _rules(outcome)
        if rules is not None:
            return self._keep(site, _Copy(now + _lifetime(outcome), rules))
        refusal = _refusal(outcome)
        if refusal.reason is Reason.CIRCUIT_OPEN:  # which the host's line knows by itself, and until when
            return _Copy(now, None, refusal)
        old = self._copies.get(site.robots)
        until = now + min(max(refusal.retry_after or 0.0, _UNTIL_TRIED_AGAIN), _DAY)
        return self._keep(site, _Copy(until, old.rules if old else None, refusal))

    def _keep(self, site: Site, copy: _Copy) -> _Copy:
        """Keep a copy; of too many, those go that were not needed for longest."""
        self._weight += _weight(copy) - _weight(self._copies.pop(site.robots, None))
        self._copies[site.robots] = copy
        while self._weight > _MOST_WEIGHT and len(self._copies) > 1:
            self._weight -= _weight(self._copies.popitem(last=False)[1])
        return copy


def _weight(copy: _Copy | None) -> int:
    """Roughly how much memory a copy takes."""
    if copy is None:
        return 0
    return 100 + (copy.rules.weight if copy.rules else 0)


def _rules(outcome: Outcome) -> RobotsTxt | None:
    """The rules that follow from what came; None if robots.txt cannot be reached, which forbids everything.

    RFC 9309, section 2.3.1: a 4xx, or too many redirects, says that there are no rules. 429 is one of them, but says
    no such thing: the server is there and wants peace, so that it counts as 5xx does (as Google has it, too).
    """
    if isinstance(outcome, Fetched):
        return RobotsTxt(outcome.content)
    if not isinstance(outcome, Failed):
        return None
    return RobotsTxt(b"") if outcome.reason in _NO_RULES else None


def _refusal(outcome: Outcome) -> Refusal:
    """Why nothing may be fetched: what keeps us from reading robots.txt keeps us from the page."""
    if not isinstance(outcome, Failed):
        return Refusal(Reason.NOT_HTTP, "robots.txt: the server says that a copy which we do not have is unchanged")
    return Refusal(outcome.reason, f"robots.txt: {outcome.detail}", outcome.status, outcome.retry_after)


def _until_tried_again(copy: _Copy) -> Refusal | None:
    """The refusal of a copy without rules, as it is now."""
    if copy.refusal is None or copy.refusal.reason is Reason.CIRCUIT_OPEN:
        return copy.refusal
    left = copy.until - asyncio.get_running_loop().time()
    return msgspec.structs.replace(copy.refusal, retry_after=round(left, 3))


def _lifetime(outcome: Outcome) -> float:
    """Seconds for which a copy may be used."""
    control = outcome.header("cache-control") if isinstance(outcome, Fetched) else None
    said = _MAX_AGE.search(control or "")
    return min(max(float(said[1]), _SHORTEST), _DAY) if said else _DAY
