"""What is searched for before lines are read as credits: no credit may be without it."""

import pytest

from cleaners.fields import credits as picture_credits
from cleaners.fields.credit_hints import PICTURE_HINTS, hinted
from cleaners.fields.credits import begins_as_caption, ends_with_credit, is_credit
from cleaners.fields.picture_houses import ENDINGS
from cleaners.fields.picture_signatures import is_signed_caption
from cleaners.folding import fold
from cleaners.layout import read_paragraphs

CREDITS = [
    "Photo: Jane Doe",
    "Map: Reuters",
    "Infographic : Reuters",
    "courtesy of the county museum",
    "© Jane Doe",
    "(c) jane doe",
    "The ferry at the pier (Getty)",
    "The ferry at the pier [handout]",
    "The ferry at the pier (REX/Jane Doe)",
    "The ferry at the pier. Doe/AFP",
    "The ferry, seen from the pier | Epa",
    "The ferry at the pier via Splash",
    "The ferry at the pier. Shutterstock",
    "The ferry at the pier. File photo",
    "The ferry at the pier. Jane Doe (Reuters)",
    "AFP/Jane Doe",
    "渡轮停靠在码头。张三摄",
    "Caption: The ferry at the pier",
    "Légende : Le bac au quai",
    "(File 12/3) The ferry at the pier",
    "写真は桟橋の渡し船",
]


@pytest.mark.parametrize("line", CREDITS)
def test_a_credit_is_found_among_prose(line: str) -> None:
    folded = fold(line)
    assert (
        is_credit(line, folded)
        or ends_with_credit(line, folded)
        or is_signed_caption(line)
        or begins_as_caption(folded)
    )
    paragraphs = read_paragraphs(f"The ferry stops.\n{line}\nIt rained \ud800.")
    assert [paragraph.text for paragraph in hinted(paragraphs)] == [line]


def test_every_word_for_a_picture_has_its_hint() -> None:
    words = picture_credits._PICTURE.removeprefix("(?:").removesuffix(")").split("|")  # noqa: SLF001
    assert [word for word in words if not any(hint in word for hint in PICTURE_HINTS)] == []


@pytest.mark.parametrize("house", ENDINGS)
@pytest.mark.parametrize("form", ["The pier / {}", "The pier via {}", "The pier ({})", "The pier | {}"])
def test_every_house_is_found_where_it_is_a_credit(house: str, form: str) -> None:
    line = form.format(house)
    assert [paragraph.text for paragraph in hinted(read_paragraphs(f"It rained.\n{line}"))] == [line]


def test_prose_is_passed_over() -> None:
    """`epa` within a word, a colon, a bracket: not worth a look."""
    text = "The ferry stops, she said: no more.\nDepartment heads (and others) met on Friday.\nIt rained."
    assert hinted(read_paragraphs(text)) == []
