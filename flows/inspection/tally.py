"""Counting what records hold, in one pass over them."""

from array import array
from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

import msgspec

from cleaners.document import Notice, Removal
from flows.record import Record


class Group(msgspec.Struct):
    """Records that have something in common.

    Attributes:
        name: what; None where the records do not say.
        characters: code points of the originals; `kept` of them are in the clean texts.
    """

    name: str | None
    records: int = 0
    characters: int = 0
    kept: int = 0

    def count(self, record: Record) -> None:
        """Count one record."""
        self.records += 1
        self.characters += record.original.length
        self.kept += len(record.text)


class Pieces(msgspec.Struct):
    """Removals or notices that have something in common.

    Attributes:
        name: what.
        pieces: how many, of `characters` code points altogether.
        records: how many records hold one.
    """

    name: str
    pieces: int = 0
    characters: int = 0
    records: int = 0


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """What the records of a store hold; each tuple the largest first, then by name.

    Attributes:
        records: lines; `articles` have an id of their own.
        characters: code points of the originals; `kept` of them are in the clean texts.
        kinds, rules: of removals.
        flags: records by flag.
        notices: by kind.
        quarantine: things set aside by reason, None where no store was given.
    """

    records: int
    articles: int
    characters: int
    kept: int
    publishers: tuple[Group, ...]
    languages: tuple[Group, ...]
    kinds: tuple[Pieces, ...]
    rules: tuple[Pieces, ...]
    flags: dict[str, int]
    notices: tuple[Pieces, ...]
    quarantine: dict[str, int] | None


class Tally:
    """Counts that grow with the number of publishers, languages and rules, and by 8 bytes with each record."""

    def __init__(self) -> None:
        self._all = Group(None)
        self._ids = _Distinct()
        self._publishers: dict[str | None, Group] = {}
        self._languages: dict[str | None, Group] = {}
        self._kinds: dict[str, Pieces] = {}
        self._rules: dict[str, Pieces] = {}
        self._notices: dict[str, Pieces] = {}
        self._flags: Counter[str] = Counter()

    def count(self, record: Record) -> None:
        """Count one record."""
        self._ids.add(record.id)
        self._all.count(record)
        for groups, name in ((self._publishers, record.publisher), (self._languages, record.language)):
            groups.setdefault(name, Group(name)).count(record)
        _count_pieces(self._kinds, ((removal.kind, removal) for removal in record.removed))
        _count_pieces(self._rules, ((removal.rule, removal) for removal in record.removed))
        _count_pieces(self._notices, ((notice.kind, notice) for notice in record.notices))
        self._flags.update(record.flags)

    def overview(self, reasons: Iterable[str] | None) -> Overview:
        """All that was counted, and why things were set aside."""
        return Overview(
            records=self._all.records,
            articles=len(self._ids),
            characters=self._all.characters,
            kept=self._all.kept,
            publishers=_largest_first(self._publishers.values()),
            languages=_largest_first(self._languages.values()),
            kinds=_largest_first(self._kinds.values()),
            rules=_largest_first(self._rules.values()),
            flags=dict(self._flags.most_common()),
            notices=_largest_first(self._notices.values()),
            quarantine=None if reasons is None else dict(Counter(reasons).most_common()),
        )


class _Distinct:
    """How many different strings were added, by their 64-bit hashes: a set of ten million ids would take a gigabyte.

    The hashes lie in 256 arrays, so that only one part of them at a time becomes a set.
    """

    def __init__(self) -> None:
        self._parts = [array("q") for _ in range(256)]

    def add(self, text: str) -> None:
        number = hash(text)
        self._parts[number & 255].append(number)

    def __len__(self) -> int:
        return sum(len(set(part)) for part in self._parts)


_Counted = TypeVar("_Counted", Group, Pieces)


def _count_pieces(table: dict[str, Pieces], found: Iterable[tuple[str, Removal | Notice]]) -> None:
    names = set()
    for name, piece in found:
        row = table.setdefault(name, Pieces(name))
        row.pieces += 1
        row.characters += len(piece.text)
        names.add(name)
    for name in names:
        table[name].records += 1


def _largest_first(rows: Iterable[_Counted]) -> tuple[_Counted, ...]:
    return tuple(sorted(rows, key=lambda row: (-row.records, row.name or "")))
