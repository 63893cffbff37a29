"""A Dask cluster of two workers on loopback, each in a folder of its own."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec

_PATIENCE = 30


class Cluster(msgspec.Struct):
    """Where its scheduler is, and its workers."""

    scheduler: str
    folder: Path
    process: "subprocess.Popen[bytes]"
    workers: list[subprocess.Popen[bytes]] = []

    def end_scheduler(self) -> None:
        """Let it go away in the middle of everything."""
        _end(self.process)

    def add_worker(self, *options: str) -> "subprocess.Popen[bytes]":
        """Start one more."""
        folder = self.folder / f"worker-{len(self.workers)}"
        folder.mkdir()
        worker = _start("worker", folder, self.scheduler, "--nthreads", "1", *(options or ("--no-nanny",)))
        self.workers.append(worker)
        return worker


@contextmanager
def serve_dask(folder: Path, *options: str) -> Iterator[Cluster]:
    """Start a scheduler and two workers, without a nanny if nothing else is asked for; end them all."""
    file = folder / "scheduler.json"
    with ExitStack() as ending:
        scheduler = _start("scheduler", folder, "--port", "0", "--scheduler-file", str(file))
        ending.callback(_end, scheduler)
        limit = time.monotonic() + _PATIENCE
        while not file.exists() or not file.read_text():
            assert time.monotonic() < limit, (folder / "log").read_text()
            time.sleep(0.05)
        cluster = Cluster(json.loads(file.read_text())["address"], folder, scheduler)
        ending.callback(lambda: [_end(worker) for worker in cluster.workers])
        for _ in range(2):
            cluster.add_worker(*options)
        yield cluster


def _start(kind: str, folder: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--host", "127.0.0.1", "--no-dashboard"]
    place = ["--local-directory", str(folder)] if kind == "worker" else []
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [*command, *arguments, *place],
            cwd=folder,
            stdout=log,
            stderr=log,
            env={**os.environ, "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__GIL__ENABLED": "False"},
        )


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(_PATIENCE)
