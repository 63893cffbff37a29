"""What the store costs, and how it scales: `make bench`, or `python benchmarks/store.py --rows 1000000`.

Prints one table. Every figure is a whole process of the command line, alternating between the two that are compared,
and the median of their ratios: machines are noisy, so read the ratios. The rows are made up here, always the same.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from speed import article

ROUNDS = 5
SMALL, ARTICLE = 300, 5_000
"""Code points of a row's text."""


def write_rows(path: Path, count: int, length: int, *, ids: str) -> None:
    """Rows with texts of about that many code points: with ids in order, with ids like random keys, or with none."""
    rng = random.Random(1)  # noqa: S311 - the same rows every time is the point
    bodies = [article(length, seed) for seed in range(50)]
    with path.open("w") as stream:
        for number in range(count):
            row = {"text": f"Row {number}.\n{bodies[number % len(bodies)]}"}
            if ids != "none":
                key = f"{number:09d}" if ids == "ordered" else f"{rng.getrandbits(128):032x}"
                row["id"] = f"urn:example:{key}"
            stream.write(json.dumps(row) + "\n")


def run(*arguments: str, stdin: Path | None = None) -> tuple[float, int]:
    """Seconds and peak resident kilobytes of one command."""
    command = [str(Path(sys.executable).with_name("cleancopy")), *arguments]
    with (stdin or Path(os.devnull)).open("rb") as given, tempfile.TemporaryFile() as output:
        began = time.perf_counter()
        process = subprocess.Popen(command, stdin=given, stdout=output, stderr=subprocess.DEVNULL)  # noqa: S603
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"{command} left with {process.returncode}")
        return time.perf_counter() - began, usage.ru_maxrss


def overheads(folder: Path) -> Iterator[str]:
    """How much longer a run into a store takes than `clean -` into a file."""
    yield f"{'the store beside `clean -`':<52}{'stream s':>10}{'store s':>10}{'ratio':>8}"
    shapes = [
        (50_000, SMALL, "ordered", "small rows, ids in order"),
        (50_000, SMALL, "random", "small rows, random ids"),
        (50_000, SMALL, "none", "small rows, no ids"),
        (5_000, ARTICLE, "ordered", "articles"),
    ]
    for count, length, ids, name in shapes:
        file = folder / "rows.jsonl"
        write_rows(file, count, length, ids=ids)
        pairs = []
        for number in range(ROUNDS):
            stream, _ = run("clean", "-", stdin=file)
            store, _ = run(
                "clean", str(file), "--out", str(folder / f"{ids}-{length}-{number}"), "--direct", "--quiet"
            )
            pairs.append((stream, store))
        ratio = statistics.median(store / stream for stream, store in pairs)
        stream, store = (statistics.median(times) for times in zip(*pairs, strict=True))
        yield f"{f'{count:,} {name}':<52}{stream:>10.2f}{store:>10.2f}{ratio:>8.3f}"


def growth(folder: Path, most: int) -> Iterator[str]:
    """Time and memory from ten thousand rows on, by tens; and of a second run, which finds all of them there."""
    yield f"\n{'rows':>10}{'seconds':>10}{'times':>8}{'peak MB':>10}{'again s':>10}{'again MB':>10}"
    before = None
    count = 10_000
    while count <= most:
        file, out = folder / "rows.jsonl", folder / f"grown-{count}"
        write_rows(file, count, SMALL, ids="ordered")
        command = ("clean", str(file), "--out", str(out), "--direct", "--quiet")
        seconds, memory = run(*command)
        again, again_memory = run(*command)
        times = f"{seconds / before:.2f}" if before else ""
        first = f"{count:>10,}{seconds:>10.1f}{times:>8}{memory / 1024:>10.0f}"
        yield f"{first}{again:>10.1f}{again_memory / 1024:>10.0f}"
        before, count = seconds, count * 10


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="the most rows of the second table")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for line in overheads(Path(folder)):
            print(line, flush=True)
        for line in growth(Path(folder), arguments.rows):
            print(line, flush=True)


if __name__ == "__main__":
    main()
