import pytest

from flows.feeds.dates import date_of


@pytest.mark.parametrize(
    "raw",
    [
        "Sun, 11 Jul 2004 12:00:00 IST",
        "Thu, 01 Jan 2004 19:48:21 GMT+5:30",
        "2003-12-31T10:14:55.123+05:30",
        "26/08/2004",
    ],
)
def test_what_is_read_anyhow_stays_as_it_was_written(raw: str) -> None:
    assert date_of(raw) == raw


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("Mon Jan  5 16:31:00 2004", "2004-01-05"),
        ("Sun Jan  4 16:29:06 PST 2004", "2004-01-04T16:29:06-08:00"),
        ("20131231T235959Z", "2013-12-31T23:59:59+00:00"),
        ("2003-12-31T10:14:55z", "2003-12-31T10:14:55+00:00"),
        ("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T12:00:00-05:00"),
        ("2004-július-13T9:15-05:00", "2004-07-13T09:15:00-05:00"),
        ("Чт, 20 ноя 2025 10:00:00 +0300", "2025-11-20T10:00:00+03:00"),
        ("Wed, 19 Aug 2009 18:28:00 Etc/GMT", "2009-08-19T18:28:00+00:00"),
        ("2010-07-05 13:11:22.0 +0000 UTC", "2010-07-05T13:11:22+00:00"),
    ],
)
def test_other_forms_that_are_sure_are_written_anew(raw: str, read: str) -> None:
    assert date_of(raw) == read


@pytest.mark.parametrize(
    "raw",
    [
        "2004-13-05T10:00:00Z",
        "Mon, 30 Feb 2004 10:00:00 GMT",
        "20040230T101455Z",
        "2003-W10-2",
        "2003335",
        "1072000000",
        "03/04/2022",
        "yesterday",
        "2004-nagyhó-13T9:15-05:00",
    ],
)
def test_what_is_no_sure_day_stays_raw(raw: str) -> None:
    assert date_of(raw) == raw


def test_nothing_is_no_date() -> None:
    assert [date_of(raw) for raw in (None, "", "  ", 3)] == [None, None, None, None]
