"""Repairing: the state of a store rebuilt from its records, when it is lost, broken or contradicts them."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
import sqlalchemy as sa

from flows.chunks import lists_of
from flows.documents.loaded import SetAside
from flows.identity import link_name
from flows.record import Record
from flows.store.carrying import begin_anew, forget_lost
from flows.store.errors import DamagedError, StoreError
from flows.store.judging import seen_in
from flows.store.parts import FOLDERS
from flows.store.quarantine import damaged, encode_aside, key_of, read_asides
from flows.store.rewriting import Rewriting
from flows.store.sightings import put_names
from flows.store.state import asides, merge_articles, put_asides, registered
from flows.store.store import Store
from flows.store.whereabouts import is_at_home, note_state

_VERSIONS = sa.Table(
    "versions",
    sa.MetaData(),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("line", sa.LargeBinary, nullable=False),
    prefixes=["TEMPORARY"],
)
_decode = msgspec.json.Decoder(Record).decode


class Repaired(msgspec.Struct):
    """What repairing found.

    Attributes:
        records: whole ones.
        doubled: copies of records.
        damaged: lines that were set aside.
        is_feeds_known: whether the old state could tell what feeds showed, and which articles wait for their pages.
    """

    records: int = 0
    doubled: int = 0
    damaged: int = 0
    is_feeds_known: bool = True


def repair(out: Path | str, run: str, state: str | None = None) -> Repaired:
    """Rebuild the state of a store from its records and its quarantine.

    Lines that are no records are set aside, with their text, and so is a record that contradicts another of the same
    id and version. What the old state knows of feeds is taken over; an old file is kept, its name ends in the run's.

    Args:
        out: the store's folder.
        run: the run's id.
        state: the URL of its state, if that is not the file in the folder.

    Raises:
        StoreError: it cannot be written, or a later version of cleancopy made its state.
        BusyError: a run has the store.
    """
    store = Store(out, run, state)
    # An empty file is a state that knows nothing, once it has been opened.
    path = store.state.database.path
    was_there = store.state.exists() and (path is None or (path.is_file() and path.stat().st_size > 0))
    _refuse_another_stores(store)
    try:
        _finish_what_can_be(store)
        store.parts.open()
        is_feeds_known = begin_anew(store.state, run) and was_there
        store.take(wait=False)
        # The quarantine first: killed between the two, a second repair meets the same lines in the records again.
        with store.rewriting("quarantine") as quarantine:
            _keep_asides(store, quarantine)
        with store.rewriting("records") as records:
            found = _keep_records(store, records)
            forget_lost(records.connection)
        store.parts.drop_staged()
        note_state(store.state)
    finally:
        store.close()
    found.is_feeds_known = is_feeds_known
    return found


def _refuse_another_stores(store: Store) -> None:
    """A repair would empty a state that other settings or another command named: those records would then be lost."""
    if is_at_home(store.state) or not store.state.exists():
        return
    try:
        with store.state.begin(started=False) as connection:
            committed = {part.name for folder in FOLDERS for part in registered(connection, folder)}
        there = {name for folder in FOLDERS for name in store.parts.visible(folder) | store.parts.staged(folder)}
    except DamagedError:  # the state, or a manifest: that is what is to be repaired
        return
    if committed and there.isdisjoint(committed):
        place = store.state.database.name
        store.state.close()
        raise StoreError(f"{place}: is the state of another store, which has no part in common with {store.out}")


def _finish_what_can_be(store: Store) -> None:
    """Take the store, and let a state that is whole finish what it says: it knows, repair guesses.

    Nobody can have a store whose state is too broken to be taken.
    """
    was_there = store.state.exists()
    if not was_there and store.state.database.path:
        return
    with suppress(DamagedError):
        store.parts.open()
        store.take(wait=False)
        # One that has just been made knows of no part, and would drop them.
        if was_there:
            store.recover()


def _keep_asides(store: Store, new: Rewriting) -> None:
    for item in read_asides(store.parts.all_lines("quarantine")):
        _keep_aside(store, new, item)
    for _, verdict in _judged(store, new.connection):
        if isinstance(verdict, SetAside):
            _keep_aside(store, new, verdict)


def _keep_aside(store: Store, new: Rewriting, item: SetAside) -> None:
    key = key_of(item)
    if not asides(new.connection, [key]):
        new.write(encode_aside(item))
        put_asides(new.connection, [key], [], store.number)


def _keep_records(store: Store, new: Rewriting) -> Repaired:
    found = Repaired()
    for chunk in lists_of(_judged(store, new.connection)):
        whole = [(line, verdict) for line, verdict in chunk if isinstance(verdict, Record)]
        for line, _ in whole:
            # The last line of a part that was cut just before its break is whole.
            new.write(line.removesuffix(b"\n") + b"\n")
        merge_articles(new.connection, ((record.id, seen_in(record, store.number)) for _, record in whole))
        put_names(new.connection, ((name, record.id) for _, record in whole for name in _names(record)))
        found.records += len(whole)
        found.damaged += sum(isinstance(verdict, SetAside) for _, verdict in chunk)
        found.doubled += sum(verdict is None for _, verdict in chunk)
    return found


def _names(record: Record) -> Iterator[str]:
    """By which names feeds will show the article, as far as its record tells."""
    yield record.id
    yield from map(link_name, filter(None, (record.url, record.canonical_url)))


def _judged(store: Store, connection: sa.Connection) -> Iterator[tuple[bytes, Record | SetAside | None]]:
    """Every line of the records, with its record, an item if it is none, or None if it stood before to the letter."""
    _VERSIONS.drop(connection, checkfirst=True)
    _VERSIONS.create(connection)
    for path, number, line in store.parts.all_lines("records"):
        try:
            record = _decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield line, damaged(path, number, line, error)
            continue
        digest = hashlib.sha256(line.removesuffix(b"\n")).digest()
        before = _met_before(connection, record, digest)
        if before is None:
            yield line, record
        elif before == digest:
            yield line, None
        else:
            yield line, damaged(path, number, line, f"another record has the id {record.id} and its version")


def _met_before(connection: sa.Connection, record: Record, digest: bytes) -> bytes | None:
    """The digest of the line that had this id and version before; None, and this one's noted, if none had."""
    mine = (_VERSIONS.c.id == record.id, _VERSIONS.c.version == record.version)
    before: bytes | None = connection.execute(sa.select(_VERSIONS.c.line).where(*mine)).scalar()
    if before is None:
        connection.execute(sa.insert(_VERSIONS).values(id=record.id, version=record.version, line=digest))
    return before
