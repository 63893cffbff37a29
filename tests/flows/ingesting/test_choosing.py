from typing import Any

import pytest

from cleaners.document import Flag
from flows.feeds.feed import Entry
from flows.ingesting.choosing import Choice, FullText, choose, wants_page
from flows.pages.page import Extractor, Page
from flows.pages.walls import Wall, words

LINK = "https://example.org/ferry"
# Articles of one headline, summary and body each, in several languages, all made up.
ARTICLES = {
    "en": (
        "Island ferry breaks down again",
        "The island's only ferry broke down on Monday, leaving hundreds of passengers stranded in the harbour.",
        (
            "The only ferry to the island broke down on Monday morning, the harbour master said.\n"
            "Hundreds of passengers were stranded in the harbour until the evening, when fishermen took them home.\n"
            "The company that runs the ferry blamed an engine that is older than its captain."
        ),
    ),
    "de": (
        "Inselfähre fällt schon wieder aus",
        "Die einzige Fähre zur Insel ist am Montag ausgefallen; Hunderte Fahrgäste saßen im Hafen fest.",
        (
            "Am Montagmorgen ist die einzige Fähre zur Insel ausgefallen, teilte die Hafenmeisterei mit.\n"
            "Hunderte Fahrgäste saßen bis zum Abend im Hafen fest, ehe Fischer sie nach Hause brachten.\n"
            "Die Reederei machte einen Motor verantwortlich, der älter ist als der Kapitän."
        ),
    ),
    "ru": (
        "Паром на остров снова сломался",
        "Единственный паром на остров сломался в понедельник, сотни пассажиров застряли в гавани.",
        (
            "В понедельник утром сломался единственный паром на остров, сообщил начальник гавани.\n"
            "Сотни пассажиров до вечера оставались в гавани, пока рыбаки не отвезли их домой.\n"
            "Компания объяснила поломку двигателем, который старше капитана."
        ),
    ),
    "ja": (
        "島への船がまた故障",
        "島への唯一のフェリーが月曜日に故障し、数百人の乗客が港に取り残された。",
        (
            "月曜日の朝、島への唯一のフェリーが故障したと港長が発表した。\n"
            "数百人の乗客は夕方まで港に取り残され、漁船で帰宅した。\n"
            "運航会社は船長より古いエンジンが原因だとしている。"
        ),
    ),
}
TITLE, SUMMARY, BODY = ARTICLES["en"]
SENTENCE = (
    "Line {n} of the story says that boat number {n} left pier {n} for the island at {n} minutes past the hour.\n"
)
WHOLE = "".join(SENTENCE.format(n=n) for n in range(20)).strip()  # 420 words
MENU = "Home\nNews\nSports\nWeather\nTerms of use apply to all services offered on these websites and applications."


def page(text: str, title: str | None = None) -> Page:
    return Page(text=text, title=title, extractor=Extractor(name="trafilatura", version="2"))


def entry(**fields: object) -> Entry:
    return Entry(**{"number": 1, "link": LINK, "title": TITLE, "summary": SUMMARY, **fields})  # type: ignore[arg-type]


def told(choice: Choice) -> tuple[str, str, tuple[Flag, ...]]:
    return choice.source, choice.reason, choice.flags


CUT = (Flag.FROM_FEED_CONTENT, Flag.TRUNCATED)


@pytest.mark.parametrize(
    ("missing", "full_text", "link", "reason"),
    [
        ("robots", "auto", LINK, "robots"),
        ("deadline", "auto", LINK, "page_failed:deadline"),
        ("no_text", "always", LINK, "page_failed:no_text"),
        ("timed_out", "auto", LINK, "page_failed:timed_out"),
        (None, "auto", None, "no_link"),
        (None, "auto", LINK, "no_link"),
        (None, "always", LINK, "no_link"),
        (None, "always", None, "no_link"),
        (None, "never", LINK, "never"),
        (None, "never", None, "never"),
    ],
)
def test_without_a_page_the_feeds_text_is_taken_and_said_why(
    missing: str | None, full_text: FullText, link: str | None, reason: str
) -> None:
    choice = choose(entry(link=link), None, missing, full_text)
    assert (choice.text, told(choice)) == (SUMMARY, ("feed_summary", reason, CUT))


def test_never_means_never() -> None:
    assert told(choose(entry(), page(BODY), None, "never")) == ("feed_summary", "never", CUT)


@pytest.mark.parametrize(
    ("wall", "text"), [(wall, text) for wall in Wall if wall is not Wall.PAYWALL for text in words()[wall]["pages"]]
)
def test_a_wall_is_never_the_article(wall: Wall, text: str) -> None:
    flags = (*CUT, Flag.CONSENT_WALL) if wall is Wall.CONSENT else CUT
    choice = choose(entry(), page(text), None, "always")
    assert (choice.text, told(choice)) == (SUMMARY, ("feed_summary", str(wall), flags))
    nothing = choose(Entry(number=1, link=LINK), page(text), None, "auto")
    assert (nothing.text, nothing.reason) == ("", str(wall))


@pytest.mark.parametrize("text", words()["articles"][:6])
def test_an_article_about_walls_stays_one(text: str) -> None:
    first, *_ = text.split("\n")
    assert told(choose(entry(title=None, summary=first), page(text), None, "auto"))[:2] == ("page", "page_longer")


def test_a_banner_above_an_article_does_not_hide_it() -> None:
    text = f"We use cookies to improve this site, to count our readers and to show them advertisements.\n{SUMMARY}"
    assert told(choose(entry(), page(text), None, "auto")) == ("page", "page_longer", ())


@pytest.mark.parametrize("language", ARTICLES)
def test_the_page_of_a_summary_is_taken(language: str) -> None:
    title, summary, body = ARTICLES[language]
    assert told(choose(entry(title=title, summary=summary), page(body), None, "auto")) == ("page", "page_longer", ())


@pytest.mark.parametrize("language", ARTICLES)
def test_a_page_that_says_nothing_of_the_entry_is_not(language: str) -> None:
    title, summary, _ = ARTICLES[language]
    given = entry(title=title, summary=summary)
    assert told(choose(given, page(MENU * 9), None, "auto")) == ("feed_summary", "page_differs", CUT)


@pytest.mark.parametrize(
    "given", [{"title": "Ferry", "summary": None}, {"title": "Ferry", "summary": "Read on."}, {"summary": None}]
)
def test_a_page_that_says_nothing_of_a_headline_alone_is_not_the_article(given: dict[str, Any]) -> None:
    """Whatever a link leads to was taken for the article of a short headline."""
    assert told(choose(entry(**given), page(MENU), None, "auto"))[:2] == ("feed_summary", "page_differs")


@pytest.mark.parametrize("given", [{"title": "Ferry", "summary": None}, {"summary": None}, {"title": None}])
def test_a_page_that_says_something_of_it_is(given: dict[str, Any]) -> None:
    assert told(choose(entry(**given), page(BODY), None, "auto"))[0] == "page"


def test_a_page_may_say_the_headline_above_its_text_alone() -> None:
    headed = page(MENU, title="Ferry - Harbour News")
    assert told(choose(entry(title="Ferry", summary=None), headed, None, "auto")) == ("page", "page", ())


def test_of_an_entry_that_says_nothing_any_page_is_the_article() -> None:
    assert told(choose(Entry(number=1, link=LINK), page(BODY), None, "auto")) == ("page", "page", ())


@pytest.mark.parametrize(
    ("reached", "title", "source"),
    [
        ("https://example.org/", TITLE, "feed_summary"),
        ("https://example.org/login?next=ferry", TITLE, "feed_summary"),
        ("https://example.org/2026/the-ferry-that-failed", None, "page"),
        ("https://other.example/a/7", None, "page"),
        ("https://other.example/a/7", "Something else", "page"),
    ],
)
def test_a_page_that_was_reached_elsewhere_needs_evidence(reached: str, title: str | None, source: str) -> None:
    assert choose(entry(), page(BODY, title=title), None, "auto", reached=reached).source == source


def test_a_section_that_names_the_headline_among_others_is_not_the_article() -> None:
    given = entry(link="https://example.org/news/island/ferry")
    teasers = page(f"{TITLE}\n{MENU}\nThe harbour has a new master.", title="News")
    reached = "https://example.org/news"
    assert told(choose(given, teasers, None, "auto", reached=reached)) == ("feed_summary", "redirected", CUT)
    assert choose(given, page(BODY, title=TITLE), None, "auto", reached=reached).source == "page"


@pytest.mark.parametrize(
    ("title", "reason"), [("Page not found | Harbour News", "error_page"), ("Harbour - Log in", "login")]
)
def test_a_page_that_calls_itself_a_wall_is_none_of_the_article(title: str, reason: str) -> None:
    assert told(choose(entry(), page(MENU, title=title), None, "auto"))[1] == reason
    assert choose(entry(), page(f"{TITLE}\n{BODY}", title=title), None, "auto").source == "page"


REMARKS = WHOLE.replace("boat", "thought").replace("pier", "blog").replace("island", "reader")


def test_remarks_on_another_sites_page_are_never_its_text() -> None:
    given = entry(title=TITLE, content=REMARKS, summary=None)
    assert wants_page(given, "auto", is_foreign=True)
    for how in ("auto", "always"):
        assert choose(given, page(f"{TITLE}\n{BODY}"), None, how, is_foreign=True).text.endswith(BODY)
    missing = choose(given, None, "robots", "auto", is_foreign=True)
    assert told(missing) == ("feed_content", "robots", CUT)


def test_a_publisher_with_two_domains_keeps_its_longer_text() -> None:
    given = entry(content=f"{WHOLE}\n{BODY}")
    assert choose(given, page(WHOLE), None, "always", is_foreign=True).source == "feed_content"


def test_the_longer_text_is_taken() -> None:
    longer = entry(content=f"{BODY}\n{BODY}")
    assert told(choose(longer, page(BODY), None, "auto")) == (
        "feed_content",
        "feed_longer",
        (Flag.FROM_FEED_CONTENT,),
    )
    assert told(choose(entry(content=BODY), page(BODY), None, "auto")) == ("page", "page", ())


def test_a_page_that_lost_paragraphs_of_a_whole_text_is_not_taken() -> None:
    lines = WHOLE.split("\n")
    lossy = "\n".join([*lines[:6], *["Line of another story of boats on the island and minutes past the hour."] * 20])
    assert told(choose(entry(content=WHOLE), page(lossy), None, "always"))[:2] == ("feed_content", "page_differs")
    assert told(choose(entry(content=WHOLE), page(WHOLE), None, "always"))[:2] == ("page", "page")


def test_of_two_beginnings_before_a_paywall_the_longer_is_taken() -> None:
    behind = page("The only ferry to the island broke down.\nSubscribe to continue reading")
    assert told(choose(entry(), behind, None, "auto")) == ("feed_summary", "paywall", CUT)
    assert told(choose(entry(summary=None), behind, None, "auto")) == ("page", "paywall", (Flag.TRUNCATED,))
    assert told(choose(entry(content=WHOLE), behind, None, "auto")) == (
        "feed_content", "paywall", (Flag.FROM_FEED_CONTENT,),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "source", "flags"),
    [
        ({"content": WHOLE}, "feed_content", (Flag.FROM_FEED_CONTENT,)),
        ({"content": BODY}, "feed_content", (Flag.FROM_FEED_CONTENT,)),
        ({"content": f"{BODY}\nContinue reading"}, "feed_content", CUT),
        ({"content": f"{WHOLE} […]"}, "feed_content", CUT),
        ({"summary": WHOLE}, "feed_summary", (Flag.FROM_FEED_CONTENT,)),
        ({"summary": WHOLE, "content": SUMMARY}, "feed_summary", (Flag.FROM_FEED_CONTENT,)),
        ({"summary": WHOLE, "content": WHOLE}, "feed_content", (Flag.FROM_FEED_CONTENT,)),
        ({"summary": None}, "feed_summary", CUT),
    ],
)
def test_what_the_feed_gives_is_the_longer_of_its_texts(
    fields: dict[str, str], source: str, flags: tuple[Flag, ...]
) -> None:
    assert told(choose(entry(**fields), None, "gone", "auto")) == (source, "page_failed:gone", flags)


@pytest.mark.parametrize(
    ("fields", "auto"),
    [
        ({}, True),
        ({"content": SUMMARY}, True),
        ({"content": BODY}, True),
        ({"content": WHOLE}, False),
        ({"content": WHOLE, "summary": None}, False),
        ({"content": WHOLE, "summary": WHOLE}, False),
        ({"content": WHOLE, "summary": "word " * 200}, False),
        ({"content": WHOLE[:1500], "summary": "word " * 240}, True),
        ({"content": f"{WHOLE}\nContinue reading"}, True),
        ({"content": f"{WHOLE}…"}, True),
        ({"content": f"{WHOLE}\nThe post Ferry appeared first on Example."}, False),
        ({"content": WHOLE.replace("\n", " ")}, True),
        ({"content": "数百人の乗客は夕方まで港に取り残され、漁船で帰宅した。\n" * 25}, False),
        ({"summary": WHOLE}, True),
    ],
)
def test_a_page_is_wanted_unless_the_feed_gives_all(fields: dict[str, str], auto: bool) -> None:  # noqa: FBT001
    given = entry(**fields)
    assert [wants_page(given, how) for how in ("auto", "always", "never")] == [auto, True, False]


@pytest.mark.parametrize("full_text", ["auto", "always", "never"])
def test_without_a_link_no_page_is_wanted(full_text: FullText) -> None:
    assert not wants_page(entry(link=None), full_text)


def test_a_text_that_the_feed_gives_whole_is_taken_without_a_page() -> None:
    choice = choose(entry(content=WHOLE), None, None, "auto")
    assert (choice.text, told(choice)) == (WHOLE, ("feed_content", "feed_full", (Flag.FROM_FEED_CONTENT,)))
