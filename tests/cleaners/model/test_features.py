"""What the model sees: one named feature at a time."""

import pytest

from cleaners.document import Kind
from cleaners.layout import read_paragraphs
from cleaners.model.features import NAMES, Article
from cleaners.model.words import WORDS

PROSE = (
    "The council voted on Monday to close the old bridge over the canal until its rusty railing has been replaced "
    "by a new one, the mayor said."
)
MORE = (
    "Residents had complained for years that the bridge was not safe, and two cyclists fell into the water there in "
    "May and again in June, she said."
)
HEAD, TAIL = "Home\nNews 24\nCouncil closes bridge", "Read more:\nOther bridge to close\nMore news"
TEXT = f"{HEAD}\n{PROSE}\nThe railing\n{MORE}\n{TAIL}"


def seen(line: str, text: str = TEXT, taken: dict[int, Kind] | None = None) -> dict[str, float]:
    paragraphs = read_paragraphs(text)
    article = Article(paragraphs, taken or {}, frozenset({"en"}))
    index = next(p.index for p in paragraphs if p.text == line)
    return dict(zip(NAMES, map(float, article.row(index)), strict=True))


def test_prose_and_what_is_taken_are_not_asked_about() -> None:
    paragraphs = read_paragraphs(TEXT)
    article = Article(paragraphs, {0: Kind.UI_JUNK}, None)
    assert [paragraphs[index].text for index in article.asked] == [
        "News 24",
        "Council closes bridge",
        "The railing",
        "Read more:",
        "Other bridge to close",
        "More news",
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Home", {"where": 0, "from_first": -3, "run": 3, "run_before": 0, "run_after": 2, "capitals": 1, "end": 0}),
        ("News 24", {"digits": 2 / 7, "run_before": 1, "units_before_2": -1}),
        ("Council closes bridge", {"overlap": 2 / 3, "capitals": 1 / 3, "end_after": 1}),
        ("The railing", {"where": 1, "run": 1, "run_alike": -1, "overlap": 1}),
        ("Read more:", {"end": 4, "where": 2, "cue_see_also": 2, "from_last": 1, "cued_in_tail": 0}),
        ("Other bridge to close", {"see_also_before": 1, "colon_after": 0, "cued_in_tail": 1, "run_cued": 1}),
        ("More news", {"see_also_before": 2, "run_opens_alike": 0, "overlap_first": 0}),
    ],
)
def test_a_line_is_seen_with_its_place_its_run_and_its_words(line: str, expected: dict[str, float]) -> None:
    features = seen(line)
    assert {name: features[name] for name in expected} == pytest.approx(expected)


def test_what_the_rules_took_is_seen_beside_and_in_the_run() -> None:
    features = seen("Council closes bridge", taken={0: Kind.UI_JUNK, 1: Kind.DATELINE})
    assert features["taken_before"] == 1
    assert features["taken_after"] == 6
    assert features["run_taken"] == 1
    assert features["taken_share"] == pytest.approx(2 / 9)


def test_every_feature_has_its_words() -> None:
    assert set(WORDS) == set(NAMES)


def test_a_line_that_comes_again_is_seen_to() -> None:
    features = seen("Share", text=f"Share\n{PROSE}\nShare\nShare it")
    assert (features["repeated"], features["opening_repeated"]) == (2, 3)


def test_an_article_without_prose_is_seen_as_one() -> None:
    features = seen("News 24", text="Home\nNews 24\nSport")
    assert (features["where"], features["prose_share"]) == (3, 0)


def test_scripts_without_spaces_have_words_too() -> None:
    long = (
        "町に一つだけ残る登り窯で十日、百年ぶりの火入れが行われた。窯元の男性は来年もまた火を入れたいと話している。"
    )
    paragraphs = read_paragraphs(f"{long}\n関連記事")
    assert Article(paragraphs, {}, frozenset({"ja"})).asked == [1]


def test_features_cost_time_in_proportion_to_the_lines() -> None:
    """A run of ten thousand short lines: what looked through the run for each of them would take minutes."""
    paragraphs = read_paragraphs("\n".join(f"Line {n}" for n in range(10_000)))
    article = Article(paragraphs, {}, None)
    assert len([article.row(index) for index in article.asked]) == 10_000
