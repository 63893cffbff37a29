"""What hosts see of many requests: never two at once, never without the pause. In virtual time."""

import asyncio
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from flows.fetching.fetcher import Fetcher
from flows.fetching.results import Failed, Fetched, Outcome, Reason, Request

Deferral = Callable[..., Failed]
Fake = Callable[..., Any]
Fetch = Callable[..., list[Outcome]]
Running = Callable[..., Any]


def gaps(exchange: Any, host: str) -> list[float]:  # noqa: ANN401 - the fake of conftest.py
    """Seconds from the end of one to the start of the next."""
    sent = [sent for sent in exchange.sent if sent.host.startswith(host)]
    return [round(after.start - before.end, 3) for before, after in pairwise(sent)]


def urls(host: str, count: int) -> list[str]:
    return [f"http://{host}/{number}" for number in range(count)]


def test_requests_to_a_host_start_no_sooner_than_the_delay_and_in_their_order(fake: Fake, fetch: Fetch) -> None:
    exchange = fake()
    fetch(exchange, *urls("a.example", 4), *urls("b.example", 2), delay=1.0)
    assert gaps(exchange, "a.example") == [1.0] * 4
    assert gaps(exchange, "b.example") == [1.0] * 2
    assert exchange.paths("a.example") == ["/robots.txt", "/0", "/1", "/2", "/3"]
    assert not exchange.crowded


def test_a_slow_host_is_never_asked_before_it_is_done(fake: Fake, fetch: Fetch) -> None:
    exchange = fake(latency=3.0)
    fetch(exchange, *urls("a.example", 3), delay=1.0)
    assert gaps(exchange, "a.example") == [1.0] * 3


def test_other_spellings_are_the_same_host(fake: Fake, fetch: Fetch) -> None:
    exchange = fake()
    fetch(exchange, "http://BÜCHER.example./1", "http://xn--bcher-kva.example:80/2", delay=1.0, robots=False)
    assert gaps(exchange, "xn--bcher-kva.example") == [1.0]


def test_other_spellings_of_an_address_are_the_same_host(fake: Fake, fetch: Fetch) -> None:
    exchange = fake()
    hosts = ["127.0.0.2", "127.2", "0x7f.0.2", "2130706434", "[::ffff:127.0.0.2]", "127.2."]
    fetch(exchange, *(f"http://{host}/" for host in hosts), delay=1.0, robots=False)
    assert gaps(exchange, "127.0.0.2:80") == [1.0] * 5


def test_plain_http_at_a_port_of_https_says_nothing_of_https(fake: Fake, running: Running) -> None:
    exchange = fake({f"http://a.example:443/{n}": Reason.NOT_HTTP for n in range(6)})

    async def main(fetcher: Fetcher) -> list[Outcome]:
        wrong = [await fetcher.fetch(Request(url=url)) for url in urls("a.example:443", 6)]
        return [*wrong, await fetcher.fetch(Request(url="https://a.example/"))]

    *wrong, right = running(exchange, main, robots=False)
    assert [outcome.reason for outcome in wrong] == [Reason.NOT_HTTP] * 5 + [Reason.CIRCUIT_OPEN]
    assert isinstance(right, Fetched)
    assert gaps(exchange, "a.example:443") == [1.0] * 5


def test_a_redirector_that_used_up_the_time_is_the_one_left_alone(fake: Fake, running: Running) -> None:
    """Its redirects are answers as well, and do not make up for it."""
    late = Failed(request=Request(url=""), url="", reason=Reason.DEADLINE, detail="", caused_by="http://a.example/0")
    exchange = fake({"http://a.example/0": "http://b.example/0", "http://b.example/0": late})

    async def main(fetcher: Fetcher) -> list[Outcome]:
        first = [await fetcher.fetch(Request(url="http://a.example/0")) for _ in range(6)]
        return [*first, await fetcher.fetch(Request(url="http://b.example/1"))]

    *outcomes, behind = running(exchange, main, robots=False, attempts=1)
    assert [outcome.reason for outcome in outcomes] == [Reason.DEADLINE] * 5 + [Reason.CIRCUIT_OPEN]
    assert isinstance(behind, Fetched)


def test_a_redirector_works_whatever_its_target_does(fake: Fake, running: Running) -> None:
    answers = {f"http://a.example/{n}": Reason.DEADLINE for n in range(4)}
    exchange = fake(answers | {"http://a.example/moved": "http://b.example/", "http://b.example/": Reason.DEADLINE})

    async def main(fetcher: Fetcher) -> list[Outcome]:
        asked = [*urls("a.example", 4), "http://a.example/moved", *urls("a.example", 4), "http://a.example/fine"]
        return [await fetcher.fetch(Request(url=url)) for url in asked]

    *others, last = running(exchange, main, robots=False, attempts=1)
    assert {outcome.reason for outcome in others} == {Reason.DEADLINE}
    assert isinstance(last, Fetched)


def test_many_hosts_are_asked_at_once_but_not_more_than_concurrency(fake: Fake, fetch: Fetch) -> None:
    exchange = fake()
    fetch(exchange, *(f"http://{name}.example/" for name in "abcdefghij"), concurrency=4, robots=False)
    assert exchange.most_busy == 4


def test_hosts_in_their_pause_take_no_place_from_others(fake: Fake, fetch: Fetch) -> None:
    exchange = fake(latency=0.1)
    fetch(exchange, *urls("a.example", 2), *urls("b.example", 2), delay=10.0, concurrency=1, robots=False)
    assert [sent.host[0] for sent in exchange.sent] == ["a", "b", "a", "b"]
    assert exchange.sent[-1].start - exchange.sent[0].start < 10.3


def test_two_hosts_that_lead_to_each_other_do_not_wait_for_each_other(fake: Fake, fetch: Fetch) -> None:
    answers = {
        **{f"http://a.example/{n}": f"http://b.example/from-a-{n}" for n in range(20)},
        **{f"http://b.example/{n}": f"http://a.example/from-b-{n}" for n in range(20)},
    }
    exchange = fake(answers)
    outcomes = fetch(exchange, *urls("a.example", 20), *urls("b.example", 20), concurrency=1, delay=0.5)
    assert all(isinstance(outcome, Fetched) for outcome in outcomes)
    assert not exchange.crowded
    assert min(gaps(exchange, "a.example") + gaps(exchange, "b.example")) >= 0.5


def test_a_host_that_leads_to_itself_waits_for_its_own_pause(fake: Fake, fetch: Fetch) -> None:
    exchange = fake({"http://a.example/0": "http://a.example/there"})
    (outcome,) = fetch(exchange, "http://a.example/0", delay=2.0, robots=False)
    assert isinstance(outcome, Fetched)
    assert gaps(exchange, "a.example") == [2.0]


def test_who_is_redirected_goes_before_who_has_not_begun(fake: Fake, fetch: Fetch) -> None:
    exchange = fake({"http://a.example/0": "http://b.example/there"})
    fetch(exchange, *urls("b.example", 5), "http://a.example/0", robots=False)
    assert exchange.paths("b.example")[:3] == ["/0", "/1", "/there"]


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_lets_the_whole_host_rest(fake: Fake, fetch: Fetch, deferral: Deferral, status: int) -> None:
    exchange = fake({"http://a.example/0": [deferral(status, 20.0), b"text"]})
    first, second = fetch(exchange, *urls("a.example", 2), robots=False)
    assert (type(first), first.attempts, type(second)) == (Fetched, 2, Fetched)
    assert gaps(exchange, "a.example") == [20.0, 1.0]
    assert exchange.paths("a.example") == ["/0", "/1", "/0"]


def test_a_longer_retry_after_defers_all_requests_at_once(fake: Fake, fetch: Fetch, deferral: Deferral) -> None:
    exchange = fake({"http://a.example/0": deferral(429, 3600.0)})
    first, *others = fetch(exchange, *urls("a.example", 3), "http://b.example/", robots=False)
    assert isinstance(first, Failed)
    assert (first.reason, first.retry_after, first.status, first.attempts) == (Reason.DEFERRED, 3600.0, 429, 1)
    assert [getattr(other, "reason", None) for other in others] == [Reason.DEFERRED, Reason.DEFERRED, None]
    assert others[0].attempts == 0
    assert exchange.paths("a.example") == ["/0"]


def test_too_many_requests_without_a_time_means_the_longest_delay(fake: Fake, fetch: Fetch) -> None:
    exchange = fake({"http://a.example/0": [429, b"text"]})
    fetch(exchange, "http://a.example/0", robots=False, longest_delay=30.0)
    assert gaps(exchange, "a.example") == [30.0]


def test_a_missing_page_with_retry_after_is_missing(fake: Fake, fetch: Fetch, deferral: Deferral) -> None:
    exchange = fake({"http://a.example/0": deferral(404, 20.0)})
    (outcome,) = fetch(exchange, "http://a.example/0", robots=False)
    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.retry_after, outcome.attempts) == (Reason.CLIENT_ERROR, None, 1)


def test_who_gives_up_leaves_the_line(fake: Fake, running: Running) -> None:
    exchange = fake(latency=1.0)

    async def main(fetcher: Fetcher) -> list[Outcome]:
        tasks = [asyncio.ensure_future(fetcher.fetch(Request(url=url))) for url in urls("a.example", 6)]
        await asyncio.sleep(0.5)
        for number in (0, 2, 3):  # one that is asked, and two in line
            tasks[number].cancel()
        await asyncio.sleep(2.0)
        tasks[4].cancel()  # one in the host's pause
        return await asyncio.gather(tasks[1], tasks[5])

    outcomes = running(exchange, main, robots=False, delay=2.0, concurrency=1)
    assert all(isinstance(outcome, Fetched) for outcome in outcomes)
    assert exchange.paths("a.example") == ["/0", "/1", "/5"]
    assert not exchange.crowded


def test_called_and_given_up_in_the_same_instant(fake: Fake, running: Running) -> None:
    exchange = fake()

    async def main(fetcher: Fetcher) -> Outcome:
        first, second, third = (
            asyncio.ensure_future(fetcher.fetch(Request(url=url))) for url in urls("a.example", 3)
        )
        first.add_done_callback(lambda _: second.cancel())
        await first
        return await third

    assert isinstance(running(exchange, main, robots=False), Fetched)


def test_while_the_circuit_is_open_nothing_is_sent_then_one_trial(fake: Fake, running: Running) -> None:
    exchange = fake({f"http://a.example/{n}": Reason.REFUSED for n in range(20)})

    async def main(fetcher: Fetcher) -> list[Outcome]:
        outcomes = await asyncio.gather(*(fetcher.fetch(Request(url=url)) for url in urls("a.example", 8)))
        await asyncio.sleep(40)
        return [
            *outcomes,
            *await asyncio.gather(*(fetcher.fetch(Request(url=url)) for url in urls("a.example", 3))),
            await fetcher.fetch(Request(url="http://b.example/")),
        ]

    *outcomes, other = running(exchange, main, robots=False, attempts=1, delay=0)
    reasons = [outcome.reason for outcome in outcomes]
    assert reasons == [Reason.REFUSED] * 5 + [Reason.CIRCUIT_OPEN] * 3 + [Reason.REFUSED] + [Reason.CIRCUIT_OPEN] * 2
    assert 25 <= outcomes[5].retry_after <= 33
    assert 50 <= outcomes[-1].retry_after <= 66
    assert isinstance(other, Fetched)


def test_a_trial_that_works_lets_the_others_in(fake: Fake, running: Running) -> None:
    exchange = fake({f"http://a.example/{n}": [Reason.TLS, b"text"] for n in range(5)})

    async def main(fetcher: Fetcher) -> list[Outcome]:
        await asyncio.gather(*(fetcher.fetch(Request(url=url)) for url in urls("a.example", 5)))
        await asyncio.sleep(40)
        return await asyncio.gather(*(fetcher.fetch(Request(url=url)) for url in urls("a.example", 5)))

    assert all(isinstance(outcome, Fetched) for outcome in running(exchange, main, robots=False))
