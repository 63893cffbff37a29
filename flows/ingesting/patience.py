"""How long an article waits for its page, and when that is asked for again. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta


def _hours(*hours: float) -> tuple[timedelta, ...]:
    return tuple(timedelta(hours=each) for each in hours)


OUTAGE = _hours(0.25, 0.5, 1, 2, 4, 8, 16, 24, 24)
"""Between the tries of a page whose server fails: ten in three days and a bit, so that no weekend costs an article.

By the clock, since runs come every minute for some and once a day for others.
"""
LAG = _hours(1, 3, 20)
"""Between the tries of a page that is not there: four within a day. Feeds are often ahead of a publisher's caches."""


def next_try(
    pauses: Sequence[timedelta], tries: int, now: datetime, *, retry_after: float | None = None
) -> datetime | None:
    """When to ask again for a page that could not be had; None where it is to be done without.

    Args:
        pauses: between its tries.
        tries: how many there were, this one counted.
        now: the time of this one.
        retry_after: seconds for which its server wants to be left alone.
    """
    if tries > len(pauses):
        return None
    return now + max(pauses[tries - 1], timedelta(seconds=retry_after or 0.0))
