import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.documents.loaded import Loaded, Reason
from flows.documents.opening import InputError, find_sources

Read = Callable[..., Any]
Write = Callable[[str, bytes | str], Path]


def written(path: Path, columns: dict[str, Any], **options: Any) -> Path:  # noqa: ANN401 - pyarrow's options
    pq.write_table(pa.table(columns), path, **options)
    return path


def test_without_pyarrow_it_is_said_what_to_install_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    monkeypatch.setattr("flows.documents.opening.find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"a\.parquet: .*pip install 'cleancopy\[parquet\]'"):
        find_sources([tmp_path])


def test_without_pyarrow_a_member_of_an_archive_is_set_aside(
    tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "a.parquet", {"text": ["a"]})
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(tmp_path / "a.parquet", "b.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert read(tmp_path / "a.zip").aside == [("a.zip#b.parquet", Reason.UNREADABLE, None)]


@pytest.mark.parametrize("keep", [0, 3, 100, -4, -30])
def test_a_broken_file_is_set_aside_and_the_next_goes_on(tmp_path: Path, read: Read, keep: int) -> None:
    whole = written(tmp_path / "a.parquet", {"text": ["a"] * 99}).read_bytes()
    (tmp_path / "a.parquet").write_bytes(whole[:keep])
    (tmp_path / "b.txt").write_text("Rain.")
    items = read(tmp_path)
    assert items.texts == {"b.txt": "Rain."}
    assert items.aside == [("a.parquet", Reason.BAD_ARCHIVE, None)]


def test_of_a_file_that_breaks_in_the_middle_the_rows_before_are_kept(tmp_path: Path, read: Read) -> None:
    path = written(
        tmp_path / "a.parquet",
        {"text": [f"{n} words" for n in range(2000)]},
        row_group_size=500, compression="zstd", use_dictionary=False,
    )  # fmt: skip
    content = bytearray(path.read_bytes())
    start = pq.ParquetFile(path).metadata.row_group(2).column(0).data_page_offset
    content[start : start + 400] = b"\xff" * 400
    path.write_bytes(content)
    items = read(path)
    assert len(items.texts) in {500, 1000}
    assert items.aside == [("a.parquet", Reason.BAD_ARCHIVE, None)]


def test_a_date_that_python_does_not_have_is_no_crash(tmp_path: Path, read: Read) -> None:
    written(tmp_path / "a.parquet", {"text": ["a"], "day": pa.array([2**30], pa.date32())})
    assert read(tmp_path).aside == [("a.parquet", Reason.BAD_ARCHIVE, None)]


def test_a_file_without_rows_is_empty_input(tmp_path: Path, read: Read) -> None:
    written(tmp_path / "a.parquet", {"text": pa.array([], pa.string())})
    assert read(tmp_path).aside == [("a.parquet", Reason.EMPTY_INPUT, None)]


def test_a_bad_row_is_set_aside_with_its_number(tmp_path: Path, read: Read) -> None:
    written(tmp_path / "a.parquet", {"text": ["a", None, "c"]})
    items = read(tmp_path)
    assert items.texts == {"a.parquet#1": "a", "a.parquet#3": "c"}
    assert items.aside == [("a.parquet", Reason.BAD_ROW, 2)]


def test_rows_are_numbered_over_batches_and_groups(tmp_path: Path, read: Read) -> None:
    written(tmp_path / "a.parquet", {"text": [str(n) for n in range(2500)]}, row_group_size=700)
    assert read(tmp_path).texts["a.parquet#2500"] == "2499"


def test_values_become_what_json_can_hold(tmp_path: Path, read: Read) -> None:
    written(
        tmp_path / "a.parquet",
        {
            "body": ["Rain."],
            "when": pa.array([datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)], pa.timestamp("ns", "UTC")),
            "day": [date(2020, 1, 2)],
            "price": [Decimal("1.50")],
            "raw": [b"\xff"],
            "names": [["Ann", "Ben"]],
            "nested": [{"a": 1}],
        },
    )
    (item,) = read(tmp_path, text="body", date_published="when", date_modified="day", authors="names")
    assert isinstance(item, Loaded)
    document = item.document
    assert (document.date_published, document.date_modified) == ("2020-01-02T03:04:05Z", "2020-01-02")
    assert document.authors == ("Ann", "Ben")
    assert item.metadata == {"price": "1.50", "raw": "/w==", "nested": {"a": 1}}
