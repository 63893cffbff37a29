"""Lines of a page that the page model is sure of: cleaning takes them out by their hints."""

import msgspec

from cleaners import Document, clean, load_model, load_phrases, restore
from cleaners.document import Cleaned, Flag, Given, Hints, Kind, LineHint

STORY = [
    f"The {word} over the old canal was closed for repairs on Monday, and the council of the town said that it would"
    " stay shut until the spring, as the work had turned out to be dearer than anyone had thought before."
    for word in ("bridge", "road", "lock")
]
TEASER = "Ferry stops in June"


def document(*lines: tuple[str, float], linked: float = 0.0) -> Document:
    hints = tuple(LineHint("p", linked, score, "links" if score >= 0.5 else "") for _, score in lines)
    text = "\n".join(line for line, _ in lines)
    return Document(text=text, title="A bridge is shut", hints=Hints(model="abc", threshold=0.5, lines=hints))


def cleaned(given: Document) -> Cleaned:
    return clean(given, load_phrases(), load_model())


def test_a_line_over_the_threshold_goes_with_rule_score_and_reason() -> None:
    given = document(*((text, 0.1) for text in STORY), (TEASER, 0.9))
    found = cleaned(given)
    assert found.text == "\n".join(STORY)
    (removal,) = found.removed
    assert (removal.rule, removal.score, removal.reason) == ("model:abc", 0.9, "links")
    assert restore(found.text, found.removed) == given.text


def test_a_line_under_it_stays() -> None:
    given = document(*((text, 0.1) for text in STORY), (TEASER, 0.49))
    assert cleaned(given).text == given.text


def test_prose_may_go_too_and_is_named_by_its_links() -> None:
    for linked, kind in ((0.9, Kind.RELATED_LINK), (0.0, Kind.UI_JUNK)):
        found = cleaned(document((STORY[0], 0.1), (STORY[1], 0.2), (STORY[2], 0.8), linked=linked))
        assert found.text == "\n".join(STORY[:2])
        assert [removal.kind for removal in found.removed] == [kind]


def test_a_text_of_which_more_than_half_would_go_is_over_the_budget() -> None:
    given = document((STORY[0], 0.1), (STORY[1], 0.9), (STORY[2], 0.9))
    found = cleaned(given)
    assert Flag.OVER_BUDGET in found.flags
    assert found.text == given.text


def test_without_a_model_hints_decide_nothing() -> None:
    given = document(*((text, 0.1) for text in STORY), (TEASER, 0.9))
    assert clean(given, load_phrases()).text == given.text


def test_more_or_fewer_hints_than_lines_do_no_harm() -> None:
    given = document(*((text, 0.1) for text in STORY))
    assert given.hints is not None
    for lines in ((), given.hints.lines[:1], given.hints.lines * 3):
        odd = msgspec.structs.replace(given, hints=msgspec.structs.replace(given.hints, lines=lines))
        assert cleaned(odd).text == given.text


def test_what_a_page_has_under_a_picture_is_a_caption_whatever_it_says() -> None:
    caption = "Jane Doe, 3 March 2026"
    given = document((STORY[0], 0.1), (caption, 0.1), (STORY[1], 0.1), (STORY[2], 0.1))
    found = cleaned(with_tag(given, 1, "figcaption"))
    assert found.text == "\n".join(STORY)
    assert found.captions == (caption,)
    assert not found.authors
    assert found.date_published is None
    (removal,) = found.removed
    assert (removal.kind, removal.action, removal.rule) == (Kind.CAPTION, "moved", "field:figcaption")
    assert restore(found.text, found.removed) == given.text


def test_in_a_long_text_what_its_page_says_is_no_less_sure() -> None:
    lines = [(f"{STORY[0]} It was day {day}.", 0.1) for day in range(60)]
    given = document(*lines[:30], (TEASER, 0.9), ("The lock, from above", 0.1), *lines[30:])
    found = cleaned(with_tag(given, 31, "figcaption"))
    assert found.text == "\n".join(text for text, _ in lines)
    assert found.captions == ("The lock, from above",)


def with_tag(given: Document, line: int, tag: str) -> Document:
    assert given.hints is not None
    lines = list(given.hints.lines)
    lines[line] = LineHint(tag, *msgspec.structs.astuple(lines[line])[1:])
    return msgspec.structs.replace(given, hints=msgspec.structs.replace(given.hints, lines=tuple(lines)))


def test_hints_survive_the_record() -> None:
    given = document((STORY[0], 0.1), (TEASER, 0.9)).given()
    assert msgspec.json.decode(msgspec.json.encode(given), type=Given) == given
