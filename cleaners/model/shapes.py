"""What one paragraph looks like by itself."""

import re
from math import log1p
from unicodedata import category

from cleaners.layout import TERMINALS, Paragraph

# Scripts without spaces: two characters are about a word.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]"
)
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w{4,}|[^\W\x00-\x7f]\w*")
_CLOSERS = "\"'”’»)]」』"
_QUOTES = '"“”„«»「」'
_ARROWS = frozenset("-–—|»›>→")
_PROSE_UNITS = log1p(20)
_SENTENCE_UNITS = log1p(6)
NO_LINE = -1.0

WORD, SENTENCE, QUESTION, ELLIPSIS, COLON, ARROW = range(6)
"""How a line may end."""


class Shape:
    """A paragraph's form. All but `units` and `end` is asked of lines that are no prose only.

    Attributes:
        units: log(1 + words), comparable over scripts: two characters of a script without spaces are a word.
        end: how it ends: `WORD`, `SENTENCE`, `QUESTION`, `ELLIPSIS`, `COLON` or `ARROW` (also a dash or a bar).
        is_prose: twenty words or more that end like a sentence. The model never takes such a paragraph: of 1,415
            lines that it found in the labelled articles one was prose.
        words: the longer words, folded.
    """

    def __init__(self, paragraph: Paragraph) -> None:
        self.paragraph = paragraph
        self._words = paragraph.text.split()
        self.count = len(self._words) + _unspaced(paragraph.text) / 2
        self.units = log1p(self.count)
        self.end = _end(paragraph.text)
        self.is_sentence = self.end in {SENTENCE, QUESTION} and self.units >= _SENTENCE_UNITS
        self.is_prose = self.end in {SENTENCE, QUESTION} and self.units >= _PROSE_UNITS
        self.words = frozenset(_WORD.findall(paragraph.folded))

    @property
    def opening(self) -> str:
        """The first word, folded."""
        return self.paragraph.folded.partition(" ")[0]

    def first(self) -> float:
        """What the first character is: 0 a letter, 1 a number, 2 punctuation, 3 a symbol, 4 anything else."""
        return float("LNPS".find(category(self.paragraph.text[0])[0]) % 5)

    def capitals(self) -> float:
        """The share of words that begin with a capital."""
        starts = [word[0] for word in self._words if word[0].isalpha()]
        return sum(map(str.isupper, starts)) / len(starts) if starts else NO_LINE

    def digits(self) -> float:
        """The share of characters that are digits."""
        return len(_DIGIT.findall(self.paragraph.text)) / len(self.paragraph.text)

    def commas(self) -> float:
        """Commas a word."""
        return sum(map(self.paragraph.text.count, ",，、")) / (self.count + 1)

    def quotes(self) -> float:
        """How many double quotes there are."""
        return float(sum(map(self.paragraph.text.count, _QUOTES)))

    def word_length(self) -> float:
        """Characters between spaces."""
        return len(self.paragraph.text) / len(self._words)


def _unspaced(text: str) -> int:
    return 0 if text.isascii() else len(_UNSPACED.findall(text))


def _end(text: str) -> int:
    if text.endswith(("...", "…")):
        return ELLIPSIS
    last = text.rstrip(_CLOSERS)[-1:]
    if last and last in "?？؟":
        return QUESTION
    if last and last in TERMINALS:
        return SENTENCE
    if text.endswith((":", "：")):
        return COLON
    return ARROW if text[-1] in _ARROWS else WORD
