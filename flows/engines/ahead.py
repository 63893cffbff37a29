"""Shards that are cleaned elsewhere, some of them ahead, and given in their order.

The order decides which of two texts of an id is the record, so the records are the same whatever the engine, and
however many work at once. What is ready before its turn waits on this machine's disk.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from pathlib import Path

from flows.documents.loaded import Item, Source
from flows.drafting import Draft
from flows.engines.drafts import Instructions, Piece, draft_piece, seen_from_here, unpack
from flows.failing import RunError
from flows.store.disk import writing
from flows.watching.watch import watch

# How often a shard is begun anew whose worker died.
_TRIES = 3
_ASK_SECONDS = 0.5
# Workers of a cluster may all be replaced.
_PATIENCE_SECONDS = 300
_IN_MEMORY = 4_000_000


class EngineError(RunError):
    """Workers cannot be had, or none of them gets through a shard."""


class _Shard:
    """A shard on its way: what is still to be read, and what came of the rest and was not taken yet."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self.left = sources
        self.is_begun = False
        self.future: Future[Piece] | None = None
        self.error: Exception | None = None
        self.is_alone = False
        self.tries = 0
        self.size = 0
        self._batches: list[int] = []
        self._taken = 0
        self._spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - until `close`

    def keep(self, piece: Piece) -> None:
        with writing(Path(tempfile.gettempdir())):
            self._spool.seek(0, 2)
            for batch in piece.batches:
                self._spool.write(batch)
                self._batches.append(len(batch))
        self.is_begun = piece.is_begun
        self.left = piece.left
        self.size += piece.size
        self.tries = 0

    def take(self) -> Iterator[bytes]:
        """Batches that were not taken yet."""
        while self._batches:
            length = self._batches.pop(0)
            self._spool.seek(self._taken)
            self._taken += length
            yield self._spool.read(length)
        self._spool.seek(0)
        self._spool.truncate()
        self._taken = 0

    def close(self) -> None:
        # Its future is not cancelled: a pool that breaks then stumbles over that, and both engines end with the job.
        self._spool.close()


class Ahead:
    """Shards given to an executor.

    Args:
        executor: makes one, and another where the last has broken.
        workers: how many work at once by now; twice as many shards are begun, so that none waits for its next.
        instructions: how documents are read and cleaned.
        versions: as the pieces must have them.
        shards: the files of each.
        stop: asked while a shard is waited for; once it says yes, no more is given.
    """

    def __init__(
        self,
        executor: Callable[[], Executor],
        *,
        workers: Callable[[], int],
        instructions: Instructions,
        versions: tuple[str, ...],
        shards: Sequence[tuple[Source, ...]],
        stop: Callable[[], bool],
    ) -> None:
        self._new_executor = executor
        self._executor = executor()
        self._workers = workers
        self._instructions = instructions
        self._versions = versions
        self._sources = shards
        self._stop = stop
        self._shards: dict[int, _Shard] = {}
        self._given = 0
        # One worker that dies takes the whole pool with it: which shard it died of shows with one of them at a time.
        self._is_careful = False

    def items(self, number: int) -> Iterator[Item | Draft]:
        """The items of a shard, counted from 1; shards are asked for in order, one of them again if it failed."""
        if number <= self._given:
            self._shards.pop(number).close()
        self._given = number
        for earlier in [key for key in self._shards if key < number]:
            self._shards.pop(earlier).close()
        while True:
            self._begin_some(number)
            shard = self._shards[number]
            for batch in shard.take():
                yield from unpack(batch)
            watch().advance(shard.size)
            shard.size = 0
            if shard.error:
                raise shard.error
            if not shard.left or not self._wait():
                return

    def close(self) -> None:
        """Give up what was begun."""
        for shard in self._shards.values():
            shard.close()

    def _begin_some(self, first: int) -> None:
        for number in range(first, min(first + 2 * max(self._workers(), 1), len(self._sources) + 1)):
            if number not in self._shards:
                self._shards[number] = _Shard(tuple(map(seen_from_here, self._sources[number - 1])))
            shard = self._shards[number]
            if shard.left and not shard.error and shard.future is None and not (self._is_careful and self._begun()):
                self._submit(shard)

    def _begun(self) -> dict[Future[Piece], _Shard]:
        return {shard.future: shard for shard in self._shards.values() if shard.future}

    def _submit(self, shard: _Shard) -> None:
        shard.is_alone = self._is_careful
        try:
            shard.future = self._send(shard)
        except BrokenExecutor:
            self._executor = self._new_executor()
            shard.future = self._send(shard)

    def _send(self, shard: _Shard) -> Future[Piece]:
        return self._executor.submit(draft_piece, self._instructions, shard.left, is_begun=shard.is_begun)

    def _wait(self) -> bool:
        """Until some piece is there; False once it is time to stop."""
        begun = self._begun()
        deserted = None
        while not (done := wait(begun, timeout=_ASK_SECONDS, return_when=FIRST_COMPLETED).done):
            if self._stop():
                return False
            deserted = None if self._workers() else deserted or time.monotonic()
            if deserted and time.monotonic() - deserted > _PATIENCE_SECONDS:
                raise EngineError(f"all workers are gone, for {_PATIENCE_SECONDS} s", is_stop=True)
        for future in done:
            shard = begun[future]
            shard.future = None
            try:
                piece = future.result()
                self._check(piece)
                shard.keep(piece)
                self._is_careful = False
            # What a process that is told to end gives back, if it is just then giving back something.
            except (BrokenExecutor, CancelledError, SystemExit):
                if self._stop():  # as where all processes of this program are told to end
                    return False
                self._suspect(shard)
            except Exception as error:  # noqa: BLE001 - when it is the shard's turn; it is then begun anew, or not
                shard.error = error
        return True

    def _suspect(self, shard: _Shard) -> None:
        """A worker died, of this shard or of another that was begun."""
        self._is_careful = True
        shard.tries += shard.is_alone
        if shard.tries >= _TRIES:
            raise EngineError(f"{shard.left[0].given}: the worker died {_TRIES} times", is_stop=True)

    def _check(self, piece: Piece) -> None:
        if piece.versions != self._versions:
            theirs, ours = ", ".join(piece.versions), ", ".join(self._versions)
            complaint = f"a worker has other versions than this program: {theirs}, not {ours}"
            raise EngineError(complaint, is_stop=True)
