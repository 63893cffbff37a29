"""Inline datelines: place, day and agency before the first sentence, in the forms of the world's wire copy.

They are read and stay, unless the input asks for them to be taken out.
"""

import re
from collections.abc import Iterable

from cleaners.document import Agency, Kind
from cleaners.fields.agencies import named_in
from cleaners.fields.agency_names import AGENCY, canonical
from cleaners.fields.dates import dates_of, scan
from cleaners.findings import Finding, Step, Value
from cleaners.layout import Paragraph

_CITY = r"[^\W\d_a-zß-öø-ÿ][\w.'’-]*(?:[\s/](?:(?:de|of|al|el|la)\s)?[^\W\d_a-zß-öø-ÿ][\w.'’-]*){0,4}"
_BRACKETS = r"[(\[](?P<agency>[^()\[\]]{2,40})[)\]]"
_MARK = r"(?P<mark>\.?\s?--|\.?\s?[-–—:]|[.।۔])\s"
_PREFIX = re.compile(
    rf"(?P<place>{_CITY}(?:,\s?{_CITY}){{0,2}})?(?P<more>[^()\[\]:]{{0,40}}?)\s?(?:{_BRACKETS})?\s?{_MARK}"
)
_BRACKETED = re.compile(rf"{_BRACKETS}\s?{_MARK}")
# `新华社北京4月24日电`, `【ロンドン共同】`, `(서울=연합뉴스)`, `(ANSA) - ROMA, 10 MAR -`,
# `МОСКВА, 10 мар — РИА Новости.`
_CJK_FORM = re.compile(rf"(?P<agency>{AGENCY})[^\W\d_]{{2,8}}\d{{1,2}}月\d{{1,2}}日[电電]", re.IGNORECASE)
_OTHER_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"[【［\[]\s?(?:[^\W_]{{1,12}}[\s・=]?){{0,3}}?(?P<agency>{AGENCY})\s?[】］\]]",
        rf"\((?:[^\W\d_]{{1,12}}\s?=\s?)(?P<agency>{AGENCY})\)",
        rf"\((?P<agency>{AGENCY})\)\s?[-–—]\s[^\W\d_][^-–—()]{{1,40}}?\s?[-–—](?=\s)",
        rf"[^\W\d_][^\W\d_-]{{1,20}},\s\d{{1,2}}\s[^\W\d_]{{3,10}}\.?\s?[-–—/.]{{1,2}}\s?(?P<agency>{AGENCY})[./]{{1,2}}",
    )
)
# Most first sentences have none of these near their beginning, and need no match.
_MARKS = frozenset("()[]【［-–—:/日")
_DASHES = frozenset("-–—")
_LONGEST = 120


def read_inline(paragraph: Paragraph, country: str | None, *, strip: bool) -> Iterable[Finding]:
    """What stands before the first sentence: a place in capitals, or an agency beside a place."""
    opening = paragraph.text[:_LONGEST]
    found = _prefix(opening, country)
    if not found:
        return
    end, prefix, values = found
    yield Finding(
        start=paragraph.offsets[0],
        end=paragraph.offsets[end - 1] + 1,
        kind=Kind.DATELINE,
        action="moved" if strip else "read",
        step=Step.FIELD,
        rule="field:dateline",
        reason="place and agency before the first sentence",
        values=(("dateline", prefix), *values),
    )


def _prefix(opening: str, country: str | None) -> tuple[int, str, tuple[Value, ...]] | None:
    """Where the prefix ends, what it says, and what is read from it; None where there is none for sure."""
    if _MARKS.isdisjoint(opening):
        return None
    other = next(filter(None, (form.match(opening) for form in _OTHER_FORMS)), None)
    if not other and "月" in opening:
        other = _CJK_FORM.match(opening)
    if other:
        prefix = other[0].strip()
        return other.end(), prefix, tuple(_credited(named_in(other["agency"], prefix)))
    match = _PREFIX.match(opening) if _may_have_prefix(opening) else None
    if match:
        agencies = _agencies(match)
        scanned = scan(match["more"], country)
        if agencies or _is_shouted(match, "".join(scanned.rest)):
            prefix = match[0][: match.start("mark")].strip()
            return match.end(), prefix, (*_credited(agencies), *dates_of(scanned, country, prefix))
    return None


def _may_have_prefix(opening: str) -> bool:
    """Whether an agency or a place in capitals may be found: prose has many ways to match, and most find neither."""
    shouted = not opening[1:2].islower() and not _DASHES.isdisjoint(opening)
    return shouted or _BRACKETED.search(opening) is not None


def _agencies(match: re.Match[str]) -> tuple[Agency, ...]:
    """Those in brackets, if nothing else stands there."""
    said = match["agency"]
    if not said or not all(canonical(part) for part in re.split(r"[/,]|-(?=[A-Z])", said)):
        return ()
    return named_in(said, match[0].strip())


def _is_shouted(match: re.Match[str], rest: str) -> bool:
    """A place in capitals before a dash, and a date at most beside it."""
    dashed = "-" in match["mark"] or "–" in match["mark"] or "—" in match["mark"]
    return bool(
        match["place"] and match["place"].isupper() and dashed and not match["agency"] and not rest.strip(" ,")
    )


def _credited(agencies: Iterable[Agency]) -> Iterable[Value]:
    return (("agencies", agency) for agency in agencies)
