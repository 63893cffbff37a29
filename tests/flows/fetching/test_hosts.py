"""What is known of hosts is bounded, and what matters is never forgotten. In virtual time."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from flows.fetching import hosts
from flows.fetching.fetcher import Fetcher
from flows.fetching.hosts import Hosts
from flows.fetching.places import Places
from flows.fetching.results import Failed, Fetched, Outcome, Reason, Request
from flows.fetching.settings import FetchSettings
from flows.fetching.sites import Site, site_of

Fake = Callable[..., Any]
Running = Callable[..., Any]
Leap = Callable[..., Any]


def site(number: int) -> Site:
    return site_of(f"http://h{number}.example/")


def known(known_hosts: Hosts) -> set[str]:
    return set(known_hosts._hosts)  # noqa: SLF001 - what is not kept shows nowhere else but in memory


async def visit(known_hosts: Hosts, one: Site) -> None:
    assert await known_hosts.take(one, ahead=False) is None
    known_hosts.give_back(one)


def test_hosts_of_which_nothing_matters_are_forgotten(leap: Leap, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosts, "MOST_IDLE", 100)
    settings = FetchSettings()

    async def main() -> None:
        known_hosts = Hosts(settings, Places(64))
        for number in range(20_000):
            await visit(known_hosts, site(number))
            if number % 10 == 0:
                await asyncio.sleep(0.1)  # a hundred a second, with a pause of one second
        assert len(known(known_hosts)) <= 210

    leap(main())


def test_a_host_that_rests_or_failed_or_is_asked_or_paused_is_not_forgotten(
    leap: Leap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hosts, "MOST_IDLE", 10)

    async def main() -> None:
        known_hosts = Hosts(FetchSettings(), Places(64))
        resting, broken, asked, slow = (site_of(f"http://{name}.example/") for name in "rbas")
        put_off = Failed(request=Request(url=""), url="", reason=Reason.DEFERRED, detail="", retry_after=900.0)
        refused = Failed(request=Request(url=""), url="", reason=Reason.REFUSED, detail="")
        known_hosts.note(resting, put_off)
        for _ in range(12):
            known_hosts.note(broken, refused)
        await visit(known_hosts, slow)
        known_hosts.slow_down(slow, 60.0)
        await known_hosts.take(asked, ahead=False)
        for number in range(500):
            await visit(known_hosts, site(number))
            await asyncio.sleep(0.1)
        assert {one.host for one in (resting, broken, asked, slow)} <= known(known_hosts)
        known_hosts.give_back(asked)
        for number in range(20_000):
            await visit(known_hosts, site(number))
            await asyncio.sleep(0.1)
        assert not {one.host for one in (resting, broken, asked, slow)} & known(known_hosts)

    leap(main())


def test_the_crawl_delay_of_a_host_that_was_forgotten_holds(
    fake: Fake, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hosts, "MOST_IDLE", 2)
    exchange = fake({"http://a.example/robots.txt": b"User-agent: *\nCrawl-delay: 10"})

    async def main(fetcher: Fetcher) -> list[Outcome]:
        await fetcher.fetch(Request(url="http://a.example/0"))
        await asyncio.sleep(30)
        for number in range(20):
            await fetcher.fetch(Request(url=f"http://h{number}.example/"))
        return [await fetcher.fetch(Request(url=f"http://a.example/{n}")) for n in (1, 2)]

    assert all(isinstance(outcome, Fetched) for outcome in running(exchange, main))
    *_, before, after = [sent for sent in exchange.sent if sent.host == "a.example:80"]
    assert exchange.paths("a.example") == ["/robots.txt", "/0", "/1", "/2"]
    assert after.start - before.end == pytest.approx(10)
