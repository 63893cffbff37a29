from collections.abc import Callable

import msgspec
import pytest

from cleaners.document import Flag, Kind, Removal
from flows.inspection.selecting import Selection, is_unsure, sample
from flows.record import Record

RecordOf = Callable[..., Record]

PROSE = (
    "The old canal bridge was closed on Monday, and the council said that it would stay shut for repairs until the "
    "spring ends."
)


@pytest.fixture
def advert(record_of: RecordOf) -> Record:
    """A byline of `field:byline` and an advertising mark of `en/advertisement`."""
    return record_of(f"By Ann Author\n{PROSE}\nAdvertisement", id="urn:1", publisher="example.org")


@pytest.mark.parametrize(
    "selection",
    [
        Selection(ids=("urn:2",)),
        Selection(kinds=(Kind.CAPTION,)),
        Selection(rules=("en/",), kinds=(Kind.BYLINE,)),
        Selection(rules=("en",)),
        Selection(rules=("en/advert",)),
        Selection(rules=("advertisement",)),
        Selection(publishers=("example",)),
        Selection(flags=(Flag.EMPTY,)),
        Selection(unsure=True),
        Selection(ids=("urn:1",), flags=(Flag.EMPTY,)),
    ],
    ids=repr,
)
def test_a_record_that_misses_one_filter_is_not_wanted(advert: Record, selection: Selection) -> None:
    assert not selection.wants(advert)


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(ids=("urn:2", "urn:1")),
        Selection(kinds=(Kind.CAPTION, Kind.AD_MARKER)),
        Selection(rules=("en/advertisement",)),
        Selection(rules=("en/",)),
        Selection(rules=("field:",)),
        Selection(rules=("de/", "field:byline")),
        Selection(publishers=("EXAMPLE.org",)),
        Selection(ids=("urn:1",), kinds=(Kind.BYLINE,), rules=("field:",), publishers=("example.org",)),
    ],
    ids=repr,
)
def test_a_record_that_has_something_of_every_filter_is_wanted(advert: Record, selection: Selection) -> None:
    assert selection.wants(advert)


def test_a_record_without_publisher_is_of_none(record_of: RecordOf) -> None:
    assert not Selection(publishers=("none", "")).wants(record_of("Rain."))


def test_notices_count_as_removals_do(record_of: RecordOf) -> None:
    record = record_of(f"{PROSE}\nCorrection: An earlier version gave the wrong year.")
    assert not record.removed
    assert Selection(kinds=(Kind.CORRECTION_NOTE,)).wants(record)
    assert Selection(rules=("en/correction",)).wants(record)


def test_one_piece_has_to_be_of_the_kind_and_by_the_rule(advert: Record) -> None:
    byline, mark = advert.removed
    selection = Selection(kinds=(Kind.BYLINE,), rules=("field:",))
    assert (selection.means(byline), selection.means(mark)) == (True, False)
    assert Selection(ids=("urn:1",)).means(mark)


# Records that a person should look at.


def removal(text: str, **fields: object) -> Removal:
    known = {"start": 0, "end": len(text), "text": text, "kind": Kind.AD_MARKER, "action": "removed", "fields": ()}
    return msgspec.convert({**known, "rule": "en/x", "reason": "", **fields}, Removal)


def with_removals(record: Record, *removals: Removal) -> Record:
    return msgspec.structs.replace(record, removed=removals)


@pytest.mark.parametrize("flag", [Flag.OVER_BUDGET, Flag.EMPTY, Flag.DECODED_WITH_ERRORS])
def test_doubtful_flags_are_unsure(record_of: RecordOf, flag: Flag) -> None:
    assert is_unsure(msgspec.structs.replace(record_of("Rain."), flags=(Flag.TRUNCATED, flag)))


@pytest.mark.parametrize(("score", "unsure"), [(0.0, True), (0.89, True), (0.9, False), (1.0, False), (None, False)])
def test_a_low_score_is_unsure(record_of: RecordOf, score: float | None, *, unsure: bool) -> None:
    record = with_removals(record_of("Rain fell all day."), removal("Rain", score=score))
    assert is_unsure(record) is unsure


@pytest.mark.parametrize(
    ("action", "length", "unsure"), [("removed", 6, True), ("removed", 5, False), ("moved", 6, False)]
)
def test_more_than_half_removed_is_unsure_but_what_was_moved_is_not_lost(
    record_of: RecordOf, action: str, length: int, *, unsure: bool
) -> None:
    record = with_removals(record_of("x" * 10), removal("x" * length, action=action))
    assert is_unsure(record) is unsure


def test_a_truncated_record_is_not_unsure_for_that(record_of: RecordOf) -> None:
    assert not is_unsure(msgspec.structs.replace(record_of("Rain."), flags=(Flag.TRUNCATED,)))


# Samples.


@pytest.fixture
def many(record_of: RecordOf) -> list[tuple[bytes, Record]]:
    return [(str(number).encode(), record_of("Rain.")) for number in range(50)]


def drawn(many: list[tuple[bytes, Record]], size: int, seed: int | None) -> list[int]:
    return [int(line) for line, _ in sample(many, size, seed)]


def test_fewer_records_than_asked_for_are_all_of_them(many: list[tuple[bytes, Record]]) -> None:
    assert drawn([], 5, 1) == []
    assert drawn(many, 51, 1) == list(range(50))


def test_a_sample_has_its_size_in_order_without_doubles(many: list[tuple[bytes, Record]]) -> None:
    for seed in range(50):
        numbers = drawn(many, 7, seed)
        assert len(set(numbers)) == 7
        assert numbers == sorted(numbers)


def test_the_same_seed_draws_the_same(many: list[tuple[bytes, Record]]) -> None:
    assert drawn(many, 7, 3) == drawn(many, 7, 3) != drawn(many, 7, 4)
    assert len({tuple(drawn(many, 7, None)) for _ in range(5)}) > 1


def test_every_record_is_drawn_about_as_often(many: list[tuple[bytes, Record]]) -> None:
    """5 of 50 in 2,000 draws: each about 200 times; 5 standard deviations are 67."""
    times = [0] * 50
    for seed in range(2000):
        for number in drawn(many, 5, seed):
            times[number] += 1
    assert min(times) > 130
    assert max(times) < 270
