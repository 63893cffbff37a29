import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.counts import Counts
from flows.store import lock, repairing
from flows.store.carrying import begin_anew
from flows.store.compacting import compact
from flows.store.errors import BusyError, DamagedError, StoreError
from flows.store.repairing import Repaired, repair
from flows.store.state import State
from flows.store.store import Store, open_store

Bring = Callable[..., Counts]
Stored = Callable[..., list[dict[str, Any]]]

ROWS = [{"id": "1", "text": "Rain."}, {"id": "2", "text": "Snow."}, b"{"]


@pytest.fixture
def part(out: Path, bring: Bring) -> Path:
    """The one part of records of a store that also has something set aside."""
    bring(*ROWS)
    (part,) = (out / "records").iterdir()
    return part


@pytest.mark.parametrize("state", [None, b"broken", b""], ids=["missing", "broken", "empty"])
def test_a_lost_state_is_rebuilt_and_the_next_run_adds_nothing(
    out: Path, part: Path, bring: Bring, stored: Stored, state: bytes | None
) -> None:
    before = stored(), stored("quarantine")
    (out / "state.db").unlink()
    if state is not None:
        (out / "state.db").write_bytes(state)
    assert repair(out, "run-2") == Repaired(records=2, is_feeds_known=False)
    assert (stored(), stored("quarantine")) == before
    assert not part.exists()
    counts = bring(*ROWS, run="run-3")
    assert (counts.new, counts.unchanged, len(stored()), len(stored("quarantine"))) == (0, 2, 2, 1)


def test_versions_are_known_again(out: Path, bring: Bring, stored: Stored) -> None:
    for number, text in enumerate(["Rain.", "Snow."], 1):
        bring({"id": "1", "text": text}, run=f"run-{3 - number}")
    (out / "state.db").unlink()
    repair(out, "run-5")
    assert bring({"id": "1", "text": "Snow."}, run="run-6").unchanged == 1
    assert bring({"id": "1", "text": "Hail."}, run="run-7").updated == 1
    assert sorted(line["version"] for line in stored()) == [1, 2, 3]


def test_a_torn_line_is_set_aside_with_its_text_and_the_others_stay(out: Path, part: Path, stored: Stored) -> None:
    whole, torn = part.read_bytes().splitlines(keepends=True)
    part.write_bytes(whole + torn[:20])
    assert repair(out, "run-2") == Repaired(records=1, doubled=0, damaged=1)
    assert [line["id"] for line in stored()] == ["1"]
    _, item = stored("quarantine")
    assert (item["reason"], item["document"], item["line"]) == ("damaged_record", part.name, 2)
    assert item["detail"].endswith(torn[:20].decode())


def test_a_last_line_that_only_lacks_its_break_is_whole(out: Path, part: Path, stored: Stored) -> None:
    part.write_bytes(part.read_bytes().removesuffix(b"\n"))
    assert repair(out, "run-2").records == 2
    assert len(stored()) == 2


def test_a_record_that_stands_twice_is_kept_once(out: Path, part: Path, stored: Stored) -> None:
    part.with_name("copy.jsonl").write_bytes(part.read_bytes())
    assert repair(out, "run-2") == Repaired(records=2, doubled=2, damaged=0)
    assert sorted(line["id"] for line in stored()) == ["1", "2"]


def test_a_part_that_was_committed_but_not_yet_revealed_is_not_lost_with_the_state(
    out: Path, part: Path, stored: Stored
) -> None:
    part.rename(out / "staging" / "records" / part.name)
    (out / "state.db").unlink()
    repair(out, "run-2")
    assert [line["id"] for line in stored()] == ["1", "2"]
    assert list((out / "staging" / "records").iterdir()) == []


def test_the_old_state_is_kept(out: Path, part: Path) -> None:
    assert part.exists()
    (out / "state.db").write_bytes(b"broken")
    repair(out, "run-2")
    assert (out / "state.db.run-2").read_bytes() == b"broken"


def test_a_store_that_a_run_has_is_left_alone(out: Path) -> None:
    with open_store(out, "run-1") as store, pytest.raises(BusyError):
        repair(out, "run-2")
    assert store.state.exists()


def test_a_store_with_nothing_wrong_stays_as_it_is(out: Path, part: Path, stored: Stored) -> None:
    assert part.exists()
    before = stored(), stored("quarantine")
    assert repair(out, "run-2") == Repaired(records=2, doubled=0, damaged=0)
    assert (stored(), stored("quarantine")) == before


def test_two_records_of_one_id_and_version_that_differ_are_both_kept_one_of_them_aside(
    out: Path, part: Path, stored: Stored
) -> None:
    other = part.read_bytes().splitlines(keepends=True)[0].replace(b"Rain.", b"Hail.")
    part.with_name("zzz.jsonl").write_bytes(other)
    assert repair(out, "run-2") == Repaired(records=2, doubled=0, damaged=1)
    assert [line["text"] for line in stored()] == ["Rain.", "Snow."]
    (item,) = [item for item in stored("quarantine") if item["reason"] == "damaged_record"]
    assert item["detail"].startswith("another record has the id 1 and its version: ")
    assert '"text":"Hail."' in item["detail"]


def test_a_broken_line_of_the_quarantine_is_kept_with_its_text(out: Path, part: Path, stored: Stored) -> None:
    assert part.exists()
    (aside,) = (out / "quarantine").iterdir()
    aside.write_bytes(aside.read_bytes() + b'{"reason":"of_a_later_version"}\n{"torn')
    repair(out, "run-2")
    details = [item["detail"] for item in stored("quarantine")]
    assert len(details) == 3
    assert any('{"reason":"of_a_later_version"}' in detail for detail in details)
    assert any(detail.endswith('{"torn') for detail in details)


def test_a_state_that_is_whole_finishes_an_exchange_that_stopped_between_two_renames(
    out: Path, part: Path, stored: Stored
) -> None:
    with open_store(out, "run-2") as store:
        compact(store)
    (out / "records").rename(out / "staging" / "next-records")
    (out / "staging" / "next-records.old").mkdir()
    assert repair(out, "run-3").records == 2
    assert [line["id"] for line in stored()] == ["1", "2"]
    assert not part.exists()


def test_the_old_folder_comes_back_where_the_state_was_lost_between_two_renames(
    out: Path, part: Path, stored: Stored
) -> None:
    assert part.exists()
    (out / "staging" / "next-records").mkdir()
    (out / "records").rename(out / "staging" / "next-records.old")
    (out / "state.db").unlink()
    assert repair(out, "run-2").records == 2
    assert [line["id"] for line in stored()] == ["1", "2"]


def test_nobody_can_take_a_store_while_it_is_repaired(
    out: Path, part: Path, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two states it was nobody's: a run that waited wrote on beside the repair."""
    assert part.exists()
    tried = []

    def tried_around(state: State, run: str) -> bool:
        for begin in (lambda: False, lambda: begin_anew(state, run)):
            is_known = begin()
            with pytest.raises(BusyError, match="the run run-2"):
                Store(out, "run-3").open(wait=False)
            tried.append(is_known)
        return is_known

    monkeypatch.setattr(repairing, "begin_anew", tried_around)
    assert repair(out, "run-2").records == 2
    assert tried == [False, True]
    with open_store(out, "run-4"):
        assert len(stored()) == 2


def test_a_run_that_waits_for_a_repair_finds_the_new_state(
    out: Path, part: Path, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert part.exists()
    monkeypatch.setattr(lock, "_POLL_SECONDS", 0.01)
    waiting = Store(out, "run-3")
    with pytest.raises(BusyError), open_store(out, "run-1"):
        waiting.take(wait=False)
    repair(out, "run-2")
    waiting.open(wait=True).close()
    with sqlite3.connect(out / "state.db") as state:
        assert "run-3" in [name for (name,) in state.execute("SELECT name FROM runs")]
    assert bring(*ROWS, run="run-4").unchanged == 2


def test_a_state_that_does_not_say_its_layout_is_rebuilt(out: Path, part: Path) -> None:
    """It was taken for a later version's, and left alone."""
    assert part.exists()
    with sqlite3.connect(out / "state.db") as state:
        state.execute("DELETE FROM layout")
    with pytest.raises(DamagedError, match="is no state of a store"), open_store(out, "run-2"):
        pass
    assert repair(out, "run-3").records == 2
    with open_store(out, "run-4"):
        pass


def test_a_state_of_a_later_layout_is_left_alone(out: Path, part: Path) -> None:
    assert part.exists()
    with sqlite3.connect(out / "state.db") as state:
        state.execute("UPDATE layout SET version = 9")
    with pytest.raises(StoreError, match="has the layout 9, of a later version"):
        repair(out, "run-2")
