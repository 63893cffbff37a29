"""Repairing: the state of a store rebuilt from its records, when it is lost, broken or contradicts them."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

import msgspec
import sqlalchemy as sa

from flows.documents.loaded import Reason, SetAside
from flows.record import Record
from flows.store.disk import writing
from flows.store.errors import DamagedError
from flows.store.judging import seen_in
from flows.store.lock import acquire, release
from flows.store.parts import Folder, read_lines
from flows.store.quarantine import encode_aside, key_of
from flows.store.state import State, asides, merge_articles, put_asides
from flows.store.store import Rewriting, Store

LINES_A_CHUNK = 500

_VERSIONS = sa.Table(
    "versions",
    sa.MetaData(),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    prefixes=["TEMPORARY"],
)
_decode_record = msgspec.json.Decoder(Record).decode
_decode_aside = msgspec.json.Decoder(SetAside).decode


class Repaired(msgspec.Struct):
    """What repairing found: whole records, records that stood twice, and lines that are none."""

    records: int = 0
    doubled: int = 0
    damaged: int = 0


def repair(out: Path, run: str) -> Repaired:
    """Rebuild the state of a store from its records and its quarantine.

    Lines that are no records are set aside, with their text. The old state is kept, under a name that ends with the
    run's.

    Raises:
        StoreError: it cannot be written.
        BusyError: a run has the store.
    """
    _refuse_if_in_use(out, run)
    store = Store(out, run)
    store.parts.open()
    if store.state.path.exists():
        with writing(store.state.path):
            store.state.path.rename(f"{store.state.path}.{run}")
    store.take(wait=False)
    found = Repaired()
    try:
        with store.rewriting("records") as records:
            broken = list(_keep_records(store, records, found))
        with store.rewriting("quarantine") as quarantine:
            _keep_asides(store, quarantine, broken)
        store.parts.drop_staged()
    finally:
        store.close()
    return found


def _refuse_if_in_use(out: Path, run: str) -> None:
    """A state that can still be read says whether a run is on."""
    state = State(out)
    if state.path.exists():
        with suppress(DamagedError):
            state.open()
            acquire(state, run, wait=False)
            release(state, run)
        state.close()


def _keep_records(store: Store, new: Rewriting, found: Repaired) -> Iterator[SetAside]:
    """Write every whole record once, and give back the lines that are none."""
    _VERSIONS.create(new.connection)
    lines = _lines(store, "records")
    while chunk := list(islice(lines, LINES_A_CHUNK)):
        kept = []
        for path, number, line in chunk:
            try:
                record = _decode_record(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                found.damaged += 1
                yield _aside(path, number, line, error)
                continue
            if _is_double(new.connection, record):
                found.doubled += 1
                continue
            found.records += 1
            # The last line of a part that was cut just before its break is whole.
            new.write(line.removesuffix(b"\n") + b"\n")
            kept.append((record.id, seen_in(record, store.number)))
        merge_articles(new.connection, kept)


def _keep_asides(store: Store, new: Rewriting, broken: Iterable[SetAside]) -> None:
    for item in broken:
        _keep_aside(store, new, item)
    for _, _, line in _lines(store, "quarantine"):
        # A torn line of the quarantine says nothing any more; its input is set aside again when it is read again.
        with suppress(msgspec.DecodeError, UnicodeDecodeError):
            _keep_aside(store, new, _decode_aside(line))


def _keep_aside(store: Store, new: Rewriting, item: SetAside) -> None:
    key = key_of(item)
    if not asides(new.connection, [key]):
        new.write(encode_aside(item))
        put_asides(new.connection, [key], [], store.number)


def _lines(store: Store, folder: Folder) -> Iterator[tuple[Path, int, bytes]]:
    """Every line that is visible, then those that are staged: a commit may have died before it showed them."""
    yield from read_lines(store.out / folder)
    yield from read_lines(store.out / "staging" / folder)


def _is_double(connection: sa.Connection, record: Record) -> bool:
    found = sa.select(_VERSIONS).where(_VERSIONS.c.id == record.id, _VERSIONS.c.version == record.version)
    if connection.execute(found).first():
        return True
    connection.execute(sa.insert(_VERSIONS).values(id=record.id, version=record.version))
    return False


def _aside(path: Path, number: int, line: bytes, error: Exception) -> SetAside:
    text = line.decode("utf-8", "backslashreplace").rstrip("\n")
    return SetAside(
        reason=Reason.DAMAGED_RECORD,
        input=str(path),
        document=path.name,
        line=number,
        detail=f"{error}: {text}",
    )
