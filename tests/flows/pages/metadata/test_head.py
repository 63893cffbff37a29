from flows.pages.metadata.head import Head
from flows.pages.parsing import parse


def head(html: str) -> Head:
    tree = parse(f"<html><head>{html}</head><body><p>Rain.</p></body></html>")
    assert tree is not None
    return Head(tree)


def test_a_name_may_be_given_in_three_ways_and_in_any_case() -> None:
    found = head('<meta property="og:A" content="1"><meta NAME="a" content="2"><meta itemprop="a b" content="3">')
    assert list(found.all("og:a", "a")) == ["1", "2", "3"]
    assert (found.first("b"), found.first("c")) == ("3", None)


def test_contents_are_on_one_line_each_once_and_never_empty() -> None:
    found = head('<meta name="a" content=" "><meta name="a" content="x &amp;amp;\ny"><meta name="a" content="x & y">')
    assert list(found.all("a")) == ["x & y"]


def test_a_flood_is_read_to_a_bound() -> None:
    found = head("".join(f'<meta name="a" content="{number}">' for number in range(5000)))
    assert len(list(found.all("a"))) == 1000
