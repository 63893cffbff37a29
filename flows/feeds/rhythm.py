"""When a feed is due. Pure: what is known of a feed, and when, in; a moment out."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from flows.feeds.feed import Hints

# A feed that has been quiet for ten hours is asked an hour later: what is missed is a tenth of what it was quiet for.
_SHARE_OF_QUIET = 0.1
_LONGEST_QUIET = timedelta(hours=6)
# `ttl` and `max-age` of a month are met, from defaults that nobody thought of.
_LONGEST_HINT = timedelta(days=1)
# The first failure costs nothing: most pass. Then the pause doubles.
_FIRST_BACKOFF = timedelta(minutes=5)
_LONGEST_BACKOFF = timedelta(days=1)
_HOURS_A_WEEK = 7 * 24
# Python refuses to read numbers of thousands of digits.
_MOST_DIGITS = 100


def due_after_answer(
    now: datetime, *, changed: datetime, hints: Hints, headers: Mapping[str, str] | None = None
) -> datetime:
    """When to ask a feed again that has just answered.

    The longest wins of: a tenth of the time for which nothing changed (six hours at most), the publisher's `ttl` or
    `sy:updatePeriod`, and its `Cache-Control: max-age` or `Expires` (a day at most). Hours and days that the
    publisher would have us skip are skipped.

    Args:
        now: with its zone.
        changed: when something new was last found in it.
        hints: what the feed says.
        headers: of the answer, names in small letters.
    """
    quiet = min((now - changed) * _SHARE_OF_QUIET, _LONGEST_QUIET)
    hinted = max(_at_most_a_day(hints.seconds or 0), _freshness(headers or {}, now))
    return _skip(now + max(quiet, min(hinted, _LONGEST_HINT)), hints)


def due_after_failure(now: datetime, *, failures: int, retry_after: float | None = None) -> datetime:
    """When to ask a feed again that has failed this many times in a row.

    Args:
        now: with its zone.
        failures: from 1.
        retry_after: seconds that its server wants to be left alone.
    """
    backoff = timedelta(0)
    if failures > 1:
        # The exponent is bounded for the sake of the multiplication alone.
        backoff = min(_FIRST_BACKOFF * 2 ** min(failures - 2, 16), _LONGEST_BACKOFF)
    return now + max(backoff, timedelta(seconds=retry_after or 0.0))


def _freshness(headers: Mapping[str, str], now: datetime) -> timedelta:
    """How long the answer stays fresh, as RFC 9111 has it."""
    directives = [part.strip().lower() for part in headers.get("cache-control", "").split(",")]
    if any(part in {"no-cache", "no-store"} for part in directives):
        return timedelta(0)
    for part in directives:
        name, _, value = part.partition("=")
        if name.strip() == "max-age" and (seconds := _whole(value.strip().strip('"'))) is not None:
            return _at_most_a_day(seconds - (_whole(headers.get("age", "")) or 0))
    try:
        expires = parsedate_to_datetime(headers.get("expires", ""))
        return max(expires.astimezone(UTC) - now, timedelta(0)) if expires.tzinfo else timedelta(0)
    # `0` and `-1`, which mean at once; and a year that no calendar has, of which some make "never".
    except (TypeError, ValueError, OverflowError):
        return timedelta(0)


def _whole(digits: str) -> int | None:
    """The number; None where there is none, or one that is no time."""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS else None


def _at_most_a_day(seconds: int) -> timedelta:
    return timedelta(seconds=min(max(seconds, 0), int(_LONGEST_HINT.total_seconds())))


def _skip(moment: datetime, hints: Hints) -> datetime:
    """The moment, or the begin of the next hour that is not to be skipped; as it is where every hour is."""
    later = moment
    for _ in range(_HOURS_A_WEEK + 1):
        in_utc = later.astimezone(UTC)
        if in_utc.hour not in hints.skip_hours and in_utc.weekday() not in hints.skip_days:
            return later
        later = in_utc.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return moment
