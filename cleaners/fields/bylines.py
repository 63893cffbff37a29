"""Bylines: a line that says who wrote the story, and nothing else."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from cleaners.document import Kind
from cleaners.fields.agencies import named_in
from cleaners.fields.agency_names import canonical
from cleaners.fields.people import NAMES, ROLE, split_names
from cleaners.fields.place import Place
from cleaners.findings import Finding, Value, field_finding
from cleaners.layout import Paragraph, ends_sentence

_DONE = (
    r"Written|Reported|Posted|Edited|Published|Story|Words|Text|Texte|Ein\sBericht|Eine\sAnalyse|Un\stexte|Una\snota"
)
_BY = rf"(?:(?:{_DONE})\s)?(?:By|BY|by|Von|VON|von|Por|POR|por|Par|PAR|par|Di|di|De|de|Door|Av|Af|Oleh|Przez|Od)\s?:?"
_JOB = rf"(?:[\w\s/'’-]{{0,40}}\b(?i:{ROLE})\b[\w\s/'’-]{{0,20}})"
# What may stand behind the names: a job, or the few capitalised words of a desk, an agency, another publisher.
_HOUSE = r"[^\W\d_a-z][\w.&'’-]*(?:\s[^\W\d_a-z][\w.&'’-]*){0,3}"
_LINE = re.compile(rf"{_BY}\s({NAMES})(?:\s?[,|•·–—-]\s?(?:{_JOB}|{_HOUSE}|dpa))?")
# Sure by their words, wherever they stand above the story.
_NAMED_DESK = re.compile(
    r"(?:(?-i:[^\W\d_a-z])[\w.&]*\s){0,3}(?:(?:Web|News|Online|Digital|Sports|Business|Entertainment|Video)\s(?:Desk|Team)"
    r"|(?:Our|Staff|Special|A|An?\sOwn)\s(?:Staff\s)?(?:Reporter|Correspondent|Writer)s?|Staff\sReports?|Bureau)"
    r"|(?:স্টাফ|নিজস্ব|বিশেষ|জ্যেষ্ঠ|সিনিয়র)\s(?:প্রতিবেদক|প্রতিনিধি|করেসপন্ডেন্ট|রিপোর্টার)(?:\s?[,|]\s?\S{2,30})?"
    r"|(?:स्टाफ|हमारे|विशेष|निज)\s(?:रिपोर्टर|संवाददाता|प्रतिनिधि)|(?:न्यूज|वेब|डिजिटल|ऑनलाइन)\s(?:डेस्क|टीम)|ویب\sڈیسک|نیوز\sڈیسک|نمائندہ\sخصوصی",
    re.IGNORECASE,
)
_ROLE_ALONE = re.compile(
    rf"[-–—•|]?\s?(?:[\w/'’.-]+\s){{0,3}}{ROLE}(?:\s(?:in|at|for|i|på|en|à|a)\s[\w\s]{{2,20}})?", re.IGNORECASE
)
_INITIALS = re.compile(r"\([a-z]{2,4}(?:/[a-z]{2,4}){0,3}\)")
_DESK = re.compile(rf"(?:{_BY}\s)?(?:(?-i:[^\W\d_a-z])[\w-]*\s)?{ROLE}", re.IGNORECASE)
_BY_ALONE = re.compile(rf"{_BY}\s?[-–—]?")

# Before a colon, or in brackets: so sure that the name behind it needs no shape of its own.
_LABEL = (
    r"(?:(?:by|written\sby|posted\sby|author|authors|writer|reporter|editor|text|story\sby|words|autor|autorin|autoren|von"
    r"|texto|por|autora|auteur|auteure|par|autore|di|testo|auteurs|door|tekst|av|af|kirjoittaja|teksti|penulis|oleh|reporter"
    r"|kontributor|published\sby|text\sby|words\sby|pewarta|yazar|haber|autorka|автор|авторы|текст|журналист|автори|συντάκτης|लेखक|द्वारा|প্রতিবেদক|লেখক|எழுதியவர்|تحریر|رپورٹ"
    r"|بقلم|كتب|كتبت|نویسنده)|作者|记者|記者|撰文|文|编辑|編輯|编译|责任编辑|责编|責任編輯|執筆|文責|取材|글|기자)"
)
_LABELLED = re.compile(rf"[\s\[(（【*•-]{{0,3}}{_LABEL}\s?[|/]?\s?[:：]\s?[|/]?\s?([^:：]{{2,80}})", re.IGNORECASE)
_CJK_REPORTER = re.compile(
    r"(?:\S{2,12}(?:记者|記者|통신원)[\s/／]\S{2,12}(?:\s\S{2,4}){0,2}|[가-힣]{2,4}\s?(?:기자|특파원)(?:\s\S+@\S+)?)"
)
_REPORTING = re.compile(
    rf"[\s(]{{0,2}}(?:Additional\s)?(?:Reporting|Writing|Compiled|Edited)\sby\s({NAMES})[^.]{{0,240}}[.)]{{0,2}}"
    rf"|({NAMES})(?:\s(?:in|at)\s[\w\s,]{{2,40}})?\s(?:contributed|also\scontributed)\s(?:reporting|to\sthis\s(?:report|story|article|content|guide|piece))"
    r"[^.]{0,60}\.?"
)
_NAMES_ALONE = re.compile(rf"({NAMES})(?:\s?[,|•·–—-]\s?({_JOB}))?")
_NOT_NAMES = re.compile(r"\S+@\S+|(?<!\w)@\w+|\[email\sprotected\]|https?://\S+")
_PHONE = re.compile(r"\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}")
_BY_START = re.compile(rf"{_BY}\s")
_PARTS = re.compile(r"\s?[|•·;/／]\s?|\s[-–—]\s|\s{2,}|[\[\]()（）【】]")
_HEAD = 20
_LONGEST_BY = 20
_LONGEST_INITIALS = 24
_LONGEST_ROLE = 50
# More lines of `by` and a name are the books of a list, not the writers of the story.
_MOST_SIGNED = 2
_LONGEST = 120
_LONGEST_NAME = 40
_LONGEST_REPORTING = 320


def read_byline(line: str) -> tuple[Value, ...]:
    """Who a byline names, its role being known: authors, and agencies in their place.

    Labels, jobs, addresses and dates in it are left out; what remains between its marks are the names.
    """
    found = tuple(dict.fromkeys(_named(line)))
    return found if found or not _DESK.fullmatch(line) else (("authors", _without_by(line)),)


def is_signed(line: str) -> bool:
    """Whether a line is `By` and names, in any of the languages: sure by its words alone."""
    return len(line) <= _LONGEST and _LINE.fullmatch(line) is not None and line != line.lower()


def _named(line: str) -> Iterator[Value]:
    reported = _REPORTING.fullmatch(line)
    if reported:
        yield from (("authors", name) for name in split_names(reported[1] or reported[2]))
        return
    labelled = _LABELLED.match(line)
    said = _NOT_NAMES.sub("", labelled[1] if labelled else _without_by(line))
    for part in _PARTS.split(said):
        if len(part) <= _LONGEST and not any(map(str.isdecimal, part)):
            yield from _people_and_agencies(_without_by(part), line)


def _people_and_agencies(part: str, line: str) -> Iterator[Value]:
    for name in (part,) if canonical(part) else map(_name_of, split_names(part)):
        if canonical(name):
            yield from (("agencies", agency) for agency in named_in(name, line))
        elif 1 < len(name) <= _LONGEST_NAME:
            yield "authors", name


def _without_by(line: str) -> str:
    return re.sub(rf"^\W{{0,3}}(?:{_BY}\s)?", "", line).strip()


def _name_of(text: str) -> str:
    """A name without the reporter's title of Chinese and Korean copy."""
    return re.sub(r"^\S{0,12}(?:记者|記者)\s?|\s?(?:기자|특파원)$", "", text).strip(" .,:：-–—*•")


def propose(paragraphs: Sequence[Paragraph], place: Place, dated: frozenset[int]) -> Iterable[Finding]:
    """Bylines moved into the authors: sure by their words, or by a dateline beside them.

    Args:
        paragraphs: of the article.
        place: where they stand.
        dated: the indexes of the paragraphs that are datelines.
    """
    if not place.has_prose:
        return
    bylines = [p for p in place.edges if _is_byline(p, place, dated)]
    listed = sum(is_signed(p.text) for p in bylines) > _MOST_SIGNED
    for paragraph in bylines:
        values = () if listed and is_signed(paragraph.text) else read_byline(paragraph.text)
        if values:
            yield field_finding(paragraph, Kind.BYLINE, "field:byline", "a line of `by` and names alone", values)
    yield from _with_roles(paragraphs, place)
    pairs = [(first, second) for first, second in pairwise(paragraphs[:_HEAD]) if _is_pair(first.text, second.text)]
    if len(pairs) == 1:
        first, second = pairs[0]
        values = read_byline(second.text)
        yield field_finding(first, Kind.BYLINE, "field:byline", "`by`, and names on the next line", values)
        yield field_finding(second, Kind.BYLINE, "field:byline", "names behind a line of `by`", values)


def _with_roles(paragraphs: Sequence[Paragraph], place: Place) -> Iterable[Finding]:
    """Names with what they are on the next line, above the story: the box of a writer with a picture."""
    for first, second in pairwise(paragraphs[1:_HEAD]):
        if not place.near_head(second) or len(second.text) > _LONGEST_ROLE or len(first.text) > _LONGEST:
            continue
        if _NAMES_ALONE.fullmatch(first.text) and _ROLE_ALONE.fullmatch(second.text):
            yield field_finding(
                first, Kind.BYLINE, "field:byline", "names, and a job on the next line", read_byline(first.text)
            )
            yield field_finding(second, Kind.BYLINE, "field:byline", "the job of the writer above", ())


def _is_pair(first: str, second: str) -> bool:
    """`By` on a line of its own, and names on the next; where that comes twice, it is a list of works."""
    if len(first) > _LONGEST_BY or not _BY_ALONE.fullmatch(first):
        return False
    return (_NAMES_ALONE.fullmatch(second) or _NAMED_DESK.fullmatch(second)) is not None


def _is_byline(paragraph: Paragraph, place: Place, dated: frozenset[int]) -> bool:
    line = paragraph.text
    if len(line) > _LONGEST_REPORTING or not (place.near_head(paragraph) or place.near_tail(paragraph)):
        return False
    if place.near_tail(paragraph) and (" by " in line or " contributed " in line) and _REPORTING.fullmatch(line):
        return True
    if len(line) > _LONGEST:
        return False
    if place.near_head(paragraph) and (_is_signed_or_desk(line) or _is_beside_dateline(paragraph, place, dated)):
        return True
    if len(line) <= _LONGEST_INITIALS and place.after_body(paragraph) and _INITIALS.fullmatch(line):
        return True
    return (not line.isascii() and _CJK_REPORTER.fullmatch(line) is not None) or _is_labelled(line)


def _is_signed_or_desk(line: str) -> bool:
    """`By` and names, an address behind them left out, or `by` and a desk, or a desk that is nothing else."""
    named = _PHONE.sub("", _NOT_NAMES.sub("", line)).strip() if "@" in line or "[" in line else line
    by_desk = _DESK.fullmatch(line) if _BY_START.match(line) else _NAMED_DESK.fullmatch(line)
    return is_signed(named) or by_desk is not None


def _is_beside_dateline(paragraph: Paragraph, place: Place, dated: frozenset[int]) -> bool:
    """Names with a job behind them; names alone, or a desk, beside a dateline, if something stands above."""
    named = _NAMES_ALONE.fullmatch(paragraph.text)
    if not named and not _DESK.fullmatch(paragraph.text):
        return False
    beside = not {paragraph.index - 1, paragraph.index + 1}.isdisjoint(dated)
    return place.before_body(paragraph) and paragraph.index > 0 and (beside or bool(named and named[2]))


def _is_labelled(line: str) -> bool:
    """`Author: Jane Doe`, `[责任编辑：…]`: a label, and behind it what may be names."""
    labelled = _LABELLED.fullmatch(line) if ":" in line or "：" in line else None
    if not labelled or ends_sentence(line.rstrip(")]）】 ")):
        return False
    said = labelled[1].strip(" )]）】|")
    capitalised = re.fullmatch(rf"{NAMES}(?:\W.*)?", said) is not None
    return capitalised or (not said.isascii() and said == said.lower() == said.upper() and len(said) <= _LONGEST_NAME)
