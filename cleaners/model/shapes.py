"""What one paragraph looks like by itself."""

import re
from collections.abc import Iterable
from math import log1p
from unicodedata import category

from cleaners.layout import TERMINALS

# Scripts without spaces: two characters are about a word.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]"
)
_DIGIT = re.compile(r"\d")
_ASCII = bytes(range(128))
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
# Lines of so many characters may come again in the next article; some three hundred articles' fill the memory.
_LONGEST_REMEMBERED = 120
_REMEMBERED = 4096

NAMES = ("units", "end", "first", "capitals", "digits", "commas", "quotes", "word_length", "sentence")
"""The features of a line by itself."""

_CAPITALS, _DIGITS = NAMES.index("capitals"), NAMES.index("digits")

WORD, SENTENCE, QUESTION, ELLIPSIS, COLON, ARROW = range(6)
"""How a line may end."""
_ENDED = frozenset({SENTENCE, QUESTION})


class Shape:
    """A line's form: what its words alone tell, so that two lines alike have one.

    Attributes:
        text: the line, runs of white space as one space.
        folded: the same, folded.
        count: its words; two characters of a script without spaces are one.
        units: log(1 + words).
        end: how it ends: `WORD`, `SENTENCE`, `QUESTION`, `ELLIPSIS`, `COLON` or `ARROW` (also a dash or a bar).
        is_sentence: whether six words or more end like a sentence.
        is_prose: twenty words or more that end like a sentence. The model never takes such a paragraph: of 1,415
            lines that it found in the labelled articles one was prose.
        is_long: prose, or so many characters that it is no label even where it is one word.
        opening: the first word, folded; none of prose.
        first: what the first character is: 0 a letter, 1 a number, 2 punctuation, 3 a symbol, 4 anything else.
    """

    __slots__ = (
        "_row", "_words", "count", "end", "first", "folded", "is_long", "is_prose", "is_sentence", "opening", "text",
        "units",
    )  # fmt: skip

    def __init__(self, text: str, folded: str) -> None:
        self.text, self.folded = text, folded
        is_ascii = text.isascii()
        # The text is squeezed: one space between words.
        spaced = text.count(" ") + 1
        self.count = spaced + (0 if is_ascii else len(_UNSPACED.findall(_beyond_ascii(text))) / 2)
        self.units = log1p(self.count)
        self.end = _end(text)
        ended = self.end in _ENDED
        self.is_sentence = ended and self.units >= _SENTENCE_UNITS
        self.is_prose = ended and self.units >= _PROSE_UNITS
        self.is_long = self.is_prose or len(text) > _LONGEST_LABEL
        self.first = float("LNPS".find(category(text[0])[0]) % 5)
        self.opening = "" if self.is_prose else folded.partition(" ")[0]
        # Of most lines of a page nobody asks for these.
        self._words: frozenset[str] | None = None
        self._row: tuple[float, ...] | None = None

    @property
    def words(self) -> frozenset[str]:
        """The longer words, folded; none of prose, whose words `spoken_in` reads together."""
        if self._words is None:
            self._words = frozenset() if self.is_prose else long_words(self.folded)
        return self._words

    @property
    def capitals(self) -> float:
        """The share of words that begin with a capital; -1 for prose."""
        return self.row[_CAPITALS] if not self.is_prose else NO_LINE

    @property
    def digits(self) -> float:
        """The share of characters that are digits; -1 for prose."""
        return self.row[_DIGITS] if not self.is_prose else NO_LINE

    @property
    def row(self) -> tuple[float, ...]:
        """The features of the line by itself, in the order of `NAMES`; none of prose."""
        if self._row is None:
            self._row = () if self.is_prose else self._features()
        return self._row

    def _features(self) -> tuple[float, ...]:
        text = self.text
        is_ascii = text.isascii()
        commas = text.count(",") if is_ascii else sum(map(text.count, ",，、"))
        quotes = text.count('"') if is_ascii else sum(map(text.count, _QUOTES))
        return (
            self.units, self.end, self.first, _capitals(text), len(_DIGIT.findall(text)) / len(text),
            commas / (self.count + 1), quotes, len(text) / (text.count(" ") + 1), self.is_sentence,
        )  # fmt: skip


def shape_of(text: str, folded: str) -> Shape:
    """The form of a line and its folded form; short ones are remembered: a menu comes in every article."""
    shape = _labels.get(text)
    if shape is None:
        shape = Shape(text, folded)
        if len(text) <= _LONGEST_REMEMBERED:
            if len(_labels) >= _REMEMBERED:
                _labels.clear()
            _labels[text] = shape
    return shape


_labels: dict[str, Shape] = {}


def long_words(folded: str) -> frozenset[str]:
    """The longer words of folded text: of four characters or more, or shorter ones that begin outside ASCII."""
    return frozenset((_ASCII_WORD if folded.isascii() else _WORD).findall(folded))


def spoken_in(lines: Iterable[str], wanted: frozenset[str]) -> frozenset[str]:
    """Those of some longer words that stand in folded lines."""
    words, beyond = _words_of(lines)
    return wanted.intersection(words) | wanted.intersection(beyond)


def words_in(lines: Iterable[str]) -> frozenset[str]:
    """Every word that `long_words` would find in folded lines, and some shorter ones."""
    words, beyond = _words_of(lines)
    return frozenset(words).union(beyond)


def _words_of(lines: Iterable[str]) -> tuple[list[str], list[str]]:
    """The words of lines, and what the regular expression makes of those that are no ASCII.

    A split is faster than the expression, and as exact once all marks are spaces.
    """
    # No byte of a longer character is an ASCII one, so bytes can be translated, which is ten times as fast.
    text = "\n".join(lines).encode("utf-8", "surrogatepass").translate(_SPACED).decode("utf-8", "surrogatepass")
    words = text.split()
    return words, [] if text.isascii() else _WORD.findall("\n".join({word for word in words if not word.isascii()}))


def _beyond_ascii(text: str) -> str:
    """What is no ASCII of text: in most European prose a few characters, and a search among them costs nothing."""
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")


def _capitals(text: str) -> float:
    """The share of words that begin with a capital, of those that begin with a letter; -1 where none does."""
    starts = [start for word in text.split(" ") if (start := word[0]).isalpha()]
    return sum(map(str.isupper, starts)) / len(starts) if starts else NO_LINE


def _end(text: str) -> int:
    if text[-1].isalnum():
        return WORD
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
