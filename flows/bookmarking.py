"""How far the files of a shard were read, and what was found in them, while it goes on."""

from collections import Counter

import msgspec

from flows.documents.formats import is_resumable
from flows.documents.loaded import Mark, Reason, SetAside, Source
from flows.documents.reached import Reached
from flows.store.writer import Writer

# What may be otherwise when the file is read again.
_PASSING = {Reason.UNREADABLE, Reason.CRASHED, Reason.TIMED_OUT, Reason.OUT_OF_MEMORY}


class Bookmark:
    """Follows the items of files, in their order, and has the writer note where it is with each commit."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._source: Source | None = None
        self._reached = Reached()
        self._is_resumable = False

    def begin(self, source: Source) -> Reached:
        """A file begins, at what earlier runs reached of it: an earlier attempt of this run may have come further."""
        self._source = source if source.key else None
        self._is_resumable = is_resumable(source.place)
        self._reached = source.reached
        return self._reached

    def end(self, mark: Mark) -> None:
        """A file is read to its end: it is done, unless what went wrong in it may not go wrong again."""
        if mark.source.key:
            is_done = self._reached.set_aside.keys().isdisjoint(_PASSING)
            ended = msgspec.structs.replace(self._reached, is_ended=True)
            self._writer.reach(mark.source.key, ended if is_done else None)
        self._source = None

    def count(self, place: str, line: int | None) -> None:
        """A document at a place in the file was judged."""
        self._reached = msgspec.structs.replace(
            self._reached, lines=self._lines(place, line), documents=self._reached.documents + 1
        )

    def count_aside(self, item: SetAside) -> None:
        """An item was set aside."""
        self._reached = msgspec.structs.replace(
            self._reached,
            lines=self._lines(item.document, item.line),
            set_aside=Counter(self._reached.set_aside) + Counter({str(item.reason): 1}),
        )

    def note(self) -> None:
        """Have the writer note how far the file has been read that is being read."""
        if self._source and self._reached.lines:
            self._writer.reach(self._source.key, self._reached)

    def _lines(self, place: str, line: int | None) -> int:
        is_counted = self._is_resumable and self._source is not None and place == self._source.place
        return line if is_counted and line is not None else self._reached.lines
