"""People's names, as far as their shape tells."""

import re

# An initial, a hyphenated or an apostrophed part, particles in small letters between capitals.
_PART = r"(?:[^\W\d_a-zß-öø-ÿ](?:\.|(?=\s))|[^\W\d_a-zß-öø-ÿ][\w'’-]*[\w])"
_PARTICLE = r"(?:de|da|do|dos|del|della|der|den|di|du|la|le|van|von|von\sder|van\sder|bin|bint|ibn|al|el|ter|zu)"
NAME = rf"{_PART}(?:\s(?:{_PARTICLE}\s)?{_PART}){{1,3}}"
"""A regular expression for a person's full name: two to four capitalised parts."""

_AND = r"and|und|et|y|e|en|og|och|i|и|та|ve|dan|和|と|এবং|और|و"
_JOINT = re.compile(rf",?\s(?:{_AND})\s|,\s|[、，]|\s?&\s?")
NAMES = rf"{NAME}(?:(?:,\s|\s?&\s|,?\s(?:{_AND})\s){NAME}){{0,4}}"
"""Several names, joined."""

ROLE = (
    r"(?:Writers?|Reporters?|Editors?|Correspondents?|Journalists?|Staff|Columnists?|Producers?|Desk|Bureau|Contributors?"
    r"|Journalisten|Journaliste|Periodista|Corresponsal|Giornalista|Jornalista|Repórter|Redaktør|Redaktör|Kommentator|Korrespondentin"
    r"|Verslaggever|Dziennikarka?|Wartawan|Muhabir|Корреспондент|Журналист|Columnista|Chefredakteur|Chefredaktør|Gazeteci"
    r"|Analysts?|Press|News|Newsdesk|Agency|Magazine|Redakteur|Redakteurin|Redaktion|Korrespondent|Redacción|Redação"
    r"|Redazione|Rédaction|Redaksi|Redactie|Redaktionen|Редакция|MD|PhD|RDN|प्रतिनिधी|संवाददाता|প্রতিবেদক|প্রতিনিধি)"
)
"""A regular expression for the word that makes a line of capitals a job or a desk, not a name."""

HAS_ROLE = re.compile(rf"(?<!\w){ROLE}(?!\w)", re.IGNORECASE)
"""Finds such a word."""


def split_names(text: str) -> tuple[str, ...]:
    """The people of a joined list, in order, each once; jobs and desks between them are left out."""
    names = (name.strip(" ,") for name in _JOINT.split(text))
    return tuple(dict.fromkeys(name for name in names if name and not HAS_ROLE.search(name)))
