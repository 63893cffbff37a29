"""HTML to a tree, whatever is in it."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura.utils import repair_faulty_html

# Characters that XML bars, and so lxml: https://www.w3.org/TR/xml/#charsets
_ILLEGAL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ILLEGAL_BYTES = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
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
    mended = _REFERENCE.sub(_mend, _without_illegal(html))
    mended = repair_faulty_html(mended, mended[:50].lower())
    # A page cannot be deeper than it has tags that open.
    if mended.count("<") - mended.count("</") > _DEEPEST and _depth(mended) > _DEEPEST:
        mended = _NESTING.sub("\n", mended)
    # Bytes, as text with an encoding declaration is refused; no limits, as 256 elements deep is one of them.
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = document_fromstring(mended.encode(), parser=parser)
    except etree.ParserError:
        return None
    _fold_space(tree)
    return tree


def _without_illegal(html: str) -> str:
    """The page, what XML bars as spaces. Hardly any has such, and to look is a tenth of a search's time."""
    try:
        encoded = html.encode()
    except UnicodeEncodeError:  # a surrogate
        return _ILLEGAL.sub(" ", html)
    barred = len(encoded.translate(None, _ILLEGAL_BYTES)) < len(encoded) or b"\xef\xbf\xbe" in encoded
    return _ILLEGAL.sub(" ", html) if barred or b"\xef\xbf\xbf" in encoded else html


def _mend(reference: re.Match[str]) -> str:
    if reference[1]:
        number = int(reference[1], 16)
    else:
        digits = reference[2].lstrip("0")
        number = int(digits or "0") if len(digits) <= _LONGEST_NUMBER else _LAST_CHARACTER + 1
    illegal = number > _LAST_CHARACTER or _ILLEGAL.match(chr(number))
    return " " if illegal else reference[0]


def _fold_space(tree: HtmlElement) -> None:
    kept = {element for pre in tree.iter("pre") for element in pre.iter()}
    for element in tree.iter():
        if (text := element.text) and _is_uneven(text) and element not in kept:
            element.text = _SPACE.sub(" ", text)
        if (tail := element.tail) and _is_uneven(tail) and element.getparent() not in kept:
            element.tail = _SPACE.sub(" ", tail)


def _is_uneven(text: str) -> bool:
    """Whether folding would change it: most texts of most pages are even, and to look is cheap."""
    return "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text


def _depth(html: str) -> int:
    """How deep the tags are nested, if each is closed as it was opened."""
    depth = deepest = 0
    for tag in _NESTING.finditer(html):
        depth += -1 if tag[1] else 1
        deepest = max(deepest, depth)
    return deepest
