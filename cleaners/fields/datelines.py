"""Datelines: where and when a story was filed, on a line of their own or before its first sentence."""

import re
from collections.abc import Iterable, Sequence

from cleaners.document import Kind
from cleaners.fields import inline_datelines
from cleaners.fields.agencies import named_in
from cleaners.fields.agency_names import AGENCY, canonical
from cleaners.fields.byline_forms import NAMED_DESK
from cleaners.fields.byline_names import is_beside_name, is_names, read_byline
from cleaners.fields.bylines import is_signed
from cleaners.fields.calendar_words import MODIFIED, PUBLISHED
from cleaners.fields.date_forms import LINK
from cleaners.fields.dates import LONGEST_LINE, Scan, dates_of, scan
from cleaners.fields.ownership import is_source, read_owner
from cleaners.fields.people import NAMES
from cleaners.fields.place import Place
from cleaners.fields.reading_times import is_reading_time
from cleaners.findings import Finding, Value, field_finding
from cleaners.layout import Paragraph, ends_sentence
from cleaners.remembering import remembered

_DIGIT = re.compile(r"\d")
_SEPARATORS = re.compile(r"\s?[|•·,;:()\[\]/\t]\s?|\s[-–—]\s|\s{2,}")
_BY = re.compile(
    rf"(?:[Bb][Yy]|[Vv]on|[Pp]or|[Pp]ar|[Dd]i|[Dd]oor|[Oo]leh|[Aa]v):?\s(?:{NAMES}|(?i:{AGENCY}))(?:\son)?"
)
_PLACE_AND_AGENCY = re.compile(r"([^\W\d_a-z][^()\d]{1,40}?)[,:]?\s?[(\[]([^()\[\]]{2,30})[)\]]\.?")
_LABEL_ALONE = re.compile(
    rf"(?:(?:last|first|zuerst|zuletzt|sist|sidst|senast|ultimo|son)\s)?(?:{PUBLISHED}|{MODIFIED}){LINK}",
    re.IGNORECASE,
)
_LONGEST_LABEL = 30
_LONGEST_CLOCK = 20
_FILLERS = {
    "on",
    "at",
    "by",
    "in",
    "from",
    "source",
    "agency",
    "of",
    "and",
    "the",
    "de",
    "am",
    "um",
    "le",
    "à",
    "às",
    "alle",
    "om",
    "den",
    "el",
    "il",
    "em",
}
_HEAD = 8
_MOST_SEGMENTS = 4
_MOST_WORDS = 4
# Four explained segments and two dates have fewer; prose of a line or two is not worth a scan.
_MOST_SPACES = 30


def read_dateline(line: str, country: str | None) -> tuple[Value, ...]:
    """When, where and by whom a line says that a story was filed, its role being known.

    The whole line is the dateline; dates are read where they are sure, agencies and writers where they are named.
    """
    scanned = scan(line, country)
    credited = _PLACE_AND_AGENCY.fullmatch(line)
    segments = [credited[2]] if credited else _segments(scanned)
    return (*dates_of(scanned, country, line), ("dateline", line), *_credits(segments, line))


def propose(paragraphs: Sequence[Paragraph], place: Place, country: str | None, *, strip: bool) -> Iterable[Finding]:
    """Stand-alone datelines, moved; inline ones read, or moved too where `strip` says so."""
    opened = False
    headings = _dated_headlines(paragraphs, place, country)
    for paragraph in place.edges:
        if paragraph.text in headings:
            continue
        if _may_stand_alone(paragraph.text) and _is_standalone(paragraph, paragraphs, place, country):
            yield from _dateline(paragraph, paragraphs, country)
        elif not opened and place.opens_body(paragraph):
            for finding in inline_datelines.read_inline(paragraph, country, strip=strip):
                opened = True
                yield finding


def _dated_headlines(paragraphs: Sequence[Paragraph], place: Place, country: str | None) -> frozenset[str]:
    """Lines above the story with words and a day in them that stand there twice: `Ferry Wrap-Up 12/19/2025`.

    A page writes its headline again, over the picture or for print.
    """
    above = [p.text for p in paragraphs[:_HEAD] if place.near_head(p) and len(p.text) <= LONGEST_LINE]
    return frozenset(line for line in above if above.count(line) > 1 and _is_dated_headline(scan(line, country)))


def _is_dated_headline(scanned: Scan) -> bool:
    """Two words or more and a bare day: no time, no label, no writer, no agency."""
    segments = _segments(scanned)
    bare = all(moment.clock is None and moment.label is None for moment in scanned.moments)
    if not bare or len(segments) != 1 or not any(moment.day for moment in scanned.moments):
        return False
    said = segments[0].strip()
    return len(said.split()) > 1 and not _BY.fullmatch(said) and not canonical(said)


def _dateline(paragraph: Paragraph, paragraphs: Sequence[Paragraph], country: str | None) -> Iterable[Finding]:
    """A dateline, with the label on the line above it and the time of day on the line below: narrow columns."""
    above = paragraphs[paragraph.index - 1] if paragraph.index else None
    label = ""
    if above and len(above.text) <= _LONGEST_LABEL and _LABEL_ALONE.fullmatch(above.text):
        label = f"{above.text} "
        yield field_finding(above, Kind.DATELINE, "field:dateline", "the label of the date below", ())
    clock = _clock_below(paragraph, paragraphs[paragraph.index + 1 : paragraph.index + 2], country)
    line = f"{paragraph.line} {clock.line}" if clock else paragraph.line
    read = read_dateline(label + line, country)
    values = tuple((field, line if field == "dateline" else value) for field, value in read)
    yield field_finding(paragraph, Kind.DATELINE, "field:dateline", "a line of date, time and place alone", values)
    if clock:
        yield field_finding(clock, Kind.DATELINE, "field:dateline", "the time of the date above", values)


def _clock_below(paragraph: Paragraph, below: Sequence[Paragraph], country: str | None) -> Paragraph | None:
    """The line below a bare day, if it is a time of day and nothing else."""
    if not below or len(below[0].text) > _LONGEST_CLOCK or not _DIGIT.search(below[0].text):
        return None
    day, clock = scan(paragraph.text, country), scan(below[0].text, country)
    if any(moment.clock for moment in day.moments) or len(clock.moments) != 1 or _segments(clock):
        return None
    return below[0] if clock.moments[0].clock and not clock.moments[0].day else None


@remembered
def _may_stand_alone(line: str) -> bool:
    """Whether a line may be a dateline by its words, were it to stand in the right place.

    A copyright has a year too, and stands at the end of most articles.
    """
    if len(line) > LONGEST_LINE or line.startswith("©") or line.count(" ") > _MOST_SPACES:
        return False
    return _DIGIT.search(line) is not None or _is_place_and_agency(line)


def _is_standalone(paragraph: Paragraph, paragraphs: Sequence[Paragraph], place: Place, country: str | None) -> bool:
    """Whether a line is a dateline and nothing else: none of its words is left unexplained.

    After the body, and with neither day nor both, a number or a date may be anything: a score, a diary's day. A
    byline beside it settles that, as a label or a time of day does.
    """
    line = paragraph.text
    if not _DIGIT.search(line):
        return place.before_body(paragraph)
    scanned = scan(line, country)
    dated = any(moment.day for moment in scanned.moments)
    timed = any(moment.clock or moment.relative for moment in scanned.moments)
    if not dated and not timed:
        return False
    labelled = any(moment.label for moment in scanned.moments)
    beside = paragraphs[max(0, paragraph.index - 1) : paragraph.index + 2]
    signed = any(_is_beside(p.text) for p in beside if p is not paragraph)
    if dated and not timed and place.near_head(paragraph):
        signed = signed or _clock_below(paragraph, beside[-1:], country) is not None
    sure = place.before_body(paragraph) or labelled or signed or (timed and (dated or place.outside_body(paragraph)))
    if not (dated or (timed and (labelled or signed or _is_relative(scanned)))) or not sure:
        return False
    segments = _segments(scanned)
    return len(segments) <= _MOST_SEGMENTS and all(map(_is_explained, segments))


@remembered
def _is_beside(line: str) -> bool:
    """A byline, or a label that stands on its own line before its date."""
    return is_signed(line) or _LABEL_ALONE.fullmatch(line) is not None


def _is_place_and_agency(line: str) -> bool:
    """`Köln (dpa)` on a line of its own."""
    match = _PLACE_AND_AGENCY.fullmatch(line) if line.endswith((")", "]", ").", "].")) else None
    return match is not None and all(canonical(part) for part in re.split(r"[/,]", match[2]))


def _is_relative(scanned: Scan) -> bool:
    """`5 hours ago`, `today, 10:50`, and nothing beside it but marks."""
    return any(moment.relative for moment in scanned.moments) and not _segments(scanned)


def _segments(scanned: Scan) -> list[str]:
    """What stands between a line's dates and times, parted at its marks."""
    return [
        segment for piece in scanned.rest for segment in _SEPARATORS.split(piece) if segment.strip(" .-–—:*»/،，")
    ]


def _is_explained(segment: str) -> bool:
    """An agency, `By` and a name, a source, or a few capitalised words: a place, a desk, a writer."""
    words = segment.split()
    return (
        canonical(segment) is not None
        or _BY.fullmatch(segment.strip()) is not None
        or is_source(segment)
        or is_reading_time(segment.strip())
        or (len(words) <= _MOST_WORDS and not ends_sentence(segment.rstrip(" .")) and all(map(_is_name_like, words)))
    )


def _is_name_like(word: str) -> bool:
    """A capitalised word, one of a script without capitals, or one that joins such words."""
    return word.lower() in _FILLERS or not (word[0].islower() or any(map(str.isdecimal, word)))


def _credits(segments: Sequence[str], line: str) -> Iterable[Value]:
    """Agencies and writers. A name may be a place; `by` before it, or a degree, a job or a house behind it, tells."""
    for number, segment in enumerate(segments):
        said = segment.strip(" .-–—|")
        before, behind = segments[max(0, number - 1) : number], segments[number + 1 : number + 2]
        if canonical(segment):
            yield from (("agencies", agency) for agency in named_in(segment, line))
        elif is_source(segment):
            yield from read_owner(segment)
        elif _BY.fullmatch(said):
            yield from read_byline(said.removesuffix(" on"))
        elif NAMED_DESK.fullmatch(said):
            yield "authors", said
        elif is_names(said) and (any(map(_is_by, before)) or any(map(is_beside_name, behind))):
            yield from read_byline(said)


def _is_by(segment: str) -> bool:
    return segment.strip(" .:-–—").lower() in {"by", "von", "por", "par", "di", "door", "oleh", "av"}
