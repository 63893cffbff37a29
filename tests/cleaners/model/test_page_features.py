import pytest

from cleaners.model.blocks import THEMES, Block, Blocks, Node, themes_of
from cleaners.model.page_features import NAMES, PageView
from tests.cleaners.model.pages import PROSE, page


def view() -> PageView:
    return PageView(*page(), ["A bridge is shut"])


def feature(index: int, name: str) -> float:
    return view().row(index)[NAMES.index(name)]


def test_a_row_has_a_value_for_each_name() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert all(len(view().row(index)) == len(NAMES) for index in view().asked)


@pytest.mark.parametrize(
    ("index", "name", "value"),
    [
        (2, "drawn", 1.0),
        (3, "drawn", 0.0),
        (3, "since_drawn", 1),
        (3, "until_drawn", 1),
        (1, "is_title", True),
        (3, "is_title", False),
        (1, "from_first", -1),
        (3, "from_headline", 2),
        (3, "up", 0),
        (0, "up", 1),
        (0, "linked", 1.0),
        (2, "in_article", 1),
        (0, "in_article", 0),
        (2, "class_content", 1),
        (0, "class_content", 6),
        (2, "alike", 2),
        (2, "alike_drawn", 1.0),
        (3, "prose_before", 0),
        (0, "units_before", -1.0),
    ],
)
def test_features_say_what_they_are_named_after(index: int, name: str, value: float) -> None:
    assert feature(index, name) == value


def test_the_model_is_not_asked_about_what_is_far_from_the_article() -> None:
    blocks, drawn = page()
    around, nodes = blocks.nodes[2], list(blocks.nodes)
    for _ in range(3):
        around = Node(len(nodes), "div", around)
        nodes.append(around)
    within = [Block(text * 3, around, 0, 0) for text in (PROSE, f"{PROSE} Yes.")]
    far = PageView(Blocks((*blocks.blocks, *within), tuple(nodes)), [0.0] * len(drawn) + [1.0, 1.0], [])
    assert 0 not in far.asked
    assert {2, 4, 5, 6} <= set(far.asked)


def test_a_page_without_blocks_asks_nothing() -> None:
    assert PageView(Blocks((), (Node(0, "body", None),)), [], []).asked == []


@pytest.mark.parametrize(
    ("name", "themes"),
    [
        ("article-body", {"content"}),
        ("articleBody", {"content"}),
        ("js-Newsletter_signup", {"letters"}),
        ("relatedLinks", {"related"}),
        ("x1y2 z", set()),
        ("", set()),
    ],
)
def test_themes_of_names(name: str, themes: set[str]) -> None:
    found = {theme for bit, theme in enumerate(THEMES) if themes_of(name) >> bit & 1}
    assert found == themes
