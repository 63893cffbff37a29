from typing import Any

import pytest

from cleaners.errors import CleancopyError
from flows.documents.mapping import FIELDS, parse_mapping, split_row
from flows.documents.rows import Row


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ("", "'' is not OURS=THEIRS"),
        ("text", "'text' is not OURS=THEIRS"),
        ("text=", "'text=' is not OURS=THEIRS"),
        ("=body", "'=body' is not OURS=THEIRS"),
        ("text=body,", "'' is not OURS=THEIRS"),
        ("body=text", "no field 'body'; there are text, id, url"),
        ("text=body,text=content", "'text' is named twice"),
        ("te\nxt=body", "no field"),
    ],
)
def test_a_mapping_that_cannot_be_read_is_one_line(given: str, complaint: str) -> None:
    with pytest.raises(CleancopyError) as caught:
        parse_mapping(given)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_mapping_names_ours_first() -> None:
    assert parse_mapping("text=body, title = headline.main") == {"text": "body", "title": "headline.main"}


def test_the_fields_are_those_of_a_row() -> None:
    assert set(FIELDS) == set(Row.__struct_fields__)


@pytest.mark.parametrize(
    ("row", "fields", "known", "beyond"),
    [
        ({"text": "a", "x": 1}, {}, {"text": "a"}, {"x": 1}),
        ({"body": "a", "x": 1}, {"text": "body"}, {"text": "a"}, {"x": 1}),
        ({"body": "a", "text": "b"}, {"text": "body"}, {"text": "a"}, {"text": "b"}),
        ({"text": "b"}, {"text": "body"}, {}, {"text": "b"}),
        ({"a": {"b": "t", "c": 1}}, {"text": "a.b"}, {"text": "t"}, {"a": {"c": 1}}),
        ({"a": {"b": {"c": "t"}}}, {"text": "a.b.c"}, {"text": "t"}, {"a": {"b": {}}}),
        ({"a.b": "t", "a": {"b": "u"}}, {"text": "a.b"}, {"text": "t"}, {"a": {"b": "u"}}),
        ({"a": "t"}, {"text": "a.b"}, {}, {"a": "t"}),
        ({"a": [{"b": "t"}]}, {"text": "a.b"}, {}, {"a": [{"b": "t"}]}),
        ({"h": "t"}, {"text": "h", "title": "h"}, {"text": "t", "title": "t"}, {}),
        ({"a": {"b": "t"}}, {"text": "a.b", "title": "a.b"}, {"text": "t", "title": "t"}, {"a": {}}),
        ({"text": "a", "title": "b"}, {"title": "text"}, {"title": "a", "text": "a"}, {"title": "b"}),
        ({"a": {"b": "t"}, "text.x": 1}, {}, {}, {"a": {"b": "t"}, "text.x": 1}),
    ],
)
def test_a_row_is_parted_into_what_we_know_and_the_rest(
    row: dict[str, Any], fields: dict[str, str], known: dict[str, Any], beyond: dict[str, Any]
) -> None:
    assert split_row(row, fields) == (known, beyond)
