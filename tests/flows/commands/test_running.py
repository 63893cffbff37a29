import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.commands.running import exit_code
from flows.counts import Counts
from flows.store.errors import StoreError
from flows.store.writer import Writer

RunCli = Callable[..., tuple[int, str, str]]
Rows = Callable[..., Path]

RAIN, SNOW = {"id": "1", "text": "Rain."}, {"id": "2", "text": "Snow."}


def events(err: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in err.splitlines()]


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        (Counts(new=1), 0),
        (Counts(new=1, set_aside={"bad_row": 1}), 1),  # type: ignore[arg-type]
        (Counts(new=1, stopped=1), 3),
        (Counts(set_aside={"bad_row": 1}, stopped=1), 3),  # type: ignore[arg-type]
    ],
)
def test_a_run_leaves_with_what_happened(counts: Counts, code: int) -> None:
    assert exit_code(counts) == code


def test_events_tell_of_the_start_each_part_each_item_and_the_end(
    run_cli: RunCli, rows: Rows, tmp_path: Path
) -> None:
    file = rows(RAIN, b"{", SNOW)
    code, _, err = run_cli("clean", file, "--out", tmp_path / "out", "--direct", "--log-json")
    start, aside, part, end = events(err)
    assert code == 1
    assert [event["event"] for event in (start, aside, part, end)] == [
        "run_started", "item_set_aside", "part_committed", "run_ended",
    ]  # fmt: skip
    assert (start["inputs"], start["out"]) == ([str(file)], str(tmp_path / "out"))
    assert (aside["item"]["reason"], aside["item"]["line"]) == ("bad_json", 2)
    assert part["records"] == 2
    assert (tmp_path / "out" / "records" / part["part"]).is_file()
    assert (end["exit_code"], end["new"], end["set_aside"], end["error"]) == (1, 2, {"bad_json": 1}, None)
    assert len({event["run"] for event in (start, aside, part, end)}) == 1
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", event["time"]) for event in events(err))


def test_what_is_told_as_json_is_not_told_to_people_as_well(run_cli: RunCli, rows: Rows, tmp_path: Path) -> None:
    _, out, _ = run_cli("clean", rows(RAIN), "--out", tmp_path / "out", "--direct", "--log-json")
    assert out == ""


def test_a_run_that_fails_tells_why_at_its_end(
    run_cli: RunCli, rows: Rows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("records: cannot be written: No space left on device", started=True)

    monkeypatch.setattr(Writer, "add", full)
    code, _, err = run_cli("clean", rows(RAIN), "--out", tmp_path / "out", "--direct", "--log-json")
    *told, plain = err.splitlines()
    assert code == 3
    assert plain == "cleancopy: records: cannot be written: No space left on device"
    end = json.loads(told[-1])
    assert (end["event"], end["exit_code"], end["error"]) == ("run_ended", 3, plain.removeprefix("cleancopy: "))


@pytest.mark.parametrize(
    ("error", "said"), [(OSError("no such device"), "no such device"), (KeyboardInterrupt(), "KeyboardInterrupt")]
)
def test_the_end_that_is_told_is_the_commands_own(
    run_cli: RunCli, rows: Rows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, said: str
) -> None:
    """It was told as 2, without an error, whatever was no error of ours."""

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Writer, "add", fail)
    code, _, err = run_cli("clean", rows(RAIN), "--out", tmp_path / "out", "--direct", "--log-json")
    end = json.loads(err.splitlines()[-2])
    assert (end["event"], end["exit_code"], end["error"], code) == ("run_ended", 3, said, 3)


def test_no_password_is_told(run_cli: RunCli, rows: Rows, tmp_path: Path) -> None:
    url = "memory://ann:secret@host/nowhere/*.jsonl"
    code, out, err = run_cli("clean", url, rows(RAIN), "--out", tmp_path / "out", "--direct", "--log-json")
    assert (code, out) == (2, "")
    assert "memory://ann:***@host/nowhere" in err
    assert "secret" not in err


def test_quiet_leaves_out_the_summary_and_keeps_the_complaints(run_cli: RunCli, rows: Rows, tmp_path: Path) -> None:
    code, out, err = run_cli("clean", rows(RAIN, b"{"), "--out", tmp_path / "out", "--direct", "--quiet")
    assert (code, out) == (1, "")
    assert err.startswith("cleancopy: rows.jsonl:2: bad_json: ")


def test_only_the_first_few_items_are_complained_of(run_cli: RunCli, rows: Rows, tmp_path: Path) -> None:
    code, out, err = run_cli("clean", rows(*[b"{"] * 30), "--out", tmp_path / "out", "--direct")
    assert code == 1
    assert len(err.splitlines()) == 10
    assert re.search(r"30\s+bad_json", out)
