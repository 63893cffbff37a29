"""`time` elements, and dates in sight: those of the article, not of the ones beside it."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from cleaners.fields.dates import read_date, resolve, scan
from flows.pages.metadata.places import holding, is_of_others, text_of
from flows.pages.metadata.stated import Stated

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST = 100
_LONGEST = 120
_PUBLISHED = re.compile(r"publi|posted|created|entry-date|dt-published", re.IGNORECASE)
_MODIFIED = re.compile(r"modified|updat|changed|revised", re.IGNORECASE)
# Elements that are named for holding a date, or the lines around a headline where one stands.
_NAMED = ("date", "time", "publi", "posted", "byline", "dateline", "stamp", "meta")
_DATED = " | ".join(
    f"{path}[not(self::script or self::style or self::meta or self::time)]"
    for path in (holding("class", (*_NAMED, "Date")), holding("id", _NAMED))
)


class Times:
    """The dates of a page's body, in document order.

    Args:
        tree: the page.
    """

    def __init__(self, tree: "HtmlElement") -> None:
        self._tree = tree

    def published(self) -> Iterator[Stated]:
        """What is marked as the date of publication, then the first that is marked as neither."""
        unmarked = []
        for element in self._elements:
            marks = _marks(element)
            if _PUBLISHED.search(marks):
                yield _stated(element)
            elif not _MODIFIED.search(marks):
                unmarked.append(element)
        yield from map(_stated, unmarked[:1])

    def modified(self) -> Iterator[Stated]:
        """What is marked as the date of the last change and not of publication."""
        for element in self._elements:
            marks = _marks(element)
            if _MODIFIED.search(marks) and not _PUBLISHED.search(marks):
                yield _stated(element)

    def visible(self) -> Iterator[Stated]:
        """The dates in short lines of the page that are named for holding one."""
        for element in islice(self._tree.xpath(_DATED), _MOST):
            line = text_of(element, _LONGEST)
            if line and any(map(str.isdecimal, line)) and not is_of_others(element):
                yield from _in_line(line)

    @cached_property
    def _elements(self) -> list["HtmlElement"]:
        """The `time` elements that tell of this article."""
        found = islice((element for element in self._tree.iter("time") if element.get("datetime")), _MOST)
        return [element for element in found if not is_of_others(element)]


def _in_line(line: str) -> Iterator[Stated]:
    """The first date of a line that is not the last change's: the line, where it says nothing else."""
    for moment in scan(line, None).moments:
        if moment.label != "modified" and (date := resolve(moment, None, line)):
            yield Stated("text", line if read_date(line, None).value else str(date.value))
            return


def _stated(element: "HtmlElement") -> Stated:
    return Stated("time", element.get("datetime"))


def _marks(element: "HtmlElement") -> str:
    """By what an element and the one around it are named, and the word before it."""
    parent = element.getparent()
    around = parent.get("class") or "" if parent is not None else ""
    own = " ".join(element.get(name) or "" for name in ("itemprop", "class", "pubdate", "id"))
    before = (parent.text or "")[-30:] if parent is not None and parent.index(element) == 0 else ""
    return f"{own} {around} {before}" + (" published" if element.get("pubdate") is not None else "")
