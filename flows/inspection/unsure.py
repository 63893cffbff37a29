"""What a person should look at: lines that the model nearly removed or nearly kept, and records that look wrong."""

from collections.abc import Iterable, Iterator

import msgspec
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from cleaners.document import Flag, Kind
from cleaners.doubts import Doubt, find_doubts
from cleaners.model.line_model import LineModel
from cleaners.phrases.library import Library
from flows.inspection.spelling import spelt_out
from flows.originals import OriginalError, original_document
from flows.record import Record

_FLAGS = frozenset({Flag.DECODED_WITH_ERRORS, Flag.EMPTY, Flag.OVER_BUDGET})
_UNRESTORABLE = "its original cannot be restored"
_HALVED = "more than half of its text removed"
_LEAST_TEXT = 40
"""Cells; where a line has fewer left beside its place, the text stands on the next one."""


class Unsure(msgspec.Struct, frozen=True, kw_only=True):
    """A record to look at.

    Attributes:
        id, version: the record's.
        why: what is wrong with it as a whole: flags, or words.
        doubts: lines that could have gone the other way, the most doubtful first.
    """

    id: str
    version: int
    why: tuple[str, ...]
    doubts: tuple[Doubt, ...]


class UnsureLine(msgspec.Struct, frozen=True, kw_only=True):
    """What scripts get: a line in doubt; or, where `line` is null, a record to look at, with `reason` alone."""

    id: str
    line: int | None
    score: float | None
    decision: str | None
    kind: Kind | None
    text: str | None
    reason: str


class Doubter:
    """Finds what is to be looked at with today's phrases and model.

    Attributes:
        outdated: how many of the records seen so far were cleaned by other phrases or another model.
    """

    def __init__(self, library: Library, model: LineModel) -> None:
        self.outdated = 0
        self._library = library
        self._model = model

    def look(self, records: Iterable[Record]) -> Iterator[Unsure]:
        """Those that a person should look at, one by one."""
        for record in records:
            unsure = self._look(record)
            if unsure.why or unsure.doubts:
                yield unsure

    def _look(self, record: Record) -> Unsure:
        why, doubts = list(_wrong(record)), []
        try:
            document = original_document(record)
        except OriginalError:
            why.append(_UNRESTORABLE)
        else:
            versions = (self._library.version, self._model.version)
            self.outdated += (record.cleaner.phrases, record.cleaner.model) != versions
            doubts = find_doubts(document, self._library, self._model)
        return Unsure(id=record.id, version=record.version, why=tuple(why), doubts=tuple(doubts))


def _wrong(record: Record) -> Iterator[str]:
    """What is wrong with a record as a whole; what was moved to a field does not count as removed."""
    yield from (str(flag) for flag in record.flags if flag in _FLAGS)
    removed = sum(len(removal.text) for removal in record.removed if removal.action == "removed")
    if removed * 2 > record.original.length:
        yield _HALVED


def lines_of(unsure: Unsure) -> Iterator[UnsureLine]:
    """What scripts get of a record: one object for each reason, then one for each line."""
    for reason in unsure.why:
        yield UnsureLine(id=unsure.id, line=None, score=None, decision=None, kind=None, text=None, reason=reason)
    for doubt in unsure.doubts:
        yield UnsureLine(id=unsure.id, **msgspec.structs.asdict(doubt))


def print_unsure(unsure: Unsure, console: Console) -> None:
    """A header with the record's id and why it is listed, then each line: its place, score, decision and text.

    On a terminal a text is cut to what is left of the line.
    """
    count = len(unsure.doubts)
    lines = [f"{count} {'line' if count == 1 else 'lines'} in doubt"] if count else []
    version = f" (version {unsure.version})" if unsure.version > 1 else ""
    header = Text.assemble((_one_line(unsure.id), "bold"), f"{version}: {'; '.join([*unsure.why, *lines])}")
    console.print(header, soft_wrap=True)
    for doubt in unsure.doubts:
        _print_doubt(f"  {_one_line(unsure.id)}:{doubt.line}", doubt, console)


def _print_doubt(place: str, doubt: Doubt, console: Console) -> None:
    style = "yellow" if doubt.decision == "kept" else "red"
    head = Text.assemble(place, f"  {doubt.score:.3f}  ", (f"{doubt.decision:<7}", style), "  ")
    text = Text(_one_line(doubt.text))
    if not console.is_terminal:
        console.print(head + text, soft_wrap=True)
    elif console.width - cell_len(head.plain) >= _LEAST_TEXT:
        console.print(head + text, no_wrap=True, overflow="ellipsis")
    else:
        console.print(head, soft_wrap=True)
        console.print(Text("      ") + text, no_wrap=True, overflow="ellipsis")


def _one_line(text: str) -> str:
    return spelt_out(text).replace("\n", "\\n")
