import pytest

from flows.pages.metadata.sites import Site
from flows.pages.metadata.stated import Stated
from flows.pages.metadata.titles import choose_title, headings
from flows.pages.parsing import parse

SITE = Site(["Hill Herald"], "https://hillherald.example/rain")


def title(body: str, *stated: tuple[str, str], section: str | None = None) -> tuple[str | None, str | None]:
    tree = parse(f"<html><body>{body}</body></html>")
    assert tree is not None
    said = [Stated(source, text) for source, text in stated]  # type: ignore[arg-type]
    choice, _ = choose_title(headings(tree), said, SITE, section)
    return (choice.value, choice.source) if choice else (None, None)


def test_the_headline_is_the_one_that_is_printed_whatever_is_said_for_sharing() -> None:
    stated = ("json-ld", "Rain in the hills at last"), ("meta", "You won't believe this rain in the hills")
    assert title("<h1>Rain falls at last in the hills</h1>", *stated) == ("Rain falls at last in the hills", "h1")


def test_of_several_headings_the_one_that_is_most_like_what_is_stated_is_it() -> None:
    body = "<h1>Hill Herald</h1><h1>Most read</h1><h1>Rain at last in the hills</h1><h1>Ferry stops</h1>"
    assert title(body, ("meta", "Rain at last in hills")) == ("Rain at last in the hills", "h1")


@pytest.mark.parametrize(
    "heading", ["", "<h1></h1>", "<h1><img src='a'></h1>", "<h1>Our blog</h1>", "<h1>The Hill Herald</h1>"]
)
def test_without_a_heading_that_is_like_it_the_first_that_is_stated_is_it(heading: str) -> None:
    stated = ("json-ld", "Rain at last"), ("meta", "Rain!"), ("title", "Rain at last | Hill Herald")
    assert title(heading, *stated) == ("Rain at last", "json-ld")


def test_where_nothing_is_stated_the_first_heading_is_it() -> None:
    assert title("<h1>Hill Herald</h1><h1>Rain</h1><h1>Sun</h1>") == ("Rain", "h1")
    assert title("<p>Rain</p>") == (None, None)


def test_the_document_s_title_ends_where_another_statement_does() -> None:
    stated = ("meta", "Rain at last"), ("title", "Rain at last, Hill Herald, 10 March 2019")
    assert title("<h1>RAIN AT LAST</h1>", *stated) == ("RAIN AT LAST", "h1")
    assert title("", ("title", "Rain at last | Hill Herald")) == ("Rain at last", "title")


@pytest.mark.parametrize(
    "heading",
    [
        "<span class='kicker'>Weather</span><span> : </span><span>Rain at last in hills</span>",
        "<span>10 March</span> Rain at last in hills",
        "Rain at last in hills <a href='/a'>(example.org)</a> <b>87</b>",
    ],
)
def test_what_no_statement_has_and_stands_apart_in_the_heading_is_no_part_of_it(heading: str) -> None:
    assert title(f"<h1>{heading}</h1>", ("meta", "Rain at last in hills"))[0] == "Rain at last in hills"


def test_a_kicker_in_the_heading_that_another_statement_has_is_part_of_it() -> None:
    body = "<h1><span>Weather:</span> <span>Rain at last in hills</span></h1>"
    stated = ("json-ld", "Weather: Rain at last in hills"), ("meta", "Rain at last in hills")
    assert title(body, *stated) == ("Weather: Rain at last in hills", "h1")


def test_a_kicker_above_the_heading_is_part_of_it_only_where_all_statements_say_so() -> None:
    body, full = "<p>Weather</p><h1>Rain at last in hills</h1>", "Weather: Rain at last in hills"
    three = ("json-ld", full), ("meta", full), ("title", f"{full} | Hill Herald")
    assert title(body, *three) == (full, "h1")
    assert title(body, *three[:2], ("title", "Rain at last in hills"))[0] == "Rain at last in hills"


def test_blocks_of_a_heading_are_parted() -> None:
    assert title("<h1>Rain<br>at <span>la</span>st<div>in hills</div><svg><title>Icon</title></svg></h1>") == (
        "Rain at last in hills", "h1",
    )  # fmt: skip


def test_what_the_page_says_otherwise_is_kept() -> None:
    tree = parse("<h1>Rain at last in hills</h1>")
    assert tree is not None
    stated = [Stated("json-ld", "Rain in hills at last"), Stated("meta", "Rain at last, in hills!")]
    choice, heading = choose_title(headings(tree), stated, SITE)
    assert choice is not None
    assert choice.others == (stated[0],)
    assert heading is not None
    assert heading.text == "Rain at last in hills"
