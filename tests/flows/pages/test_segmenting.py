import pytest

from flows.pages.parsing import parse
from flows.pages.segmenting import segment


def lines(body: str) -> list[tuple[str, str]]:
    tree = parse(f"<html><body>{body}</body></html>")
    assert tree is not None
    return [(block.node.tag, block.text) for block in segment(tree).blocks]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One <b>and</b> two.</p>", [("p", "One and two.")]),
        ("<h2>Next</h2><p>One.</p>", [("h2", "Next"), ("p", "One.")]),
        ("<ul><li>One<li>Two</ul>", [("li", "One"), ("li", "Two")]),
        ("<blockquote>Said.<p>More.</p></blockquote>", [("blockquote", "Said."), ("p", "More.")]),
        ("<table><tr><th>Team<td>4</tr></table>", [("tr", "Team 4")]),
        ("<figure><img><figcaption>A bridge</figcaption></figure>", [("figcaption", "A bridge")]),
        ("<div>Before<p>Within</p>after<br>and more</div>", [
            ("div", "Before"), ("p", "Within"), ("div", "after"), ("div", "and more"),
        ]),
        ("<p>Seen<script>unseen()</script><style>p{}</style>.</p>", [("p", "Seen.")]),
        ("<button>Share</button><p>One.</p>", [("p", "One.")]),
        ("Bare", [("body", "Bare")]),
        ("", []),
    ],
)  # fmt: skip
def test_each_block_is_a_line_with_its_element(body: str, expected: list[tuple[str, str]]) -> None:
    assert lines(body) == expected


def test_a_button_that_was_never_closed_does_not_cost_the_article_after_it() -> None:
    assert ("p", "The story.") in lines("<header><button>Menu<main><p>The story.</p></main></header>")


def test_a_column_of_a_page_laid_out_as_a_table_is_no_cell_of_a_row() -> None:
    menu, story = "Home News Sport Weather Archive Letters Jobs Cars Houses Notices", "The bridge is shut."
    found = [text for _, text in lines(f"<table><tr><td>{menu}</td><td>{story}</td></tr></table>")]
    assert found == [menu, story]


def test_a_block_knows_its_links_its_bold_type_and_what_is_around_it() -> None:
    tree = parse(
        '<html><body><article class="story-body"><ul id="related"><li><a>Read</a> <b>this</b></li></ul></article>'
    )
    assert tree is not None
    block = segment(tree).blocks[0]
    assert (block.text, block.linked, block.bold) == ("Read this", 4, 4)
    around = block.node.parent
    assert around is not None
    assert around.parent is not None
    assert (around.tag, around.parent.named, block.node.depth) == ("ul", "story-body", 4)


def test_a_page_nested_deeply_is_cut_into_blocks() -> None:
    assert lines("<div>" * 1500 + "<p>Deep.</p>") == [("p", "Deep.")]
