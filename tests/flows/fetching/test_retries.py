"""What may pass is tried again, what cannot is not; one word for each reason."""

import asyncio
import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import pytest

from flows.fetching.fetcher import Fetcher
from flows.fetching.results import Failed, Fetched, Outcome, Reason, Request
from flows.fetching.retries import RETRIED

Fake = Callable[..., Any]
Fetch = Callable[..., list[Outcome]]
Running = Callable[..., Any]
URL = "http://a.example/"

ONCE = sorted(set(Reason) - RETRIED)


@pytest.mark.parametrize("reason", sorted(RETRIED - {Reason.DEFERRED}))
def test_what_may_pass_is_tried_three_times(fake: Fake, fetch: Fetch, reason: Reason) -> None:
    exchange = fake({URL: reason})
    (outcome,) = fetch(exchange, URL, robots=False)
    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.attempts, len(exchange.sent)) == (reason, 3, 3)


@pytest.mark.parametrize("reason", ONCE)
def test_what_cannot_pass_is_tried_once(fake: Fake, fetch: Fetch, reason: Reason) -> None:
    exchange = fake({URL: reason})
    (outcome,) = fetch(exchange, URL, robots=False)
    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.attempts, len(exchange.sent)) == (reason, 1, 1)


def test_what_passed_is_an_outcome_that_counts_its_attempts(fake: Fake, fetch: Fetch) -> None:
    exchange = fake({URL: [Reason.TRUNCATED, 503, b"whole"]})
    (outcome,) = fetch(exchange, URL, robots=False)
    assert isinstance(outcome, Fetched)
    assert (outcome.content, outcome.attempts) == (b"whole", 3)


def test_pauses_grow_and_have_chance_in_them(fake: Fake, fetch: Fetch) -> None:
    exchange = fake({URL: Reason.DNS}, latency=0)
    fetch(exchange, URL, robots=False, attempts=4, delay=0)
    starts = [sent.start for sent in exchange.sent]
    for bound, before, after in zip((1, 2, 4), starts, starts[1:], strict=False):
        assert bound <= after - before <= bound + 1


def test_the_host_serves_others_between_the_attempts_of_one(fake: Fake, fetch: Fetch) -> None:
    exchange = fake({URL: Reason.CONNECTION_LOST})
    fetch(exchange, URL, f"{URL}other", robots=False, delay=0)
    assert exchange.paths("a.example") == ["/", "/other", "/", "/"]


def test_a_circuit_that_opens_between_attempts_ends_it_and_what_failed_before_is_told(
    fake: Fake, fetch: Fetch
) -> None:
    exchange = fake({URL: 503})
    (outcome,) = fetch(exchange, URL, robots=False, attempts=9)
    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.attempts, outcome.status) == (Reason.CIRCUIT_OPEN, 5, 503)
    assert outcome.retry_after is not None
    assert outcome.detail.endswith("; before that, server_error: status 503")


def test_a_robots_txt_that_forbids_between_attempts_ends_it(
    fake: Fake, running: Running, answer: Callable[..., Fetched]
) -> None:
    robots = [answer(b"", cache_control="max-age=300"), b"User-agent: *\nDisallow: /"]
    exchange = fake({"http://a.example/robots.txt": robots, f"{URL}page": Reason.CONNECTION_LOST})

    async def main(fetcher: Fetcher) -> Outcome:
        await fetcher.fetch(Request(url=URL))
        await asyncio.sleep(299 + 1000.2 - asyncio.get_running_loop().time())
        return await fetcher.fetch(Request(url=f"{URL}page"))

    outcome = running(exchange, main)
    assert exchange.paths("a.example") == ["/robots.txt", "/", "/page", "/robots.txt"]
    assert (outcome.reason, outcome.attempts) == (Reason.ROBOTS, 1)
    assert outcome.detail.endswith("; before that, connection_lost: as the test says")


def test_attempts_are_the_requests_that_went_out_for_it(fake: Fake, fetch: Fetch) -> None:
    answers = {
        f"{URL}moved": f"{URL}there",
        f"{URL}again": [f"{URL}broken", f"{URL}whole"],
        f"{URL}broken": Reason.TRUNCATED,
        f"{URL}forbidden": "http://b.example/private",
        "http://b.example/robots.txt": b"User-agent: *\nDisallow: /private",
    }
    urls = [f"{URL}moved", f"{URL}again", f"{URL}forbidden", "http://b.example/private", "http://a b.example/"]
    outcomes = fetch(fake(answers), *urls)
    assert [outcome.attempts for outcome in outcomes] == [2, 4, 1, 0, 0]
    assert [getattr(outcome, "reason", None) for outcome in outcomes[2:]] == [
        Reason.ROBOTS,
        Reason.ROBOTS,
        Reason.BAD_URL,
    ]


def test_a_refusal_behind_a_redirect_is_not_tried_again(fake: Fake, fetch: Fetch) -> None:
    exchange = fake({URL: "http://b.example/", "http://b.example/robots.txt": Reason.REFUSED})
    (outcome,) = fetch(exchange, URL)
    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.attempts, exchange.paths("a.example")) == (
        Reason.REFUSED,
        1,
        ["/robots.txt", "/"],
    )


def test_a_bad_url_is_not_sent(fake: Fake, fetch: Fetch) -> None:
    exchange = fake()
    (outcome,) = fetch(exchange, "http://user:password@a.example/")
    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.attempts, exchange.sent) == (Reason.BAD_URL, 0, [])


def test_giving_up_ends_the_pause_before_a_retry(fake: Fake, running: Running) -> None:
    exchange = fake({URL: Reason.REFUSED})

    async def main(fetcher: Fetcher) -> None:
        task = asyncio.ensure_future(fetcher.fetch(Request(url=URL)))
        await asyncio.sleep(0.5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    running(exchange, main, robots=False)
    assert len(exchange.sent) == 1


def test_retries_say_nothing_on_standard_error(fake: Fake, fetch: Fetch, capfd: pytest.CaptureFixture[str]) -> None:
    began = time.monotonic()
    fetch(fake({URL: Reason.REFUSED}), URL, robots=False)
    assert capfd.readouterr().err == ""
    assert time.monotonic() - began < 1, "time here is virtual"


def test_retries_say_nothing_whatever_logging_library_is_there(
    fake: Fake, fetch: Fetch, capfd: pytest.CaptureFixture[str]
) -> None:
    """structlog, which is installed with the tools of development, wrote a line on standard output for each."""
    assert find_spec("structlog") is not None
    (outcome,) = fetch(fake({"http://a.example/": [503, b"text"]}), "http://a.example/", robots=False)
    assert outcome.attempts == 2
    assert capfd.readouterr() == ("", "")
