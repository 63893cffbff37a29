"""Dates and times of day as publishers write them, read exactly or not at all."""

import re
from collections.abc import Callable
from datetime import date, datetime, time

import msgspec

from cleaners.document import DatePrecision, Moment
from cleaners.fields.zones import ZONE, with_zone

LONGEST_LINE = 240
"""Longer lines are never scanned: no dateline is so long, and the scan stays cheap."""

_MONTHS_A_YEAR = 12
_HALF_DAY = 12

_MONTH_NAMES = (
    "january jan januar janvier enero ene janeiro gennaio januari",
    "february feb februar février fevrier fév febrero fevereiro fev febbraio februari",
    "march mar märz maerz mrz mars marzo março marco maart",
    "april apr avril abril abr aprile",
    "may mai mayo maio maggio mei",
    "june jun juni juin junio junho giugno",
    "july jul juli juillet julio julho luglio",
    "august aug août aout agosto ago augustus",
    "september sept sep septembre septiembre setiembre setembro set settembre",
    "october oct oktober okt octobre octubre outubro out ottobre",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre diciembre dic dezembro dicembre",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WEEKDAY = (
    "mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi "
    "dimanche lunes martes miércoles jueves viernes sábado domingo"
).replace(" ", "|")
_PUBLISHED = (
    "published posted created issued publish veröffentlicht erstellt publié publicado pubblicato gepubliceerd"
).replace(" ", "|")
_MODIFIED = "updated modified edited aktualisiert actualizado atualizado aggiornato bijgewerkt".replace(" ", "|")

_LINK = r"(?:\s(?:on|at|am|le|el|em|il)\b)?\s?:?"
_ORDINAL = r"(?:st|nd|rd|th|\.)?"

_YEAR_FIRST = r"\b(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?=\b|T)"
_CJK = r"(?P<year>\d{4})年\s?(?P<month>\d{1,2})月\s?(?P<day>\d{1,2})日"
_DAY_FIRST = (
    rf"\b(?P<day>\d{{1,2}}){_ORDINAL}[\s-]?(?:(?:de|of)\s)?(?P<name>{_MONTH})\b\.?,?"
    r"[\s-]?(?:de\s)?(?P<year>\d{4})\b"
)
_MONTH_FIRST = rf"\b(?P<name>{_MONTH})\b\.?\s?(?P<day>\d{{1,2}}){_ORDINAL},?\s(?P<year>\d{{4}})\b"
_NUMBERS = r"\b(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})\b"
_CLOCK = (
    r"(?:\b|(?<=T))(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d{1,9})?)?)?(?!\d)"
    rf"(?:\s?(?P<half>[ap])\.?m\b\.?)?(?P<uhr>\sUhr\b)?(?:\s?(?P<zone>{ZONE}))?"
)


Parts = dict[str, object]
Reader = Callable[[re.Match[str], str | None], Parts | None]


class WrittenMoment(msgspec.Struct, frozen=True):
    """A date, a time of day, or both, as one stretch of a line says them.

    Attributes:
        label: `published` or `modified` where a word before it says so.
        unsure: the day cannot be told: 03/04/2022 without a country.
    """

    label: str | None = None
    day: date | None = None
    clock: time | None = None
    zone: str | None = None
    seconds: bool = False
    unsure: bool = False


class Scan(msgspec.Struct, frozen=True):
    """A line taken apart: its moments, and the stretches of it that are nothing of the kind."""

    moments: tuple[WrittenMoment, ...]
    rest: tuple[str, ...]


def scan(line: str, country: str | None) -> Scan:
    """The dates and times of a line, and what else stands in it.

    Args:
        line: one line of at most `LONGEST_LINE` characters; a longer one is all rest.
        country: ISO 3166 code of the publisher's country; decides 03/04/2022.
    """
    if len(line) > LONGEST_LINE:
        return Scan((), (line,))
    tokens: list[tuple[int, int, Parts]] = []
    unread = line
    for pattern, reader in _READERS:
        for match in pattern.finditer(unread):
            parts = _parts(reader, match, country)
            if parts is not None:
                tokens.append((match.start(), match.end(), parts))
                unread = unread[: match.start()] + "\0" * len(match[0]) + unread[match.end() :]
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
    """What a token says; None where it is no date after all: 30 February, 25:00."""
    try:
        return reader(match, country)
    except ValueError:
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
    month = _MONTHS[parts["name"].lower()] if "name" in parts else int(parts["month"])
    return {"day": date(int(parts["year"]), month, int(parts["day"]))}


def _numeric_day(match: re.Match[str], country: str | None) -> Parts:
    """03/04/2022 is March in the United States, April elsewhere, and unsure where the country is not known."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if second > _MONTHS_A_YEAR:
        return {"day": date(year, first, second)}
    if first > _MONTHS_A_YEAR or match["mark"] == "." or (country and country != "US"):
        return {"day": date(year, second, first)}
    return {"day": date(year, first, second), "unsure": country is None and first != second}


def _time_of_day(match: re.Match[str], _country: str | None) -> Parts | None:
    """A bare number is no time, nor is 10.50 without `am`, `pm` or `Uhr`."""
    hour, minute, half = int(match["hour"]), match["minute"], match["half"]
    marked = half or match["uhr"]
    if not marked and (minute is None or match[0][len(match["hour"])] == "."):
        return None
    if half:
        if not 1 <= hour <= _HALF_DAY:
            return None
        hour = hour % _HALF_DAY + (_HALF_DAY if half in "pP" else 0)
    clock = time(hour, int(minute or 0), int(match["second"] or 0))
    return {"clock": clock, "zone": match["zone"], "seconds": match["second"] is not None}


def _label(name: str) -> Reader:
    return lambda _match, _country: {"label": name}


_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reader)
    for pattern, reader in (
        (_YEAR_FIRST, _calendar_day),
        (_CJK, _calendar_day),
        (_DAY_FIRST, _calendar_day),
        (_MONTH_FIRST, _calendar_day),
        (_NUMBERS, _numeric_day),
        (_CLOCK, _time_of_day),
        (rf"\b(?:(?:first|originally)\s)?(?:{_PUBLISHED})(?:\sdate)?{_LINK}", _label("published")),
        (rf"\b(?:last\s)?(?:{_MODIFIED}){_LINK}|\bmis\sà\sjour{_LINK}", _label("modified")),
        (rf"\b(?:{_WEEKDAY})\b\.?", lambda _match, _country: {}),
    )
)
