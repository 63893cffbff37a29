"""Entities that a feed declares for itself. The parsers never see a declaration: bombs are made of them."""

import re

from flows.feeds.refusals import NotAFeedError, Refusal

_ENTITY = re.compile(r"<!ENTITY\s+([\w.:-]+)\s+(?:\"([^\"<>]*)\"|'([^'<>]*)'|(?:SYSTEM|PUBLIC)\s)", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?!#|(?:amp|lt|gt|quot|apos);)[\w.:-]+;")
_CHARACTER = re.compile(r"&(?:#(x?)([0-9a-fA-F]{1,6})|amp|lt|gt|quot|apos);")
_NAMED = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}
# HTML's three sets of entities, declared one by one, are 18 KB in 252 declarations.
_LONGEST_SUBSET = 65536
_LONGEST_VALUE = 1000


def declared_entities(subset: str) -> dict[str, str]:
    """The entities of a DTD's internal subset and what they stand for; an external one stands for nothing.

    Raises:
        NotAFeedError: one is made of others or is very long, or there are very many.
    """
    if len(subset) > _LONGEST_SUBSET:
        raise NotAFeedError(Refusal.ENTITIES, f"{len(subset)} characters of declarations")
    entities: dict[str, str] = {}
    for found in _ENTITY.finditer(subset):
        value = found[2] or found[3] or ""
        if _REFERENCE.search(value) or len(value) > _LONGEST_VALUE:
            raise NotAFeedError(Refusal.ENTITIES, f"the entity {found[1][:80]} is made of others, or is long")
        entities.setdefault(found[1], _resolved(_resolved(value)))
    return entities


def _resolved(value: str) -> str:
    """Characters that are written as references: `&#38;#60;` is `&#60;`, and in the text `<`."""
    return _CHARACTER.sub(_character, value)


def _character(found: re.Match[str]) -> str:
    if found[2] is None:
        return _NAMED[found[0]]
    try:
        return chr(int(found[2], 16 if found[1] else 10))
    except (ValueError, OverflowError):
        return ""
