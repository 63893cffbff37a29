import io
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from cleaners.errors import RestoreError
from flows.inspection.show import marked, print_record
from flows.record import Record

RecordOf = Callable[..., Record]

PROSE = (
    "The old canal bridge was closed on Monday, and the council said that it would stay shut for repairs until the "
    "spring ends."
)


def shown(record: Record, *, colour: bool = False, width: int = 200) -> str:
    output = io.StringIO()
    console = Console(file=output, width=width, force_terminal=colour, color_system="truecolor" if colour else None)
    print_record(record, console)
    return output.getvalue()


def test_a_record_whose_removals_contradict_its_text_is_refused(record_of: RecordOf) -> None:
    record = record_of("Rain fell.\nAdvertisement\nSun came.")
    torn = msgspec.structs.replace(record, text="")
    with pytest.raises(RestoreError):
        shown(torn)


def test_what_was_removed_stands_in_brackets_with_its_reason(record_of: RecordOf) -> None:
    output = shown(record_of("Rain fell.\nAdvertisement\nSun came.", id="urn:example:1"))
    assert "Rain fell.\n[-Advertisement-]\nSun came." in output
    (why,) = [line for line in output.splitlines() if "en/advertisement" in line]
    assert why.split()[:4] == ["11–25", "removed", "ad_marker", "en/advertisement"]
    assert "urn:example:1" in output


def test_what_was_moved_names_the_fields_it_went_to(record_of: RecordOf) -> None:
    output = shown(record_of(f"By Ann Author\n{PROSE}"))
    assert "[-By Ann Author-]" in output
    assert "moved → authors" in output


def test_with_colour_removals_are_struck_through_without_brackets(record_of: RecordOf) -> None:
    output = shown(record_of("Rain fell.\nAdvertisement\nSun came."), colour=True)
    assert "[-" not in output
    assert "\x1b[9;31mAdvertisement" in output


def test_without_removals_there_is_no_table_of_reasons(record_of: RecordOf) -> None:
    output = shown(record_of("Rain fell."))
    assert "Rain fell." in output
    assert "reason" not in output


def test_control_characters_are_spelt_out(record_of: RecordOf) -> None:
    assert marked(record_of("a\x07\x1bb"), brackets=True).plain == r"a[-\x07\x1b-]b"


def test_nothing_of_a_record_steers_the_terminal(record_of: RecordOf) -> None:
    bait = "\x1b[2J\x1b]0;title\x07 \x9b31m \u202ereversed\u2066"
    record = record_of(f"Rain {bait} fell.\nAdvertisement", id=bait, title=bait, authors=(bait,), publisher=bait)
    record = msgspec.structs.replace(
        record, removed=tuple(msgspec.structs.replace(removal, rule=bait, reason=bait) for removal in record.removed)
    )
    for width in (60, 400):
        output = shown(record, width=width)
        assert set("\x1b\x07\x9b\u202e\u2066").isdisjoint(output)
        assert r"Rain [-\x1b-][2J" in output


def test_with_colour_no_escape_sequence_of_a_record_is_among_ours(record_of: RecordOf) -> None:
    output = shown(record_of("Rain \x1b[2J fell.", title="\x1b[2J"), colour=True)
    assert "\x1b[2J" not in output
    assert r"\x1b[2J" in output


@pytest.mark.parametrize("width", [40, 60, 100])
def test_a_narrow_terminal_cuts_no_word_off(record_of: RecordOf, width: int) -> None:
    record = record_of(f"By Ann Author\n{PROSE}\nAdvertisement", id="urn:example:" + "1234567890" * 10)
    output = shown(record, width=width)
    assert "…" not in output
    assert "urn:example:" + "1234567890" * 10 in "".join(output.split())
    assert max(map(cell_len, output.splitlines())) <= width


def test_wide_characters_stay_in_their_column(record_of: RecordOf) -> None:
    output = shown(record_of("Rain.", title="雨" * 30, publisher="e\u0301" * 30), width=60)
    assert max(map(cell_len, output.splitlines())) <= 60
    assert output.count("雨") == 30


def test_what_is_not_stressed_is_dim(record_of: RecordOf) -> None:
    record = record_of(f"By Ann Author\n{PROSE}\nAdvertisement")
    text = marked(record, brackets=False, stressed=lambda removal: removal.kind == "byline")
    assert [str(span.style) for span in text.spans] == ["yellow strike", "dim strike"]


def test_a_terminal_that_wants_no_colour_gets_brackets(record_of: RecordOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "[-Advertisement-]" in shown(record_of("Rain fell.\nAdvertisement\nSun came."), colour=True)


def test_square_brackets_of_the_text_are_no_markup(record_of: RecordOf) -> None:
    assert "[bold]Rain[/nothing] fell." in shown(record_of("[bold]Rain[/nothing] fell.", title="[/x]"))


def test_a_removed_break_before_the_end_keeps_its_line(record_of: RecordOf) -> None:
    assert marked(record_of("Rain fell and fell.\nAdvertisement"), brackets=True).plain == (
        "Rain fell and fell.\n[-Advertisement-]"
    )


@given(st.lists(st.sampled_from(["Advertisement", PROSE, "", "By Ann Author", "Rain."]), max_size=6))
def test_struck_through_text_is_the_original(record_of: RecordOf, lines: list[str]) -> None:
    text = "\n".join(lines)
    assert marked(record_of(text), brackets=False).plain == text
