"""What the page model sees of a page's blocks. docs/page-model.md describes each feature."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from math import log1p

from cleaners.folding import fold
from cleaners.model.blocks import THEMES, WITHIN, Blocks
from cleaners.model.containers import NAMES as CONTAINER_NAMES
from cleaners.model.containers import Containers
from cleaners.model.cues import UNCUED, load_cues
from cleaners.model.shapes import NAMES as SHAPE_NAMES
from cleaners.model.shapes import NO_LINE, Shape, long_words, shape_of, words_in

_TAGS = (
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "tr", "figcaption", "dd", "dt", "pre", "div",
    "section", "article", "header", "footer", "aside", "caption", "details", "summary",
)  # fmt: skip
_TAG_NUMBER = {tag: number for number, tag in enumerate(_TAGS)}
_OTHER_TAG = len(_TAGS)
_CUED_UNITS = 3.7
_FURNITURE_CUES = frozenset({
    "subscribe", "follow", "see_also", "rights", "app", "advertisement", "account", "privacy", "donate", "interface",
    "shop",
})  # fmt: skip
_NEAR, _FAR, _WINDOW = 10, 30, 6
_NO_HEADLINE = 40
_PROSE_NEAR = 20
_LONG = 60
# Twenty words, of a letter each.
_LEAST_PROSE = 40
_MOST_BLOCKS = 1000
# Elements up from the main column: what lies farther off is furniture, unless the extractor took it or it is prose.
_BESIDE = 2

NAMES = (
    *SHAPE_NAMES, "cues",
    "tag", "linked", "bold", "depth",
    *(f"in_{tag}" for tag in WITHIN),
    *(f"class_{theme}" for theme in THEMES),
    "drawn", "since_drawn", "until_drawn", "from_first", "from_last", "place", "place_by_length", "drawn_before",
    "drawn_just_before", "drawn_just_after",
    *CONTAINER_NAMES,
    "is_title", "title_share", "spoken", "repeated", "from_headline",
    "blocks", "page_drawn", "page_drawn_share", "page_prose_share", "page_prose",
    "units_before", "linked_before", "tag_before", "same_before", "cued_before",
    "units_after", "linked_after", "tag_after", "same_after", "cued_after",
    "linked_before_2", "linked_after_2",
    "prose_before", "prose_after",
)  # fmt: skip
"""The features, in the order of a row."""

_NO_NEIGHBOUR = (NO_LINE, NO_LINE, NO_LINE, 0.0, 0.0)
_NO_SHAPE = (NO_LINE,) * (len(SHAPE_NAMES) - 4)


class PageView:
    """A page's blocks, as the model sees them.

    Attributes:
        blocks: in order.
        drawn: of each, the share that the extractor took for the article.
        titles: what the page calls the article.
        asked: the indexes of those that may be of the article: drawn, prose, or in or beside the main column.
    """

    def __init__(self, page: Blocks, drawn: Sequence[float], titles: Sequence[str]) -> None:
        """Look at a page.

        Args:
            page: its blocks.
            drawn: of each block, the share that the extractor took.
            titles: what the page calls the article, in its head and headings.
        """
        self._page = page
        self.blocks = blocks = page.blocks
        self.drawn = drawn
        self.titles = titles
        self._folded = fold("\n".join([block.text for block in blocks])).split("\n") if blocks else []
        self._find_cues = load_cues(None).find
        self._seen: dict[int, tuple[Shape, int, bool]] = {}
        self._linked = [min(1.0, block.linked / len(block.text)) for block in blocks]
        self._sizes = sizes = [len(block.text) for block in blocks]
        self._prose = [size >= _LEAST_PROSE and self._shape(i).is_prose for i, size in enumerate(sizes)]
        self._containers = Containers(page, drawn, sizes, self._linked, self._prose)
        near = self._containers.near
        self.asked = [
            i for i, block in enumerate(blocks) if drawn[i] or self._prose[i] or near[block.node.number] <= _BESIDE
        ]
        if self.asked:
            self._look()

    def with_drawn(self, drawn: Sequence[float]) -> "PageView":
        """The same page, had the extractor taken other blocks."""
        return PageView(self._page, drawn, self.titles)

    def is_prose(self, index: int) -> bool:
        """Whether a block is prose: many words that end like a sentence."""
        return self._prose[index]

    def _shape(self, index: int) -> Shape:
        return self._see(index)[0]

    def _see(self, index: int) -> tuple[Shape, int, bool]:
        """A block's shape, how many kinds of cue words it has, and whether furniture's are among them.

        Seen when asked for: most of a page is menus, far from any block that the model is asked about.
        """
        known = self._seen.get(index)
        if known is None:
            shape = shape_of(self.blocks[index].text, self._folded[index])
            is_label = shape.units <= _CUED_UNITS and not shape.is_long
            groups = self._find_cues(shape.folded).groups if is_label else UNCUED.groups
            known = self._seen[index] = shape, len(groups), not _FURNITURE_CUES.isdisjoint(groups)
        return known

    def _look(self) -> None:
        drawn, sizes, count = self.drawn, self._sizes, len(self.blocks)
        taken = [share >= 0.5 for share in drawn]  # noqa: PLR2004 - most of it
        places = [i for i, is_taken in enumerate(taken) if is_taken]
        self._first, self._last = (places[0], places[-1]) if places else (count, -1)
        self._since, self._until = _distances(taken, _NEAR, 1)
        self._prose_before, self._prose_after = _distances(self._prose, _PROSE_NEAR, 0)
        self._length = [0, *accumulate(sizes)]
        self._drawn_length = [0.0, *accumulate([size * share for size, share in zip(sizes, drawn, strict=True)])]
        self._times = Counter(self._folded)
        self._titles = [fold(title) for title in self.titles]
        self._title_words = long_words(" ".join(self._titles))
        story = [f for f, is_taken in zip(self._folded, taken, strict=True) if is_taken and len(f) > _LONG]
        self._spoken = words_in(story)
        self._headline = next((i for i, block in enumerate(self.blocks) if block.node.tag == "h1"), None)
        total, taken_total = self._length[-1] or 1, self._drawn_length[-1]
        prose = sum([size for size, is_prose in zip(sizes, self._prose, strict=True) if is_prose])
        self._of_page = (
            min(count, _MOST_BLOCKS),
            log1p(taken_total),
            taken_total / total,
            prose / total,
            log1p(prose),
        )
        self._tags = [_TAG_NUMBER.get(block.node.tag, _OTHER_TAG) for block in self.blocks]

    def row(self, index: int) -> tuple[float, ...]:
        """The features of one of the blocks `asked`, in the order of `NAMES`."""
        block = self.blocks[index]
        shape, cues, _ = self._see(index)
        node = block.node
        return (
            *(shape.row or _row_of_prose(shape)), cues,
            self._tags[index], self._linked[index], min(1.0, block.bold / len(block.text)), node.depth,
            *_bits(node.within, len(WITHIN)),
            *self._containers.levels(node),
            *self._place(index),
            *self._containers.row(node, self._sizes[index], self.drawn[index]),
            *self._words(index, shape),
            *self._of_page,
            *self._beside(index, index - 1),
            *self._beside(index, index + 1),
            self._linked[index - 2] if index > 1 else NO_LINE,
            self._linked[index + 2] if index + 2 < len(self.blocks) else NO_LINE,
            self._prose_before[index], self._prose_after[index],
        )  # fmt: skip

    def _place(self, index: int) -> tuple[float, ...]:
        length, drawn = self._length, self._drawn_length
        start, end = max(0, index - _WINDOW), min(len(self.blocks), index + _WINDOW + 1)
        return (
            self.drawn[index], self._since[index], self._until[index],
            max(-_FAR, min(_FAR, index - self._first)),
            max(-_FAR, min(_FAR, index - self._last)),
            index / len(self.blocks), length[index] / length[-1], drawn[index] / max(1.0, drawn[-1]),
            (drawn[index] - drawn[start]) / max(1, length[index] - length[start]),
            (drawn[end] - drawn[index + 1]) / max(1, length[end] - length[index + 1]),
        )  # fmt: skip

    def _words(self, index: int, shape: Shape) -> tuple[float, ...]:
        """What the block shares with the page's title and with the rest of the story."""
        words, folded = shape.words, self._folded[index]
        return (
            any(folded in title for title in self._titles) if len(folded) > _WINDOW else False,
            len(words & self._title_words) / len(words) if words else NO_LINE,
            len(words & self._spoken) / len(words) if words else NO_LINE,
            self._times[folded],
            _NO_HEADLINE if self._headline is None else max(-_FAR, min(_FAR, index - self._headline)),
        )

    def _beside(self, index: int, other: int) -> tuple[float, ...]:
        if not 0 <= other < len(self.blocks):
            return _NO_NEIGHBOUR
        mine, its = self.blocks[index].node, self.blocks[other].node
        same = mine is its or mine.parent is its.parent
        shape, _, cued = self._see(other)
        return shape.units, self._linked[other], self._tags[other], same, cued


def _row_of_prose(shape: Shape) -> tuple[float, ...]:
    """The shape of prose, of which the line model asks nothing."""
    return (shape.units, shape.end, shape.first, *_NO_SHAPE, 1.0)


def _distances(marks: Sequence[bool], most: int, least: int) -> tuple[list[int], list[int]]:
    """For each place, how far it is to the last mark before it, and to the next one."""
    return _since(marks, most, least), _since(marks[::-1], most, least)[::-1]


def _since(marks: Sequence[bool], most: int, least: int) -> list[int]:
    distances, since = [], most
    for marked in marks:
        distances.append(since)
        since = least if marked else min(most, since + 1)
    return distances


@lru_cache(maxsize=1 << len(WITHIN))
def _bits(bits: int, count: int) -> tuple[int, ...]:
    return tuple(bits >> place & 1 for place in range(count))
