"""HTML to a tree, whatever is in it."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura.utils import repair_faulty_html

# Characters that XML bars, and so lxml: https://www.w3.org/TR/xml/#charsets
_ILLEGAL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# lxml asks in Python which class each element has, whenever one is looked at; only forms and their controls differ.
_ALL_ALIKE = etree.ElementDefaultClassLookup(element=HtmlElement)
_BEGINNING = 4096
_PREFORMATTED = re.compile("<(?:pre|listing|xmp|plaintext)\\b", re.IGNORECASE)
_SPACES = re.compile(b"  +")
_SPACE_REFERENCE = re.compile("&#(?:0*(?:9|10|12|13)|[xX]0*[9aAcCdD]);?")
_ILLEGAL_BYTES = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_TO_SPACE = bytes.maketrans(_ILLEGAL_BYTES, b" " * len(_ILLEGAL_BYTES))
_ALL_TO_SPACE = bytes.maketrans(_ILLEGAL_BYTES + b"\t\n\r", b" " * (len(_ILLEGAL_BYTES) + 3))
_BARRED = ("\ufffe".encode(), "\uffff".encode())
_FLAT = ("<br", "<img", "<meta", "<link", "<script", "<li ", "<li>", "<p ", "<p>", "<option", "<input")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_LAST_CHARACTER = 0x10FFFF
_LONGEST_NUMBER = 7
# libxml2 drops what is nested deeper, also with its limits off (2,048 there, less some for what it adds itself).
_DEEPEST = 2000
# Tags that nest: not those that stand alone, or end where the next of their kind begins, or are the page itself.
_NESTING = re.compile(
    r"<(/?)(?!(?:html|head|body|title|meta|link|base|script|style|p|h[1-6]|br|wbr|hr|img|input|source|track|embed|area"
    r"|col|param|li|dt|dd|tr|td|th|thead|tbody|tfoot|option)\b)[a-z][^<>]*>",
    re.IGNORECASE,
)


def parse(html: str) -> HtmlElement | None:
    """The page's tree; None where there is no element in it.

    Illegal characters and references to them (`&#1;`) become spaces: one of them would cost the whole article. Where
    elements are nested deeper than the parser goes, they become line breaks, and headings and paragraphs stay. White
    space is folded as browsers do, so that a line end of the mark-up is none of the text.
    """
    is_set = _PREFORMATTED.search(html) is not None
    mended = _REFERENCE.sub(_mend if is_set else _mend_and_fold, html)
    # What it repairs stands at the beginning; the rest it only reads through. Barred characters it would drop.
    beginning = _ILLEGAL.sub(" ", mended[:_BEGINNING])
    mended = repair_faulty_html(beginning, beginning[:50].lower()) + mended[_BEGINNING:]
    if _may_be_deep(mended) and _depth(mended) > _DEEPEST:
        mended = _NESTING.sub("\n", mended)
    encoded = _without_illegal(mended, _TO_SPACE if is_set else _ALL_TO_SPACE)
    # Folded in the mark-up, which takes a tenth of the time that folding each element does.
    encoded = encoded if is_set else _SPACES.sub(b" ", encoded)
    # Bytes, as text with an encoding declaration is refused; no limits, as 256 elements deep is one of them.
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False)
    parser.set_element_class_lookup(_ALL_ALIKE)
    try:
        tree = document_fromstring(encoded, parser=parser)
    except etree.ParserError:
        return None
    if is_set:
        _fold_space(tree)
    return tree


def _without_illegal(html: str, to_space: bytes) -> bytes:
    """The page in UTF-8, what XML bars as spaces, and white space too where the table says so."""
    try:
        encoded = html.encode()
    except UnicodeEncodeError:  # a surrogate
        encoded = _ILLEGAL.sub(" ", html).encode()
    for barred in _BARRED:
        if barred in encoded:
            encoded = encoded.replace(barred, b" ")
    return encoded.translate(to_space)


def _mend(reference: re.Match[str]) -> str:
    if reference[1]:
        number = int(reference[1], 16)
    else:
        digits = reference[2].lstrip("0")
        number = int(digits or "0") if len(digits) <= _LONGEST_NUMBER else _LAST_CHARACTER + 1
    illegal = number > _LAST_CHARACTER or _ILLEGAL.match(chr(number))
    return " " if illegal else reference[0]


def _mend_and_fold(reference: re.Match[str]) -> str:
    """As `_mend`; a reference to white space is white space."""
    mended = _mend(reference)
    return " " if _SPACE_REFERENCE.fullmatch(mended) else mended


def _fold_space(tree: HtmlElement) -> None:
    """Fold white space element by element, but for what is set as it stands."""
    kept = {element for pre in tree.iter("pre") for element in pre.iter()}
    for element in tree.iter():
        if element.text and element not in kept:
            element.text = _SPACE.sub(" ", element.text)
        if element.tail and element.getparent() not in kept:
            element.tail = _SPACE.sub(" ", element.tail)


def _may_be_deep(html: str) -> bool:
    """Whether there are tags enough for it, those that never nest aside; counting is quick, and rules most out."""
    opening = html.count("<") - html.count("</")
    return opening > _DEEPEST and opening - sum(map(html.count, _FLAT)) > _DEEPEST


def _depth(html: str) -> int:
    """How deep the tags are nested, if each is closed as it was opened."""
    depth = deepest = 0
    for tag in _NESTING.finditer(html):
        depth += -1 if tag[1] else 1
        deepest = max(deepest, depth)
    return deepest
