"""One hostile server a session; one attempt at it, with what it took."""

import asyncio
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.fetching.exchange import Exchange
from flows.fetching.results import Outcome, Request
from flows.fetching.settings import FetchSettings
from tests.hostile.names import Names
from tests.hostile.serving import HOST, Hostile

MOST_GROWTH = 64 << 20
STATUS = Path("/proc/self/status")
DEADLINE = 3.0  # a loaded machine needs some time for a flood; what is slow on purpose is given less
SETTINGS = FetchSettings(
    deadline=DEADLINE,
    connect_timeout=0.6,
    most_wire_bytes=4_000_000,
    most_bytes=16_000_000,
    allow_private=(f"{HOST}/32",),
)


@pytest.fixture(scope="session")
def hostile() -> Iterator[Hostile]:
    with Hostile() as server:
        yield server


@pytest.fixture
def names() -> Names:
    return Names()


@pytest.fixture
def exchange(hostile: Hostile, names: Names) -> Callable[..., Exchange]:
    """An exchange at the hostile server, with other settings by name."""

    def exchange(**changes: Any) -> Exchange:  # noqa: ANN401 - any setting
        settings = FetchSettings(
            **{**{name: getattr(SETTINGS, name) for name in SETTINGS.__struct_fields__}, **changes}
        )
        return Exchange(settings, resolve=names, trust=hostile.trust)

    return exchange


@pytest.fixture
def attempt(hostile: Hostile, exchange: Callable[..., Exchange]) -> Callable[..., Outcome]:
    """One attempt, watched: time, memory, and the canary's silence."""

    def attempt(
        url: str,
        *,
        etag: str | None = None,
        deadline: float = DEADLINE,
        **changes: Any,  # noqa: ANN401 - any setting
    ) -> Outcome:
        async def once() -> Outcome:
            async with exchange(deadline=deadline, **changes) as asking:
                return await asking.attempt(Request(url=url, etag=etag))

        reached = hostile.connections["canary"]
        before = _forget_peak()
        start = time.monotonic()
        outcome = asyncio.run(once())
        assert time.monotonic() - start <= deadline + 1
        assert _peak() - before <= MOST_GROWTH
        assert hostile.connections["canary"] == reached
        return outcome

    return attempt


def _forget_peak() -> int:
    """Start a new peak of resident memory; gives the bytes that are resident now.

    Elsewhere than on Linux it is the process's peak so far: growth below an older peak is not seen there.
    """
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return _peak()
    return _peak()


def _peak() -> int:
    if STATUS.exists():
        line = next(line for line in STATUS.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
