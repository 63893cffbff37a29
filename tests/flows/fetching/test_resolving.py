"""The system's resolver: one that hangs holds up nobody else."""

import asyncio
import socket
import threading
import time
from typing import Any

import pytest

from flows.fetching.batch import fetch_all
from flows.fetching.guard import system_resolve
from flows.fetching.results import Failed, Reason, Request
from flows.fetching.settings import FetchSettings


def test_a_resolver_that_hangs_keeps_neither_others_nor_the_end_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def look_up(host: str, *_: object, **__: object) -> list[Any]:
        if host != "quick.test":
            released.wait(20)
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    urls = [*(f"http://h{number}.slow.test/" for number in range(40)), "http://quick.test/"]
    settings = FetchSettings(delay=0, robots=False, attempts=1, connect_timeout=1)
    begun = time.monotonic()
    try:
        outcomes = list(fetch_all([Request(url=url) for url in urls], settings))
        took = time.monotonic() - begun
    finally:
        released.set()
    reasons = {outcome.url: outcome.reason for outcome in outcomes if isinstance(outcome, Failed)}
    assert reasons.pop("http://quick.test/") is Reason.DNS
    assert set(reasons.values()) == {Reason.DEADLINE}
    assert took < 10


def test_addresses_come_in_their_order_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(0, 0, 0, "", (address, 80)) for address in ("192.0.2.2", "192.0.2.1", "192.0.2.2")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert asyncio.run(system_resolve("a.test", 80)) == ["192.0.2.2", "192.0.2.1"]
