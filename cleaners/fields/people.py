"""People's names, as far as their shape tells."""

import re

# An initial, a hyphenated or an apostrophed part, particles in small letters between capitals.
_PART = r"(?:[^\W\d_a-zß-öø-ÿ]\.|[^\W\d_a-zß-öø-ÿ][\w'’-]*[\w])"
_PARTICLE = r"(?:de|da|do|dos|del|della|der|den|di|du|la|le|van|von|von\sder|van\sder|bin|bint|ibn|al|el|ter|zu)"
NAME = rf"{_PART}(?:\s(?:{_PARTICLE}\s)?{_PART}){{1,3}}"
"""A regular expression for a person's full name: two to four capitalised parts."""

NAMES = rf"{NAME}(?:(?:,\s|\s?&\s|,?\s(?:and|und|et|y|e|en)\s){NAME}){{0,4}}"
"""Several names, joined."""

_JOINT = re.compile(r",\s|\s?&\s|,?\s(?:and|und|et|y|e|en)\s")


ROLE = (
    r"(?:Writer|Reporter|Editor|Correspondent|Journalist|Staff|Columnist|Producer|Desk|Bureau|Contributor|Analyst"
    r"|Press|News|Redakteur|Redakteurin|Redaktion|Korrespondent)"
)
"""A regular expression for the word that makes a line of capitals a job or a desk, not a name."""

_HAS_ROLE = re.compile(rf"\b{ROLE}\b")


def split_names(text: str) -> tuple[str, ...]:
    """The people of a joined list, in order, each once; jobs and desks between them are left out."""
    names = (name.strip(" ,") for name in _JOINT.split(text))
    return tuple(dict.fromkeys(name for name in names if name and not _HAS_ROLE.search(name)))
