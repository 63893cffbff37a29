"""Dates as feeds write them, in forms that are not other publishers' too."""

import re

from cleaners.fields.dates import read_date

_LONGEST = 200
# `Mon Jan  5 16:31:00 2004`, with a zone before its year at times: C's own form.
_ASCTIME = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) +(\d\d?:\d\d:\d\d)((?: +[A-Z]{1,5})?) +(\d{4})")
# `20031231T101455Z`
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d):?(\d\d):?(\d\d)(Z|[+-]\d\d:?\d\d)", re.IGNORECASE)
# Before a day that is written out: the weekday, in whatever language, says nothing more.
_WEEKDAY = re.compile(r"[^\W\d]{2,12}\.?,? +(?=\d{1,2}[ .])")
_MONTHS = {
    name: english
    for english, names in {
        "Jan": "január Ιαν января янв Jänner Januar gennaio enero janvier",
        "Feb": "február Φεβ Φεβρ февраля фев Feber febbraio febrero février",
        "Mar": "március Μάρ Μαρ Μάρτ марта мар März marzo mars",
        "Apr": "április Απρ Απρίλ апреля апр aprile abril avril",
        "May": "május Μάι Μαϊ Μαι Μάϊ Μαΐ мая май maggio mayo mai",
        "Jun": "június Ιούν Ιουν Ιον июня июн giugno junio juin",
        "Jul": "július Ιούλ Ιουλ Ιολ июля июл luglio julio juillet",
        "Aug": "augusztus Αύγ Αυγ августа авг agosto août",
        "Sep": "szeptember Σεπ Σεπτ сентября сен settembre septiembre septembre",
        "Oct": "október Οκτ октября окт ottobre octubre octobre Okt",
        "Nov": "november Νοέ Νοε Νοεμ Νοέμ ноября ноя novembre noviembre",
        "Dec": "december Δεκ декабря дек dicembre diciembre décembre Dez",
    }.items()
    for name in names.split()
}
_MONTH = re.compile(rf"(?<!\w)({'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?!\w)")
# `2004-július-13T9:15-05:00`
_HUNGARIAN = re.compile(r"(\d{4})-([^\W\d]+)-(\d{1,2})T(\d{1,2}:\d\d)([+-]\d\d:\d\d|Z)")


def date_of(raw: object) -> str | None:
    """A date as the feed wrote it where that can be read; else in RFC 3339 where it is sure; else as written."""
    if not isinstance(raw, str) or not raw.strip():
        return None
    written = " ".join(raw[:_LONGEST].split())
    if read_date(written, None).value is not None:
        return written
    other = _rewritten(written)
    moment = read_date(other, None)
    return moment.value if moment.value is not None else written


def _rewritten(written: str) -> str:
    """The same in a form that is read; anything else stays what it is."""
    if found := _ASCTIME.fullmatch(written):
        month, day, clock, zone, year = found.groups()
        return f"{day} {month} {year} {clock}{zone}"
    if found := _COMPACT.fullmatch(written):
        return "{}-{}-{}T{}:{}:{}{}".format(*found.groups()).upper()
    if (found := _HUNGARIAN.fullmatch(written)) and found[2] in _MONTHS:
        return f"{found[3]} {_MONTHS[found[2]]} {found[1]} {found[4].zfill(5)} {found[5]}"
    text = _MONTH.sub(lambda found: _MONTHS[found[1]], _WEEKDAY.sub("", written, count=1))
    text = re.sub(r"(?<=\d)z$", "Z", text)
    text = re.sub(r"\bEtc/(?=GMT$|UTC$)", "", text)
    return re.sub(r"\.\d+(?= [+-]\d{4}\b)| (?:UTC|GMT)$(?<=[+-]\d{4} ...)", "", text)
