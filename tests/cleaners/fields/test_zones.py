from datetime import datetime, timedelta

import pytest

from cleaners.fields.zones import with_zone

NOON = datetime(2019, 3, 12, 12, 0)  # noqa: DTZ001 - a local time is what is given a zone


@pytest.mark.parametrize(
    ("zone", "country", "hours"),
    [
        ("IST", "IN", 5.5),
        ("IST", "IL", 2),
        ("IST", "IE", 1),
        ("BST", "GB", 1),
        ("BST", "BD", 6),
        ("CST", None, -6),
        ("CST", "CN", 8),
        ("EST", "US", -5),
        ("PST", "PH", 8),
        ("NPT", None, 5.75),
        ("ET", "US", -4),
        ("+0530", None, 5.5),
        ("−03:00", None, -3),
        ("GMT+5", None, 5),
        ("UTC", None, 0),
    ],
)
def test_a_zone_has_the_meaning_of_its_country(zone: str, country: str | None, hours: float) -> None:
    moment = with_zone(NOON, zone, country)
    assert moment is not None
    assert moment.utcoffset() == timedelta(hours=hours)
    assert moment.replace(tzinfo=None) == NOON


@pytest.mark.parametrize(
    ("zone", "country"),
    [("IST", None), ("IST", "DE"), ("BST", None), ("AST", None), ("EST", "AU"), ("XYZ", "US"), ("+25:00", None)],
)
def test_a_zone_of_unsure_meaning_stays_unknown(zone: str, country: str | None) -> None:
    assert with_zone(NOON, zone, country) is None
