"""The flows `reclean` and `compact`, and what runs show, through Prefect's embedded server."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from flows.job import Job

pytestmark = pytest.mark.prefect

PROSE = "The bridge over the old canal was closed for repairs on Monday, and will stay shut until spring."
# In a process of its own, since a Prefect that was imported keeps the settings it found.
SCRIPT = """
import json
from prefect import get_client
from flows.compact import compact
from flows.reclean import reclean

states = [flow(out, return_state=True) for flow, out in ((reclean, "out"), (compact, "out"), (compact, "nowhere"))]
with get_client(sync_client=True) as client:
    artifacts = [(each.type, each.key, each.data) for each in client.read_artifacts()]
print(json.dumps({"states": [(state.name, state.message) for state in states], "artifacts": artifacts}))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of three articles, one of them in two versions."""
    folder = tmp_path_factory.mktemp("nightly")
    for number, texts in enumerate((("One.", "Two.", "Three."), ("One and a half.",))):
        rows = [{"id": str(id_), "text": f"{text} {PROSE}\nAdvertisement\n{PROSE}"} for id_, text in enumerate(texts)]
        (folder / f"{number}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        Job(inputs=(str(folder / f"{number}.jsonl"),), out=str(folder / "out")).run_all()
    return folder


@pytest.fixture(scope="module")
def said(folder: Path) -> dict[str, Any]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    own |= {"PREFECT_HOME": str(folder / "prefect"), "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120"}
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT], check=True, capture_output=True, text=True, env=own, cwd=folder, timeout=300
    )
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


def test_the_states_say_what_was_done_or_why_not(said: dict[str, Any]) -> None:
    assert said["states"] == [
        ["Completed", "4 records, 0 changed, 0 could not be restored"],
        ["Completed", "3 records kept, 1 earlier versions dropped; 1 parts became 1"],
        ["Failed", "nowhere: is no store: it has neither records nor a state"],
    ]


def test_what_is_in_the_store_is_shown_as_a_page(said: dict[str, Any]) -> None:
    ((_, key, page),) = (each for each in said["artifacts"] if each[0] == "markdown")
    assert key == "store"
    assert page.startswith("4 records\n")
    assert "| `en/advertisement` | 4 |" in page
