import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.documents import arrays
from flows.documents.arrays import read_json
from flows.documents.loaded import Loaded, Reason, Source

Read = Callable[..., Any]
Write = Callable[[str, bytes | str], Path]
SOURCE = Source(Path("a.json"), "a.json", 0)


@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [
        ("", Reason.EMPTY_INPUT, None),
        (" \n\t", Reason.EMPTY_INPUT, None),
        ("[]", Reason.EMPTY_INPUT, None),
        ("[ \n ]", Reason.EMPTY_INPUT, None),
        ("{", Reason.BAD_JSON, None),
        ("words", Reason.BAD_JSON, None),
        ('{"text": "a"} {"text": "b"}', Reason.BAD_JSON, None),
        ("1", Reason.BAD_ROW, None),
        ("{}", Reason.BAD_ROW, None),
        ("[", Reason.BAD_JSON, None),
        ("[1]", Reason.BAD_ROW, 1),
        ("[nonsense]", Reason.BAD_JSON, 1),
        ("%PDF-1.4", Reason.BINARY, None),
    ],
)
def test_what_is_no_document_is_set_aside(
    write: Write, read: Read, content: str, reason: Reason, line: int | None
) -> None:
    assert read(write("a.json", content)).aside == [("a.json", reason, line)]


@pytest.mark.parametrize("end", ["", ",", ', {"text": "c', ', {"text": "c"}', ', {"text": "]'])
def test_of_an_array_that_is_cut_off_the_elements_before_are_kept(write: Write, read: Read, end: str) -> None:
    items = read(write("a.json", '[{"text": "a"}, {"text": "b"}' + (end or ", ")))
    assert items.texts == {"a.json#1": "a", "a.json#2": "b"}
    assert items.aside == [("a.json", Reason.BAD_JSON, None)]


def test_what_stands_behind_an_array_is_told(write: Write, read: Read) -> None:
    items = read(write("a.json", '[{"text": "a"}]\n[{"text": "b"}]'))
    assert items.texts == {"a.json#1": "a"}
    assert items.aside == [("a.json", Reason.BAD_JSON, None)]


def test_one_bad_element_does_not_stop_those_after_it(write: Write, read: Read) -> None:
    items = read(write("a.json", '[{"text": "a"}, {"text": 1}, {"text": nonsense}, , {"text": "e"}]'))
    assert items.texts == {"a.json#1": "a", "a.json#5": "e"}
    assert items.aside == [
        ("a.json", Reason.BAD_ROW, 2),
        ("a.json", Reason.BAD_JSON, 3),
        ("a.json", Reason.BAD_JSON, 4),
    ]


def test_an_element_that_is_too_long_is_set_aside_and_not_held(
    write: Write, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrays, "MAX_LINE", 30)
    items = read(write("a.json", json.dumps([{"text": "a"}, {"text": "b" * 100}, {"text": "c"}])))
    assert items.texts == {"a.json#1": "a", "a.json#3": "c"}
    assert items.aside == [("a.json", Reason.TOO_LARGE, 2)]


def test_an_object_that_is_too_large_is_set_aside(write: Write, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrays, "MAX_LINE", 30)
    monkeypatch.setattr(arrays, "_CHUNK", 8)
    assert read(write("a.json", json.dumps({"text": "b" * 100}))).aside == [("a.json", Reason.TOO_LARGE, None)]


@pytest.mark.parametrize("content", ['{"text": "a"}', '\ufeff\n {"text":\n"a"}\n'])
def test_one_object_is_one_document_without_a_line(write: Write, read: Read, content: str) -> None:
    assert read(write("a.json", content)).texts == {"a.json": "a"}


def test_an_array_in_utf_16_is_read(write: Write, read: Read) -> None:
    assert read(write("a.json", '[{"text": "Žluť 😀"}]'.encode("utf-16"))).texts == {"a.json#1": "Žluť 😀"}


def test_the_first_element_is_there_before_the_file_is_read_to_its_end() -> None:
    stream = io.BufferedReader(io.BytesIO(json.dumps([{"text": "a" * 1000}] * 1000).encode()))  # type: ignore[arg-type]
    next(read_json(stream, SOURCE, {}))
    assert stream.tell() < 200_000


_TEXTS = st.text(st.sampled_from('a"\\[]{},\n😀'), max_size=6)
_ROWS = st.lists(st.fixed_dictionaries({"text": _TEXTS}, optional={"x": st.lists(_TEXTS, max_size=2)}), max_size=4)


@given(_ROWS, st.integers(1, 9), st.booleans())
def test_whatever_the_pieces_an_array_comes_in_its_texts_are_the_same(
    rows: list[dict[str, Any]],
    chunk: int,
    ascii_only: bool,  # noqa: FBT001
) -> None:
    content = json.dumps(rows, ensure_ascii=ascii_only, indent=1).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "_CHUNK", chunk)
        stream = io.BufferedReader(io.BytesIO(content))  # type: ignore[arg-type]
        items = list(read_json(stream, SOURCE, {}))
    assert [item.document.text for item in items if isinstance(item, Loaded)] == [row["text"] for row in rows]
    assert len(items) == len(rows)


def test_an_array_is_read_on_behind_the_element_that_was_done(write: Callable[..., Path]) -> None:
    path = write("a.json", '[{"text": "a"}, 1, {"text": "b"}, 2]')
    source = Source(path, "a.json", 0, done=2)
    with path.open("rb") as stream:
        assert [item.line for item in read_json(stream, source, {})] == [3, 4]
