"""Stray captions: lines that only name people of whom the body speaks."""

import re
from collections.abc import Iterable, Sequence

from cleaners.document import Kind
from cleaners.fields.people import NAME, split_names
from cleaners.fields.place import Place
from cleaners.findings import Finding, field_finding
from cleaners.layout import Paragraph

# One name alone may be a sub-heading; two joined full names that the body uses are what stands under a picture.
_NAMED = re.compile(rf"{NAME}(?:,\s{NAME}){{0,3}}(?:,?\s(?:and|with|und|mit|et|avec|y|con|e|com)\s){NAME}")
_WITH = re.compile(r"\s(?:with|mit|avec|con|com)\s")
_LONGEST = 100


def propose(paragraphs: Sequence[Paragraph], place: Place) -> Iterable[Finding]:
    """Such lines between the body's paragraphs, moved into the captions."""
    for paragraph in paragraphs:
        if len(paragraph.text) > _LONGEST or not place.within_body(paragraph):
            continue
        if _NAMED.fullmatch(paragraph.text) and _all_known(paragraph, paragraphs):
            yield field_finding(
                paragraph,
                Kind.CAPTION,
                "field:caption",
                "a line that only names people the story is about",
                (("captions", paragraph.text),),
            )


def _all_known(paragraph: Paragraph, paragraphs: Sequence[Paragraph]) -> bool:
    names = split_names(_WITH.sub(" and ", paragraph.text))
    return all(any(name in p.text for p in paragraphs if p is not paragraph) for name in names)
