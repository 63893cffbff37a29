"""Which of the lines that the model found above a story is its headline."""

from collections.abc import Sequence

from cleaners.fields.tags import is_topic_list
from cleaners.model.cues import AT_START
from cleaners.model.features import Article
from cleaners.model.shapes import COLON, SENTENCE

_WORDS = range(4, 26)
_FEWEST_WORDS_TWICE = 3
_SPOKEN_OF = 0.25
_MUCH_SPOKEN_OF = 0.5
# What these words are beside in a headline, a caption or a standfirst too.
NEUTRAL = frozenset({"calendar", "written_by", "source", "dated", "shop", "picture", "about_author"})
"""Groups of cue words that a headline, a caption or a standfirst may hold."""
_TRAIL = (" > ", " › ", " » ", " >> ")


def choose_title(article: Article, sure: Sequence[int]) -> int | None:
    """The headline: of the lines above the story the first that speaks of the same things, or does so most.

    `Home SPORT Ferry stops` above `Ferry stops` is the way to it on the page.

    Args:
        article: the lines.
        sure: the indexes of those that the model takes, in order.
    """
    candidates = [index for index in sure if article.is_above(index) and _may_be_title(article, index)]
    if not candidates:
        return None
    best = max(candidates, key=lambda index: (_weight(article, index), -index))
    said = _text(article, best)
    within = (index for index in candidates if index > best and said != _text(article, index))
    return next((index for index in within if said.endswith(f" {_text(article, index)}")), best)


def _weight(article: Article, index: int) -> float:
    """How much of it the story speaks of, up to what is enough; a line that stands there twice needs no more."""
    return _SPOKEN_OF if _is_twice(article, index) else min(article.overlap(index), _SPOKEN_OF)


def _may_be_title(article: Article, index: int) -> bool:
    """A line of a headline's length; one with a word like `WhatsApp` only if the story speaks of the same things."""
    shape, cues = article.shapes[index], article.cues(index)
    line = shape.text
    if shape.end in {SENTENCE, COLON} or is_topic_list(line) or any(mark in line for mark in _TRAIL):
        return False
    if round(shape.count) not in _WORDS and not (
        round(shape.count) == _FEWEST_WORDS_TWICE and _is_twice(article, index)
    ):
        return False
    if NEUTRAL.issuperset(cues):
        return True
    at_start = AT_START in cues.values()
    return article.overlap(index) >= (_MUCH_SPOKEN_OF if at_start else _SPOKEN_OF)


def _is_twice(article: Article, index: int) -> bool:
    """Whether the next line or the one before, or one of the two beyond them, says the same."""
    said = _text(article, index)
    beside = (place for place in range(max(0, index - 2), min(len(article.shapes), index + 3)) if place != index)
    return any(_text(article, place) == said for place in beside)


def _text(article: Article, index: int) -> str:
    return article.shapes[index].folded
