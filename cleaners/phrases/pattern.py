"""The phrase language: literal text with bounded `{slots}`, and no way to write a slow one.

Matching works on folded text (`cleaners.folding`). A slot takes up to 120 characters, or up to N as `{name:N}`;
it may be empty. `{{` and `}}` are braces. Every place where a piece may stand is followed up at once, so nothing is
tried twice.
"""

import re
from collections.abc import Iterable, Mapping
from unicodedata import category

import msgspec

from cleaners.folding import FULL_STOPS, fold, squeeze
from cleaners.layout import TERMINALS

SLOT_LIMIT = 120
LONGEST_SLOT = 5000
_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)(?::([0-9]{1,9}))?\}")
_BRACES = {"{{": "\0", "}}": "\1"}
_OPENERS = "([（【|•"

Slots = Mapping[str, tuple[int, int]]
"""A slot's name and its span in the folded paragraph."""


class Match(msgspec.Struct, frozen=True):
    """Where a pattern stands in a folded paragraph."""

    start: int
    end: int
    slots: Slots


class Pattern(msgspec.Struct, frozen=True):
    """A phrase's text, compiled: literal pieces around slots.

    Attributes:
        pieces: folded literals; the first and the last are empty where the phrase begins or ends with a slot.
        slots: (name, longest length) between each two pieces.
        anchor: the longest literal: the word under which the phrase is looked up.
        longest: no match is longer, its final full stop included.
    """

    pieces: tuple[str, ...]
    slots: tuple[tuple[str, int], ...]
    anchor: str
    longest: int

    def match_whole(self, folded: str) -> Match | None:
        """The match that takes all of a folded paragraph."""
        first = self.pieces[0]
        if not folded.startswith(first):
            return None
        if not self.slots:
            is_all = len(folded) - len(first) <= 1 and folded[len(first) :] in FULL_STOPS
            return Match(0, len(folded), {}) if is_all else None
        if len(folded) > self.longest:
            return None
        ends = self._ends(folded, 0)
        for end in (len(folded), len(folded) - 1):
            if end in ends and folded[end:] in FULL_STOPS:
                return Match(0, len(folded), self._named(ends[end]))
        return None

    def match_around(self, folded: str, place: int) -> Match | None:
        """The longest match from sentence's start to sentence's end whose anchor stands at `place`.

        Raises nothing and reads at most `longest` characters on either side of `place`.
        """
        for start in self._starts(folded, place):
            ends = self._ends(folded, start)
            for end in sorted(ends, reverse=True):
                stop = _sentence_end(folded, end)
                if stop is not None and stop > place:
                    return Match(start, stop, self._named(ends[end]))
        return None

    def _starts(self, folded: str, place: int) -> Iterable[int]:
        earliest = max(0, place - self.longest)
        first = self.pieces[0].rstrip()
        if not first:
            return (0,) if earliest == 0 else ()
        found = []
        start = folded.find(first, earliest, place + len(first))
        while start >= 0:
            if _begins_sentence(folded, start):
                found.append(start)
            start = folded.find(first, start + 1, place + len(first))
        return found

    def _ends(self, folded: str, start: int) -> dict[int, tuple[tuple[int, int], ...]]:
        """Each offset where the pattern can end, with its slots' spans, when it begins at start."""
        if not folded.startswith(self.pieces[0], start):
            return {}
        ends: dict[int, tuple[tuple[int, int], ...]] = {start + len(self.pieces[0]): ()}
        for (_, limit), piece in zip(self.slots, self.pieces[1:], strict=True):
            ends = _ends_after_slot(folded, ends, limit, piece)
        return ends

    def _named(self, spans: Iterable[tuple[int, int]]) -> Slots:
        return {name: span for (name, _), span in zip(self.slots, spans, strict=True)}


def parse(text: str) -> Pattern:
    """A phrase's text as a pattern.

    Raises:
        ValueError: a brace is not part of a slot, two slots touch, a slot is too long, or no literal is left.
    """
    for doubled, mark in _BRACES.items():
        text = text.replace(doubled, mark)
    literals, names, limits = _split(text)
    if any("{" in literal or "}" in literal for literal in literals):
        raise ValueError("a brace that is no slot: write {name}, {name:200}, or {{ and }} for braces")
    if not all(literals[1:-1]):
        raise ValueError("two slots touch: put literal text between them")
    if any(not 0 < limit <= LONGEST_SLOT for limit in limits):
        raise ValueError(f"a slot takes 1 to {LONGEST_SLOT} characters")
    pieces = [_fold_piece(literal) for literal in literals]
    pieces[0] = pieces[0].lstrip()
    pieces[-1] = _without_full_stop(pieces[-1].rstrip())
    anchor = max(pieces, key=len).strip()
    if not any(category(character)[0] in "LNS" for character in anchor):
        raise ValueError("a phrase needs literal text: a letter, digit or symbol outside its slots")
    longest = sum(map(len, pieces)) + sum(limits) + 1
    return Pattern(tuple(pieces), tuple(zip(names, limits, strict=True)), anchor, longest)


def _split(text: str) -> tuple[list[str], list[str], list[int]]:
    parts = _SLOT.split(text)
    return parts[::3], parts[1::3], [int(limit) if limit else SLOT_LIMIT for limit in parts[2::3]]


def _fold_piece(literal: str) -> str:
    """A literal folded, a run of white space at either end kept as one space."""
    folded = squeeze(fold(literal))
    before = " " if literal[:1].isspace() else ""
    after = " " if literal[-1:].isspace() and folded else ""
    return (before + folded + after).replace("\0", "{").replace("\1", "}")


def _without_full_stop(piece: str) -> str:
    """Less its one final full stop; the dots of `Loading...` are no full stop."""
    return piece[:-1] if piece[-1:] in FULL_STOPS and piece[-2:-1] not in FULL_STOPS else piece


def _ends_after_slot(
    folded: str, ends: Mapping[int, tuple[tuple[int, int], ...]], limit: int, piece: str
) -> dict[int, tuple[tuple[int, int], ...]]:
    """The ends of `piece` at most `limit` characters behind any of `ends`; an empty piece is the paragraph's end."""
    found = {}
    sources = sorted(ends)
    if not piece:
        sources = [source for source in sources if len(folded) - source <= limit]
        return {len(folded): (*ends[sources[0]], (sources[0], len(folded)))} if sources else {}
    nearest = 0
    for at in _occurrences(folded, piece, sources, limit):
        while sources[nearest] + limit < at:
            nearest += 1
        if (source := sources[nearest]) <= at:
            found[at + len(piece)] = (*ends[source], (source, at))
    return found


def _occurrences(folded: str, piece: str, sources: list[int], limit: int) -> Iterable[int]:
    """Where piece begins, from the first source to `limit` characters behind the last."""
    if not sources:
        return
    stop = sources[-1] + limit + len(piece)
    at = folded.find(piece, sources[0], stop)
    while at >= 0:
        yield at
        at = folded.find(piece, at + 1, stop)


def _begins_sentence(folded: str, start: int) -> bool:
    before = folded[max(0, start - 2) : start].rstrip()
    return not before or before[-1] in TERMINALS + "\"')]" + _OPENERS


def _sentence_end(folded: str, end: int) -> int | None:
    """Where a match that ends at `end` ends with its full stop; None in mid-sentence."""
    stop = end + 1 if end < len(folded) and folded[end] in FULL_STOPS else end
    if stop == len(folded):
        return stop
    ended = stop > end or folded[stop - 1] in TERMINALS + ")]"
    return stop if ended and folded[stop].isspace() else None
