from pathlib import Path

import pytest

from cleaners import Document, clean, load_phrases
from cleaners.document import Kind
from cleaners.errors import CleancopyError
from cleaners.layout import read_paragraphs

BUILT_IN = load_phrases()
PROSE = (
    "The last paddle ferry on the estuary will stop running in October, its owner said on Friday, after the county "
    "declined to pay for a new boiler."
)
PROMO = (
    "Catch up on all the latest Crime news here. Also download the new mid-day Android and iOS apps to get latest "
    "updates"
)

OVERRIDE = """\
publisher: mid-day.com
names: [Mid-day]
phrases:
  - {id: app-promo, kind: app_promo, text: Mid-day rains, matches: [Mid-day rains], keeps: [It rains]}
"""

# The kinds of boilerplate that publishers' phrases were collected under; each has a common English phrase.
KINDS = [
    "copyright", "newsletter", "related_link", "dateline_byline", "comment_invitation", "subscription_paywall",
    "affiliate_sponsored_disclosure", "social_follow", "photo_credit_caption", "share_bar", "ad_marker",
    "syndication_notice", "ui_junk", "disclaimer", "app_promo", "donation_ask", "cookie_consent", "audio_player",
    "first_published", "reading_time", "contact_line", "correction_note", "live_blog_furniture", "source_credit",
    "author_bio",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_common_english_phrase(kind: str) -> None:
    assert any(phrase.owner == "en" and phrase.kind == kind for phrase in BUILT_IN.phrases)


def test_agency_credits_are_read_by_a_field_step() -> None:
    cleaned = clean(Document(text=f"{PROSE}\nWith inputs from AFP"), BUILT_IN)
    assert [removal.kind for removal in cleaned.removed] == [Kind.AGENCY_CREDIT]


def test_corrections_and_disclosures_are_only_flagged() -> None:
    stay = {Kind.CORRECTION_NOTE, Kind.EDITORS_NOTE, Kind.AFFILIATE_SPONSORED_DISCLOSURE}
    assert {phrase.action for phrase in BUILT_IN.phrases if phrase.kind in stay} == {"flag"}


def test_mid_day_and_ten_more_publishers_have_a_file() -> None:
    assert "mid-day.com" in BUILT_IN.publishers
    assert len(BUILT_IN.publishers) > 10


def test_the_version_tells_libraries_apart_and_nothing_else() -> None:
    assert load_phrases().version == BUILT_IN.version
    assert load_phrases(disable=["mid-day.com/app-promo"]).version != BUILT_IN.version


def test_a_disabled_phrase_does_nothing() -> None:
    document = Document(text=f"{PROSE}\n{PROMO}", publisher="mid-day.com")
    assert clean(document, BUILT_IN).text == PROSE
    assert clean(document, load_phrases(disable=["mid-day.com/app-promo"])).text == document.text


def test_an_unknown_id_cannot_be_disabled() -> None:
    with pytest.raises(CleancopyError, match=r"cannot disable 'mid-day\.com/nothing'"):
        load_phrases(disable=["mid-day.com/nothing"])


def test_a_users_phrase_overrides_the_built_in_one_of_its_id(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OVERRIDE, encoding="utf-8")
    library = load_phrases(tmp_path)
    assert len(library.phrases) == len(BUILT_IN.phrases)
    assert clean(Document(text=f"{PROSE}\n{PROMO}", publisher="mid-day.com"), library).removed == ()
    assert clean(Document(text=f"{PROSE}\nMid-day rains.", publisher="mid-day.com"), library).text == PROSE


def test_where_is_a_half_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "language: en\nphrases:\n"
        '  - {id: at-head, kind: ui_junk, where: head, text: "Head bar", matches: ["Head bar"], keeps: ["A bar"]}\n'
        '  - {id: at-tail, kind: ui_junk, where: tail, text: "Tail bar", matches: ["Tail bar"], keeps: ["A bar"]}\n',
        encoding="utf-8",
    )
    library = load_phrases(tmp_path)
    both = "Head bar\nTail bar"
    assert clean(Document(text=f"{both}\n{PROSE}\n{PROSE}\n{PROSE}\n{both}"), library).text.split("\n") == [
        "Tail bar", PROSE, PROSE, PROSE, "Head bar",
    ]  # fmt: skip


def test_a_common_phrase_is_a_whole_line_or_nothing() -> None:
    text = f"{PROSE} Advertisement. {PROSE}"
    assert clean(Document(text=text), BUILT_IN).text == text


def test_a_publishers_phrase_may_be_a_sentence_at_the_end_of_a_line() -> None:
    cleaned = clean(Document(text=f"{PROSE} {PROMO}.", publisher="mid-day.com"), BUILT_IN)
    assert cleaned.text == f"{PROSE} "


def test_a_languages_phrases_leave_other_languages_alone(tmp_path: Path) -> None:
    (tmp_path / "de.yaml").write_text(
        "language: de\nphrases:\n"
        '  - {id: anzeige, kind: ad_marker, text: "Anzeige", matches: ["ANZEIGE"], keeps: ["Die Anzeige"]}\n',
        encoding="utf-8",
    )
    library = load_phrases(tmp_path)
    kept = {
        language: "Anzeige"
        in clean(Document(text=f"{PROSE}\nAnzeige\nAdvertisement", language=language), library).text
        for language in ("de", "de-AT", "en", None)
    }
    assert kept == {"de": False, "de-AT": False, "en": True, None: False}


@pytest.mark.parametrize("size", [1, 2, 7, 50, 1000])
def test_a_long_text_is_searched_in_pieces_and_nothing_is_lost_between_them(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"Advertisement\n{PROSE}\nSign up for our daily newsletter\n{PROMO}\n© 2024 Example. All rights reserved."
    at_once = clean(Document(text=text), BUILT_IN)
    assert len(at_once.removed) > 2
    monkeypatch.setattr("cleaners.phrases.library._PIECE", size)
    assert clean(Document(text=text), BUILT_IN) == at_once


def test_a_phrase_is_found_beside_a_surrogate() -> None:
    paragraphs = read_paragraphs(f"\ud800\n{PROMO}")
    assert [hit.phrase.id for hit in BUILT_IN.find(paragraphs)] == ["mid-day.com/app-promo"]
