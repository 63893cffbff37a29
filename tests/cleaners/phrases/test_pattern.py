import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.folding import fold
from cleaners.phrases.pattern import parse


@pytest.mark.parametrize(
    ("phrase", "line"),
    [
        ("Read more", "READ   MORE."),
        ("Editor's note", "Editor’s note"),
        ("Read - more", "read — more"),
        ("Related: {headline}", "Related: Seven signs of a cold"),
        ("Related: {headline}", "Related: "),
        ("{name} | Getty", "Jane Doe | Getty"),
        ("All {a} news{b}, here", "All the latest news and gossip, here."),
        ("{{x}}", "{X}"),
        ("Loading...", "Loading..."),
        ("a{s:3}b{s2:3}c", "axbxxbc"),
    ],
)
def test_a_phrase_matches_but_for_case_space_quotes_dashes_and_the_final_full_stop(phrase: str, line: str) -> None:
    assert parse(phrase).match_whole(" ".join(fold(line).split()) + " " * line.endswith(" "))


@pytest.mark.parametrize(
    ("phrase", "line"),
    [
        ("Read more", "Read more books"),
        ("Read more", "Read  mores"),
        ("Related: {headline:5}", "Related: Seven signs"),
        ("{name:3} | Getty", "Jane Doe | Getty"),
        ("Loading...", "Loading"),
        ("a {s} b", "a b"),
    ],
)
def test_a_phrase_does_not_match_more_than_it_says(phrase: str, line: str) -> None:
    assert parse(phrase).match_whole(fold(line)) is None


def test_slots_are_named_in_the_match() -> None:
    line = "photo: jane doe/example"
    match = parse("Photo: {credit:60}/{agency}").match_whole(line)
    assert match is not None
    assert {name: line[slice(*span)] for name, span in match.slots.items()} == {
        "credit": "jane doe",
        "agency": "example",
    }


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("it rained. get the app now. it stopped.", "get the app now."),
        ("it rained. get the app now", "get the app now"),
        ("get the app now! it stopped.", None),
        ("they get the app now", None),
        ("get the app nowhere", None),
        ("(it rained) get the app now.", "get the app now."),
    ],
)
def test_around_a_place_a_phrase_is_found_from_sentence_to_sentence(line: str, found: str | None) -> None:
    match = parse("Get the app now").match_around(line, line.index("get the app"))
    assert (match and line[match.start : match.end]) == found


@pytest.mark.parametrize(
    ("phrase", "complaint"),
    [
        ("{a}", "needs literal text"),
        (" ... ", "needs literal text"),
        ("a {b", "brace"),
        ("a } b", "brace"),
        ("a {B} c", "brace"),
        ("a {b}{c} d", "touch"),
        ("a {b:0} c", "1 to 5000"),
        ("a {b:5001} c", "1 to 5000"),
    ],
)
def test_a_phrase_that_is_wrong_says_how(phrase: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        parse(phrase)


@given(
    st.lists(st.sampled_from(["a", "b", "ab", "ba "]), min_size=1, max_size=4), st.text("ab ", max_size=40), st.data()
)
def test_matching_agrees_with_a_regular_expression(pieces: list[str], line: str, data: st.DataObject) -> None:
    limits = [data.draw(st.integers(1, 6)) for _ in pieces[1:]]
    phrase = pieces[0] + "".join(
        f"{{s{n}:{limit}}}{piece}" for n, (limit, piece) in enumerate(zip(limits, pieces[1:], strict=True))
    )
    pattern = parse(phrase)
    expression = "".join(
        re.escape(piece) + (f".{{0,{limits[n]}}}" if n < len(limits) else "")
        for n, piece in enumerate(pattern.pieces)
    )
    assert (pattern.match_whole(line) is not None) == (re.fullmatch(rf"{expression}\.?", line) is not None)


def test_no_phrase_is_slow_on_a_line_made_to_be_slow(steps: Callable[[Callable[[], object]], int]) -> None:
    """An expression with these slots would try every way to part the line; the pieces are followed up once."""
    pattern = parse("a{s1:5000}a{s2:5000}a{s3:5000}a{s4:5000}a{s5:5000}b")

    def match(length: int) -> None:
        assert pattern.match_whole("a" * length) is None
        assert pattern.match_around("a" * length, length // 2) is None

    assert steps(lambda: match(2_000)) < 5 * steps(lambda: match(500))
