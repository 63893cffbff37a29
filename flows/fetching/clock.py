"""The time of one attempt: it runs while somebody is asked, and stands still while a turn is waited for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2


class Clock:
    """Ends what takes too long, and knows who took how long of it.

    Attributes:
        limit: cancels what runs inside of it, as `asyncio.timeout` does.
    """

    def __init__(self, seconds: float) -> None:
        self.limit = asyncio.timeout(seconds)
        self._taken: dict[tuple[str, bytes], float] = {}
        self._first: dict[tuple[str, bytes], httpx2.URL] = {}

    @asynccontextmanager
    async def stopped(self) -> AsyncIterator[None]:
        """Waiting for a host's turn is not that host's slowness."""
        loop = asyncio.get_running_loop()
        left = (self.limit.when() or loop.time()) - loop.time()
        self.limit.reschedule(None)
        yield
        self.limit.reschedule(loop.time() + left)

    def charge(self, url: httpx2.URL, seconds: float) -> None:
        """A URL's host took some time."""
        who = (url.scheme, url.netloc)
        self._first.setdefault(who, url)
        self._taken[who] = self._taken.get(who, 0.0) + seconds

    def slowest(self) -> httpx2.URL:
        """The first URL of the host that took longest; of two, the one that was asked last."""
        slowest = max(reversed(self._taken), key=self._taken.__getitem__)
        return self._first[slowest]
