"""How fast a list of feeds is asked that have nothing new, beside the `reader` library: `make bench`.

One process serves, another one asks, both on this machine; nothing leaves it. Whole processes are timed, their start
included. Each figure is the median of several rounds in which the contenders take turns; machines differ, so read the
ratios.
"""

import argparse
import asyncio
import hashlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

FEEDS, HOSTS, ENTRIES = 1_000, 20, 20
ROUNDS = 3
LEAST_A_SECOND = 100
WORKERS = 20
SENTENCE = "The harbour council met on Monday and agreed that the old pier would be mended before the winter storms. "


def feed(number: int) -> bytes:
    """A feed of a few articles whose full text it holds."""
    items = "".join(
        f"<item><title>Story {number}-{entry}</title><guid isPermaLink='false'>{number}-{entry}</guid>"
        f"<description>Number {entry} of {number}.</description>"
        f"<content:encoded>&lt;p&gt;{f'{number}-{entry}: {SENTENCE}' * 5}&lt;/p&gt;</content:encoded></item>"
        for entry in range(ENTRIES)
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Feed {number}</title>{items}</channel></rss>"
    ).encode()


class Answering(asyncio.Protocol):
    """Feeds with ETags: 304 to whoever has a copy."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody came."""
        self._transport = transport
        self._read = b""

    def data_received(self, data: bytes) -> None:
        """Answer each request."""
        *heads, self._read = (self._read + data).split(b"\r\n\r\n")
        for head in heads:
            self._transport.write(self._answer(head))

    def _answer(self, head: bytes) -> bytes:
        path = head.split(b" ", 2)[1].decode()
        if not path[1:].isdecimal():
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        body = feed(int(path[1:]))
        etag = b'"' + hashlib.md5(body, usedforsecurity=False).hexdigest().encode() + b'"'
        if etag in head:
            return b"HTTP/1.1 304 Not Modified\r\nETag: " + etag + b"\r\n\r\n"
        length = str(len(body)).encode()
        head = b"Content-Type: application/rss+xml\r\nETag: " + etag + b"\r\nContent-Length: " + length
        return b"HTTP/1.1 200 OK\r\n" + head + b"\r\n\r\n" + body


async def serve() -> None:
    """Serve on some ports, print them, and go on until standard input ends."""
    loop = asyncio.get_running_loop()
    servers = [await loop.create_server(Answering, "127.0.0.1", 0) for _ in range(HOSTS)]
    print(*(server.sockets[0].getsockname()[1] for server in servers), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


@contextmanager
def serving() -> Iterator[list[str]]:
    """The feeds' URLs, on a server in its own process."""
    command = [sys.executable, __file__, "serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("no pipes")
        ports = process.stdout.readline().split()
        yield [f"http://127.0.0.1:{ports[number % HOSTS]}/{number}" for number in range(FEEDS)]
        process.stdin.close()


def ours(folder: Path, urls: list[str]) -> None:
    """`cleancopy ingest --direct`, every feed asked."""
    from flows.ingesting.job import IngestJob  # noqa: PLC0415 - memory is measured: each contender has its own
    from flows.ingesting.running import run_all  # noqa: PLC0415

    feeds = folder / "feeds.toml"
    listed = "".join(f'[[feeds]]\nurl = "{url}"\nfull_text = "never"\n' for url in urls)
    feeds.write_text(f'[fetch]\ndelay = 0.0\nallow_private = ["127.0.0.0/8"]\n{listed}')
    tally = run_all(IngestJob(feeds=str(feeds), out=str(folder / "out"), force=True))
    print(tally.feeds["new"] + tally.feeds["unchanged"], tally.feeds["failed"])


def reader(folder: Path, urls: list[str]) -> None:
    """The `reader` library, with as many threads as there are hosts."""
    import feedparser_sgmllib  # noqa: PLC0415

    # Its own copy of feedparser wants this, and counts on feedparser to bring it under its old name.
    sys.modules["sgmllib"] = feedparser_sgmllib
    from reader import make_reader  # noqa: PLC0415

    with make_reader(str(folder / "reader.sqlite")) as library:
        for url in urls:
            library.add_feed(url, exist_ok=True)
        library.update_feeds(workers=WORKERS, scheduled=False)
        broken = sum(1 for _ in library.get_feeds(broken=True))
    print(len(urls) - broken, broken)


CONTENDERS: dict[str, Callable[[Path, list[str]], None]] = {"ours": ours, "reader": reader}


def compete(name: str, folder: str) -> None:
    """Ask all feeds with one contender; print what it did, and the resident peaks of it and its children in MB."""
    CONTENDERS[name](Path(folder), Path(folder, "urls").read_text().split())
    peaks = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(*(round(peak) for peak in peaks))


def measured(name: str, folder: Path) -> tuple[float, str]:
    """Seconds, and the peaks, of one contender in its own process."""
    began = time.perf_counter()
    command = [sys.executable, __file__, "compete", name, str(folder)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    done, peaks = output.splitlines()[-2:]
    if done != f"{FEEDS} 0":
        raise RuntimeError(f"{name}: {done}")
    return time.perf_counter() - began, peaks


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder, serving() as urls:
        Path(folder, "urls").write_text("\n".join(urls))
        first = {name: measured(name, Path(folder))[0] for name in CONTENDERS}
        rounds = [{name: measured(name, Path(folder)) for name in CONTENDERS} for _ in range(ROUNDS)]
    print(f"{FEEDS:,} feeds of {ENTRIES} entries, {HOSTS} hosts; whole processes; asked {LEAST_A_SECOND} a second")
    print(f"{'':10} {'first time':>12} {'unchanged':>12} {'a second':>10}  peak MB, children's")
    for name in CONTENDERS:
        seconds = statistics.median(each[name][0] for each in rounds)
        if name == "ours" and FEEDS / seconds < LEAST_A_SECOND:
            sys.exit(f"{FEEDS / seconds:.0f} feeds a second, fewer than {LEAST_A_SECOND}")
        print(f"{name:10} {first[name]:10.1f} s {seconds:10.2f} s {FEEDS / seconds:10.0f}  {rounds[-1][name][1]}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*")
    match parser.parse_args().words:
        case ["serve"]:
            asyncio.run(serve())
        case ["compete", name, folder]:
            compete(name, folder)
        case _:
            main()
