from collections.abc import Mapping

import pytest

from flows.feeds.feed import Hints
from flows.feeds.hints import hints_of


@pytest.mark.parametrize(
    ("feed", "seconds"),
    [
        ({"ttl": "60"}, 3600),
        ({"ttl": " 5\n"}, 300),
        ({"ttl": "0"}, None),
        ({"ttl": "-5"}, None),
        ({"ttl": "an hour"}, None),
        ({"ttl": "9" * 5000}, None),
        ({"ttl": "٦٠"}, None),
        ({"ttl": {"x": "y"}}, None),
        ({"sy_updateperiod": "Daily"}, 86_400),
        ({"sy_updateperiod": "hourly", "sy_updatefrequency": "4"}, 900),
        ({"sy_updateperiod": "hourly", "sy_updatefrequency": "0"}, 3600),
        ({"sy_updateperiod": "sometimes"}, None),
        ({"ttl": "60", "sy_updateperiod": "daily"}, 3600),
    ],
)
def test_how_often_a_feed_changes(feed: Mapping[str, object], seconds: int | None) -> None:
    assert hints_of("", feed) == Hints(seconds=seconds)


def test_hours_and_days_that_are_skipped() -> None:
    hours = "<skipHours><hour>24</hour><hour> 5 </hour><hour>x</hour><hour>25</hour></skipHours>"
    head = hours + "<skipDays><day>MONDAY</day></skipDays>"
    assert hints_of(head, {}) == Hints(skip_hours=frozenset({0, 5}), skip_days=frozenset({0}))


def test_the_schedule_of_cdf() -> None:
    assert hints_of('<SCHEDULE><INTERVALTIME HOUR="2" MIN="30"/></SCHEDULE>', {}) == Hints(seconds=9000)
