"""Fetching one after the other, where each answer says what to ask next, for those who run no event loop."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager

from flows.fetching.asking import Exchanging
from flows.fetching.fetcher import Fetcher
from flows.fetching.results import Outcome, Request
from flows.fetching.settings import FetchSettings


@contextmanager
def fetch_one_by_one(
    settings: FetchSettings | None = None, *, exchange: Exchanging | None = None
) -> Iterator[Callable[[Request], Outcome]]:
    """A function that fetches; what is known of hosts (pauses, robots.txt) lasts from one call to the next.

    Raises:
        CleancopyError: a setting cannot be used.
    """
    fetcher = Fetcher(settings, exchange=exchange)
    with asyncio.Runner() as runner:
        # A Runner runs coroutines and has no `async with`.
        opened = AsyncExitStack()
        runner.run(opened.enter_async_context(fetcher))
        try:
            yield lambda request: runner.run(fetcher.fetch(request))
        finally:
            runner.run(opened.aclose())
