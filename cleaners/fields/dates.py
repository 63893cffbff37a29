"""Dates and times of day as publishers write them, read exactly or not at all."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from functools import lru_cache

import msgspec

from cleaners.document import DatePrecision, Moment
from cleaners.fields import date_hints
from cleaners.fields.calendar_words import (
    ABROAD,
    AGO,
    FILLER,
    MODIFIED,
    MONTHS,
    PUBLISHED,
    TODAY,
    WEEKDAY,
    words_of,
)
from cleaners.fields.date_forms import (
    CJK,
    CLOCK,
    DAY_FIRST,
    DOTTED_CLOCK,
    LINK,
    MONTH_FIRST,
    NUMBERS,
    OTHER_CALENDAR,
    SHORT_NUMBERS,
    SHORT_YEAR,
    VIETNAMESE,
    YEAR_FIRST,
    YEARLESS,
)
from cleaners.fields.date_hints import Hint
from cleaners.fields.zones import with_zone

LONGEST_LINE = 240
"""Longer lines are never scanned: no dateline is so long, and the scan stays cheap."""

_MONTHS_A_YEAR = 12
_HALF_DAY = 12
_NUMBERED = re.compile(r"\d[./-]\s?\d{1,2}[./-]\s?\d")
_AFTER_NOON = {"下午", "午後", "오후"}
_CENTURY = 2000
_LEAP_YEAR = 2024

# Words by which a line shows that its numbers are not American: a label, a weekday, a zone that is used elsewhere.
_ABROAD = re.compile(
    rf"(?<!\w)(?:{ABROAD}|(?-i:WIB|WITA|WIT|CES?T|MES?Z|EES?T|MSK|GMT\s?[+]\s?\d{{1,2}}))(?!\w)|\d\s?h\s?\d{{2}}\b",
    re.IGNORECASE,
)


Parts = dict[str, object]
Reader = Callable[[re.Match[str], str | None], Parts | None]


class WrittenMoment(msgspec.Struct, frozen=True):
    """A date, a time of day, or both, as one stretch of a line says them.

    Attributes:
        label: `published` or `modified` where a word before it says so.
        unsure: the day cannot be told: 03/04/2022 without a country.
        relative: told from the time of reading: `5 hours ago`, `today, 10:50`.
    """

    label: str | None = None
    day: date | None = None
    clock: time | None = None
    zone: str | None = None
    seconds: bool = False
    unsure: bool = False
    relative: bool = False


class Scan(msgspec.Struct, frozen=True):
    """A line taken apart: its moments, and the stretches of it that are nothing of the kind."""

    moments: tuple[WrittenMoment, ...]
    rest: tuple[str, ...]


# Several steps ask about one line, one after another, and the next article may have the same.
@lru_cache(maxsize=512)
def scan(line: str, country: str | None) -> Scan:
    """The dates and times of a line, and what else stands in it.

    Args:
        line: one line of at most `LONGEST_LINE` characters; a longer one is all rest.
        country: ISO 3166 code of the publisher's country; decides 03/04/2022.
    """
    if len(line) > LONGEST_LINE:
        return Scan((), (line,))
    tokens: list[tuple[int, int, Parts]] = []
    unread, words = line, words_of(line)
    if country is None and _NUMBERED.search(line) and _ABROAD.search(line):
        country = ""
    for hint, pattern, reader, beside in _READERS:
        if beside and not tokens:
            break
        if not hint(unread, words):
            continue
        for match in pattern.finditer(unread):
            parts = _parts(reader, match, country)
            if parts is not None:
                tokens.append((match.start(), match.end(), parts))
                unread = unread[: match.start()] + "\0" * len(match[0]) + unread[match.end() :]
                words = words_of(unread)
    moments: list[WrittenMoment] = []
    for _, _, parts in sorted(tokens, key=lambda token: token[:2]):
        _add(moments, parts)
    # The T of 2019-03-10T10:50 parts two tokens, and is neither.
    rest = tuple(piece for piece in unread.split("\0") if piece.strip() and piece != "T")
    return Scan(tuple(moments), rest)


def resolve(moment: WrittenMoment, country: str | None, raw: str) -> Moment | None:
    """The moment as a record has it: with its time only where its zone is known; None without a sure day."""
    if moment.day is None or moment.unsure:
        return None
    if moment.clock is not None and moment.zone is not None:
        exact = with_zone(datetime.combine(moment.day, moment.clock), moment.zone, country)
        if exact is not None:
            precision: DatePrecision = "second" if moment.seconds else "minute"
            return Moment(value=exact.isoformat(), precision=precision, raw=raw)
    return Moment(value=moment.day.isoformat(), precision="day", raw=raw)


def dates_of(scanned: Scan, country: str | None, raw: str) -> Iterable[tuple[str, Moment]]:
    """The sure moments of a line as fields: one that is labelled as a change is the change's."""
    for moment in scanned.moments:
        read = resolve(moment, country, raw)
        if read is not None:
            yield ("date_modified" if moment.label == "modified" else "date_published"), read


def read_date(raw: str, country: str | None) -> Moment:
    """A date that a source gave: RFC 3339, RFC 5322, ISO 8601 or as people write it.

    What cannot be read for sure keeps its raw text and has neither value nor precision.
    """
    scanned = scan(raw.strip(), country)
    if len(scanned.moments) == 1 and not any(re.search(r"\w", piece) for piece in scanned.rest):
        moment = resolve(scanned.moments[0], country, raw)
        if moment is not None:
            return moment
    return Moment(value=None, precision=None, raw=raw)


def _parts(reader: Reader, match: re.Match[str], country: str | None) -> Parts | None:
    """What a token says; None where it is no date after all: 30 February, 25:00, a word for a month."""
    try:
        return reader(match, country)
    except (KeyError, ValueError):
        return None


def _add(moments: list[WrittenMoment], parts: Parts) -> None:
    """Put what a token says to the moment it belongs to: a label, or a second day or time, begins the next."""
    if not parts:
        return
    known = {name for name in ("day", "clock") if moments and getattr(moments[-1], name) is not None}
    if not moments or "label" in parts or known & parts.keys():
        moments.append(WrittenMoment())
    moments[-1] = msgspec.structs.replace(moments[-1], **parts)


def _calendar_day(match: re.Match[str], _country: str | None) -> Parts:
    parts = match.groupdict()
    month = MONTHS[parts["name"].lower()] if "name" in parts else int(parts["month"])
    return {"day": date(int(parts["year"]), month, int(parts["day"]))}


def _numeric_day(match: re.Match[str], country: str | None) -> Parts:
    """03/04/2022 is March in the United States, April elsewhere, and unsure where the country is not known."""
    return _numbered(int(match["first"]), int(match["second"]), int(match["year"]), match["mark"], country)


def _numbered(first: int, second: int, year: int, mark: str, country: str | None) -> Parts:
    if second > _MONTHS_A_YEAR:
        return {"day": date(year, first, second)}
    if first > _MONTHS_A_YEAR or mark.startswith(".") or country not in {None, "US"}:
        return {"day": date(year, second, first)}
    return {"day": date(year, first, second), "unsure": country is None and first != second}


def _time_of_day(match: re.Match[str], _country: str | None) -> Parts | None:
    """A bare number is no time, nor is 10.50 without `am`, `pm` or `Uhr`."""
    hour, minute, half = int(match["hour"]), match["minute"], match["half"]
    marked = half or match["uhr"] or match["kl"] or match["zone"]
    if not marked and (minute is None or match.string[match.end("hour")] == "."):
        return None
    if (half or match["noon"]) and 1 <= hour <= _HALF_DAY:
        late = half in {"p", "P"} if half else match["noon"] in _AFTER_NOON
        hour = hour % _HALF_DAY + (_HALF_DAY if late else 0)
    clock = time(hour, int(minute or 0), int(match["second"] or 0))
    return {"clock": clock, "zone": match["zone"], "seconds": match["second"] is not None}


def _dotted_time(match: re.Match[str], _country: str | None) -> Parts:
    return {"clock": time(int(match["hour"]), int(match["minute"])), "zone": match["zone"]}


def _short_day(match: re.Match[str], country: str | None) -> Parts:
    """A day whose year has two digits: of this century."""
    year = _CENTURY + int(match["year"])
    if "name" in match.re.groupindex:
        return {"day": date(year, MONTHS[match["name"].lower()], int(match["day"]))}
    return _numbered(int(match["first"]), int(match["second"]), year, match["mark"], country)


def _yearless(match: re.Match[str], _country: str | None) -> Parts:
    """`Nov 19, 6:51 AM`: a timestamp whose year only the time of reading tells."""
    name, day = match["name"] or match["name_first"], match["day"] or match["day_last"]
    date(_LEAP_YEAR, MONTHS[name.lower()], int(day))
    return {"relative": True}


def _nothing(_match: re.Match[str], _country: str | None) -> Parts:
    """Part of a timestamp that tells nothing more: a weekday, the day by another calendar."""
    return {}


def _relative(_match: re.Match[str], _country: str | None) -> Parts:
    return {"relative": True}


def _label(name: str) -> Reader:
    return lambda _match, _country: {"label": name}


# What only stands beside a date or time comes last, and is looked for only where there is one.
_READERS: tuple[tuple[Hint, re.Pattern[str], Reader, bool], ...] = tuple(
    (hint, re.compile(pattern, re.IGNORECASE), reader, beside)
    for hint, pattern, reader, beside in (
        (date_hints.has_marked_year, YEAR_FIRST, _calendar_day, False),
        (date_hints.has_cjk_day, CJK, _calendar_day, False),
        (date_hints.has_vietnamese_month, VIETNAMESE, _calendar_day, False),
        (date_hints.has_month_and_year, DAY_FIRST, _calendar_day, False),
        (date_hints.has_month_and_year, MONTH_FIRST, _calendar_day, False),
        (date_hints.has_marked_year, NUMBERS, _numeric_day, False),
        (date_hints.has_ago, AGO, _relative, False),
        (date_hints.has_clock, CLOCK, _time_of_day, False),
        (date_hints.has_year, OTHER_CALENDAR, _nothing, True),
        (date_hints.has_point, DOTTED_CLOCK, _dotted_time, True),
        (date_hints.has_marks, SHORT_NUMBERS, _short_day, True),
        (date_hints.has_month, SHORT_YEAR, _short_day, True),
        (date_hints.has_month, YEARLESS, _yearless, True),
        (date_hints.has_today, TODAY, _relative, True),
        (
            date_hints.has_published,
            rf"(?<!\w)(?:(?:first|originally)\s)?{PUBLISHED}(?:\sdate)?{LINK}",
            _label("published"),
            True,
        ),
        (date_hints.has_modified, rf"(?<!\w)(?:last\s)?{MODIFIED}{LINK}", _label("modified"), True),
        (date_hints.has_weekday, WEEKDAY, _nothing, True),
        (date_hints.has_filler, FILLER, _nothing, True),
    )
)
