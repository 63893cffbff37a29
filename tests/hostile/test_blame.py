"""Who is to blame, and what a host sees of it: politeness over real connections."""

import asyncio
from collections.abc import Callable
from itertools import pairwise
from urllib.parse import quote

import msgspec
import pytest

from flows.fetching.exchange import Exchange
from flows.fetching.fetcher import Fetcher
from flows.fetching.results import Failed, Fetched, Outcome, Reason, Request
from tests.hostile.conftest import SETTINGS
from tests.hostile.serving import Hostile

pytestmark = pytest.mark.slow

Fetch = Callable[..., list[Outcome]]


@pytest.fixture
def fetch(exchange: Callable[..., Exchange]) -> Fetch:
    """Fetch URLs one after the other, politely."""

    def fetch(*urls: str, delay: float = 0.0, pause: float = 0.0, **changes: float) -> list[Outcome]:
        settings = msgspec.structs.replace(SETTINGS, robots=False, attempts=1, delay=delay, **changes)

        async def main() -> list[Outcome]:
            outcomes = []
            asking = exchange(**changes)
            async with asking, Fetcher(settings, exchange=asking) as fetcher:
                for url in urls:
                    outcomes.append(await fetcher.fetch(Request(url=url)))
                    await asyncio.sleep(pause)
            return outcomes

        return asyncio.run(main())

    return fetch


def _reasons(outcomes: list[Outcome]) -> list[Reason | None]:
    return [outcome.reason if isinstance(outcome, Failed) else None for outcome in outcomes]


def test_a_slow_redirector_is_to_blame_for_the_deadline(hostile: Hostile, fetch: Fetch) -> None:
    behind = hostile.url("/slow_headers", host="other.test")
    slow = hostile.url("/late/0.6/" + quote(behind, safe=""))
    *outcomes, other = fetch(*[slow] * 6, hostile.url("/html/x", host="other.test"), deadline=0.9)
    assert _reasons(outcomes) == [Reason.DEADLINE] * 5 + [Reason.CIRCUIT_OPEN]
    first = outcomes[0]
    assert isinstance(first, Failed)
    assert (first.url, first.caused_by, first.attempts) == (behind, slow, 2)
    assert "took longest" in first.detail
    assert isinstance(other, Fetched)


@pytest.mark.parametrize("path", ["/slow_headers", "/slow_body"])
def test_a_slow_host_is_to_blame_behind_a_quick_redirector(hostile: Hostile, fetch: Fetch, path: str) -> None:
    behind = hostile.url(path, host="other.test")
    quick = hostile.url("/to/302/" + quote(behind, safe=""))
    *outcomes, other = fetch(*[quick] * 6, hostile.url("/html/x"), deadline=0.5)
    assert _reasons(outcomes) == [Reason.DEADLINE] * 5 + [Reason.CIRCUIT_OPEN]
    assert [outcome.url for outcome in outcomes] == [behind] * 6
    assert {outcome.caused_by for outcome in outcomes if isinstance(outcome, Failed)} == {None}
    assert isinstance(other, Fetched)


def test_a_host_to_which_no_connection_comes_to_stand_is_to_blame(hostile: Hostile, fetch: Fetch) -> None:
    """Though the redirector before it took longer."""
    behind = f"http://slow.test:{hostile.ports['http']}/"
    slow = hostile.url("/late/0.4/" + quote(behind, safe=""))
    outcomes = fetch(*[slow] * 6, hostile.url("/html/x"), deadline=2.0, connect_timeout=0.2)
    assert _reasons(outcomes) == [Reason.DEADLINE] * 5 + [Reason.CIRCUIT_OPEN, None]


def test_a_dead_connection_costs_a_request_and_its_pause(hostile: Hostile, fetch: Fetch) -> None:
    """The server hangs up when it is asked over a kept connection: asking again is a request like any other."""
    before = len(hostile.times)
    kept, dead = fetch(hostile.url("/html/x"), hostile.url("/empty"), delay=0.3)
    assert (kept.attempts, dead.attempts, _reasons([dead])) == (1, 2, [Reason.CONNECTION_LOST])
    times = hostile.times[before:]
    assert len(times) == 3
    assert min(after - before for before, after in pairwise(times)) > 0.29


def test_a_dead_connection_is_no_answer(hostile: Hostile, fetch: Fetch) -> None:
    """Each /status/404 is one, and each /empty over its connection is a failure, counted once."""
    urls = [hostile.url(path) for path in ["/status/404", *["/empty"] * 6]]
    assert _reasons(fetch(*urls)) == [Reason.CLIENT_ERROR, *[Reason.CONNECTION_LOST] * 5, Reason.CIRCUIT_OPEN]


def test_attempts_are_the_requests_that_went_out(hostile: Hostile, fetch: Fetch) -> None:
    def moved(url: str) -> str:
        return hostile.url("/to/302/" + quote(url, safe=""))

    canary = f"http://127.0.0.1:{hostile.ports['canary']}/"
    expected = {
        hostile.url("/html/x"): 1,
        moved(hostile.url("/html/x")): 2,
        moved(moved(hostile.url("/status/404"))): 3,
        moved("file:///etc/passwd"): 1,
        moved(canary): 1,
        canary: 0,
        "http://user@hostile.test/": 0,
        "http://missing.test/": 1,
        f"http://hostile.test:{hostile.ports['refused']}/": 1,
    }
    assert [outcome.attempts for outcome in fetch(*expected)] == list(expected.values())


def test_what_is_sent_is_what_was_judged(hostile: Hostile, fetch: Fetch) -> None:
    port = hostile.ports["http"]
    fetch(f"http://hostile.test.:{port}/x/%2e%2e/%68tml/x", f"http://0x7f.2:{port}/html/x")
    first, second = (head.splitlines()[:2] for head in hostile.heads[-2:])
    assert first == ["GET /html/x HTTP/1.1", f"Host: hostile.test:{port}"]
    assert second == ["GET /html/x HTTP/1.1", f"Host: 127.0.0.2:{port}"]
