"""Which of the lines that the model found name the writers."""

import re
from functools import cached_property

from cleaners.fields.byline_names import is_names, is_signature
from cleaners.fields.bylines import is_signed
from cleaners.fields.dates import scan
from cleaners.layout import PROSE_CHARACTERS
from cleaners.model.features import Article

_WORDS = 10
_BELOW_TITLE = 4
_BEHIND_STORY = 3
_LONGEST_DATE = 60
# More lines of `by` and a name are those of other stories on the page.
_MOST_SIGNED = 2
# Words for the calendar are names too; a button or a section is nobody's.
_IN_NAMES = {"calendar", "written_by", "dated", "contact"}
# What buttons and sections are called where the story has none of their words.
_IN_NO_NAME = {
    *("all", "blog", "home", "just", "latest", "live", "more", "new", "news", "read", "see", "top", "total", "view"),
    *("watch", "zum", "zur"),
}
_SMALL = re.compile(r"(?<![\w'’-])[^\W\d_A-Z]{3,}(?![\w'’-])")


class Signatures:
    """The lines of an article that may be signed."""

    def __init__(self, article: Article) -> None:
        self._article = article

    def is_byline(self, index: int, title: int | None, *, signed: bool) -> bool:
        """Whether a line is names below the headline or beside a date, or `by` and names.

        Behind the story only close to it: further down the page other stories have their writers too.

        Args:
            index: the line's.
            title: the headline's index.
            signed: whether a rule found a byline or a dateline beside it.
        """
        article = self._article
        shape, cues = article.shapes[index], article.cues(index)
        line = shape.text
        above = article.is_above(index) or article.is_near_head(index)
        if not (above or article.is_close_below(index, _BEHIND_STORY)):
            return False
        if is_signature(line) and not is_signed(line):
            near_title = title is not None and 0 < index - title <= _BELOW_TITLE
            told = signed or near_title or self._is_beside_date(index) or not is_names(line)
            told = told and _IN_NAMES.issuperset(cues)
            return told and self._are_people(line)
        if "written_by" not in cues or "see_also" in cues or shape.count > _WORDS:
            return False
        return not (self._listed and is_signed(line))

    def _is_beside_date(self, index: int) -> bool:
        """Whether the line before or behind has a day in it, taken or not."""
        shapes = self._article.shapes
        beside = [shapes[place].text for place in (index - 1, index + 1) if 0 <= place < len(shapes)]
        short = (line for line in beside if len(line) <= _LONGEST_DATE and any(map(str.isdecimal, line)))
        return any(moment.day for line in short for moment in scan(line, None).moments)

    def _are_people(self, line: str) -> bool:
        """Whether the words have capitals, and the story none of them in small letters, as of `New Update`."""
        words = [word for word in re.findall(r"[^\W\d_]+", line) if not word.islower()]
        cased = all(word.lower() != word.upper() for word in words)
        return cased and (self._small_words | _IN_NO_NAME).isdisjoint(word.lower() for word in words)

    @cached_property
    def _small_words(self) -> frozenset[str]:
        prose = (shape.text for shape in self._article.shapes)
        return frozenset(word for text in prose if len(text) >= PROSE_CHARACTERS for word in _SMALL.findall(text))

    @cached_property
    def _listed(self) -> bool:
        return sum(is_signed(shape.text) for shape in self._article.shapes) > _MOST_SIGNED
