"""What a run did, in numbers: each shard counts, and the counts add up."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from flows.documents.loaded import SetAside
from flows.documents.reached import Reached
from flows.record import Record


class Counts(msgspec.Struct, kw_only=True):
    """Counts of one shard or one run.

    Attributes:
        new, updated, unchanged: documents by what the store said of them.
        ignored: corrected articles that were not to become further versions.
        finished: files that an earlier run had read to their end, and that are as they were: not read again.
        stopped: shards that were asked to stop before their end.
        set_aside: items in quarantine, by reason.
        removed: pieces of text taken out, by kind.
        flags: records by flag.
        characters: code points of the records' originals; `kept` of them are in the clean texts.
    """

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    ignored: int = 0
    finished: int = 0
    stopped: int = 0
    set_aside: Counter[str] = msgspec.field(default_factory=Counter)
    removed: Counter[str] = msgspec.field(default_factory=Counter)
    flags: Counter[str] = msgspec.field(default_factory=Counter)
    characters: int = 0
    kept: int = 0

    def count(self, record: Record) -> None:
        """Count what was done to a record's text."""
        for removal in record.removed:
            self.removed[removal.kind] += 1
        for flag in record.flags:
            self.flags[flag] += 1
        self.characters += record.original.length
        self.kept += len(record.text)

    def add_reached(self, reached: Reached) -> None:
        """Count what an earlier run did of a file, as it would come out if it were done again."""
        self.unchanged += reached.documents
        self.set_aside.update(reached.set_aside)

    def count_aside(self, item: SetAside) -> None:
        """Count something that could not be used."""
        self.set_aside[str(item.reason)] += 1

    @classmethod
    def total(cls, parts: Iterable["Counts"]) -> "Counts":
        """The sum of several shards' counts."""
        whole = cls()
        for part in parts:
            for name in cls.__struct_fields__:
                setattr(whole, name, getattr(whole, name) + getattr(part, name))
        return whole
