"""The headline as the page prints it, reconciled with what its head says."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from flows.pages.metadata.sites import Site, fold
from flows.pages.metadata.stated import Choice, Stated

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Below, a heading is no form of the headline that is stated, but `Our blog` or the site's name.
_LIKE = 0.2
_FEWEST = 12
_MOST_HEADINGS = 60
_LONGEST = 400
_MOST_PIECES = 8
_AGREEING = 3
_BREAKS = frozenset({"br", "div", "p", "li", "h2", "h3"})
_UNREAD = frozenset({"style", "script", "svg", "noscript", "button"})


class Heading(msgspec.Struct, frozen=True):
    """A first-order heading, and the pieces of text that its elements part it into."""

    element: "HtmlElement"
    pieces: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole of it on one line."""
        return _joined(self.pieces)


def headings(tree: "HtmlElement") -> tuple[Heading, ...]:
    """The first-order headings of a page that have a text."""
    found = (Heading(element, tuple(_pieces(element))) for element in islice(tree.iter("h1"), _MOST_HEADINGS))
    return tuple(heading for heading in found if 0 < len(heading.text) <= _LONGEST)


def choose_title(
    printed: Sequence[Heading], stated: Sequence[Stated], site: Site, section: str | None = None
) -> tuple[Choice | None, Heading | None]:
    """The headline, and the heading that prints it.

    The heading that is most like what is stated, as printed; what is stated if no heading is like it, for some pages
    have the site's name for a heading.

    Args:
        printed: the page's headings.
        stated: headlines, the most trusted first; the document's title last.
        site: its names are no part of a headline.
        section: what the page calls the section.
    """
    said = tuple(_cut(stated, site, section))
    best, likeness = _best(printed, said, site)
    if best is not None and (likeness >= _LIKE or not said):
        chosen: Stated | None = Stated("h1", _as_printed(best, said, site, section))
    else:
        chosen = next((one for one in said if not site.is_name(one.value)), None)
    return (None if chosen is None else Choice.of(chosen, said, differ=_differ)), best


def _as_printed(heading: Heading, said: Sequence[Stated], site: Site, section: str | None) -> str:
    own = _own(heading.pieces, [one.value for one in said])
    headline = site.cut(_joined(own), section)
    return _with_kicker(headline, said) if own is heading.pieces else headline


def _cut(stated: Iterable[Stated], site: Site, section: str | None) -> Iterator[Stated]:
    """The statements without the site's name; the document's title no longer than another that it begins with."""
    before: list[str] = []
    for one in stated:
        text = next((text for text in before if one.source == "title" and _begins(one.value, text)), "")
        text = text or site.cut(one.value, section)
        if text:
            before.append(text)
            yield Stated(one.source, text)


def _begins(title: str, headline: str) -> bool:
    rest = title[len(headline) :]
    return title.casefold().startswith(headline.casefold()) and not rest[:1].isalnum()


def _best(printed: Sequence[Heading], said: Sequence[Stated], site: Site) -> tuple[Heading | None, float]:
    """The heading that is most like one of the statements, and how much of the two is the same."""
    grams = [_grams(one.value) for one in said]
    likeness = [
        (max((_share(_grams(heading.text), other) for other in grams), default=0.0), heading)
        for heading in printed
        if not site.is_name(heading.text)
    ]
    most, best = max(likeness, key=lambda pair: pair[0], default=(0.0, None))
    return best, most


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _own(heading: Sequence[str], said: Iterable[str]) -> Sequence[str]:
    """A heading less a kicker, date or source in elements of their own that nothing else calls part of it."""
    folded = [fold(one) for one in said]
    whole = fold("".join(heading))
    if len(heading) > _MOST_PIECES or _is_in_any(whole, folded):
        return heading
    for start, end in _spans(len(heading)):
        kept = fold("".join(heading[start:end]))
        left = filter(None, map(fold, (*heading[:start], *heading[end:])))
        if len(kept) >= _FEWEST and _is_in_any(kept, folded) and not any(_is_in_any(one, folded) for one in left):
            return [piece for piece in heading[start:end] if fold(piece)]
    return heading


def _spans(count: int) -> Iterator[tuple[int, int]]:
    """The parts of so many pieces, the longest first, not the whole."""
    for size in range(count - 1, 0, -1):
        for start in range(count - size + 1):
            yield start, start + size


def _is_in_any(piece: str, texts: Iterable[str]) -> bool:
    return any(piece in text for text in texts)


def _with_kicker(headline: str, said: Sequence[Stated]) -> str:
    """With the kicker that stands apart from it on the page, where all that state a headline have it before it."""
    statements = {one.value for one in said}
    if len(said) < _AGREEING or len(statements) > 1:
        return headline
    (statement,) = statements
    before = statement[: -len(headline)].rstrip()
    return statement if statement.endswith(headline) and before.endswith(":") else headline


def _differ(one: str, other: str) -> bool:
    return fold(one) != fold(other)


def _joined(pieces: Iterable[str]) -> str:
    return " ".join("".join(pieces).split())


def _grams(text: str) -> frozenset[str]:
    """The threes of letters of a text: they compare in every script."""
    said = fold(text)
    return frozenset(said[at : at + 3] for at in range(max(1, len(said) - 2))) if said else frozenset()


def _pieces(heading: "HtmlElement") -> Iterator[str]:
    from lxml.etree import iterwalk  # noqa: PLC0415 - slow to import, and few inputs are pages

    walk = iterwalk(heading, events=("start", "end"))
    for event, element in walk:
        if element.tag in _BREAKS:
            yield " "
        if event == "start" and element.tag in _UNREAD:
            walk.skip_subtree()
        elif event == "start":
            yield element.text or ""
        elif element is not heading:
            yield element.tail or ""
