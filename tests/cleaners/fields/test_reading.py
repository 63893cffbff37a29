"""Lines whose role is known: what each reader gets out of them, in the ways in which the world writes them."""

import pytest

from cleaners.document import Agency, Kind, Moment
from cleaners.fields.reading import read_as
from cleaners.findings import Value


def said(values: tuple[Value, ...], field: str) -> list[str | None]:
    plain = {Agency: lambda v: v.name, Moment: lambda v: v.value, str: str}
    return [plain[type(value)](value) for name, value in values if name == field]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Jane Doe", ["Jane Doe"]),
        ("Jane Doe", ["Jane Doe"]),
        ("Jane Doe, Staff Writer", ["Jane Doe"]),
        ("Jane Doe and Tom Brill | Guest Columnists", ["Jane Doe", "Tom Brill"]),
        ("Jane Doe jane@example.org @janedoe", ["Jane Doe"]),
        ("March 1, 2019 | BY: Jane Doe", ["Jane Doe"]),
        ("(Reporting by Jane Doe in Paris; Editing by Tom Brill)", ["Jane Doe"]),
        ("Jane Doe in Paris contributed to this report.", ["Jane Doe"]),
        ("Von Hanna Köster und Jörg Weiß", ["Hanna Köster", "Jörg Weiß"]),
        ("Par Léa Martin", ["Léa Martin"]),
        ("Por José da Silva e Ana Souza", ["José da Silva", "Ana Souza"]),
        ("di Marco Rossi", ["Marco Rossi"]),
        ("Tekst: Anna Nowak", ["Anna Nowak"]),
        ("Penulis | : | Budi Santoso |", ["Budi Santoso"]),
        ("Автор: Анна Иванова", ["Анна Иванова"]),
        ("[责任编辑：王小明]", ["王小明"]),
        ("晨报记者 李雷", ["李雷"]),
        ("김민수 기자 kim@example.org", ["김민수"]),
        ("تحریر: احمد علی", ["احمد علی"]),
        ("लेखक: राम शर्मा", ["राम शर्मा"]),
        ("Por Redação", ["Redação"]),
        ("Newsdesk", ["Newsdesk"]),
        ("By Reuters", []),
        ("By", []),
        ("Von", []),
        ("(jdo)", []),
        ("Political Correspondent", []),
        ("Corresponsal en Atenas", []),
        ("Example Web Desk", ["Example Web Desk"]),
        ("By Jane Doe, The Example Post", ["Jane Doe"]),
        ("Jane Doe, MD, PhD", ["Jane Doe"]),
        ("By Jane Doe (The Example Star)", ["Jane Doe"]),
        ("By Jane Doe March 4, 2024, 10:50 PM EST", ["Jane Doe"]),
        ("Jane Doe04.03.2024, 10:50 Uhr", ["Jane Doe"]),
        ("Jane Doe2 hours ago", ["Jane Doe"]),
        ("Jane Doe Deputy Content Editor", ["Jane Doe"]),
        ("Jane DoeLifestyle Writer", ["Jane Doe"]),
        ("By Jane Doe Jane Doe", ["Jane Doe"]),
        ("By Jane Doe jane@example.org (509) 555-0100", ["Jane Doe"]),
        ("-- By Jane Doe Follow @jdoe", ["Jane Doe"]),
        ("By Jane Doe | Fact-checked by Tom Brill", ["Jane Doe"]),
        ("This story was written by Jane Doe, a director.", ["Jane Doe"]),
        (
            "Reporting by Jane Doe in Paris, Ann Other and Ida Marsh; Writing by Eva Lind; Editing by Tom Brill",
            ["Jane Doe", "Ann Other", "Ida Marsh", "Eva Lind"],
        ),
        ("Jane Doe, Tom Brill, and Ann Other contributed to this guide.", ["Jane Doe", "Tom Brill", "Ann Other"]),
        ("Con información de Ana Prado y Luz Vega.", ["Ana Prado", "Luz Vega"]),
        ("Das Gespräch führte Hanna Köster.", ["Hanna Köster"]),
        ("执笔/小明、小红", ["小明", "小红"]),
        ("김민수 기자 외 1명", ["김민수"]),
        ("칼럼니스트 김민수 kim@example.org", ["김민수"]),
    ],
)
def test_a_byline_gives_its_names(line: str, authors: list[str]) -> None:
    assert said(read_as(Kind.BYLINE, line), "authors") == authors


def test_an_agency_in_a_byline_is_an_agency() -> None:
    values = read_as(Kind.BYLINE, "Von Hanna Köster, dpa")
    assert (said(values, "authors"), said(values, "agencies")) == (["Hanna Köster"], ["dpa"])


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published 11:11 PM EST Nov 19, 2019", "2019-11-19T23:11:00-05:00"),
        ("Aktualisiert am 4. März 2024", "2024-03-04"),
        ("Publié le 4 mars 2024 à 10h50", "2024-03-04"),
        ("Publicado el 4 de marzo de 2024", "2024-03-04"),
        ("Publicado em 4 de março de 2024", "2024-03-04"),
        ("Pubblicato il 4 marzo 2024", "2024-03-04"),
        ("Gepubliceerd op 4 maart 2024", "2024-03-04"),
        ("Publicerad 4 mars 2024 kl. 09.12", "2024-03-04"),
        ("Opublikowano: 4 marca 2024, 10:50", "2024-03-04"),
        ("Yayınlanma: 4 Mart 2024 10:50", "2024-03-04"),
        ("Senin, 4 Maret 2024 - 10:50 WIB", "2024-03-04T10:50:00+07:00"),
        ("Ngày 4 tháng 3 năm 2024", "2024-03-04"),
        ("10:50, 4 марта 2024 года", "2024-03-04"),
        ("4 березня 2024, 10:50", "2024-03-04"),
        ("प्रकाशित: ४ मार्च २०२४", "2024-03-04"),
        ("প্রকাশ: ০৪ মার্চ ২০২৪, ১৭:০৫", "2024-03-04"),
        ("4 மார்ச் 2024", "2024-03-04"),
        ("شائع مارچ 4, 2024", "2024-03-04"),
        ("٤ مارس ٢٠٢٤", "2024-03-04"),
        ("2024年3月4日 10時50分 公開", "2024-03-04"),
        ("2024年03月04日08:18", "2024-03-04"),
        ("기사입력 2024-03-04 03:00:00", "2024-03-04"),
        ("2024년 3월 4일 (월)", "2024-03-04"),
        ("Publisert: 04.03.24 kl. 14:47", "2024-03-04"),
        ("By Jane Doe Published Date - 08:14 PM, Mon - 4 March 24", "2024-03-04"),
        ("Publicado em 04/03/2024 às 10h50", "2024-03-04"),
        ("Example.com - 04/03/2024, 10:50 WIB", "2024-03-04T10:50:00+07:00"),
        ("Thứ hai, 4/3/2024, 10:50 (GMT+7)", "2024-03-04T10:50:00+07:00"),
        ("Zveřejněno: 4. 3. 2024 10:50", "2024-03-04"),
        ("4 марта 2024, 10:50 МСК", "2024-03-04T10:50:00+03:00"),
        ("Last modified on Mon 4 Mar 2024 10.50 GMT", "2024-03-04T10:50:00+00:00"),
        ("2024年3月4日 下午3:05 GMT+8", "2024-03-04T15:05:00+08:00"),
        ("Publish Date : 4 March 2024 16:08 PM GMT", "2024-03-04T16:08:00+00:00"),
    ],
)
def test_a_dateline_gives_its_day_and_itself(line: str, day: str) -> None:
    values = read_as(Kind.DATELINE, line)
    assert said(values, "date_published") + said(values, "date_modified") == [day]
    assert said(values, "dateline") == [line]


@pytest.mark.parametrize(
    "line", ["2 hours ago", "Updated Nov 19, 6:55 AM", "mandag 5. august kl. 14:47", "04/03/2024, 10:50"]
)
def test_what_only_the_time_of_reading_or_a_country_tells_is_not_read(line: str) -> None:
    assert said(read_as(Kind.DATELINE, line), "date_published") == []


@pytest.mark.parametrize(
    ("kind", "line", "authors"),
    [
        (Kind.AUTHOR_BIO, "Jane Doe is a reporter for the Example Times.", ["Jane Doe"]),
        (Kind.AUTHOR_BIO, "— Hanna Köster ist Redakteurin in Kiel.", ["Hanna Köster"]),
        (Kind.AUTHOR_BIO, "Dr. Jane Doe, Professor of Rivers, Example University", ["Jane Doe"]),
        (Kind.AUTHOR_BIO, "About the Author", []),
        (Kind.CONTACT_LINE, "Contact staff writer Jane Doe at 555-555-0100.", ["Jane Doe"]),
        (Kind.CONTACT_LINE, "Jane Doe may be reached at jane@example.org.", ["Jane Doe"]),
        (Kind.CONTACT_LINE, "Example GmbH", []),
        (Kind.CONTACT_LINE, "E-mail: jane@example.org", []),
    ],
)
def test_lives_and_addresses_name_their_writers(kind: Kind, line: str, authors: list[str]) -> None:
    assert said(read_as(kind, line), "authors") == authors


def test_a_day_by_two_calendars_is_one_day() -> None:
    assert said(read_as(Kind.DATELINE, "ঢাকা, ০৪ মার্চ ২০২৪, ২০ ফাল্গুন ১৪৩০"), "date_published") == ["2024-03-04"]


def test_a_dateline_gives_the_agency_and_the_writer_in_it() -> None:
    values = read_as(Kind.DATELINE, "By Jane Doe | Reuters | 4 March 2024")
    assert (said(values, "authors"), said(values, "agencies")) == (["Jane Doe"], ["Reuters"])


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("Tags: Ferries, Harbour & Trade", ["Ferries", "Harbour & Trade"]),
        ("Filed under Ferries / Harbours", ["Ferries", "Harbours"]),
        ("Schlagworte: Fähre, Hafen", ["Fähre", "Hafen"]),
        ("Etiquetas: puerto; ferry", ["puerto", "ferry"]),
        ("Теги: порт, паром", ["порт", "паром"]),
        ("关键词：港口，渡轮", ["港口", "渡轮"]),
        ("関連タグ 港 / 船", ["港", "船"]),
        ("موضوعات: بندرگاہ، کشتی", ["بندرگاہ", "کشتی"]),
        ("#ferry #harbour", ["ferry", "harbour"]),
        ("Harbours", ["Harbours"]),
        ("Tags:", []),
    ],
)
def test_tags_are_parted_at_their_marks(line: str, tags: list[str]) -> None:
    assert said(read_as(Kind.TAGS, line), "tags") == tags


@pytest.mark.parametrize(
    ("kind", "line", "names"),
    [
        (Kind.COPYRIGHT, "© 2024 Reuters. All rights reserved.", ["Reuters"]),
        (Kind.COPYRIGHT, "© 2024 Example Ltd", []),
        (Kind.SOURCE_CREDIT, "Sumber : Antara", ["Antara"]),
        (Kind.SOURCE_CREDIT, "来源：新华社", ["Xinhua"]),
        (Kind.AGENCY_CREDIT, "ТАСС", ["TASS"]),
    ],
)
def test_owners_that_are_agencies_are_named(kind: Kind, line: str, names: list[str]) -> None:
    assert said(read_as(kind, line), "agencies") == names


def test_a_headline_a_standfirst_and_a_caption_are_their_own_value() -> None:
    assert read_as(Kind.REPEATED_HEADLINE, " Ferry  to stop ") == (("title", "Ferry to stop"),)
    assert read_as(Kind.STANDFIRST, "The last one.") == (("summary", "The last one."),)
    assert read_as(Kind.PHOTO_CREDIT_CAPTION, "Photo: Jane Doe") == (("captions", "Photo: Jane Doe"),)


@pytest.mark.parametrize(
    ("kind", "line"), [(Kind.READING_TIME, "5 min read"), (Kind.BYLINE, " "), (Kind.UI_JUNK, "x")]
)
def test_what_no_field_holds_gives_nothing(kind: Kind, line: str) -> None:
    assert read_as(kind, line) == ()


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(
    "line", ["\x00", "(((", "By", ":", "©", "#", "ſept 9, 2019", "[责编：]", "30 Februar 2019 " * 30]
)
def test_no_reader_raises(kind: Kind, line: str) -> None:
    read_as(kind, line, "US")
