"""The state of a store: which parts are committed, which articles are known, and whose turn it is.

SQLAlchemy Core throughout: a SQLite file by default.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, OperationalError

from flows.store.errors import BusyError, DamagedError, StoreError
from flows.store.judging import Seen
from flows.store.many import Rows, insert_rows, rows_with, run_for_all, update_rows
from flows.store.parts import Folder, Part
from flows.store.tables import (
    ARTICLES,
    ASIDE,
    FEEDS,
    INPUTS,
    LAYOUT,
    NAMES,
    PARTS,
    REWRITINGS,
    RUNS,
    SIGHTINGS,
    TABLES,
    TEXTS,
    WAITING,
)

STATE = "state.db"
LAYOUT_VERSION = 4
_SINCE_LAYOUT_1 = {table.name for table in (FEEDS, INPUTS, NAMES, SIGHTINGS, TEXTS, WAITING)}
# A commit of another run takes less; one that rewrites the store takes long, and is not waited for here.
_PATIENCE_SECONDS = 5.0


class State:
    """The state database of one store."""

    def __init__(self, out: Path, name: str = STATE) -> None:
        self.out = out
        self.path = out / name
        self._engine = sa.create_engine(
            sa.URL.create("sqlite", database=str(self.path)), connect_args={"timeout": _PATIENCE_SECONDS}
        )
        _lock_when_a_transaction_begins(self._engine)

    def open(self) -> None:
        """Make the tables, where there are none yet.

        Raises:
            DamagedError: the file is no such database, or a broken one.
            StoreError: a later version of cleancopy made it.
        """
        with self.begin(started=False) as connection:
            tables = set(sa.inspect(connection).get_table_names())
            if not tables:
                TABLES.create_all(connection)
                connection.execute(sa.insert(LAYOUT).values(version=LAYOUT_VERSION))
            elif not tables >= TABLES.tables.keys() - _SINCE_LAYOUT_1:
                raise DamagedError(self.path, "is no state of a store", self.out)
            elif (found := connection.execute(sa.select(LAYOUT.c.version)).scalar()) in {1, 2, 3}:
                _bring_up_to_date(connection, tables)
            elif found != LAYOUT_VERSION:
                raise StoreError(f"{self.path}: has the layout {found}, of a later version of cleancopy than this")
            elif not tables >= TABLES.tables.keys():
                raise DamagedError(self.path, "is no state of a store", self.out)

    def close(self) -> None:
        """Give the file back."""
        self._engine.dispose()

    @contextmanager
    def begin(self, *, started: bool = True) -> Iterator[sa.Connection]:
        """One transaction: all of it is there when the block ends, nothing of it when it raises.

        Raises:
            BusyError: another run rewrites the store.
            DamagedError: the database is broken, or none of ours.
            StoreError: it cannot be written.
        """
        try:
            with self._engine.begin() as connection:
                yield connection
        except OperationalError as error:
            if "locked" in str(error.orig):
                raise BusyError(f"{self.out}: another run is rewriting this store; --wait waits for it") from error
            if any(words in str(error.orig) for words in ("malformed", "no such")):
                raise DamagedError(self.path, str(error.orig), self.out) from error
            full = "full" in str(error.orig) or "I/O" in str(error.orig)
            raise StoreError(f"{self.path}: cannot be written: {error.orig}", started=started or full) from error
        except DatabaseError as error:
            raise DamagedError(self.path, str(error.orig), self.out) from error


def _bring_up_to_date(connection: sa.Connection, tables: Container[str]) -> None:
    """From an earlier layout: 2 brought the tables of feeds, 3 the marks of what they show, 4 that of inputs."""
    marks = SIGHTINGS.c.marks
    if SIGHTINGS.name in tables and marks.name not in _columns(connection, SIGHTINGS):
        column = f"{marks.name} {marks.type.compile(connection.dialect)}"
        connection.exec_driver_sql(f"ALTER TABLE {SIGHTINGS.name} ADD COLUMN {column}")
    TABLES.create_all(connection)
    connection.execute(sa.update(LAYOUT).values(version=LAYOUT_VERSION))


def _columns(connection: sa.Connection, table: sa.Table) -> set[str]:
    return {column["name"] for column in sa.inspect(connection).get_columns(table.name)}


def begin_run(connection: sa.Connection, name: str) -> int:
    """Write down that a run begins; its number."""
    began = datetime.now(UTC).isoformat(timespec="seconds")
    key = connection.execute(sa.insert(RUNS).values(name=name, began=began)).inserted_primary_key
    return int(key[0]) if key else 0


def registered(connection: sa.Connection, folder: Folder) -> list[Part]:
    """The parts of a folder that are committed, by name."""
    rows = connection.execute(sa.select(PARTS).where(PARTS.c.folder == folder).order_by(PARTS.c.name))
    return [Part(folder, row.name, row.size) for row in rows]


def register(connection: sa.Connection, parts: Iterable[Part]) -> None:
    """Write down that parts are committed."""
    insert_rows(connection, PARTS, [(part.folder, part.name, part.size) for part in parts])


def register_anew(connection: sa.Connection, folder: Folder, parts: Iterable[Part], run: str) -> None:
    """Write down that a run has written a folder anew, and that these parts are all that is committed in it."""
    connection.execute(sa.delete(PARTS).where(PARTS.c.folder == folder))
    register(connection, parts)
    connection.execute(sa.delete(REWRITINGS).where(REWRITINGS.c.folder == folder))
    connection.execute(sa.insert(REWRITINGS).values(folder=folder, run=run))


def rewritten_by(connection: sa.Connection, folder: Folder) -> str | None:
    """The run that last wrote a folder anew."""
    run: str | None = connection.execute(sa.select(REWRITINGS.c.run).where(REWRITINGS.c.folder == folder)).scalar()
    return run


def articles(connection: sa.Connection, ids: Iterable[str]) -> dict[str, Seen]:
    """What is known of those ids that the store has."""
    rows = rows_with(connection, ARTICLES, ARTICLES.c.id, set(ids))
    return {row.id: Seen(row.version, row.original, row.content, row.run) for row in rows}


def put_articles(connection: sa.Connection, new: Mapping[str, Seen], changed: Mapping[str, Seen]) -> None:
    """Write down articles that the store did not have, and others anew."""
    insert_rows(connection, ARTICLES, _rows(new))
    update_rows(connection, ARTICLES, _rows(changed))


def merge_articles(connection: sa.Connection, found: Iterable[tuple[str, Seen]]) -> None:
    """Write down articles that were read from records, in any order: the highest version of each counts."""
    highest: dict[str, Seen] = {}
    for key, seen in found:
        if key not in highest or highest[key].version <= seen.version:
            highest[key] = seen
    known = articles(connection, highest)
    new = {key: seen for key, seen in highest.items() if key not in known}
    changed = {key: seen for key, seen in highest.items() if key in known and known[key].version <= seen.version}
    put_articles(connection, new, changed)


def asides(connection: sa.Connection, keys: Iterable[bytes]) -> dict[bytes, int]:
    """For those keys of the quarantine that the store has, the run that met the item last."""
    return {row.key: row.run for row in rows_with(connection, ASIDE, ASIDE.c.key, set(keys))}


def forget_asides(connection: sa.Connection, keys: Iterable[bytes]) -> None:
    """Take items of the quarantine off the register."""
    forget = sa.delete(ASIDE).where(ASIDE.c.key == sa.bindparam("which"))
    run_for_all(connection, forget, ["which"], [(key,) for key in keys])


def put_asides(connection: sa.Connection, new: Iterable[bytes], met: Iterable[bytes], run: int) -> None:
    """Write down items of the quarantine, and that others were met again."""
    insert_rows(connection, ASIDE, [(key, run) for key in sorted(new)])
    update_rows(connection, ASIDE, [(key, run) for key in sorted(met)])


def _rows(articles: Mapping[str, Seen]) -> Rows:
    """In the order of their keys, so that each page of the table is touched once."""
    return [
        (key, seen.version, seen.original, seen.content, seen.run)
        for key, seen in sorted(articles.items(), key=itemgetter(0))
    ]


def _lock_when_a_transaction_begins(engine: sa.Engine) -> None:
    """SQLite's driver would begin a transaction late, and lock it later still; two writers could then both read."""

    @sa.event.listens_for(engine, "connect")
    def _(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]

    @sa.event.listens_for(engine, "begin")
    def _(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
