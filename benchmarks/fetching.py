"""How fast fetching is beside others who are less careful: `make bench`.

One process serves, another one fetches, both on this machine; nothing leaves it. Each figure is the median of several
rounds in which the contenders take turns; machines differ, so read the ratios.
"""

import argparse
import asyncio
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flows.fetching.configuring import configured
from flows.fetching.exchange import Exchange
from flows.fetching.fetcher import Fetcher
from flows.fetching.results import Fetched, Request, Unchanged
from flows.fetching.settings import FetchSettings

ROUNDS = 5
REQUESTS = 1_000
LEAST_A_SECOND = 400
MANY_HOSTS, LATENCY = 50, 0.2
MOST_OF_THE_LIMIT = 1.2
ETAG = '"1"'
SETTINGS = FetchSettings(delay=0, allow_private=("127.0.0.0/8",))

Urls = list[list[str]]
"""By host."""


class Answering(asyncio.Protocol):
    """304 to whoever has a copy, 404 for robots.txt, else 200."""

    def __init__(self, latency: float) -> None:
        self._latency = latency

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody came."""
        self._transport = transport
        self._read = b""

    def data_received(self, data: bytes) -> None:
        """Answer each request after the latency."""
        *heads, self._read = (self._read + data).split(b"\r\n\r\n")
        for head in heads:
            asyncio.get_running_loop().call_later(self._latency, self._answer, head.lower())

    def _answer(self, head: bytes) -> None:
        status = b"404 Not Found" if b" /robots.txt " in head else b"200 OK"
        if b"\r\nif-none-match:" in head:
            self._transport.write(b"HTTP/1.1 304 Not Modified\r\nETag: " + ETAG.encode() + b"\r\n\r\n")
        else:
            self._transport.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 4\r\n\r\ntext")


async def serve(hosts: int, latency: float) -> None:
    """Serve on that many ports, print them, and go on until standard input ends."""
    loop = asyncio.get_running_loop()
    servers = [await loop.create_server(lambda: Answering(latency), "127.0.0.1", 0) for _ in range(hosts)]
    print(*(server.sockets[0].getsockname()[1] for server in servers), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


@contextmanager
def serving(hosts: int, latency: float) -> Iterator[str]:
    """The ports of a server in its own process."""
    command = [sys.executable, __file__, "serve", str(hosts), str(latency)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("no pipes")
        yield process.stdout.readline()
        process.stdin.close()


async def fetch_ours(urls: Urls) -> int:
    """Ours, in an event loop that is there."""
    settings = configured(SETTINGS)
    async with Exchange(settings) as exchange, Fetcher(settings, exchange=exchange) as fetcher:
        asked = [fetcher.fetch(Request(url=url, etag=ETAG)) for host in urls for url in host]
        return sum(isinstance(outcome, Fetched | Unchanged) for outcome in await asyncio.gather(*asked))


def ours(urls: Urls) -> int:
    """Polite, with robots.txt."""
    return asyncio.run(fetch_ours(urls))


def plain(urls: Urls) -> int:
    """An httpx2 client, one request a host at a time."""
    import httpx2  # noqa: PLC0415 - memory is measured: each contender has its own

    async def one(client: httpx2.AsyncClient, host: list[str]) -> int:
        answers = [await client.get(url, headers={"if-none-match": ETAG}) for url in host]
        return sum(answer.status_code == httpx2.codes.NOT_MODIFIED for answer in answers)

    async def everyone() -> int:
        async with httpx2.AsyncClient(trust_env=False) as client:
            return sum(await asyncio.gather(*(one(client, host) for host in urls)))

    return asyncio.run(everyone())


def threads(urls: Urls) -> int:
    """A session of requests and a thread for each host."""
    import requests  # noqa: PLC0415

    done: list[int] = []

    def one(host: list[str]) -> None:
        with requests.Session() as session:
            session.trust_env = False
            headers = {"if-none-match": ETAG}
            done.extend(session.get(url, headers=headers, timeout=30).status_code for url in host)

    running = [threading.Thread(target=one, args=(host,)) for host in urls]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return done.count(304)


CONTENDERS: dict[str, Callable[[Urls], int]] = {"ours": ours, "plain httpx2": plain, "requests, threads": threads}


def compete(name: str, ports: list[str]) -> None:
    """Fetch with one contender, and print seconds and the resident peak in MB."""
    each = REQUESTS // len(ports)
    urls = [[f"http://127.0.0.1:{port}/{number}" for number in range(each)] for port in ports]
    began = time.perf_counter()
    got = CONTENDERS[name](urls)
    taken = time.perf_counter() - began
    if got != REQUESTS:
        raise RuntimeError(f"{name} got {got}")
    print(taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def measured(name: str, ports: str) -> tuple[float, float]:
    """Seconds and peak of one contender in its own process."""
    command = [sys.executable, __file__, "compete", name, *ports.split()]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    seconds, peak = output.split()
    return float(seconds), float(peak)


def print_rates() -> float:
    """Requests a second and peaks; gives ours."""
    with serving(20, 0.0) as ports:
        rounds = [{name: measured(name, ports) for name in CONTENDERS} for _ in range(ROUNDS)]
    print(f"{f'{REQUESTS:,} conditional requests to 20 hosts, 304':<55}{'a second':>10}{'peak MB':>10}")
    rates = {}
    for name in CONTENDERS:
        seconds, peak = (statistics.median(figures) for figures in zip(*(one[name] for one in rounds), strict=True))
        rates[name] = REQUESTS / seconds
        print(f"{name:<55}{rates[name]:>10,.0f}{peak:>10.0f}")
    return rates["ours"]


def print_many_hosts() -> float:
    """Seconds for hosts that take their time; gives how much more that is than one connection a host allows."""
    limit = REQUESTS / MANY_HOSTS * LATENCY
    with serving(MANY_HOSTS, LATENCY) as ports:
        rounds = [{name: measured(name, ports)[0] for name in CONTENDERS} for _ in range(3)]
    what = f"{REQUESTS:,} requests to {MANY_HOSTS} hosts of {LATENCY * 1000:.0f} ms"
    print(f"\n{what:<55}{'seconds':>10}{'of limit':>10}")
    taken = {name: statistics.median(one[name] for one in rounds) for name in CONTENDERS}
    for name, seconds in taken.items():
        print(f"{name:<55}{seconds:>10.2f}{seconds / limit:>9.2f}x")
    return taken["ours"] / limit


def main() -> None:
    """Measure and print; fail where a bound is broken."""
    rate, share = print_rates(), print_many_hosts()
    if rate < LEAST_A_SECOND or share > MOST_OF_THE_LIMIT:
        sys.exit(f"bounds: {LEAST_A_SECOND} requests a second, {MOST_OF_THE_LIMIT} of the limit")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("what", nargs="*")
    match parser.parse_args().what:
        case ["serve", hosts, latency]:
            asyncio.run(serve(int(hosts), float(latency)))
        case ["compete", name, *ports]:
            compete(name, ports)
        case _:
            main()
