"""Bulk runs killed at random moments, and a reader that looks all the while: `make soak` kills two hundred."""

import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROWS = 12_000
# A whole run takes about a second and a half; it commits some thirty times.
LONGEST_SECONDS = 1.6
RUN = "from flows import cli; from flows.store import writer; writer.PART_DOCUMENTS = 400; cli.main()"


def read_ids(out: Path) -> list[str]:
    """The id of every visible record; a torn line or a record that stands twice fails.

    The parts are listed once: later ones may come while they are read.
    """
    ids: list[str] = []
    for part in sorted((out / "records").glob("*.jsonl")):
        content = part.read_bytes()
        assert content.endswith(b"\n")
        ids += [json.loads(line)["id"] for line in content.splitlines()]
    assert len(ids) == len(set(ids))
    return ids


@contextmanager
def read_all_the_while(out: Path) -> Iterator[list[BaseException]]:
    """A reader beside the runs; what it stumbles over is in the list."""
    done = threading.Event()
    stumbled: list[BaseException] = []

    def read() -> None:
        most = 0
        while not done.is_set():
            try:
                ids = read_ids(out)
                assert len(ids) >= most
                most = len(ids)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
                stumbled.append(error)
                return
            time.sleep(0.01)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield stumbled
    finally:
        done.set()
        reader.join()


def start(file: Path, out: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-c", RUN, "clean", str(file), "--out", str(out), "--direct"]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def kill_runs(kills: int, rows: Callable[..., Path], tmp_path: Path, seed: int) -> None:
    """Kill runs over the same rows, each after a random time; a store that is complete makes room for a new one."""
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails
    moments = random.Random(seed)  # noqa: S311
    file = rows(*({"id": f"{number:06d}", "text": f"Rain {number}.\nAdvertisement"} for number in range(ROWS)))
    killed = stores = 0
    while killed < kills:
        stores += 1
        out = tmp_path / f"out-{stores}"
        with read_all_the_while(out) as stumbled:
            ended = False
            while not ended and killed < kills:
                before = len(read_ids(out))
                with start(file, out) as run:
                    try:
                        ended = run.wait(moments.uniform(0.2, LONGEST_SECONDS)) == 0
                    except subprocess.TimeoutExpired:
                        run.kill()
                        killed += 1
                assert len(read_ids(out)) >= before
            with start(file, out) as last:
                _, errors = last.communicate(timeout=120)
            assert (last.returncode, errors) == (0, b"")
        assert stumbled == []
        assert sorted(read_ids(out)) == [f"{number:06d}" for number in range(ROWS)]


@pytest.mark.slow
def test_eight_runs_killed_at_random_lose_nothing_and_double_nothing(
    rows: Callable[..., Path], tmp_path: Path
) -> None:
    kill_runs(8, rows, tmp_path, seed=time.time_ns())


@pytest.mark.soak
def test_two_hundred_runs_killed_at_random_lose_nothing_and_double_nothing(
    rows: Callable[..., Path], tmp_path: Path
) -> None:
    kill_runs(200, rows, tmp_path, seed=time.time_ns())
