"""Which records a person asked for."""

import random
from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec

from cleaners.document import Flag, Kind, Notice, Removal
from flows.record import Record

T = TypeVar("T")


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """What a record must have; any one of several values of a filter, but something of every filter.

    Attributes:
        ids: its id.
        kinds: kinds of a removal or notice.
        rules: rules of a removal or notice; one that ends in `/` or `:` stands for all that begin with it. With
            `kinds`, one piece has to be of such a kind and by such a rule.
        publishers: its publisher, in upper or lower case.
        flags: one of its flags.
    """

    ids: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    rules: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()

    def wants(self, record: Record) -> bool:
        """Whether the record is one that was asked for."""
        return (
            (not self.ids or record.id in self.ids)
            and (not self.publishers or _folded(record.publisher) in map(_folded, self.publishers))
            and (not self.flags or not set(self.flags).isdisjoint(record.flags))
            and (not (self.kinds or self.rules) or any(map(self.means, _pieces(record))))
        )

    def means(self, piece: Removal | Notice) -> bool:
        """Whether a removal or notice is of the kinds and by the rules that were asked for."""
        return (not self.kinds or piece.kind in self.kinds) and (
            not self.rules or any(_is_rule(piece.rule, rule) for rule in self.rules)
        )


def sample(found: Iterable[T], size: int | None, seed: int | None = None) -> Iterator[T]:
    """A random `size` of what was found, or all if it is less, in its order; holds no more than that many.

    Algorithm R of Vitter, "Random sampling with a reservoir" (1985).

    Args:
        found: records, or what was found out about them.
        size: how many, at least 1; None: all, none of them held.
        seed: the same seed draws the same of the same.
    """
    if size is None:
        return iter(found)
    draw = random.Random(seed)  # noqa: S311 - nothing is secret
    kept: list[tuple[int, T]] = []
    for number, item in enumerate(found):
        place = number if number < size else draw.randrange(number + 1)
        if place < size:
            kept[place : place + 1] = [(number, item)]
    return (item for _, item in sorted(kept, key=lambda pair: pair[0]))


def _pieces(record: Record) -> Iterator[Removal | Notice]:
    yield from record.removed
    yield from record.notices


def _folded(publisher: str | None) -> str | None:
    return publisher.casefold() if publisher is not None else None


def _is_rule(rule: str, wanted: str) -> bool:
    return rule.startswith(wanted) if wanted.endswith(("/", ":")) else rule == wanted
