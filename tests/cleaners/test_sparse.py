"""Single findings in long texts: what looks like furniture may be a guide's own line, and stays."""

import pytest

from cleaners import Document, clean, load_phrases
from cleaners.document import Cleaned

LIBRARY = load_phrases()
PROSE = (
    "The last paddle ferry on the estuary will stop running in October, its owner said on Friday, after the county "
    "declined to pay for a new boiler."
)
HEADLINE = "Last paddle ferry on the estuary to stop in October"


def article(*lines: str, title: str | None = None, publisher: str | None = None) -> Cleaned:
    return clean(Document(text="\n".join(lines), title=title, publisher=publisher), LIBRARY)


@pytest.mark.parametrize(
    "line", ["4 March 2024", "By Jane Doe", "8 min read", "Photo: Jane Doe", "Read more: The river in spring"]
)
def test_the_only_such_line_of_a_long_guide_stays(line: str) -> None:
    assert article(line, *[PROSE] * 40).text.startswith(line)
    assert article(line, *[PROSE] * 20).text == "\n".join([PROSE] * 20)


def test_what_it_says_is_read_all_the_same() -> None:
    assert article("4 March 2024", *[PROSE] * 40).dateline == "4 March 2024"
    assert article("By Jane Doe", *[PROSE] * 40).authors == ("Jane Doe",)
    assert article("Photo: Jane Doe", *[PROSE] * 40).captions == ()


@pytest.mark.parametrize("line", ["Share this article", "Subscribe to our newsletter"])
def test_what_asks_in_so_many_words_leaves_a_long_guide_too(line: str) -> None:
    assert article(*[PROSE] * 40, line).text == "\n".join([PROSE] * 40)


def test_with_more_of_them_all_leave() -> None:
    assert article("4 March 2024", "By Jane Doe", *[PROSE] * 40).text == "\n".join([PROSE] * 40)


def test_the_headline_that_the_input_gave_leaves_whatever_the_length() -> None:
    assert article(HEADLINE, *[PROSE] * 40, title=HEADLINE).text == "\n".join([PROSE] * 40)


def test_a_publisher_s_own_phrase_is_sure_however_long_the_text() -> None:
    phrase = next(p for p in LIBRARY.phrases if p.publisher and p.kind == "related_link" and p.where == "anywhere")
    example = phrase.matches[0]
    assert article(*[PROSE] * 40, example, PROSE, publisher=phrase.publisher).text == "\n".join([PROSE] * 41)
