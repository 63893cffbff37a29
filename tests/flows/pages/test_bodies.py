from cleaners.model.blocks import Block, Blocks, Node
from cleaners.model.line_model import Judgement
from cleaners.model.page_features import PageView
from cleaners.model.page_model import PageModel
from flows.pages.bodies import read_body
from flows.pages.extract import extract
from flows.pages.page import Page

STORY = [
    f"The {word} over the old canal was closed for repairs on Monday, and the council of the town said that it would"
    f" stay shut until the {season}, as the work had turned out to be dearer than anyone had thought before."
    for word, season in (("bridge", "spring"), ("road", "summer"), ("lock", "autumn"), ("path", "winter"))
]
MENU = "".join(f'<li><a href="/{word}">{word.title()}</a></li>' for word in ("news", "sport", "weather", "jobs"))


def page(*blocks: str) -> Page:
    body = "".join(blocks)
    found = extract(
        f"<html><head><title>A bridge is shut - Example</title></head><body><nav><ul>{MENU}</ul></nav>"
        f'<main><article class="article-body"><h1>A bridge is shut</h1>{body}</article></main>'
        f"<footer><p>© Example. All rights reserved.</p></footer></body></html>"
    )
    assert found is not None
    return found


def paragraphs(*texts: str) -> list[str]:
    return [f"<p>{text}</p>" for text in texts]


def test_there_is_a_hint_for_each_line_and_it_says_what_the_line_was() -> None:
    found = page(*paragraphs(*STORY[:2]), "<h2>What comes next</h2>", *paragraphs(*STORY[2:]))
    assert found.hints is not None
    told = dict(zip(found.text.split("\n"), found.hints.lines, strict=True))
    assert [told[text].tag for text in STORY] == ["p"] * 4
    assert told["What comes next"].tag == "h2"
    assert all(0 <= hint.score <= 1 and 0 <= hint.linked <= 1 for hint in found.hints.lines)


def test_lists_between_paragraphs_are_of_the_story() -> None:
    items = ["First, the piers are to be mended.", "Then, the rails are to be painted anew."]
    listed = "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    found = page(*paragraphs(*STORY[:2]), listed, *paragraphs(*STORY[2:]))
    assert set(items) <= set(found.text.split("\n"))


def test_menu_and_footer_are_no_part_of_it() -> None:
    lines = page(*paragraphs(*STORY)).text.split("\n")
    assert "Weather" not in lines
    assert not any("All rights reserved" in line for line in lines)


def test_a_line_over_the_threshold_has_a_reason() -> None:
    teaser = '<p><a href="/a">Read also: the ferry stops in June</a></p>'
    found = page(*paragraphs(*STORY[:3]), teaser, *paragraphs(STORY[3]))
    assert found.hints is not None
    for hint in found.hints.lines:
        assert bool(hint.reason) == (hint.score >= found.hints.threshold)


def test_the_order_is_that_of_the_page() -> None:
    lines = page(*paragraphs(*STORY)).text.split("\n")
    assert [line for line in lines if line in STORY] == STORY


def test_captions_come_along_for_their_field_but_not_those_of_teasers() -> None:
    figure = "<figure><img src=/a.jpg><figcaption>{}</figcaption></figure>"
    shown = figure.format("<p>The bridge from the tower</p>")
    teaser = figure.format('<a href="/ferry">The ferry stops in June</a>')
    found = page(*paragraphs(*STORY[:2]), shown, teaser, *paragraphs(*STORY[2:]), figure.format("Below the story"))
    assert found.hints is not None
    told = dict(zip(found.text.split("\n"), found.hints.lines, strict=True))
    assert told["The bridge from the tower"].tag == "figcaption"
    assert not any(word in found.text for word in ("ferry", "Below"))
    assert found.recovered == 0


def test_a_story_in_two_columns_is_followed_into_the_second() -> None:
    model = _Model()
    body = read_body(_view(drawn=2), model)
    assert body.text.split("\n") == STORY
    assert body.recovered == 2
    assert [view.drawn for view in model.asked] == [[1.0, 1.0, 0.0, 0.0], [1.0, 1.0, 1.0, 0.0]]


def test_where_nothing_was_brought_back_a_page_is_looked_at_once() -> None:
    model = _Model()
    assert read_body(_view(drawn=1), model).text == "\n".join(STORY[:1])
    assert len(model.asked) == 1


def _view(*, drawn: int) -> PageView:
    nodes = [Node(0, "body", None)]
    nodes += [Node(number, "p", nodes[0]) for number in range(1, 5)]
    blocks = tuple(Block(text, node, 0, 0) for text, node in zip(STORY, nodes[1:], strict=True))
    return PageView(Blocks(blocks, tuple(nodes)), [1.0] * drawn + [0.0] * (4 - drawn), [])


class _Model(PageModel):
    """Sure of a block only if the one before it was drawn; it hesitates over the others."""

    def __init__(self) -> None:
        self.version, self.threshold = "test", 0.45
        self.asked: list[PageView] = []

    def judge(self, view: PageView) -> list[Judgement]:
        self.asked.append(view)
        known = [True, *(share > 0 for share in view.drawn)]
        near = [view.drawn[index] > 0 or (known[index] and sum(view.drawn) > 1) for index in range(4)]
        return [Judgement(index, 0.1 if is_near else 0.6, "") for index, is_near in enumerate(near)]
