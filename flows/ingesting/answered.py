"""What came of asking a group of feeds, in portions that fit into memory."""

import pickle
from collections.abc import Iterable, Iterator
from itertools import groupby
from tempfile import SpooledTemporaryFile
from typing import Self

import msgspec

from flows.feeds.subscriptions import publisher_of
from flows.ingesting.polling import Polled

# As written here. In memory a portion takes some five times as much: entries, candidates, and what is cleaned.
PORTION_BYTES = 16_000_000


class _Place(msgspec.Struct, frozen=True):
    publisher: str
    start: int
    size: int


class Answered:
    """Feeds that were asked; they are written to a file without a name once they are more than a portion.

    A feed of 4.5 MB, none of the largest, is 11 MB of entries in memory, and a group may have 250 of those.
    """

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=PORTION_BYTES)  # noqa: SIM115 - it ends with this object
        self._places: list[_Place] = []

    @classmethod
    def of(cls, polled: Iterable[Polled]) -> Self:
        """All of these, each held only until it is written."""
        answered = cls()
        for each in polled:
            answered._keep(each)
        return answered

    def _keep(self, polled: Polled) -> None:
        content = pickle.dumps(polled)
        self._places.append(_Place(publisher_of(polled.due.subscription), self._file.tell(), len(content)))
        self._file.write(content)

    def portions(self) -> Iterator[list[Polled]]:
        """They all, once, in portions of about `PORTION_BYTES`; an empty one where there are none.

        Those of one publisher are together, for they share articles, unless they alone are more than a portion.
        """
        with self._file:
            for portion in _portions(self._places):
                yield [self._read(place) for place in portion]

    def _read(self, place: _Place) -> Polled:
        self._file.seek(place.start)
        polled: Polled = pickle.loads(self._file.read(place.size))  # noqa: S301 - written by `_keep`
        return polled


def _portions(places: list[_Place]) -> Iterator[list[_Place]]:
    portion: list[_Place] = []
    for _, those in groupby(sorted(places, key=_publisher), key=_publisher):
        together = list(those)
        if portion and _size(portion) + _size(together) > PORTION_BYTES:
            yield portion
            portion = []
        for place in together:
            if portion and _size(portion) + place.size > PORTION_BYTES:
                yield portion
                portion = []
            portion.append(place)
    yield portion


def _publisher(place: _Place) -> str:
    return place.publisher


def _size(places: list[_Place]) -> int:
    return sum(place.size for place in places)
