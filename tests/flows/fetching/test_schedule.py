"""Hosts in the order in which they may be asked. In virtual time."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from flows.fetching.results import Request
from flows.fetching.schedule import Schedule

Leap = Callable[..., Any]


def host(name: str) -> deque[Request]:
    return deque([Request(url=name)])


def test_who_may_be_asked_comes_first_and_the_end_is_said(leap: Leap) -> None:
    async def main() -> list[str]:
        now = asyncio.get_running_loop().time
        schedule, order = Schedule(map(host, "abc")), []
        assert await schedule.wait()
        taken = schedule.take()
        for due in (now() + 5, now() + 2, now()):
            assert taken is not None
            order.append(taken[0].url)
            taken = schedule.swap(taken, due)
        for _ in range(3):
            assert taken is not None
            order.append(f"{taken[0].url} at {now() - 1000:g}")
            assert schedule.swap(taken, None) is None
            if await schedule.wait():
                taken = schedule.take()
        assert not await schedule.wait()
        return order

    assert leap(main()) == ["a", "b", "c", "c at 0", "b at 2", "a at 5"]


def test_who_comes_back_sooner_than_the_others_is_waited_for_no_longer(leap: Leap) -> None:
    async def main() -> None:
        now = asyncio.get_running_loop().time
        schedule = Schedule(map(host, "ab"))
        first, second = schedule.take(), schedule.take()
        assert first is not None
        assert second is not None
        assert schedule.swap(first, now() + 60) is None
        asyncio.get_running_loop().call_later(1, schedule.swap, second, now() + 2)
        assert await schedule.wait()
        assert (schedule.take(), now()) == (second, 1002)

    leap(main())


def test_a_host_that_is_next_itself_is_taken_again(leap: Leap) -> None:
    async def main() -> None:
        schedule = Schedule(map(host, "a"))
        only = schedule.take()
        assert only is not None
        assert schedule.swap(only, asyncio.get_running_loop().time()) is only

    leap(main())
