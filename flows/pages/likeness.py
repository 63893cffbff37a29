"""How much one text says of what another says: in words, whatever the language."""

import re
from collections.abc import Iterator
from typing import TypeVar

Element = TypeVar("Element")

# Chinese and Japanese characters stand for themselves: no space parts their words.
_CHARACTERS = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WIDE = re.compile(f"[{_CHARACTERS}]")
_TOKEN = re.compile(rf"[{_CHARACTERS}]|[^\W_{_CHARACTERS}]+")
# Two characters of Chinese or Japanese are a word, more or less.
_WIDE_A_WORD = 2
# Shorter words are in every text; endings differ with the sentence in most languages.
_SHORTEST, _STEM = 5, 6
_SHORTEST_OF_FEW = 3
_SHINGLE = 4


def size(text: str) -> int:
    """How many words a text has, about."""
    tokens = _TOKEN.findall(text)
    wide = sum(1 for token in tokens if _WIDE.match(token))
    return len(tokens) - wide + wide // _WIDE_A_WORD


def topics(text: str) -> frozenset[str]:
    """What a text is about: the beginnings of its longer words, pairs of Chinese and Japanese characters."""
    return frozenset(_topics(_TOKEN.findall(text.lower())))


def words(text: str) -> frozenset[str]:
    """What a short text is about, where `topics` are too few: all but the shortest words count."""
    return frozenset(_topics(_TOKEN.findall(text.lower()), shortest=_SHORTEST_OF_FEW))


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """All runs of four words of a text, or of as many as it has."""
    tokens = _TOKEN.findall(text.lower())
    count = max(len(tokens) - _SHINGLE + 1, min(len(tokens), 1))
    return frozenset(tuple(tokens[at : at + _SHINGLE]) for at in range(count))


def share(of: frozenset[Element], within: frozenset[Element]) -> float:
    """How much of one set is in another; 1 of an empty one."""
    return len(of & within) / len(of) if of else 1.0


def _topics(tokens: list[str], *, shortest: int = _SHORTEST) -> Iterator[str]:
    before = ""
    for token in tokens:
        if not _WIDE.match(token):
            if len(token) >= shortest:
                yield token[:_STEM]
            before = ""
            continue
        if before:
            yield before + token
        before = token
