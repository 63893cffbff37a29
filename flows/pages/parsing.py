"""HTML to a tree, whatever is in it."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

# Characters that XML bars, and so lxml: https://www.w3.org/TR/xml/#charsets
_ILLEGAL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_LAST_CHARACTER = 0x10FFFF
# libxml2 drops what is nested deeper, also with its limits off (2,048 there, less some for what it adds itself).
_DEEPEST = 2000
_WRAPPER = re.compile(
    r"<(/?)(?:div|span|section|font|center|b|i|em|strong|ul|ol|li|blockquote|table|tr|td)\b[^>]*>", re.IGNORECASE
)


def parse(html: str) -> HtmlElement | None:
    """The page's tree; None where there is no element in it.

    Illegal characters and references to them (`&#1;`) become spaces: one of them would cost the whole article. Where
    elements are nested deeper than the parser goes, the wrappers among them become line breaks.
    """
    mended = _REFERENCE.sub(_mend, _ILLEGAL.sub(" ", html))
    if _depth(mended) > _DEEPEST:
        mended = _WRAPPER.sub("\n", mended)
    # Bytes, as text with an encoding declaration is refused; no limits, as 256 elements deep is one of them.
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        return document_fromstring(mended.encode(), parser=parser)
    except etree.ParserError:
        return None


def _mend(reference: re.Match[str]) -> str:
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    illegal = number > _LAST_CHARACTER or _ILLEGAL.match(chr(number))
    return " " if illegal else reference[0]


def _depth(html: str) -> int:
    """How deep the wrappers are nested, if each is closed as it was opened."""
    depth = deepest = 0
    for tag in _WRAPPER.finditer(html):
        depth += -1 if tag[1] else 1
        deepest = max(deepest, depth)
    return deepest
