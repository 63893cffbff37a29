"""How to reach the writer: lines of addresses and handles behind the body, and blocks of press contacts."""

import re
from collections.abc import Iterable, Sequence

from cleaners.document import Kind
from cleaners.fields.people import NAME, NAMES, split_names
from cleaners.fields.place import Place
from cleaners.findings import Finding, Value, field_finding
from cleaners.layout import Paragraph
from cleaners.remembering import remembered

_ADDRESS = r"(?:\S+\s?(?:@|\[at\]|\(at\))\s?[\w.-]+|\[email\s?protected\])"
_ADDRESSED = re.compile(rf"{_ADDRESS}|https?://|(?<!\w)@\w+|\d{{3}}[\s.-]\d{{3,4}}")
_DIGIT = re.compile(r"\d")
_WRITER = r"(?:(?:staff|our|senior)\s)?(?:writer|reporter|author|journalist|columnist|correspondent|editor)s?"
# Whom it asks to reach: the writer, by that word or by name. `Contact police at ...` is news.
_REACH = re.compile(
    rf"\W{{0,3}}(?:(?i:contact|reach|e-?mail|write\sto|follow|tweet)\s(?:(?i:the\s|this\s)?(?i:{_WRITER})(?:\s({NAMES}))?|({NAME}))(?!\w)"
    rf"|({NAMES})\s(?:may|can)\sbe\s(?:reached|contacted|followed)\s).{{0,200}}"
)
_FOLLOW = re.compile(
    r"\W{0,3}Follow\s(?:him|her|them|me)\son\s(?:X|Twitter|Instagram|Facebook|LinkedIn|Bluesky|Threads|Mastodon)(?:,?\s.{0,60})?"
)
_MAIL = re.compile(
    rf"\W{{0,3}}(?:(?:e-?mail|mail|correo|courriel|e-?posta|e-post|surel|эл\.?\sпочта|ईमेल|邮箱|電子郵件|メール|이메일)\s?[:：]?\s?)?{_ADDRESS}(?:\s@\w+)?\W?",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"(?:for\s(?:more|further)\s(?:information|details),?\s(?:please\s)?contact\s?(?=[:：])|(?:ihre?\s)?(?:presse|medien|redaktions)-?\s?kontakte?|kontakt\sfür\smedien|(?:media|press)\s(?:contacts?|enquiries|inquiries)"
    r"|contacts?\s(?:presse|media|médias?)|contatti?\s(?:stampa|per\sla\sstampa)|contactos?\s(?:de\s)?prensa"
    r"|contatos?\s(?:de\s|para\sa\s)?imprensa|perscontact|pressekontakter?|presskontakt(?:er)?|kontakt\sdla\smediów"
    r"|контакты?\sдля\s(?:прессы|сми)|basın\siletişim|媒体联系(?:人|方式)?|報道関係者?(?:の)?お問い合わせ先?)\s?[:：]?",
    re.IGNORECASE,
)
_SITE = re.compile(r"(?:www\.|tel|phone|telefon|fax|mobil)", re.IGNORECASE)
_LONGEST = 240
_LONGEST_HEADING = 50
_LONGEST_IN_BLOCK = 90
_MOST_IN_BLOCK = 20


def read_contact(line: str) -> tuple[Value, ...]:
    """The writers whom a contact line names, its role being known; none where it only gives addresses."""
    reached = _REACH.match(line)
    names = next((name for name in reached.groups() if name), None) if reached else None
    return tuple(("authors", name) for name in split_names(names)) if names else ()


def propose(paragraphs: Sequence[Paragraph], place: Place) -> Iterable[Finding]:
    """Such lines near the end; a press contact with all the short lines below it."""
    if not place.has_prose:
        return
    for paragraph in place.past:
        if len(paragraph.text) <= _LONGEST_HEADING and _is_heading(paragraph.text):
            yield from _block(paragraph, paragraphs[paragraph.index + 1 :])
    for paragraph in place.tail:
        if len(paragraph.text) <= _LONGEST and _is_contact(paragraph.text):
            yield _finding(paragraph, "tells how to reach the writer")


@remembered
def _is_heading(line: str) -> bool:
    return _HEADING.fullmatch(line) is not None


@remembered
def _is_contact(line: str) -> bool:
    if "Follow" in line[:10] and _FOLLOW.fullmatch(line):
        return True
    addressed = "@" in line or "http" in line or "at)" in line or "[" in line or _DIGIT.search(line) is not None
    # A search for an address last: it is dear.
    return addressed and bool(_MAIL.fullmatch(line) or _REACH.fullmatch(line)) and _ADDRESSED.search(line) is not None


def _block(heading: Paragraph, below: Sequence[Paragraph]) -> Iterable[Finding]:
    """The heading and the short lines under it, up to the last address; without an address, nothing."""
    block: list[Paragraph] = []
    for paragraph in below[:_MOST_IN_BLOCK]:
        if len(paragraph.text) > _LONGEST_IN_BLOCK:
            break
        block.append(paragraph)
    while block and not _is_address(block[-1].text):
        block.pop()
    if block:
        for paragraph in (heading, *block):
            yield _finding(paragraph, "a press contact")


def _is_address(line: str) -> bool:
    return _ADDRESSED.search(line) is not None or _SITE.match(line) is not None


def _finding(paragraph: Paragraph, reason: str) -> Finding:
    return field_finding(paragraph, Kind.CONTACT_LINE, "field:contact", reason, read_contact(paragraph.text))
