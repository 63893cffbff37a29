"""What the line model sees of an article's lines that are no prose. docs/model.md describes each feature."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from operator import or_

from cleaners.layout import Paragraph
from cleaners.model.cues import GROUPS, UNCUED, Cued, known_languages, load_cues
from cleaners.model.cues import NAMES as CUE_NAMES
from cleaners.model.runs import NAMES as RUN_NAMES
from cleaners.model.runs import Runs
from cleaners.model.shapes import COLON, NO_LINE, WORD, Shape, long_words, shape_of, spoken_in
from cleaners.model.shapes import NAMES as SHAPE_NAMES

_MOST_LINES = 100
_FAR_BEFORE, _FAR_AFTER = 15, 25
_NEAR = 6
_TOPIC_WORDS = 4
_HEAD = 20
_PROSE_IN_HEAD = 2
# Above this many words (log(1 + 25)) a line is no label, whatever words it holds.
_CUED_UNITS = 3.26
_THEMES = frozenset(GROUPS).difference({"calendar", "written_by", "source", "shop"})

NAMES = (
    *SHAPE_NAMES,
    *CUE_NAMES,
    *RUN_NAMES,
    "units_before", "units_after", "units_before_2", "units_after_2", "end_before", "end_after",
    "capitals_after", "digits_before", "digits_after", "step_before", "step_after", "colon_after",
    "where", "from_first", "from_last", "taken_before", "taken_after", "see_also_before",
    "cued_in_tail", "cued_in_head",
    "repeated", "opening_repeated", "overlap", "overlap_first", "capitals_over",
    "lines", "prose_share", "units_outside", "taken_share",
)  # fmt: skip
"""The features, in the order of a row."""


class _NoLine:
    """What stands before the first line and behind the last, so that each line has its neighbours."""

    units = end = capitals = digits = NO_LINE


class Article:
    """An article's lines, as the model sees them.

    Attributes:
        paragraphs: as they stand in the text.
        shapes: the form of each.
        taken: those that the rules take, by index.
        prose: the indexes of the paragraphs of prose.
        first, last: those of the first and the last of these; behind all lines and before them where there is none.
        asked: the indexes of the paragraphs that are no prose and not taken yet: those that the model judges.
    """

    def __init__(
        self, paragraphs: Sequence[Paragraph], taken: Mapping[int, object], languages: frozenset[str] | None
    ) -> None:
        self.paragraphs = paragraphs
        self.shapes = [shape_of(paragraph.text, paragraph.folded) for paragraph in paragraphs]
        self.taken = taken
        self.asked = [i for i, shape in enumerate(self.shapes) if not shape.is_prose and i not in taken]
        self.prose = [i for i, shape in enumerate(self.shapes) if shape.is_prose]
        self.first, self.last = (self.prose[0], self.prose[-1]) if self.prose else (len(self.shapes), -1)
        self._languages = languages

    @cached_property
    def _find(self) -> Callable[[str], Cued]:
        return load_cues(known_languages(self._languages)).find

    def cued(self, index: int) -> Cued:
        """The cue words of a line; none of prose and of long lines."""
        shape = self.shapes[index]
        return UNCUED if shape.units > _CUED_UNITS or shape.is_long else self._find(shape.folded)

    def cues(self, index: int) -> Mapping[str, int]:
        """The groups of these, and where each stands first."""
        return self.cued(index).groups

    @cached_property
    def _spoken(self) -> frozenset[str]:
        wanted = frozenset().union(*[self.shapes[index].words for index in self.asked])
        return spoken_in([self.shapes[index].folded for index in self.prose], wanted)

    @cached_property
    def _rows(self) -> "_Rows":
        return _Rows(self)

    def row(self, index: int) -> tuple[float, ...]:
        """The features of one of the lines `asked`, in the order of `NAMES`."""
        return self._rows.row(index)

    def is_above(self, index: int) -> bool:
        """Whether a line stands before all prose."""
        return index < self.first

    def is_below(self, index: int) -> bool:
        """Whether a line stands behind all prose."""
        return index > self.last

    def is_near_head(self, index: int) -> bool:
        """Whether a line is among the first, with no more prose before it than a standfirst and a caption."""
        return index < min(_HEAD, self.last) and (
            len(self.prose) <= _PROSE_IN_HEAD or index < self.prose[_PROSE_IN_HEAD]
        )

    def is_close_below(self, index: int, lines: int) -> bool:
        """Whether a line is one of the first so many behind all prose."""
        return 0 < index - self.last <= lines

    def is_topic(self, index: int) -> bool:
        """Whether a line is a topic: short, not spoken like a sentence, and the prose speaks of all its words."""
        shape = self.shapes[index]
        return shape.count <= _TOPIC_WORDS and shape.end == WORD and self.overlap(index) == 1

    def overlap(self, index: int) -> float:
        """The share of the longer words of one of the lines `asked` that the prose speaks; -1 where it has none."""
        words = self.shapes[index].words
        return len(words & self._spoken) / len(words) if words else NO_LINE


class _Rows:
    """What the line model, and nobody else, is told of an article's lines."""

    def __init__(self, article: Article) -> None:
        self._article = article
        shapes, count = article.shapes, len(article.shapes)
        found = [article.cued(index) for index in range(count)]
        self._cue_rows = [line.row for line in found]
        cued = [not _THEMES.isdisjoint(line.groups) for line in found]
        taken = [index in article.taken for index in range(count)]
        self._evident = list(accumulate(map(or_, cued, taken), initial=0))
        self._first_words = long_words(shapes[0].folded)
        outside = [shape for shape in shapes if not shape.is_prose]
        self._times = Counter([shape.folded for shape in outside])
        self._openings = Counter([shape.opening for shape in outside])
        known = [shape.capitals for shape in outside if shape.capitals != NO_LINE]
        self._usual_capitals = sum(known) / len(known) if known else 0.0
        # Of the whole text, the same for every line: the last features of a row.
        units_outside = sum([shape.units for shape in outside]) / len(outside)
        shares = len(article.prose) / count, units_outside, len(article.taken) / count
        self._of_text = (min(count, _MOST_LINES), *shares)
        nothing = _NoLine(), _NoLine()
        self._framed: tuple[Shape | _NoLine, ...] = (*nothing, *shapes, *nothing)
        self._runs = Runs(shapes, cued, taken)
        self._taken_before = _since(taken)
        self._taken_after = _since(taken[::-1])[::-1]
        self._see_also = _since(["see_also" in line.groups for line in found])

    def row(self, index: int) -> tuple[float, ...]:
        """The features of one of the lines `asked`, in the order of `NAMES`."""
        article = self._article
        shape = article.shapes[index]
        first, last, evident = article.first, article.last, self._evident
        from_first, from_last = index - first, index - last
        return (
            *shape.row,
            *self._cue_rows[index],
            *self._runs.row(index),
            *self._neighbours(index, shape.units),
            3 if last < 0 else 0 if from_first < 0 else 2 if from_last > 0 else 1,
            max(-_FAR_BEFORE, min(_FAR_BEFORE, from_first)),
            max(-_FAR_BEFORE, min(_FAR_AFTER, from_last)),
            self._taken_before[index], self._taken_after[index], self._see_also[index],
            evident[index] - evident[last + 1] if from_last > 0 else NO_LINE,
            evident[first] - evident[index + 1] if from_first < 0 else NO_LINE,
            self._times[shape.folded], self._openings[shape.opening],
            article.overlap(index), self._overlap_first(shape, index), shape.capitals - self._usual_capitals,
            *self._of_text,
        )  # fmt: skip

    def _neighbours(self, index: int, own: float) -> tuple[float, ...]:
        before_2, before, _, after, after_2 = self._framed[index : index + 5]
        return (
            before.units, after.units, before_2.units, after_2.units,
            before.end, after.end, after.capitals, before.digits, after.digits,
            NO_LINE if before.units == NO_LINE else abs(own - before.units),
            NO_LINE if after.units == NO_LINE else abs(own - after.units),
            after.end == COLON,
        )  # fmt: skip

    def _overlap_first(self, shape: Shape, index: int) -> float:
        """The share of a line's longer words that stand in the article's first line."""
        words = shape.words
        return len(words & self._first_words) / len(words) if words and index else NO_LINE


def _since(marks: Iterable[bool]) -> list[int]:
    """For each line, how many lines before it the last mark was: 1 the line before, at most 6."""
    distances, since = [], _NEAR
    for marked in marks:
        distances.append(since)
        if marked:
            since = 1
        elif since < _NEAR:
            since += 1
    return distances
