import pytest

from flows.pages.metadata import bylines
from flows.pages.metadata.people import names_in
from flows.pages.parsing import parse


def found(body: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    tree = parse(f"<html><body>{body}</body></html>")
    assert tree is not None
    heading = next(tree.iter("h1"), None)
    said = bylines.marked(tree, heading), bylines.named(tree, heading), bylines.signed(heading)
    return tuple(names_in(texts)[0] for texts in said)  # type: ignore[return-value]


@pytest.mark.parametrize(
    "element",
    [
        '<a rel="author" href="/jane">Jane Doe</a>',
        '<span itemprop="author"><i itemprop="name">Jane Doe</i> <i itemprop="jobTitle">Poet Laureate</i></span>',
        '<span itemprop="author"><meta itemprop="name" content="Jane Doe"></span>',
    ],
)
def test_the_page_marks_its_author(element: str) -> None:
    assert found(f"<h1>Rain</h1><p>{element}</p>")[0] == ("Jane Doe",)


@pytest.mark.parametrize(
    "element",
    [
        '<div class="author"><span class="author-label">Written by</span> <a class="author-name">Jane Doe</a></div>',
        '<p class="article-byline">By Jane Doe</p>',
        '<p class="meta">10 March <a href="/author/jane">Jane Doe</a></p>',
        '<aside class="post-author">Jane Doe</aside>',
    ],
)
def test_elements_are_named_for_holding_an_author(element: str) -> None:
    assert found(f"<h1>Rain</h1>{element}")[1] == ("Jane Doe",)


def test_authors_stand_beside_each_other_and_others_further_down() -> None:
    body = '<h1>Rain</h1><p><a class="author">Jane Doe</a>, <a class="author">Tom Brill</a></p>'
    bio = '<div><section><div><a class="author">Ann Other</a></div></section></div>'
    assert found(body + bio)[1] == ("Jane Doe", "Tom Brill")


def test_names_that_only_mark_up_parts_are_several() -> None:
    assert found('<h1>Rain</h1><p class="byline"><b>Jane Doe</b> <b>Tom Brill</b></p>')[1] == (
        "Jane Doe",
        "Tom Brill",
    )


@pytest.mark.parametrize(
    "body",
    [
        '<div class="related"><p class="author">Jane Doe</p></div>',
        '<div id="comments"><p class="author">Jane Doe</p></div>',
        '<p class="author-bio">Jane Doe</p>',
        '<p class="author">Log in</p>',
        f'<p class="author">Jane Doe {"is a reporter " * 20}</p>',
    ],
)
def test_who_is_named_elsewhere_is_not_the_author(body: str) -> None:
    assert found(f"<h1>Rain</h1>{body}") == ((), (), ())


def test_a_line_that_nothing_marks_says_by() -> None:
    assert found("<h1>Rain</h1><p>By Jane Doe</p>")[2] == ("Jane Doe",)
    assert found("<h1>Rain</h1><p>Written by</p><p>Jane Doe</p>")[2] == ("Jane Doe",)
    assert found("<p>By Jane Doe</p><h1>Rain</h1><p>By the river</p>")[2] == ()


def test_an_author_behind_the_headline_comes_before_one_above_it() -> None:
    body = '<p class="author">Ann Other</p><h1>Rain</h1><p class="author">Jane Doe</p>'
    assert found(body)[1] == ("Jane Doe",)
    assert found('<p class="author">Jane Doe</p><h1>Rain</h1>')[1] == ("Jane Doe",)
