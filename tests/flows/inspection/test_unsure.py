"""What a person should look at, and how it is shown."""

import io
from collections.abc import Callable

import msgspec
import pytest
from rich.cells import cell_len
from rich.console import Console

from cleaners import load_model
from cleaners.document import Flag, Kind, Removal
from cleaners.doubts import Doubt
from cleaners.phrases.library import Library
from flows.inspection.unsure import Doubter, Unsure, lines_of, print_unsure
from flows.record import Record

RecordOf = Callable[..., Record]


@pytest.fixture
def look(library: Library) -> Callable[[Record], list[Unsure]]:
    return lambda record: list(Doubter(library, load_model()).look([record]))


Look = Callable[[Record], list[Unsure]]


def replaced(record: Record, **fields: object) -> Record:
    return msgspec.structs.replace(record, **fields)


def removal(text: str, action: str) -> Removal:
    known = {"start": 0, "end": len(text), "text": text, "kind": Kind.AD_MARKER, "action": action, "fields": ()}
    return msgspec.convert({**known, "rule": "en/x", "reason": "", "score": None}, Removal)


def test_no_records_no_doubts(library: Library) -> None:
    doubter = Doubter(library, load_model())
    assert (list(doubter.look([])), doubter.outdated) == ([], 0)


def test_a_record_whose_original_does_not_come_back_is_listed_and_the_next_is_read(
    library: Library, record_of: RecordOf
) -> None:
    record = record_of("Rain fell.\nAdvertisement\nSun came.", id="urn:1")
    torn, changed = replaced(record, text=""), replaced(record, text="Rain fell.\nSun went.")
    found = list(Doubter(library, load_model()).look([torn, changed, record]))
    assert [(unsure.id, unsure.why) for unsure in found[:2]] == [("urn:1", ("its original cannot be restored",))] * 2
    assert all("its original cannot be restored" not in unsure.why for unsure in found[2:])


@pytest.mark.parametrize("flag", [Flag.OVER_BUDGET, Flag.EMPTY, Flag.DECODED_WITH_ERRORS])
def test_doubtful_flags_are_told(record_of: RecordOf, look: Look, flag: Flag) -> None:
    (unsure,) = look(replaced(record_of("It rained all day."), flags=(Flag.TRUNCATED, flag)))
    assert unsure.why == (flag,)


@pytest.mark.parametrize(
    ("action", "length", "told"), [("removed", 6, True), ("removed", 5, False), ("moved", 6, False)]
)
def test_more_than_half_removed_is_told_but_what_was_moved_is_not_lost(
    record_of: RecordOf, look: Look, action: str, length: int, *, told: bool
) -> None:
    record = replaced(record_of("x" * 10), removed=(removal("x" * length, action),), text="x" * (10 - length))
    why = [reason for unsure in look(record) for reason in unsure.why]
    assert why == (["more than half of its text removed"] if told else [])


@pytest.mark.parametrize("versions", [{"model": None}, {"model": "older"}, {"phrases": "older"}])
def test_records_of_other_versions_are_counted(
    library: Library, record_of: RecordOf, versions: dict[str, str | None]
) -> None:
    record = record_of("It rained all day.")
    other = replaced(record, cleaner=replaced(record.cleaner, **versions))  # type: ignore[type-var]
    doubter = Doubter(library, load_model())
    list(doubter.look([record, other, other]))
    assert doubter.outdated == 2


# What is shown.


def doubt(text: str = "Home", decision: str = "kept") -> Doubt:
    known = {"line": 3, "score": 0.9355, "decision": decision, "kind": "ui_junk", "text": text, "reason": "a test"}
    return msgspec.convert(known, Doubt)


def shown(
    *doubts: Doubt, identity: str = "urn:1", width: int = 80, terminal: bool = False, **fields: object
) -> list[str]:
    output = io.StringIO()
    console = Console(file=output, width=width, force_terminal=terminal, color_system=None)
    known = {"id": identity, "version": 1, "why": (), **fields}
    print_unsure(Unsure(doubts=doubts, **known), console)  # type: ignore[arg-type]
    return output.getvalue().splitlines()


def test_a_header_and_a_line_each() -> None:
    assert shown(doubt(), doubt("Sport", "removed"), why=("empty",), version=2) == [
        "urn:1 (version 2): empty; 2 lines in doubt",
        "  urn:1:3  0.935  kept     Home",
        "  urn:1:3  0.935  removed  Sport",
    ]
    assert shown(why=("empty", "over_budget")) == ["urn:1: empty; over_budget"]


@pytest.mark.parametrize("text", ["word " * 100, "橋" * 200, "橋 " * 200])
def test_a_terminal_gets_as_much_as_fits_and_a_pipe_all(text: str) -> None:
    header, line = shown(doubt(text), terminal=True)
    assert header == "urn:1: 1 line in doubt"
    assert 78 <= cell_len(line) <= 80
    assert line.endswith("…")
    assert shown(doubt(text))[1].rstrip().endswith(text.rstrip())


def test_beside_a_long_id_the_text_has_a_line_of_its_own() -> None:
    place, text = shown(doubt("word " * 100), identity="sha256:" + "0" * 64, terminal=True)[1:]
    assert place.split() == ["sha256:" + "0" * 64 + ":3", "0.935", "kept"]
    assert text.startswith("      word word")
    assert cell_len(text) <= 80


def test_nothing_steers_the_terminal() -> None:
    assert shown(doubt("a\x1b[2J \ud800[red]"), identity="urn:\n\x1b", terminal=True, width=120)[1:] == [
        r"  urn:\n\x1b:3  0.935  kept     a\x1b[2J \ud800[red]"
    ]


def test_scripts_get_an_object_for_each_reason_and_each_line() -> None:
    unsure = Unsure(id="urn:1", version=1, why=("empty",), doubts=(doubt(),))
    assert [msgspec.to_builtins(line) for line in lines_of(unsure)] == [
        {**dict.fromkeys(("line", "score", "decision", "kind", "text")), "id": "urn:1", "reason": "empty"},
        {"id": "urn:1", **msgspec.to_builtins(doubt())},
    ]
