import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.counts import Counts
from flows.store.compacting import compact
from flows.store.errors import DamagedError, StoreError
from flows.store.parts import LocalParts
from flows.store.store import Store, open_store

Bring = Callable[..., Counts]
Stored = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def part(out: Path, bring: Bring) -> Path:
    """The one part of a store with two records."""
    bring({"id": "1", "text": "Rain."}, {"id": "2", "text": "Snow."})
    (part,) = (out / "records").iterdir()
    return part


def refusal(out: Path) -> str:
    with pytest.raises(DamagedError) as refused:
        Store(out, "run-2").open(wait=False)
    assert str(refused.value).endswith(f"; `cleancopy repair {out}` rebuilds the state from the records")
    return str(refused.value)


def test_a_part_that_is_missing_is_named(out: Path, part: Path) -> None:
    part.unlink()
    assert refusal(out).startswith(f"{part}: was committed, and is missing")


@pytest.mark.parametrize("kind", ["folder", "dangling link"])
def test_a_part_that_is_no_file_is_named(out: Path, part: Path, kind: str) -> None:
    part.unlink()
    if kind == "folder":
        part.mkdir()
    else:
        part.symlink_to(out / "nowhere")
    assert refusal(out).startswith(f"{part}: ")


def test_a_part_that_was_cut_is_named(out: Path, part: Path) -> None:
    size = part.stat().st_size
    part.write_bytes(part.read_bytes()[:-3])
    assert refusal(out).startswith(f"{part}: has {size - 3} bytes, {size} were committed")


def test_a_file_that_was_never_committed_is_named(out: Path, part: Path) -> None:
    stranger = part.with_name("stranger.jsonl")
    stranger.write_bytes(part.read_bytes())
    assert refusal(out).startswith(f"{stranger}: was not committed by this store")


def test_a_state_that_is_missing_is_named(out: Path, part: Path) -> None:
    assert part.exists()
    (out / "state.db").unlink()
    assert refusal(out).startswith(f"{out}/state.db: is missing, though there are records")
    assert not (out / "state.db").exists()


@pytest.mark.parametrize("content", [b"not a database at all", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_state_that_is_no_database_is_named(out: Path, part: Path, content: bytes) -> None:
    assert part.exists()
    (out / "state.db").write_bytes(content)
    assert refusal(out).startswith(f"{out}/state.db: ")


def test_a_state_with_broken_pages_is_named(out: Path, part: Path) -> None:
    assert part.exists()
    state = (out / "state.db").read_bytes()
    (out / "state.db").write_bytes(state[:100] + b"\xff" * (len(state) - 100))
    assert refusal(out).startswith(f"{out}/state.db: ")


def test_a_refused_store_can_be_opened_once_it_is_whole_again(out: Path, part: Path) -> None:
    content = part.read_bytes()
    part.unlink()
    refusal(out)
    part.write_bytes(content)
    with open_store(out, "run-3"):
        pass


def test_a_registered_part_that_is_still_staged_is_revealed(out: Path, part: Path, stored: Stored) -> None:
    part.rename(out / "staging" / "records" / part.name)
    with open_store(out, "run-2"):
        assert [line["id"] for line in stored()] == ["1", "2"]


def test_a_staged_part_that_is_not_registered_is_dropped(out: Path, part: Path, stored: Stored) -> None:
    leftover = out / "staging" / "records" / "late.jsonl"
    leftover.write_bytes(part.read_bytes()[:50])
    with open_store(out, "run-2"):
        assert not leftover.exists()
        assert len(stored()) == 2


@pytest.mark.parametrize("lines", [b"", b"{}\n"], ids=["empty", "with a part"])
def test_a_folder_whose_run_did_not_commit_it_is_dropped(out: Path, part: Path, stored: Stored, lines: bytes) -> None:
    assert part.exists()
    LocalParts(out).begin_next("records", "run-9")
    if lines:
        (out / "staging" / "next-records" / "other.jsonl").write_bytes(lines)
    with open_store(out, "run-2"):
        assert len(stored()) == 2
        assert not (out / "staging" / "next-records").exists()


def test_a_folder_that_was_committed_takes_the_place_of_the_old_one(
    out: Path, part: Path, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert part.exists()
    with open_store(out, "run-2") as store:
        monkeypatch.setattr(LocalParts, "exchange", lambda *_: None)
        with store.rewriting("records"):
            pass
    monkeypatch.undo()
    assert len(stored()) == 2
    with open_store(out, "run-3"):
        assert stored() == []


def test_an_exchange_in_two_renames_that_stopped_between_them_is_finished(
    out: Path, part: Path, stored: Stored
) -> None:
    staging = out / "staging"
    with open_store(out, "run-2") as store:
        compact(store)
    (out / "records").rename(staging / "next-records")
    (staging / "next-records.old").mkdir()
    assert not part.exists()
    with open_store(out, "run-3"):
        assert len(stored()) == 2
    assert sorted(path.name for path in staging.iterdir()) == ["quarantine", "records"]


def test_a_state_of_another_application_is_named_and_left_as_it_is(out: Path) -> None:
    out.mkdir()
    with sqlite3.connect(out / "state.db") as foreign:
        foreign.execute("CREATE TABLE notes (text)")
    before = (out / "state.db").read_bytes()
    assert "is no state of a store" in refusal(out)
    assert (out / "state.db").read_bytes() == before


def test_a_state_whose_tables_are_others_is_named(out: Path, part: Path) -> None:
    assert part.exists()
    with sqlite3.connect(out / "state.db") as state:
        state.execute("ALTER TABLE parts RENAME COLUMN size TO bytes")
    assert "no such column" in refusal(out)


@pytest.mark.parametrize("folder", ["records", "quarantine"])
def test_a_folder_that_is_a_link_is_refused(tmp_path: Path, out: Path, part: Path, folder: str) -> None:
    assert part.exists()
    (out / folder).rename(tmp_path / "elsewhere")
    (out / folder).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match=f"{folder}: is a link"):
        Store(out, "run-2").open(wait=False)
