from collections.abc import Callable

import pytest

from cleaners.fields.calendar_words import MONTHS
from cleaners.fields.dates import LONGEST_LINE, read_date, resolve, scan


@pytest.mark.parametrize(
    ("raw", "country", "value", "precision"),
    [
        ("2019-03-10T10:50:00+05:30", None, "2019-03-10T10:50:00+05:30", "second"),
        ("2019-03-10T10:50Z", None, "2019-03-10T10:50:00+00:00", "minute"),
        ("2019-03-10T10:50:00.123Z", None, "2019-03-10T10:50:00+00:00", "second"),
        ("Sun, 10 Mar 2019 10:50:00 +0530", None, "2019-03-10T10:50:00+05:30", "second"),
        ("Sun, 10 Mar 2019 10:50:00 GMT+5:30", None, "2019-03-10T10:50:00+05:30", "second"),
        ("Sun, 10 Mar 2019 10:50:00 EST", "US", "2019-03-10T10:50:00-05:00", "second"),
        ("10 March,2019 10:50 AM IST", "IN", "2019-03-10T10:50:00+05:30", "minute"),
        ("Nov. 18, 2019 7:04 pm ET", None, "2019-11-18T19:04:00-05:00", "minute"),
        ("July 18, 2019 7:04 pm ET", None, "2019-07-18T19:04:00-04:00", "minute"),
        ("11:26 pm EST, Tuesday, November 19, 2019", None, "2019-11-19T23:26:00-05:00", "minute"),
        ("15-03-2022 18:32 IST", "IN", "2022-03-15T18:32:00+05:30", "minute"),
        ("12:00 am GMT, 1 May 2020", None, "2020-05-01T00:00:00+00:00", "minute"),
        ("12:00 pm GMT, 1 May 2020", None, "2020-05-01T12:00:00+00:00", "minute"),
        ("4.3.2022, 10.50 Uhr MEZ", None, "2022-03-04T10:50:00+01:00", "minute"),
        ("2019年3月10日 10:50", "JP", "2019-03-10", "day"),
        ("4. März 2022", None, "2022-03-04", "day"),
        ("10 de marzo de 2019", None, "2019-03-10", "day"),
        ("10 mars 2019", None, "2019-03-10", "day"),
        ("26 novembre 2026 à 15h15", None, "2026-11-26", "day"),
        ("26 novembre 2026 alle 15:15", None, "2026-11-26", "day"),
        ("le 26 novembre 2026 à 15:15", "FR", "2026-11-26", "day"),
        ("le 26 novembre 2026 à 15 h 15 CET", None, "2026-11-26T15:15:00+01:00", "minute"),
        ("Publié le 26 novembre 2026 à 15h15 CET", None, "2026-11-26T15:15:00+01:00", "minute"),
    ],
)
def test_dates_are_read_as_exactly_as_they_are_written(
    raw: str, country: str | None, value: str, precision: str
) -> None:
    moment = read_date(raw, country)
    assert (moment.value, moment.precision, moment.raw) == (value, precision, raw)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("2019-03-10 10:50", "2019-03-10"),
        ("10 March 2019 10:50 AM IST", "2019-03-10"),
        ("2019-03-10T10:50 XYZ", None),
    ],
    ids=["no zone", "a zone of several meanings", "a zone that is none"],
)
def test_a_time_without_a_known_zone_is_only_a_day_or_nothing(raw: str, value: str | None) -> None:
    assert read_date(raw, None).value == value


@pytest.mark.parametrize(
    "raw",
    ["30 February 2019", "2019-13-01", "13:77 on Monday", "1552200600", "tomorrow", "", "10 March", "2019-W10-7"],
)
def test_what_is_no_date_is_not_made_into_one(raw: str) -> None:
    assert read_date(raw, "US").value is None


@pytest.mark.parametrize(
    ("country", "value"), [("US", "2022-03-04"), ("GB", "2022-04-03"), ("IN", "2022-04-03"), (None, None)]
)
def test_the_country_decides_which_number_is_the_month(country: str | None, value: str | None) -> None:
    assert read_date("03/04/2022", country).value == value


@pytest.mark.parametrize("raw", ["15/03/2022", "03/15/2022", "15.3.2022"])
def test_a_number_that_can_be_no_month_decides_by_itself(raw: str) -> None:
    assert read_date(raw, None).value == "2022-03-15"


def test_a_line_with_two_moments_keeps_them_and_their_labels_apart() -> None:
    scanned = scan("PTI | Bathinda | Updated: 15-03-2022 18:32 IST | Created: 14-03-2022 17:01 IST", "IN")
    read = [(moment.label, resolve(moment, "IN", "").value) for moment in scanned.moments]  # type: ignore[union-attr]
    assert read == [("modified", "2022-03-15T18:32:00+05:30"), ("published", "2022-03-14T17:01:00+05:30")]
    assert [piece.strip(" |") for piece in scanned.rest] == ["PTI | Bathinda", ""]


def test_a_long_line_is_not_scanned_at_all() -> None:
    line = "10 March 2019 " * 40
    assert len(line) > LONGEST_LINE
    assert scan(line, None).rest == (line,)


def test_words_that_look_like_zones_are_words() -> None:
    assert read_date("10 mars 2019 10:50 est", None).value is None


@pytest.mark.parametrize("written", ["10 {} 2019", "{} 10, 2019", "10th{} 2019"])
@pytest.mark.parametrize("change", [str, str.title])
def test_no_month_is_missed_by_the_hint_that_spares_the_search(written: str, change: Callable[[str], str]) -> None:
    missed = [
        name
        for name, month in MONTHS.items()
        if read_date(written.format(change(name)), None).value != f"2019-{month:02}-10"
    ]
    assert not [name for name in missed if name.isalpha()]
