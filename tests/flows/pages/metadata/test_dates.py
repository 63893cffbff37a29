import pytest

from flows.pages.metadata.dates import choose_date, choose_dates
from flows.pages.metadata.head import Head
from flows.pages.metadata.scripts import blocks
from flows.pages.metadata.stated import Stated
from flows.pages.metadata.structured import Structured
from flows.pages.parsing import parse

LD = '<script type="application/ld+json">{{"@type": "Article", {}}}</script>'


def dates(html: str) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    tree = parse(f"<html><body>{html}</body></html>")
    assert tree is not None
    published, modified = choose_dates(tree, Structured(blocks(tree), (), ()), Head(tree))
    return (
        (published.value, published.source) if published else None,
        (modified.value, modified.source) if modified else None,
    )


@pytest.mark.parametrize(
    ("stated", "chosen"),
    [
        (["2019-03-10T10:50:00+05:30", "2019-03-11T10:50:00Z"], 0),
        # A day gives way to a time on it, and to no other.
        (["2019-03-10", "2019-03-10T10:50:00+05:30"], 1),
        (["2019-03-10", "2019-03-12T10:50:00+05:30"], 0),
        # A time without a zone gives way to an instant that it may be.
        (["2019-03-10T10:50:00", "2019-03-10T10:50:00+05:30"], 1),
        (["2019-03-10T10:50:00", "2019-03-10T05:20:00Z"], 1),
        (["2019-03-10T10:50:00", "2019-03-10T05:27:00Z"], 0),
        (["2019-03-10T10:50:00", "2019-03-11T10:50:00Z"], 0),
        # Templates stamp local times with a `Z`.
        (["2019-03-10T10:50:00Z", "2019-03-10T10:50:00+05:30"], 1),
        (["2019-03-10T10:50:00+05:30", "2019-03-10T10:50:00Z"], 0),
        (["2019-03-10T10:50:00Z", "2019-03-10T10:51:00+05:30"], 0),
        (["2019-03-10T10:50:00-05:00", "2019-03-10T10:50:00+05:30"], 0),
    ],
)
def test_the_first_is_believed_unless_a_later_one_says_the_same_more_exactly(stated: list[str], chosen: int) -> None:
    choice = choose_date([Stated("meta", text) for text in stated])
    assert choice is not None
    assert choice.value == stated[chosen]


def test_what_contradicts_it_is_kept() -> None:
    same, other = Stated("meta", "2019-03-10T05:20:00Z"), Stated("time", "2019-03-11")
    choice = choose_date([Stated("json-ld", "2019-03-10T10:50:00+05:30"), same, other, other])
    assert choice is not None
    assert choice.others == (other,)
    assert choose_date([]) is None


@pytest.mark.parametrize(
    ("html", "published"),
    [
        (LD.format('"datePublished": "2019-03-10T10:50:00Z"'), ("2019-03-10T10:50:00Z", "json-ld")),
        (
            LD.format('"datePublished": "soon"') + '<meta name="date" content="2019-03-10T10:50:00Z">',
            ("2019-03-10T10:50:00Z", "meta"),
        ),
        (LD.format('"dateCreated": "2019-03-10"'), ("2019-03-10", "json-ld")),
        ('<time datetime="2019-03-10T10:50:00Z">today</time>', ("2019-03-10T10:50:00Z", "time")),
        ('<p class="post-date">Posted on 10 March 2019</p>', ("Posted on 10 March 2019", "text")),
        ("<p>10 March 2019</p>", None),
    ],
)
def test_structured_data_comes_before_the_head_and_both_before_the_body(
    html: str, published: tuple[str, str] | None
) -> None:
    assert dates(html)[0] == published


def test_the_last_change_has_a_date_of_its_own() -> None:
    html = LD.format('"datePublished": "2019-03-10", "dateModified": "2019-03-12T08:00:00Z"')
    assert dates(html) == (("2019-03-10", "json-ld"), ("2019-03-12T08:00:00Z", "json-ld"))
    assert dates('<meta property="og:updated_time" content="2019-03-12">') == (None, ("2019-03-12", "meta"))
