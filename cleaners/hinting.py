"""What a page says of the paragraphs of its text."""

from collections.abc import Sequence

from cleaners.document import Hints, LineHint
from cleaners.layout import Paragraph


def hints_by_index(text: str, hints: Hints, paragraphs: Sequence[Paragraph]) -> dict[int, LineHint]:
    """The hints of the paragraphs that are one line each, by index; lines joined to a paragraph have none."""
    places, start = {}, 0
    for hint, line in zip(hints.lines, text.split("\n"), strict=False):
        places[start, start + len(line)] = hint
        start += len(line) + 1
    spans = ((paragraph.index, places.get((paragraph.start, paragraph.end))) for paragraph in paragraphs)
    return {index: hint for index, hint in spans if hint}
