"""What bulk cleaning costs beside its work, and how it grows: `make bench-scale DATA=FOLDER PAGES=20000`.

DATA is a folder of pages, `*.html.gz`. They are repeated under other URLs, so with other ids, until there are PAGES
of them, in web archives of 100 pages, in a temporary folder. Then in turn, each in processes of its own that are
watched from outside (/proc): extraction alone, extraction and cleaning, the whole command without and with Prefect,
with one worker and two, and with a tenth of the pages. CPU time is that of all processes of a run, Prefect's server
included; on a machine that does other work, too, read the ratios of CPU time, and where its pace changes, those by
the pace of extraction.
"""

import argparse
import gzip
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import msgspec

from cleaners import load_phrases
from cleaners.phrases.library import Library
from flows.documents.opening import find_sources, read_documents
from flows.drafting import draft

PAGES_A_FILE = 100
_POLL_SECONDS = 0.1
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


class Cost(msgspec.Struct):
    """What a run took: seconds by the clock, CPU seconds and the largest resident size in bytes by process."""

    wall: float
    cpu: dict[int, float]
    memory: dict[int, int]

    @property
    def total(self) -> float:
        """CPU seconds of all processes."""
        return sum(self.cpu.values())

    def extracting(self, workers: int) -> float:
        """CPU seconds of the processes that extract, the busiest of any run that is not short.

        They do the same work in each, so they tell the pace of the machine just then: within an hour, that of one run
        was a quarter less than that of another.
        """
        return sum(sorted(self.cpu.values())[-workers:])

    @property
    def path(self) -> float:
        """CPU seconds of the busiest process: what the run takes where each has a processor for itself."""
        return max(self.cpu.values())


def write_archives(data: Path, folder: Path, count: int) -> int:
    """Write pages into web archives; their size in bytes, unpacked."""
    contents = [gzip.decompress(file.read_bytes()) for file in sorted(data.glob("*.html.gz"))]
    folder.mkdir()
    size = 0
    for first in range(0, count, PAGES_A_FILE):
        with (folder / f"{first:07}.warc.gz").open("wb") as file:
            for number in range(first, min(first + PAGES_A_FILE, count)):
                content = contents[number % len(contents)]
                size += len(content)
                file.write(gzip.compress(_record(content, number), 6))
    return size


def _record(content: bytes, number: int) -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + content
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://site{number % 97}.example/{number}\r\n"
        "WARC-Date: 2026-01-02T03:04:05Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def bare(folder: Path, workers: int, *, clean: bool) -> None:
    """Extract, and clean if asked for, in so many processes, and nothing else."""
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        list(pool.map(_clean if clean else _extract, sorted(folder.iterdir())))


def _extract(file: Path) -> int:
    return sum(1 for _ in read_documents(find_sources([file])))


def _clean(file: Path) -> int:
    return sum(1 for _ in draft(read_documents(find_sources([file])), _library()))


@cache
def _library() -> Library:
    return load_phrases()


def measured(command: list[str], folder: Path) -> Cost:
    """Run a command in a session of its own, and watch all processes of that."""
    began = time.monotonic()
    environment = {**os.environ, "PREFECT_HOME": str(folder / "prefect")}
    process = subprocess.Popen(command, start_new_session=True, cwd=folder, env=environment)  # noqa: S603 - ours
    cost = Cost(0.0, {}, {})
    while process.poll() is None:
        _look(process.pid, cost)
        time.sleep(_POLL_SECONDS)
    cost.wall = time.monotonic() - began
    if process.returncode not in {0, 1}:
        raise SystemExit(f"{command} left with {process.returncode}")
    return cost


def _look(session: int, cost: Cost) -> None:
    for place in Path("/proc").iterdir():
        if not place.name.isdigit():
            continue
        try:
            # Fields of proc(5), counted behind the command's name, which may hold anything.
            fields = (place / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            pid = int(place.name)
            cost.cpu[pid] = (int(fields[11]) + int(fields[12])) / _TICKS
            cost.memory[pid] = max(cost.memory.get(pid, 0), int(fields[21]) * _PAGE_BYTES)


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, help="a folder of pages, *.html.gz")
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--bare", choices=["extract", "clean"], help=argparse.SUPPRESS)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    if given.bare:
        bare(given.data, given.workers, clean=given.bare == "clean")
        return
    with tempfile.TemporaryDirectory() as folder:
        _compare(given.data.resolve(), given.pages, given.workers, Path(folder))


def _compare(data: Path, pages: int, workers: int, folder: Path) -> None:
    size = write_archives(data, folder / "all", pages)
    write_archives(data, folder / "tenth", pages // 10)
    load = f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
    print(f"{pages:,} pages, {size / pages / 1000:.0f} KB on average; {load}", flush=True)
    me, command = [sys.executable, __file__], [str(Path(sys.executable).with_name("cleancopy")), "clean"]

    def without(kind: str, source: str = "all") -> Cost:
        return measured([*me, str(folder / source), "--bare", kind, "--workers", str(workers)], folder)

    def whole(name: str, *options: str, count: int = workers, source: str = "all") -> Cost:
        out = ["--out", str(folder / name), "--workers", str(count), "--quiet", *options]
        return measured([*command, str(folder / source), *out], folder)

    runs = {
        f"extraction alone, {workers} processes": lambda: without("extract"),
        f"extraction and cleaning, {workers} processes": lambda: without("clean"),
        f"clean --direct, {workers} workers": lambda: whole("direct", "--direct"),
        f"clean, with Prefect, {workers} workers": lambda: whole("flow"),
        "clean --direct, 1 worker": lambda: whole("one", "--direct", count=1),
        "a tenth: extraction and cleaning": lambda: without("clean", "tenth"),
        "a tenth: clean --direct": lambda: whole("direct-tenth", "--direct", source="tenth"),
        "a tenth: clean, with Prefect": lambda: whole("flow-tenth", source="tenth"),
    }
    costs = []
    for name, run in runs.items():
        cost = run()
        costs.append(cost)
        memory = ", ".join(f"{size / 1e6:.0f}" for size in sorted(cost.memory.values(), reverse=True)[: workers + 2])
        line = f"{name:<44} {cost.wall:7.1f} s  CPU {cost.total:7.1f} s  busiest {cost.path:7.1f} s  MB {memory}"
        print(line, flush=True)
    _conclude(workers, *costs)


def _conclude(  # noqa: PLR0917 - the runs, in their order
    workers: int,
    extract: Cost,
    clean: Cost,
    direct: Cost,
    flow: Cost,
    one: Cost,
    clean_tenth: Cost,
    direct_tenth: Cost,
    flow_tenth: Cost,
) -> None:
    for name, base in (("extraction and cleaning", clean), ("extraction alone", extract)):
        print(f"over {name}: CPU {direct.total / base.total:.3f}, with Prefect {flow.total / base.total:.3f}")
    paced = [run.total / run.extracting(workers) for run in (extract, clean, direct, flow)]
    print(
        f"the same by the pace of extraction: CPU {paced[2] / paced[1]:.3f}, with Prefect {paced[3] / paced[1]:.3f}; "
        f"over extraction alone {paced[2] / paced[0]:.3f}, with Prefect {paced[3] / paced[0]:.3f}"
    )
    # What starting costs, of Prefect's server above all, is in both runs of each pair and cancels.
    page = clean.total - clean_tenth.total
    ratios = ((run.total - tenth.total) / page for run, tenth in ((direct, direct_tenth), (flow, flow_tenth)))
    print("beyond the start, over extraction and cleaning: CPU {:.3f}, with Prefect {:.3f}".format(*ratios))
    pace = one.extracting(1) / direct.extracting(workers)
    gain = one.wall / direct.wall, one.wall / direct.wall / pace, one.path / direct.path
    print("{} workers against one: clock {:.2f}, by pace {:.2f}, CPU of the busiest {:.2f}".format(workers, *gain))
    pace = direct.extracting(workers) / direct_tenth.extracting(workers) / 10
    growth = (
        direct.wall / direct_tenth.wall,
        direct.wall / direct_tenth.wall / pace,
        direct.total / direct_tenth.total,
    )
    print("ten times the pages: clock {:.2f}, by pace {:.2f}, CPU {:.2f}".format(*growth))
    memory = max(direct.memory.values()) / max(direct_tenth.memory.values())
    print(f"largest process: {memory:.3f} of that of a tenth")


if __name__ == "__main__":
    main()
