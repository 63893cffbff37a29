"""What any worker does with a shard: read and clean it, without a store, and send what came of it."""

import os
import pickle
import time
from functools import cache
from importlib.metadata import version
from pathlib import Path

import msgspec

from cleaners import load_model, load_phrases
from cleaners.phrases.library import Library
from flows.documents import compression
from flows.documents.formats import is_resumable
from flows.documents.loaded import Item, Loaded, Mark, SetAside, Source
from flows.documents.opening import read_marked
from flows.drafting import Draft, draft
from flows.record import CLEANER_VERSION, Record, encode

# A worker sends what it has after so long, so that a kill of the whole run loses little.
PIECE_SECONDS = 10.0
# What is read once more to get to where the last piece ended may cost a twentieth of the work.
_PER_SECOND_OF_SKIPPING = 20
# Packed; the most that a worker holds in memory of what it made.
_PIECE_BYTES = 32_000_000
_BATCH = 100
_decode = msgspec.json.Decoder(Record).decode


class Instructions(msgspec.Struct, frozen=True):
    """How documents are read and cleaned; the same for all shards of a job.

    Attributes:
        fields: our names of fields and the rows' own, as pairs.
        phrases: a folder of phrase files of one's own, as an absolute path.
        disable: ids of phrases to leave out.
        strip_datelines: also take inline datelines and agency suffixes out of the text.
    """

    fields: tuple[tuple[str, str], ...]
    phrases: str | None
    disable: tuple[str, ...]
    strip_datelines: bool


class Piece(msgspec.Struct, frozen=True):
    """What came of a part of a shard.

    Attributes:
        batches: items and drafts in their order, some at a time, packed.
        left: the files that are still to be read; of one that was begun, what is behind its first `done` lines.
        is_begun: whether the first of these was begun.
        size: of the files that were read to their end, in bytes.
        versions: of all that decides what a record says.
    """

    batches: tuple[bytes, ...]
    left: tuple[Source, ...]
    is_begun: bool
    size: int
    versions: tuple[str, ...]


def draft_piece(instructions: Instructions, sources: tuple[Source, ...], *, is_begun: bool) -> Piece:
    """Read and clean files until there is enough to send.

    Args:
        instructions: how.
        sources: the files, in order.
        is_begun: whether an earlier piece has told of the first one's beginning.
    """
    library = _library(instructions.phrases, instructions.disable)
    items = draft(
        read_marked(sources, dict(instructions.fields), _ignore),
        library,
        strip_datelines=instructions.strip_datelines,
    )
    if is_begun:
        next(items)  # the mark of the beginning, which has been told
    packing, left = _Packing(), list(sources)
    line = None
    for item in items:
        packing.add(item)
        is_end = isinstance(item, Mark) and item.is_end
        if is_end:
            left.pop(0)
        if left and packing.is_enough():
            line = None if is_end else _line(item, left[0])
            if is_end or line is not None:
                break
    if line is not None:
        left[0] = msgspec.structs.replace(left[0], done=line)
    done = sum(source.size for source in sources[: len(sources) - len(left)])
    return Piece(packing.close(), tuple(left), line is not None, done, versions(library))


def unpack(batch: bytes) -> list[Item | Draft]:
    """The items of a batch."""
    items = pickle.loads(compression.unpack(batch))  # noqa: S301 - of a worker of this very job
    return [Draft(item[0], _decode(item[1])) if isinstance(item, tuple) else item for item in items]


def _packable(item: Item | Draft) -> object:
    """A record as its line: what a record leaves out is what its fields have by default, and no copy of that."""
    return (item.loaded, encode(item.record)) if isinstance(item, Draft) else item


def versions(library: Library) -> tuple[str, ...]:
    """Of all that decides what a record says: they must be alike in all workers."""
    return CLEANER_VERSION, library.version, load_model().version, version("trafilatura")


def seen_from_here(source: Source) -> Source:
    """The file as workers find it whose own folder is another."""
    return source if source.url else msgspec.structs.replace(source, base=Path.cwd())


class _Packing:
    """Items on their way, packed a hundred at a time: a twelfth of their size."""

    def __init__(self) -> None:
        self._open: list[Item | Draft] = []
        self._batches: list[bytes] = []
        self._size = 0
        self._began = time.monotonic()
        self._first: float | None = None

    def add(self, item: Item | Draft) -> None:
        if self._first is None and not isinstance(item, Mark):
            self._first = time.monotonic()
        self._open.append(item)
        if len(self._open) >= _BATCH:
            self._pack()

    def is_enough(self) -> bool:
        if self._first is None:
            return False
        skipping = self._first - self._began
        worked = time.monotonic() - self._first
        return self._size >= _PIECE_BYTES or worked >= max(PIECE_SECONDS, _PER_SECOND_OF_SKIPPING * skipping)

    def close(self) -> tuple[bytes, ...]:
        if self._open:
            self._pack()
        return tuple(self._batches)

    def _pack(self) -> None:
        self._batches.append(compression.pack(pickle.dumps([*map(_packable, self._open)], pickle.HIGHEST_PROTOCOL)))
        self._size += len(self._batches[-1])
        self._open = []


def _line(item: Item | Draft, source: Source) -> int | None:
    """The line behind which reading can go on, if it can in this file."""
    if not is_resumable(source.place):
        return None
    if isinstance(item, Draft):
        return item.loaded.line
    return item.line if isinstance(item, SetAside | Loaded) else None


@cache
def _library(phrases: str | None, disable: tuple[str, ...]) -> Library:
    return load_phrases(phrases, disable)


def _ignore(_read: int) -> None:
    """How far a worker is shows when it sends a piece."""


def absolute(path: str | None) -> str | None:
    """A path as workers find it whose own folder is another."""
    return None if path is None else os.path.abspath(path)  # noqa: PTH100 - links stay as they are
