"""Where the state of a store may be: a SQLite file, which is the default, or a PostgreSQL server by its URL."""

import re
import sqlite3
import zlib
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from flows.redacting import redacted
from flows.store.errors import BusyError, DamagedError, StoreError

# A commit of another run takes less; one that rewrites the store takes long, and is not waited for here.
_PATIENCE_SECONDS = 5.0
# The server asks a silent client for a sign of life after a minute, six times.
_KEEPALIVE = {"idle": 60, "interval": 10, "count": 6}
# So that no other program's advisory locks meet ours: "clea" in ASCII.
_OURS = 0x636C6561
_BUSY = "55P03"
# Classes of SQLSTATE that speak of the server or the way to it, not of what is asked of it.
_PASSING = ("08", "53", "57", "58")


class Database:
    """The database of a state.

    Attributes:
        path: of a SQLite file; None for a server.
        name: what it is called in messages, passwords left out.
        address: the URL that leads to it from any folder, without a password.
        schema: the schema of a server's database that the state has to itself, if its URL names one.
        engine: SQLAlchemy's.
    """

    def __init__(self, url: str | Path) -> None:
        """The database at a path or a SQLAlchemy URL; nothing is opened yet.

        Raises:
            StoreError: the URL is none that can be used, or the driver is not installed.
        """
        parsed = sa.URL.create("sqlite", database=str(url)) if isinstance(url, Path) else _parsed(url)
        schema = parsed.query.get("schema")
        self.schema = str(schema) if schema else None
        self.path = Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None
        self.name = str(self.path or redacted(parsed.render_as_string()))
        self.address = f"sqlite:///{self.path.resolve()}" if self.path else _without_password(parsed)
        self.engine = _file(parsed) if self.path else _server(parsed.difference_update_query(["schema"]), self.schema)

    def exists(self) -> bool:
        """Whether there is a state already."""
        if self.path:
            return self.path.exists()
        with self.engine.connect() as connection:
            return bool(sa.inspect(connection).has_table("layout", schema=self.schema))

    def make_schema(self, connection: sa.Connection) -> None:
        """Make the schema, where it is named and not there; who may not make one can use one that is."""
        if self.schema:
            there = sa.text("SELECT 1 FROM pg_namespace WHERE nspname = :name").bindparams(name=self.schema)
            if connection.execute(there).first() is None:
                connection.execute(sa.schema.CreateSchema(self.schema))

    def error(self, error: DatabaseError, out: object, *, started: bool) -> StoreError:
        """What the database complains of, as an error of the store."""
        complaint = str(error.orig)
        state = getattr(error.orig, "sqlstate", None)
        if state == _BUSY or _sqlite_code(error) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            return BusyError(f"{out}: another run is rewriting this store; --wait waits for it")
        if self.path:
            return self._error_of_file(error, complaint, out, started=started)
        complaint = complaint.splitlines()[0]
        # Without a state it is the way to the server that failed, or a permission that is missing.
        if state is None or state.startswith(_PASSING) or isinstance(error, OperationalError):
            return StoreError(f"{self.name}: {complaint}", started=started)
        return DamagedError(self.name, complaint, out)

    def _error_of_file(self, error: DatabaseError, complaint: str, out: object, *, started: bool) -> StoreError:
        code = _sqlite_code(error)
        # Its plain "error" is what SQL meets that is not there: a table, a column.
        if not isinstance(error, OperationalError) or code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR}:
            return DamagedError(self.path, complaint, out)
        full = code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
        return StoreError(f"{self.path}: cannot be written: {complaint}", started=started or full)


def _parsed(url: str) -> sa.URL:
    try:
        # `postgres` is what many hosts call it that hand out such URLs.
        parsed = sa.make_url(re.sub(r"^postgres(?=[:+])", "postgresql", url))
    except (ArgumentError, ValueError) as error:
        raise StoreError(f"{redacted(url)}: is no URL of a state, as postgresql://user@host/database") from error
    if parsed.get_backend_name() not in {"sqlite", "postgresql"} or not parsed.database:
        raise StoreError(f"{redacted(parsed.render_as_string())}: a state is a SQLite file or a PostgreSQL database")
    return parsed.set(drivername="postgresql+psycopg") if parsed.drivername == "postgresql" else parsed


def _sqlite_code(error: DatabaseError) -> int:
    """The kind of error without what SQLite adds to it; 0 of another database."""
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF


def _without_password(url: sa.URL) -> str:
    open_to_all = url._replace(password=None).difference_update_query(["password"])
    return open_to_all.set(drivername=url.get_backend_name()).render_as_string()


def _file(url: sa.URL) -> sa.Engine:
    """SQLite's driver would begin a transaction late, and lock it later still; two writers could then both read."""
    engine = sa.create_engine(url, connect_args={"timeout": _PATIENCE_SECONDS})

    @sa.event.listens_for(engine, "connect")
    def _(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]

    @sa.event.listens_for(engine, "begin")
    def _(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _server(url: sa.URL, schema: str | None) -> sa.Engine:
    """One transaction after the other here, too: each begins with a lock of the whole state."""
    try:
        from flows.store.nul import register  # noqa: PLC0415 - its driver is an extra

        # The server may have been started anew since the last transaction, or a wall between have forgotten us.
        engine = sa.create_engine(url, pool_pre_ping=True)
    except ImportError as error:
        raise StoreError(
            f"a state on PostgreSQL needs psycopg: pip install 'cleancopy[postgres]' ({error})"
        ) from error
    key = zlib.crc32((schema or "").encode()) - 2**31

    @sa.event.listens_for(engine, "connect")
    def _(connection: object, _record: object) -> None:
        register(connection)
        with connection.cursor() as cursor:  # type: ignore[attr-defined]
            if schema:
                cursor.execute("SELECT set_config('search_path', %s, false)", [f'"{schema}"'])
            cursor.execute(f"SET lock_timeout = '{_PATIENCE_SECONDS:g}s'")
            # A machine that is gone in the middle of a rewriting would keep all others off for hours.
            for name, seconds in _KEEPALIVE.items():
                cursor.execute(f"SET tcp_keepalives_{name} = {seconds}")
        connection.commit()  # type: ignore[attr-defined]

    @sa.event.listens_for(engine, "begin")
    def _(connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_OURS}, {key})")

    return engine
