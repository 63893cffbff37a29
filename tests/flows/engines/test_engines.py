"""The same job here, in a pool, on a Dask cluster, and with its state on a server: the same records."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from flows import job as job_module
from flows.counts import Counts
from flows.engines import choosing
from flows.engines.ahead import EngineError
from flows.engines.choosing import Engine
from flows.job import Job
from tests.flows.engines.cluster import Cluster, serve_dask

pytestmark = pytest.mark.slow

FILES = 12
PROSE = "The canal bridge was closed on day {}, and the council said that it would stay shut until spring. "
HERE = Engine(workers=1)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with serve_dask(tmp_path_factory.mktemp("dask")) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Web archives, rows, texts and a feed; ids that files have in common, with the same text and with others."""
    folder = tmp_path_factory.mktemp("input")
    for number in range(FILES):
        pages = (page(number * 10 + n, PROSE.format(n) * (5 + number)) for n in range(10))
        (folder / f"{number:02}.warc.gz").write_bytes(b"".join(gzip.compress(each) for each in pages))
        rows = [{"id": f"row-{number}-{n}", "text": f"Rain {n}.\nAdvertisement"} for n in range(20)]
        rows += [{"id": "shared", "text": f"Text {number // 3}."}, {"id": "same", "text": "Snow."}]
        lines = [json.dumps(row).encode() for row in rows]
        (folder / f"{number:02}.jsonl").write_bytes(b"\n".join([*lines, b"{", b""]))
    (folder / "03-feed.xml").write_text(
        "<rss version='2.0'><channel><title>a</title><item><title>One</title><guid>https://a.example/1</guid>"
        f"<description>{PROSE.format(1)}</description></item></channel></rss>"
    )
    return folder


def page(number: int, prose: str) -> bytes:
    body = f"<html><head><title>Day {number}</title></head><body><article><p>{prose}</p></article></body></html>"
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://www.example.org/{number}\r\n"
        f"WARC-Date: 2020-01-02T03:04:05Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that little input makes many shards."""
    monkeypatch.setattr(choosing, "POOL_BYTES", 0)
    monkeypatch.setattr(job_module, "_LEAST_BYTES", 1)


def lines(out: Path, folder: str) -> list[str]:
    parts = sorted((out / folder).glob("*.jsonl"))
    found = [json.loads(line) for part in parts for line in part.read_bytes().splitlines()]
    return sorted(json.dumps({**line, "run": None, "date_fetched": None}, sort_keys=True) for line in found)


@pytest.fixture
def run(folder: Path, tmp_path: Path) -> Callable[..., tuple[Counts, list[str], list[str]]]:
    """Run the job into a store: counts, records and quarantine."""

    def run(name: str, engine: Engine, run_shard: Any = None, **settings: Any) -> Any:  # noqa: ANN401
        out = tmp_path / name
        job = Job(inputs=(str(folder),), out=str(out), engine=engine, **settings)
        return job.run_all(run_shard=run_shard), lines(out, "records"), lines(out, "quarantine")

    return run


def test_the_records_are_the_same_whatever_the_engine_and_wherever_the_state(
    run: Callable[..., Any], cluster: Cluster, postgres: Callable[[], str]
) -> None:
    here = run("here", HERE)
    counts, records, quarantine = here
    assert (counts.new, len(records)) == (FILES * 30 + 3, FILES * 30 + 3)
    assert counts.set_aside == {"bad_json": FILES, "duplicate_id": FILES - 3}
    dask = Engine(name="dask", scheduler=cluster.scheduler)
    assert run("pool", Engine(workers=2)) == here
    assert run("dask", dask) == here
    assert run("server", dask, state=postgres()) == here
    assert len(quarantine) == counts.set_aside.total()
    again, same, _ = run("pool", Engine(workers=2))
    assert same == records
    assert (again.new, again.unchanged, again.finished) == (0, counts.new + counts.unchanged, 2 * FILES + 1)


def test_relative_paths_are_found_by_workers_in_other_folders(
    folder: Path, tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "x.yaml").write_text(
        "publisher: example.org\nphrases:\n  - id: snow\n    kind: ui_junk\n    text: 'Snow'\n"
        "    matches: ['Snow.']\n    keeps: ['Rain.']\n"
    )
    monkeypatch.chdir(folder.parent)
    engine = Engine(name="dask", scheduler=cluster.scheduler)
    own = os.path.relpath(tmp_path / "own")
    job = Job(inputs=(folder.name,), out=str(tmp_path / "out"), engine=engine, phrases=own)
    assert job.run_all().new == FILES * 30 + 3
    asides = [json.loads(line) for line in lines(tmp_path / "out", "quarantine")]
    assert {aside["input"].rpartition("/")[0] for aside in asides} == {folder.name}


@pytest.mark.parametrize("kind", ["pool", "dask"])
def test_a_worker_that_is_killed_in_the_middle_changes_no_record(
    run: Callable[..., Any], cluster: Cluster, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = run("here", HERE)
    pids: list[int] = []
    if kind == "pool":
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

        submit = ProcessPoolExecutor.submit

        def submitted(self: ProcessPoolExecutor, *given: Any, **named: Any) -> Any:  # noqa: ANN401
            future = submit(self, *given, **named)
            pids[:] = [process.pid for process in self._processes.values() if process.pid]
            return future

        monkeypatch.setattr(ProcessPoolExecutor, "submit", submitted)
        engine = Engine(workers=2)
    else:
        pids.append(cluster.add_worker().pid)
        engine = Engine(name="dask", scheduler=cluster.scheduler)
    killed: list[int] = []

    def run_shard(job: Job, number: int, *given: Any, **named: Any) -> Counts:  # noqa: ANN401
        if number == 2:
            killed.append(pids[0])
            os.kill(pids[0], signal.SIGKILL)
        return Job.run_shard(job, number, *given, **named)

    assert run("killed", engine, run_shard) == here
    assert killed


_IN_A_POOL = """
import os, signal, sys
from flows import job
from flows.engines import ahead, choosing
from flows.cli import main

choosing.POOL_BYTES, job._LEAST_BYTES = 0, 1
items = ahead.Ahead.items

def items_or_stop(self, number):
    if number == 20 and "stopped" in sys.argv[-1]:
        os.kill(os.getpid(), signal.SIGINT)
    if number == 20 and "killed" in sys.argv[-1]:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 20 and "told" in sys.argv[-1]:
        os.killpg(0, signal.SIGTERM)
    return items(self, number)

ahead.Ahead.items = items_or_stop
main()
"""


@pytest.mark.parametrize(
    ("out", "code", "said"),
    [
        ("ended", 1, []),
        ("stopped", 3, ["cleancopy: stopped; what was committed stays, and the next run goes on from there"]),
        # Prefect, systemd and `timeout` tell all processes: that of one process was taken for this program's own end.
        ("told", 3, ["cleancopy: stopped; what was committed stays, and the next run goes on from there"]),
    ],
)
def test_processes_leave_nothing_behind_to_be_complained_of(
    folder: Path, tmp_path: Path, out: str, code: int, said: list[str]
) -> None:
    """They did, as they were ended without a chance to close their sandboxes: `leaked semaphore objects`."""
    command = [sys.executable, "-c", _IN_A_POOL, "clean", str(folder), "--workers", "2", "--direct", "--quiet"]
    command += ["--out", str(tmp_path / out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, start_new_session=True)
    assert len(lines(tmp_path / out, "records")) > FILES * 20
    errors = [line for line in done.stderr.splitlines() if ".jsonl:" not in line]
    assert (errors, done.returncode) == (said, code)


def test_nothing_outlives_a_program_that_is_killed(folder: Path, tmp_path: Path) -> None:
    """Its processes waited for their next calls for ever."""
    command = [sys.executable, "-c", _IN_A_POOL, "clean", str(folder), "--workers", "2", "--direct", "--quiet"]
    with (tmp_path / "log").open("wb") as log:
        program = subprocess.Popen(
            [*command, "--out", str(tmp_path / "killed")], stdout=log, stderr=log, start_new_session=True
        )
    assert program.wait(60) == -signal.SIGKILL
    limit = time.monotonic() + 15
    while left := in_session(program.pid):
        assert time.monotonic() < limit, left
        time.sleep(0.1)


def in_session(session: int) -> list[str]:
    """The commands of the processes of a session."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if int((place / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                found.append((place / "cmdline").read_text().replace("\0", " "))
    return found


def test_workers_that_may_have_no_children_are_refused_with_advice(run: Callable[..., Any], tmp_path: Path) -> None:
    """As they are where nobody asks for others."""
    with serve_dask(tmp_path, "--nanny") as cluster, pytest.raises(EngineError, match="--no-nanny"):
        run("out", Engine(name="dask", scheduler=cluster.scheduler))


def test_a_scheduler_that_goes_away_is_one_line_and_what_was_committed_stays(
    run: Callable[..., Any], tmp_path: Path
) -> None:
    with serve_dask(tmp_path) as cluster:

        def run_shard(job: Job, number: int, *given: Any, **named: Any) -> Counts:  # noqa: ANN401
            if number == 2:
                cluster.end_scheduler()
            return Job.run_shard(job, number, *given, **named)

        with pytest.raises(EngineError, match="the Dask scheduler no longer answers") as lost:
            run("out", Engine(name="dask", scheduler=cluster.scheduler), run_shard)
    assert lost.value.is_stop
    assert lines(tmp_path / "out", "records")


def test_a_scheduler_that_does_not_answer_is_one_line(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.engines.dask._PATIENCE_SECONDS", 1)
    with pytest.raises(EngineError, match="no Dask scheduler answers"):
        run("out", Engine(name="dask", scheduler="tcp://127.0.0.1:9"))
