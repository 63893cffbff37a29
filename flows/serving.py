"""Server, work pool, deployments and worker on one machine: `make serve`, or `python -m flows.serving`.

docs/scheduling.md does the same by hand, with Prefect's own commands.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.workers.process import ProcessWorker

POOL = "cleancopy"
_PREFECT = (sys.executable, "-m", "prefect")
_LOG = Path(".prefect") / "server.log"
# A cold start of the server took 16 s.
_START_SECONDS = 120
# Prefect kills what it was told to cancel after 30 s.
_STOP_SECONDS = 40


class ServingError(Exception):
    """The server, the deployments or the worker did not come up."""


def main() -> None:
    """Serve until Ctrl-C or SIGTERM."""
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell lets what it starts in the background ignore SIGINT
        signal.signal(number, _interrupt)
    host = os.environ.setdefault("PREFECT_SERVER_API_HOST", "127.0.0.1")
    port = os.environ.setdefault("PREFECT_SERVER_API_PORT", "4200")
    url = os.environ["PREFECT_API_URL"] = f"http://{host}:{port}/api"
    try:
        with _running(["server", "start"], log=_LOG) as server, SyncPrefectClient(url) as client:
            _wait_for(server, client)
            client.create_work_pool(_pool(), overwrite=True)
            with _running(["worker", "start", "--pool", POOL]) as worker:
                _deploy()
                _run_at_once(client)
                _say(f"runs and schedules: http://{host}:{port}  (Ctrl-C stops all; what was committed stays)")
                _wait_for_end(worker)
    except ServingError as error:
        _say(str(error))
        sys.exit(3)
    except KeyboardInterrupt:
        _say("stopped")


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _pool() -> WorkPoolCreate:
    return WorkPoolCreate(
        name=POOL, type=ProcessWorker.type, base_job_template=ProcessWorker.get_default_base_job_template()
    )


def _deploy() -> None:
    run = subprocess.run(  # noqa: S603 - Prefect's own command
        [*_PREFECT, "--no-prompt", "deploy", "--all"],
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if run.returncode:
        raise ServingError(f"prefect deploy --all:\n{run.stdout}{run.stderr}")


def _run_at_once(client: SyncPrefectClient) -> None:
    """The first run by schedule may be a quarter of an hour away."""
    client.create_flow_run_from_deployment(client.read_deployment_by_name("ingest/ingest").id)


@contextmanager
def _running(arguments: list[str], log: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """One of Prefect's commands that do not end, as long as the block lasts; what it says goes to a file, if given.

    It is in a session of its own: Ctrl-C is for us, and we stop the worker and its runs before the server.
    """
    if log is not None:
        log.parent.mkdir(exist_ok=True)
    with (log or Path(os.devnull)).open("ab") as file:
        process = subprocess.Popen(  # noqa: S603 - Prefect's own commands
            [*_PREFECT, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=file if log else None,
            stderr=subprocess.STDOUT if log else None,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """SIGINT, as Prefect wants it, for the process and for the runs that it started; SIGKILL for what stays."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _wait_for(server: subprocess.Popen[bytes], client: SyncPrefectClient) -> None:
    """Wait until the server answers."""
    deadline = time.monotonic() + _START_SECONDS
    while client.api_healthcheck() is not None:
        if server.poll() is not None or time.monotonic() > deadline:
            raise ServingError(f"Prefect's server did not come up; {_LOG} says why")
        time.sleep(0.5)


def _wait_for_end(worker: subprocess.Popen[bytes]) -> None:
    if worker.wait():
        raise ServingError(f"Prefect's worker ended with {worker.returncode}")


def _say(line: str) -> None:
    print(f"cleancopy: {line}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
