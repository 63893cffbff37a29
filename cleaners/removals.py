"""The one place where findings are weighed against each other, applied, and undone."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from cleaners.document import Kind, Removal
from cleaners.errors import RestoreError
from cleaners.findings import Finding, Step

# C0 but LF and TAB, DEL, and surrogates: what a record's text never holds.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]+")
_CONTROL_BYTES = bytes([*range(0x09), *range(0x0B, 0x20), 0x7F])
_SHARE_OF_BUDGET = 0.5


def settle(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings that do not overlap, sorted; of two that do, the earlier step's, then the longer, stays.

    What the loser read is not lost where it lies inside the winner: a credit line that a phrase removes still
    names its agency.
    """
    taking = sorted((f for f in findings if f.action != "read"), key=lambda f: (f.start, f.step, -f.end))
    settled: list[Finding] = []
    for finding in taking:
        if settled and finding.start < settled[-1].end:
            settled[-1] = _stronger(settled[-1], finding)
        else:
            settled.append(finding)
    return tuple(settled)


def _stronger(first: Finding, second: Finding) -> Finding:
    winner, loser = sorted((first, second), key=lambda f: (f.step, f.start - f.end, f.start))
    inside = winner.start <= loser.start and loser.end <= winner.end
    missing = tuple(value for value in loser.values if value not in winner.values)
    if inside and missing and winner.takes_text:
        return msgspec.structs.replace(winner, values=winner.values + missing)
    return winner


def within_budget(findings: Sequence[Finding], text: str) -> tuple[tuple[Finding, ...], bool]:
    """The settled findings, and whether the budget was passed.

    The model and common phrases may remove at most half of the characters of the text. Past that the model's
    findings are all withdrawn, and if that is not enough the common phrases' too: a text that looks like furniture
    from end to end is not understood.
    """
    settled = settle(findings)
    if _is_within(settled, text):
        return settled, False
    settled = settle(f for f in findings if f.step is not Step.MODEL)
    if _is_within(settled, text):
        return settled, True
    unbudgeted = {Step.COMMON_PHRASE, Step.MODEL}
    return settle(f for f in findings if f.step not in unbudgeted or f.action == "flagged"), True


def _is_within(settled: Sequence[Finding], text: str) -> bool:
    budget = _SHARE_OF_BUDGET * len(text)
    # With a line break each: most texts are so far from the budget that what is cut need not be known exactly.
    if sum([finding.end - finding.start + 1 for finding in settled if finding.budgeted]) <= budget:
        return True
    return sum([end - start for start, end, finding in _spans(settled, text) if finding.budgeted]) <= budget


def remove(text: str, settled: Sequence[Finding], read: Sequence[Finding]) -> tuple[str, tuple[Removal, ...]]:
    """The text less what the findings take, less its control characters; and each piece as a removal."""
    spans = _spans(settled, text)
    fields = _fields_read(spans, read)
    removals = [
        Removal(
            start=start,
            end=end,
            text=text[start:end],
            kind=finding.kind,
            action="moved" if finding.action == "moved" else "removed",
            fields=_fields_of(finding, fields.get(start, ())),
            rule=finding.rule,
            reason=finding.reason,
            score=finding.score,
        )
        for start, end, finding in spans
    ]
    removals += _controls(text, [(start, end) for start, end, _ in spans])
    removals.sort(key=lambda removal: removal.start)
    kept = []
    position = 0
    for removal in removals:
        kept.append(text[position : removal.start])
        position = removal.end
    kept.append(text[position:])
    return "".join(kept), tuple(removals)


def _fields_of(finding: Finding, read: Sequence[str]) -> tuple[str, ...]:
    """The fields that a finding fills, and those that others read from inside it; most fill none."""
    if not finding.values and not read:
        return ()
    return tuple(dict.fromkeys([*(field for field, _ in finding.values), *read]))


def restore(text: str, removed: Sequence[Removal]) -> str:
    """The original, rebuilt from clean copy and its removals, code point for code point.

    Raises:
        RestoreError: the removals overlap, or do not fit the text.
    """
    pieces = []
    taken = position = 0
    for removal in sorted(removed, key=lambda removal: removal.start):
        gap = removal.start - position
        if gap < 0 or taken + gap > len(text) or removal.end - removal.start != len(removal.text):
            raise RestoreError(f"the removal at {removal.start}..{removal.end} does not fit the text")
        pieces += [text[taken : taken + gap], removal.text]
        taken += gap
        position = removal.end
    return "".join(pieces) + text[taken:]


def _spans(settled: Sequence[Finding], text: str) -> list[tuple[int, int, Finding]]:
    """What each finding cuts: a whole line takes its own break; where it ends the text, the break before it.

    Of several lines that end the text together each takes the break before it, so that no empty line is left.
    """
    spans = []
    end_of_text = len(text)
    for finding in reversed(settled):
        if not finding.takes_text:
            continue
        start, end = finding.start, finding.end
        if finding.whole:
            if end == end_of_text:
                start = end_of_text = max(0, start - 1)
            elif text[end] == "\n":
                end += 1
        spans.append((start, end, finding))
    spans.reverse()
    return spans


def _fields_read(spans: Sequence[tuple[int, int, Finding]], read: Sequence[Finding]) -> dict[int, list[str]]:
    """For the start of a span, the fields that `read` findings took from inside it."""
    starts = [start for start, _, _ in spans]
    fields: dict[int, list[str]] = {}
    for finding in read:
        place = bisect_right(starts, finding.start) - 1
        if place >= 0 and finding.end <= spans[place][1]:
            fields.setdefault(starts[place], []).extend(field for field, _ in finding.values)
    return fields


def _controls(text: str, spans: Sequence[tuple[int, int]]) -> Iterable[Removal]:
    """The runs of barred characters outside the spans, each a removal."""
    if not _has_controls(text):
        return
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        for run in _CONTROLS.finditer(text, start, end):
            yield Removal(
                start=run.start(),
                end=run.end(),
                text=run.group(),
                kind=Kind.CONTROL_CHARACTER,
                action="removed",
                fields=(),
                rule="control_character",
                reason="not allowed in a record's text",
            )


def cuts(text: str) -> list[tuple[int, int]]:
    """The spans of barred characters' runs: no rule may match across one."""
    return [run.span() for run in _CONTROLS.finditer(text)] if _has_controls(text) else []


def _has_controls(text: str) -> bool:
    """Whether a barred character is in text: a fifth of the time of a search, and most texts hold none."""
    try:
        encoded = text.encode()
    except UnicodeEncodeError:  # a surrogate
        return True
    return len(encoded.translate(None, _CONTROL_BYTES)) < len(encoded)
