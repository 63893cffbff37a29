import pytest

from flows.pages import drawing
from flows.pages.drawing import Drawn, draw
from flows.pages.parsing import parse
from flows.pages.segmenting import segment

PROSE = [f"The {word} over the old canal was closed on Monday, and it is to stay shut. " * 3 for word in "abcdefgh"]


def drawn(monkeypatch: pytest.MonkeyPatch, quick: set[int], whole: set[int], body: list[str]) -> list[float]:
    """What is drawn where the extractor takes some blocks the quick way, and others with all it can do."""
    tree = parse("<html><body>" + "".join(body) + "</body></html>")
    assert tree is not None
    blocks = segment(tree).blocks

    def answer(*_: object, fast: bool) -> Drawn:
        taken = quick if fast else whole
        return Drawn("", [float(number in taken) for number in range(len(blocks))])

    monkeypatch.setattr(drawing, "_draw", answer)
    return list(draw(tree, None, blocks).shares)


def paragraphs() -> list[str]:
    return [f"<p>{text}</p>" for text in PROSE]


def test_the_quick_way_is_enough_where_it_takes_most_of_the_prose(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(monkeypatch, {0, 1, 2, 3, 4}, set(), paragraphs()) == [1.0] * 5 + [0.0] * 3


def test_where_it_takes_a_small_part_the_extractor_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(monkeypatch, {0}, {1, 2, 3}, paragraphs()) == [0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0]


def test_where_it_takes_a_menu_for_the_article_the_prose_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    menu = [f"<li><a>{word}</a></li>" for word in ("News", "Sport")]
    assert drawn(monkeypatch, {0, 1}, {0, 1}, [*menu, *paragraphs()]) == [0.0, 0.0] + [1.0] * 8


def test_a_page_without_prose_is_what_the_extractor_says(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(monkeypatch, {1}, {0}, ["<li>One", "<li>Two"]) == [0.0, 1.0]
