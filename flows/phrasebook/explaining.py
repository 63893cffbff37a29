"""Why a phrase does or does not take a line."""

from collections.abc import Iterable, Sequence

import msgspec

from cleaners.document import Document
from cleaners.folding import fold
from cleaners.layout import Paragraph
from cleaners.phrases.attribution import attribute, languages_of
from cleaners.phrases.library import Library
from cleaners.phrases.pattern import Pattern
from cleaners.phrases.phrase import Phrase

NEAR = 0.5
"""The least share of a phrase's literal characters that a line has, in order, to be told as near."""

_MOST = 5


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What a phrase makes of a line.

    Attributes:
        takes: it takes the line, or a sentence of it.
        share: how much of its literal text the line has in order, 0 to 1.
        reason: in words; for a near miss the first words that are missing.
    """

    id: str
    kind: str
    text: str
    takes: bool
    share: float
    reason: str


def explain(
    line: str, library: Library, publisher: str | None = None, language: str | None = None
) -> Sequence[Verdict]:
    """The phrases that take a line, or else the nearest ones and what they miss; best first.

    The line is read as a text of its own, so head and tail do not matter.
    """
    paragraph = Paragraph(0, 0, line, fold(line))
    document = Document(text=line, publisher=publisher, language=language)
    hits = library.find([paragraph])
    _, working = attribute(document, hits, library)
    languages = languages_of(document)
    verdicts = {}
    for hit in hits:
        phrase = hit.phrase
        if hit not in working:
            reason = f"works on text of {phrase.publisher} only: it does not name its publisher"
        elif phrase.publisher is None and languages is not None and phrase.owner not in languages:
            reason = f"is a phrase of the language {phrase.owner}"
        else:
            whole = hit.start == 0 and hit.end == len(paragraph.folded)
            reason = "the whole line" if whole else f"a sentence: {paragraph.text[hit.start : hit.end]!r}"
            verdicts[phrase.id] = _verdict(phrase, 1.0, reason, takes=True)
            continue
        verdicts[phrase.id] = _verdict(phrase, 1.0, reason)
    if any(verdict.takes for verdict in verdicts.values()):
        return sorted(verdicts.values(), key=lambda v: (not v.takes, v.id))
    return _nearest([*verdicts.values(), *_near(paragraph.folded, library, set(verdicts))])


def missing(pattern: Pattern, folded: str) -> tuple[float, str]:
    """How much of a pattern's literal text stands in order in a folded line, and the first words that do not.

    Takes time in proportion to the line for each piece.
    """
    at, found, first = 0, 0, ""
    for piece in filter(None, (piece.strip() for piece in pattern.pieces)):
        length = _longest_prefix(piece, folded, at)
        found += length
        if length < len(piece):
            first = piece[length:].strip()
            break
        at = folded.find(piece, at) + length
    return found / sum(len(piece.strip()) for piece in pattern.pieces), first


def _longest_prefix(piece: str, folded: str, at: int) -> int:
    """How long a prefix of `piece` stands behind `at`; each prefix of one that does, does."""
    low, high = 0, len(piece)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if folded.find(piece[:middle], at) >= 0 else (low, middle - 1)
    return low


def _near(folded: str, library: Library, known: set[str]) -> Iterable[Verdict]:
    for phrase in library.phrases:
        if phrase.id in known:
            continue
        share, first = missing(phrase.pattern, folded)
        if share < NEAR:
            continue
        if first:
            reason = f"the line does not go on with {first!r}"
        elif phrase.publisher is None:
            reason = (
                "all its words are there, but a common phrase is a whole line, and its slots have a longest length"
            )
        else:
            reason = "all its words are there, but not as whole sentences, or a slot would be too long"
        yield _verdict(phrase, share, reason)


def _nearest(verdicts: Iterable[Verdict]) -> Sequence[Verdict]:
    return sorted(verdicts, key=lambda verdict: (-verdict.share, -len(verdict.text), verdict.id))[:_MOST]


def _verdict(phrase: Phrase, share: float, reason: str, *, takes: bool = False) -> Verdict:
    return Verdict(
        id=phrase.id, kind=str(phrase.kind), text=phrase.text, takes=takes, share=round(share, 2), reason=reason
    )
