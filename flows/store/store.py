"""The commit seam: stage a part, register it with what was seen in one transaction, reveal it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

import msgspec
import sqlalchemy as sa

from flows.documents.reached import Reached
from flows.feeds.sighting import Held, Sighting, Waiting
from flows.store.errors import DamagedError, StoreError
from flows.store.judging import Seen
from flows.store.lock import acquire, release, renew, waiting_out
from flows.store.parts import FOLDERS, Folder, LocalParts, Part, StagedPart
from flows.store.places import parts_at, place_of
from flows.store.reaching import put_reached
from flows.store.recovery import recover
from flows.store.rewriting import Rewriting
from flows.store.sightings import put_sightings, put_texts
from flows.store.state import (
    STATE,
    begin_run,
    put_articles,
    put_asides,
    register,
    register_anew,
    registered,
    rewritten_by,
    run_names,
)
from flows.store.waiting import put_waiting
from flows.store.whereabouts import note_state, noted_address, state_of


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What one commit writes down besides its parts.

    Attributes:
        new, changed: articles that the store did not have, and those it had otherwise.
        new_asides, met_asides: keys of items in the quarantine, likewise.
        sightings: which feeds showed which articles.
        texts: what is known of the articles' stored texts; None: what was known holds no longer.
        waiting: articles that wait for their pages; None: no longer.
        reached: how far files of the input were read, by their keys; None: as if they never were.
    """

    new: Mapping[str, Seen] = {}
    changed: Mapping[str, Seen] = {}
    new_asides: Iterable[bytes] = ()
    met_asides: Iterable[bytes] = ()
    sightings: Sequence[tuple[str, Sighting]] = ()
    texts: Mapping[str, Held | None] = {}
    waiting: Mapping[str, Waiting | None] = {}
    reached: Mapping[bytes, Reached | None] = {}


class Store:
    """A store that one run has to itself, from `open_store`.

    Attributes:
        out: the store's folder, or its URL.
        run: the run's id.
        number: the run's number in this store.
        state: what is asked for articles and asides that are known.
    """

    def __init__(self, out: Path | str, run: str, state: str | None = None) -> None:
        self.out = place_of(out)
        self.run = run
        self.number = 0
        self.parts = parts_at(out)
        self.state = state_of(self.out, state)

    def open(self, *, wait: bool, stop: Callable[[], bool] = lambda: False) -> Self:
        """Take the store, and finish or drop what a run that died left half-way."""
        try:
            self._take_over(wait=wait, stop=stop)
        except BaseException:
            self.state.close()
            raise
        try:
            self.recover()
            note_state(self.state)
        except BaseException:
            self.close()
            raise
        return self

    def _take_over(self, *, wait: bool, stop: Callable[[], bool]) -> None:
        fresh = not waiting_out(self.state.exists, wait=wait, stop=stop)
        self.parts.open()
        if fresh and any(self.parts.visible(folder) or self.parts.staged(folder) for folder in FOLDERS):
            noted = noted_address(self.out) if isinstance(self.out, Path) else None
            if noted and noted != self.state.database.address:
                raise StoreError(f"{self.state.database.name}: is missing; {self.out} notes its state at {noted}")
            complaint = "is missing, though there are records; --state says where it is, if elsewhere"
            raise DamagedError(self.state.database.name, complaint, self.out)
        self.take(wait=wait, stop=stop)

    def take(self, *, wait: bool, stop: Callable[[], bool] = lambda: False) -> None:
        """Take the store as it is, for this run to itself."""
        acquire(self.state, self.run, wait=wait, stop=stop)
        with self.state.begin(started=False) as connection:
            self.number = begin_run(connection, self.run)

    def recover(self) -> None:
        """Finish or drop what a run that died left half-way, or this one where it failed to commit.

        Raises:
            DamagedError: what lies there is not what was committed.
        """
        with self.state.begin(started=False) as connection:
            committed = {folder: registered(connection, folder) for folder in FOLDERS}
            rewritten = {folder: rewritten_by(connection, folder) for folder in FOLDERS}
            runs = run_names(connection)
        if isinstance(self.parts, LocalParts):
            recover(self.parts, committed, rewritten)
        else:
            self.parts.settle(committed, runs)

    @contextmanager
    def noting(self) -> Iterator[sa.Connection]:
        """A transaction of this run, as long as it has the store.

        Raises:
            TakenOverError: another has it by now.
        """
        with self.state.begin() as connection:
            renew(connection, self.run, self.out)
            yield connection

    def renew(self) -> None:
        """Show a sign of life where there is nothing to commit."""
        with self.noting():
            pass

    def close(self) -> None:
        """Give the store back."""
        # A lock that cannot be given back, on a full disk, ends with its process.
        with suppress(StoreError):
            release(self.state, self.run)
        self.state.close()
        self.parts.close()

    def stage(self, folder: Folder, name: str) -> StagedPart:
        """A part in the making, for `commit`."""
        return self.parts.stage(folder, name)

    def commit(self, staged: Collection[StagedPart], changes: Changes) -> None:
        """Commit parts and what was seen, all or nothing, and show the parts.

        Raises:
            StoreError: it could not be. Nothing of it is in the store, unless only the showing failed: the next run
                makes up for that.
        """
        parts = self._finish(staged)
        # From here on nothing staged is unlinked: a second Ctrl-C may come when the transaction is through, and the
        # next run tells by the register what to do.
        with self.noting() as connection:
            register(connection, parts)
            self._note(connection, changes)
        for part in parts:
            self.parts.reveal(part)

    def _finish(self, staged: Collection[StagedPart]) -> list[Part]:
        try:
            parts = [part.finish() for part in staged]
            for folder in {part.folder for part in parts}:
                self.parts.sync_staged(folder)
        except StoreError:
            # A full disk: make room.
            for part in staged:
                part.discard()
            raise
        return parts

    @contextmanager
    def rewriting(self, folder: Folder) -> Iterator[Rewriting]:
        """Write a folder anew: what the block writes takes the place of all its parts, in one step, when it ends."""
        self.parts.begin_next(folder, self.run)
        new, is_written = Rewriting(self.parts, folder, self.run), False
        try:
            with self.state.begin() as connection:
                new.connection = connection
                yield new
                parts = new.finish()
                self.parts.sync_staged(folder)
                renew(connection, self.run, self.out)
                register_anew(connection, folder, parts, self.run)
                is_written = True
        finally:
            # A full disk: make room, or nothing can be done on it any more. Once all is written the transaction may
            # be through, whatever is raised.
            if not is_written:
                new.discard()
                self.parts.drop_next(folder)
        # Who has been out of the world since must not drop what a successor has committed.
        # One that waits may look in just now, which is nothing to fail of.
        waiting_out(self.renew, wait=True, stop=lambda: False)
        self.parts.exchange(folder)

    def _note(self, connection: sa.Connection, changes: Changes) -> None:
        put_articles(connection, changes.new, changes.changed)
        put_asides(connection, changes.new_asides, changes.met_asides, self.number)
        put_sightings(connection, changes.sightings)
        put_texts(connection, changes.texts)
        put_waiting(connection, changes.waiting)
        put_reached(connection, changes.reached)


@contextmanager
def open_store(
    out: Path | str,
    run: str,
    *,
    state: str | None = None,
    wait: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[Store]:
    """A store, for one run to itself as long as the block lasts.

    Args:
        out: its folder.
        run: the run's id.
        state: the URL of its state; if not given, that is a file in the folder.
        wait: whether to wait for another run to end.
        stop: asked while waiting.

    Raises:
        StoreError: the folder cannot be made or written.
        BusyError: another run has it, and `wait` is false.
        DamagedError: what lies there is not what was committed.
    """
    store = Store(out, run, state).open(wait=wait, stop=stop)
    try:
        yield store
    finally:
        store.close()


def existing_store(out: str) -> Path | str:
    """A folder or URL that is a store already: none is made by a slip of the finger.

    Raises:
        StoreError: it is none.
    """
    place = place_of(out)
    if not parts_at(out).exists() and not (isinstance(place, Path) and (place / STATE).exists()):
        raise StoreError(f"{out}: is no store: it has neither records nor a state")
    return place
