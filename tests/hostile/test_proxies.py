"""Proxies, over TLS or not: what they do is their doing, and what hosts do behind them is the hosts'."""

import asyncio
from collections.abc import Callable

import msgspec
import pytest

from flows.fetching.exchange import Exchange
from flows.fetching.fetcher import Fetcher
from flows.fetching.results import Failed, Fetched, Outcome, Reason, Request
from tests.hostile.conftest import SETTINGS
from tests.hostile.names import Names
from tests.hostile.proxies import BROKEN
from tests.hostile.serving import HOST, Hostile

pytestmark = pytest.mark.slow

Make = Callable[..., Exchange]


def _ask(exchange: Exchange, *urls: str) -> list[Outcome]:
    async def ask() -> list[Outcome]:
        async with exchange as asking:
            return [await asking.attempt(Request(url=url)) for url in urls]

    return asyncio.run(ask())


def _content(outcome: Outcome) -> bytes:
    assert isinstance(outcome, Fetched), outcome
    return outcome.content


def _reason(outcome: Outcome) -> Reason:
    assert isinstance(outcome, Failed), outcome
    return outcome.reason


@pytest.fixture
def proxy(hostile: Hostile) -> Callable[[str], str]:
    """The URL of a proxy by the name of its port; the name on its certificate is hostile.test."""

    def proxy(port: str) -> str:
        if port in {"tls_tunnel", "untrusted_tunnel"}:
            return f"https://hostile.test:{hostile.ports[port]}"
        return f"http://{HOST}:{hostile.ports[port]}"

    return proxy


def test_a_proxy_is_asked_and_resolves_the_names(hostile: Hostile, exchange: Make, names: Names) -> None:
    proxy = f"http://{HOST}:{hostile.ports['proxy']}"
    outcome = _ask(exchange(proxy=proxy), "http://publisher.example/news")[0]
    assert _content(outcome) == b"by proxy: http://publisher.example/news"
    assert names.asked == []


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://publisher.example/", Reason.PROXY),  # it refuses to CONNECT
        ("http://127.1/", Reason.FORBIDDEN_ADDRESS),
        ("http://[::1]/", Reason.FORBIDDEN_ADDRESS),
        ("http://news.localhost/", Reason.FORBIDDEN_ADDRESS),
    ],
)
def test_behind_a_proxy(hostile: Hostile, exchange: Make, url: str, reason: Reason) -> None:
    outcome = _ask(exchange(proxy=f"http://{HOST}:{hostile.ports['proxy']}"), url)[0]
    assert _reason(outcome) is reason
    assert outcome.detail.isprintable()


@pytest.mark.parametrize(
    "proxy", ["http://127.0.0.1:{canary}", "http://" + HOST + ":{refused}", "http://missing.test"]
)
def test_a_proxy_that_cannot_be_used(hostile: Hostile, exchange: Make, proxy: str) -> None:
    outcome = _ask(exchange(proxy=proxy.format(**hostile.ports)), "http://publisher.example/")[0]
    assert _reason(outcome) is Reason.PROXY
    assert hostile.connections["canary"] == 0


@pytest.mark.parametrize("port", ["tunnel", "tls_tunnel"])
@pytest.mark.parametrize(
    ("target", "content"), [("http", b"<html>x</html>"), ("tls", b"<html>x</html>"), ("http2", b"two: /html/x")]
)
def test_a_proxy_leads_to_hosts_with_and_without_tls_itself_spoken_to_with_and_without(
    hostile: Hostile, exchange: Make, proxy: Callable[[str], str], port: str, target: str, content: bytes
) -> None:
    before = hostile.connections[port]
    outcomes = _ask(exchange(proxy=proxy(port)), *[hostile.url("/html/x", target)] * 2)
    assert [_content(outcome) for outcome in outcomes] == [content] * 2
    assert hostile.connections[port] - before == 1


@pytest.mark.parametrize("port", ["tunnel", "tls_tunnel"])
@pytest.mark.parametrize(
    ("path", "target", "reason"),
    [
        ("/html", "bad_tls", Reason.TLS),
        ("/empty", "tls", Reason.CONNECTION_LOST),
        ("/raw/SSH-2.0-OpenSSH_9.6", "tls", Reason.NOT_HTTP),
        ("/slow_headers", "tls", Reason.DEADLINE),
        ("/slow_body", "http", Reason.DEADLINE),
        ("/short_body", "http", Reason.TRUNCATED),
        ("/header_flood", "http", Reason.TOO_LARGE),
        ("/status/503", "http", Reason.SERVER_ERROR),
        ("/status/407", "tls", Reason.PROXY),
    ],
)
def test_what_a_host_does_behind_a_proxy_is_the_hosts_doing(
    hostile: Hostile,
    exchange: Make,
    proxy: Callable[[str], str],
    port: str,
    path: str,
    target: str,
    reason: Reason,
) -> None:
    deadline = 0.8 if reason is Reason.DEADLINE else 3.0
    outcome = _ask(exchange(proxy=proxy(port), deadline=deadline), hostile.url(path, target))[0]
    assert _reason(outcome) is reason, outcome


@pytest.mark.parametrize("url", ["http://publisher.example/", "https://publisher.example/"])
@pytest.mark.parametrize("port", [*BROKEN, "refused", "untrusted_tunnel", "tls"])
def test_a_broken_proxy_is_to_blame_and_no_circuit_opens(
    exchange: Make, proxy: Callable[[str], str], port: str, url: str
) -> None:
    settings = msgspec.structs.replace(
        SETTINGS, robots=False, delay=0, attempts=1, proxy=proxy(port), deadline=0.15 if port == "silent_proxy" else 3
    )

    async def ask() -> list[Outcome]:
        asking = exchange(proxy=settings.proxy, deadline=settings.deadline)
        async with asking, Fetcher(settings, exchange=asking) as fetcher:
            return [await fetcher.fetch(Request(url=url)) for _ in range(7)]

    assert {_reason(outcome) for outcome in asyncio.run(ask())} == {Reason.PROXY}


def test_an_https_proxy_at_a_port_of_plain_http_is_to_blame(hostile: Hostile, exchange: Make) -> None:
    proxy = f"https://hostile.test:{hostile.ports['tunnel']}"
    outcomes = _ask(exchange(proxy=proxy), "http://publisher.example/", "https://publisher.example/")
    assert [_reason(outcome) for outcome in outcomes] == [Reason.PROXY] * 2
