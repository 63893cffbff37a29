"""Writing a folder of a store anew."""

import sqlalchemy as sa

from flows.store.parts import Folder, Part, StagedPart
from flows.store.places import Parts

# A few large files read faster than many small ones; this many bytes still fit a reader's memory.
REWRITTEN_PART_BYTES = 256_000_000


class Rewriting:
    """A folder in the making; `connection` is inside the transaction that will commit it."""

    connection: sa.Connection

    def __init__(self, parts: Parts, folder: Folder, run: str) -> None:
        self._parts = parts
        self._folder = folder
        self._run = run
        self._done: list[Part] = []
        self._open: StagedPart | None = None

    def write(self, line: bytes) -> None:
        """Add one line, its break included."""
        if self._open is None:
            name = f"{self._run}-{self._folder}-{len(self._done) + 1:05d}.jsonl"
            self._open = self._parts.stage_next(self._folder, name)
        self._open.write(line)
        if self._open.size >= REWRITTEN_PART_BYTES:
            self.finish()

    def discard(self) -> None:
        """Close what is open."""
        if self._open is not None:
            self._open.discard()

    def finish(self) -> list[Part]:
        """Sync what is written; all parts so far."""
        if self._open is not None:
            self._done.append(self._open.finish())
            self._open = None
        return self._done
