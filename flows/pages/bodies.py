"""The body of a page: what the extractor took, and what the page model brings back beside it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from cleaners.document import FIGCAPTION, Hints, LineHint
from cleaners.model.blocks import Block, Node
from cleaners.model.line_model import Judgement
from cleaners.model.page_features import PageView
from cleaners.model.page_model import PageModel

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# What the extractor took of a block at least, for the block to be called its.
_DRAWN = 0.5
# What is shorter, or mostly links, is a button beside a picture, or names another story.
_LEAST_CAPTION = 10
_MOSTLY = 0.5
_DEEPEST_CAPTION = 5
_CAPTION = "a picture's caption"
# Prose that the extractor missed is most likely furniture from this score on; below, a second look may tell.
_OPEN_BELOW = 0.85
# Characters of an article at least: a line or two that the model picks from a page are none.
_LEAST = 500


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """The text of an article with what its page says of each line.

    Attributes:
        text: one block a line: all that the extractor took, and what it missed.
        story: how many of its characters the model takes for the article's.
        recovered: how many of the lines the extractor had missed.
    """

    text: str
    story: int
    hints: Hints
    recovered: int = 0


def titles_of(tree: "HtmlElement") -> list[str]:
    """What a page calls its article: in its first headings, to those who share it, in its title."""
    headings = [" ".join(heading.text_content().split()) for heading, _ in zip(tree.iter("h1"), "12", strict=False)]
    given = tree.xpath("//meta[@property='og:title']/@content")[:1] + tree.xpath("//head/title/text()")[:1]
    return [title for title in (*headings, *(" ".join(str(title).split()) for title in given)) if title]


def read_body(view: PageView, model: PageModel) -> Body:
    """The body: what the extractor took, and what it missed of which the model is sure that it is of the article.

    Furniture that the extractor took stays in, as cleaning takes it out and says so; unless there is more of it than
    of the article: then the extractor has not found it, and the model alone says what is its text.
    """
    judgements = _judge(view, model)
    drawn = [judged for judged in judgements if view.drawn[judged.index] >= _DRAWN]
    story = [judged for judged in judgements if judged.score < model.threshold]
    furniture = [judged for judged in drawn if judged.score >= model.threshold]
    has_failed = _LEAST < _length(view, story) < _length(view, furniture)
    chosen = {judged.index: judged for judged in (story if has_failed else [*story, *furniture])}
    captions = {judged.index: judged for judged in _captions(view, judgements, story, model.threshold)}
    lines = [judged for _, judged in sorted((captions | chosen).items())]
    return Body(
        text="\n".join(view.blocks[judged.index].text for judged in lines),
        story=_length(view, story),
        hints=hints_of(model, [_hint(view, judged) for judged in lines]),
        recovered=sum(view.drawn[judged.index] < _DRAWN for judged in story),
    )


def _captions(
    view: PageView, judgements: Iterable[Judgement], story: Sequence[Judgement], threshold: float
) -> Iterator[Judgement]:
    """The captions between headline and end of the story, most of which the extractor passes over.

    Cleaning moves them into their field.
    """
    if not story:
        return
    scores = {judged.index: judged.score for judged in judgements}
    first, last = story[0].index, story[-1].index
    headline = max((index for index in range(first) if view.blocks[index].node.tag == "h1"), default=first)
    for index in range(headline, last):
        block = view.blocks[index]
        if _in_caption(block) and len(block.text) >= _LEAST_CAPTION and block.linked <= _MOSTLY * len(block.text):
            score = scores.get(index, 1.0)
            yield Judgement(index, score, _CAPTION if score >= threshold else "")


def _in_caption(block: Block) -> bool:
    around: Node | None = block.node
    for _ in range(_DEEPEST_CAPTION):
        if around is None or around.tag == FIGCAPTION:
            break
        around = around.parent
    return around is not None and around.tag == FIGCAPTION


def _judge(view: PageView, model: PageModel) -> list[Judgement]:
    """The model's judgements; where it brings some prose back and hesitates over other, with the former in view.

    Some pages part a story into several columns, of which the extractor takes the first: what stands in the next
    looked ever less like the story the farther down it was.
    """
    judgements = model.judge(view)
    missed = [judged for judged in judgements if view.drawn[judged.index] < _DRAWN and view.is_prose(judged.index)]
    back = {judged.index for judged in missed if judged.score < model.threshold}
    if not back or not any(model.threshold <= judged.score < _OPEN_BELOW for judged in missed):
        return judgements
    return model.judge(view.with_drawn([1.0 if index in back else share for index, share in enumerate(view.drawn)]))


def hints_of(model: PageModel, lines: Iterable[LineHint]) -> Hints:
    """The hints of lines as the model judged them."""
    return Hints(model=model.version, threshold=model.threshold, lines=tuple(lines))


def _hint(view: PageView, judged: Judgement) -> LineHint:
    block = view.blocks[judged.index]
    linked = round(min(1.0, block.linked / len(block.text)), 2)
    return LineHint(FIGCAPTION if _in_caption(block) else block.node.tag, linked, judged.score, judged.reason)


def _length(view: PageView, judgements: Iterable[Judgement]) -> int:
    return sum(len(view.blocks[judged.index].text) for judged in judgements)
