"""How fast pages are read in the sandbox: `python benchmarks/sandbox.py DATA`.

DATA is a folder of pages, `*.html.gz`. Prints one table: the same pages read in this process, and by one worker, two,
and as many as there are cores; medians of several rounds, the rounds of all in turn, so that what else the machine
does hits each alike. Further down, what a call costs that does nothing, and one that is killed or crashes.
"""

import argparse
import gzip
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from flows.documents.loaded import UnusableError
from flows.documents.pages import read_page_bytes
from flows.pages.page import Page
from flows.sandbox import Sandbox

ROUNDS = 3
NOTHING = 2_000
CRASHES = 20


def here(contents: list[bytes]) -> int:
    """How many of the pages have a text, read in this process."""
    found = 0
    for content in contents:
        try:
            read_page_bytes(content)
        except UnusableError:
            continue
        found += 1
    return found


def apart(sandbox: Sandbox, contents: list[bytes]) -> int:
    """How many of the pages have a text, read in a sandbox."""
    return sum(isinstance(outcome, Page) for outcome in sandbox.run(read_page_bytes, contents))


def seconds(call: Callable[[], object]) -> float:
    """How long a call takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def print_costs() -> None:
    """What a call costs beside its work, and what a lost one does."""
    with Sandbox(workers=1, deadline=1) as sandbox:
        started = seconds(lambda: sandbox.call(len, b""))
        nothing = seconds(lambda: list(sandbox.run(len, [b""] * NOTHING))) / NOTHING
        crash = seconds(lambda: [sandbox.call(os._exit, 1) for _ in range(CRASHES)]) / CRASHES
        killed = seconds(lambda: sandbox.call(time.sleep, 60)) - 1
    print(f"\n{'the first call, server running':<40}{started * 1000:>8,.0f} ms")
    print(f"{'a call that does nothing':<40}{nothing * 1000:>8.2f} ms")
    print(f"{'a call that crashes':<40}{crash * 1000:>8,.0f} ms")
    print(f"{'a call that is killed, past its deadline':<40}{killed * 1000:>8,.0f} ms")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, metavar="DATA")
    parser.add_argument("--pages", type=int, default=300)
    options = parser.parse_args()
    paths = sorted(options.data.rglob("*.html.gz"))
    contents = [gzip.decompress(path.read_bytes()) for path in paths[:: max(1, len(paths) // options.pages)]]
    workers = sorted({1, 2, os.cpu_count() or 1})
    times: dict[int, list[float]] = {count: [] for count in (0, *workers)}
    found = here(contents)
    for _ in range(ROUNDS):
        times[0].append(seconds(lambda: here(contents)))
        for count in workers:
            with Sandbox(workers=count) as sandbox:
                list(sandbox.run(len, [b""] * count))
                times[count].append(seconds(lambda box=sandbox: apart(box, contents)))  # type: ignore[misc]
    print(f"{f'{len(contents)} pages, {found} with a text':<40}{'s':>8}{'pages/s':>10}{'of one':>8}")
    one = statistics.median(times[1])
    for count, taken in times.items():
        median = statistics.median(taken)
        name = f"{count} worker{'s' * (count > 1)}" if count else "in this process"
        print(f"{name:<40}{median:>8.2f}{len(contents) / median:>10.1f}{one / median:>8.2f}")
    print_costs()


if __name__ == "__main__":
    main()
