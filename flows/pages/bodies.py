"""The body of a page: what the extractor took, and what the page model brings back beside it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from cleaners.document import Hints, LineHint
from cleaners.model.blocks import Block
from cleaners.model.line_model import Judgement
from cleaners.model.page_features import PageView
from cleaners.model.page_model import PageModel
from flows.pages.aligning import drawn_shares
from flows.pages.segmenting import segment

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What the extractor took of a block at least, for the block to be called its.
_DRAWN = 0.5


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """The text of an article with what its page says of each line.

    Attributes:
        text: one block a line: all that the extractor took, and what it missed.
        recovered: how many of the lines the extractor had missed.
    """

    text: str
    hints: Hints
    recovered: int


def view_page(tree: "HtmlElement", drawn: str) -> PageView:
    """A page as the page model sees it.

    Args:
        tree: the page.
        drawn: the extractor's text.
    """
    page = segment(tree)
    return PageView(page, drawn_shares(page.blocks, drawn), titles_of(tree))


def titles_of(tree: "HtmlElement") -> list[str]:
    """What a page calls its article: in its first headings, to those who share it, in its title."""
    headings = [" ".join(heading.text_content().split()) for heading, _ in zip(tree.iter("h1"), "12", strict=False)]
    given = tree.xpath("//meta[@property='og:title']/@content")[:1] + tree.xpath("//head/title/text()")[:1]
    return [title for title in (*headings, *(" ".join(str(title).split()) for title in given)) if title]


def read_body(view: PageView, model: PageModel) -> Body:
    """The body: what the extractor took, furniture among it, as cleaning takes that out and says so; and what it
    missed, of what the model is sure that it belongs to the article.
    """  # noqa: D205 - one sentence
    lines = list(_lines(view, model.judge(view), model.threshold))
    return Body(
        text="\n".join(block.text for block, _, _ in lines),
        hints=Hints(model=model.version, threshold=model.threshold, lines=tuple(hint for _, hint, _ in lines)),
        recovered=sum(missed for _, _, missed in lines),
    )


def _lines(
    view: PageView, judgements: Iterable[Judgement], threshold: float
) -> Iterable[tuple[Block, LineHint, bool]]:
    for judged in judgements:
        block, drawn = view.blocks[judged.index], view.drawn[judged.index] >= _DRAWN
        if drawn or judged.score < threshold:
            linked = round(min(1.0, block.linked / len(block.text)), 2)
            yield block, LineHint(block.node.tag, linked, judged.score, judged.reason), not drawn
