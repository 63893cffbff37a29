"""Where in an article a paragraph stands: before its prose, within it, or after it."""

from collections.abc import Sequence

from cleaners.layout import Paragraph

_HEAD_LIMIT = 8
_TAIL_LIMIT = 12


class Place:
    """The body's bounds: the first and the last paragraph that is prose beyond doubt.

    A text without any prose is all outside: a stub, a caption, a list.
    """

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        prose = [paragraph.index for paragraph in paragraphs if paragraph.is_prose()]
        self._first = prose[0] if prose else _HEAD_LIMIT
        self._last = prose[-1] if prose else -1
        self.has_prose = bool(prose)
        self._tail = paragraphs[-1].index - _TAIL_LIMIT if paragraphs else 0

    def before_body(self, paragraph: Paragraph) -> bool:
        """Before the first prose, and among the first lines."""
        return paragraph.index < min(self._first, _HEAD_LIMIT)

    def after_body(self, paragraph: Paragraph) -> bool:
        """After the last prose, and among the last lines."""
        return paragraph.index > max(self._last, self._tail)

    def outside_body(self, paragraph: Paragraph) -> bool:
        """Before or after all prose."""
        return self.before_body(paragraph) or self.after_body(paragraph)

    def within_body(self, paragraph: Paragraph) -> bool:
        """Between prose and prose."""
        return self._first < paragraph.index < self._last

    def opens_body(self, paragraph: Paragraph) -> bool:
        """Up to the first prose: where an inline dateline stands."""
        return paragraph.index <= self._first and paragraph.index < _HEAD_LIMIT
