"""What kind of line the model's finds are, and which fields they go to."""

from collections.abc import Sequence

import pytest

from cleaners import Document, clean, load_model, load_phrases, restore
from cleaners.document import Cleaned, Kind
from cleaners.judged import propose
from cleaners.layout import read_paragraphs
from cleaners.model.features import Article
from cleaners.model.line_model import Judgement, LineModel

PROSE = (
    "The council voted on Monday to close the old bridge over the canal until its rusty railing has been replaced "
    "by a new one, the mayor said.\n"
    "Residents had complained for years that the bridge was not safe, and two cyclists fell into the water there in "
    "May and again in June, she said."
)


class SureOfAll(LineModel):
    """Stands in for the trained model: takes every line it is asked about, so that naming alone is tested."""

    def __init__(self) -> None:
        self.version = "sure"
        self.threshold = 0.9

    def judge(self, articles: Sequence[Article], reasons_from: float | None = None) -> list[list[Judgement]]:  # noqa: ARG002
        return [[Judgement(index, 0.95, "a test") for index in article.asked] for article in articles]


def kinds(head: str = "", tail: str = "", *, titled: bool = False, taken: dict[int, Kind] | None = None) -> list[str]:
    """The kinds that the lines around the prose are given, and the fields they go to."""
    text = "\n".join(part for part in (head, PROSE, tail) if part)
    article = Article(read_paragraphs(text), taken or {}, frozenset({"en", "de"}))
    model = SureOfAll()
    [judgements] = model.judge([article])
    found = propose(article, judgements, model, [], None, titled=titled)
    return [" ".join([finding.kind, *dict.fromkeys(field for field, _ in finding.values)]) for finding in found]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Council closes old bridge over canal", ["repeated_headline title"]),
        (
            "Most widely read in Ruritania\nCouncil closes old bridge over canal",
            ["ui_junk", "repeated_headline title"],
        ),
        (
            "Council closes old bridge\nThe railing is so rusty that two fell in",
            ["repeated_headline title", "standfirst summary"],
        ),
        ("Mayor starts WhatsApp channel on bridge, council says", ["repeated_headline title"]),
        ("Home", ["ui_junk"]),
        ("4 May 2024", ["dateline date_published dateline"]),
        ("Photo: Jane Doe/Example", ["photo_credit_caption captions"]),
        ("Share on WhatsApp", ["share_bar"]),
        ("Sign up for our newsletter", ["newsletter"]),
        ("#bridge #canal", ["tags tags"]),
        ("Canals / Bridges / Mayors", ["tags tags"]),
    ],
)
def test_above_the_story(head: str, expected: list[str]) -> None:
    assert kinds(head=head) == expected


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        ("Ten ferries that still run at night", ["related_link"]),
        ("bridge\ncanal", ["tags tags", "tags tags"]),
        ("Log in to comment", ["comment_invitation"]),
        ("Cookie settings", ["cookie_consent"]),
        ("Advertisement", ["ad_marker"]),
        ("Menu", ["ui_junk"]),
    ],
)
def test_behind_the_story(tail: str, expected: list[str]) -> None:
    assert kinds(tail=tail) == expected


def test_a_title_that_the_input_gave_leaves_no_room_for_a_headline() -> None:
    assert "repeated_headline" not in " ".join(kinds(head="Council closes old bridge over canal", titled=True))


def test_names_beside_a_dateline_are_the_writers() -> None:
    assert kinds(head="4 May 2024\nJane Doe", taken={0: Kind.DATELINE}) == ["byline authors"]
    assert kinds(head="Jane Doe") == ["ui_junk"]


def furnished() -> Cleaned:
    head = ["Home", "Sport", "Council closes the old bridge", "By Jane Doe", "3 May 2024, 10:15"]
    tail = [
        "Related stories",
        "Another story about the lake",
        "Big story about the tower",
        "Sign in",
        "Privacy policy",
    ]
    text = "\n".join([*head, PROSE, *tail])
    cleaned = clean(Document(text=text, language="en"), load_phrases(), load_model())
    assert restore(cleaned.text, cleaned.removed) == text
    return cleaned


def test_the_models_removals_have_version_score_and_reasons() -> None:
    cleaned = furnished()
    assert cleaned.text == PROSE
    model = load_model()
    judged = [removal for removal in cleaned.removed if removal.rule == f"model:{model.version}"]
    assert {"Home", "Privacy policy"} <= {removal.text.strip() for removal in judged}
    assert all(removal.score is not None and removal.score >= model.threshold for removal in judged)
    assert all(removal.reason.count("(") == 3 for removal in judged)
    assert all(removal.score is None for removal in cleaned.removed if removal not in judged)


def test_without_the_model_rules_work_alone() -> None:
    text = f"Home\nSport\n{PROSE}\nAdvertisement"
    assert clean(Document(text=text, language="en"), load_phrases()).text == f"Home\nSport\n{PROSE}"


def test_a_notice_stays_whatever_the_model_thinks() -> None:
    correction = "Correction: An earlier version of this story misstated the year."
    cleaned = clean(Document(text=f"{PROSE}\n{correction}", language="en"), load_phrases(), SureOfAll())
    assert cleaned.text.endswith(correction)
    assert [notice.kind for notice in cleaned.notices] == [Kind.CORRECTION_NOTE]


def test_past_half_of_the_text_the_models_findings_are_withdrawn() -> None:
    text = "\n".join(f"Line number {n} of many" for n in range(9)) + "\nAdvertisement"
    cleaned = clean(Document(text=text, language="en"), load_phrases(), SureOfAll())
    assert "over_budget" in cleaned.flags
    assert cleaned.text == text.removesuffix("\nAdvertisement")
