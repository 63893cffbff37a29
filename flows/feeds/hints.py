"""When a feed's publisher would be asked again."""

import re
from collections.abc import Mapping

from flows.feeds.feed import Hints

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_PERIODS = {"hourly": _HOUR, "daily": _DAY, "weekly": 7 * _DAY, "monthly": 30 * _DAY, "yearly": 365 * _DAY}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS = 24
_LONGEST = 365 * _DAY
_SKIPPED = re.compile(r"<(skip(?:hours|days))\b[^<>]*>(.{0,3000}?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_VALUE = re.compile(r"<(?:hour|day)\b[^<>]*>\s*(\w+)\s*</", re.IGNORECASE)
_INTERVAL = re.compile(r"<intervaltime\b([^<>]*)>", re.IGNORECASE)
_PART = re.compile(r"\b(day|hour|min)\s*=\s*[\"']\s*(\d{1,6})", re.IGNORECASE)


def hints_of(head: str, feed: Mapping[str, object]) -> Hints:
    """What a feed says of its rhythm.

    Args:
        head: the feed's XML outside of its entries.
        feed: the channel's elements, as feedparser names them.
    """
    seconds = _ttl(feed.get("ttl")) or _period(feed) or _schedule(head)
    skipped: dict[str, list[str]] = {}
    for name, inside in _SKIPPED.findall(head):
        skipped[name.lower()] = _VALUE.findall(inside)
    hours = {int(value) % _HOURS for value in skipped.get("skiphours", ()) if value.isascii() and value.isdigit()
             and int(value) <= _HOURS}  # fmt: skip
    days = {_DAYS.index(value.lower()) for value in skipped.get("skipdays", ()) if value.lower() in _DAYS}
    return Hints(seconds=seconds, skip_hours=frozenset(hours), skip_days=frozenset(days))


def _ttl(value: object) -> int | None:
    """Minutes."""
    return _sane(_number(value) * _MINUTE)


def _period(feed: Mapping[str, object]) -> int | None:
    """`sy:updatePeriod` and how often in it the feed changes: once, where it does not say."""
    period = _PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower(), 0)
    return _sane(period // (_number(feed.get("sy_updatefrequency")) or 1))


def _schedule(head: str) -> int | None:
    """CDF's."""
    found = _INTERVAL.search(head)
    parts = {name.lower(): int(value) for name, value in _PART.findall(found[1])} if found else {}
    return _sane(parts.get("day", 0) * _DAY + parts.get("hour", 0) * _HOUR + parts.get("min", 0) * _MINUTE)


def _number(value: object) -> int:
    text = value.strip() if isinstance(value, str) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0  # noqa: PLR2004 - no number of minutes is longer


def _sane(seconds: int) -> int | None:
    return seconds if 0 < seconds <= _LONGEST else None
