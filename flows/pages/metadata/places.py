"""Where in a page something stands that is said of its article, and where of others."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_OTHERS = frozenset({"nav", "aside", "footer", "form", "button", "select", "noscript", "template"})
# Words of classes and ids of boxes that tell of other articles, of readers and of the site.
_OTHERS_NAMED = re.compile(
    r"(?:^|[\s_-])(?:related|recommend\w*|sidebar|comments?|respond|reviews?|teasers?|promo\w*|popular|trending|latest"
    r"|most|more|read-?(?:next|more)|also|footer|widget\w*|newsletter|carousel|slider|cards?|tiles?|archive|nav\w*|menu"
    r"|breadcrumbs?|cookie\w*|modal|popup|reply|feed|outbrain|taboola|ticker)(?=$|[\s_-])",
    re.IGNORECASE,
)
_DEEPEST = 60
_MOST_WITHIN = 100


def holding(attribute: str, words: Iterable[str]) -> str:
    """An XPath to the elements of the body of which an attribute holds one of the words.

    By way of the attributes: asked for each element whether its attributes hold any, a page takes four times as long.
    """
    return f"//body/descendant::*/@{attribute}[{' or '.join(f'contains(., {word!r})' for word in words)}]/parent::*"


def is_of_others(element: "HtmlElement") -> bool:
    """Whether an element stands in a box of other articles, comments or furniture, as its ancestors are named."""
    for depth, one in enumerate((element, *element.iterancestors())):
        if one.tag in {"body", "html", "article", "main"} or depth > _DEEPEST:
            return False
        named = f"{one.get('class') or ''} {one.get('id') or ''}"[:300]
        if (one.tag in _OTHERS and "author" not in named) or _OTHERS_NAMED.search(named):
            return True
    return False


def texts_of(element: "HtmlElement") -> Iterator[str]:
    """The pieces of an element's text; none where it has too many elements in it to be a line of a page."""
    if next(islice(element.iterdescendants(), _MOST_WITHIN, None), None) is None:
        yield from element.itertext()


def text_of(element: "HtmlElement", longest: int) -> str:
    """The text of an element on one line; empty where it is longer than `longest` characters."""
    pieces: list[str] = []
    size = 0
    for piece in texts_of(element):
        size += len(piece)
        if size > 2 * longest:
            return ""
        pieces.append(piece)
    line = " ".join(" ".join(pieces).split())
    return line if len(line) <= longest else ""
