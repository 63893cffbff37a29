"""The field steps on small articles: what each takes, and what it must leave."""

import pytest

from cleaners import Document, clean, load_phrases
from cleaners.document import Cleaned, Kind

LIBRARY = load_phrases()
PROSE = (
    "The last paddle ferry on the estuary will stop running in October, its owner said on Friday, after the county "
    "declined to pay for a new boiler."
)


def article(*lines: str, publisher: str | None = None, title: str | None = None) -> Cleaned:
    return clean(Document(text="\n".join(lines), publisher=publisher, title=title), LIBRARY)


def moved(cleaned: Cleaned) -> list[tuple[Kind, str]]:
    return [(removal.kind, removal.text.strip()) for removal in cleaned.removed]


@pytest.mark.parametrize(
    "line",
    [
        "10 March,2019 10:50 AM IST | | Agencies",
        "Updated on: 03 August,2022 08:17 AM IST  |  Mumbai",
        "12 July,2022 10:05 AM IST | Mumbai | Neha Rao",
        "Published 11:11 PM EST Nov 19, 2019",
        "PUBLISHED: 10:48, Tue, Nov 19, 2019",
        "Nov. 18, 2019 7:04 pm ET",
        "18 NOV 2019",
        "Veröffentlicht am 4. März 2024, 10:50 Uhr",
        "2024年3月10日 10:50",
        "Friday 22 November 2024 08:49 GMT",
        "Updated at 1:23 p.m.",
    ],
)
def test_a_line_of_date_time_and_place_alone_is_a_dateline(line: str) -> None:
    cleaned = article(line, PROSE)
    assert (cleaned.text, cleaned.dateline) == (PROSE, line)


@pytest.mark.parametrize(
    "line",
    [
        "On 10 March 2019 the bridge fell",
        "10 March 2019 was the day on which the bridge fell.",
        "The 2019 season",
        "Kick-off: 10:50",
        "3-2",
        "Call 01632 960144 before 10:50",
        "From 10:50 to 11:20",
    ],
)
def test_a_line_with_words_beside_its_date_stays(line: str) -> None:
    assert article(line, PROSE).text == f"{line}\n{PROSE}"


def test_a_date_between_paragraphs_is_a_heading_and_stays() -> None:
    assert article(PROSE, "10 March 2019", PROSE).removed == ()


def test_created_and_updated_go_into_their_own_fields() -> None:
    cleaned = article("Updated: 15-03-2022 18:32 IST | Created: 14-03-2022 17:01 IST", PROSE, publisher="mid-day.com")
    assert cleaned.date_published is not None
    assert cleaned.date_modified is not None
    assert cleaned.date_published.value == "2022-03-14T17:01:00+05:30"
    assert cleaned.date_modified.value == "2022-03-15T18:32:00+05:30"


@pytest.mark.parametrize(
    ("prefix", "dateline", "agencies"),
    [
        ("LONDON (Reuters) - ", "LONDON (Reuters)", ["Reuters"]),
        ("NEW DELHI, March 10 (PTI): ", "NEW DELHI, March 10 (PTI)", ["PTI"]),
        ("Pune (Maharashtra) [India], May 6 (ANI): ", None, []),
        ("PORT WEND -- ", "PORT WEND", []),
        ("WASHINGTON/PARIS (AP/AFP) — ", "WASHINGTON/PARIS (AP/AFP)", ["AP", "AFP"]),
        ("Berlin (dpa) - ", "Berlin (dpa)", ["dpa"]),
        ("Rain - ", None, []),
        ("A note: ", None, []),
        ("NATO: ", None, []),
        ("Smith (Labour) - ", None, []),
    ],
)
def test_inline_datelines_are_read_where_a_place_is_shouted_or_an_agency_named(
    prefix: str, dateline: str | None, agencies: list[str]
) -> None:
    cleaned = article(prefix + PROSE)
    assert (cleaned.text, cleaned.dateline) == (prefix + PROSE, dateline)
    assert [agency.name for agency in cleaned.agencies] == agencies


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Jane Doe", ("Jane Doe",)),
        ("BY JANE DOE", ("JANE DOE",)),
        ("By Jane Doe and John van der Berg, Staff Writers", ("Jane Doe", "John van der Berg")),
        ("By Jane Doe, Transport Correspondent", ("Jane Doe",)),
        ("Von Hanna Köster", ("Hanna Köster",)),
        ("Por José da Silva", ("José da Silva",)),
        ("By Tom Davies - Associated Press - Friday, April 28, 2023", ("Tom Davies",)),
    ],
)
def test_a_byline_before_the_body_names_the_authors(line: str, authors: tuple[str, ...]) -> None:
    cleaned = article(line, PROSE)
    assert (cleaned.text, cleaned.authors) == (PROSE, authors)


@pytest.mark.parametrize(
    "line", ["By the time it rained", "by and by", "By 2030", "By Jane Doe in the rain and snow"]
)
def test_other_lines_that_begin_with_by_stay(line: str) -> None:
    cleaned = article(line, PROSE)
    assert (cleaned.text, cleaned.authors) == (f"{line}\n{PROSE}", ())


def test_a_name_behind_by_between_paragraphs_stays() -> None:
    assert article(PROSE, PROSE, "By Jane Doe", PROSE).removed == ()


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("Reuters", ["Reuters"]),
        ("(With inputs from AFP and dpa)", ["AFP", "dpa"]),
        ("By Reuters", ["Reuters"]),
        ("• PTI", ["PTI"]),
        ("With agency inputs", ["Agencies"]),
        ("(Quelle: APA/sda/dpa)", ["APA", "Keystone-SDA", "dpa"]),
        ("Source: Xinhua", ["Xinhua"]),
    ],
)
def test_a_line_that_only_names_agencies_is_moved(line: str, agencies: list[str]) -> None:
    cleaned = article(PROSE, line)
    assert (cleaned.text, [agency.name for agency in cleaned.agencies]) == (PROSE, agencies)
    assert cleaned.syndicated is True


@pytest.mark.parametrize("line", ["The AP style", "AP exams", "Agencies of change", "Reuters was told so"])
def test_a_line_with_other_words_beside_an_agency_stays(line: str) -> None:
    assert article(PROSE, line).removed == ()


def test_an_agency_between_paragraphs_stays() -> None:
    assert article(PROSE, "Reuters", PROSE).removed == ()


@pytest.mark.parametrize(
    ("end", "names"), [(" (AFP)", ["AFP"]), (" – Bernama", ["Bernama"]), (" (AP/Reuters).", ["AP", "Reuters"])]
)
def test_an_agency_behind_the_last_sentence_is_read(end: str, names: list[str]) -> None:
    cleaned = article(PROSE + end)
    assert cleaned.text == PROSE + end
    assert [agency.name for agency in cleaned.agencies] == names


def test_an_abbreviation_inside_the_last_sentence_is_no_credit() -> None:
    assert article(f"{PROSE} So said a member of the Aam Aadmi Party (AAP).").agencies == ()


BODY = f"{PROSE} Jane Doe and Tom Brill spoke of it. Doe laughed, and Brill did too."


def test_a_line_that_only_names_people_of_the_story_is_a_caption() -> None:
    cleaned = article(
        BODY.replace("Jane Doe and Tom Brill", "Jane Doe met Tom Brill and"),
        "Jane Doe and Tom Brill",
        BODY[:150] + ".",
    )
    assert cleaned.captions == ("Jane Doe and Tom Brill",)


@pytest.mark.parametrize(
    "line",
    [
        "Jane Doe",
        "Jane Doe and Ann Other",
        "Doe and Brill",
        "'Jane Doe and Tom Brill'",
        "Jane Doe and Tom Brill laugh",
    ],
    ids=["one name", "a stranger", "surnames", "a quotation", "a sentence"],
)
def test_where_it_is_not_sure_a_caption_stays(line: str) -> None:
    assert article(PROSE + " Jane Doe met Tom Brill. Doe laughed, Brill not.", line, PROSE).captions == ()


def test_a_line_that_the_body_uses_as_one_name_stays() -> None:
    body = (
        f"{PROSE} The Port Wend Hike and Bike Trail is long. The Trail and Port are near. Bike Trail maps are sold."
    )
    assert article(body, "Port Wend Hike and Bike Trail", PROSE).removed == ()


def test_a_list_of_names_is_body() -> None:
    people = [f"Jane Doe and Tom Brill{chr(65 + n)}" for n in range(20)]
    body = f"{PROSE} Doe. " + " ".join(
        f"Tom Brill{chr(65 + n)} met Jane Doe. Brill{chr(65 + n)} left." for n in range(20)
    )
    assert article(body, *people, PROSE).removed == ()


def test_the_title_again_before_the_body_is_removed() -> None:
    cleaned = article("Ferry to stop", PROSE, title="FERRY TO STOP.")
    assert (cleaned.text, moved(cleaned)) == (PROSE, [(Kind.REPEATED_HEADLINE, "Ferry to stop")])


def test_the_title_again_behind_the_body_stays() -> None:
    assert article(PROSE, "Ferry to stop", title="Ferry to stop").removed == ()


def test_the_heading_about_a_company_is_listed_and_stays() -> None:
    cleaned = article(PROSE, PROSE, "About Example Works", PROSE)
    assert cleaned.removed == ()
    assert [(notice.kind, notice.text) for notice in cleaned.notices] == [
        (Kind.ABOUT_ORGANISATION, "About Example Works")
    ]


@pytest.mark.parametrize("line", ["About 20 people came", "About the rain", "About Example Works they knew nothing."])
def test_other_lines_that_begin_with_about_are_no_notice(line: str) -> None:
    assert article(PROSE, PROSE, line).notices == ()
