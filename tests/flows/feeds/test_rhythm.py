from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.feeds.feed import Hints
from flows.feeds.rhythm import due_after_answer, due_after_failure

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)  # a Wednesday
HOUR = timedelta(hours=1)


def after(hints: Hints | None = None, *, quiet: timedelta = timedelta(0), **headers: str) -> timedelta:
    """How long to wait, asked at noon."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return due_after_answer(NOON, changed=NOON - quiet, hints=hints or Hints(), headers=named) - NOON


def test_a_feed_that_has_just_changed_is_due_at_once_and_a_quiet_one_after_a_tenth_of_its_quiet() -> None:
    assert after() == timedelta(0)
    assert after(quiet=10 * HOUR) == HOUR
    assert after(quiet=1000 * HOUR) == 6 * HOUR


@pytest.mark.parametrize(
    ("hints", "headers", "waits"),
    [
        (Hints(seconds=3600), {}, HOUR),
        (Hints(seconds=60), {"cache_control": "public, max-age=7200"}, 2 * HOUR),
        (Hints(seconds=10_000_000), {}, 24 * HOUR),
        (Hints(), {"cache_control": "max-age=7200", "age": "3600"}, HOUR),
        (Hints(), {"cache_control": "max-age=99999999999999999999"}, 24 * HOUR),
        (Hints(), {"cache_control": "no-cache, max-age=7200"}, timedelta(0)),
        (Hints(), {"cache_control": "max-age=soon"}, timedelta(0)),
        (Hints(), {"expires": "Wed, 25 Nov 2026 14:00:00 GMT"}, 2 * HOUR),
        (Hints(), {"expires": "Wed, 25 Nov 2026 10:00:00 GMT"}, timedelta(0)),
        (Hints(), {"expires": "0"}, timedelta(0)),
        (Hints(), {"expires": "Wed, 25 Nov 2026 14:00:00 GMT", "cache_control": "max-age=60"}, timedelta(minutes=1)),
    ],
)
def test_the_publishers_hints_are_followed_up_to_a_day(
    hints: Hints, headers: dict[str, str], waits: timedelta
) -> None:
    assert after(hints, **headers) == waits


def test_hours_and_days_to_skip_are_skipped_to_the_begin_of_the_next() -> None:
    assert after(Hints(skip_hours=frozenset({12, 13}))) == 2 * HOUR
    assert after(Hints(skip_days=frozenset({2}))) == 12 * HOUR
    assert after(Hints(skip_days=frozenset({2, 3}), skip_hours=frozenset({0}))) == 37 * HOUR


def test_a_feed_that_would_skip_every_hour_is_asked_all_the_same() -> None:
    assert after(Hints(skip_hours=frozenset(range(24)))) == timedelta(0)
    assert after(Hints(skip_days=frozenset(range(7)))) == timedelta(0)


@pytest.mark.parametrize(
    ("failures", "waits"),
    [(1, timedelta(0)), (2, timedelta(minutes=5)), (3, timedelta(minutes=10)), (12, 24 * HOUR), (10_000, 24 * HOUR)],
)
def test_failing_feeds_back_off(failures: int, waits: timedelta) -> None:
    assert due_after_failure(NOON, failures=failures) - NOON == waits


def test_a_server_that_names_a_longer_time_has_it() -> None:
    assert due_after_failure(NOON, failures=1, retry_after=90.0) - NOON == timedelta(seconds=90)
    assert due_after_failure(NOON, failures=12, retry_after=90.0) - NOON == 24 * HOUR


@given(
    seconds=st.none() | st.integers(-(10**20), 10**20),
    hours=st.frozensets(st.integers(-5, 30)),
    days=st.frozensets(st.integers(-5, 30)),
    headers=st.dictionaries(st.sampled_from(["cache-control", "expires", "age"]), st.text(max_size=40)),
    quiet=st.timedeltas(timedelta(0), timedelta(days=3650)),
)
def test_whatever_a_publisher_says_the_feed_is_due_between_now_and_nine_days(
    seconds: int | None, hours: frozenset[int], days: frozenset[int], headers: dict[str, str], quiet: timedelta
) -> None:
    hints = Hints(seconds=seconds, skip_hours=hours, skip_days=days)
    due = due_after_answer(NOON, changed=NOON - quiet, hints=hints, headers=headers)
    assert NOON <= due <= NOON + timedelta(days=9)


@pytest.mark.parametrize(
    "never",
    ["Sun, 04 Dec 292277026596 15:30:08 GMT", "Fri, 31 Dec 9999 23:59:59 -0500", "Mon, 01 Jan 0001 00:00:00 +0100"],
)
def test_a_year_that_no_calendar_has_is_no_hint(never: str) -> None:
    """It ended the run, and every run after it."""
    assert after(expires=never) == timedelta(0)
