import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from flows.documents.loaded import Reason, SetAside
from flows.watching.events import (
    Event,
    ItemSetAside,
    PartCommitted,
    RunEnded,
    RunStarted,
    log_complaints,
    log_json,
)

BAIT = "a\x1b[2J\n\u202e\u2028\udcff.txt"


def aside(document: str = "rows.jsonl") -> ItemSetAside:
    item = SetAside(reason=Reason.BAD_ROW, input=document, document=document, line=2, detail="no text")
    return ItemSetAside(run="run-1", item=item)


EVENTS: dict[str, Event] = {
    "run_started": RunStarted(run="run-1", inputs=("in",), out="out"),
    "part_committed": PartCommitted(run="run-1", part="run-1-00001.jsonl", records=2),
    "item_set_aside": aside(),
    "run_ended": RunEnded(
        run="run-1", exit_code=1, new=2, updated=0, unchanged=1, set_aside={"bad_row": 1}, seconds=0.5
    ),
}


def logged(event: Event, capsys: pytest.CaptureFixture[str]) -> str:
    log_json(event)
    out, err = capsys.readouterr()
    assert out == ""
    return err


def test_names_of_files_break_no_line_and_steer_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    line = logged(aside(BAIT), capsys)
    assert line.count("\n") == 1
    assert line.isascii()
    assert line.rstrip("\n").isprintable()
    assert json.loads(line)["item"]["document"] == BAIT


def test_no_password_of_an_input_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        json.loads(logged(aside("sftp://ann:secret@host/a.jsonl"), capsys))["item"]["input"]
        == "sftp://ann:***@host/a.jsonl"
    )


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_is_one_line_with_its_name_its_time_and_its_run(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    line = logged(EVENTS[name], capsys)
    read = json.loads(line)
    assert (read["event"], read["run"]) == (name, "run-1")
    assert line.endswith("}\n")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", read["time"])
    assert datetime.fromisoformat(read["time"]).utcoffset() == timedelta(0)


@pytest.mark.parametrize("name", EVENTS)
def test_the_docs_name_every_event_and_its_fields(name: str) -> None:
    docs = (Path(__file__).parents[3] / "docs" / "inspecting.md").read_text(encoding="utf-8")
    (row,) = [line for line in docs.splitlines() if line.startswith(f"| `{name}` |")]
    assert all(f"`{field}`" in row for field in EVENTS[name].__struct_fields__ if field not in {"time", "run"})


def test_people_are_told_of_the_first_ten_items_and_of_nothing_else() -> None:
    told: list[str] = []
    log = log_complaints(lambda problem: told.append(str(problem)))
    for event in EVENTS.values():
        log(event)
    assert told == ["rows.jsonl:2: bad_row: no text"]
    for _ in range(30):
        log(aside())
    assert len(told) == 10
