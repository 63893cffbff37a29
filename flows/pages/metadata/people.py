"""Names out of what pages write where an author belongs."""

import re
from collections.abc import Iterable

from cleaners.document import Agency
from cleaners.fields.byline_names import read_byline
from flows.feeds.names import ADDRESS
from flows.identity import is_url

_LONGEST = 300
_LONGEST_NAME = 60
_MOST = 30
# The sign of a desk behind a name, as `(obe)` or `(dvp.)`; what is in brackets otherwise is no name either.
_BRACKETS = re.compile(r"\s?[(（\[][^()（）\[\]]{0,60}[)）\]]")
# A link as a name, numbers, and what templates write where nobody is named.
_NOBODY = re.compile(
    r"\W*(?:\d[\d\W]*|(?=\w*\d)[0-9a-f-]{16,}|admin(?:istrator)?|root|user|guest|editors?|author|authors|undefined|null|none"
    r"|unknown|anonymous|webmaster|full bio|(?:[@#]|www\.).*"
    r"|(?:.*\s)?(?:log\s?in|sign\s(?:in|up)|account|subscribe|register|profile|articles?|posts?|menu|home|page))\W*",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:(?:(?:written|posted|reported|published|story|words|article|post)\s)?by|authors?|von|par|por|text)\s?[:|]?\s+"
    r"(?=(?-i:[^\W\d_a-z]))",
    re.IGNORECASE,
)
_DESK = re.compile(
    r"(?:[^\W\d_][\w.&'’-]*\s){0,4}(?:team|staff|desk|newsdesk|newsroom|editors|bureau|redaktion|redacción|redação|redazione"
    r"|rédaction|redactie|contributor|correspondent|reporter)",
    re.IGNORECASE,
)
# What stands behind the writers: who else worked on it, and when.
_BEHIND = re.compile(
    r"\W{0,3}\b(?:(?:(?:medically|clinically|expert)\s)?(?:reviewed|edited|verified)(?:\sby)?|fact[ -]?check(?:ed)?"
    r"|(?:last\s)?update[ds]?|published|posted\son|\d+\smin(?:ute)?s?\sread|view\sprofile|follow|learn\smore"
    r"|see\s(?:all|more|bio)|more\s(?:by|from))\b.*$",
    re.IGNORECASE,
)


def names_in(texts: Iterable[str]) -> tuple[tuple[str, ...], tuple[Agency, ...]]:
    """The people and the agencies that texts name, each once: no addresses, jobs, links or numbers."""
    people: dict[str, str] = {}
    agencies: dict[str, Agency] = {}
    for text in texts:
        for field, value in read_byline(_bare(text)):
            if isinstance(value, Agency):
                agencies.setdefault(value.name, value)
            elif field == "authors" and isinstance(value, str) and is_somebody(value) and len(people) < _MOST:
                people.setdefault(value.casefold(), value)
    return tuple(people.values()), tuple(agencies.values())


def outlet_in(texts: Iterable[str]) -> str | None:
    """The first text that may name an outlet or a desk, as it stands."""
    return next((name for text in texts if is_somebody(name := _bare(text))), None)


def is_desk(name: str) -> bool:
    """Whether a text names a room of people: `Our Web Desk`, `The Example Team`."""
    return _DESK.fullmatch(name) is not None


def in_order(name: str) -> str:
    """`Doe, Jane`, as catalogues have it, in the order of the spoken name."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and "," not in first else name


def is_somebody(name: str) -> bool:
    """Whether a text may be a name at all."""
    return 1 < len(name) <= _LONGEST_NAME and any(map(str.isalpha, name)) and not _NOBODY.fullmatch(name)


def _bare(text: str) -> str:
    text = " ".join(text[:_LONGEST].split())
    if is_url(text):
        return ""
    text = _BRACKETS.sub("", ADDRESS.sub("", text)).strip()
    if found := _LABEL.match(text):
        text = text[found.end() :]
    return " ".join(_BEHIND.sub("", text).split()).strip(' ,;|"“”')
