"""The flow `clean` through Prefect's embedded server: one server for all tests of this module."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds" / "articles"

pytestmark = pytest.mark.prefect


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A Prefect of its own for these tests: no server is asked that runs elsewhere on the machine."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return own | {"PREFECT_HOME": str(tmp_path_factory.mktemp("prefect"))}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """The store that two runs of `cleancopy clean` over the seeds have written."""
    out = tmp_path_factory.mktemp("store")
    for name, options in (("first", ["--log-json"]), ("second", [])):
        run = subprocess.run(
            [str(Path(sys.executable).with_name("cleancopy")), "clean", str(SEEDS), "--out", str(out), *options],
            check=False,
            capture_output=True,
            text=True,
            env=environment,
            cwd=ROOT,
            timeout=300,
        )
        assert run.returncode == 0, run.stderr
        (out / f"{name}.log").write_text(run.stderr)
    return out


def records(store: Path) -> list[dict[str, object]]:
    return [
        json.loads(line) for part in sorted((store / "records").iterdir()) for line in part.read_bytes().splitlines()
    ]


def test_the_flow_writes_the_seeds_record(store: Path) -> None:
    (seed,) = (record for record in records(store) if record["publisher"] == "mid-day.com")
    assert seed["date_published"] == "2019-03-10T10:50:00+05:30"
    assert seed["captions"] == ["Kim Jong Un and Donald Trump"]
    assert seed["syndicated"] is True


def test_a_second_run_adds_nothing(store: Path) -> None:
    ids = [record["id"] for record in records(store)]
    assert len(ids) == len(set(ids)) == 10
    assert len({record["run"] for record in records(store)}) == 1


def test_the_events_of_a_run_name_the_run_that_its_records_name(store: Path) -> None:
    told = [json.loads(line) for line in (store / "first.log").read_text().splitlines()]
    assert [event["event"] for event in (told[0], told[-1])] == ["run_started", "run_ended"]
    assert {event["run"] for event in told} == {record["run"] for record in records(store)}


def test_people_are_told_nothing_that_is_not_wrong(store: Path) -> None:
    assert (store / "second.log").read_text() == ""


def test_the_flow_writes_what_a_direct_run_writes(store: Path, tmp_path: Path) -> None:
    command = [
        str(Path(sys.executable).with_name("cleancopy")),
        "clean",
        str(SEEDS),
        "--out",
        str(tmp_path),
        "--direct",
    ]
    subprocess.run(command, check=True, capture_output=True)

    def comparable(folder: Path) -> list[dict[str, object]]:
        return [{**record, "run": None} for record in records(folder)]

    assert comparable(store) == comparable(tmp_path)


def test_the_deployments_entrypoint_is_the_flow(environment: dict[str, str]) -> None:
    code = (
        "import yaml; from prefect.flows import load_flow_from_entrypoint\n"
        "for deployment in yaml.safe_load(open('prefect.yaml'))['deployments']:\n"
        "    flow = load_flow_from_entrypoint(deployment['entrypoint'])\n"
        "    flow.validate_parameters(deployment['parameters'])\n"
        "    print(flow.name)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment, cwd=ROOT
    )
    assert run.stdout == "ingest\nclean\nreclean\ncompact\n"


def test_ctrl_c_on_a_terminal_stops_a_run_and_not_the_server_under_it(
    environment: dict[str, str], command: str, tmp_path: Path
) -> None:
    """The server ended first, and the command spoke to nobody for five minutes."""
    for number in range(8):
        rows = (json.dumps({"id": f"{number}-{n}", "text": f"Rain fell on day {n}. " * 60}) for n in range(5000))
        (tmp_path / f"{number}.jsonl").write_text("\n".join(rows))
    out = tmp_path / "out"
    run = subprocess.Popen(
        [command, "clean", str(tmp_path), "--out", str(out), "--quiet"],
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )
    limit = time.monotonic() + 120
    while not list(out.glob("records/*.jsonl")):
        assert run.poll() is None
        assert time.monotonic() < limit
        time.sleep(0.05)
    time.sleep(0.3)
    os.killpg(run.pid, signal.SIGINT)
    _, complaints = run.communicate(timeout=30)
    assert run.returncode == 3
    assert complaints == "cleancopy: stopped; what was committed stays, and the next run goes on from there\n"
