import pytest

from flows.feeds.sighting import Marks
from flows.ingesting.sameness import is_same, is_surely_same

GUID, LINK = "harbour.example:1", "link:harbour.example/ferry"
BEFORE = Marks(guid=b"guid", link=b"link", title=b"title", published=b"noon")


def marks(**others: bytes | None) -> Marks:
    values = {"guid": b"guid", "link": b"link", "title": b"title", "published": b"noon", **others}
    return Marks(**values)


@pytest.mark.parametrize("name", [GUID, LINK])
def test_an_article_of_which_nothing_is_known_is_the_one_that_its_name_leads_to(name: str) -> None:
    assert is_same(name, BEFORE, [])
    assert is_same(name, BEFORE, [Marks()])


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (marks(link=b"other"), True),
        (marks(title=b"other", published=b"evening"), True),
        (marks(link=b"other", title=b"other"), True),
        (marks(link=None, title=b"other", published=None), True),
        (marks(link=b"other", title=b"other", published=None), False),
        (marks(link=b"other", title=b"other", published=b"evening"), False),
        (marks(link=None, title=b"other", published=b"evening"), False),
    ],
)
def test_a_guid_leads_to_its_article_unless_two_marks_say_otherwise(one: Marks, *, expected: bool) -> None:
    assert is_same(GUID, one, [BEFORE]) is expected


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (marks(guid=b"other"), True),
        (marks(title=b"other", published=b"evening"), True),
        (marks(guid=None, title=b"other", published=b"evening"), True),
        (marks(guid=b"other", title=b"other"), True),
        (marks(guid=b"other", title=b"other", published=None), False),
        (marks(guid=b"other", title=b"other", published=b"evening"), False),
    ],
)
def test_a_link_leads_to_its_article_unless_guid_and_title_say_otherwise(one: Marks, *, expected: bool) -> None:
    assert is_same(LINK, one, [BEFORE]) is expected


def test_where_redirects_end_the_titles_have_to_agree() -> None:
    one = marks(guid=None, link=b"detour", published=b"evening")
    assert is_same("link:harbour.example/end", one, [BEFORE])
    assert not is_same(
        "link:harbour.example/end", marks(guid=None, link=b"detour", title=b"other", published=None), [BEFORE]
    )


def test_the_minute_alone_makes_no_guid_of_another_feed_the_same() -> None:
    one = marks(link=b"other", title=b"other")
    assert is_same(GUID, one, [BEFORE])
    assert not is_same(GUID, one, [BEFORE.elsewhere()])


def test_one_feed_that_shows_the_same_is_enough() -> None:
    assert is_same(GUID, marks(link=b"other", title=b"new"), [marks(title=b"old", published=b"evening"), BEFORE])


def test_a_name_that_several_have_needs_the_title_or_if_there_is_none_the_minute() -> None:
    assert is_surely_same(marks(published=None), [BEFORE])
    assert not is_surely_same(marks(title=b"other"), [BEFORE])
    assert not is_surely_same(marks(title=None), [BEFORE])
    assert is_surely_same(marks(title=None), [marks(title=None)])
    assert not is_surely_same(Marks(), [Marks()])
