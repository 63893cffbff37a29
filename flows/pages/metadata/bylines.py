"""Who signed, as the body of a page marks it."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from cleaners.fields.byline_forms import LINE
from flows.pages.metadata.places import is_of_others, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST = 150
_MOST = 200
_MOST_AROUND = 8
_MARKED = "//body//*[@rel='author' or contains(@itemprop, 'author') or contains(@class, 'h-card')]"
_NAMED = (
    "//body//*[contains(@class, 'byline') or contains(@class, 'Byline') or contains(@class, 'author')"
    " or contains(@class, 'Author') or contains(@id, 'author') or contains(@data-testid, 'author')"
    " or contains(@data-testid, 'byline') or contains(@href, '/author/') or contains(@href, '/authors/')]"
)
_NAME = ".//*[contains(@itemprop, 'name')]"
# Boxes about a writer, and pictures, dates and buttons beside the name.
_BESIDE = re.compile(
    r"avatar|image|img|photo|bio|desc|date|time|social|share|follow|count|title|job|role|position", re.IGNORECASE
)
# Lines behind a headline among which a byline stands that nothing marks.
_NEAR = 60


def marked(tree: "HtmlElement") -> Iterator[str]:
    """The texts that the page marks as the author's, those of the first place that has some."""
    yield from _first_place(tree, _MARKED)


def named(tree: "HtmlElement") -> Iterator[str]:
    """The texts of elements named for holding an author, those of the first place that has some."""
    yield from _first_place(tree, _NAMED)


def _first_place(tree: "HtmlElement", path: str) -> Iterator[str]:
    """The text of the first innermost element that has one, and of those like it beside it."""
    found = list(islice(tree.xpath(path), _MOST))
    around = {ancestor for element in found for ancestor in islice(element.iterancestors(), _MOST_AROUND)}
    first = None
    for element in found:
        if element in around and not _is_marked(element):
            continue
        if first is not None and not _stands_beside(element, first):
            continue
        text = _text(element)
        if text:
            yield text
            first = first if first is not None else element


def _is_marked(element: "HtmlElement") -> bool:
    return element.get("rel") == "author" or "author" in (element.get("itemprop") or "")


def _stands_beside(element: "HtmlElement", first: "HtmlElement") -> bool:
    """Whether an element is of the same kind as the first, and in the same line or list."""
    if (element.tag, element.get("class")) != (first.tag, first.get("class")):
        return False
    return not set(islice(first.iterancestors(), 2)).isdisjoint(islice(element.iterancestors(), 2))


def _text(element: "HtmlElement") -> str:
    if is_of_others(element):
        return ""
    inner = next(iter(element.xpath(_NAME)), None)
    element = element if inner is None else inner
    own = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    return "" if _BESIDE.search(own) else element.get("content") or text_of(element, _LONGEST)


def signed(heading: "HtmlElement") -> Iterator[str]:
    """The first line behind a headline that says `By` and names."""
    following = heading.xpath(f"(following::text()[string-length(normalize-space()) > 1])[position() <= {_NEAR}]")
    for text in following:
        line = " ".join(str(text).split())
        if len(line) <= _LONGEST and LINE.fullmatch(line):
            yield line
            return
