from datetime import UTC, datetime, timedelta

from flows.ingesting.patience import LAG, OUTAGE, next_try

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def test_tries_grow_rarer_and_end() -> None:
    assert next_try(LAG, 1, NOW) == NOW + timedelta(hours=1)
    assert next_try(LAG, 3, NOW) == NOW + timedelta(hours=20)
    assert next_try(LAG, 4, NOW) is None
    assert next_try((), 1, NOW) is None


def test_a_failing_server_has_more_than_three_days_and_a_missing_page_one() -> None:
    assert sum(OUTAGE, timedelta()) > timedelta(days=3)
    assert sum(LAG, timedelta()) == timedelta(days=1)


def test_a_server_is_left_alone_as_long_as_it_wants() -> None:
    assert next_try(OUTAGE, 1, NOW, retry_after=7200.0) == NOW + timedelta(hours=2)
    assert next_try(OUTAGE, 9, NOW, retry_after=60.0) == NOW + timedelta(days=1)
