"""Which host is asked next: the one that may be asked now, and for longest."""

import asyncio
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from heapq import heappop, heappush
from itertools import count

from flows.fetching.results import Request


class Schedule:
    """The hosts that still have requests, by the time from which they may be asked: those in a pause cost nothing."""

    def __init__(self, hosts: Iterable[deque[Request]]) -> None:
        self._order = count()  # of two that are due at the same time, who has waited longer
        self._waiting = [(0.0, next(self._order), host) for host in hosts]
        self._taken = 0
        self._changed = asyncio.Event()

    async def wait(self) -> bool:
        """Wait until a host may be asked; False if there will be none."""
        while self._waiting or self._taken:
            pause = self._waiting[0][0] - asyncio.get_running_loop().time() if self._waiting else None
            if pause is not None and pause <= 0:
                return True
            self._changed.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._changed.wait()
        return False

    def take(self) -> deque[Request] | None:
        """Take the host that may be asked for longest, if any may."""
        if not self._waiting or self._waiting[0][0] > asyncio.get_running_loop().time():
            return None
        self._taken += 1
        return heappop(self._waiting)[2]

    def swap(self, host: deque[Request], due: float | None) -> deque[Request] | None:
        """Give back a host, which may be asked again from a time on (or has no more requests), and take the next."""
        self._taken -= 1
        if due is not None:
            heappush(self._waiting, (due, next(self._order), host))
        taken = self.take()
        if taken is not host:
            self._changed.set()
        return taken
