"""Whose copy it is: lines of copyright and of source, before and behind the body."""

import re
from collections.abc import Iterable

from cleaners.document import Kind
from cleaners.fields.agencies import named_in
from cleaners.fields.place import Place
from cleaners.findings import Finding, Value, field_finding
from cleaners.folding import fold
from cleaners.layout import Paragraph
from cleaners.remembering import remembered

_RESERVED = (
    r"(?:all\srights\sreserved|alle\srechte\svorbehalten|tous\sdroits\sréservés|todos\s(?:los\sderechos|os\sdireitos)\sreservados"
    r"|(?:tutti\si\sdiritti\sriservati|riproduzione\sriservata|©\sriproduzione\sriservata)|alle\srechten\svoorbehouden|med\sensamrätt"
    r"|alla\srättigheter\sförbehållna|alle\srettigheder\sforbeholdes|wszelkie\sprawa\szastrzeżone|tüm\shakları\ssaklıdır"
    r"|hak\scipta\s(?:dilindungi|terpelihara)[\s\w-]{0,20}|все\sправа\sзащищены|всі\sправа\sзахищені|με\sεπιφύλαξη\sπαντός\sδικαιώματος"
    r"|सर्वाधिकार\sसुरक्षित|সর্বস্বত্ব\sসংরক্ষিত|جملہ\sحقوق\sمحفوظ(?:\sہیں)?|جميع\sالحقوق\sمحفوظة|تمام\sحقوق\sمحفوظ"
    r"|版\s?权\s?所\s?有|版權所有|無断転載(?:を禁|禁止)[^\s]{0,8}|禁無断転載|무단\s?전재(?:\s?및\s?재배포)?\s?금지|bản\squyền\sthuộc\svề)"
)
_MARK = r"(?:©|\(c\)|&copy;|copyright|저작권자|著作権)"
_OWNED = re.compile(
    rf"[\W_]{{0,3}}{_MARK}[^a-z0-9]{{0,8}}(?:\d{{4}}(?:\s?-\s?\d{{4}})?|[^\s]).{{0,140}}", re.IGNORECASE
)
_RESERVED_LINE = re.compile(rf".{{0,100}}{_RESERVED}(?-i:(?!\s[a-z])).{{0,80}}", re.IGNORECASE)
# No reserved right is without one of these, folded; a search of every line for all forms is dear.
_RIGHTS_HINT = re.compile(
    "serv|behoud|behalten|ensamr|förbeh|forbehold|zastrze|sakl|dilindungi|terpelihara|защищ|захищ|επιφ|सर्वाधिकार|সর্বস্বত্ব"
    "|حقوق|版|無断|무단|bản"
)
_RIGHTS = re.compile(_RESERVED, re.IGNORECASE)
_HAS_YEAR = re.compile(rf"[\W_]{{0,3}}(?:{_MARK}[\s,]{{0,2}}){{1,2}}\s?\d{{4}}\b", re.IGNORECASE)

_SOURCE_LABEL = (
    r"(?:(?:(?:news\s|original\s)?sources?|via|courtesy|with\s(?:inputs|material)\sfrom|quellen?|fuentes?|fontes?|fonti|kilde|källa|lähde|bron"
    r"|źródło|zdroj|kaynak|sumber|nguồn|источник|джерело|πηγή|स्रोत|साभार|সূত্র|ஆதாரம்|ماخذ|ذریعہ|مصدر|المصدر|منبع)\s?\|?\s?[:：]\s?\|?"
    r"|بشکریہ\s|(?:来源|來源|出典|出處|文章来源|稿源|出处|출처|情報元|引用元)\s?[:：])"
)
_SOURCE = re.compile(rf"[\s(*•-]{{0,3}}{_SOURCE_LABEL}\s?([^:：]{{2,70}})", re.IGNORECASE)
_LONGEST = 200
_MOST_WORDS = 7


@remembered
def read_owner(line: str) -> tuple[Value, ...]:
    """Who owns or supplied the copy, from a line of copyright or source whose role is known: agencies, if any."""
    source = _SOURCE.fullmatch(line)
    said = source[1] if source else re.sub(rf"(?i)^\W*(?:{_MARK}[\s,]?)+[\d\s,-]*|{_RESERVED}.*", "", line)
    return tuple(("agencies", agency) for agency in named_in(said, line))


def is_source(segment: str) -> bool:
    """Whether a stretch of a line is a label of source and a name."""
    return _SOURCE.fullmatch(segment) is not None


def propose(place: Place, telling: Iterable[Paragraph]) -> Iterable[Finding]:
    """Lines of copyright near the end, of source outside the body; the agencies they name are read.

    Args:
        place: where the paragraphs stand.
        telling: those beside the story that may be such lines by their words.
    """
    for paragraph in telling:
        if not may_own(paragraph.text):
            continue
        if place.near_tail(paragraph) and _is_copyright(paragraph, place):
            yield _finding(paragraph, Kind.COPYRIGHT, "field:copyright", "a line of copyright alone")
        elif place.outside_body(paragraph) and place.has_prose and _is_source_line(paragraph.text):
            yield _finding(paragraph, Kind.SOURCE_CREDIT, "field:source", "a line of source alone")


@remembered
def may_own(line: str) -> bool:
    """Whether a line may be one of copyright or source by its words, were it to stand in the right place."""
    if len(line) > _LONGEST:
        return False
    # No hint has a quote or a dash: small letters are folded enough.
    small = line.replace("İ", "i").lower()
    return (_OWNED.fullmatch(line) or _RIGHTS_HINT.search(small)) is not None or _is_source_line(line)


def _is_copyright(paragraph: Paragraph, place: Place) -> bool:
    """A year behind the sign, or rights reserved; a bare sign may stand on a picture, unless nothing follows."""
    line = paragraph.text
    reserved = _is_reserved(line)
    if reserved is not None:
        return reserved
    return (place.after_body(paragraph) or _HAS_YEAR.match(line) is not None) and _OWNED.fullmatch(line) is not None


@remembered
def _is_reserved(line: str) -> bool | None:
    """Whether a line reserves rights and does nothing else; None where it does not speak of them."""
    if _RIGHTS_HINT.search(fold(line)) and _RIGHTS.search(line):
        return _RESERVED_LINE.fullmatch(line) is not None
    return None


def _is_source_line(line: str) -> bool:
    if line.isascii() and ":" not in line:
        return False
    source = _SOURCE.fullmatch(line)
    return source is not None and len(source[1].split()) <= _MOST_WORDS


def _finding(paragraph: Paragraph, kind: Kind, rule: str, reason: str) -> Finding:
    return field_finding(paragraph, kind, rule, reason, read_owner(paragraph.text))
