from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

RunCli = Callable[..., tuple[int, str, str]]
Rows = Callable[..., Path]
Stored = Callable[..., list[dict[str, Any]]]

DONE, SET_ASIDE, WRONG_USAGE, STOPPED = 0, 1, 2, 3
RAIN = {"id": "1", "text": "Rain fell on Friday.\nAdvertisement\nIt stopped on Sunday."}


@pytest.fixture
def store(run_cli: RunCli, rows: Rows, tmp_path: Path) -> Path:
    """A store of one record, with one line set aside."""
    run_cli("clean", rows(RAIN, b"{"), "--out", tmp_path / "out", "--direct")
    return tmp_path / "out"


@pytest.mark.parametrize(
    "words", [["retry"], ["compact"], ["repair"], ["reclean", "--in-place"], ["reclean", "--out", "new"]]
)
def test_a_folder_that_is_no_store_is_named_and_nothing_is_made(
    run_cli: RunCli, tmp_path: Path, words: list[str]
) -> None:
    code, out, err = run_cli(words[0], tmp_path / "nowhere", *words[1:])
    assert (code, out) == (WRONG_USAGE, "")
    assert err.startswith(f"cleancopy: {tmp_path}/nowhere: is no store")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [[], ["--in-place", "--out", "new"]])
def test_reclean_wants_to_know_where_to(run_cli: RunCli, store: Path, words: list[str]) -> None:
    code, _, err = run_cli("reclean", store, *words)
    assert code == WRONG_USAGE
    assert "either --out NEW or --in-place" in err


def test_reclean_says_what_changed_by_rule(run_cli: RunCli, store: Path, stored: Stored) -> None:
    code, out, err = run_cli("reclean", store, "--in-place", "--disable", "en/advertisement")
    assert (code, err) == (DONE, "")
    assert [line.split() for line in out.splitlines()] == [
        ["1", "record,", "1", "changed"],
        ["-1", "en/advertisement"],
    ]
    assert "Advertisement" in stored()[0]["text"]


def test_reclean_writes_a_new_store_and_leaves_the_old_one(
    run_cli: RunCli, store: Path, stored: Stored, tmp_path: Path
) -> None:
    before = stored()
    assert run_cli("reclean", store, "--out", tmp_path / "new", "--disable", "en/advertisement")[0] == DONE
    assert stored() == before
    assert "Advertisement" in stored(out=tmp_path / "new")[0]["text"]


def test_retry_says_what_is_left(run_cli: RunCli, store: Path, rows: Rows) -> None:
    code, out, err = run_cli("retry", store)
    assert (code, out) == (SET_ASIDE, "0 resolved, 1 still set aside; 0 new records\n")
    assert err.startswith("cleancopy: rows.jsonl:2: bad_json: ")
    rows(RAIN, {"headline": "Snow", "body": "Snow."})
    code, out, err = run_cli("retry", store, "--map", "text=body,title=headline")
    assert (code, err) == (DONE, "")
    assert out == "1 resolved, 0 still set aside; 1 new record\n"


def test_retry_names_the_inputs_that_are_not_there(run_cli: RunCli, store: Path, tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").unlink()
    code, out, err = run_cli("retry", store)
    assert (code, out) == (SET_ASIDE, "0 resolved, 1 still set aside; 0 new records\n")
    assert err.startswith(f"cleancopy: {tmp_path}/rows.jsonl: is not there, seen from this folder")


def test_compact_says_what_it_did(run_cli: RunCli, store: Path) -> None:
    code, out, _ = run_cli("compact", store)
    assert (code, out) == (DONE, "1 record kept, 0 earlier versions dropped; 1 part became 1\n")


def test_repair_says_what_it_found(run_cli: RunCli, store: Path) -> None:
    (store / "state.db").unlink()
    code, out, err = run_cli("repair", store)
    assert (code, out) == (DONE, "1 record; 0 stood twice, 0 damaged lines set aside\n")
    assert "which articles of feeds wait for their pages is lost" in err
    code, _, err = run_cli("repair", store)
    assert (code, err) == (DONE, "")


def test_a_store_that_is_damaged_is_not_compacted(run_cli: RunCli, store: Path) -> None:
    (store / "state.db").unlink()
    code, _, err = run_cli("compact", store)
    assert code == STOPPED
    assert "cleancopy repair" in err
