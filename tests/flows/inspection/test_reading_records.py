import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.inspection.reading import RecordsError, read_lines, read_reasons, read_records
from flows.record import Record, encode
from flows.store.parts import LocalParts

RecordOf = Callable[..., Record]


def ids(given: Path | str) -> list[str]:
    return [record.id for record in read_records(str(given))]


@pytest.fixture
def store(tmp_path: Path, record_of: RecordOf) -> Path:
    (tmp_path / "records").mkdir()
    for part, names in {"b": ["3"], "a": ["1", "2"]}.items():
        lines = b"".join(encode(record_of("Rain.", id=name)) for name in names)
        (tmp_path / "records" / f"{part}.jsonl").write_bytes(lines)
    return tmp_path


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordsError, match=r"nowhere\.jsonl: cannot be read: No such file"):
        ids(tmp_path / "nowhere.jsonl")


@pytest.mark.parametrize(
    "line",
    [b"{\n", b"\n", b'{"id": "1", "text": "Rain."}\n', b"\xff\n", b'{"id": "\xff"}\n'],
    ids=["torn", "blank", "a row", "no utf-8", "no utf-8 inside"],
)
def test_a_line_that_is_no_record_is_named_by_file_and_line(store: Path, line: bytes) -> None:
    file = store / "records" / "a.jsonl"
    file.write_bytes(file.read_bytes() + line)
    with pytest.raises(RecordsError, match=r"records/a\.jsonl:3: not a record: "):
        ids(store)


def test_records_before_a_bad_line_are_given(store: Path) -> None:
    file = store / "records" / "a.jsonl"
    file.write_bytes(file.read_bytes() + b"{\n")
    records = read_records(str(store))
    assert [next(records).id, next(records).id] == ["1", "2"]


def test_a_bad_line_of_standard_input_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"{\n")))
    with pytest.raises(RecordsError, match="standard input:1: not a record"):
        ids("-")


def test_a_file_taken_away_while_the_others_are_read_is_named(store: Path) -> None:
    records = read_records(str(store))
    next(records)
    (store / "records" / "b.jsonl").unlink()
    with pytest.raises(RecordsError, match=r"records/b\.jsonl: cannot be read: No such file"):
        list(records)


def test_a_part_added_while_the_others_are_read_is_left_for_next_time(store: Path) -> None:
    records = read_records(str(store))
    next(records)
    (store / "records" / "c.jsonl").write_bytes((store / "records" / "b.jsonl").read_bytes())
    assert len(list(records)) == 2


def test_a_line_of_the_quarantine_without_a_reason_is_named(store: Path) -> None:
    (store / "quarantine").mkdir()
    (store / "quarantine" / "a.jsonl").write_text('{"reason": "bad_row"}\n{}\n')
    with pytest.raises(RecordsError, match=r"quarantine/a\.jsonl:2: not something set aside: "):
        list(read_reasons(str(store)) or ())


def test_only_a_store_has_a_quarantine(store: Path) -> None:
    (store / "quarantine").mkdir()
    assert read_reasons("-") is None
    assert read_reasons(str(store / "records")) is None
    assert list(read_reasons(str(store)) or "none") == []


def test_a_folder_without_records_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RecordsError):
        ids(tmp_path)


def test_a_part_in_the_making_is_not_read(store: Path) -> None:
    parts = LocalParts(store)
    parts.open()
    part = parts.stage("records", "c.jsonl")
    part.write(b'{"id": "torn' * 10_000)
    assert ids(store) == ["1", "2", "3"]
    part.discard()


def test_a_store_its_records_folder_and_a_file_are_read_in_order_of_names_and_lines(store: Path) -> None:
    assert ids(store) == ["1", "2", "3"]
    assert ids(store / "records") == ["1", "2", "3"]
    assert ids(store / "records" / "a.jsonl") == ["1", "2"]


def test_a_dash_reads_standard_input(store: Path, monkeypatch: pytest.MonkeyPatch, record_of: RecordOf) -> None:
    content = (store / "records" / "b.jsonl").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert list(read_records("-")) == [record_of("Rain.", id="3")]


def test_each_record_comes_with_its_line(store: Path) -> None:
    lines = [line for line, record in read_lines(str(store)) if record.id != "2"]
    a, b = (store / "records" / name for name in ("a.jsonl", "b.jsonl"))
    assert lines == [a.read_bytes().splitlines(keepends=True)[0], b.read_bytes()]
