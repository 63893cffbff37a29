"""Dates as pages write them for programs."""

import re
from datetime import UTC, datetime

from cleaners.fields.dates import read_date
from flows.feeds.dates import date_of

_LONGEST = 200
# `Fri Dec 19 2025 19:33:40 GMT+0000 (UTC)`, as JavaScript writes it.
_SCRIPTED = re.compile(
    r"(?:[A-Z][a-z]{2},? )?([A-Z][a-z]{2}) (\d{1,2}),? (\d{4}) (\d\d:\d\d(?::\d\d)?)"
    r" (?:GMT|UTC)([+-]\d{4})(?: \(.*\))?"
)
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)")
# Seconds or milliseconds since 1970, of this century.
_EPOCH = re.compile(r"(1\d{9}|2\d{9})(\d{3})?")
_NAIVE = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d)?(?:[.,]\d+)?")
# `2025-12-17UTC07:30:00+00:00`, `2025-12-17T07:30:00+00:00[Europe/Berlin]`, `..., 10:00 +0100 CET`
_ZONED = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:T|UTC| at | )(\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?) ?(Z|[+-]\d\d:?\d\d)(?:\[[\w/]+\])?"
)


def written(raw: str) -> str | None:
    """A date in a form that `cleaners` reads, as the page wrote it where that is such a form; None where it is none.

    A time without a zone keeps none: what reads it then keeps the day alone.
    """
    text = " ".join(raw[:_LONGEST].split())
    if found := _SCRIPTED.fullmatch(text):
        month, day, year, clock, zone = found.groups()
        text = f"{day} {month} {year} {clock} {zone}"
    elif found := _ZONED.fullmatch(text):
        text = "{}T{}{}".format(*found.groups())
    elif found := _DIGITS.fullmatch(text):
        text = "{}-{}-{}".format(*found.groups())
    elif found := _EPOCH.fullmatch(text):
        text = datetime.fromtimestamp(int(found[1]), UTC).isoformat()
    text = date_of(text) or ""
    return text if read_date(text, None).value is not None else None


def local(text: str) -> str | None:
    """The day and minute that a written date shows, `2019-03-10T10:50`, whatever its zone; None without a time."""
    found = _NAIVE.match(text)
    if found:
        return f"{found[1]}T{found[2]}"
    value = read_date(text, None).value
    return value[:16] if value and "T" in value else None


def instant(text: str) -> datetime | None:
    """The moment that a written date means; None where its time or zone is not known."""
    value = read_date(text, None).value
    return datetime.fromisoformat(value) if value and "T" in value else None
