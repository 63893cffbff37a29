"""Which phrases fire, and which have stopped because a publisher's texts have changed."""

from collections import Counter

import msgspec

from flows.record import Record

# By chance a phrase that should have fired five times is silent once in 150 times (Poisson: e^-5).
_EXPECTED = 5.0
# What fired once or twice tells nothing of how often it should.
_FIRED = 3


class Stopped(msgspec.Struct, frozen=True):
    """A phrase that used to fire on a publisher's articles, and does not any more.

    Attributes:
        phrase: its id.
        publisher: whose articles; None where they do not say.
        fired: on so many of them; the last of these had `silent` others after it.
    """

    phrase: str
    publisher: str | None
    fired: int
    silent: int


class _Row(msgspec.Struct):
    fired: int = 0
    last: int = 0


class Firings:
    """Counts of phrases over records in the order in which they came; grows with publishers and their phrases."""

    def __init__(self) -> None:
        self._records: Counter[str | None] = Counter()
        self._rows: dict[tuple[str | None, str], _Row] = {}

    def count(self, record: Record) -> None:
        """Count one record."""
        publisher = record.publisher
        self._records[publisher] += 1
        for rule in {removal.rule for removal in record.removed}:
            if ":" not in rule:  # not a step or the model
                row = self._rows.setdefault((publisher, rule), _Row())
                row.fired += 1
                row.last = self._records[publisher]

    def most(self) -> Counter[str]:
        """Records by phrase."""
        found: Counter[str] = Counter()
        for (_, phrase), row in self._rows.items():
            found[phrase] += row.fired
        return found

    def stopped(self) -> list[Stopped]:
        """The phrases that would have fired again by now, had they gone on as before; the longest silent first."""
        found = []
        for (publisher, phrase), row in self._rows.items():
            silent = self._records[publisher] - row.last
            if row.fired >= _FIRED and silent * row.fired / row.last >= _EXPECTED:
                found.append(Stopped(phrase, publisher, row.fired, silent))
        return sorted(found, key=lambda each: (-each.silent, each.phrase, each.publisher or ""))
