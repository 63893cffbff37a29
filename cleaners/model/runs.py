"""Runs: lines that are no prose and stand together, as the line model sees them."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from cleaners.model.shapes import NO_LINE, QUESTION, SENTENCE, Shape

_MOST = 60
_FAR = 30
# Lines of about the same length: log(words) within this.
_ALIKE = 0.35

NAMES = (
    "run", "run_before", "run_after", "run_alike", "run_opens_alike", "run_sentences", "run_longest",
    "run_cued", "run_taken",
)  # fmt: skip


class _Run:
    """What holds for one run as a whole, computed once."""

    def __init__(self, start: int, shapes: Sequence[Shape], cued: Sequence[bool], taken: Sequence[bool]) -> None:
        self.start = start
        self.length = len(shapes)
        self.units = [shape.units for shape in shapes]
        self.sorted = sorted(self.units)
        self.openings = Counter([shape.opening for shape in shapes])
        self.ended = [shape.end in {SENTENCE, QUESTION} for shape in shapes]
        self.cued = cued[start : start + self.length]
        self.taken = taken[start : start + self.length]
        self.sentences, self.cues, self.taken_lines = sum(self.ended), sum(self.cued), sum(self.taken)


class Runs:
    """The runs of an article."""

    def __init__(self, shapes: Sequence[Shape], cued: Sequence[bool], taken: Sequence[bool]) -> None:
        self._shapes = shapes
        self._of: list[_Run | None] = []
        start = 0
        for end in range(len(shapes) + 1):
            if end == len(shapes) or shapes[end].is_prose:
                run = _Run(start, shapes[start:end], cued, taken) if end > start else None
                self._of += [run] * (end - start) + [None]
                start = end + 1

    def row(self, index: int) -> tuple[float, ...]:
        """The features of a line that is no prose, in the order of `NAMES`; shares are of the run's other lines."""
        run = self._of[index]
        if run is None:
            raise IndexError(index)
        place, others = index - run.start, run.length - 1
        sizes = (min(run.length, _MOST), min(place, _FAR), min(others - place, _FAR))
        if not others:
            return (*sizes, NO_LINE, 0, NO_LINE, NO_LINE, NO_LINE, NO_LINE)
        units = run.units[place]
        alike = bisect_left(run.sorted, units + _ALIKE) - bisect_right(run.sorted, units - _ALIKE) - 1
        return (
            *sizes,
            alike / others,
            run.openings[self._shapes[index].opening] - 1,
            (run.sentences - run.ended[place]) / others,
            run.sorted[-2] if units == run.sorted[-1] else run.sorted[-1],
            (run.cues - run.cued[place]) / others,
            (run.taken_lines - run.taken[place]) / others,
        )
