"""Which lines are in doubt: those that the model nearly removed or nearly kept, and no rule's."""

from collections.abc import Sequence

import pytest

from cleaners import Document, load_model, load_phrases, restore
from cleaners.cleaning import clean
from cleaners.doubts import Doubt, find_doubts
from cleaners.model.features import Article
from cleaners.model.line_model import Judgement, LineModel

PROSE = (
    "The council voted on Monday to close the old bridge over the canal until its rusty railing has been replaced "
    "by a new one, the mayor said."
)
WRAPPED = """\
The council voted on Monday to close the old bridge over the canal
until its rusty railing has been replaced by a new one, the mayor
said, and that the ferry would run twice as often until the bridge
is open again to all of its traffic.

Follow us for more about the bridge and the canal, and tell all of
your friends what they can read here

The ferry has room for two cars and ten people at a time, and it is
never late, as those who have to take it every morning said to the
council at its last meeting before the summer.
"""


# Where no rule finds anything the model is not asked.
AD = "\nAdvertisement"


class Scored(LineModel):
    """Stands in for the trained model: gives each line the score that its words ask for."""

    def __init__(self, scores: dict[str, float]) -> None:
        self.version = "scored"
        self.threshold = 0.94
        self._scores = scores

    def judge(self, articles: Sequence[Article], reasons_from: float | None = None) -> list[list[Judgement]]:
        least = 0.94 if reasons_from is None else reasons_from
        return [self._judged(article, least) for article in articles]

    def _judged(self, article: Article, least: float) -> list[Judgement]:
        words = {index: article.shapes[index].text for index in article.asked}
        scores = {index: self._scores.get(text, 0.0) for index, text in words.items()}
        return [Judgement(index, score, "a test" if score >= least else "") for index, score in scores.items()]


def doubts(text: str, **scores: float) -> list[Doubt]:
    model = Scored({words.replace("_", " "): score for words, score in scores.items()})
    return find_doubts(Document(text=text + AD, language="en"), load_phrases(), model)


@pytest.mark.parametrize("text", ["", "\n\n", "\ud800", "\x00\n\x1b", PROSE])
def test_a_text_without_lines_to_judge_has_none(text: str) -> None:
    assert doubts(text) == find_doubts(Document(text=text), load_phrases(), load_model()) == []


@pytest.mark.parametrize("line", ["Half \ud800 word", "Home\x00 and away", "\x1b[2J Home"])
def test_a_line_with_a_barred_character_is_not_judged_and_the_count_goes_on(line: str) -> None:
    (doubt,) = doubts(f"{line}\n{PROSE}\n{line}\nHome", Home=0.8)
    assert (doubt.line, doubt.text) == (4, "Home")


@pytest.mark.parametrize(
    ("score", "decision"),
    [
        (0.4999, None),
        (0.5, "kept"),
        (0.9399, "kept"),
        (0.94, "removed"),
        (0.9699, "removed"),
        (0.97, None),
        (1, None),
    ],
)
def test_the_band(score: float, decision: str | None) -> None:
    found = [
        (doubt.line, doubt.score, doubt.decision, doubt.reason) for doubt in doubts(f"Home\n{PROSE}", Home=score)
    ]
    assert found == ([(1, score, decision, "a test")] if decision else [])


def test_what_goes_into_a_field_is_moved() -> None:
    (doubt,) = doubts(f"{PROSE}\nbridge", bridge=0.95)
    assert (doubt.decision, doubt.kind) == ("moved", "tags")


def test_where_no_rule_found_anything_the_model_is_not_asked() -> None:
    text = f"Home\n{PROSE}"
    assert find_doubts(Document(text=text), load_phrases(), Scored({"Home": 0.9})) == []
    assert clean(Document(text=text), load_phrases(), Scored({"Home": 0.99})).text == text


def test_the_nearest_to_the_threshold_come_first() -> None:
    text = f"Home\nSport\n\n{PROSE}\n\nWeather\nMore"
    assert [doubt.line for doubt in doubts(text, Home=0.6, Sport=0.93, Weather=0.96, More=0.6)] == [2, 6, 1, 7]


@pytest.mark.parametrize(
    "line",
    ["Advertisement", "Correction: An earlier version of this story misstated the year.", "By Jane Doe"],
)
def test_a_line_that_a_rule_took_or_protects_is_not_in_doubt(line: str) -> None:
    model = Scored(dict.fromkeys(["Home", line], 0.9))
    text = f"{line}\n{PROSE}\n{PROSE}\nHome{AD}"
    found = find_doubts(Document(text=text, language="en"), load_phrases(), model)
    assert [doubt.text for doubt in found] == ["Home"]


def test_what_stays_for_the_budgets_sake_is_in_doubt_however_sure_the_model_is() -> None:
    names = [f"Line number {number} of many" for number in range(9)]
    model = Scored(dict.fromkeys(names, 0.99))
    found = find_doubts(Document(text="\n".join(names) + AD), load_phrases(), model)
    assert [(doubt.line, doubt.decision) for doubt in found] == [(line, "kept") for line in range(1, 10)]


def test_of_hard_wrapped_copy_the_first_line_is_named() -> None:
    words = " ".join(WRAPPED.split("\n\n")[1].split())
    found = find_doubts(Document(text=f"{WRAPPED}{AD}"), load_phrases(), Scored({words: 0.9}))
    assert [(doubt.line, doubt.text) for doubt in found] == [(6, words)]


def test_decisions_are_those_of_cleaning() -> None:
    names = ["Home", "Sport", "Council closes bridge over canal", "Menu", "Privacy policy", "Jane Doe"]
    text = "\n".join([*names[:3], PROSE, PROSE, *names[3:]]) + AD
    model = Scored({name: 0.93 + 0.01 * place for place, name in enumerate(names)})
    document = Document(text=text, language="en")
    cleaned = clean(document, load_phrases(), model)
    assert restore(cleaned.text, cleaned.removed) == text
    gone = {removal.text.strip(): removal.action for removal in cleaned.removed}
    found = find_doubts(document, load_phrases(), model)
    assert found
    assert all(gone.get(doubt.text, "kept") == doubt.decision for doubt in found)
