"""The state of a store: which parts are committed, which articles are known, and whose turn it is.

SQLAlchemy Core throughout: a SQLite file by default, else what `flows.store.databases` knows.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from flows.store.databases import Database
from flows.store.errors import DamagedError, StoreError
from flows.store.judging import Seen
from flows.store.many import Rows, delete_rows, insert_rows, rows_with, update_rows
from flows.store.migrating import migrate
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
LAYOUT_VERSION = 5
_SINCE_LAYOUT_1 = {table.name for table in (FEEDS, INPUTS, NAMES, SIGHTINGS, TEXTS, WAITING)}


class State:
    """The state of one store.

    Attributes:
        out: the store's folder or URL, for messages.
        database: where the state is.
    """

    def __init__(self, out: Path | str, database: str | Path | None = None) -> None:
        """The state at a path or URL; if not given, the file of the usual name in the store's folder."""
        self.out = out
        self.database = Database(Path(out) / STATE if database is None else database)

    def open(self) -> None:
        """Make the tables, where there are none yet.

        Raises:
            DamagedError: the file is no such database, or a broken one.
            StoreError: a later version of cleancopy made it, or the database cannot be reached.
        """
        with self.begin(started=False) as connection:
            self.database.make_schema(connection)
            tables = set(sa.inspect(connection).get_table_names())
            if LAYOUT.name not in tables and (not self.database.path or not tables):
                TABLES.create_all(connection)
                connection.execute(sa.insert(LAYOUT).values(version=LAYOUT_VERSION))
            else:
                self._update(connection, tables)

    def _update(self, connection: sa.Connection, tables: set[str]) -> None:
        """Bring a state that is there to the layout of today."""
        name, none = self.database.name, DamagedError(self.database.name, "is no state of a store", self.out)
        if not tables >= TABLES.tables.keys() - _SINCE_LAYOUT_1:
            raise none
        found = connection.execute(sa.select(LAYOUT.c.version)).scalar() or 0
        if found > LAYOUT_VERSION:
            raise StoreError(f"{name}: has the layout {found}, of a later version of cleancopy than this")
        if 0 < found < LAYOUT_VERSION:
            migrate(connection, found, LAYOUT_VERSION)
        elif found < 1 or not tables >= TABLES.tables.keys():
            raise none

    def exists(self) -> bool:
        """Whether there is one already.

        Raises:
            StoreError: the database cannot be reached.
        """
        try:
            return self.database.exists()
        except DatabaseError as error:
            raise self.database.error(error, self.out, started=False) from error

    def close(self) -> None:
        """Give the file or the connections back."""
        self.database.engine.dispose()

    @contextmanager
    def begin(self, *, started: bool = True) -> Iterator[sa.Connection]:
        """One transaction: all of it is there when the block ends, nothing of it when it raises.

        Raises:
            BusyError: another run rewrites the store.
            DamagedError: the database is broken, or none of ours.
            StoreError: it cannot be written.
        """
        try:
            with self.database.engine.begin() as connection:
                yield connection
        except DatabaseError as error:
            raise self.database.error(error, self.out, started=started) from error


def begin_run(connection: sa.Connection, name: str) -> int:
    """Write down that a run begins; its number."""
    began = datetime.now(UTC).isoformat(timespec="seconds")
    key = connection.execute(sa.insert(RUNS).values(name=name, began=began)).inserted_primary_key
    return int(key[0]) if key else 0


def run_names(connection: sa.Connection) -> list[str]:
    """All runs that had the store."""
    return [row.name for row in connection.execute(sa.select(RUNS.c.name))]


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
    delete_rows(connection, ASIDE, keys)


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
