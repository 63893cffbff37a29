"""Fetching many without an event loop: outcomes as they come, and a clean end whoever ends it."""

import asyncio
import signal
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest

from cleaners.errors import CleancopyError
from flows.fetching.batch import fetch_all, open_fetching
from flows.fetching.results import Failed, Fetched, Reason, Request
from flows.fetching.settings import FetchSettings

Fake = Callable[..., Any]

QUICK = FetchSettings(delay=0, robots=False)


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    yield
    assert not [thread for thread in threading.enumerate() if thread.name == "cleancopy-fetching"]


def requests(count: int, *hosts: str) -> list[Request]:
    return [Request(url=f"http://{host}.example/{number}") for host in hosts for number in range(count)]


def test_every_request_has_one_outcome(fake: Fake) -> None:
    exchange = fake({"http://a.example/3": 404}, latency=0)
    asked = [*requests(20, "a", "b", "c"), Request(url="nonsense")]
    outcomes = list(fetch_all(asked, QUICK, exchange=exchange))
    assert sorted(outcome.request.url for outcome in outcomes) == sorted(request.url for request in asked)
    failed = {outcome.request.url: outcome.reason for outcome in outcomes if isinstance(outcome, Failed)}
    assert failed == {"http://a.example/3": Reason.CLIENT_ERROR, "nonsense": Reason.BAD_URL}
    assert not exchange.crowded


def test_hosts_take_turns(fake: Fake) -> None:
    exchange = fake(latency=0.001)
    for _ in fetch_all(
        requests(8, "a", "b", "c"), FetchSettings(delay=0, robots=False, concurrency=1), exchange=exchange
    ):
        pass
    assert [sent.host[0] for sent in exchange.sent[:6]] == ["a", "b", "c", "a", "b", "c"]


def test_outcomes_come_before_all_are_there(fake: Fake) -> None:
    exchange = fake(latency=0.01)
    outcomes = fetch_all(requests(1000, "a"), QUICK, exchange=exchange)
    assert isinstance(next(outcomes), Fetched)
    assert len(exchange.sent) < 20
    outcomes.close()  # type: ignore[attr-defined]


def test_nothing_is_fetched_far_ahead_of_who_takes_it(fake: Fake) -> None:
    exchange = fake(latency=0)
    settings = FetchSettings(delay=0, robots=False, concurrency=3)
    outcomes = fetch_all(requests(100, "a", "b"), settings, exchange=exchange)
    next(outcomes)
    threading.Event().wait(0.1)
    assert len(exchange.sent) <= 1 + 3 + 2  # taken, waiting, and in the hands of each host's worker
    assert len(list(outcomes)) == 199


@pytest.mark.parametrize("concurrency", [1, 3])
def test_no_more_is_kept_for_who_is_slow_whatever_the_number_of_hosts(fake: Fake, concurrency: int) -> None:
    exchange = fake(latency=0)
    settings = FetchSettings(delay=0.01, robots=False, concurrency=concurrency)
    hosts = [f"h{number}" for number in range(60)]
    outcomes = fetch_all(requests(2, *hosts), settings, exchange=exchange)
    for taken in range(1, 4):
        next(outcomes)
        threading.Event().wait(0.1)
        assert len(exchange.sent) <= taken + concurrency
    assert len(list(outcomes)) == 117


def test_hosts_that_wait_keep_no_other_waiting(fake: Fake, deferral: Callable[[int, float], Failed]) -> None:
    """By their pause, a Crawl-delay after robots.txt, a Retry-After, a retry, or a redirect to such a host."""
    waiting = [f"w{number}" for number in range(30)]
    answers: dict[str, Any] = {
        **{f"http://{host}.example/robots.txt": b"User-agent: *\nCrawl-delay: 30" for host in waiting[:10]},
        **{f"http://{host}.example/0": deferral(503, 30.0) for host in waiting[10:20]},
        **{f"http://{host}.example/0": Reason.CONNECTION_LOST for host in waiting[20:25]},
        **{f"http://{host}.example/0": "http://w0.example/there" for host in waiting[25:]},
    }
    exchange = fake(answers, latency=0.001)
    quick = [f"q{number}" for number in range(20)]
    outcomes = fetch_all(
        [*requests(3, *waiting), *requests(2, *quick)], FetchSettings(delay=0.3, concurrency=1), exchange=exchange
    )
    begun = time.monotonic()
    for _ in range(40):  # those of the quick hosts are among the first
        next(outcomes)
    assert time.monotonic() - begun < 10
    outcomes.close()  # type: ignore[attr-defined]
    assert not exchange.crowded
    for host in {sent.host for sent in exchange.sent}:
        starts = [sent.start for sent in exchange.sent if sent.host == host]
        assert all(after - before > 0.299 for before, after in pairwise(starts))


def test_the_delay_is_kept_and_nothing_more_is_waited_for(fake: Fake) -> None:
    exchange = fake(latency=0.001)
    settings = FetchSettings(delay=0.1, concurrency=1)
    hosts = [f"h{number}" for number in range(80)]
    begun = time.monotonic()
    assert len(list(fetch_all(requests(3, *hosts), settings, exchange=exchange))) == 240
    assert 0.3 <= time.monotonic() - begun < 3
    assert exchange.most_busy == 1


def test_nothing_asked_nothing_given(fake: Fake) -> None:
    assert list(fetch_all([], QUICK, exchange=fake())) == []


def test_ctrl_c_gives_up_what_is_under_way(fake: Fake) -> None:
    exchange = fake({}, latency=60)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    main = threading.main_thread().ident
    assert main is not None
    timer = threading.Timer(0.1, lambda: signal.pthread_kill(main, signal.SIGINT))
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            list(fetch_all(requests(2, "a", "b"), QUICK, exchange=exchange))
    finally:
        timer.join()
        signal.signal(signal.SIGINT, before)
    assert len(exchange.sent) == 2
    assert exchange.busy == set(), "their exchanges were not told"


def test_who_stops_reading_ends_it(fake: Fake) -> None:
    exchange = fake(latency=0.01)
    for number, _ in enumerate(fetch_all(requests(100, "a", "b"), QUICK, exchange=exchange)):
        if number == 3:
            break
    assert exchange.busy == set()
    assert len(exchange.sent) < 20


def test_a_mistake_of_ours_is_raised_where_outcomes_are_taken() -> None:
    class Broken:
        async def attempt(self, request: Request, *, before_hop: object = None) -> Fetched:  # noqa: ARG002
            await asyncio.sleep(0)
            raise ZeroDivisionError

    with pytest.raises(BaseExceptionGroup) as raised:
        list(fetch_all(requests(1, "a"), QUICK, exchange=Broken()))
    assert raised.group_contains(ZeroDivisionError)


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        ({"delay": -1.0}, "delay: Expected `float` >= 0.0"),
        ({"delay": float("nan")}, "delay: "),
        ({"longest_delay": float("inf")}, "longest_delay: "),
        ({"deadline": 0.0}, "deadline: "),
        ({"concurrency": 0}, "concurrency: "),
        ({"attempts": 0}, "attempts: "),
        ({"most_redirects": "five"}, "most_redirects: Expected `int`, got `str`"),
        ({"allow_private": ("10.0.0.300",)}, "allow_private: '10.0.0.300'"),
        (
            {"allow_private": ("10.0.0.1/8",)},
            "allow_private: '10.0.0.1/8' is no address or network (10.0.0.1/8 has host bits set",
        ),
        ({"proxy": "socks5://proxy:1080"}, "proxy: not a URL of the form"),
        ({"proxy": "http://u:secret@[::"}, "proxy: not a URL"),
        ({"proxy": "http://u:secret@proxy:0"}, "proxy: not a URL of the form"),
        ({"proxy": "http://u:secret@proxy:99999"}, "proxy: not a URL of the form"),
        ({"proxy": "http://u:secret@pro xy:80"}, "proxy: not a URL of the form"),
        ({"proxy": "http://proxy:80 "}, "proxy: not a URL of the form"),
        ({"proxy": "http://proxy:80/path"}, "proxy: not a URL of the form"),
        ({"proxy": "http://proxy:80?secret"}, "proxy: not a URL of the form"),
        ({"proxy": "http://proxy:80#secret"}, "proxy: not a URL of the form"),
        ({"proxy": "http://:80"}, "proxy: not a URL of the form"),
        ({"proxy": "http://pro%20xy"}, "proxy: not a URL of the form"),
        ({"proxy": "proxy:80"}, "proxy: not a URL of the form"),
        ({"proxy": ""}, "proxy: not a URL of the form"),
        ({"contact": "me\r\nX-Header: 1"}, "contact or user_agent"),
        ({"user_agent": " "}, "contact or user_agent"),
    ],
)
def test_a_wrong_setting_is_one_line_before_any_request(fake: Fake, settings: dict[str, Any], what: str) -> None:
    exchange = fake()
    with pytest.raises(CleancopyError) as raised:
        fetch_all(requests(1, "a"), FetchSettings(**settings), exchange=exchange)  # not even iterated
    message = str(raised.value)
    assert message.startswith(f"fetch settings: {what}")
    assert "secret" not in message
    assert "\n" not in message
    assert exchange.sent == []


def test_what_is_known_of_hosts_lasts_from_one_batch_to_the_next(fake: Fake) -> None:
    exchange = fake()
    with open_fetching(FetchSettings(delay=0.0), exchange=exchange) as fetch:
        for number in range(3):
            (outcome,) = fetch([Request(url=f"http://a.example/{number}")])
            assert isinstance(outcome, Fetched)
    assert exchange.paths("a.example") == ["/robots.txt", "/0", "/1", "/2"]


def test_whoever_leaves_a_batch_early_can_begin_no_other(fake: Fake) -> None:
    with open_fetching(FetchSettings(delay=0.0), exchange=fake()) as fetch:
        outcomes = fetch(Request(url=f"http://a.example/{number}") for number in range(50))
        assert isinstance(next(outcomes), Fetched)
        outcomes.close()  # type: ignore[attr-defined]
        with pytest.raises(RuntimeError):
            next(fetch([Request(url="http://a.example/again")]))


def test_a_stop_ends_the_wait_for_an_answer_and_all_later_fetching(fake: Fake) -> None:
    exchange = fake(latency=60)
    stopped = threading.Event()
    timer = threading.Timer(0.1, stopped.set)
    timer.start()
    began = time.monotonic()
    with open_fetching(QUICK, exchange=exchange, stop=stopped.is_set) as fetch:
        assert list(fetch(requests(2, "a", "b"))) == []
        sent = len(exchange.sent)
        assert list(fetch(requests(1, "c"))) == []
    assert time.monotonic() - began < 10
    assert len(exchange.sent) == sent == 2
    timer.join()
