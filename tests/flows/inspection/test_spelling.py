import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.inspection.spelling import spelt_out

STEERING = [
    chr(code) for code in (0, 7, 8, 0x0D, 0x1B, 0x7F, 0x85, 0x9B, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
]


@pytest.mark.parametrize("character", STEERING, ids=ascii)
def test_what_steers_a_terminal_is_spelt_out(character: str) -> None:
    number = ord(character)
    assert spelt_out(f"a{character}b") == (f"a\\x{number:02x}b" if number < 256 else f"a\\u{number:04x}b")


@given(st.text())
def test_no_control_comes_through_but_line_feed_and_tab(text: str) -> None:
    assert {character for character in spelt_out(text) if unicodedata.category(character) == "Cc"} <= set("\n\t")


def test_a_surrogate_of_a_files_name_can_be_written() -> None:
    assert spelt_out("a\udcff.jsonl").encode() == b"a\\udcff.jsonl"


@pytest.mark.parametrize("text", ["a\tb\nc", "e\u0301", "क्‍ष", "👩‍👩‍👧", "\u200fשלום", "雨"])
def test_scripts_and_their_joiners_stay(text: str) -> None:
    assert spelt_out(text) == text
