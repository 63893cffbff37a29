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


def split_names(text: str) -> tuple[str, ...]:
    """The names of a joined list, in order, each once."""
    names = (name.strip(" ,") for name in _JOINT.split(text))
    return tuple(dict.fromkeys(name for name in names if name))
