"""Captions that a photographer signs without a word for picture: capitals tell, so these see the line unfolded."""

import re

from cleaners.fields.agency_names import AGENCY, canonical
from cleaners.fields.people import NAME

_SUPPLIER = rf"(?:(?i:{AGENCY}|keystone)|[^\W\d_a-z][\w&.’'-]*(?:\s[^\W\d_a-z][\w&.’'-]*){{0,3}})"
# `The door. Jane Doe (REUTERS)`, `The door. Jane Doe / The Example Times`; `2. UX/UI Designer` is an item.
_BEHIND_SENTENCE = re.compile(
    rf"[^\W\d_]{{3}}[.!?…][\"”»’)]?\s{NAME}\s?(?:\((?P<agency>[^()]{{2,30}})\)|/\s?(?:The\s)?{_SUPPLIER})[.)]?$"
)
_OWNED = re.compile(r"(?:[.!?…)]\s?|\s[—–|-]\s|(?<!opyright)(?<=\w)\s)©\s?[^\W\d_][^.!?©]{1,60}$")
# `AFP/Jane Doe`, `Keystone/The Palace via AP/Jane Doe`
_AGENCY_FIRST = re.compile(rf"(?:(?i:{AGENCY}|keystone)\s?/\s?)(?:[^/.!?]{{2,40}}/\s?){{0,3}}{NAME}")
_TAKEN_BY = re.compile(r"(?:[。！？”…]\s?[^。！？]{2,24}|\s\S{2,8}\s\S{1,6}\s?)(?:摄|攝|供图)(?:\s\S{2,6})?。?$")
_LONGEST = 320
_END = 110


def is_signed_caption(line: str) -> bool:
    """Whether a line ends as a signed caption does, or is such a signature alone."""
    if len(line) > _LONGEST:
        return False
    end = line[-_END:]
    if "/" in end and (_BEHIND_SENTENCE.search(end) or _AGENCY_FIRST.fullmatch(line)):
        return True
    if "©" in end[1:]:
        return _OWNED.search(end) is not None
    if line.endswith((")", ").")):
        signed = _BEHIND_SENTENCE.search(end)
        return signed is not None and canonical(signed["agency"] or "") is not None
    return ("摄" in end or "攝" in end or "供图" in end) and _TAKEN_BY.search(end) is not None
