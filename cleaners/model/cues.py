"""Cue words: what furniture speaks of, by language and theme. The words are data: `cues/<language>.yaml`."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from unicodedata import category

import ahocorasick_rs
import msgspec

from cleaners.composing import compose
from cleaners.folding import searchable

_FILES = {path.stem: path for path in (Path(__file__).parent / "cues").glob("*.yaml")}
_ANY = "any"

GROUPS = (
    "subscribe", "follow", "see_also", "picture", "rights", "app", "written_by", "dated", "calendar",
    "advertisement", "account", "privacy", "donate", "contact", "interface", "shop", "source", "about_author",
    "disclaimer",
)  # fmt: skip
"""The themes, in the order of the model's features. A file may leave one out; it may have no other."""

INSIDE, AT_START = 1, 2

NAMES = (*(f"cue_{group}" for group in GROUPS), "cues")
"""The features of a line's cue words: each theme, and how many of them there are."""

# Lines: some hundred articles'.
_REMEMBERED = 2048


class Cued(msgspec.Struct, frozen=True):
    """The cue words of a line.

    Attributes:
        groups: those of which it has a word: `AT_START` where it begins with it, else `INSIDE`.
        row: the same as features, in the order of `NAMES`.
    """

    groups: Mapping[str, int]
    row: tuple[int, ...]


UNCUED = Cued({}, (0,) * len(NAMES))
"""A line without any."""


class Cues:
    """The cue words of some languages in one automaton.

    Attributes:
        find: the cue words of a folded line; the lines of a menu, that come in article after article, are remembered.
    """

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        """Take `{cue: groups}`."""
        self._groups = [tuple(groups) for groups in words.values()]
        self._automaton = ahocorasick_rs.AhoCorasick(list(words))
        self.find = lru_cache(maxsize=_REMEMBERED)(self._find)

    def _find(self, line: str) -> Cued:
        groups: dict[str, int] = {}
        for number, start, end in self._automaton.find_matches_as_indexes(searchable(line), overlapping=True):
            if _is_whole(line, start, end):
                place = INSIDE if start else AT_START
                for group in self._groups[number]:
                    groups[group] = max(place, groups.get(group, 0))
        return Cued(groups, (*(groups.get(group, 0) for group in GROUPS), len(groups))) if groups else UNCUED


@cache
def load_cues(languages: frozenset[str] | None) -> Cues:
    """The cues of some languages, built once for each set that occurs.

    Args:
        languages: first subtags of the text's languages; None: every language's cues count.
    """
    words: dict[str, set[str]] = {}
    for language in sorted(_FILES):
        if languages is None or language == _ANY or language in languages:
            for group, cues in read_cues(_FILES[language]).items():
                for cue in cues:
                    words.setdefault(cue, set()).add(group)
    return Cues({cue: sorted(groups) for cue, groups in words.items()})


def known_languages(languages: frozenset[str] | None) -> frozenset[str] | None:
    """Those of which there are cues: whatever tags a text brings, there are few automata."""
    return None if languages is None else languages.intersection(_FILES)


@cache
def read_cues(path: Path) -> dict[str, Sequence[str]]:
    """The cues of one file, by group."""
    root: Any = compose(path.read_text("utf-8"))
    return {group.value: [cue.value for cue in cues.value] for group, cues in root.value}


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a cue stands there as a word; scripts without spaces have no words, Korean ones go on at their end."""
    if start and _joins(text[start - 1]) and _joins(text[start]):
        return _is_unspaced(text[start])
    if end < len(text) and _joins(text[end]) and _joins(text[end - 1]):
        return _is_unspaced(text[end - 1]) or "\uac00" <= text[end - 1] <= "\ud7af"
    return True


def _joins(character: str) -> bool:
    """Letters, digits and the marks that belong to them: a vowel sign of Hindi or Tamil goes on a word."""
    return character.isalnum() or (character > "\u02ff" and category(character)[0] == "M")


def _is_unspaced(character: str) -> bool:
    """Whether its script writes no spaces: Thai, Lao, Burmese, Khmer, Chinese, Japanese."""
    return "\u0e00" <= character <= "\u0eff" or "\u1000" <= character <= "\u109f" or (
        "\u1780" <= character <= "\u17ff" or "\u3040" <= character <= "\u30ff" or "\u3400" <= character <= "\u9fff"
    )  # fmt: skip
