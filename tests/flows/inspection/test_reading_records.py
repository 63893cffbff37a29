import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.inspection.reading import RecordsError, read_records
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
