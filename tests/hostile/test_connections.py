"""Connections: kept, used again, given up; over HTTP/1.1 and HTTP/2; and what is sent over them."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from urllib.parse import quote

import pytest

from cleaners.errors import CleancopyError
from flows.fetching.exchange import Exchange
from flows.fetching.results import Failed, Fetched, Outcome, Reason, Request
from flows.fetching.settings import FetchSettings
from tests.hostile.serving import HOST, Hostile

pytestmark = pytest.mark.slow

Make = Callable[..., Exchange]


def _ask(exchange: Exchange, *urls: str, pause: float = 0) -> list[Outcome]:
    async def ask() -> list[Outcome]:
        outcomes = []
        async with exchange as asking:
            for url in urls:
                outcomes.append(await asking.attempt(Request(url=url)))
                await asyncio.sleep(pause)
        return outcomes

    return asyncio.run(ask())


def _content(outcome: Outcome) -> bytes:
    assert isinstance(outcome, Fetched), outcome
    return outcome.content


def _reason(outcome: Outcome) -> Reason:
    assert isinstance(outcome, Failed), outcome
    return outcome.reason


@pytest.mark.parametrize("port", ["http", "tls", "http2"])
def test_a_connection_is_used_again(hostile: Hostile, exchange: Make, port: str) -> None:
    before = hostile.connections[port]
    outcomes = _ask(exchange(), *[hostile.url(f"/html/{n}", port) for n in range(3)])
    assert all(isinstance(outcome, Fetched) for outcome in outcomes)
    assert hostile.connections[port] - before == 1


def test_redirects_and_refusals_keep_their_connection(hostile: Hostile, exchange: Make) -> None:
    before = hostile.connections["http"]
    _ask(
        exchange(),
        hostile.url("/to/302/" + quote("/html/x", safe="")),
        hostile.url("/status/404"),
        hostile.url("/html/y"),
    )
    assert hostile.connections["http"] - before == 1


def test_http2_is_spoken_where_it_is_offered(hostile: Hostile, exchange: Make) -> None:
    assert _content(_ask(exchange(), hostile.url("/news", "http2"))[0]) == b"two: /news"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/flood_103", {Reason.TOO_LARGE}),
        ("/ping_flood", {Reason.TOO_LARGE, Reason.DEADLINE}),
        ("/bad_status", {Reason.NOT_HTTP}),
        ("/wide_headers", {Reason.TOO_LARGE, Reason.NOT_HTTP}),
        ("/reset", {Reason.CONNECTION_LOST}),
        ("/goaway", {Reason.CONNECTION_LOST}),
        ("/never", {Reason.DEADLINE}),
        ("/cut", {Reason.TRUNCATED}),
        ("/short_body", {Reason.TRUNCATED}),
        ("/endless", {Reason.TOO_LARGE}),
    ],
)
def test_http2_faults_end_and_the_next_question_is_answered(
    hostile: Hostile, exchange: Make, path: str, reason: set[Reason]
) -> None:
    start = time.monotonic()
    before = hostile.connections["http2"]
    deadline = 1.0 if Reason.DEADLINE in reason else 3.0
    asking = exchange(deadline=deadline)
    first, second = _ask(asking, hostile.url(path, "http2"), hostile.url("/news", "http2"))
    assert time.monotonic() - start < 2 * (deadline + 1)
    assert _reason(first) in reason
    assert _content(second) == b"two: /news"
    # Where something went wrong, nothing is asked again.
    assert hostile.connections["http2"] - before == 2


def test_the_second_address_is_tried_where_the_first_refuses(hostile: Hostile, exchange: Make) -> None:
    outcome = _ask(exchange(allow_private=(f"{HOST}/31",)), hostile.url("/html/x", host="second.test"))[0]
    assert _content(outcome) == b"<html>x</html>"


@pytest.mark.parametrize("path", ["/long_body", "/smuggled"])
def test_what_a_body_has_too_much_is_no_answer_to_the_next_question(
    hostile: Hostile, exchange: Make, path: str
) -> None:
    first, second = _ask(exchange(), hostile.url(path), hostile.url("/html/right"))
    assert (_content(first), _content(second)) == (b"hello", b"<html>right</html>")


def test_a_kept_connection_that_was_closed_costs_nothing(hostile: Hostile, exchange: Make) -> None:
    first, second = _ask(exchange(), hostile.url("/closing"), hostile.url("/html/right"), pause=0.2)
    assert (_content(first), _content(second)) == (b"bye", b"<html>right</html>")


def test_a_kept_connection_that_is_reset_is_tried_anew_once(hostile: Hostile, exchange: Make) -> None:
    before = hostile.connections["http"]
    _, second = _ask(exchange(), hostile.url("/html/x"), hostile.url("/empty"))
    assert _reason(second) is Reason.CONNECTION_LOST
    assert hostile.connections["http"] - before == 2


def test_cancellation_comes_through_and_closes(hostile: Hostile, exchange: Make) -> None:
    async def cancelled() -> None:
        async with exchange() as asking:
            task = asyncio.create_task(asking.attempt(Request(url=hostile.url("/slow_body"))))
            await asyncio.sleep(0.2)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert isinstance(await asking.attempt(Request(url=hostile.url("/html/x"))), Fetched)

    asyncio.run(cancelled())


@pytest.mark.parametrize(
    "changes",
    [
        {"proxy": "socks5://127.0.0.1:1"},
        {"proxy": "127.0.0.1:8080"},
        {"proxy": "http://127.0.0.1:99999"},
        {"allow_private": ("10.1.2.3/8",)},
        {"allow_private": ("localhost",)},
        {"contact": "a\r\nX-Evil: b"},
        {"user_agent": "caf\u00e9"},
    ],
)
def test_settings_that_cannot_be_used_are_said_at_once(changes: dict[str, object]) -> None:
    with pytest.raises(CleancopyError):
        Exchange(FetchSettings(**changes))


def test_what_is_sent(hostile: Hostile, exchange: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks, what is wanted, and nothing else: no cookies, nothing of the environment."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    outcomes = _ask(exchange(contact="https://example.org/bot"), hostile.url("/cookie"), hostile.url("/echo"))
    sent = dict(line.split(": ", 1) for line in _content(outcomes[1]).decode().splitlines())
    assert sent.pop("user-agent").startswith("cleancopy/")
    assert sent == {
        "host": f"hostile.test:{hostile.ports['http']}",
        "accept": "*/*",
        "accept-encoding": "gzip, deflate, br, zstd",
    }


@pytest.mark.parametrize(
    ("accept", "sent"),
    [
        ("text/html", "text/html"),
        ("caf\xe9", "caf\xe9"),
        ("\u65e5\u672c", "*/*"),
        ("a\r\nX-Evil: 1", "*/*"),
        (" a", "*/*"),
        ("", "*/*"),
    ],
)
def test_an_accept_that_no_header_can_carry_is_left_out(
    hostile: Hostile, exchange: Make, accept: str, sent: str
) -> None:
    async def ask() -> Outcome:
        async with exchange() as asking:
            return await asking.attempt(Request(url=hostile.url("/echo"), accept=accept, etag='"\xe9"'))

    lines = _content(asyncio.run(ask())).decode().splitlines()  # the server reads Latin-1 and answers UTF-8
    assert [line for line in lines if line.startswith(("accept:", "x-evil"))] == [f"accept: {sent}"]
    assert 'if-none-match: "\xe9"' in lines


def _conditional(
    exchange: Exchange, url: str, before_hop: Callable[[str], Awaitable[Failed | None]] | None = None
) -> Outcome:
    async def ask() -> Outcome:
        async with exchange as asking:
            request = Request(url=url, etag='"v1"', last_modified="then\r\nX-Evil: 1")
            return await asking.attempt(request, before_hop=before_hop)

    return asyncio.run(ask())


def test_conditions_go_to_the_first_host_only(hostile: Hostile, exchange: Make) -> None:
    same = _conditional(exchange(), hostile.url("/to/302/" + quote("/echo", safe="")))
    other = _conditional(
        exchange(), hostile.url("/to/302/" + quote(hostile.url("/echo", host="other.test"), safe=""))
    )
    assert b'if-none-match: "v1"' in _content(same)
    assert b"if-modified-since" not in _content(same)
    assert b"if-none-match" not in _content(other)


def test_before_each_hop_the_caller_is_asked(hostile: Hostile, exchange: Make) -> None:
    there = hostile.url("/html/x", host="other.test")
    asked: list[str] = []

    async def slow_yes(url: str) -> None:
        asked.append(url)
        await asyncio.sleep(1.2)  # longer than the deadline, which does not run meanwhile

    async def no(url: str) -> Failed:
        return Failed(request=Request(url=url), url=url, reason=Reason.ROBOTS, detail="not this one")

    between = "/to/302/" + quote(there, safe="")
    start = hostile.url("/to/302/" + quote(between, safe=""))
    assert isinstance(_conditional(exchange(deadline=1.0), start, slow_yes), Fetched)
    assert asked == [hostile.url(between), there]
    assert _reason(_conditional(exchange(), start, no)) is Reason.ROBOTS


def test_a_deadline_of_the_callers_own_is_the_callers(hostile: Hostile, exchange: Make) -> None:
    async def late(_url: str) -> None:
        raise TimeoutError

    there = hostile.url("/html/x", host="other.test")
    with pytest.raises(TimeoutError):
        _conditional(exchange(), hostile.url("/to/302/" + quote(there, safe="")), late)


def test_a_location_in_utf8_is_read(hostile: Hostile, exchange: Make) -> None:
    outcome = _ask(exchange(), hostile.url("/to_raw/" + quote("html/käse")))[0]
    assert outcome.url == hostile.url("/html/k%C3%A4se")
    assert _content(outcome) == b"<html>k%C3%A4se</html>"
