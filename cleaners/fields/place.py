"""Where in an article a paragraph stands: before its prose, within it, or after it."""

from collections.abc import Sequence

from cleaners.layout import PROSE_CHARACTERS, Paragraph

_HEAD_LIMIT = 8
_TAIL_LIMIT = 12
# A long standfirst or a caption looks like prose; the first paragraph of a story under it is no longer one.
_LONGEST_STANDFIRST = 450
_PROSE_IN_HEAD = 2
_WIDE_HEAD = 20
_SHORT_PROSE = 60
_PROSE_IN_TAIL = 2
_LEAD = 2


class Place:
    """The body's bounds: the first and the last paragraph that is prose beyond doubt.

    Where no paragraph is long, sentences of some length are prose. A text without any is all outside: a stub, a list.

    Attributes:
        edges: the paragraphs of which any question here but `within_body` may be true.
        head: those `near_head`.
        tail: those `near_tail`.
        past: those `past_body`.
    """

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        # Most lines beside a story are too short: not even a call is made for them.
        prose = [p.index for p in paragraphs if len(p.text) >= PROSE_CHARACTERS and p.is_prose()]
        prose = prose or [p.index for p in paragraphs if p.is_sentence_of(_SHORT_PROSE)]
        self._first = prose[0] if prose else _HEAD_LIMIT
        self._last = prose[-1] if prose else -1
        self.has_prose = bool(prose)
        self._tail = paragraphs[-1].index - _TAIL_LIMIT if paragraphs else 0
        self._head = self._end_of_head(paragraphs, prose)
        self._end = prose[-1 - _PROSE_IN_TAIL] if len(prose) > _PROSE_IN_TAIL else self._last
        self._before = min(self._first, _HEAD_LIMIT)
        self._near_tail, self._after = max(self._end, self._tail), max(self._last, self._tail)

        head = max(self._head, min(self._first + 1, _HEAD_LIMIT))
        self.edges = (*paragraphs[:head], *paragraphs[max(self._near_tail + 1, head) :])
        self.head = paragraphs[: self._head]
        self.tail = paragraphs[self._near_tail + 1 :]
        self.past = paragraphs[self._end + 1 :] if prose else ()

    @staticmethod
    def _end_of_head(paragraphs: Sequence[Paragraph], prose: Sequence[int]) -> int:
        """The first prose that can be neither standfirst nor caption: too long, the third, or with nothing above."""
        allowed = 0 if not prose or len(prose) == 1 else 1 if prose[0] == 0 else _PROSE_IN_HEAD
        for number, index in enumerate(prose[:-1]):
            if number >= allowed or len(paragraphs[index].text) > _LONGEST_STANDFIRST:
                return min(index, _WIDE_HEAD)
        return min(prose[-1], _WIDE_HEAD) if prose else _HEAD_LIMIT

    def lead(self, paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
        """The first paragraphs that are prose: what a headline sums up."""
        return paragraphs[self._first : self._first + _LEAD]

    def before_body(self, paragraph: Paragraph) -> bool:
        """Before the first prose, and among the first lines."""
        return paragraph.index < self._before

    def near_head(self, paragraph: Paragraph) -> bool:
        """Among the first lines, with no more prose before it than a standfirst or a caption may be."""
        return paragraph.index < self._head

    def near_tail(self, paragraph: Paragraph) -> bool:
        """Among the last lines, with no more prose behind it than the life of an author and a notice."""
        return paragraph.index > self._near_tail

    def past_body(self, paragraph: Paragraph) -> bool:
        """With no more prose behind it than the life of an author and a notice, however many lines follow."""
        return self.has_prose and paragraph.index > self._end

    def after_body(self, paragraph: Paragraph) -> bool:
        """After the last prose, and among the last lines."""
        return paragraph.index > self._after

    def outside_body(self, paragraph: Paragraph) -> bool:
        """Before or after all prose."""
        return not self._before <= paragraph.index <= self._after

    def within_body(self, paragraph: Paragraph) -> bool:
        """Between prose and prose."""
        return self._first < paragraph.index < self._last

    def opens_body(self, paragraph: Paragraph) -> bool:
        """Up to the first prose: where an inline dateline stands."""
        return paragraph.index <= self._first and paragraph.index < _HEAD_LIMIT
