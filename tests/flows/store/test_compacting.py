from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.counts import Counts
from flows.store import rewriting
from flows.store.compacting import Compacted, compact
from flows.store.errors import DamagedError, StoreError
from flows.store.parts import StagedPart
from flows.store.store import open_store

Bring = Callable[..., Counts]
Stored = Callable[..., list[dict[str, Any]]]


def row(key: str, text: str) -> dict[str, str]:
    return {"id": key, "text": text}


def compacted(out: Path, run: str = "run-9") -> Compacted:
    with open_store(out, run) as store:
        return compact(store)


def test_only_the_last_version_of_each_article_stays_byte_for_byte(out: Path, bring: Bring, stored: Stored) -> None:
    bring(row("1", "Rain."), row("2", "Snow."))
    bring(row("1", "Hail."), run="run-2")
    last = [line for line in stored() if (line["id"], line["version"]) in {("1", 2), ("2", 1)}]
    assert compacted(out) == Compacted(kept=2, dropped=1, parts_before=2, parts_after=1)
    assert sorted(stored(), key=lambda line: line["id"]) == sorted(last, key=lambda line: line["id"])


def test_versions_go_on_after_it(out: Path, bring: Bring, stored: Stored) -> None:
    bring(row("1", "Rain."))
    bring(row("1", "Hail."), run="run-2")
    compacted(out)
    assert bring(row("1", "Hail."), run="run-10").unchanged == 1
    assert bring(row("1", "Mist."), run="run-11").updated == 1
    assert sorted(line["version"] for line in stored()) == [2, 3]


def test_a_part_ends_when_it_is_large(out: Path, bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(row("1", "Rain."), row("2", "Snow."), row("3", "Hail."))
    monkeypatch.setattr(rewriting, "REWRITTEN_PART_BYTES", 1)
    assert compacted(out).parts_after == 3


def test_an_empty_store_stays_empty(out: Path) -> None:
    assert compacted(out) == Compacted(0, 0, 0, 0)
    assert compacted(out, "run-10") == Compacted(0, 0, 0, 0)


def test_a_line_that_is_no_record_stops_it_before_anything_changes(out: Path, bring: Bring, stored: Stored) -> None:
    bring(row("1", "Rain."), row("2", "Snow."))
    (part,) = (out / "records").iterdir()
    part.write_bytes(part.read_bytes().replace(b'"id":"1"', b'"ID":"1"'))
    before = part.read_bytes()
    with pytest.raises(DamagedError, match=r"records/run-1-00001\.jsonl:1: not a record: .*cleancopy repair"):
        compacted(out)
    assert part.read_bytes() == before
    assert len(stored()) == 2
    with open_store(out, "run-10"):
        assert not (out / "staging" / "next-records").exists()


def test_a_full_disk_leaves_the_old_records_and_room_for_the_next_run(
    out: Path, bring: Bring, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(row("1", "Rain."), row("2", "Snow."))
    write = StagedPart.write
    left = iter([True, False])

    def full(self: StagedPart, line: bytes) -> None:
        if not next(left):
            raise StoreError("records: cannot be written: No space left on device", started=True)
        write(self, line)

    monkeypatch.setattr(StagedPart, "write", full)
    with pytest.raises(StoreError):
        compacted(out)
    assert not (out / "staging" / "next-records").exists()
    monkeypatch.undo()
    assert compacted(out, "run-10").kept == 2
    assert len(stored()) == 2
