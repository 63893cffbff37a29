"""What a page's `meta` elements say."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from flows.pages.metadata.structured import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST = 1000
_NAMING = ("property", "name", "itemprop")


class Head:
    """The contents of `meta` elements by name, whether that is given as `property`, `name` or `itemprop`.

    Properties stand in small letters; templates differ. Wherever in the page they stand, as microdata does.
    """

    def __init__(self, tree: "HtmlElement") -> None:
        self._contents: dict[str, list[str]] = {}
        for element in islice(tree.iter("meta"), _MOST):
            content = one_line(element.get("content") or "")
            if content:
                for name in _NAMING:
                    for one in (element.get(name) or "").lower().split():
                        self._contents.setdefault(one, []).append(content)

    def all(self, *names: str) -> Iterator[str]:
        """The contents of what has one of these names, in the names' order, each once."""
        yield from dict.fromkeys(content for name in names for content in self._contents.get(name, ()))

    def first(self, *names: str) -> str | None:
        """The first of them."""
        return next(self.all(*names), None)
