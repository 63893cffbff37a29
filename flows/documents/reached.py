"""How far a file of the input was read."""

from collections import Counter
from collections.abc import Mapping

import msgspec


class Reached(msgspec.Struct, frozen=True):
    """How far a file was read, and what was found up to there.

    Attributes:
        lines: its lines, rows or records that are done, counted from its beginning.
        is_ended: whether it was read to its end.
        documents: those that were found in it.
        set_aside: items of it that went into the quarantine, by reason.
    """

    lines: int = 0
    is_ended: bool = False
    documents: int = 0
    set_aside: Mapping[str, int] = Counter()
