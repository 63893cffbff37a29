"""The line in front of a host."""

import asyncio
from collections import deque


class Line:
    """First come, first served; those who are under way already go before the others.

    A lock with two lanes. Whoever leaves hands over to the next, so that nobody pushes in between.

    Attributes:
        taken: whether somebody has the turn; nobody waits while nobody has.
    """

    def __init__(self) -> None:
        self.taken = False
        self._ahead: deque[asyncio.Future[None]] = deque()
        self._behind: deque[asyncio.Future[None]] = deque()

    async def join(self, *, ahead: bool) -> None:
        """Wait until it is our turn."""
        if not self.taken:
            self.taken = True
            return
        called = asyncio.get_running_loop().create_future()
        (self._ahead if ahead else self._behind).append(called)
        try:
            await called
        except asyncio.CancelledError:
            if not called.cancelled():  # called and given up in the same instant
                self.leave()
            raise

    def leave(self) -> None:
        """Let the next one in."""
        for lane in (self._ahead, self._behind):
            while lane:
                called = lane.popleft()
                if not called.done():
                    called.set_result(None)
                    return
        self.taken = False
