"""What a cleaning step says of a piece of text. Steps only propose; `cleaners.removals` decides and applies."""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Literal

import msgspec

from cleaners.document import Agency, Kind, Moment
from cleaners.layout import Paragraph


class Step(IntEnum):
    """The steps in the order of their word: where two claim the same text, the lower number has it."""

    NOTICE = 0
    PUBLISHER_PHRASE = 1
    COMMON_PHRASE = 2
    FIELD = 3
    MODEL = 4


# Looked up once: to ask an enumeration for a member takes Python 3.11 longer than to make a finding.
_BUDGETED_STEPS = frozenset({Step.COMMON_PHRASE, Step.MODEL})
_FIELD_STEP = Step.FIELD

Said = Literal["removed", "moved", "flagged", "read"]
"""`removed` and `moved` take the text away, `flagged` protects it, `read` only reads from it."""

Value = tuple[str, str | Agency | Moment]
"""A record field and what was read for it."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One proposal about `[start, end)` of the original.

    Attributes:
        values: what goes into the record's fields if the finding is accepted.
        whole: the span is all of its line or lines, so the line break goes with it.
        score: how sure the model is; None for rules.
        syndicates: whether it says that the text was taken over from others.
    """

    start: int
    end: int
    kind: Kind
    action: Said
    step: Step
    rule: str
    reason: str
    values: tuple[Value, ...] = ()
    whole: bool = False
    score: float | None = None
    syndicates: bool = False

    @property
    def takes_text(self) -> bool:
        """Whether the text leaves the body."""
        return self.action in {"removed", "moved"}

    @property
    def budgeted(self) -> bool:
        """Whether the text counts against the safety budget: not what a publisher said of its own, nor moves."""
        return self.action == "removed" and self.step in _BUDGETED_STEPS


def field_finding(paragraph: Paragraph, kind: Kind, rule: str, reason: str, values: tuple[Value, ...]) -> Finding:
    """A whole paragraph that a field step moves out of the body."""
    return Finding(
        start=paragraph.start,
        end=paragraph.end,
        kind=kind,
        action="moved" if values else "removed",
        step=_FIELD_STEP,
        rule=rule,
        reason=reason,
        values=values,
        whole=True,
    )


def claims(findings: Iterable[Finding], paragraphs: Sequence[Paragraph]) -> dict[int, Kind]:
    """What is said of whole paragraphs, by their index: the kind of the first finding that takes or lists each."""
    said: dict[int, Kind] = {}
    for finding in findings:
        if finding.action != "read":
            said.setdefault(finding.start, finding.kind)
    return {p.index: said[p.start] for p in paragraphs if p.start in said}


def taken(findings: Iterable[Finding], paragraphs: Sequence[Paragraph]) -> dict[int, Kind]:
    """The whole paragraphs that findings take out of the text, by their index."""
    return claims((finding for finding in findings if finding.takes_text and finding.whole), paragraphs)


def texts(values: Iterable[Value], field: str) -> tuple[str, ...]:
    """What is said for a field of texts: each once, in order."""
    return tuple(dict.fromkeys(value for name, value in values if name == field and isinstance(value, str)))
