from hypothesis import given
from hypothesis import strategies as st

from cleaners.layout import ends_sentence, read_paragraphs

WRAPPED = (
    "The tremor, of magnitude 3.9, began at 04:12 local time some\n"
    "thirty kilometres off the coast and lasted for about nine seconds.\n"
    "It was followed by two weaker ones before dawn, which few of the\n"
    "people on the islands noticed.\n"
    "A second paragraph begins behind that short line, and goes on for\n"
    "a while in the same way."
)


def test_a_line_ends_at_lf_only() -> None:
    assert [p.text for p in read_paragraphs("a\x85b\u2028c\x0cd\ne")] == ["a b c d", "e"]


def test_blank_lines_are_no_paragraphs() -> None:
    assert [(p.index, p.start, p.end) for p in read_paragraphs("\n a\n \t\n\nb\n")] == [(0, 1, 3), (1, 8, 9)]


def test_hard_wrapped_lines_are_joined_up_to_a_short_last_line() -> None:
    paragraphs = read_paragraphs(WRAPPED)
    assert [p.text.split()[0] for p in paragraphs] == ["The", "A"]
    assert paragraphs[0].text.endswith("which few of the people on the islands noticed.")


def test_an_indent_begins_a_paragraph_in_hard_wrapped_copy() -> None:
    text = WRAPPED.replace("It was", "   It was")
    assert [p.text.split()[0] for p in read_paragraphs(text)] == ["The", "It", "A"]


def test_a_list_of_headlines_is_not_hard_wrapped() -> None:
    headlines = [f"Council number {n} declines to pay for a new boiler this year" for n in range(8)]
    assert len(read_paragraphs("\n".join(headlines))) == len(headlines)


@given(st.text(st.characters(), max_size=80))
def test_offsets_lead_from_the_squeezed_text_to_the_original(text: str) -> None:
    for paragraph in read_paragraphs(text):
        assert len(paragraph.folded) == len(paragraph.text)
        assert len(paragraph.offsets) == len(paragraph.text) + 1
        for position, character in enumerate(paragraph.text):
            original = text[paragraph.offsets[position]]
            assert original == character or (character == " " and original.isspace())


def test_a_sentence_may_end_inside_quotes_and_in_any_script() -> None:
    assert all(map(ends_sentence, ['He said: "No."', "行われた。", "बताया।", "(Rain.)"]))
    assert not any(map(ends_sentence, ["Rain", "Kim and Trump", ""]))
