"""The seven promises of docs/design/0001, as properties.

The texts are built from what rules look for: whole phrases and pieces of them, datelines, credits, bait, hostile
Unicode. Random characters alone never hit a rule.
"""

from collections.abc import Callable
from itertools import pairwise

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cleaners import Document, clean_all, load_model, load_phrases, restore
from cleaners import clean as clean_with
from cleaners.document import Cleaned, Flag, Kind
from cleaners.phrases.library import Library

Steps = Callable[[Callable[[], object]], int]

LIBRARY = load_phrases()
LIBRARY_AGAIN = load_phrases()
MODEL = load_model()
PHRASES = [example for phrase in LIBRARY.phrases for example in phrase.matches]
NOTICES_ANYWHERE = Library(
    [msgspec.structs.replace(p, where="anywhere") if p.action == "flag" else p for p in LIBRARY.phrases],
    LIBRARY.publishers.values(),
)
NOTICES = [
    example
    for phrase in LIBRARY.phrases
    if phrase.action == "flag" and (phrase.publisher is None or phrase.names_publisher)
    for example in phrase.matches
]
LANGUAGES = {phrase.owner for phrase in LIBRARY.phrases if not phrase.publisher}
BAIT = [text for phrase in LIBRARY.phrases for text in phrase.keeps]
DATELINES = [
    "10 March,2019 10:50 AM IST | | Agencies",
    "Published 11:11 PM EST Nov 19, 2019",
    "Updated: 15-03-2022 18:32 IST | Created: 15-03-2022 18:20 IST",
    "30 February 2019",
    "LONDON (Reuters) - Rain fell.",
    "NEW DELHI, March 10 (PTI): Rain fell. (AFP)",
    "By Jane Doe, Staff Writer",
    "(With inputs from AFP and dpa)",
    "Kim Jong Un and Donald Trump",
    "About Example Works",
    "5 hours ago | Jane Doe | 5 min read",
    "প্রকাশ: ০৪ মার্চ ২০২৪, ১৭:০৫",
    "МОСКВА, 10 мар — РИА Новости. Rain fell.",
    "Köln (dpa)",
    "By",
    "Jane Doe",
    "The ferry leaves the pier. Photo: Jane Doe/Getty Images",
    "图为渡轮停靠码头。（李雷摄）",
    "Tags: ferries, harbours",
    "Tags",
    "© 2024 Reuters. All rights reserved.",
    "Source: Example Radio",
    "(Reporting by Jane Doe; Editing by Tom Brill)",
    "[责任编辑：王小明]",
    "Farewell to a boiler nobody wanted",
]
FURNITURE = [
    "Home", "Menu", "World", "Sport", "Log in", "Latest stories", "Ferry sinks off the northern coast",
    "More from here",
    "Ten things to know about boilers today", "Trending now", "Council backs the harbour plan", "Back to top",
    "Next up",
]  # fmt: skip
PROSE = [
    "North Korea may be preparing for a launch, Kim Jong Un and Donald Trump said on Friday; Kim and Trump laughed.",
    "The county declined to pay for a new boiler that would have cost more than the whole of the boat is worth.",
    "किम ने कहा कि रेल की कारें और क्रेनें भी यार्ड में देखी जा सकती हैं, और यह बात बहुत दूर तक फैल गई है।",
    "町に一つだけ残る登り窯で十日、百年ぶりの火入れが行われた。",
]
HOSTILE = [
    "\x00", "\x1f\x7f", "\ud800", "\udfff\ud800", "\u2028", "\x85", "\u200b", "İ" * 9, "ς", "ﬁ", "e\u0301", "\ufeff",
    "\U0001f469\u200d\U0001f52c",
    "{topics}", "\\n", "\t", " " * 40, "\u3000", "'\"«»", "--", "...", "(((", ")", "|", "•",
]  # fmt: skip
ENDS = ["\n", "\n\n", "\r\n", "\r", " ", "", "\x0c", "\n   "]

pieces = st.one_of(
    st.sampled_from(PHRASES),
    st.sampled_from(PHRASES).flatmap(lambda p: st.integers(1, len(p)).map(lambda n: p[:n])),
    st.sampled_from(BAIT),
    st.sampled_from(DATELINES),
    st.sampled_from(PROSE),
    st.sampled_from(FURNITURE),
    st.sampled_from(HOSTILE),
    st.text(st.characters(), max_size=12),
)
texts = st.lists(st.tuples(pieces, st.sampled_from(ENDS)), max_size=14).map(
    lambda parts: "".join(piece + end for piece, end in parts)
)
documents = st.builds(
    Document,
    text=texts,
    publisher=st.sampled_from([None, "mid-day.com", "Mid-day", "ndtv.com", "example.org", "\ud800"]),
    language=st.sampled_from([None, "en", "de-AT", "xx"]),
    title=st.none() | pieces,
    date_published=st.none() | st.sampled_from(["2019-03-10T10:50:00Z", "10 March 2019", "x" * 300, ""]),
    strip_datelines=st.booleans(),
)
many = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def clean(document: Document, library: Library) -> Cleaned:
    """With the line model: each promise holds for all that cleaning does."""
    return clean_with(document, library, MODEL)


def is_subsequence(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(character in rest for character in part)


@many
@given(documents)
@example(Document(text=""))
@example(Document(text="\n"))
@example(Document(text="Advertisement"))
@example(Document(text="Advertisement\nAdvertisement\nRain."))
@example(Document(text="Rain.\nAdvertisement\nAdvertisement"))
@example(Document(text="Rain.\r\nAdvertisement\r\n"))
def test_1_kept_text_and_removals_rebuild_the_original(document: Document) -> None:
    cleaned = clean(document, LIBRARY)
    assert restore(cleaned.text, cleaned.removed) == document.text
    for removal in cleaned.removed:
        assert removal.end - removal.start == len(removal.text) > 0
        assert document.text[removal.start : removal.end] == removal.text
        assert removal.rule
        assert removal.reason
    assert all(first.end <= second.start for first, second in pairwise(cleaned.removed))


@many
@given(documents)
def test_2_kept_text_is_a_subsequence_of_the_original(document: Document) -> None:
    assert is_subsequence(clean(document, LIBRARY).text, document.text)


@many
@given(documents, documents)
def test_3_cleaning_is_deterministic_and_alone(document: Document, other: Document) -> None:
    first = clean(document, LIBRARY)
    clean(other, LIBRARY)
    again = Document(text=restore(first.text, first.removed), **msgspec.structs.asdict(document.given()))
    assert clean(again, LIBRARY_AGAIN) == first


@many
@given(st.lists(documents, max_size=5))
def test_3_documents_cleaned_together_come_out_as_each_alone(together: list[Document]) -> None:
    assert clean_all(together, LIBRARY, MODEL) == [clean(document, LIBRARY) for document in together]


@many
@given(st.text(st.characters(), max_size=200) | texts)
def test_4_any_string_is_cleaned_and_barred_characters_never_stay(text: str) -> None:
    cleaned = clean(Document(text=text), LIBRARY)
    assert not any(
        (character < " " and character not in "\n\t") or character == "\x7f" or "\ud800" <= character <= "\udfff"
        for character in cleaned.text
    )


def everything(cleaned: Cleaned) -> list[str]:
    return [
        cleaned.dateline or "",
        cleaned.title or "",
        cleaned.summary or "",
        *cleaned.tags,
        *cleaned.authors,
        *cleaned.captions,
        *(a.name for a in cleaned.agencies),
    ]


@many
@given(documents)
@example(Document(text="\x1f\x7f\rLONDON (Reuters) - Rain fell.\n"))
@example(Document(text="By Ann Author\x1f\x7f\n" + PROSE[0]))
def test_4b_values_read_from_the_text_hold_no_barred_character(document: Document) -> None:
    untitled = msgspec.structs.replace(document, title=None)
    for value in everything(clean(untitled, LIBRARY)):
        assert not any((c < " " and c != "\t") or c == "\x7f" or "\ud800" <= c <= "\udfff" for c in value)


@pytest.mark.parametrize(
    "piece", [*DATELINES, PROSE[0], "Advertisement", "a", "Mid-day ", "\x00a", "-A", "A. ", "(", "…"]
)
def test_5_the_work_grows_with_the_text_and_no_faster(piece: str, steps: Steps) -> None:
    """Four times the text, as one line and as many lines, takes about four times the steps."""

    def clean_both(length: int) -> None:
        clean(Document(text=piece * (length // len(piece))), LIBRARY)
        clean(Document(text=f"{piece}\n" * (length // (len(piece) + 1))), LIBRARY)

    assert steps(lambda: clean_both(16_000)) < 6 * steps(lambda: clean_both(4_000)) + 20_000


@many
@given(documents)
def test_6_nothing_becomes_empty_unflagged_and_the_budget_holds(document: Document) -> None:
    cleaned = clean(document, LIBRARY)
    assert (Flag.EMPTY in cleaned.flags) == (not cleaned.text.strip())
    common = sum(
        len(removal.text)
        for removal in cleaned.removed
        if removal.rule.partition("/")[0] in LANGUAGES and removal.action == "removed"
    )
    assert common <= len(document.text) / 2


def test_6b_a_text_of_furniture_alone_is_left_as_it_is_and_flagged() -> None:
    text = "Advertisement\nRelated Articles\nRead more\nRain."
    cleaned = clean(Document(text=text), LIBRARY)
    assert (cleaned.text, cleaned.flags) == (text, (Flag.OVER_BUDGET,))


@many
@given(st.lists(pieces, max_size=6), st.sampled_from(NOTICES), st.lists(pieces, max_size=6))
def test_7_notices_stay_in_the_text_and_are_listed(before: list[str], notice: str, after: list[str]) -> None:
    head, tail = "\n".join(before).replace("\r", "\n"), "\n".join(after).replace("\r", "\n")
    # Hard wraps would join the notice to what stands around it: a line too wide for them keeps it alone.
    wide = PROSE[0] + " " + PROSE[1]
    cleaned = clean(Document(text=f"{wide}\n{head}\n\n{notice}\n\n{tail}\n{wide}"), NOTICES_ANYWHERE)
    assert notice in cleaned.text
    assert notice in [listed.text for listed in cleaned.notices]


def test_7b_every_kind_of_notice_has_a_phrase_that_flags_it() -> None:
    flagged = {phrase.kind for phrase in LIBRARY.phrases if phrase.action == "flag"}
    assert flagged == {Kind.CORRECTION_NOTE, Kind.EDITORS_NOTE, Kind.AFFILIATE_SPONSORED_DISCLOSURE}


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["one line", "many lines", "datelines", "controls"])
def test_5b_five_megabytes_are_cleaned_and_restored(shape: str) -> None:
    piece = {
        "one line": PROSE[0] + " ",
        "many lines": PROSE[1] + "\nAdvertisement\n",
        "datelines": DATELINES[0] + "\n",
        "controls": "a\x00",
    }[shape]
    text = piece * (5_000_000 // len(piece))
    cleaned = clean(Document(text=text), LIBRARY)
    assert restore(cleaned.text, cleaned.removed) == text
