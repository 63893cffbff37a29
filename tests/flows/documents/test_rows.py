import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.document import Flag
from flows.documents.loaded import Loaded, Reason, SetAside, Source
from flows.documents.rows import Row, read_batches, read_rows

SOURCE = Source(Path("in/rows.jsonl"), "rows.jsonl", 0)


def read(*lines: bytes | str | dict[str, Any]) -> list[Loaded | SetAside]:
    return list(read_rows(map(_line, lines), SOURCE))


def read_one(line: bytes | str | dict[str, Any]) -> Loaded:
    (item,) = read(line)
    assert isinstance(item, Loaded)
    return item


def set_aside(line: bytes | str | dict[str, Any]) -> SetAside:
    (item,) = read(line)
    assert isinstance(item, SetAside)
    return item


def _line(value: bytes | str | dict[str, Any]) -> bytes:
    if isinstance(value, bytes):
        return value
    return (value if isinstance(value, str) else json.dumps(value)).encode() + b"\n"


def test_an_id_that_no_index_takes_is_set_aside() -> None:
    """A store on PostgreSQL stopped at it, and every run after it."""
    assert read_one({"id": "é" * 500, "text": "Rain."}).document.id == "é" * 500
    item = set_aside({"id": "é" * 501, "text": "Rain."})
    assert (item.reason, item.detail) == (Reason.BAD_ROW, "the id is longer than 1,000 bytes")


def test_what_came_together_stays_together_and_lines_are_counted_on() -> None:
    first, second = b'\xef\xbb\xbf{"text": "one"}', b'{"text": "two"}'
    batches = list(read_batches([[first, b"", None], [], [second, b"{"]], SOURCE, {}))
    assert [[item.line for item in batch] for batch in batches] == [[1, 3], [], [4, 5]]
    assert [[type(item) for item in batch] for batch in batches] == [[Loaded, SetAside], [], [Loaded, SetAside]]


@pytest.mark.parametrize(
    "line",
    ["{", "nonsense", '{"text": "a"} x', '{"text": "a\tb"}', '{"text": NaN}', '{"n": ' + "9" * 5000 + "}", "\x00"],
    ids=["open", "word", "more after it", "raw tab", "NaN", "huge number", "NUL"],
)
def test_a_line_that_is_no_json_is_set_aside_as_bad_json(line: str) -> None:
    assert set_aside(line).reason is Reason.BAD_JSON


@pytest.mark.parametrize("line", ["[]", "1", "null", '"text"', "true"])
def test_json_that_is_no_object_is_a_bad_row(line: str) -> None:
    item = set_aside(line)
    assert (item.reason, item.detail) == (Reason.BAD_ROW, "a row must be a JSON object")


@pytest.mark.parametrize("row", [{}, {"id": "1"}, {"Text": "a"}])
def test_a_row_without_text_is_set_aside_and_the_complaint_names_the_field(row: dict[str, Any]) -> None:
    item = set_aside(row)
    assert item.reason is Reason.BAD_ROW
    assert "`text`" in item.detail
    assert "--map text=NAME" in item.detail


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", None), ("text", 1), ("text", ["a"]), ("id", True), ("id", 1.5), ("id", {}), ("url", 1),
        ("publisher", []), ("title", 7), ("authors", 3), ("authors", [None]), ("tags", {"a": 1}),
        ("date_published", [1577836800]),
    ],
)  # fmt: skip
def test_a_field_of_the_wrong_type_is_set_aside_and_the_complaint_names_it(name: str, value: object) -> None:
    item = set_aside({"text": "a", name: value})
    assert item.reason is Reason.BAD_ROW
    assert f"$.{name}" in item.detail


@pytest.mark.parametrize("depth", [1500, 100_000])
def test_a_row_nested_too_deeply_is_set_aside(depth: int) -> None:
    assert set_aside('{"text": "a", "x": ' + "[" * depth + "]" * depth + "}").reason is Reason.BAD_JSON


def test_a_nested_row_with_a_lone_surrogate_is_kept_or_set_aside() -> None:
    assert len(read('{"text": "\\ud800", "x": ' + "[" * 900 + "]" * 900 + "}")) == 1


def test_a_replacement_character_of_the_rows_own_does_not_excuse_broken_json() -> None:
    assert isinstance(read('{"text": "a\ufffd", "n": NaN}')[0], SetAside)


def test_one_bad_row_does_not_stop_the_rows_after_it() -> None:
    good, bad, after = read({"text": "a"}, "{", {"text": "b"})
    assert isinstance(good, Loaded)
    assert isinstance(bad, SetAside)
    assert isinstance(after, Loaded)
    assert after.document.text == "b"


def test_what_is_set_aside_says_where_it_stood() -> None:
    _, item = read({"text": "a"}, {"id": 2})
    assert isinstance(item, SetAside)
    assert (item.input, item.document, item.line) == ("in/rows.jsonl", "rows.jsonl", 2)
    assert str(item) == f"rows.jsonl:2: bad_row: {item.detail}"


def test_blank_lines_are_passed_over_but_counted() -> None:
    items = read(b"\n", {"text": "a"}, b"  \t\r\n", "{", b"\r\n", {"text": "b"})
    assert [item.line for item in items] == [2, 4, 6]


def test_a_row_needs_no_line_break_after_it_and_may_have_crlf() -> None:
    first, second = read(b'{"text": "a"}\r\n', b'{"text": "b"}')
    assert isinstance(first, Loaded)
    assert isinstance(second, Loaded)
    assert (first.document.text, second.document.text) == ("a", "b")


def test_a_byte_order_mark_is_dropped_on_the_first_line_only() -> None:
    first, second = read(b'\xef\xbb\xbf{"text": "a"}\n', b'\xef\xbb\xbf{"text": "b"}\n')
    assert isinstance(first, Loaded)
    assert first.document.flags == ()
    assert isinstance(second, SetAside)
    assert second.reason is Reason.BAD_JSON


def test_a_first_line_of_a_byte_order_mark_alone_is_blank() -> None:
    assert read(b"\xef\xbb\xbf\n") == []


def test_bytes_that_are_no_utf_8_are_replaced_and_flagged() -> None:
    document = read_one(b'{"text": "caf\xe9 noir"}\n').document
    assert document.text == "caf\ufffd noir"
    assert document.flags == (Flag.DECODED_WITH_ERRORS,)


@pytest.mark.parametrize("escape", [r"\ud800", r"\udc00", r"\udc00\ud800"])
def test_lone_surrogate_escapes_are_replaced_and_flagged(escape: str) -> None:
    document = read_one(f'{{"text": "a{escape}b"}}').document
    assert document.text == "a" + "\ufffd" * escape.count("u") + "b"
    assert document.flags == (Flag.DECODED_WITH_ERRORS,)


def test_lone_surrogates_are_replaced_in_every_field_and_in_what_lies_beyond() -> None:
    item = read_one(r'{"text": "a", "id": "\udc80", "tags": ["\ud801"], "x\udc80": [{"y": "\udc80"}]}')
    assert item.document.id == "\ufffd"
    assert item.document.tags == ("\ufffd",)
    assert item.metadata == {"x\ufffd": [{"y": "\ufffd"}]}
    assert item.document.flags == (Flag.DECODED_WITH_ERRORS,)


def test_a_surrogate_pair_is_one_character_and_no_fault() -> None:
    document = read_one(r'{"text": "\ud83d\ude00"}').document
    assert (document.text, document.flags) == ("\U0001f600", ())


def test_a_replacement_character_that_the_row_itself_holds_is_no_fault() -> None:
    assert read_one({"text": "a\ufffdb"}).document.flags == ()


def test_a_row_with_every_field_fills_the_document() -> None:
    row = {
        "text": "Rain.",
        "id": "urn:example:1",
        "url": "https://www.example.org/a",
        "publisher": "example.com",
        "language": "en",
        "title": "Wet",
        "summary": "It rained.",
        "authors": ["Ann Author", "Ben Byline"],
        "section": "Weather",
        "tags": ["rain"],
        "image": "https://example.org/a.jpg",
        "date_published": "2019-03-10",
        "date_modified": "2019-03-11",
    }
    assert row.keys() == set(Row.__struct_fields__)
    item = read_one(row)
    assert {name: getattr(item.document, name) for name in row} == {
        **row,
        "authors": ("Ann Author", "Ben Byline"),
        "tags": ("rain",),
    }
    assert (item.metadata, item.line, item.place) == ({}, 1, "rows.jsonl#1")


@pytest.mark.parametrize(
    ("given_id", "expected"), [(7, "7"), (0, "0"), (10**30, str(10**30)), ("a", "a"), ("", None)]
)
def test_an_id_may_be_a_number_and_an_empty_one_is_none(given_id: object, expected: str | None) -> None:
    assert read_one({"text": "a", "id": given_id}).document.id == expected


@pytest.mark.parametrize("name", [name for name in Row.__struct_fields__ if name != "text"])
@pytest.mark.parametrize("nothing", ["", None])
def test_an_empty_or_null_field_is_as_a_missing_one(name: str, nothing: str | None) -> None:
    assert read_one({"text": "a", name: nothing}) == read_one({"text": "a"})


@pytest.mark.parametrize("name", ["authors", "tags"])
def test_one_string_stands_for_a_list_of_one_and_empty_items_are_dropped(name: str) -> None:
    assert getattr(read_one({"text": "a", name: "One"}).document, name) == ("One",)
    assert getattr(read_one({"text": "a", name: ["One", " ", ""]}).document, name) == ("One",)


def test_fields_that_a_record_does_not_have_go_to_the_metadata() -> None:
    item = read_one({"text": "a", "score": 1.5, "nested": {"k": [None, True]}, "removed": []})
    assert item.metadata == {"score": 1.5, "nested": {"k": [None, True]}, "removed": []}


@pytest.mark.parametrize(
    ("publisher", "expected"),
    [
        ("www.bbc.co.uk", "bbc.co.uk"),
        ("https://news.example.org/a", "example.org"),
        ("EXAMPLE.org", "example.org"),
        ("The Daily Example", "The Daily Example"),
        ("St. Example Press", "St. Example Press"),
        (" example.org ", "example.org"),
        ("example.notasuffix", "example.notasuffix"),
        (".", "."),
    ],
)
def test_a_publishers_host_becomes_its_registrable_domain_and_a_name_stays(publisher: str, expected: str) -> None:
    document = read_one({"text": "a", "publisher": publisher}).document
    assert (document.publisher, document.publisher_source) == (expected, "input")


def test_without_a_publisher_the_url_names_it() -> None:
    document = read_one({"text": "a", "publisher": " ", "url": "https://www.example.co.uk/a"}).document
    assert (document.publisher, document.publisher_source) == ("example.co.uk", "url")


def test_the_rows_own_publisher_wins_over_the_url() -> None:
    document = read_one({"text": "a", "publisher": "example.com", "url": "https://example.org/a"}).document
    assert (document.publisher, document.publisher_source) == ("example.com", "input")


@pytest.mark.parametrize("url", ["not a url", "http://[", "https://localhost/a", "mailto:a"])
def test_a_url_without_a_registrable_domain_names_no_publisher(url: str) -> None:
    document = read_one({"text": "a", "url": url}).document
    assert (document.url, document.publisher, document.publisher_source) == (url, None, "input")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
_ROWS = st.dictionaries(st.sampled_from(Row.__struct_fields__), _JSON) | st.fixed_dictionaries(
    {"text": st.text()}, optional={name: st.text() for name in Row.__struct_fields__ if name != "text"}
)


@given(_JSON | _ROWS)
def test_any_json_value_gives_one_document_or_one_item_set_aside(value: object) -> None:
    (item,) = read(json.dumps(value))
    if isinstance(item, Loaded):
        assert isinstance(value, dict)
        assert item.document.text == value["text"]
    else:
        assert item.reason in {Reason.BAD_JSON, Reason.BAD_ROW}
        assert "\n" not in str(item)


@given(st.lists(st.binary(max_size=40) | st.binary(max_size=10).map(lambda b: b'{"text": "' + b + b'"}')))
def test_any_bytes_give_items_with_rising_line_numbers_and_text_that_utf_8_can_spell(lines: Iterable[bytes]) -> None:
    items = read(*lines)
    numbers = [item.line for item in items if item.line is not None]
    assert numbers == sorted(set(numbers))
    assert len(numbers) == len(items)
    for item in items:
        if isinstance(item, Loaded):
            assert item.document.text.encode().decode() == item.document.text


@pytest.mark.parametrize("number", [1793520000, 1793520000.0, 1793520000000])
def test_a_number_is_a_date_in_seconds_or_milliseconds(number: float) -> None:
    assert read_one({"text": "It sails.", "date_published": number}).document.date_published == (
        "2026-11-01T08:00:00+00:00"
    )


def test_a_number_that_is_no_date_costs_no_article() -> None:
    assert read_one({"text": "It sails.", "date_published": 1e300}).document.date_published == "1e+300"


PARAGRAPH = "The bridge over the old canal was closed for repairs on Monday, and the council said it would stay shut."
PAGE = (
    '<html lang="en"><head><meta property="og:title" content="A bridge is shut">'
    '<link rel="canonical" href="https://www.example.org/bridge">'
    '<meta property="article:published_time" content="2026-03-10T10:50:00+01:00"></head>'
    f"<body><article><p>{PARAGRAPH}</p></article></body></html>"
)


def test_a_row_with_a_page_in_place_of_its_text_is_read_as_that_page() -> None:
    found = read_one({"id": "a", "url": "https://www.example.org/a", "html": PAGE, "desk": "north"})
    assert found.document.text == PARAGRAPH
    assert (found.document.id, found.document.url) == ("a", "https://www.example.org/a")
    assert (found.document.title, found.document.language) == ("A bridge is shut", "en")
    assert (found.document.date_published, found.document.date_source) == ("2026-03-10T10:50:00+01:00", "meta")
    assert (found.document.publisher, found.document.publisher_source) == ("example.org", "url")
    assert found.canonical_url == "https://www.example.org/bridge"
    assert found.extractor is not None
    assert found.metadata["desk"] == "north"
    assert "html" not in found.metadata
    assert read_one({"html": PAGE}).document.publisher_source == "url"


def test_what_the_row_says_goes_before_what_its_page_says() -> None:
    said = {"title": "Bridge shut", "date_published": "2026-03-11", "publisher": "Mid-day", "language": "de"}
    document = read_one({"html": PAGE, **said}).document
    assert {name: getattr(document, name) for name in said} == said
    assert (document.date_source, document.publisher_source) == ("input", "input")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"html": "<html></html>"}, Reason.NO_TEXT),
        ({"html": " "}, Reason.EMPTY_INPUT),
        ({"html": 1}, Reason.BAD_ROW),
        ({"html": PAGE, "title": 1}, Reason.BAD_ROW),
    ],
)
def test_a_row_whose_page_cannot_be_used_is_set_aside(row: dict[str, Any], reason: Reason) -> None:
    assert set_aside(row).reason is reason


def test_a_row_with_a_text_keeps_its_html_as_it_came() -> None:
    found = read_one({"text": "Rain.", "html": PAGE})
    assert (found.document.text, found.metadata) == ("Rain.", {"html": PAGE})
