"""Datelines: where and when a story was filed, on a line of their own or before its first sentence."""

import re
from collections.abc import Iterable, Sequence

from cleaners.document import Kind
from cleaners.fields.agencies import named_in
from cleaners.fields.agency_names import canonical
from cleaners.fields.dates import LONGEST_LINE, Scan, resolve, scan
from cleaners.fields.people import NAMES, split_names
from cleaners.fields.place import Place
from cleaners.findings import Finding, Step, Value, field_finding
from cleaners.layout import Paragraph, ends_sentence

_SEPARATORS = re.compile(r"\s?[|•·,;:()\[\]/\t]\s?|\s[-–—]\s|\s{2,}")
_BY = re.compile(rf"[Bb][Yy]:?\s({NAMES})")
_WORD = re.compile(r"[^\W\d_][\w.'’&-]*")
_FILLERS = {"on", "at", "by", "in", "from", "source", "agency", "of", "and", "the", "de"}
_MOST_SEGMENTS = 4
_MOST_WORDS = 4

_CITY = r"[^\W\d_a-zß-öø-ÿ][\w.'’-]*(?:[\s/](?:(?:de|of|al|el|la)\s)?[^\W\d_a-zß-öø-ÿ][\w.'’-]*){0,4}"
_PREFIX = re.compile(
    rf"(?P<place>{_CITY}(?:,\s?{_CITY}){{0,2}})?(?P<more>[^()\[\]:]{{0,40}}?)\s?(?:[(\[](?P<agency>[^()\[\]]{{2,40}})[)\]])?"
    r"\s?(?P<mark>--|[-–—:])\s"
)
_LONGEST_PREFIX = 120


def propose(paragraphs: Sequence[Paragraph], place: Place, country: str | None, *, strip: bool) -> Iterable[Finding]:
    """Stand-alone datelines, moved; inline ones read, or moved too where `strip` says so."""
    opened = False
    for paragraph in paragraphs:
        if not (place.before_body(paragraph) or place.opens_body(paragraph) or place.after_body(paragraph)):
            continue
        values = _standalone(paragraph, place, country) if place.outside_body(paragraph) else ()
        if values:
            yield field_finding(
                paragraph, Kind.DATELINE, "field:dateline", "a line of date, time and place alone", values
            )
        elif not opened and place.opens_body(paragraph):
            for finding in _inline(paragraph, country, strip=strip):
                opened = True
                yield finding


def _standalone(paragraph: Paragraph, place: Place, country: str | None) -> tuple[Value, ...]:
    """What a line says that is a dateline and nothing else; nothing if any of its words is left unexplained."""
    line = paragraph.text
    if len(line) > LONGEST_LINE or not any(character.isdecimal() for character in line):
        return ()
    scanned = scan(line, country)
    labelled = any(moment.label for moment in scanned.moments)
    dated = any(moment.day for moment in scanned.moments)
    timed = any(moment.clock for moment in scanned.moments)
    # After the body, and with neither day nor both, a number or a date may be anything: a score, a diary's day.
    if not (dated or (labelled and timed)) or not (place.before_body(paragraph) or labelled or timed):
        return ()
    segments = [segment for piece in scanned.rest for segment in _SEPARATORS.split(piece) if segment.strip(" .-–—:*")]
    if len(segments) > _MOST_SEGMENTS or not all(map(_is_explained, segments)):
        return ()
    said = paragraph.line
    return (*_dates(scanned, country, said), ("dateline", said), *_credits(segments, said))


def _is_explained(segment: str) -> bool:
    """An agency, `By` and a name, or a few capitalised words: a place, a desk, a writer."""
    words = segment.split()
    return (
        canonical(segment) is not None
        or _BY.fullmatch(segment.strip()) is not None
        or (
            len(words) <= _MOST_WORDS
            and not ends_sentence(segment.rstrip(" ."))
            and all(_WORD.fullmatch(word.strip(".,")) for word in words)
            and all(word[0].isupper() or not word[0].isascii() or word.lower() in _FILLERS for word in words)
        )
    )


def _dates(scanned: Scan, country: str | None, line: str) -> Iterable[Value]:
    """The first moment that is not labelled as a change is the publication's, the last other is the change's."""
    for moment in scanned.moments:
        read = resolve(moment, country, line)
        if read is not None:
            yield ("date_modified" if moment.label == "modified" else "date_published"), read


def _credits(segments: Iterable[str], line: str) -> Iterable[Value]:
    for segment in segments:
        for agency in named_in(segment, line) if canonical(segment) else ():
            yield "agencies", agency
        by = _BY.fullmatch(segment.strip())
        if by and canonical(by[1]) is None:
            yield from (("authors", name) for name in split_names(by[1]))


def _inline(paragraph: Paragraph, country: str | None, *, strip: bool) -> Iterable[Finding]:
    """`LONDON (Reuters) - `, `New Delhi, March 10 (PTI): `: a place in capitals, or an agency in brackets."""
    match = _PREFIX.match(paragraph.text[:_LONGEST_PREFIX])
    if not match:
        return
    agencies = named_in(match["agency"], match[0].strip()) if match["agency"] else ()
    known = agencies and all(canonical(part) for part in re.split(r"[/,]|-(?=[A-Z])", match["agency"]))
    scanned = scan(match["more"], country)
    shouted = match["place"] and match["place"].isupper() and match["mark"] != ":" and not match["agency"]
    rest = "".join(scanned.rest).strip(" ,")
    if not known and not (shouted and not rest):
        return
    prefix = match[0][: match.start("mark")].strip()
    values: list[Value] = [
        ("dateline", prefix),
        *(("agencies", agency) for agency in agencies),
        *_dates(scanned, country, prefix),
    ]
    yield Finding(
        start=paragraph.offsets[0],
        end=paragraph.offsets[match.end() - 1] + 1,
        kind=Kind.DATELINE,
        action="moved" if strip else "read",
        step=Step.FIELD,
        rule="field:dateline",
        reason="place and agency before the first sentence",
        values=tuple(values),
    )
