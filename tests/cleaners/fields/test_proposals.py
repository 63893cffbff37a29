"""What leaves the text by rules alone, and what must stay: every case is a small article."""

import pytest

from cleaners import Document, clean, load_phrases
from cleaners.document import Cleaned, Kind

LIBRARY = load_phrases()
PROSE = (
    "The last paddle ferry on the estuary will stop running in October, its owner said on Friday, after the county "
    "declined to pay for a new boiler."
)
HEADLINE = "Last paddle ferry on the estuary to stop in October"


def article(*lines: str, title: str | None = None, strip: bool = False) -> Cleaned:
    return clean(Document(text="\n".join(lines), title=title, strip_datelines=strip), LIBRARY)


CAPTIONS = [
    "Photo: Jane Doe",
    "Photo by Jane Doe on Unsplash",
    "Image: Example Works",
    "Featured image via Jane Doe / Getty Images",
    "© Jane Doe",
    "Jane Doe/Getty Images",
    "Jane Doe/AFP via Getty Images",
    "The ferry at its pier in May. (Photo: Jane Doe)",
    "The ferry at its pier in May [Splash]",
    "The ferry leaves the pier (AP Photo/Jane Doe)",
    "The ferry leaves the pier. Uncredited/AP/dpa",
    "The ferry leaves the pier.Credit...Jane Doe/The Example Times",
    "The ferry leaves the pier (Credit: iStock)",
    "Representational image. File picture",
    "Die Fähre am Kai. Foto: Jane Doe",
    "(Bild: Jane Doe)",
    "Le bac à quai (Photo : Jane Doe)",
    "El ferry en el muelle. Foto: Jane Doe",
    "El ferry en el muelle. Jane Doe / Europa Press",
    "Foto: Riksarkivet",
    "Kuva: Jane Doe",
    "Фото: пресс-служба порта",
    "फोटो: राम शर्मा",
    "ছবি: সংগৃহীত",
    "نوكا في الميناء. صورة: أحمد",
    "写真：山田太郎",
    "图为渡轮停靠码头。",
    "渡轮停靠码头。（李雷摄）",
    "사진=김민수",
    "Ảnh: Nguyễn Văn A",
]


@pytest.mark.parametrize("line", CAPTIONS)
def test_a_caption_or_credit_leaves_the_body_for_the_captions(line: str) -> None:
    cleaned = article(PROSE, line, PROSE)
    assert (cleaned.text, cleaned.captions) == (f"{PROSE}\n{PROSE}", (line,))


@pytest.mark.parametrize(
    "line",
    [
        "He showed the court a photo of the ferry.",
        "The image was everywhere: on walls, on boats, on bread.",
        "A credit of £200 was offered to each of them.",
        "She said so to Reuters.",
        "Tickets were sold for the ferry and/or the bus",
        "The price rose to 3/4 of what it had been (up from 1/2).",
        "Pictures of the ferry",
        "She wrote of it on Flickr.",
        "The ferry belongs to him (and to her).",
        "The group met in Splash, a bar by the pier.",
        "Das Bild blieb: eine Fähre ohne Kessel.",
        "La foto del ferry dio la vuelta al mundo.",
        "The clinics now argue about the electronic patient archive (EPA)",
        "Lange erwartet wurde die elektronische Patientenakte (ePA)",
    ],
)
def test_a_sentence_about_pictures_stays(line: str) -> None:
    assert article(PROSE, line, PROSE).captions == ()


HEADS = [
    ("By Jane Doe, Example Times", Kind.BYLINE),
    ("Jane Doe and Tom Brill | Guest Columnists", Kind.BYLINE),
    ("VON HANNA KÖSTER", Kind.BYLINE),
    ("Автор: Анна Иванова", Kind.BYLINE),
    ("作者：王小明", Kind.BYLINE),
    ("晨报记者 李雷", Kind.BYLINE),
    ("김민수 기자 kim@example.org", Kind.BYLINE),
    ("Penulis : Budi Santoso", Kind.BYLINE),
    ("5 min read", Kind.READING_TIME),
    ("Lesezeit: 5 Minuten", Kind.READING_TIME),
    ("Tiempo de lectura: 6 min", Kind.READING_TIME),
    ("Время чтения: 4 минуты", Kind.READING_TIME),
    ("읽는 시간 3분", Kind.READING_TIME),
    ("vor 3 Stunden", Kind.DATELINE),
    ("5 hours ago", Kind.DATELINE),
    ("Heute, 12:37 Uhr", Kind.DATELINE),
    ("Köln (dpa)", Kind.DATELINE),
    ("Von dpa 30.04.2024, 18:58", Kind.DATELINE),
    ("2024-03-04 08:18 来源：新华社", Kind.DATELINE),
    ("الأحد 3 مارس 2024", Kind.DATELINE),
    ("জানুয়ারি ০৪, ২০২৪", Kind.DATELINE),
    ("12 травня 2025, 18:40", Kind.DATELINE),
]


@pytest.mark.parametrize(("line", "kind"), HEADS)
def test_what_stands_between_headline_and_body_leaves_the_text(line: str, kind: Kind) -> None:
    cleaned = article(HEADLINE, line, PROSE, PROSE, title=HEADLINE)
    assert (cleaned.text, cleaned.removed[1].kind) == (f"{PROSE}\n{PROSE}", kind)


@pytest.mark.parametrize("line", ["By Jane Doe", "Updated: 4 March 2024, 10:50", "4 March 2024, 10:50 GMT"])
def test_a_long_standfirst_does_not_hide_the_line_below_it(line: str) -> None:
    assert article(HEADLINE, PROSE, line, PROSE, PROSE, title=HEADLINE).text == f"{PROSE}\n{PROSE}"


@pytest.mark.parametrize(
    "line",
    [
        "By the sea",
        "Text: the full letter of the ferry's owner",
        "Autor und Leser trafen sich am Kai",
        "Read the minutes of the meeting",
        "5 min walk to the pier",
        "10:45",
        "3 hours of rain",
        "в июне 2025 года паром ходил",
        "4 March was a Monday in 2024",
        "Köln (NRW)",
    ],
)
def test_what_only_looks_like_it_stays(line: str) -> None:
    assert line in article(HEADLINE, line, PROSE, PROSE, title=HEADLINE).text


def test_names_beside_a_date_are_a_byline_and_alone_they_stay() -> None:
    assert article(HEADLINE, "Jane Doe", "4 March 2024", PROSE, PROSE, title=HEADLINE).authors == ("Jane Doe",)
    assert article(HEADLINE, "Jane Doe", PROSE, PROSE, title=HEADLINE).authors == ()


def test_by_on_its_own_line_belongs_to_the_names_below_it() -> None:
    cleaned = article(HEADLINE, "By", "Jane Doe", PROSE, PROSE, title=HEADLINE)
    assert (cleaned.text, cleaned.authors) == (f"{PROSE}\n{PROSE}", ("Jane Doe",))


def test_a_label_on_its_own_line_belongs_to_the_date_below_it() -> None:
    cleaned = article(HEADLINE, PROSE, "Published", "4 March 2024", PROSE, PROSE, title=HEADLINE)
    assert cleaned.dateline == "4 March 2024"


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("(Reporting by Jane Doe in Paris; Editing by Tom Brill)", ("Jane Doe",)),
        ("Jane Doe contributed to this report.", ("Jane Doe",)),
        ("[责任编辑：王小明]", ("王小明",)),
    ],
)
def test_who_reported_is_read_at_the_end(line: str, authors: tuple[str, ...]) -> None:
    cleaned = article(PROSE, PROSE, line)
    assert (cleaned.text, cleaned.authors) == (f"{PROSE}\n{PROSE}", authors)


TAILS = [
    ("Tags: ferries, harbours", Kind.TAGS),
    ("#ferry #harbour", Kind.TAGS),
    ("Mots-clés : bac, port", Kind.TAGS),
    ("关键词：港口，渡轮", Kind.TAGS),
    ("© 2024 Example Ltd.", Kind.COPYRIGHT),
    ("Copyright © 2024 Example. All Rights Reserved.", Kind.COPYRIGHT),
    ("Alle Rechte vorbehalten", Kind.COPYRIGHT),
    ("Riproduzione riservata", Kind.COPYRIGHT),
    ("جميع الحقوق محفوظة", Kind.COPYRIGHT),
    ("Все права защищены", Kind.COPYRIGHT),
    ("Source: Example Radio", Kind.SOURCE_CREDIT),
    ("Sumber : Kompas", Kind.SOURCE_CREDIT),
    ("Źródło: Kurier", Kind.SOURCE_CREDIT),
    ("来源：商讯", Kind.SOURCE_CREDIT),
    ("بشکریہ جنگ", Kind.SOURCE_CREDIT),
]


@pytest.mark.parametrize(("line", "kind"), TAILS)
def test_what_closes_an_article_leaves_the_text(line: str, kind: Kind) -> None:
    cleaned = article(PROSE, PROSE, line)
    assert (cleaned.text, cleaned.removed[-1].kind) == (f"{PROSE}\n{PROSE}", kind)


@pytest.mark.parametrize(
    "line",
    [
        "Keyword: sourdough bread",
        "Topics of the talks were the ferry and the pier.",
        "Source: the mayor said: no comment",
        "#ferry",
        "Themen des Abends: Fähre und Kai, sagte sie.",
        "Correction: an earlier version misnamed the ferry.",
        "Posted in the hall, the list was read by all.",
    ],
)
def test_other_last_lines_stay(line: str) -> None:
    assert line in article(PROSE, PROSE, line).text


def test_tags_on_lines_of_their_own_end_where_a_sentence_begins() -> None:
    cleaned = article(PROSE, PROSE, "Tags", "Ferries", "Harbours", "So it ended, he said.")
    assert (cleaned.text, cleaned.tags) == (f"{PROSE}\n{PROSE}\nSo it ended, he said.", ("Ferries", "Harbours"))


def test_tags_between_paragraphs_stay() -> None:
    assert article(PROSE, PROSE, "Topics: rain, wind", *[PROSE] * 4).removed == ()


@pytest.mark.parametrize(
    "below",
    [
        ("By Jane Doe",),
        ("4 March 2024",),
        ("Will anyone miss it? A look at the county's ledger, and at the river.", "By Jane Doe"),
    ],
)
def test_without_a_title_a_headline_is_anchored_by_what_follows(below: tuple[str, ...]) -> None:
    cleaned = article("Farewell to a boiler nobody wanted", *below, PROSE, PROSE)
    assert (cleaned.text, cleaned.title) == (f"{PROSE}\n{PROSE}", "Farewell to a boiler nobody wanted")
    assert cleaned.summary == (below[0] if len(below) > 1 else None)


@pytest.mark.parametrize(
    ("headline", "prose"),
    [
        (HEADLINE, PROSE),
        ("町に残る登り窯で百年ぶりの火入れ", "町に一つだけ残る登り窯で十日、百年ぶりの火入れが行われた。" * 4),
        (
            "Последний паром на реке остановят в октябре",
            "Последний паром на реке остановят в октябре, сообщил его владелец, потому что округ не хочет платить.",
        ),
    ],
)
def test_without_a_title_a_headline_is_what_the_story_speaks_of(headline: str, prose: str) -> None:
    assert article(headline, prose, prose).title == headline


@pytest.mark.parametrize(
    "line",
    [
        "Why this matters",
        "A word about something else entirely here",
        f"{HEADLINE}.",
        "- Last paddle ferry on the estuary, October",
        "Home > County > Last paddle ferry on the estuary > October",
    ],
    ids=["short", "nothing shared", "a sentence", "an item", "a trail"],
)
def test_without_a_title_and_not_sure_the_first_line_stays(line: str) -> None:
    assert article(line, PROSE, PROSE).text.startswith(line)


def test_among_sub_headings_the_first_line_may_be_one_too() -> None:
    assert article(HEADLINE, PROSE, "The owner", PROSE, "The county", PROSE).title is None


def test_with_a_title_other_lines_are_no_headline() -> None:
    assert article(HEADLINE, "By Jane Doe", PROSE, PROSE, title="Rain").text.startswith(HEADLINE)


@pytest.mark.parametrize("title", [f"{HEADLINE} - Example News", f"{HEADLINE} | Example", f"Example: {HEADLINE}"])
def test_a_site_s_name_beside_the_title_does_not_count(title: str) -> None:
    assert article(HEADLINE, PROSE, PROSE, title=title).text == f"{PROSE}\n{PROSE}"


@pytest.mark.parametrize(
    ("prefix", "agency"),
    [
        ("Cuxhaven (dpa). ", "dpa"),
        ("新华社北京4月24日电 ", "Xinhua"),
        ("【ロンドン共同】", "Kyodo"),
        ("(서울=연합뉴스) ", "Yonhap"),
        ("القاهرة (رويترز) - ", "Reuters"),
        ("МОСКВА, 10 мар — РИА Новости. ", "RIA Novosti"),
        ("МОСКВА, 10 марта. /ТАСС/. ", "TASS"),
        ("नई दिल्ली, 10 मार्च (भाषा)। ", "PTI"),
        ("ANKARA (AA) - ", "Anadolu Agency"),
        ("Madrid, 10 mar (EFE).- ", "EFE"),
        ("(ANSA) - ROMA, 10 MAR - ", "ANSA"),
        ("ঢাকা, ১০ মার্চ (বাসস) : ", "BSS"),
        ("STOCKHOLM (TT) – ", "TT"),
    ],
)
def test_inline_datelines_of_the_world_are_read_and_taken_out_only_on_request(prefix: str, agency: str) -> None:
    cleaned = article(prefix + PROSE, PROSE)
    assert (cleaned.text, [a.name for a in cleaned.agencies]) == (f"{prefix}{PROSE}\n{PROSE}", [agency])
    assert article(prefix + PROSE, PROSE, strip=True).text.lstrip() == f"{PROSE}\n{PROSE}"


@pytest.mark.parametrize("prefix", ["Smith (AP) said: ", "(Anna) - ROMA - ", "MOSCOW, he said, 10 — it is. "])
def test_what_only_looks_like_an_inline_dateline_is_not_read(prefix: str) -> None:
    assert article(prefix + PROSE, PROSE).dateline is None


@pytest.mark.parametrize(
    "line",
    [
        "Images from the scene show a ship on fire.",
        "Pictures by the hundred were sent to the newsroom.",
        "Credits from some courses do not transfer.",
        "Pay at the kiosk (credit or debit cards, cash)",
        "We read reviews, pictures from past tours, prices and terms of payment.",
        "The app speaks each word aloud and shows an illustrative picture.",
        "Two fifths of it came from ships and the rest from ports (EPA 2024).",
        "- Chai T. Rex",
        "[Image description: a ferry at its pier]",
        "Foto:",
        "Photo credit:",
    ],
)
def test_words_for_pictures_without_a_name_behind_them_stay(line: str) -> None:
    assert article(PROSE, line, PROSE).captions == ()


@pytest.mark.parametrize(
    "line",
    [
        "Photos from Example Archive",
        "Photo by the author",
        "The ferry. Image by Jane Doe",
        "Jane Doe Submitted photo",
    ],
)
def test_a_credit_without_a_colon_names_someone(line: str) -> None:
    assert article(PROSE, line, PROSE).captions == (line,)


@pytest.mark.parametrize(("lines", "captions"), [(5, 5), (6, 0)])
def test_a_label_under_every_item_of_a_guide_is_part_of_it(lines: int, captions: int) -> None:
    items = [line for number in range(lines) for line in (PROSE, f"Pictured: Kind of fern, number {number}")]
    assert len(article(*items, PROSE).captions) == captions


def test_works_with_their_writers_are_a_list() -> None:
    works = ["The River", "by Jane Doe", "The Pier", "by Tom Brill", "The Kiln", "by Ida Marsh"]
    assert article(PROSE, *works, PROSE, PROSE).removed == ()
    pairs = ["By:", "Jane Doe, Tom Brill", "A study of piers", "By:", "Ida Marsh, Ann Other"]
    assert article("A study of ferries", *pairs, PROSE).authors == ()


def test_in_a_text_without_furniture_a_long_first_line_is_a_standfirst() -> None:
    line = f"{HEADLINE}, its owner says, after the county declined to pay for a boiler that it needs"
    assert article(line, PROSE, PROSE).title is None
    assert article(line, PROSE, "Photo: Jane Doe", PROSE).title == line


def test_in_a_long_guide_without_furniture_the_first_line_stays() -> None:
    assert article(HEADLINE, *[PROSE] * 40).title is None
    assert article(HEADLINE, *[PROSE] * 40, "Share this article").title == HEADLINE


def test_a_sentence_in_quotes_above_the_story_is_no_headline() -> None:
    line = "“The last paddle ferry on the estuary will stop in October.”"
    assert article(line, PROSE, PROSE).title is None


def test_what_the_body_writes_in_small_letters_is_no_person() -> None:
    body = f"{PROSE} Battery Life matters. Battery makers know it. The battery is small. Wireless Headphones sell."
    assert article(body, "Battery Life and Wireless Headphones", PROSE).captions == ()


@pytest.mark.parametrize(
    "line",
    [
        "The door of the ferry. Jane Doe / The Example Times",
        "The ferry at its pier. Jane Doe (REUTERS)",
        "The ferry at its pier in May. — © Example",
        "AFP/Jane Doe",
        "渡轮停靠码头。通讯员李雷 摄",
        "Courtesy of the Example Museum",
        "Map: AFP",
        "The ferry left early. (Representational)",
    ],
)
def test_a_signed_caption_leaves_the_body_for_the_captions(line: str) -> None:
    assert article(PROSE, line, PROSE).captions == (line,)


@pytest.mark.parametrize(
    "line",
    [
        "8. Seamless UX/UI Design",
        "2. Remove The Old Paint/Stain",
        "How to cross without a Suica / Pasmo Card",
        "AP/Reuters poll shows a narrow lead",
        "The minister met Jane Doe (Labour)",
        "Map: where the ferry stops",
        "Courtesy of the crew costs nothing. It pays.",
    ],
)
def test_slashes_and_brackets_of_other_lines_stay(line: str) -> None:
    assert article(PROSE, line, PROSE).captions == ()


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (("Published", "4 March 2024"), "2024-03-04"),
        (("Publié le", "4 mars 2024 à 10h50"), "2024-03-04"),
        (("Sist oppdatert", "4. mars 2024, 10:50"), None),
        (("4. März 2024", "10:50 Uhr"), "2024-03-04"),
        (("March 4, 2024", "10:50 AM EST"), "2024-03-04T10:50:00-05:00"),
    ],
)
def test_a_date_broken_over_lines_is_one_dateline(lines: tuple[str, ...], value: str | None) -> None:
    cleaned = article(HEADLINE, "Jane Doe met it", *lines, PROSE, PROSE, title=HEADLINE)
    assert cleaned.text == f"Jane Doe met it\n{PROSE}\n{PROSE}"
    assert (cleaned.date_published and cleaned.date_published.value) == value


@pytest.mark.parametrize(
    "lines",
    [
        ("Por Redação",),
        ("Example Web Desk",),
        ("Our Correspondent",),
        ("By -", "Staff Reports"),
        ("Jane Doe", "– Journalist i Paris"),
        ("By Martin J Osgood",),
        ("By Jane Doe jane@example.org",),
        ("নিজস্ব প্রতিবেদক, ঢাকা",),
    ],
)
def test_writers_and_desks_above_the_story_leave_the_text(lines: tuple[str, ...]) -> None:
    assert article(HEADLINE, *lines, PROSE, PROSE, title=HEADLINE).text == f"{PROSE}\n{PROSE}"


@pytest.mark.parametrize(
    "line", ["The Web Desk was closed", "Jane Doe", "Staff reports of theft rise", "A desk by the sea"]
)
def test_other_lines_above_the_story_stay(line: str) -> None:
    assert line in article(HEADLINE, line, PROSE, PROSE, title=HEADLINE).text


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("(jdo/tbr)", Kind.BYLINE),
        ("Contact the reporter at jane@example.org", Kind.CONTACT_LINE),
        ("Jane Doe may be reached at jane@example.org.", Kind.CONTACT_LINE),
        ("Follow her on Bluesky @janedoe", Kind.CONTACT_LINE),
        ("E-Mail: jane@example.org", Kind.CONTACT_LINE),
        ("Jane Doe is a reporter for the Example Times.", Kind.AUTHOR_BIO),
        ("Hanna Köster ist Redakteurin in Kiel.", Kind.AUTHOR_BIO),
    ],
)
def test_who_wrote_it_and_how_to_reach_them_leaves_the_end(line: str, kind: Kind) -> None:
    cleaned = article(PROSE, PROSE, line)
    assert (cleaned.text, cleaned.removed[-1].kind) == (f"{PROSE}\n{PROSE}", kind)


@pytest.mark.parametrize(
    "line",
    [
        "Contact police at tips@example.org",
        "Anyone with information is asked to e-mail tips@example.org.",
        "Follow the ferry on its way to the north shore",
        "(see above)",
        "Jane Doe is a member of the county council.",
    ],
)
def test_an_appeal_at_the_end_is_news(line: str) -> None:
    assert article(PROSE, PROSE, line).text.endswith(line)


def test_a_story_about_a_reporter_may_end_with_her_life() -> None:
    life = "Jane Doe is a reporter for the Example Times."
    about = f"{PROSE} The court heard that Doe had asked three times for a letter that the county says it lost."
    assert article(about, PROSE, life).text.endswith(life)
    assert article(HEADLINE, "By Jane Doe", about, PROSE, life, title=HEADLINE).text == f"{about}\n{PROSE}"


def test_a_press_contact_is_a_block_with_an_address() -> None:
    block = ("Pressekontakt:", "Example GmbH", "Hanna Köster", "presse@example.org")
    assert article(PROSE, PROSE, *block).text == f"{PROSE}\n{PROSE}"
    assert article(PROSE, PROSE, *block[:3]).text.endswith("Hanna Köster")
    assert article(PROSE, PROSE, *block, "Recent posts of the ferry").text.endswith("Recent posts of the ferry")


@pytest.mark.parametrize("label", ["Más temas:", "Relaterte emner", "Lesen Sie mehr zum Thema", "Hashtags", "THEMEN"])
def test_topics_under_their_label_may_be_followed_by_a_long_page(label: str) -> None:
    page = [f"Ferry number {number} leaves the north shore at dawn" for number in range(20)]
    cleaned = article(PROSE, PROSE, PROSE, label, "Ferries", "Harbours", "Port Wend", "(0)", *page)
    assert cleaned.tags == ("Ferries", "Harbours", "Port Wend")
    assert article(PROSE, PROSE, PROSE, label, "Ferries", "A sentence ends it here.", *page).tags == ()


def test_a_label_of_topics_among_the_prose_stays() -> None:
    assert article(PROSE, "Themen", "Fähre", "Hafen", "Brücke", PROSE, PROSE, PROSE, PROSE).tags == ()


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Jane Doe · CBC News · Posted: Aug 08, 2024 4:00 AM EDT", ("Jane Doe",)),
        ("February 1, 2019 | BY: Jane Doe, MS, RDN", ("Jane Doe",)),
        ("February 1, 2019 Jane Doe, MS, RDN", ("Jane Doe",)),
        ("Jane Doe | Senior Writer | July 2, 2025", ("Jane Doe",)),
        ("4 March 2024 A CORRESPONDENT", ("A CORRESPONDENT",)),
        ("12 July 2022 | Port Wend | Jane Doe", ()),
    ],
)
def test_a_dateline_names_its_writer_where_a_job_a_house_or_by_tells(line: str, authors: tuple[str, ...]) -> None:
    cleaned = article(HEADLINE, line, PROSE, PROSE, title=HEADLINE)
    assert (cleaned.dateline, cleaned.authors) == (line, authors)


def test_a_line_of_words_and_a_day_that_stands_twice_is_no_dateline() -> None:
    line = "Ferry Wrap-Up 12/19/2025"
    assert (
        article(line, "Last updated on Dec 20, 2025", line, PROSE, PROSE).dateline == "Last updated on Dec 20, 2025"
    )
    assert article(HEADLINE, "Port Wend 12/19/2025", PROSE, PROSE, title=HEADLINE).dateline == "Port Wend 12/19/2025"


@pytest.mark.parametrize(
    ("line", "agency"), [("jdo/Reuters", "Reuters"), ("red, Example.at/Agenturen", "Agencies"), ("mit AP", "AP")]
)
def test_a_desk_s_sign_with_an_agency_behind_the_story_credits_it(line: str, agency: str) -> None:
    cleaned = article(PROSE, PROSE, line)
    assert ([a.name for a in cleaned.agencies], cleaned.captions) == ([agency], ())


def test_a_photographer_s_agency_is_none_of_the_story() -> None:
    assert article(PROSE, "Jane Doe/Reuters", PROSE).agencies == ()


@pytest.mark.parametrize("line", ["Copyright Jane Doe/Copyright 2024 The AP. All rights reserved", "© Jane Doe"])
def test_a_copyright_between_headline_and_story_is_the_picture_s(line: str) -> None:
    assert article(HEADLINE, line, PROSE, PROSE, title=HEADLINE).captions == (line,)
    assert article(PROSE, PROSE, "Copyright 2024 Example").captions == ()


def test_words_of_a_script_without_capitals_beside_a_date_are_no_names() -> None:
    assert article(HEADLINE, "강변의 여객선, 마지막 항해", "4 March 2024", PROSE, PROSE, title=HEADLINE).authors == ()
