from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from flows.documents.loaded import Reason, SetAside, Source
from flows.record import Record, encode
from flows.store.errors import StoreError
from flows.store.local import LocalStore, Verdict

RecordOf = Callable[..., Record]
Stored = Callable[..., list[dict[str, Any]]]


def keep(out: Path, record: Record, part: str | None = None) -> tuple[Verdict, Record]:
    """Open the store as the record's run does, judge the record, and add it if it is to be written."""
    assert record.run is not None
    store = LocalStore(out, record.run)
    verdict, judged = store.judge(record)
    if verdict in {"new", "updated"}:
        with store.part(part or record.run) as written:
            store.add(written, judged)
    return verdict, judged


def an_item(line: int = 1, detail: str = "broken") -> SetAside:
    return Source(Path("in/rows.jsonl"), "rows.jsonl", 0).aside(Reason.BAD_JSON, detail, line)


@pytest.mark.parametrize(
    "line",
    [
        b"nonsense\n",
        b'{"id": "1", "version": 1, "con',
        b"\n",
        b'{"id": "1"}\n',
        b"[]\n",
        b'{"id": 1, "version": "x"}\n',
    ],
    ids=["foreign", "torn", "blank", "other fields", "array", "wrong types"],
)
def test_a_line_in_the_records_that_is_none_is_a_store_error_naming_file_and_line(
    tmp_path: Path, record_of: RecordOf, line: bytes
) -> None:
    keep(tmp_path, record_of("Rain."), part="a")
    file = tmp_path / "records" / "a.jsonl"
    file.write_bytes(file.read_bytes() + line)
    with pytest.raises(StoreError, match=r"records/a\.jsonl:2: not a line that this store wrote") as refused:
        LocalStore(tmp_path, "run-2")
    assert not refused.value.started


def test_a_foreign_line_in_the_quarantine_is_a_store_error_naming_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "quarantine").mkdir()
    (tmp_path / "quarantine" / "q.jsonl").write_text("{}\n")
    with pytest.raises(StoreError, match=r"quarantine/q\.jsonl:1: "):
        LocalStore(tmp_path, "run-1")


@pytest.mark.xfail(strict=True, raises=UnicodeDecodeError, reason="only DecodeError is caught")
def test_a_line_that_is_no_utf_8_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    line = b'{"id": "\xff", "version": 1, "content_hash": "", "run": null}\n'
    (tmp_path / "records" / "a.jsonl").write_bytes(line)
    with pytest.raises(StoreError, match=r"a\.jsonl:1"):
        LocalStore(tmp_path, "run-1")


@pytest.mark.xfail(strict=True, raises=OSError, reason="an error of reading a part is not wrapped")
@pytest.mark.parametrize("kind", ["folder", "dangling link"])
def test_a_part_that_cannot_be_read_is_a_store_error(tmp_path: Path, kind: str) -> None:
    (tmp_path / "records").mkdir()
    part = tmp_path / "records" / "a.jsonl"
    if kind == "folder":
        part.mkdir()
    else:
        part.symlink_to(tmp_path / "nowhere")
    with pytest.raises(StoreError, match=r"a\.jsonl"):
        LocalStore(tmp_path, "run-1")


def test_a_store_below_a_file_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(StoreError, match="out/records: cannot be written"):
        LocalStore(tmp_path / "out", "run-1")


def test_a_first_record_is_new_and_stays_as_it_is(tmp_path: Path, record_of: RecordOf) -> None:
    record = record_of("Rain.", id="1")
    assert LocalStore(tmp_path, "run-1").judge(record) == ("new", record)


def test_the_same_text_again_is_unchanged_in_the_same_run_and_in_a_later(tmp_path: Path, record_of: RecordOf) -> None:
    keep(tmp_path, record_of("Rain.", id="1"))
    assert keep(tmp_path, record_of("Rain.", id="1"))[0] == "unchanged"
    assert keep(tmp_path, record_of("Rain.", id="1", run="run-2"))[0] == "unchanged"


def test_another_text_in_a_later_run_is_the_next_version(tmp_path: Path, record_of: RecordOf, stored: Stored) -> None:
    for number, text in enumerate(["Rain.", "Snow.", "Hail."], 1):
        keep(tmp_path, record_of(text, id="1", run=f"run-{number}"))
    kept = stored(out=tmp_path)
    assert [(line["version"], line["text"], line["run"]) for line in kept] == [
        (1, "Rain.", "run-1"),
        (2, "Snow.", "run-2"),
        (3, "Hail.", "run-3"),
    ]


def test_another_text_in_the_same_run_is_a_duplicate_in_one_part_or_two(tmp_path: Path, record_of: RecordOf) -> None:
    store = LocalStore(tmp_path, "run-1")
    with store.part("p1") as part:
        store.add(part, record_of("Rain.", id="1"))
        assert store.judge(record_of("Snow.", id="1"))[0] == "duplicate"
    assert keep(tmp_path, record_of("Snow.", id="1"))[0] == "duplicate"


def test_a_later_run_that_goes_back_to_an_earlier_text_makes_a_version(tmp_path: Path, record_of: RecordOf) -> None:
    for number, text in enumerate(["Rain.", "Snow."], 1):
        keep(tmp_path, record_of(text, id="1", run=f"run-{number}"))
    verdict, record = keep(tmp_path, record_of("Rain.", id="1", run="run-3"))
    assert (verdict, record.version) == ("updated", 3)


def test_two_ids_do_not_meet(tmp_path: Path, record_of: RecordOf) -> None:
    keep(tmp_path, record_of("Rain.", id="1"))
    assert keep(tmp_path, record_of("Snow.", id="2"), part="b")[0] == "new"


@pytest.mark.xfail(strict=True, reason="the last by part name wins: two runs of one second, a clock set back")
def test_the_highest_version_counts_whatever_the_parts_names(tmp_path: Path, record_of: RecordOf) -> None:
    keep(tmp_path, record_of("Rain.", id="1", run="20260101T000000Z-ff"))
    keep(tmp_path, record_of("Snow.", id="1", run="20260101T000000Z-00"))
    verdict, record = keep(tmp_path, record_of("Hail.", id="1", run="20260101T000001Z-00"))
    assert (verdict, record.version) == ("updated", 3)


def test_a_record_of_a_part_that_failed_is_not_in_the_store(tmp_path: Path, record_of: RecordOf) -> None:
    store = LocalStore(tmp_path, "run-1")
    part = store.part("p1")
    store.add(part, record_of("Rain.", id="1"))
    part.__exit__(KeyError, KeyError(), None)
    assert LocalStore(tmp_path, "run-1").judge(record_of("Rain.", id="1"))[0] == "new"


def test_a_part_holds_records_as_they_are_encoded(tmp_path: Path, record_of: RecordOf) -> None:
    record = record_of("Rain.\u2028Snow.", id="ä")
    keep(tmp_path, record, part="p1")
    assert (tmp_path / "records" / "p1.jsonl").read_bytes() == encode(record)


def test_an_item_is_written_once_in_a_run_and_not_again_by_a_second(tmp_path: Path, stored: Stored) -> None:
    LocalStore(tmp_path, "run-1").set_aside("p1", [an_item(1), an_item(2), an_item(1)])
    second = LocalStore(tmp_path, "run-2")
    second.set_aside("p2", [an_item(1), an_item(3)])
    second.set_aside("p3", [an_item(3)])
    assert [line["line"] for line in stored("quarantine", tmp_path)] == [1, 2, 3]
    assert not (tmp_path / "quarantine" / "p3.jsonl").exists()


def test_an_item_that_differs_in_one_thing_is_another(tmp_path: Path, stored: Stored) -> None:
    item = an_item()
    others = [
        msgspec.structs.replace(item, **change)
        for change in ({"reason": Reason.BAD_ROW}, {"input": "x"}, {"document": "x"}, {"line": None}, {"detail": "x"})
    ]
    LocalStore(tmp_path, "run-1").set_aside("p1", [item])
    LocalStore(tmp_path, "run-2").set_aside("p2", others)
    assert len(stored("quarantine", tmp_path)) == 6


def test_a_line_of_the_quarantine_says_reason_input_document_line_and_detail(tmp_path: Path, stored: Stored) -> None:
    LocalStore(tmp_path, "run-1").set_aside("p1", [an_item(7, "no\n JSON")])
    assert stored("quarantine", tmp_path) == [
        {"reason": "bad_json", "input": "in/rows.jsonl", "document": "rows.jsonl", "line": 7, "detail": "no JSON"}
    ]


def test_an_empty_quarantine_makes_no_part(tmp_path: Path) -> None:
    LocalStore(tmp_path, "run-1").set_aside("p1", [])
    assert list((tmp_path / "quarantine").iterdir()) == []
