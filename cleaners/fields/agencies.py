"""News agencies: their names in copy, and the lines that do nothing but credit them."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from cleaners.document import Agency, Kind
from cleaners.fields.place import Place
from cleaners.findings import Finding, Step, field_finding
from cleaners.folding import FULL_STOPS, fold
from cleaners.layout import TERMINALS, Paragraph

# The name of an agency, and how copy writes it. Generic words say that an agency supplied it, not which.
_NAMES: dict[str, str] = {
    "Agencies": "agencies|agency|news agencies|wire agencies|wire services|wires|wire|agency inputs",
    "AFP": "afp|agence france-presse|agence france presse",
    "AP": "ap|associated press|the associated press",
    "Reuters": "reuters|thomson reuters",
    "UPI": "upi|united press international",
    "Bloomberg": "bloomberg|bloomberg news",
    "dpa": "dpa|deutsche presse-agentur",
    "APA": "apa|austria presse agentur",
    "Keystone-SDA": "keystone-sda|sda|ats",
    "SID": "sid|sport-informations-dienst",
    "KNA": "kna",
    "epd": "epd",
    "EFE": "efe|agencia efe",
    "Europa Press": "europa press",
    "ANSA": "ansa",
    "Adnkronos": "adnkronos",
    "Lusa": "lusa",
    "ANP": "anp",
    "Belga": "belga",
    "NTB": "ntb",
    "Ritzau": "ritzau",
    "TT": "tt",
    "STT": "stt",
    "PAP": "pap",
    "ČTK": "čtk|ctk",
    "MTI": "mti",
    "TASS": "tass|itar-tass",
    "RIA Novosti": "ria novosti|ria",
    "Interfax": "interfax",
    "Ukrinform": "ukrinform",
    "Anadolu Agency": "aa|anadolu|anadolu agency|anadolu ajansı",
    "DHA": "dha",
    "WAM": "wam",
    "SPA": "spa|saudi press agency",
    "IRNA": "irna",
    "PTI": "pti|press trust of india",
    "ANI": "ani|asian news international",
    "IANS": "ians|indo-asian news service",
    "UNI": "uni|united news of india",
    "APP": "app|associated press of pakistan",
    "PPI": "ppi|pakistan press international",
    "UNB": "unb|united news of bangladesh",
    "BSS": "bss",
    "Xinhua": "xinhua",
    "CNA": "cna|central news agency",
    "Kyodo": "kyodo|kyodo news",
    "Jiji Press": "jiji|jiji press",
    "Yonhap": "yonhap",
    "KCNA": "kcna",
    "Bernama": "bernama",
    "Antara": "antara",
    "PNA": "pna|philippine news agency",
    "VNA": "vna",
    "PA Media": "pa|pa media|press association|the press association",
    "AAP": "aap|australian associated press",
    "The Canadian Press": "canadian press|the canadian press",
    "NAN": "nan|news agency of nigeria",
    "GNA": "gna|ghana news agency",
    "SAPA": "sapa",
    "KNA Kenya": "kenya news agency",
    "Agência Brasil": "agência brasil|agencia brasil",
    "Télam": "télam|telam",
    "Notimex": "notimex",
    "ΑΠΕ-ΜΠΕ": "απε-μπε",
    "NewsDirect": "newsdirect",
}
_BY_NAME = {fold(written): name for name, forms in _NAMES.items() for written in forms.split("|")}
_NAME = "|".join(re.escape(form) for form in sorted(_BY_NAME, key=len, reverse=True))
_LIST = rf"(?:{_NAME})(?:\s?(?:,|/|&|\+|-|\band\b)\s?(?:{_NAME}))*"

_LEAD = (
    r"(?:\(?(?:with|contains)\s)?(?:additional\s)?(?:in?puts?|reporting|material|agency inputs)\s(?:from|by)|with|by|via|source\s?:?"
    r"|sources\s?:?|courtesy\s?:?|agency\s?:|©|copyright|from|in association with|quelle\s?:|mit material von|fuente\s?:|fonte\s?:"
)
_CREDIT_LINE = re.compile(
    rf"(?:[-–—•*(\[|]\s?)*(?:(?:{_LEAD})\s?)?(?:the\s)?({_LIST})(?:\s(?:inputs?|services?|feed|photos?|contributed to this report))?[\s)\]|]*"
)
# Only behind a finished sentence: "the Aam Aadmi Party (AAP)." names a party.
_SUFFIX = re.compile(rf"(?<=[{re.escape(TERMINALS)}\"'])\s?(?:[(\[]\s?({_LIST})\s?[)\]]|[-]{{1,2}}\s?({_LIST}))$")
_ANY = re.compile(rf"(?<!\w)(?:{_NAME})(?!\w)")
_TAIL_OF_SUFFIX = 80
_LONGEST_CREDIT = 100

_NOTICE_KINDS = {Kind.SYNDICATION_NOTICE, Kind.AGENCY_CREDIT, Kind.SOURCE_CREDIT, Kind.DATELINE_BYLINE}


def canonical(name: str) -> str | None:
    """The agency's usual name for one way of writing it; None if it is none that is known."""
    return _BY_NAME.get(fold(name.strip().strip(FULL_STOPS)))


def named_in(text: str, evidence: str) -> tuple[Agency, ...]:
    """The agencies that a stretch of credit text names, each once, in order.

    Not for body text: `ap`, `pa` and `uni` are words there.
    """
    names = dict.fromkeys(_BY_NAME[match[0]] for match in _ANY.finditer(fold(text)))
    return tuple(Agency(name=name, evidence=evidence) for name in names)


def propose(paragraphs: Sequence[Paragraph], place: Place, *, strip: bool) -> Iterable[Finding]:
    """Lines that only credit agencies, moved; agencies behind a paragraph's last sentence, read.

    With `strip` the latter leave the text too.
    """
    for paragraph in paragraphs:
        if len(paragraph.text) <= _LONGEST_CREDIT and place.outside_body(paragraph):
            credit = _CREDIT_LINE.fullmatch(paragraph.folded.rstrip(FULL_STOPS))
            if credit:
                values = tuple(("agencies", a) for a in named_in(credit[1], paragraph.text))
                yield field_finding(
                    paragraph, Kind.AGENCY_CREDIT, "field:agency", "a line that only names agencies", values
                )
                continue
        yield from _suffix(paragraph, strip=strip)


def read_notices(findings: Iterable[Finding], text: str) -> Iterable[Finding]:
    """The agencies named in what phrases take away or list: read before they are gone."""
    for finding in findings:
        if finding.kind in _NOTICE_KINDS:
            words = " ".join(text[finding.start : finding.end].split())
            yield _credit(finding.start, finding.end, named_in(words, words), "read")


def _suffix(paragraph: Paragraph, *, strip: bool) -> Iterable[Finding]:
    folded = paragraph.folded.rstrip(FULL_STOPS)
    match = _SUFFIX.search(folded, max(0, len(folded) - _TAIL_OF_SUFFIX))
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
