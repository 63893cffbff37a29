"""Whatever servers do and whoever gives up: in virtual time, by chance, the same chance each time."""

import asyncio
import random
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from flows.fetching.fetcher import Fetcher
from flows.fetching.results import Failed, Reason, Request

HOSTS = [f"http://{name}.example" for name in "abcd"]
PAGES = [f"{host}/{number}" for host in HOSTS for number in range(8)]


def answers(rng: random.Random, deferral: Callable[[int, float], Failed]) -> dict[str, Any]:
    def one() -> Any:  # noqa: ANN401
        return rng.choice(
            [b"text", b"text", rng.choice(PAGES), 404, 500, Reason.DEADLINE, deferral(429, 5.0), deferral(503, 500.0)]
        )

    robots = [b"User-agent: *\nDisallow: /3\nCrawl-delay: 2", 404, 500, f"{HOSTS[0]}/robots.txt", b""]
    return {page: [one(), one()] for page in PAGES} | {f"{host}/robots.txt": rng.choice(robots) for host in HOSTS}


@pytest.mark.parametrize("seed", range(40))
def test_all_end_none_crowds_and_every_pause_is_kept(
    seed: int, fake: Callable[..., Any], running: Callable[..., Any], deferral: Callable[[int, float], Failed]
) -> None:
    rng = random.Random(seed)  # noqa: S311
    exchange = fake(answers(rng, deferral), latency=rng.choice([0.0, 0.3, 2.0]))

    async def main(fetcher: Fetcher) -> list[Any]:
        tasks = [asyncio.ensure_future(fetcher.fetch(Request(url=rng.choice(PAGES)))) for _ in range(60)]
        for task in rng.sample(tasks, 10):
            asyncio.get_running_loop().call_later(rng.uniform(0, 20), task.cancel)
        return await asyncio.gather(*tasks, return_exceptions=True)

    outcomes = running(exchange, main, delay=1.0, concurrency=rng.choice([1, 2, 64]))
    raised = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    assert all(isinstance(error, asyncio.CancelledError) for error in raised)
    assert not exchange.crowded
    for host in {sent.host for sent in exchange.sent}:
        sent = [one for one in exchange.sent if one.host == host]
        assert all(after.start - before.end > 0.999 for before, after in pairwise(sent))
