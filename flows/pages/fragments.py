"""A feed's HTML to plain text: pieces of mark-up without a page around them, and text that only might be mark-up."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "p",
    "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", "xmp",
])  # fmt: skip
CELLS = frozenset({"td", "th"})
# What a reader does not see, or sees only where a picture, film or frame cannot be shown, and what is for filling in.
UNREAD = frozenset([
    "applet", "audio", "button", "canvas", "datalist", "embed", "frameset", "head", "iframe", "input", "keygen",
    "meter", "noembed", "noframes", "noscript", "object", "optgroup", "option", "output", "progress", "script",
    "select", "style", "svg", "template", "textarea", "title", "video",
])  # fmt: skip
# Elements that lxml's own list of HTML's does not have.
_MORE_TAGS = "dialog listing main noembed noframes picture search slot template xmp"
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
# Browsers take it for the line break that was meant; the parser does not.
_CLOSED_BREAK = re.compile(r"</br\b", re.IGNORECASE)
# libxml2 compares each attribute with all before it: 100,000 of them, in one tag, took 8 s. Their text is never read.
_LONG_TAG = re.compile(r"(<[a-z][\w:-]*)[\s/][^<>]{5000,}>", re.IGNORECASE)


def lines_of(html: str) -> str:
    """The text of a fragment, one block a line; empty where it has none.

    Blocks and `<br>` break lines, cells of a table are parted by a space; white space is folded, references are
    resolved once, and what is for no reader (scripts, frames, forms' controls, comments) is left out. In a text
    without a tag of HTML each line stays one: `vector<int>` is no tag.

    Args:
        html: what a feed gives as content or summary, as its own format was decoded: any string at all.
    """
    text = "".join(_pieces(html))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(filter(None, lines))


def line_of(html: str) -> str:
    """The text of a title on one line, as `lines_of` reads it: `AT&amp;amp;T`, escaped twice, is `AT&amp;T`."""
    return lines_of(html).replace("\n", " ")


def _pieces(html: str) -> Iterator[str]:
    from lxml import etree  # noqa: PLC0415 - lxml is slow to import

    tree = _tree(html)
    if tree is None:
        return
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        edge = _edge(element.tag)
        if event == "start":
            yield edge
            if element.tag in UNREAD:
                walk.skip_subtree()
            else:
                yield element.text or ""
        else:
            yield edge
            yield element.tail or ""


def _tree(html: str) -> "HtmlElement | None":
    from flows.pages.parsing import parse  # noqa: PLC0415

    if not _tags().search(html):
        return parse("<pre>" + html.replace("<", "&lt;").replace("\r\n", "\n").replace("\r", "\n") + "</pre>")
    if "<![CDATA[" in html:  # a second wrapping, which a browser would take for a comment up to the next `>`
        html = _CDATA.sub("", html)
    return parse(_LONG_TAG.sub(r"\1>", _CLOSED_BREAK.sub("<br", html)))


def _edge(tag: str) -> str:
    """What stands before and behind an element."""
    if tag in BLOCKS:
        return "\n"
    return " " if tag in CELLS else ""


@cache
def _tags() -> re.Pattern[str]:
    """A tag of HTML, closed or cut off within its attributes; or a comment or the like."""
    from lxml.html.defs import tags  # noqa: PLC0415

    names = "|".join(sorted({*tags, *_MORE_TAGS.split()}, key=len, reverse=True))
    return re.compile(
        rf"<(?:/?(?:{names})(?:\s[^<>]*|/)?>|(?:{names})\s+[\w:-]+\s*=|!--|!\[CDATA\[|[!?][a-z])", re.IGNORECASE
    )
