"""The forms in which dates and times of day are written, as regular expressions for `cleaners.fields.dates`.

All are searched in any case. Named groups: `day`, `month` or `name`, `year`, `hour`, `minute`, `second`, `zone`.
"""

from cleaners.fields.calendar_words import MONTH
from cleaners.fields.zones import ZONE

LINK = r"(?:\s(?:on|at|am|le|el|em|il|den|op|pada|dnia|på)(?!\w))?\s?[:：]?"
_ORDINAL = r"(?:st|nd|rd|th|er|º|\.)?"
_BETWEEN = r"[\s,،؍-]{0,2}"
# `년` and `2021ء`: what a year may carry, so that no letter is left of it.
_YEAR = r"(?P<year>\d{4})(?:年|년|ء|ھ|г\.)?(?!\d)"

YEAR_FIRST = r"(?<![\d.])(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?=\b|T)"
CJK = r"(?P<year>\d{4})[年년]\s?(?P<month>\d{1,2})[月월]\s?(?P<day>\d{1,2})[日일]"
VIETNAMESE = r"(?<!\w)(?:ngày\s)?(?P<day>\d{1,2})\stháng\s(?P<month>\d{1,2})(?:,|\snăm)\s(?P<year>\d{4})(?!\d)"
DAY_FIRST = (
    rf"(?:(?<!\w)le\s|(?<!\d))(?P<day>\d{{1,2}}){_ORDINAL}{_BETWEEN}(?:(?:de|of)\s)?(?P<name>{MONTH})\.?,?{_BETWEEN}"
    rf"(?:del?\s)?{_YEAR}"
)
MONTH_FIRST = rf"(?<!\w)(?P<name>[^\s\d.,،|:;()-]{{2,12}})\.?\s?(?P<day>\d{{1,2}}){_ORDINAL}[,،]?\s{_YEAR}"
NUMBERS = r"\b(?P<first>\d{1,2})(?P<mark>[./-]\s?)(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})\b"
# `05.08.24`, `11 August 23` are days only where a label or a time of day stands beside them.
SHORT_NUMBERS = (
    r"(?<![\w.:/-])(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{2})(?![\w:/-])"
)
SHORT_YEAR = rf"(?<!\w)(?P<day>\d{{1,2}})\s(?P<name>{MONTH})\.?,?\s['’]?(?P<year>\d{{2}})(?![\w:.])"
YEARLESS = (
    rf"(?<![\w:.])(?:(?P<day>\d{{1,2}}){_ORDINAL}\s?(?:de\s)?(?P<name>{MONTH})\.?"
    rf"|(?P<name_first>{MONTH})\.?\s(?P<day_last>\d{{1,2}}){_ORDINAL})(?![\w:])"
)
# The same day by another calendar: `১৪ রজব ১৪৪৬`. It stands beside the civil date and adds nothing.
OTHER_CALENDAR = r"(?<!\d)\d{1,2}[\s؍][^\s\d,a-z]{2,12}(?:\s[^\s\d,a-z]{2,12})?\s\d{4}(?:ھ|هـ?)?(?!\d)"
# 10.50 is a time of day beside a date, and a price anywhere else.
DOTTED_CLOCK = rf"(?<![\d.,])(?P<hour>\d{{1,2}})\.(?P<minute>\d{{2}})(?![\d.,%])(?:\s?(?P<zone>{ZONE}))?"
CLOCK = (
    r"(?:(?P<noon>[上下]午|午[前後]|오[전후])\s?|(?P<kl>\b(?:kl\.?|klo|pukul)\s)|\bà\s|\b|(?<=T))(?P<hour>\d{1,2})"
    r"(?:(?:[:.h时点點時]|시\s?|\sh\s)(?P<minute>\d{2})(?:[分분](?!\w))?(?::(?P<second>\d{2})(?:\.\d{1,9})?)?)?(?!\d)"
    rf"(?:\s?(?P<half>[ap])\.?m\b\.?)?(?P<uhr>\sUhr\b)?(?:\s?[(\[]?(?P<zone>{ZONE})[)\]]?)?"
)
