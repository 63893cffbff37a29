"""What a line must have for a form of date to be in it: cheap questions, asked before a search that is dear.

Each takes the line and its words, and says no only where the form of that name in `date_forms` or `calendar_words` is
surely absent.
"""

import re
from collections.abc import Callable

from cleaners.fields.calendar_words import (
    AGO_HEADS,
    FILLER_HEADS,
    MODIFIED_HEADS,
    MONTH_HEADS,
    PUBLISHED_HEADS,
    TODAY_HEADS,
    WEEKDAY_HEADS,
)

Hint = Callable[[str, frozenset[str]], bool]

_YEAR = re.compile(r"\d{4}")
# A digit, and what makes it a time of day: minutes, a zone, `pm`, `Uhr`. `10.50` needs one of the others beside it.
_CLOCK = re.compile(
    r"\d(?:(?:[:h时点點時]|시\s?|\sh\s)\d|\s?[(\[]?(?:[+−-]\d|(?-i:Z|[A-ZМС]{2})|[ap]\.?m)|\suhr)", re.IGNORECASE
)
_CLOCK_WORDS = frozenset({"kl", "klo", "pukul"})


def has_year(line: str, _words: frozenset[str]) -> bool:
    """Four digits in a row."""
    return _YEAR.search(line) is not None


def has_marks(line: str, _words: frozenset[str]) -> bool:
    """What may stand between numbers."""
    return "." in line or "/" in line or "-" in line


def has_marked_year(line: str, words: frozenset[str]) -> bool:
    """A year, and what may stand between it and other numbers."""
    return has_marks(line, words) and has_year(line, words)


def has_cjk_day(line: str, _words: frozenset[str]) -> bool:
    """The sign for a day."""
    return "日" in line or "일" in line


def has_vietnamese_month(_line: str, words: frozenset[str]) -> bool:
    """The word for a month."""
    return "tháng" in words


def has_month_and_year(line: str, words: frozenset[str]) -> bool:
    """The name of a month, and four digits in a row."""
    return not words.isdisjoint(MONTH_HEADS) and has_year(line, words)


def has_month(_line: str, words: frozenset[str]) -> bool:
    """The name of a month."""
    return not words.isdisjoint(MONTH_HEADS)


def has_ago(line: str, words: frozenset[str]) -> bool:
    """A word for `ago`; those of Chinese, Japanese and Korean need no space before them."""
    return not words.isdisjoint(AGO_HEADS) or "前" in line or "전" in line


def has_clock(line: str, words: frozenset[str]) -> bool:
    """A number that is marked as a time of day."""
    return _CLOCK.search(line) is not None or not words.isdisjoint(_CLOCK_WORDS)


def has_point(line: str, _words: frozenset[str]) -> bool:
    """A point, as between hours and minutes."""
    return "." in line


def has_weekday(line: str, words: frozenset[str]) -> bool:
    """The name of a weekday, or a bracket that may hold its sign."""
    return not words.isdisjoint(WEEKDAY_HEADS) or "(" in line or "（" in line


def has_today(_line: str, words: frozenset[str]) -> bool:
    """Today or yesterday."""
    return not words.isdisjoint(TODAY_HEADS)


def has_published(_line: str, words: frozenset[str]) -> bool:
    """The label of a date of publication."""
    return not words.isdisjoint(PUBLISHED_HEADS)


def has_modified(_line: str, words: frozenset[str]) -> bool:
    """The label of a date of change."""
    return not words.isdisjoint(MODIFIED_HEADS)


def has_filler(_line: str, words: frozenset[str]) -> bool:
    """What stands beside a date and says no more."""
    return not words.isdisjoint(FILLER_HEADS)
