import pytest

from flows.pages.metadata.times import Times
from flows.pages.parsing import parse


def times(body: str) -> Times:
    tree = parse(f"<html><body>{body}</body></html>")
    assert tree is not None
    return Times(tree)


@pytest.mark.parametrize(
    "element",
    [
        '<time itemprop="datePublished" datetime="2019-03-10">',
        '<time pubdate datetime="2019-03-10">',
        '<time class="entry-date published updated" datetime="2019-03-10">',
        '<p class="published-on"><time datetime="2019-03-10">',
        '<p>Posted: <time datetime="2019-03-10">',
    ],
)
def test_what_is_marked_as_published_comes_first(element: str) -> None:
    found = list(times(f'<time datetime="2019-01-01">New year</time>{element}10 March</time>').published())
    assert [one.value for one in found] == ["2019-03-10", "2019-01-01"]


def test_what_is_marked_as_changed_is_the_last_change() -> None:
    found = times(
        '<p>Updated <time datetime="2019-03-12">12 March</time></p><time class="modified" datetime="2019-03-13">'
    )
    assert list(found.published()) == []
    assert [one.value for one in found.modified()] == ["2019-03-12", "2019-03-13"]


@pytest.mark.parametrize(
    ("tag", "marks"),
    [
        ("aside", ""),
        ("footer", ""),
        ("nav", ""),
        ("div", "class=related-news"),
        ("ul", "id=comments"),
        ("li", "class=card"),
    ],
)
def test_dates_of_other_articles_are_not_this_one_s(tag: str, marks: str) -> None:
    found = times(f'<{tag} {marks}><p class="date"><time datetime="2019-03-10">10 March 2019</time></p></{tag}>')
    assert [*found.published(), *found.modified(), *found.visible()] == []


def test_a_date_in_sight_stands_in_a_short_line_that_is_named_for_it() -> None:
    body = '<p class="date">Last updated 12 March 2019</p><p class="meta">By Jane Doe | 10 March 2019, 10:50 GMT</p>'
    long = f'<div class="meta">10 March 2019 {"and more " * 50}</div>'
    alone = '<p id="date">Published 10 March 2019</p>'
    assert [one.value for one in times(long + body + alone).visible()] == [
        "2019-03-10T10:50:00+00:00", "Published 10 March 2019",
    ]  # fmt: skip
