"""What a page states, and which of several statements is believed."""

from collections.abc import Callable, Iterable
from typing import Literal

import msgspec

Source = Literal["json-ld", "meta", "time", "h1", "title", "text"]

_MOST_OTHERS = 5
_LONGEST_OTHER = 1000


class Stated(msgspec.Struct, frozen=True):
    """One statement: where it stands, and what it says."""

    source: Source
    value: str


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What is believed, where that stands, and what the page says otherwise."""

    value: str
    source: Source
    others: tuple[Stated, ...] = ()

    @classmethod
    def of(cls, chosen: Stated, stated: Iterable[Stated], *, differ: Callable[[str, str], bool]) -> "Choice":
        """One of several statements, with those that differ from it, each once."""
        others = (other for other in stated if differ(chosen.value, other.value))
        cut = dict.fromkeys(Stated(other.source, other.value[:_LONGEST_OTHER]) for other in others)
        return cls(value=chosen.value, source=chosen.source, others=tuple(cut)[:_MOST_OTHERS])
