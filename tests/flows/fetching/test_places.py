"""Places are given in order, never too many, and none is lost by who gives up. In virtual time."""

import asyncio
from collections.abc import Callable
from typing import Any

from flows.fetching.places import Places

Leap = Callable[..., Any]


def test_first_come_first_served_and_what_fills_a_place_keeps_it(leap: Leap) -> None:
    async def main() -> None:
        places, came = Places(1), []

        async def come(name: str) -> None:
            await places.take()
            came.append(name)

        await places.take()
        first, second = asyncio.ensure_future(come("first")), asyncio.ensure_future(come("second"))
        await asyncio.sleep(1)
        places.give_back()
        places.fill()  # in the same instant: who was called finds nothing
        await asyncio.sleep(1)
        assert came == []
        places.give_back()
        await first
        await asyncio.sleep(1)
        assert came == ["first"]
        places.give_back()
        await second

    leap(main())


def test_who_gives_up_lets_the_next_one_in(leap: Leap) -> None:
    async def main() -> None:
        places = Places(1)
        await places.take()
        waiting = [asyncio.ensure_future(places.take()) for _ in range(4)]
        await asyncio.sleep(1)
        waiting[1].cancel()
        places.give_back()
        waiting[0].cancel()  # called and given up in the same instant
        await waiting[2]
        assert not waiting[3].done()
        places.give_back()
        await waiting[3]

    leap(main())


def test_free_waits_and_takes_nothing(leap: Leap) -> None:
    async def main() -> None:
        places = Places(1)
        await places.free()
        await places.take()
        waiting = asyncio.ensure_future(places.free())
        await asyncio.sleep(1)
        assert not waiting.done()
        places.give_back()
        await waiting
        await places.take()

    leap(main())
