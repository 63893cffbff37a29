"""What kind of line the model found: the same lines in the places where they mean one thing or another."""

import pytest

from cleaners.document import Kind
from cleaners.findings import Value
from cleaners.layout import read_paragraphs
from cleaners.model.features import Article
from cleaners.naming import Naming
from cleaners.title_choice import choose_title

PROSE = (
    "The last paddle ferry on the estuary will stop running in October, its owner said on Friday, after the county "
    "declined to pay for a new boiler."
)
ENGLISH = frozenset({"en"})
HEADLINE = "Last paddle ferry on the estuary to stop in October"


def named(
    *lines: str, of: str, title: int | None = None, taken: dict[int, Kind] | None = None
) -> tuple[Kind, tuple[Value, ...]]:
    """What the line `of` is, all lines that are asked about being sure."""
    article = Article(read_paragraphs("\n".join(lines)), taken or {}, ENGLISH)
    return Naming(article, frozenset(article.asked), title, None).name(lines.index(of))


def chosen(*lines: str) -> str | None:
    """The headline among lines that are all sure."""
    article = Article(read_paragraphs("\n".join(lines)), {}, ENGLISH)
    title = choose_title(article, [index for index in article.asked if article.is_above(index)])
    return None if title is None else lines[title]


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ((HEADLINE, "The owner has no money for it and a boiler costs too much"), HEADLINE),
        (("You are here:", HEADLINE), HEADLINE),
        (("BLOG > Ferries > Ferry October estuary", HEADLINE), HEADLINE),
        ((f"Home Ferries {HEADLINE}", HEADLINE), HEADLINE),
        (("Ferry to stop", "Ferry to stop"), "Ferry to stop"),
        (("Ferry to stop", "A picture"), None),
        (("Newsletter: all that is new today",), None),
    ],
    ids=["first", "a colon", "a trail", "the way to it", "three words twice", "three words", "a button"],
)
def test_the_headline_is_the_first_line_above_that_speaks_of_the_story(
    above: tuple[str, ...], title: str | None
) -> None:
    assert chosen(*above, PROSE, PROSE) == title


def test_the_headline_once_more_is_no_standfirst() -> None:
    kind, values = named(HEADLINE, "Share", HEADLINE, PROSE, of=HEADLINE, title=0)
    assert (kind, values) == (Kind.REPEATED_HEADLINE, (("title", HEADLINE),))
    article = Article(read_paragraphs(f"{HEADLINE}\nShare\n{HEADLINE}\n{PROSE}"), {}, ENGLISH)
    assert Naming(article, frozenset({0, 2}), 0, None).name(2) == (Kind.REPEATED_HEADLINE, ())


@pytest.mark.parametrize(
    "line",
    [
        "Jane Doe (l.) and Tom Brill at the pier of the north shore",
        "AFLOAT: The ferry at its pier on the north shore in May",
        "The paddle ferry, here at its pier on the north shore",
    ],
)
def test_a_line_above_the_story_that_speaks_of_a_picture_is_a_caption(line: str) -> None:
    assert named(HEADLINE, line, PROSE, of=line, title=0) == (Kind.CAPTION, (("captions", line),))


def test_above_a_credit_a_line_is_a_caption_and_elsewhere_a_standfirst() -> None:
    line = "The county has declined to pay for a new boiler this year"
    assert named(HEADLINE, line, PROSE, of=line, title=0)[0] is Kind.STANDFIRST
    credited = named(HEADLINE, line, "© Example", PROSE, of=line, title=0, taken={2: Kind.PHOTO_CREDIT_CAPTION})
    assert credited[0] is Kind.CAPTION


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Jane Doe", "Jane Doe"),
        ("JANE DOE, EXAMPLE", "JANE DOE"),
        ("Eve M. Example, MD", "Eve M. Example"),
        ("Jane Doe | jane@example.org", "Jane Doe"),
        ("Jane Doe2 minutes ago", "Jane Doe"),
        ("Jane Doe Deputy Content Director", "Jane Doe"),
        ("Jane Doe og Tom Brill", "Jane Doe"),
    ],
)
def test_names_below_the_headline_are_the_writers(line: str, author: str) -> None:
    kind, values = named(HEADLINE, line, PROSE, of=line, title=0)
    assert (kind, values[0]) == (Kind.BYLINE, ("authors", author))


def test_names_beside_a_date_are_the_writers_though_a_standfirst_stands_above() -> None:
    assert named(PROSE, "Jane Doe 04.03.2024", "Jane Doe", PROSE, PROSE, of="Jane Doe")[0] is Kind.BYLINE
    assert named(PROSE, "A word", "Jane Doe", PROSE, PROSE, of="Jane Doe")[0] is not Kind.BYLINE


@pytest.mark.parametrize("line", ["New Update", "County Boiler", "Port Wend, ME", "Zur Playlist"])
def test_buttons_sections_and_places_are_nobody(line: str) -> None:
    assert named(HEADLINE, line, PROSE, of=line, title=0)[0] is not Kind.BYLINE


def test_writers_of_other_stories_far_behind_this_one_are_not_its_own() -> None:
    page = ["Ferries of the north", "Harbours of the south", "Rivers of the west", "By Jane Doe"]
    assert named(PROSE, PROSE, *page, of="By Jane Doe")[0] is not Kind.BYLINE
    assert named(PROSE, PROSE, "By Jane Doe", of="By Jane Doe")[0] is Kind.BYLINE
    list_of_works = ["By Jane Doe", "By Tom Brill", "By Ida Marsh"]
    assert named(PROSE, PROSE, *list_of_works, of="By Tom Brill")[0] is not Kind.BYLINE


def test_a_sentence_about_another_publication_names_nobody() -> None:
    line = "By »Example Quarterly« translated and edited"
    assert named(PROSE, PROSE, line, of=line)[0] is not Kind.BYLINE


def test_an_agency_alone_is_its_credit() -> None:
    kind, values = named(HEADLINE, "AFP", PROSE, of="AFP", title=0)
    assert (kind, [field for field, _ in values]) == (Kind.AGENCY_CREDIT, ["agencies"])


def test_a_short_line_beside_a_topic_of_the_story_is_a_topic() -> None:
    assert named(PROSE, PROSE, "Harbour law", "Ferry", of="Harbour law")[0] is Kind.TAGS
    assert named(PROSE, PROSE, "Harbour law", "Rivers", of="Harbour law")[0] is not Kind.TAGS
