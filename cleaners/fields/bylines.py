"""Bylines: a line that says who wrote the story, and nothing else."""

import re
from collections.abc import Iterable, Sequence

from cleaners.document import Kind
from cleaners.fields.agencies import named_in
from cleaners.fields.agency_names import canonical
from cleaners.fields.people import NAMES, ROLE, split_names
from cleaners.fields.place import Place
from cleaners.findings import Finding, Value, field_finding
from cleaners.layout import Paragraph

_BY = r"(?:(?:Written|Reported|Posted|Edited)\s)?(?:By|BY|by|Von|Por|Par|Di|Door|Av|Af)\s?:?"
_JOB = rf"(?:[\w\s/'’-]{{0,40}}\b{ROLE}\b[\w\s/'’-]{{0,20}})"
_LINE = re.compile(rf"{_BY}\s({NAMES})(?:\s?[,|•·–—-]\s?{_JOB})?")
_LONGEST = 120


def propose(paragraphs: Sequence[Paragraph], place: Place) -> Iterable[Finding]:
    """Lines of `By` and names before the body, moved into the authors; an agency there is no author."""
    for paragraph in paragraphs:
        if place.has_prose and place.before_body(paragraph) and len(paragraph.text) <= _LONGEST:
            match = _LINE.fullmatch(paragraph.text)
            if match and paragraph.text != paragraph.text.lower():
                yield field_finding(
                    paragraph,
                    Kind.BYLINE,
                    "field:byline",
                    "a line of `by` and names alone",
                    tuple(_values(match, paragraph.text)),
                )


def _values(match: re.Match[str], line: str) -> Iterable[Value]:
    if canonical(match[1]):
        yield from (("agencies", agency) for agency in named_in(match[1], line))
        return
    yield from (("authors", name) for name in split_names(match[1]))
