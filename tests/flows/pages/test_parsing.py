import time

import pytest

from flows.pages.parsing import parse


def text(html: str) -> str:
    tree = parse(html)
    assert tree is not None
    return str(tree.text_content())


@pytest.mark.parametrize("html", ["", " \n", "<!-- -->"])
def test_where_no_element_is_there_is_no_tree(html: str) -> None:
    assert parse(html) is None


@pytest.mark.parametrize(
    "reference",
    [
        "&#0;", "&#1;", "&#8;", "&#11;", "&#31;", "&#x1F;", "&#1", "&#xFFFE;", "&#xFFFF;", "&#xD800;", "&#xdfff;",
        "&#x110000;", "&#99999999999;", "&#" + "9" * 10_000 + ";", "&#x" + "f" * 10_000 + ";", "\0", "\x01", "\x0b",
        "\x1f", "\ufffe",
    ],
    ids=ascii,
)  # fmt: skip
def test_what_xml_bars_becomes_a_space(reference: str) -> None:
    assert text(f"<p>before{reference}after</p>") == "before after"


@pytest.mark.parametrize(
    ("reference", "character"),
    [("&#65;", "A"), ("&#x1F600;", "😀"), ("&#0065;", "A"), ("&amp;#1;", "&#1;")],
)
def test_other_references_stay(reference: str, character: str) -> None:
    assert text(f"<p>{reference}</p>") == character


@pytest.mark.parametrize("tag", ["div", "span", "blockquote", "article", "b", "x-y"])
@pytest.mark.parametrize("depth", [255, 256, 257, 1900, 2100, 20_000])
@pytest.mark.parametrize("closed", [True, False])
def test_deep_nesting_costs_no_text(tag: str, depth: int, closed: bool) -> None:  # noqa: FBT001
    html = f"<{tag} class='a'>" * depth + "<p>Rain.</p><p>Sun.</p>" + f"</{tag}>" * depth * closed
    tree = parse(f"<html><body>{html}</body></html>")
    assert tree is not None
    assert [paragraph.text for paragraph in tree.iter("p")] == ["Rain.", "Sun."]


@pytest.mark.parametrize("piece", ["<", "<a", "<a ", "</", "&#", "&#x", "<!--", "<a b='"])
def test_broken_mark_up_takes_time_in_proportion(piece: str) -> None:
    started = time.perf_counter()
    parse(piece * 100_000)
    assert time.perf_counter() - started < 2


def test_an_encoding_declaration_and_comments_do_no_harm() -> None:
    assert text('<?xml version="1.0" encoding="utf-16"?><p>a<!-- b -->c</p>') == "ac"


def test_white_space_is_folded_but_in_preformatted_text() -> None:
    assert (
        text("<p>One\n\t line.\nAnother.</p><pre>as\n  <b>it\n  is</b>\n</pre>")
        == "One line. Another.as\n  it\n  is\n"
    )
