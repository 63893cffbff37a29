"""The seed article, and how the steps of cleaning work together."""

from pathlib import Path

import pytest

from cleaners import Document, clean, load_phrases, restore
from cleaners.document import Agency, Cleaned, Flag, Kind

LIBRARY = load_phrases()
SEED = Path(__file__).parents[2] / "seeds" / "articles" / "mid-day-north-korea.txt"
PROSE = (
    "The last paddle ferry on the estuary will stop running in October, its owner said on Friday, after the county "
    "declined to pay for a new boiler."
)


@pytest.fixture(scope="module")
def seed() -> Cleaned:
    return clean(Document(text=SEED.read_text(encoding="utf-8")), LIBRARY)


def test_seed_keeps_the_six_paragraphs_and_the_sub_heading(seed: Cleaned) -> None:
    lines = SEED.read_text(encoding="utf-8").split("\n")
    assert seed.text == "\n".join([*lines[1:6], *lines[7:9]])
    assert lines[7] == "'Relationship with Kim remains good'"


def test_seed_dateline_becomes_a_date_with_its_zone(seed: Cleaned) -> None:
    assert seed.dateline == "10 March,2019 10:50 AM IST | | Agencies"
    assert seed.date_published is not None
    assert (seed.date_published.value, seed.date_published.precision) == ("2019-03-10T10:50:00+05:30", "minute")
    assert seed.date_source == "dateline"


def test_seed_is_known_as_its_publishers_by_its_own_phrases(seed: Cleaned) -> None:
    assert (seed.publisher, seed.publisher_source, seed.syndicated_from) == ("mid-day.com", "rule", None)


def test_seed_names_its_agency_before_the_line_is_gone(seed: Cleaned) -> None:
    assert [agency.name for agency in seed.agencies] == ["Agencies"]
    assert seed.syndicated is True


def test_seed_makes_nothing_up(seed: Cleaned) -> None:
    assert (seed.title, seed.authors, seed.summary, seed.notices, seed.flags) == (None, (), None, (), ())


def test_seed_removals_say_what_why_and_where_to(seed: Cleaned) -> None:
    assert [(r.kind, r.action, r.fields, r.rule) for r in seed.removed] == [
        (Kind.DATELINE, "moved", ("date_published", "dateline", "agencies"), "field:dateline"),
        (Kind.CAPTION, "moved", ("captions",), "field:caption"),
        (Kind.APP_PROMO, "removed", (), "mid-day.com/app-promo"),
        (Kind.SYNDICATION_NOTICE, "removed", ("agencies",), "mid-day.com/syndicated-feed"),
    ]
    assert seed.captions == ("Kim Jong Un and Donald Trump",)


def test_seed_is_restored_to_the_letter(seed: Cleaned) -> None:
    assert restore(seed.text, seed.removed) == SEED.read_text(encoding="utf-8")


def test_what_the_input_says_wins_over_what_the_text_says() -> None:
    cleaned = clean(
        Document(
            text=f"By Jane Doe\n10 March 2019 10:50 AM GMT\n{PROSE}",
            authors=("Ann Other",),
            date_published="2020-01-01T00:00:00Z",
            publisher="example.org",
        ),
        LIBRARY,
    )
    assert cleaned.authors == ("Ann Other",)
    assert cleaned.date_published is not None
    assert cleaned.date_published.value == "2020-01-01T00:00:00+00:00"
    assert (cleaned.date_source, cleaned.publisher_source) == ("input", "input")
    assert cleaned.text == PROSE


@pytest.mark.parametrize(
    ("given", "authors", "agencies"),
    [
        (("AFP",), ("Jean Martin",), ["AFP"]),
        (("AFP", "Reuters"), ("Jean Martin",), ["AFP", "Reuters"]),
        (("Web Desk",), ("Jean Martin",), []),
        (("AFP", "Ann Other"), ("AFP", "Ann Other"), []),
    ],
)
def test_a_person_of_the_text_comes_before_an_agency_that_the_input_gave(
    given: tuple[str, ...], authors: tuple[str, ...], agencies: list[str]
) -> None:
    """The removal said that the life of Jean Martin had gone into `authors`, which stayed AFP."""
    text = "\n".join([*[PROSE] * 4, "Jean Martin is a reporter based in Rennes."])
    cleaned = clean(Document(text=text, authors=given), LIBRARY)
    assert cleaned.authors == authors
    assert [agency.name for agency in cleaned.agencies] == agencies
    assert [removal.kind for removal in cleaned.removed] == [Kind.AUTHOR_BIO]


def test_an_agency_stays_the_author_where_the_text_names_no_person() -> None:
    assert clean(Document(text=f"By AFP\n{PROSE}", authors=("AFP",)), LIBRARY).authors == ("AFP",)


def test_a_date_that_cannot_be_read_keeps_its_words_and_has_no_value() -> None:
    cleaned = clean(Document(text=PROSE, date_published="30 February 2019"), LIBRARY)
    assert cleaned.date_published is not None
    assert (cleaned.date_published.value, cleaned.date_published.raw) == (None, "30 February 2019")


def test_the_texts_own_date_stands_in_for_one_that_cannot_be_read() -> None:
    cleaned = clean(Document(text=f"10 March 2019, 10:50 GMT\n{PROSE}", date_published="soon"), LIBRARY)
    assert cleaned.date_published is not None
    assert (cleaned.date_published.value, cleaned.date_source) == ("2019-03-10T10:50:00+00:00", "dateline")


def test_ist_is_indian_time_only_for_an_indian_publisher() -> None:
    text = f"10 March 2019 10:50 AM IST\n{PROSE}"
    dates = {
        publisher: clean(Document(text=text, publisher=publisher), LIBRARY).date_published
        for publisher in ("mid-day.com", "example.co.in", "example.ie", "example.org", None)
    }
    assert {publisher: moment and moment.value for publisher, moment in dates.items()} == {
        "mid-day.com": "2019-03-10T10:50:00+05:30",
        "example.co.in": "2019-03-10T10:50:00+05:30",
        "example.ie": "2019-03-10T10:50:00+01:00",
        "example.org": "2019-03-10",
        None: "2019-03-10",
    }


def test_inline_dateline_and_agency_suffix_are_read_and_stay() -> None:
    text = f"PORT WEND, May 3 (Reuters) - {PROSE}\n{PROSE} (AFP)"
    cleaned = clean(Document(text=text), LIBRARY)
    assert cleaned.text == text
    assert cleaned.dateline == "PORT WEND, May 3 (Reuters)"
    assert cleaned.agencies == (
        Agency(name="Reuters", evidence="PORT WEND, May 3 (Reuters) -"),
        Agency(name="AFP", evidence="(AFP)"),
    )


def test_strip_datelines_takes_both_out_and_can_be_undone() -> None:
    text = f"PORT WEND, May 3 (Reuters) - {PROSE}\n{PROSE} (AFP)"
    cleaned = clean(Document(text=text, strip_datelines=True), LIBRARY)
    assert cleaned.text == f"{PROSE}\n{PROSE}"
    assert restore(cleaned.text, cleaned.removed) == text
    assert [agency.name for agency in cleaned.agencies] == ["Reuters", "AFP"]


def test_a_paywall_line_flags_the_text_as_truncated() -> None:
    cleaned = clean(Document(text=f"{PROSE}\nThis article is only available to subscribers"), LIBRARY)
    assert (cleaned.text, cleaned.flags) == (PROSE, (Flag.TRUNCATED,))


def test_a_rule_never_matches_across_a_barred_character() -> None:
    cleaned = clean(Document(text=f"{PROSE}\nAdver\x00tisement\n{PROSE}"), LIBRARY)
    assert cleaned.text == f"{PROSE}\nAdvertisement\n{PROSE}"
    assert [removal.kind for removal in cleaned.removed] == [Kind.CONTROL_CHARACTER]


def test_hard_wrapped_copy_is_read_as_paragraphs() -> None:
    text = (
        "   LISBON, March 3 (Lusa) - A mild earthquake was felt across the\n"
        "western islands early on Sunday, waking people in three towns but\n"
        "causing no damage that anyone had reported by noon, the civil\n"
        "protection service said.\n\n"
        "   (Reporting by Ana Prado in Lisbon and by two correspondents on\n"
        "the western islands; Editing by Joao Reis)\n"
    )
    cleaned = clean(Document(text=text), LIBRARY)
    assert cleaned.text == text[: text.index("   (Reporting")]
    assert cleaned.dateline == "LISBON, March 3 (Lusa)"
    assert restore(cleaned.text, cleaned.removed) == text


def test_a_flagged_notice_is_not_removed_by_another_rule() -> None:
    text = f"{PROSE}\nEditor's note: This article was originally published in May. All rights reserved.\n{PROSE}"
    cleaned = clean(Document(text=text), LIBRARY)
    assert cleaned.text == text
    assert [notice.kind for notice in cleaned.notices] == [Kind.EDITORS_NOTE]


def test_agencies_that_the_source_names_come_before_those_of_the_text() -> None:
    given = Agency(name="AFP", evidence="Agence France-Presse")
    document = Document(text="Rain fell on Friday.\nIt stopped on Sunday. (Reuters)", agencies=(given,))
    cleaned = clean(document, load_phrases())
    assert [agency.name for agency in cleaned.agencies] == ["AFP", "Reuters"]
    assert cleaned.syndicated is True
