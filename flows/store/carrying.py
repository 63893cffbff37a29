"""What a repair takes over of the old state: no record tells which articles wait, and what feeds showed."""

import shutil
from contextlib import suppress
from typing import Any

import msgspec
import sqlalchemy as sa

from flows.store.disk import sync_folder, writing
from flows.store.errors import DamagedError
from flows.store.lock import claim, renew
from flows.store.many import run_for_all
from flows.store.sightings import feed_states, put_feed_states
from flows.store.state import State
from flows.store.tables import (
    ARTICLES,
    ASIDE,
    FEEDS,
    INPUTS,
    NAMES,
    PARTS,
    REWRITINGS,
    SIGHTINGS,
    TEXTS,
    WAITING,
)

_ROWS = 1_000
# Which articles had records before the repair, and their last versions. A table that stays until those are compared
# with what is left: a repair may be killed, and the next one finds no articles in the state that it takes over.
_BEFORE = sa.Table(
    "before_repair",
    sa.MetaData(),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)
_NO_FINGERPRINT = b""


def begin_anew(state: State, run: str) -> bool:
    """Put a new state in the place of the old one, with what that knows of feeds.

    It takes the old one's place in one step: whenever a repair is killed, the next one finds what is to be kept. An
    old file is kept, named by run; of a server's database a copy is its keeper's affair. The run has the new one from
    the beginning; it must have the old one already, where that can be had.

    Returns:
        Whether all that was known of feeds could be read.

    Raises:
        StoreError: it cannot be written.
    """
    path = state.database.path
    if path is None:
        return _empty(state, run)
    new_path = path.with_name(f"{path.name}.next")
    old, new = State(state.out, path), State(state.out, new_path)
    with writing(new_path):
        for each in (new_path, path.with_name(f"{new_path.name}-journal")):
            each.unlink(missing_ok=True)
        if path.exists():
            shutil.copyfile(path, f"{path}.{run}")
    new.open()
    with new.begin() as connection:
        _BEFORE.create(connection)
        # From its first moment on: a run that waits would take it, and both would write.
        claim(connection, run)
    is_known = path.exists() and _carry(old, new)
    old.close()
    new.close()
    state.close()
    with writing(path):
        new_path.replace(path)
        sync_folder(path.parent)
    return is_known


def _empty(state: State, run: str) -> bool:
    """Forget, in a server's database, all that is to be read from the records again; what feeds showed stays."""
    state.open()
    with state.begin() as connection:
        renew(connection, run, state.out)
        _BEFORE.create(connection, checkfirst=True)
        fresh = sa.select(ARTICLES.c.id, ARTICLES.c.version).where(~sa.exists().where(_BEFORE.c.id == ARTICLES.c.id))
        connection.execute(sa.insert(_BEFORE).from_select(["id", "version"], fresh))
        for table in (ARTICLES, ASIDE, INPUTS, PARTS, REWRITINGS):
            connection.execute(sa.delete(table))
        _ask_all_again(connection)
    return True


def _carry(old: State, new: State) -> bool:
    """Copy the tables that no record tells of; whether all of them could be read."""
    is_whole = True
    for table in (FEEDS, NAMES, SIGHTINGS, TEXTS, WAITING):
        try:
            _copy(old, sa.select(table), new, sa.insert(table))
        except DamagedError:
            is_whole = False
    for table in (_BEFORE, ARTICLES):
        # Without them what was torn is missed all the same, if not which of its versions.
        with suppress(DamagedError):
            _copy(old, sa.select(table.c.id, table.c.version), new, sa.insert(_BEFORE).prefix_with("OR IGNORE"))
    with new.begin() as connection:
        _ask_all_again(connection)
    return is_whole


def _copy(old: State, rows: sa.Select[Any], new: State, into: sa.Insert) -> None:
    with old.begin(started=False) as source, new.begin() as target:
        names = rows.selected_columns.keys()
        for some in source.execute(rows).partitions(_ROWS):
            run_for_all(target, into, names, [tuple(row) for row in some])


def _ask_all_again(connection: sa.Connection) -> None:
    """Let all feeds be due, and asked for all that they have: of an unchanged one nothing would come that is lost."""
    states = feed_states(connection)
    put_feed_states(
        connection,
        {url: msgspec.structs.replace(each, etag=None, last_modified=None, due=None) for url, each in states.items()},
    )


def forget_lost(connection: sa.Connection) -> None:
    """Let feeds bring again what had a record and has none any more, or only that of an earlier version.

    Their names lead to it as before, so that it gets the id that it had; what they say of it is news again.
    """
    _BEFORE.create(connection, checkfirst=True)
    is_there = sa.exists().where(ARTICLES.c.id == _BEFORE.c.id, ARTICLES.c.version >= _BEFORE.c.version)
    without_record = sa.select(TEXTS.c.article).where(~sa.exists().where(ARTICLES.c.id == TEXTS.c.article))
    lost = sa.union(sa.select(_BEFORE.c.id).where(~is_there), without_record)
    connection.execute(sa.update(SIGHTINGS).where(SIGHTINGS.c.article.in_(lost)).values(fingerprint=_NO_FINGERPRINT))
    connection.execute(sa.delete(TEXTS).where(TEXTS.c.article.in_(lost)))
    _BEFORE.drop(connection)
