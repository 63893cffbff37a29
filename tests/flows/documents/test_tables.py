import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.document import Flag
from flows.documents import tables
from flows.documents.loaded import Loaded, Reason, SetAside, Source
from flows.documents.tables import read_csv

Read = Callable[..., Any]
Write = Callable[[str, bytes | str], Path]
SOURCE = Source(Path("a.csv"), "a.csv", 0)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", Reason.EMPTY_INPUT),
        ("\n\n", Reason.EMPTY_INPUT),
        ("text\n", Reason.EMPTY_INPUT),
        ("id,title\n1,a\n", Reason.BAD_ROW),
        ("Text\na\n", Reason.BAD_ROW),
        ('"text\na\n', Reason.BAD_ROW),
        ("\x7fELF", Reason.BINARY),
        (b"text\nab\0c\n", Reason.BINARY),
    ],
)
def test_a_table_without_rows_or_a_column_of_texts_is_set_aside_whole(
    write: Write, read: Read, content: str | bytes, reason: Reason
) -> None:
    assert read(write("a.csv", content)).aside == [("a.csv", reason, None)]


@pytest.mark.parametrize("bad", ["2", "2,b,c", '2,"b"c', '"2"x,b', ","])
def test_a_bad_row_is_set_aside_with_its_line_and_the_rest_goes_on(write: Write, read: Read, bad: str) -> None:
    items = read(write("a.csv", f"id,text\n1,a\n{bad}\n3,c\n"))
    assert items.texts == {"a.csv#2": "a", "a.csv#4": "c"} | ({"a.csv#3": ""} if bad == "," else {})
    assert items.aside == ([] if bad == "," else [("a.csv", Reason.BAD_ROW, 3)])


def test_a_quote_that_is_never_closed_takes_no_rows_in_silence(write: Write, read: Read) -> None:
    items = read(write("a.csv", 'id,text\n1,a\n2,"b\n3,c\n'))
    assert items.texts == {"a.csv#2": "a"}
    assert items.aside == [("a.csv", Reason.BAD_ROW, 3)]


def test_a_row_that_is_too_long_is_set_aside_and_the_rest_goes_on(
    write: Write, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MAX_LINE", 20)
    items = read(write("a.csv", "text\n" + "b" * 99 + "\nc\n"))
    assert items.texts == {"a.csv#3": "c"}
    assert items.aside == [("a.csv", Reason.TOO_LARGE, 2)]


def test_after_a_quote_that_runs_on_too_long_nothing_is_guessed(
    write: Write, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MAX_LINE", 20)
    items = read(write("a.csv", "text\nc\n" + '"' + "d\n" * 15 + '"\ne\n'))
    assert items.texts == {"a.csv#2": "c"}
    assert items.aside == [("a.csv", Reason.TOO_LARGE, 3), ("a.csv", Reason.BAD_ROW, 13)]


def test_a_text_longer_than_the_csv_modules_own_limit_is_read(write: Write, read: Read) -> None:
    assert read(write("a.csv", "text\n" + "b" * 200_000 + "\n")).texts == {"a.csv#2": "b" * 200_000}


def test_a_row_is_placed_by_the_line_in_which_it_begins(write: Write, read: Read) -> None:
    items = read(write("a.csv", '\ntext,id\r\n"one\r\ntwo",1\r\n\r\n"x, ""y""",2\r\n'))
    assert items.texts == {"a.csv#3": "one\r\ntwo", "a.csv#6": 'x, "y"'}


def test_a_tsv_is_parted_by_tabs(write: Write, read: Read) -> None:
    (item,) = read(write("a.tsv", "text\ttitle\tscore\nRain, he said.\tWet\t7\n"))
    assert isinstance(item, Loaded)
    assert (item.document.text, item.document.title, item.metadata) == ("Rain, he said.", "Wet", {"score": "7"})


def test_the_columns_may_have_other_names(write: Write, read: Read) -> None:
    (item,) = read(write("a.csv", "Body,Headline\na,b\n"), text="Body", title="Headline")
    assert isinstance(item, Loaded)
    assert (item.document.text, item.document.title, item.metadata) == ("a", "b", {})


def test_without_the_mapped_column_the_complaint_names_it(write: Write, read: Read) -> None:
    (item,) = read(write("a.csv", "text\na\n"), text="body")
    assert isinstance(item, SetAside)
    assert "'body'" in item.detail


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "shift_jis"])
def test_a_table_is_read_in_the_encoding_it_is_in(write: Write, read: Read, encoding: str) -> None:
    text = "古い運河に架かる橋は月曜日に修理" if encoding == "shift_jis" else "“Café”"
    assert read(write("a.csv", f"text,id\n{text},1\n".encode(encoding))).texts == {"a.csv#2": text}


def test_a_bad_byte_is_replaced_and_flagged_in_its_row_alone(write: Write, read: Read) -> None:
    first, second = read(write("a.csv", "text\nŽluť\n".encode() * 1 + b"caf\xe9\n"))
    assert isinstance(first, Loaded)
    assert isinstance(second, Loaded)
    assert (first.document.text, first.document.flags) == ("Žluť", ())
    assert (second.document.text, second.document.flags) == ("caf\ufffd", (Flag.DECODED_WITH_ERRORS,))


def test_the_first_row_is_there_before_the_file_is_read_to_its_end() -> None:
    stream = io.BufferedReader(io.BytesIO(b"text\n" + b"some words\n" * 100_000))  # type: ignore[arg-type]
    next(read_csv(stream, SOURCE, {}))
    assert stream.tell() < 100_000


_CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('",\n\t\r'), max_size=8)


@given(st.lists(_CELLS, min_size=1, max_size=4))
def test_what_the_csv_module_writes_is_read_again(cells: list[str]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows([["text"], *([cell] for cell in cells)])
    stream = io.BufferedReader(io.BytesIO(b"\xef\xbb\xbf" + written.getvalue().encode()))  # type: ignore[arg-type]
    items = list(read_csv(stream, SOURCE, {}))
    assert [item.document.text for item in items if isinstance(item, Loaded)] == cells


def test_a_table_is_read_on_behind_the_row_that_was_done(write: Write) -> None:
    path = write("a.csv", 'id,text\n1,a\n2,"b\nb"\n3\n4,d\n')
    source = Source(path, "a.csv", 0, done=3)
    with path.open("rb") as stream:
        assert [item.line for item in read_csv(stream, source, {})] == [5, 6]
