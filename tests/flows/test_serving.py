"""Server, process worker and deployments on loopback, as `make serve` starts them, against a local publisher."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar
from uuid import UUID

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.states import Cancelling

from tests.publisher.contract import assert_right, records
from tests.publisher.site import Publisher, subscriptions_toml

ROOT = Path(__file__).parents[2]
PATIENCE = 180.0
NOT_TO_COME = FlowRunFilterState(
    type=FlowRunFilterStateType(any_=[type_ for type_ in StateType if type_ != "SCHEDULED"])
)
T = TypeVar("T")

pytestmark = [pytest.mark.prefect, pytest.mark.slow]


class Served(NamedTuple):
    folder: Path
    publisher: Publisher
    client: SyncPrefectClient
    process: subprocess.Popen[bytes]

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def runs(self) -> list[FlowRun]:
        """All but those that are to come."""
        return self.client.read_flow_runs(flow_run_filter=FlowRunFilter(state=NOT_TO_COME))

    def deployment(self) -> UUID:
        return self.client.read_deployment_by_name("ingest/ingest").id

    def ingest(self) -> UUID:
        """A run by hand, that asks all feeds."""
        return self.client.create_flow_run_from_deployment(self.deployment(), parameters={"force": True}).id

    def ended(self, run: UUID) -> FlowRun:
        return until(lambda: next((each for each in self.runs() if each.id == run and is_final(each)), None))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The project's own deployments, but `ingest` every 20 seconds, in a folder that has the project's settings."""
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    shutil.copy(ROOT / "pyproject.toml", folder)
    quarter_hourly = re.compile(r'cron: "\*/15 \* \* \* \*"\n +timezone: Etc/UTC')
    deployments, changed = quarter_hourly.subn("interval: 20", (ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    assert changed == 1
    (folder / "prefect.yaml").write_text(deployments, encoding="utf-8")
    (folder / "seeds").mkdir()
    own = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    own |= {"PREFECT_SERVER_API_PORT": str(port), "PREFECT_WORKER_QUERY_SECONDS": "1"}
    with Publisher(feeds=4, articles=12) as publisher, (folder / "log").open("wb") as log:
        (folder / "seeds" / "feeds.toml").write_text(subscriptions_toml(publisher), encoding="utf-8")
        process = subprocess.Popen(
            [sys.executable, "-m", "flows.serving"], cwd=folder, env=own, stdout=log, stderr=log
        )
        try:
            until(lambda: process.poll() is not None or b"Ctrl-C" in (folder / "log").read_bytes())
            with SyncPrefectClient(f"http://127.0.0.1:{port}/api") as client:
                yield Served(folder, publisher, client, process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)
            print((folder / "log").read_text(encoding="utf-8"))  # noqa: T201 - pytest shows it with a failure


def test_ingest_runs_by_its_schedule(served: Served) -> None:
    first = until(lambda: next((run for run in served.runs() if run.auto_scheduled and not is_cancelled(run)), None))
    served.client.pause_deployment(served.deployment())
    by_schedule = served.ended(first.id)
    assert by_schedule.state_type == StateType.COMPLETED
    assert re.fullmatch(r"ingest into out, \d\d \w{3} \d\d:\d\d", by_schedule.name)
    until(lambda: all(is_final(run) for run in served.runs()))
    assert_right(records(served.out), served.publisher.articles)
    found = {artifact.key or artifact.type: artifact.data for artifact in served.client.read_artifacts()}
    assert found["progress"] == 100
    assert {"feeds", "kinds"} <= found.keys()


def test_a_run_that_is_cancelled_in_the_middle_leaves_the_store_whole_and_the_next_by_hand_goes_on(
    served: Served,
) -> None:
    new = served.publisher.publish(12)
    for article in new:
        served.publisher.slow(article.link, 1.0)
    run = served.ingest()
    until(lambda: served.publisher.asked([article.link for article in new]))
    overlapping = served.ended(served.ingest())
    assert overlapping.state
    assert overlapping.state.message == "Deployment concurrency limit reached."

    served.client.set_flow_run_state(run, Cancelling())
    assert is_cancelled(served.ended(run))
    gracefully = b"Finished in state Cancelled('Stopped; what was committed stays"
    until(lambda: gracefully in (served.folder / "log").read_bytes())
    assert len(records(served.out)) < len(served.publisher.articles)
    by_hand = served.ended(served.ingest())
    assert by_hand.state_type == StateType.COMPLETED
    assert_right(records(served.out), served.publisher.articles)


def test_it_stops_when_it_is_told_to(served: Served) -> None:
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(60) == 0
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port_of(served.client))):
        pass


def is_cancelled(run: FlowRun) -> bool:
    return run.state_type == StateType.CANCELLED


def is_final(run: FlowRun) -> bool:
    return run.state is not None and run.state.is_final()


def until(found: Callable[[], T]) -> T:
    """What is found in the end."""
    deadline = time.monotonic() + PATIENCE
    while True:
        if value := found():
            return value
        assert time.monotonic() < deadline, "nothing came"
        time.sleep(0.3)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_of(client: SyncPrefectClient) -> int:
    return client.api_url.port or 0
