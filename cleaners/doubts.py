"""Lines that the model nearly removed or nearly kept: what a person can settle with a phrase."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Literal

import msgspec

from cleaners.cleaning import find, judge, whole_paragraphs
from cleaners.document import Document, Kind
from cleaners.findings import Finding, Step
from cleaners.model.line_model import LineModel
from cleaners.phrases.library import Library
from cleaners.removals import settle, within_budget
from cleaners.sparse import doubt

# Chosen out of fold on 705 articles whose lines people labelled, when the threshold was 0.94: the model took 1,170
# lines and lost 8 of the story; 2,079 lines that should go stayed.
KEPT_FROM = 0.5
"""A line that stayed is in doubt from this score on: three of four such lines should go, and they are 71 % of all
that should; of those below it is one of six."""

REMOVED_SHARE = 0.5
"""A line that was taken out is in doubt below this share of the way from the threshold to 1, half-way: two
of five removals are, and five of the eight that are wrong."""

Decision = Literal["kept", "moved", "removed"]


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """A line that could have gone the other way.

    Attributes:
        line: its number in the original, from 1; the first of a paragraph of hard-wrapped copy.
        score: how probable it is that the line is furniture or belongs in a field, from 0 to 1.
        decision: what cleaning does with it.
        kind: what it is, or would be if it went.
        text: its words; of hard-wrapped copy the whole paragraph's.
        reason: what speaks for taking it out.
    """

    line: int
    score: float
    decision: Decision
    kind: Kind
    text: str
    reason: str


def find_doubts(document: Document, library: Library, model: LineModel) -> list[Doubt]:
    """The lines in doubt, those nearest to the threshold first; none that a rule decided.

    Lines that stay because the budget was passed are among them, however sure the model is.
    """
    text = document.text
    paragraphs = whole_paragraphs(text)
    [found] = find([document], [paragraphs], library)
    threshold = document.hints.threshold if document.hints else model.threshold
    [judged] = judge([document], [paragraphs], [found], model, min(KEPT_FROM, threshold))
    sure = [finding for finding in judged if _score(finding) >= threshold]
    titled, seen = document.title is not None, document.hints is not None
    kept = doubt([*found.findings, *sure], paragraphs, titled=titled, seen=seen)
    settled, _ = within_budget(kept, text)
    gone = {finding.start for finding in settled if finding.step is Step.MODEL}
    certain = threshold + REMOVED_SHARE * (1 - threshold)
    words = {paragraph.start: paragraph.text for paragraph in paragraphs}
    starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
    doubts = [
        Doubt(
            line=bisect_right(starts, finding.start),
            score=_score(finding),
            decision=_decision(finding, gone),
            kind=finding.kind,
            text=words[finding.start],
            reason=finding.reason,
        )
        for finding in _undecided(judged, found.findings)
        if finding.start not in gone or _score(finding) < certain
    ]
    return sorted(doubts, key=lambda doubt: (abs(doubt.score - threshold), doubt.line))


def _undecided(judged: Iterable[Finding], ruled: Iterable[Finding]) -> Iterator[Finding]:
    """What is judged where no rule takes or protects anything; one that only reads leaves the line to the model."""
    spans = [(finding.start, finding.end) for finding in settle(ruled)]
    starts = [start for start, _ in spans]
    for finding in judged:
        before = bisect_left(starts, finding.end)
        if not before or spans[before - 1][1] <= finding.start:
            yield finding


def _decision(finding: Finding, gone: set[int]) -> Decision:
    if finding.start not in gone:
        return "kept"
    return "moved" if finding.action == "moved" else "removed"


def _score(finding: Finding) -> float:
    return finding.score or 0.0
