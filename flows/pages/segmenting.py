"""A page's tree to its blocks: one line for each paragraph, heading, list item, quote, table row and caption."""

from typing import TYPE_CHECKING

from cleaners.model.blocks import Block, Blocks, Node, themes_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

from flows.pages.fragments import BLOCKS, CELLS, UNREAD

_NAMING = frozenset({"class", "id", "role", "itemprop"})
_BOLD = frozenset({"b", "strong"})
_BREAKING = BLOCKS - {"br"}
# A cell of so many characters is a column of a page laid out as a table, not a cell of a row.
_LONGEST_CELL = 60


def segment(tree: "HtmlElement") -> Blocks:
    """The blocks of a page's body, in order.

    Blocks and `<br>` end a line; the cells of a table's row stand on one, parted by spaces. What no reader sees
    (scripts, frames, forms' controls) is left out.
    """
    from lxml import etree  # noqa: PLC0415 - lxml is slow to import

    body = tree.find("body")
    writing = _Writing()
    walk = etree.iterwalk(tree if body is None else body, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in UNREAD and not _is_open_button(element):
                walk.skip_subtree()
                continue
            if tag in _BREAKING:
                writing.open(tag, element)
            else:
                writing.begin(tag)
            if text := element.text:
                writing.write(text)
        else:
            if tag in _BREAKING:
                writing.close()
            elif tag not in UNREAD:
                writing.end(tag)
            if (tail := element.tail) and element is not body:
                writing.write(tail)
    writing.flush()
    return Blocks(tuple(writing.blocks), tuple(writing.nodes))


def _is_open_button(element: "HtmlElement") -> bool:
    """Whether a button holds paragraphs: one that a page opened and never closed, and all of the article after it."""
    return element.tag == "button" and element.find(".//p") is not None


class _Writing:
    """The blocks so far, and the one that is being written."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._at = Node(0, "html", None)
        self.nodes = [self._at]
        self._pieces: list[str] = []
        self._size = self._linked = self._bold = 0
        self._in_links = self._in_bold = 0

    def open(self, tag: str, element: "HtmlElement") -> None:
        self.flush()
        named, themes = "", 0
        for key, value in element.items():
            if key in _NAMING:
                themes |= themes_of(value)
                if key == "class":
                    named = value
        self._at = Node(len(self.nodes), tag, self._at, named, themes)
        self.nodes.append(self._at)

    def close(self) -> None:
        self.flush()
        self._at = self._at.parent or self._at

    def begin(self, tag: str) -> None:
        if tag == "a":
            self._in_links += 1
        elif tag in _BOLD:
            self._in_bold += 1
        elif tag == "br":
            self.flush()
        elif tag in CELLS:
            if self._size > _LONGEST_CELL:
                self.flush()
            self._pieces.append(" ")

    def end(self, tag: str) -> None:
        if tag == "a":
            self._in_links -= 1
        elif tag in _BOLD:
            self._in_bold -= 1
        elif tag in CELLS:
            self._pieces.append(" ")

    def write(self, text: str) -> None:
        self._pieces.append(text)
        size = len(text)
        self._size += size
        if self._in_links:
            self._linked += size
        if self._in_bold:
            self._bold += size

    def flush(self) -> None:
        if not self._pieces:
            return
        text = " ".join("".join(self._pieces).split())
        if text:
            self.blocks.append(Block(text, self._at, self._linked, self._bold))
        self._pieces.clear()
        self._size = self._linked = self._bold = 0
