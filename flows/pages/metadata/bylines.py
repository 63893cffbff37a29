"""Who signed, as the body of a page marks it or says it."""

import re
from collections.abc import Sequence
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from cleaners.fields.byline_forms import BY_ALONE, LINE
from cleaners.fields.byline_names import is_names
from flows.pages.metadata.people import is_desk, names_in
from flows.pages.metadata.places import holding, is_of_others, text_of, texts_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST = 150
_MOST = 200
_MOST_AROUND = 8
_MOST_WITHIN = 40
_NEAR_BY = 3
_MARKED = " | ".join(
    [
        "//body//*[@rel='author']",
        holding("itemprop", ["author"]),
        "//body/descendant::*/@class[contains(concat(' ', ., ' '), ' p-author ')]/parent::*",
    ]
)
_NAMING = ("byline", "Byline", "author", "Author")
_LINKING = (
    "/author",
    "/people/",
    "/contributor",
    "/staff/",
    "/profile",
    "/journalist",
    "/autor",
    "/writers/",
    "/team/",
)
_NAMED = " | ".join(
    [
        *(holding(attribute, _NAMING) for attribute in ("class", "id", "data-testid")),
        holding("href", _LINKING),
    ]
)
# Boxes about a writer, and pictures, dates and buttons beside the name.
_BESIDE = re.compile(
    r"avatar|image|img|photo|\bbio|desc|date|time|social|share|follow|count|title|job|role|position|excerpt",
    re.IGNORECASE,
)
_NAME_ITSELF = re.compile(r"name", re.IGNORECASE)
# Pieces of text behind a headline among which a byline stands that nothing marks.
_NEAR = 40
_LABEL = re.compile(r"(?:written|posted|reported|story|words|article)\sby:?|by:|author:?", re.IGNORECASE)


def marked(tree: "HtmlElement", heading: "HtmlElement | None") -> tuple[str, ...]:
    """The texts that the page marks as the author's, of the first place that names people."""
    return _first_place(tree, heading, _MARKED)


def named(tree: "HtmlElement", heading: "HtmlElement | None") -> tuple[str, ...]:
    """The texts of elements named for holding an author, of the first place that names people."""
    return _first_place(tree, heading, _NAMED)


def signed(heading: "HtmlElement | None") -> tuple[str, ...]:
    """The first line behind a headline that says `By` and names; the two may be pieces of their own."""
    if heading is None:
        return ()
    following = heading.xpath(f"(following::text()[normalize-space()])[position() <= {_NEAR}]")
    lines = [" ".join(str(text).split()) for text in following]
    for line, after in pairwise((*lines, "")):
        if len(line) <= _LONGEST and LINE.fullmatch(line):
            return (line,)
        if (BY_ALONE.fullmatch(line) or _LABEL.fullmatch(line)) and is_names(after):
            return (after,)
    return ()


def _first_place(tree: "HtmlElement", heading: "HtmlElement | None", path: str) -> tuple[str, ...]:
    """What the first innermost element behind the headline names, and those like it beside it; else one before it."""
    found = list(islice(tree.xpath(f"{path} | //h1"), _MOST))
    around = {ancestor for element in found for ancestor in islice(element.iterancestors(), _MOST_AROUND)}
    start = found.index(heading) if heading in found else 0
    leaves = [element for element in found if element.tag != "h1" and (element not in around or _is_marked(element))]
    before = set(found[:start])
    behind = [element for element in leaves if element not in before]
    return _first_named(behind) or _first_named([element for element in leaves if element in before])


def _first_named(leaves: Sequence["HtmlElement"]) -> tuple[str, ...]:
    for number, leaf in enumerate(leaves):
        text = _text(leaf)
        if text and _names_somebody(text, leaf):
            beside = (other for other in leaves[number + 1 : number + _MOST] if _stands_beside(other, leaf))
            return (text, *filter(None, map(_text, beside)))
    return ()


def _names_somebody(text: str, leaf: "HtmlElement") -> bool:
    """Whether it holds a full name or a desk's; a word alone is one only where the page marks it so."""
    people = names_in([text])[0]
    if any(map(is_names, people)) or is_desk(text):
        return True
    marked = _is_marked(leaf) or " fn " in f" {leaf.get('class') or ''} "
    return marked and len(people) == 1 and " " not in people[0]


def _is_marked(element: "HtmlElement") -> bool:
    return element.get("rel") == "author" or "author" in (element.get("itemprop") or "")


def _stands_beside(element: "HtmlElement", first: "HtmlElement") -> bool:
    """Whether an element is of the same kind as the first, and in the same line or list."""
    if (element.tag, element.get("class")) != (first.tag, first.get("class")):
        return False
    return not set(islice(first.iterancestors(), _NEAR_BY)).isdisjoint(islice(element.iterancestors(), 2))


def _text(element: "HtmlElement") -> str:
    if is_of_others(element):
        return ""
    within = islice(element.iterdescendants(), _MOST_WITHIN)
    inner = next((one for one in within if "name" in (one.get("itemprop") or "")), None)
    element = element if inner is None else inner
    own = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    if _BESIDE.search(own) and not _NAME_ITSELF.search(own):
        return ""
    return element.get("content") or _names_apart(element) or text_of(element, _LONGEST)


def _names_apart(element: "HtmlElement") -> str:
    """The names of an element whose pieces are a name each: only its mark-up parts them."""
    pieces = [" ".join(piece.split()) for piece in islice(texts_of(element), _MOST_AROUND * 2) if piece.strip()]
    return " | ".join(pieces) if len(pieces) > 1 and all(map(is_names, pieces)) else ""
