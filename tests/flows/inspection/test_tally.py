from collections.abc import Callable, Iterable

import msgspec

from flows.inspection.tally import Group, Overview, Pieces, Tally
from flows.record import Record

RecordOf = Callable[..., Record]


def overview(records: Iterable[Record], reasons: Iterable[str] | None = None) -> Overview:
    tally = Tally()
    for record in records:
        tally.count(record)
    return tally.overview(reasons)


def test_nothing_counts_as_nothing() -> None:
    counted = overview([])
    assert (counted.records, counted.articles, counted.characters, counted.kept) == (0, 0, 0, 0)
    assert counted.publishers == counted.kinds == counted.rules == counted.notices == ()
    assert counted.flags == {}


def test_a_quarantine_that_is_empty_is_not_one_that_is_not_there() -> None:
    assert overview([]).quarantine is None
    assert overview([], []).quarantine == {}
    assert overview([], ["bad_row", "bad_json", "bad_json"]).quarantine == {"bad_json": 2, "bad_row": 1}


def test_versions_of_an_article_are_records_of_one(record_of: RecordOf) -> None:
    counted = overview(record_of(text, id=name) for text, name in [("Rain.", "1"), ("Snow.", "1"), ("Hail.", "2")])
    assert (counted.records, counted.articles) == (3, 2)


def test_characters_and_pieces_add_up(record_of: RecordOf) -> None:
    text = "Rain fell.\nAdvertisement\nSun came.\nAdvertisement\nIt was warm."
    counted = overview([record_of(text), record_of("Rain fell.\nAdvertisement\nSun came."), record_of("Snow.")])
    assert counted.characters - counted.kept == 3 * len("Advertisement\n")
    assert counted.kinds == (Pieces("ad_marker", pieces=3, characters=42, records=2),)
    assert counted.rules == (Pieces("en/advertisement", pieces=3, characters=42, records=2),)


def test_publishers_and_languages_come_by_records_then_by_name(record_of: RecordOf) -> None:
    given = ["b.org", "a.org", None, "c.org", "c.org"]
    counted = overview(record_of(f"Rain {n}.", publisher=name, language="en") for n, name in enumerate(given))
    assert [group.name for group in counted.publishers] == ["c.org", None, "a.org", "b.org"]
    assert counted.publishers[0] == Group("c.org", records=2, characters=14, kept=14)
    assert counted.languages == (Group("en", records=5, characters=35, kept=35),)


def test_notices_and_flags_are_counted(record_of: RecordOf) -> None:
    record = record_of("Rain fell on Friday.\nCorrection: An earlier version gave the wrong year.")
    counted = overview([record, record_of("")])
    assert [(row.name, row.pieces, row.records) for row in counted.notices] == [("correction_note", 1, 1)]
    assert counted.flags == {"empty": 1}


def test_the_same_records_in_another_order_are_the_same_overview(record_of: RecordOf) -> None:
    records = [record_of(f"Rain {n}.\nAdvertisement", publisher=f"{n % 3}.org") for n in range(9)]
    assert msgspec.json.encode(overview(records)) == msgspec.json.encode(overview(reversed(records)))
