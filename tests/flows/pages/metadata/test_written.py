import pytest

from flows.pages.metadata.written import instant, local, written


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("2019-03-10T10:50:00+05:30", "2019-03-10T10:50:00+05:30"),
        ("2019-03-10T10:50:00.123Z", "2019-03-10T10:50:00+00:00"),
        ("2019-03-10 10:50:00 +0530", "2019-03-10T10:50:00+05:30"),
        ("2019-03-10T10:50:00+01:00[Europe/Berlin]", "2019-03-10T10:50:00+01:00"),
        ("2019-03-10UTC10:50:00+00:00", "2019-03-10T10:50:00+00:00"),
        ("Sun Mar 10 2019 10:50:00 GMT+0530 (India Standard Time)", "2019-03-10T10:50:00+05:30"),
        ("Sun, 10 Mar 2019 10:50:00 GMT", "2019-03-10T10:50:00+00:00"),
        ("1552195200", "2019-03-10T05:20:00+00:00"),
        ("1552195200123", "2019-03-10T05:20:00+00:00"),
    ],
)
def test_a_moment_is_read_in_the_forms_that_programs_write(raw: str, moment: str) -> None:
    form = written(raw)
    assert form is not None
    found = instant(form)
    assert found is not None
    assert found.isoformat() == moment


@pytest.mark.parametrize("raw", ["2019-03-10", "20190310", "10 March 2019", "March 10, 2019", "2019-03-10T10:50:00"])
def test_a_day_or_a_time_without_a_zone_is_no_moment(raw: str) -> None:
    form = written(raw)
    assert form is not None
    assert instant(form) is None


@pytest.mark.parametrize(
    "raw", ["", "soon", "2019", "2019-13-41", "12345678901234567", "1h ago", "a" * 10_000, "PT50M"]
)
def test_what_is_no_date_is_none(raw: str) -> None:
    assert written(raw) is None


def test_the_time_that_is_shown_needs_no_zone() -> None:
    assert local("2019-03-10T10:50:00+05:30") == "2019-03-10T10:50"
    assert local("2019-03-10 10:50:13") == "2019-03-10T10:50"
    assert local("2019-03-10") is None
