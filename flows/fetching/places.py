"""How many at once: hosts that are asked, and outcomes that nobody has taken yet, all together."""

import asyncio
from collections import deque


class Places:
    """A number of places, first come, first served.

    Not a semaphore, for an outcome comes whether there is a place for it or not: what is called up then finds none
    left, and goes on waiting at the head of the line.
    """

    def __init__(self, most: int) -> None:
        self._left = most
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def take(self) -> None:
        """Wait for a place; then it is ours."""
        if self._left <= 0 or self._waiting:
            await self._wait()
        self._left -= 1
        self._call()

    async def free(self) -> None:
        """Wait until one would be ours, and leave it."""
        await self.take()
        self.give_back()

    def give_back(self) -> None:
        """A place is free again."""
        self._left += 1
        self._call()

    def fill(self) -> None:
        """Something is here and needs a place, even if none is left."""
        self._left -= 1

    async def _wait(self) -> None:
        called = asyncio.get_running_loop().create_future()
        self._waiting.append(called)
        try:
            while not (called.done() and self._left > 0):
                if called.done():
                    called = self._waiting[0] = asyncio.get_running_loop().create_future()
                await called
        except asyncio.CancelledError:
            self._waiting.remove(called)
            self._call()
            raise
        self._waiting.popleft()

    def _call(self) -> None:
        if self._left > 0 and self._waiting and not self._waiting[0].done():
            self._waiting[0].set_result(None)
