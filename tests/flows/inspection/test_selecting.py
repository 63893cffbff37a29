from collections.abc import Callable

import pytest

from cleaners.document import Flag, Kind
from flows.inspection.selecting import Selection, sample
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


# Samples.


@pytest.fixture
def many(record_of: RecordOf) -> list[tuple[bytes, Record]]:
    return [(str(number).encode(), record_of("Rain.")) for number in range(50)]


def drawn(many: list[tuple[bytes, Record]], size: int, seed: int | None) -> list[int]:
    return [int(line) for line, _ in sample(many, size, seed)]


def test_fewer_records_than_asked_for_are_all_of_them(many: list[tuple[bytes, Record]]) -> None:
    assert drawn([], 5, 1) == []
    assert drawn(many, 51, 1) == list(range(50))


def test_without_a_size_all_come_one_by_one(many: list[tuple[bytes, Record]]) -> None:
    found = iter(many)
    assert next(sample(found, None)) == many[0]
    assert next(found) == many[1]


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
