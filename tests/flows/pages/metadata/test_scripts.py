import json
import time

import pytest

from flows.pages.metadata.scripts import blocks, read
from flows.pages.parsing import parse

SAID = {"@type": "Article", "headline": 'Rain "at last"', "datePublished": "2019-03-10"}
WHOLE = json.dumps(SAID)


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        f"<!-- {WHOLE} -->",
        f"//<![CDATA[ {WHOLE} //]]>",
        f"{WHOLE};",
        WHOLE.replace("}", ",}"),
        WHOLE.replace(', "datePublished"', ', /* the day, "as is" */ "datePublished"'),
        WHOLE.replace("{", "{ /* } */", 1),
        WHOLE.replace(r"\"", '"'),
        WHOLE.replace('"2019-03-10"', "'2019-03-10'"),
        WHOLE.replace('"', "&quot;"),
    ],
)
def test_what_is_broken_in_a_usual_way_is_read_as_it_was_meant(text: str) -> None:
    assert list(read(text)) == [SAID]


@pytest.mark.parametrize("end", ["\n", "\t", "\x0b"])
def test_a_line_may_end_within_a_string(end: str) -> None:
    assert list(read(f'{{"description": "It rained.{end}At last."}}')) == [
        {"description": f"It rained.{end}At last."}
    ]


def test_an_apostrophe_that_was_escaped_is_one() -> None:
    assert list(read(r'{"headline": "It\'s raining"}')) == [{"headline": "It's raining"}]


def test_several_values_may_stand_one_behind_the_other() -> None:
    assert list(read('{"a": 1} {"b": 2}, [3] and more')) == [{"a": 1}, {"b": 2}, [3]]


@pytest.mark.parametrize(
    "text", ["", "var a = 1", '{"a": ', "{'a'", '{"a": "b', "[" * 100_000, "<!-- -->", '{"a" 1}']
)
def test_what_has_no_plain_meaning_gives_nothing(text: str) -> None:
    assert list(read(text)) == []


@pytest.mark.parametrize("piece", ['"', "'", '"a":\'', "/*", ":'", '\\"', '",', '{"a":"', "&quot;", "," + " " * 50])
def test_nothing_takes_longer_than_its_length_tells(piece: str) -> None:
    text = "{" + piece * (150_000 // len(piece))
    start = time.process_time()
    list(read(text))
    assert time.process_time() - start < 2


def test_the_scripts_of_a_page_are_read_in_order_whatever_the_case_of_their_type() -> None:
    tree = parse(
        '<script type="Application/LD+JSON">{"a": 1}</script><script>{"b": 2}</script>'
        '<body><script type="application/ld+json; charset=utf-8">{"c": 3}</script><script type="application/ld+json">'
    )
    assert tree is not None
    assert list(blocks(tree)) == [{"a": 1}, {"c": 3}]
