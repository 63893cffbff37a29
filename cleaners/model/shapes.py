"""What one paragraph looks like by itself."""

import re
from collections.abc import Iterable
from math import log1p
from unicodedata import category

from cleaners.layout import TERMINALS, Paragraph

# Scripts without spaces: two characters are about a word.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]"
)
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w{4,}|[^\W\x00-\x7f]\w*")
_ASCII_WORD = re.compile(r"\w{4,}", re.ASCII)
_CLOSERS = "\"'”’»)]」』"
_QUOTES = '"“”„«»「」'
_MARKS = {byte for byte in range(128) if not (chr(byte).isalnum() or chr(byte) == "_")}
_SPACED = bytes(ord(" ") if byte in _MARKS else byte for byte in range(256))
_ARROWS = frozenset("-–—|»›>→")
_PROSE_UNITS = log1p(20)
_SENTENCE_UNITS = log1p(6)
NO_LINE = -1.0
# Two million characters without a space are one word to the eye of `units`.
_LONGEST_LABEL = 400

WORD, SENTENCE, QUESTION, ELLIPSIS, COLON, ARROW = range(6)
"""How a line may end."""


class Shape:
    """A paragraph's form. All but `units` and `end` is asked of lines that are no prose only.

    Attributes:
        units: log(1 + words), comparable over scripts: two characters of a script without spaces are a word.
        end: how it ends: `WORD`, `SENTENCE`, `QUESTION`, `ELLIPSIS`, `COLON` or `ARROW` (also a dash or a bar).
        is_prose: twenty words or more that end like a sentence. The model never takes such a paragraph: of 1,415
            lines that it found in the labelled articles one was prose.
        is_long: prose, or so many characters that it is no label even where it is one word.
        words: the longer words, folded; none of prose, whose words `spoken_in` reads together.
        opening: the first word, folded; none of prose.
    """

    def __init__(self, paragraph: Paragraph) -> None:
        self.paragraph = paragraph
        # The text is squeezed: one space between words.
        self._spaced = paragraph.text.count(" ") + 1
        self.count = self._spaced + _unspaced(paragraph.text) / 2
        self.units = log1p(self.count)
        self.end = _end(paragraph.text)
        self.is_sentence = self.end in {SENTENCE, QUESTION} and self.units >= _SENTENCE_UNITS
        self.is_prose = self.end in {SENTENCE, QUESTION} and self.units >= _PROSE_UNITS
        self.is_long = self.is_prose or len(paragraph.text) > _LONGEST_LABEL
        self.words = frozenset() if self.is_prose else long_words(paragraph.folded)
        self.opening = "" if self.is_prose else paragraph.folded.partition(" ")[0]
        self._digits = NO_LINE if self.is_prose else len(_DIGIT.findall(paragraph.text)) / len(paragraph.text)

    def first(self) -> float:
        """What the first character is: 0 a letter, 1 a number, 2 punctuation, 3 a symbol, 4 anything else."""
        return float("LNPS".find(category(self.paragraph.text[0])[0]) % 5)

    def capitals(self) -> float:
        """The share of words that begin with a capital."""
        starts = [start for word in self.paragraph.text.split(" ") if (start := word[0]).isalpha()]
        return sum(map(str.isupper, starts)) / len(starts) if starts else NO_LINE

    def digits(self) -> float:
        """The share of characters that are digits; -1 for prose."""
        return self._digits

    def commas(self) -> float:
        """Commas a word."""
        return sum(map(self.paragraph.text.count, ",，、")) / (self.count + 1)

    def quotes(self) -> float:
        """How many double quotes there are."""
        text = self.paragraph.text
        return float(text.count('"') if text.isascii() else sum(map(text.count, _QUOTES)))

    def word_length(self) -> float:
        """Characters between spaces."""
        return len(self.paragraph.text) / self._spaced


def long_words(folded: str) -> frozenset[str]:
    """The longer words of folded text: of four characters or more, or shorter ones that begin outside ASCII."""
    return frozenset((_ASCII_WORD if folded.isascii() else _WORD).findall(folded))


def spoken_in(lines: Iterable[str]) -> set[str]:
    """Every word that `long_words` would find in folded lines, and some shorter ones.

    A split is faster than a regular expression, and as exact once all marks are spaces; only what is no ASCII is left
    to the expression.
    """
    # No byte of a longer character is an ASCII one, so bytes can be translated, which is ten times as fast.
    text = "\n".join(lines).encode("utf-8", "surrogatepass").translate(_SPACED).decode("utf-8", "surrogatepass")
    words = set(text.split())
    if not text.isascii():
        words.update(_WORD.findall("\n".join(word for word in words if not word.isascii())))
    return words


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
