"""Time zones as news copy writes them, and what they mean where.

North American abbreviations are those of RFC 5322, section 4.3, unless the publisher's country uses them otherwise.
An abbreviation with several meanings and no country to choose by stays unknown.
"""

import re
from datetime import datetime, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

_ANYWHERE = ""

# Minutes east of UTC, by country where one abbreviation has several meanings; None where even the country
# does not tell: Australians write EST for standard and for summer time.
_OFFSETS: dict[str, dict[str, int | None]] = {
    "UTC": {_ANYWHERE: 0},
    "GMT": {_ANYWHERE: 0},
    "UT": {_ANYWHERE: 0},
    "Z": {_ANYWHERE: 0},
    "EST": {_ANYWHERE: -300, "AU": None},
    "EDT": {_ANYWHERE: -240, "AU": 660},
    "CST": {_ANYWHERE: -360, "CN": 480, "TW": 480, "CU": -300, "AU": None},
    "CDT": {_ANYWHERE: -300, "CU": -240},
    "MST": {_ANYWHERE: -420, "MY": 480},
    "MDT": {_ANYWHERE: -360},
    "PST": {_ANYWHERE: -480, "PH": 480},
    "PDT": {_ANYWHERE: -420},
    "AKST": {_ANYWHERE: -540},
    "AKDT": {_ANYWHERE: -480},
    "HST": {_ANYWHERE: -600},
    "NST": {"CA": -210},
    "NDT": {"CA": -150},
    "AST": {"CA": -240, "PR": -240, "BB": -240, "SA": 180, "IQ": 180, "KW": 180, "QA": 180, "BH": 180},
    "ADT": {"CA": -180},
    "BRT": {_ANYWHERE: -180},
    "ART": {_ANYWHERE: -180},
    "WET": {_ANYWHERE: 0},
    "WEST": {_ANYWHERE: 60},
    "BST": {"GB": 60, "BD": 360},
    "CET": {_ANYWHERE: 60},
    "CEST": {_ANYWHERE: 120},
    "MEZ": {_ANYWHERE: 60},
    "MESZ": {_ANYWHERE: 120},
    "WAT": {_ANYWHERE: 60},
    "CAT": {_ANYWHERE: 120},
    "SAST": {_ANYWHERE: 120},
    "EET": {_ANYWHERE: 120},
    "EEST": {_ANYWHERE: 180},
    "IDT": {_ANYWHERE: 180},
    "EAT": {_ANYWHERE: 180},
    "MSK": {_ANYWHERE: 180},
    "МСК": {_ANYWHERE: 180},
    "TRT": {_ANYWHERE: 180},
    "GST": {"AE": 240, "OM": 240},
    "AMT": {"AM": 240, "BR": -240},
    "PKT": {_ANYWHERE: 300},
    "IST": {"IN": 330, "IL": 120, "IE": 60},
    "SLST": {_ANYWHERE: 330},
    "NPT": {_ANYWHERE: 345},
    "BDT": {"BD": 360, "BN": 480},
    "MMT": {_ANYWHERE: 390},
    "ICT": {_ANYWHERE: 420},
    "WIB": {_ANYWHERE: 420},
    "WITA": {_ANYWHERE: 480},
    "WIT": {_ANYWHERE: 540},
    "HKT": {_ANYWHERE: 480},
    "SGT": {_ANYWHERE: 480},
    "MYT": {_ANYWHERE: 480},
    "PHT": {_ANYWHERE: 480},
    "AWST": {_ANYWHERE: 480},
    "JST": {_ANYWHERE: 540},
    "KST": {_ANYWHERE: 540},
    "ACST": {_ANYWHERE: 570},
    "ACDT": {_ANYWHERE: 630},
    "AEST": {_ANYWHERE: 600},
    "AEDT": {_ANYWHERE: 660},
    "NZST": {_ANYWHERE: 720},
    "NZDT": {_ANYWHERE: 780},
}
# Summer time or not: the date decides.
_GENERIC = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}

_NAMES = "|".join(sorted([*_OFFSETS, *_GENERIC], key=len, reverse=True))
ZONE = rf"(?-i:(?:UTC|GMT)\s?[+\-−]\s?\d{{1,2}}(?::?\d{{2}})?|[+\-−]\d{{2}}:?\d{{2}}|(?:{_NAMES}))(?![\w+])"
"""A regular expression for a zone behind a time of day: capitals only, `est` is a word in many languages."""


def with_zone(moment: datetime, zone: str, country: str | None) -> datetime | None:
    """The local time with the zone's offset; None where the zone's meaning is not known for sure.

    Args:
        moment: a local time without zone.
        zone: as written: `IST`, `ET`, `+05:30`, `GMT+5`.
        country: ISO 3166 code of the publisher's country, None if unknown.
    """
    name = zone.upper()
    if name in _GENERIC:
        # A zone that knows its summer time; written out as the offset of that day.
        offset = moment.replace(tzinfo=_zone(_GENERIC[name])).utcoffset()
        return moment.replace(tzinfo=timezone(offset)) if offset is not None else None
    if name in _OFFSETS:
        meanings = _OFFSETS[name]
        minutes = meanings.get(country, meanings.get(_ANYWHERE)) if country else meanings.get(_ANYWHERE)
    else:
        minutes = _numeric(name)
    return None if minutes is None else moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))


def _numeric(name: str) -> int | None:
    match = re.fullmatch(r"(?:UTC|GMT)?\s?([+\-−])\s?(\d{1,2})(?::?(\d{2}))?", name)
    if not match:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    # No place on earth is further than 14 hours from UTC.
    return None if minutes > 14 * 60 else minutes if match[1] == "+" else -minutes


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
