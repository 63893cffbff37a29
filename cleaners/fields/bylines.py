"""Bylines: a line that says who wrote the story, and nothing else."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from cleaners.document import Kind
from cleaners.fields.byline_forms import (
    BY_ALONE,
    BY_START,
    CJK_REPORTER,
    DESK,
    INITIALS,
    LABELLED,
    LINE,
    NAMED_DESK,
    NAMES_ALONE,
    NOT_NAMES,
    PHONE,
    REPORTING,
    ROLE_ALONE,
)
from cleaners.fields.byline_names import read_byline
from cleaners.fields.people import NAMES
from cleaners.fields.place import Place
from cleaners.findings import Finding, field_finding
from cleaners.layout import Paragraph, ends_sentence
from cleaners.remembering import remembered

_HEAD = 20
_LONGEST_BY = 20
_LONGEST_INITIALS = 24
_LONGEST_ROLE = 50
# More lines of `by` and a name are the books of a list, not the writers of the story.
_MOST_SIGNED = 2
_LONGEST = 120
_LONGEST_NAME = 40
# `Ein Bericht Von : X Desk` has five, three words before `An Own Staff Reporter` make six.
_MOST_SPACES_OF_DESK = 6
_LONGEST_REPORTING = 320


@remembered
def is_signed(line: str) -> bool:
    """Whether a line is `By` and names, in any of the languages: sure by its words alone."""
    return len(line) <= _LONGEST and LINE.fullmatch(line) is not None and line != line.lower()


def may_sign(line: str) -> bool:
    """Whether a line may be a byline by its words, were it to stand in the right place."""
    if len(line) > _LONGEST:
        return len(line) <= _LONGEST_REPORTING and _may_report(line)
    if _may_report(line) or line[0] == "(" or _is_signed_or_desk(line) or _is_names_or_desk(line)[0]:
        return True
    return _is_cjk_reporter(line) or _is_labelled(line)


def propose(
    paragraphs: Sequence[Paragraph], place: Place, telling: Iterable[Paragraph], dated: frozenset[int]
) -> Iterable[Finding]:
    """Bylines moved into the authors: sure by their words, or by a dateline beside them.

    Args:
        paragraphs: of the article.
        place: where they stand.
        telling: those beside the story that may be bylines by their words.
        dated: the indexes of the paragraphs that are datelines.
    """
    if not place.has_prose:
        return
    bylines = [p for p in telling if _is_byline(p, place, dated)]
    listed = sum(is_signed(p.text) for p in bylines) > _MOST_SIGNED
    for paragraph in bylines:
        values = () if listed and is_signed(paragraph.text) else read_byline(paragraph.text)
        if values or INITIALS.fullmatch(paragraph.text):
            yield field_finding(paragraph, Kind.BYLINE, "field:byline", "a line of `by` and names alone", values)
    yield from _with_roles(place.head[1:_HEAD])
    pairs = [(first, second) for first, second in pairwise(paragraphs[:_HEAD]) if _is_pair(first.text, second.text)]
    if len(pairs) == 1:
        first, second = pairs[0]
        values = read_byline(second.text)
        yield field_finding(first, Kind.BYLINE, "field:byline", "`by`, and names on the next line", values)
        yield field_finding(second, Kind.BYLINE, "field:byline", "names behind a line of `by`", values)


def _with_roles(above: Sequence[Paragraph]) -> Iterable[Finding]:
    """Names with what they are on the next line, above the story: the box of a writer with a picture."""
    for first, second in pairwise(above):
        if len(second.text) > _LONGEST_ROLE or len(first.text) > _LONGEST:
            continue
        if NAMES_ALONE.fullmatch(first.text) and ROLE_ALONE.fullmatch(second.text):
            yield field_finding(
                first, Kind.BYLINE, "field:byline", "names, and a job on the next line", read_byline(first.text)
            )
            yield field_finding(second, Kind.BYLINE, "field:byline", "the job of the writer above", ())


def _is_pair(first: str, second: str) -> bool:
    """`By` on a line of its own, and names on the next; where that comes twice, it is a list of works."""
    if len(first) > _LONGEST_BY or not BY_ALONE.fullmatch(first):
        return False
    return (NAMES_ALONE.fullmatch(second) or NAMED_DESK.fullmatch(second)) is not None


def _is_byline(paragraph: Paragraph, place: Place, dated: frozenset[int]) -> bool:
    line = paragraph.text
    near_head, near_tail = place.near_head(paragraph), place.near_tail(paragraph)
    if len(line) > _LONGEST_REPORTING or not (near_head or near_tail):
        return False
    if near_tail and _may_report(line) and REPORTING.fullmatch(line):
        return True
    if len(line) > _LONGEST:
        return False
    if near_head and (_is_signed_or_desk(line) or _is_beside_dateline(paragraph, place, dated)):
        return True
    if line[0] == "(" and len(line) <= _LONGEST_INITIALS and place.after_body(paragraph) and INITIALS.fullmatch(line):
        return True
    return _is_cjk_reporter(line) or _is_labelled(line)


def _may_report(line: str) -> bool:
    return " by " in line or " contributed " in line


def _is_cjk_reporter(line: str) -> bool:
    return not line.isascii() and CJK_REPORTER.fullmatch(line) is not None


@remembered
def _is_signed_or_desk(line: str) -> bool:
    """`By` and names, an address behind them left out, or `by` and a desk, or a desk that is nothing else."""
    named = PHONE.sub("", NOT_NAMES.sub("", line)).strip() if "@" in line or "[" in line else line
    if is_signed(named):
        return True
    if line.count(" ") > _MOST_SPACES_OF_DESK:
        return False
    return (DESK.fullmatch(line) if BY_START.match(line) else NAMED_DESK.fullmatch(line)) is not None


def _is_beside_dateline(paragraph: Paragraph, place: Place, dated: frozenset[int]) -> bool:
    """Names with a job behind them; names alone, or a desk, beside a dateline, if something stands above."""
    if not place.before_body(paragraph) or paragraph.index == 0:
        return False
    named, with_job = _is_names_or_desk(paragraph.text)
    return with_job or (named and not {paragraph.index - 1, paragraph.index + 1}.isdisjoint(dated))


@remembered
def _is_names_or_desk(line: str) -> tuple[bool, bool]:
    """Whether a line is names or a desk, and whether it is names with a job behind them."""
    # Where a script has no capitals, a few words of any kind have the shape of names.
    named = NAMES_ALONE.fullmatch(line) if line.upper() != line.lower() else None
    if named:
        return True, bool(named[2])
    return line.count(" ") <= _MOST_SPACES_OF_DESK and DESK.fullmatch(line) is not None, False


def _is_labelled(line: str) -> bool:
    """`Author: Jane Doe`, `[责任编辑：…]`: a label, and behind it what may be names."""
    labelled = LABELLED.fullmatch(line) if ":" in line or "：" in line else None
    if not labelled or ends_sentence(line.rstrip(")]）】 ")):
        return False
    said = labelled[1].strip(" )]）】|")
    capitalised = re.fullmatch(rf"{NAMES}(?:\W.*)?", said) is not None
    return capitalised or (not said.isascii() and said == said.lower() == said.upper() and len(said) <= _LONGEST_NAME)
