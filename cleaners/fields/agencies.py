"""Agencies in copy: lines that do nothing but credit them, and credits behind the last sentence."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from cleaners.document import Agency, Kind
from cleaners.fields.agency_names import AGENCY, BY_WRITTEN
from cleaners.fields.place import Place
from cleaners.findings import Finding, Step, field_finding
from cleaners.folding import FULL_STOPS, fold
from cleaners.layout import TERMINALS, Paragraph
from cleaners.remembering import remembered

_LIST = rf"(?:{AGENCY})(?:\s?(?:,|/|&|\+|-|\band\b)\s?(?:{AGENCY}))*"

_LEAD = (
    r"\(?(?:with|contains|additional)?\s?(?:in?puts?|reporting|material|agency inputs)\s(?:from|by)"
    r"|with|by|via|from|mit|avec|con|com|met|med"
    r"|sources?\s?:?|courtesy\s?:?|agency\s?:|©|copyright|in association with"
    r"|quelle\s?:|mit material von|fuente\s?:|fonte\s?:"
)
_TRAIL = r"inputs?|services?|feed|photos?|contributed to this report"
_CREDIT_LINE = re.compile(rf"(?:[-–—•*(\[|]\s?)*(?:(?:{_LEAD})\s?)?(?:the\s)?({_LIST})(?:\s(?:{_TRAIL}))?[\s)\]|]*")
# `sak/Reuters`, `red, Example.at/Agenturen`: the desk's sign in small letters, and whose copy it worked on.
_DESK_AND_AGENCY = re.compile(rf"[a-zäöü]{{2,4}}(?:/[a-zäöü]{{2,4}})?(?:,\s[\w.-]{{2,24}})?\s?/\s?((?i:{_LIST}))")
# Only behind a finished sentence: "the Aam Aadmi Party (AAP)." names a party.
_SUFFIX = re.compile(rf"(?<=[{re.escape(TERMINALS)}\"'])\s?(?:[(\[]\s?({_LIST})\s?[)\]]|[-]{{1,2}}\s?({_LIST}))$")
# What such a credit begins with: most paragraphs have nothing of the kind near their end.
_SUFFIX_HINT = re.compile(rf"[{re.escape(TERMINALS)}\"']\s?[(\[-]")
_ANY = re.compile(rf"(?<!\w)(?:{AGENCY})(?!\w)")
_TAIL_OF_SUFFIX = 80
_LONGEST_CREDIT = 100

_NOTICE_KINDS = {Kind.SYNDICATION_NOTICE, Kind.AGENCY_CREDIT, Kind.SOURCE_CREDIT, Kind.DATELINE_BYLINE}


def named_in(text: str, evidence: str) -> tuple[Agency, ...]:
    """The agencies that a stretch of credit text names, each once, in order.

    Not for body text: `ap`, `pa` and `uni` are words there.
    """
    names = dict.fromkeys(BY_WRITTEN[match[0]] for match in _ANY.finditer(fold(text)))
    return tuple(Agency(name=name, evidence=evidence) for name in names)


def may_credit(line: str) -> bool:
    """Whether a line may credit agencies and do nothing else, were it to stand in the right place."""
    return len(line) <= _LONGEST_CREDIT and ("/" in line or _credit_in(fold(line)) is not None)


def propose(
    paragraphs: Sequence[Paragraph], place: Place, telling: Iterable[Paragraph], *, strip: bool
) -> Iterable[Finding]:
    """Lines that only credit agencies, moved; agencies behind a paragraph's last sentence, read.

    Args:
        paragraphs: of the article.
        place: where they stand.
        telling: those beside the story that may be such lines by their words.
        strip: whether the agencies behind a sentence leave the text too.
    """
    credited = set()
    for paragraph in telling:
        if len(paragraph.text) > _LONGEST_CREDIT or not place.outside_body(paragraph):
            continue
        desk = desk_credit(paragraph, place)
        credit = _credit_in(paragraph.folded) or (desk[1] if desk else None)
        if credit:
            credited.add(paragraph.index)
            values = tuple(("agencies", a) for a in named_in(credit, paragraph.text))
            yield field_finding(
                paragraph, Kind.AGENCY_CREDIT, "field:agency", "a line that only names agencies", values
            )
    for paragraph in paragraphs:
        # Most paragraphs have neither sign: not even a generator is made for them.
        folded = paragraph.folded
        if ("-" in folded or folded.rstrip(FULL_STOPS).endswith((")", "]"))) and paragraph.index not in credited:
            yield from _suffix(paragraph, strip=strip)


@remembered
def _credit_in(folded: str) -> str | None:
    """The agencies that a line credits, and does nothing else."""
    credit = _CREDIT_LINE.fullmatch(folded.rstrip(FULL_STOPS))
    return credit[1] if credit else None


def desk_credit(paragraph: Paragraph, place: Place) -> re.Match[str] | None:
    """The sign of a desk and an agency behind the story; above it stands a photographer's."""
    if "/" not in paragraph.text or not place.after_body(paragraph):
        return None
    return _DESK_AND_AGENCY.fullmatch(paragraph.text.strip("()"))


def read_notices(findings: Iterable[Finding], text: str) -> Iterable[Finding]:
    """The agencies named in what phrases take away or list: read before they are gone."""
    for finding in findings:
        if finding.kind in _NOTICE_KINDS:
            words = " ".join(text[finding.start : finding.end].split())
            yield _credit(finding.start, finding.end, named_in(words, words), "read")


def _suffix(paragraph: Paragraph, *, strip: bool) -> Iterable[Finding]:
    folded = paragraph.folded.rstrip(FULL_STOPS)
    start_of_tail = max(0, len(folded) - _TAIL_OF_SUFFIX)
    if not folded.endswith((")", "]")) and folded.find("-", start_of_tail) < 0:
        return
    if not _SUFFIX_HINT.search(folded, max(0, start_of_tail - 1)):
        return
    match = _SUFFIX.search(folded, start_of_tail)
    if match:
        evidence = paragraph.text[match.start() : match.end()].strip()
        named = named_in(match[1] or match[2], evidence)
        start, end = paragraph.offsets[match.start()], paragraph.offsets[match.end() - 1] + 1
        yield _credit(start, end, named, "moved" if strip else "read")


def _credit(start: int, end: int, named: Iterable[Agency], action: Literal["moved", "read"]) -> Finding:
    return Finding(
        start=start,
        end=end,
        kind=Kind.AGENCY_CREDIT,
        action=action,
        step=Step.FIELD,
        rule="field:agency",
        reason="names an agency",
        values=tuple(("agencies", agency) for agency in named),
    )
