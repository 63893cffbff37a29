"""The elements around a page's blocks: how much text they hold, of what sort, how far they are from the article."""

from collections.abc import Sequence
from math import log1p

from cleaners.model.blocks import THEMES, Blocks, Node
from cleaners.model.shapes import NO_LINE

_UP = 4
_MAIN_SHARE = 0.6
_FAR = 6
_MEASURES = ("length", "drawn", "linked", "prose", "blocks")

NAMES = (
    *(f"{measure}_{up}" for up in range(_UP) for measure in _MEASURES),
    "up", "down", "alike", "alike_drawn", "alike_anywhere", "alike_anywhere_drawn", "alike_anywhere_prose",
)  # fmt: skip
"""The features of the elements around a block."""

_NOTHING = (NO_LINE,) * len(_MEASURES)


class Containers:
    """The elements of a page, measured.

    Attributes:
        near: for each element by its number, how many one has to go up from the main column to one that holds it.
    """

    def __init__(
        self,
        page: Blocks,
        drawn: Sequence[float],
        sizes: Sequence[int],
        linked: Sequence[float],
        prose: Sequence[bool],
    ) -> None:
        nodes = page.nodes
        self._length, self._drawn, self._linked, self._prose, self._count = ([0.0] * len(nodes) for _ in range(5))
        self._alike: dict[object, list[float]] = {}
        self._groups: dict[int, tuple[list[float], list[float]]] = {}
        for block, share, size, link, is_prose in zip(page.blocks, drawn, sizes, linked, prose, strict=True):
            number = block.node.number
            self._length[number] += size
            self._drawn[number] += size * share
            self._linked[number] += size * link
            self._prose[number] += size * is_prose
            self._count[number] += 1
            for group in self._groups_of(block.node):
                group[0] += 1
                group[1] += share
                group[2] += is_prose
        for node in reversed(nodes):
            number = node.number
            if node.parent and self._count[number]:
                above = node.parent.number
                self._length[above] += self._length[number]
                self._drawn[above] += self._drawn[number]
                self._linked[above] += self._linked[number]
                self._prose[above] += self._prose[number]
                self._count[above] += self._count[number]
        self._find_main(nodes)
        self._levels: dict[tuple[int, int], tuple[int, ...]] = {}
        self._measures: dict[int, tuple[float, ...]] = {}

    def _groups_of(self, node: Node) -> tuple[list[float], list[float]]:
        """What blocks like those of an element count: element and class, within the same one and on all the page."""
        known = self._groups.get(node.number)
        if known is None:
            above = node.parent.number if node.parent else 0
            kinds = (node.tag, node.named, above), (node.tag, node.named)
            here, anywhere = (self._alike.setdefault(kind, [0.0, 0.0, 0.0]) for kind in kinds)
            known = self._groups[node.number] = here, anywhere
        return known

    def _find_main(self, nodes: Sequence[Node]) -> None:
        """The main column: the innermost element that holds most of what was drawn, or of the prose."""
        weights = self._drawn if self._drawn[0] else self._prose
        least = _MAIN_SHARE * weights[0]
        self._common = [0] * len(nodes)
        depth = 0
        for node in nodes:
            parent = node.parent
            if parent is None:
                continue
            # More than half: at each depth one element can have so much, so these are one way down.
            if least and weights[node.number] >= least:
                depth = self._common[node.number] = node.depth
            else:
                self._common[node.number] = self._common[parent.number]
        self.near = [depth - common for common in self._common]

    def levels(self, node: Node) -> tuple[int, ...]:
        """For each theme, how many elements up one is named after it; 6 where none of the nearest is."""
        # Elements within the same one that are named alike are most of a page.
        key = node.parent.number if node.parent else 0, node.themes
        known = self._levels.get(key)
        if known is None:
            known = self._levels[key] = _levels(node)
        return known

    def row(self, node: Node, size: int, drawn: float) -> tuple[float, ...]:
        """The features of a block in an element, in the order of `NAMES`.

        Args:
            node: the innermost element around the block.
            size: the block's characters; what was drawn of an element is measured without the block itself.
            drawn: the share of the block that was drawn.
        """
        row: list[float] = []
        around: Node | None = node
        for _ in range(_UP):
            if around is None:
                row += _NOTHING
            else:
                length, taken, linked, prose, count = self._measure(around.number)
                others = taken - size * drawn
                rest = self._length[around.number] - size
                row += (length, others / rest if rest else NO_LINE, linked, prose, count)
                around = around.parent
        mine, anywhere = self._groups[node.number]
        common = self._common[node.number]
        return (
            *row,
            self.near[node.number], node.depth - common,
            mine[0], _share_of_others(mine, drawn), anywhere[0], _share_of_others(anywhere, drawn),
            anywhere[2] / anywhere[0],
        )  # fmt: skip

    def _measure(self, number: int) -> tuple[float, ...]:
        known = self._measures.get(number)
        if known is None:
            length = self._length[number]
            known = (
                log1p(length),
                self._drawn[number],
                self._linked[number] / length,
                self._prose[number] / length,
                self._count[number],
            )
            self._measures[number] = known
        return known


def _levels(node: Node) -> tuple[int, ...]:
    found = [_FAR] * len(THEMES)
    around: Node | None = node
    for up in range(_FAR):
        if around is None:
            break
        themes = around.themes
        while themes:
            lowest = themes & -themes
            themes ^= lowest
            found[lowest.bit_length() - 1] = min(up, found[lowest.bit_length() - 1])
        around = around.parent
    return tuple(found)


def _share_of_others(group: Sequence[float], drawn: float) -> float:
    return (group[1] - drawn) / (group[0] - 1) if group[0] > 1 else NO_LINE
