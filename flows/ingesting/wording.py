"""What a text says, in few bytes, so that another can be told from it. Pure."""

from enum import IntEnum
from itertools import islice
from zlib import crc32

from flows.pages.likeness import leading_topics

# A feed's own words: a summary has some twenty, and what follows in a whole text is not in it.
_MOST, _FEWEST = 32, 6
_WHOLE_BYTES, _TOPIC_BYTES = 4, 2
# Of 97 standfirsts one in ten had less in common with its article's first paragraph; of standfirsts of other articles
# in their language, 93 in 100.
_OTHER = 0.1


class Likeness(IntEnum):
    """What two texts say of their articles."""

    SAME = 0
    RELATED = 1
    OTHER = 2
    FEW = 3
    """Not the same, but one has too few words to say more."""
    UNKNOWN = 4


def wording(text: str | None) -> bytes | None:
    """Four bytes of all that a text says, and two of each of its first topics; None where there is no text."""
    said = " ".join((text or "").split())
    if not said:
        return None
    topics = (_digest(topic, _TOPIC_BYTES) for topic in islice(leading_topics(said), _MOST))
    return _digest(said, _WHOLE_BYTES) + b"".join(topics)


def likeness(one: bytes | None, other: bytes | None) -> Likeness:
    """How much two texts have in common at their beginnings: of the one that says less, how much the other says.

    Only the same text is the same: notices of two accidents may differ in the number of a road.
    """
    if one is None or other is None:
        return Likeness.UNKNOWN
    if one == other:
        return Likeness.SAME
    topics, others = _topics(one), _topics(other)
    fewer = min(len(topics), len(others))
    if fewer < _FEWEST:
        return Likeness.FEW
    return Likeness.RELATED if len(topics & others) >= _OTHER * fewer else Likeness.OTHER


def _topics(wording: bytes) -> set[bytes]:
    return {wording[at : at + _TOPIC_BYTES] for at in range(_WHOLE_BYTES, len(wording), _TOPIC_BYTES)}


def _digest(text: str, size: int) -> bytes:
    return crc32(text.encode("utf-8", "surrogatepass")).to_bytes(4)[-size:]
