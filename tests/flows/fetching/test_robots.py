"""robots.txt: every case of RFC 9309, and what a hostile one can do."""

import asyncio
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from flows.fetching.fetcher import Fetcher
from flows.fetching.results import Failed, Fetched, Outcome, Reason, Request
from flows.fetching.robotstxt import MOST_BYTES, RobotsTxt

Deferral = Callable[..., Failed]
Fake = Callable[..., Any]
Fetch = Callable[..., list[Outcome]]
Running = Callable[..., Any]

PAGE = "http://a.example/private/page"
ROBOTS = "http://a.example/robots.txt"
FORBIDS = b"User-agent: *\nDisallow: /private/\n"


@pytest.mark.parametrize(
    ("content", "path", "allowed"),
    [
        (b"", "/", True),
        (b"User-agent: *\nDisallow: /", "/", False),
        (b"User-agent: *\nDisallow:", "/a", True),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /a", "/a/b", False),
        (b"User-agent: CleanCopy\nDisallow: /a\n\nUser-agent: *\nDisallow: /", "/b", True),
        (b"User-agent: *\nDisallow: /\n\nUser-agent: cleancopy/2.0\nDisallow: /a", "/b", True),
        (b"User-agent: cleancopy\nUser-agent: other\nDisallow: /a", "/a", False),
        (b"User-agent: cleancopy\nDisallow: /a\nUser-agent: cleancopy\nDisallow: /b", "/b", False),
        (b"User-agent: clean\nDisallow: /", "/a", True),
        (b"User-agent: cleancopybot\nDisallow: /", "/a", True),
        (b"User-agent: other\nDisallow: /", "/a", True),
        (b"User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        (b"User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        (b"User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        (b"User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
        (b"User-agent: *\nDisallow: /caf\xc3\xa9", "/caf%C3%A9", False),
        (b"User-agent: *\nDisallow: /a?b=", "/a?b=c", False),
        (b"User-agent: *\nDisallow: //a", "//a", False),
        (b"User-agent: *\r\nDisallow: /a\rDisallow: /b", "/b", False),
        (b"User-agent: *\nDisallow: /a # not this", "/a", False),
        (b"Disallow: /\n", "/a", True),
        (b"<!doctype html><title>Not found</title>", "/a", True),
        (b"\x00\xff\xfe\xfd" * 100, "/a", True),
        (b"User-agent: *\nDisallow: /", "/robots.txt", True),
    ],
)
def test_what_a_robots_txt_allows(content: bytes, path: str, allowed: bool) -> None:  # noqa: FBT001
    assert RobotsTxt(content).allows(path) is allowed


@pytest.mark.parametrize(
    ("content", "path", "allowed"),
    [
        (b"User-agent: *\n" + b"Disallow: /x\n" * 2000 + b"Disallow: /a", "/a", True),
        (b"User-agent: *\n" + b"Disallow: /x\n" * 1999 + b"Disallow: /a", "/a", False),
        (b"User-agent: other\n" + b"Disallow: /x\n" * 3000 + b"User-agent: *\nDisallow: /a", "/a", False),
        (b"User-agent: *\n" + b"Disallow: /x\n" * 3000 + b"User-agent: cleancopy\nDisallow: /a", "/a", False),
        (b"Sitemap: http://a.example/s\n" * 3000 + FORBIDS, "/private/", False),
        (b"User-agent: *\nSitemap: /s\n" + b"#" * 3000 + b"\nUser-agent: other\nDisallow: /a", "/a", False),
        (b"User-agent: *\nDisallow: /a" + b"*a" * 1500 + b"\nUser-agent: other\nDisallow: /", "/aaa", True),
        (b"User-agent: *\nDisallow: " + b"/*" * 10, "/////////////", False),
        (b"User-agent: *\nDisallow: " + b"/*" * 11, "/////////////", True),
        (b"User-agent: *\nDisallow: /a", "/a" + "/%C3%BC" * 5000, False),
    ],
)
def test_rules_beyond_the_limits_are_left_out_alone(content: bytes, path: str, allowed: bool) -> None:  # noqa: FBT001
    assert RobotsTxt(content).allows(path) is allowed


@pytest.mark.parametrize(
    "content",
    [
        b"\n".join(b"Disallow: /*%x*a$" % number for number in range(30_000)),
        b"\x0c".join(b"Disallow: /*%x*a$" % number for number in range(30_000)),
        b"\n".join(b"Disallow: /*0*a*0*a*0*a*0*%x$" % number for number in range(18_000)),
        b"Disallow: /" + b"*a" * 240_000,
        b"\n".join(b"Disallow: /%x" % number for number in range(30_000)),
    ],
)
def test_rules_made_to_be_slow_are_not(content: bytes) -> None:
    begun = time.process_time()
    rules = RobotsTxt(b"User-agent: *\n" + content)
    for _ in range(3):
        rules.allows("/" + "0a" * 20_000 + "x")
    assert time.process_time() - begun < 1


def test_no_more_is_read_than_500_kib() -> None:
    filler = b"#" * (MOST_BYTES - len(FORBIDS)) + b"\n"
    assert RobotsTxt(filler + FORBIDS).allows("/private/")
    assert not RobotsTxt(FORBIDS + filler + b"Allow: /private/\n").allows("/private/")


@pytest.mark.parametrize(
    "content",
    [
        b"".join(b"User-agent: a%d\n" % n for n in range(18_000)) + b"Disallow: /\n" * 18_000,
        b"User-agent: *\n" + b"".join(b"Disallow:/*a%x$\n" % n for n in range(30_000)),
        b"User-agent: *\nDisallow: /" + b"*a" * 250_000,
        b"User-agent" + b" " * 500_000,
    ],
    ids=["names", "patterns", "stars", "blanks"],
)
def test_no_robots_txt_keeps_us_busy(content: bytes) -> None:
    began = time.process_time()
    assert RobotsTxt(content).allows("/" + "a" * 2000) in {True, False}
    assert time.process_time() - began < 4


@pytest.mark.parametrize("value", ["nan", "-1", "inf", "soon", ""])
def test_a_crawl_delay_that_is_no_number_is_none(value: str) -> None:
    assert RobotsTxt(f"User-agent: *\nCrawl-delay: {value}\n".encode()).crawl_delay == 0


def test_what_is_forbidden_is_not_asked(fake: Fake, fetch: Fetch) -> None:
    exchange = fake({ROBOTS: FORBIDS})
    forbidden, allowed = fetch(exchange, PAGE, "http://a.example/public")
    assert isinstance(forbidden, Failed)
    assert (forbidden.reason, forbidden.attempts) == (Reason.ROBOTS, 0)
    assert isinstance(allowed, Fetched)
    assert exchange.paths("a.example") == ["/robots.txt", "/public"]


def test_it_can_be_left_out(fake: Fake, fetch: Fetch) -> None:
    exchange = fake({ROBOTS: FORBIDS})
    (outcome,) = fetch(exchange, PAGE, robots=False)
    assert isinstance(outcome, Fetched)
    assert exchange.paths("a.example") == ["/private/page"]


def test_it_is_fetched_once_for_many_that_wait(fake: Fake, fetch: Fetch) -> None:
    exchange = fake({ROBOTS: FORBIDS})
    fetch(exchange, *[f"{PAGE}{n}" for n in range(50)])
    assert exchange.paths("a.example") == ["/robots.txt"]


def test_each_scheme_and_port_has_its_own(fake: Fake, fetch: Fetch) -> None:
    exchange = fake({ROBOTS: FORBIDS})
    first, *others = fetch(exchange, PAGE, "https://a.example/private/page", "http://a.example:8080/private/page")
    assert isinstance(first, Failed)
    assert all(isinstance(other, Fetched) for other in others)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_4xx_means_that_all_is_allowed(fake: Fake, fetch: Fetch, status: int) -> None:
    exchange = fake({ROBOTS: status})
    (outcome,) = fetch(exchange, PAGE)
    assert isinstance(outcome, Fetched)
    assert exchange.paths("a.example") == ["/robots.txt", "/private/page"]


@pytest.mark.parametrize(
    "cause", [500, 503, Reason.DNS, Reason.REFUSED, Reason.DEADLINE, Reason.TLS, Reason.NOT_HTTP, Reason.TOO_LARGE]
)
def test_5xx_or_unreachable_means_that_nothing_is(fake: Fake, fetch: Fetch, cause: int | Reason) -> None:
    exchange = fake({ROBOTS: cause})
    (outcome,) = fetch(exchange, PAGE)
    assert isinstance(outcome, Failed)
    assert outcome.reason is (cause if isinstance(cause, Reason) else Reason.SERVER_ERROR)
    assert outcome.detail.startswith("robots.txt: ")
    assert (outcome.retry_after, outcome.url, outcome.request.url) == (300.0, PAGE, PAGE)
    assert set(exchange.paths("a.example")) == {"/robots.txt"}


def test_unreachable_is_tried_again_after_five_minutes(fake: Fake, running: Running) -> None:
    exchange = fake({ROBOTS: [500, FORBIDS]})

    async def main(fetcher: Fetcher) -> list[Outcome]:
        outcomes = []
        for pause in (0, 290, 20):
            await asyncio.sleep(pause)
            outcomes.append(await fetcher.fetch(Request(url="http://a.example/public")))
        return outcomes

    outcomes = running(exchange, main, attempts=1)
    assert [type(outcome) for outcome in outcomes] == [Failed, Failed, Fetched]


def test_an_old_copy_holds_while_there_is_no_new_one(fake: Fake, running: Running) -> None:
    exchange = fake({ROBOTS: [FORBIDS, Reason.REFUSED]})

    async def main(fetcher: Fetcher) -> list[Outcome]:
        await fetcher.fetch(Request(url=PAGE))
        await asyncio.sleep(90_000)
        return [await fetcher.fetch(Request(url=url)) for url in (PAGE, "http://a.example/public")]

    forbidden, allowed = running(exchange, main)
    assert forbidden.reason is Reason.ROBOTS
    assert isinstance(allowed, Fetched)


@pytest.mark.parametrize(
    ("control", "lifetime"),
    [
        (None, 86_400),
        ("public, max-age=3600", 3600),
        ("max-age=99999999", 86_400),
        ("max-age=0, no-store", 300),
        ("s-maxage=600", 86_400),
        ("max-age=x", 86_400),
    ],
)
def test_a_copy_lives_as_long_as_its_server_says_within_limits(
    fake: Fake, running: Running, answer: Callable[..., Fetched], control: str | None, lifetime: int
) -> None:
    headers = {"cache_control": control} if control else {}
    exchange = fake({ROBOTS: answer(FORBIDS, **headers)})

    async def main(fetcher: Fetcher) -> None:
        for pause in (0, lifetime - 10, 20):
            await asyncio.sleep(pause)
            await fetcher.fetch(Request(url=PAGE))

    running(exchange, main)
    assert [round(sent.start) for sent in exchange.sent] == [1000, 1000 + lifetime + 10]


def test_it_may_be_elsewhere(fake: Fake, fetch: Fetch) -> None:
    exchange = fake(
        {
            ROBOTS: "http://www.a.example/robots.txt",
            "http://www.a.example/robots.txt": "http://b.example/r",
            "http://b.example/r": FORBIDS,
        }
    )
    (outcome,) = fetch(exchange, PAGE)
    assert isinstance(outcome, Failed)
    assert outcome.reason is Reason.ROBOTS


@pytest.mark.parametrize("reason", [Reason.REDIRECT_LOOP, Reason.BAD_URL])
def test_redirects_of_it_that_lead_nowhere_mean_that_there_is_none(fake: Fake, fetch: Fetch, reason: Reason) -> None:
    (outcome,) = fetch(fake({ROBOTS: reason}), PAGE)
    assert isinstance(outcome, Fetched)


def test_a_redirect_is_followed_only_where_the_other_host_allows_it(fake: Fake, fetch: Fetch) -> None:
    exchange = fake({"http://b.example/0": PAGE, ROBOTS: FORBIDS})
    (outcome,) = fetch(exchange, "http://b.example/0")
    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.url, outcome.request.url) == (Reason.ROBOTS, PAGE, "http://b.example/0")
    assert exchange.paths("a.example") == ["/robots.txt"]


def test_hosts_whose_robots_txt_lead_to_each_other_do_not_wait_for_each_other(fake: Fake, fetch: Fetch) -> None:
    exchange = fake({ROBOTS: "http://b.example/there", "http://b.example/robots.txt": "http://a.example/there"})
    outcomes = fetch(exchange, PAGE, "http://b.example/0", concurrency=1)
    assert all(isinstance(outcome, Fetched) for outcome in outcomes)


@pytest.mark.parametrize(("asked", "pause"), [("3.5", 3.5), ("0", 1.0), ("7200", 60.0)])
def test_crawl_delay_makes_the_pause_longer_within_limits(fake: Fake, fetch: Fetch, asked: str, pause: float) -> None:
    exchange = fake({ROBOTS: f"User-agent: *\nCrawl-delay: {asked}\n".encode()})
    fetch(exchange, PAGE, "http://a.example/2")
    sent = exchange.sent
    assert [round(after.start - before.end, 3) for before, after in pairwise(sent)] == [pause, pause]


def test_429_of_it_is_a_deferral_not_a_leave(fake: Fake, fetch: Fetch, deferral: Deferral) -> None:
    exchange = fake({ROBOTS: deferral(429, 7200.0)})
    (outcome,) = fetch(exchange, PAGE)
    assert isinstance(outcome, Failed)
    assert (outcome.reason, outcome.retry_after) == (Reason.DEFERRED, 7200.0)


@pytest.mark.parametrize(("wait", "pause"), [(None, 300), (20.0, 300), (400.0, 400), (100_000.0, 86_400)])
def test_429_of_it_is_kept_and_not_asked_again_at_each_page(
    fake: Fake, running: Running, deferral: Deferral, wait: float | None, pause: float
) -> None:
    exchange = fake({ROBOTS: [429 if wait is None else deferral(429, wait), FORBIDS]})

    async def main(fetcher: Fetcher) -> list[Outcome]:
        outcomes = []
        begun = asyncio.get_running_loop().time()
        for at in (0, pause - 1, pause + 1):
            await asyncio.sleep(begun + at - asyncio.get_running_loop().time())
            outcomes += [await fetcher.fetch(Request(url=f"http://a.example/{n}")) for n in range(3)]
        return outcomes

    outcomes = running(exchange, main, attempts=1, longest_delay=60.0 if wait is None else 86_400.0)
    assert [getattr(outcome, "reason", None) for outcome in outcomes] == [Reason.DEFERRED] * 6 + [None] * 3
    assert [outcome.retry_after for outcome in outcomes[::3][:2]] == [pytest.approx(pause), pytest.approx(1, abs=0.3)]
    assert exchange.paths("a.example") == ["/robots.txt"] * 2 + ["/0", "/1", "/2"]


def test_429_of_it_leaves_an_old_copy_in_force(fake: Fake, running: Running, deferral: Deferral) -> None:
    exchange = fake({ROBOTS: [FORBIDS, deferral(429, 20.0)]})

    async def main(fetcher: Fetcher) -> list[Outcome]:
        await fetcher.fetch(Request(url=PAGE))
        await asyncio.sleep(90_000)
        return [await fetcher.fetch(Request(url=url)) for url in (PAGE, "http://a.example/public")]

    forbidden, allowed = running(exchange, main)
    assert forbidden.reason is Reason.ROBOTS
    assert isinstance(allowed, Fetched)


def test_when_it_is_tried_again_is_said_as_it_is_now(fake: Fake, running: Running) -> None:
    async def main(fetcher: Fetcher) -> list[Outcome]:
        outcomes = []
        for pause in (0, 100):
            await asyncio.sleep(pause)
            outcomes.append(await fetcher.fetch(Request(url=PAGE)))
        return outcomes

    outcomes = running(fake({ROBOTS: 500}), main, attempts=1)
    assert [outcome.retry_after for outcome in outcomes] == [300.0, 200.0]


@pytest.mark.parametrize(
    "path", ["/%2e/private/page", "/%2E%2e/private/page", "/x/%2e%2e/private/page", "/%70rivate/"]
)
def test_no_spelling_of_a_forbidden_path_is_allowed(fake: Fake, fetch: Fetch, path: str) -> None:
    exchange = fake({ROBOTS: FORBIDS})
    (outcome,) = fetch(exchange, f"http://a.example{path}")
    assert isinstance(outcome, Failed)
    assert (outcome.reason, exchange.paths("a.example")) == (Reason.ROBOTS, ["/robots.txt"])


def test_no_spelling_of_a_host_has_a_robots_txt_of_its_own(fake: Fake, fetch: Fetch) -> None:
    exchange = fake({"http://127.0.0.2/robots.txt": FORBIDS})
    hosts = ["127.0.0.2", "127.2", "0x7f.2", "[::ffff:7f00:2]", "127.0.0.2."]
    outcomes = fetch(exchange, *(f"http://{host}/private/" for host in hosts))
    assert {getattr(outcome, "reason", None) for outcome in outcomes} == {Reason.ROBOTS}
    assert len(exchange.sent) == 1


def test_who_gives_up_while_fetching_it_leaves_it_to_the_next(fake: Fake, running: Running) -> None:
    exchange = fake({ROBOTS: FORBIDS})

    async def main(fetcher: Fetcher) -> Outcome:
        first = asyncio.ensure_future(fetcher.fetch(Request(url=PAGE)))
        second = asyncio.ensure_future(fetcher.fetch(Request(url=PAGE)))
        await asyncio.sleep(0.1)
        first.cancel()
        return await second

    assert running(exchange, main).reason is Reason.ROBOTS


def test_copies_are_kept_within_a_bound(fake: Fake, running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.fetching.robots._MOST_WEIGHT", 1000)
    big = FORBIDS + b"Disallow: /" + b"x" * 400
    exchange = fake({f"http://{name}.example/robots.txt": big for name in "abc"})

    async def main(fetcher: Fetcher) -> None:
        for name in "abca":
            await fetcher.fetch(Request(url=f"http://{name}.example/private/1"))

    running(exchange, main)
    assert [sent.host[0] for sent in exchange.sent] == ["a", "b", "c", "a"]
