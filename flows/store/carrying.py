"""What a repair takes over of the old state: no record tells which articles wait, and what feeds showed."""

import shutil

import msgspec
import sqlalchemy as sa

from flows.store.disk import sync_folder, writing
from flows.store.errors import DamagedError
from flows.store.many import insert_rows
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


def begin_anew(state: State, run: str) -> bool:
    """Put a new state in the place of the old one, with what that knows of feeds.

    It takes the old one's place in one step: whenever a repair is killed, the next one finds what is to be kept. An
    old file is kept, named by run; of a server's database a copy is its keeper's affair.

    Returns:
        Whether all that was known of feeds could be read.

    Raises:
        StoreError: it cannot be written.
    """
    path = state.database.path
    if path is None:
        return _empty(state)
    new_path = path.with_name(f"{path.name}.next")
    old, new = State(state.out, path), State(state.out, new_path)
    with writing(new_path):
        for each in (new_path, path.with_name(f"{new_path.name}-journal")):
            each.unlink(missing_ok=True)
        if path.exists():
            shutil.copyfile(path, f"{path}.{run}")
    new.open()
    is_known = path.exists() and _carry(old, new)
    old.close()
    new.close()
    with writing(path):
        new_path.replace(path)
        sync_folder(path.parent)
    return is_known


def _empty(state: State) -> bool:
    """Forget, in a server's database, all that is to be read from the records again; what feeds showed stays."""
    state.open()
    with state.begin() as connection:
        for table in (ARTICLES, ASIDE, INPUTS, PARTS, REWRITINGS):
            connection.execute(sa.delete(table))
        _ask_all_again(connection)
    return True


def _carry(old: State, new: State) -> bool:
    """Copy the tables that no record tells of; whether all of them could be read."""
    is_whole = True
    for table in (FEEDS, NAMES, SIGHTINGS, TEXTS, WAITING):
        try:
            with old.begin(started=False) as source, new.begin() as target:
                for rows in source.execute(sa.select(table)).partitions(_ROWS):
                    insert_rows(target, table, [tuple(row) for row in rows])
        except DamagedError:
            is_whole = False
    with new.begin() as connection:
        _ask_all_again(connection)
    return is_whole


def _ask_all_again(connection: sa.Connection) -> None:
    """Let all feeds be due, and asked for all that they have: of an unchanged one nothing would come that is lost."""
    states = feed_states(connection)
    put_feed_states(
        connection,
        {url: msgspec.structs.replace(each, etag=None, last_modified=None, due=None) for url, each in states.items()},
    )


def forget_lost(connection: sa.Connection) -> None:
    """Let feeds bring again what had a record and has none any more."""
    had_text = sa.select(TEXTS.c.article)
    lost = [row.article for row in connection.execute(had_text.except_(sa.select(ARTICLES.c.id)))]
    for article in lost:
        for table in (NAMES, SIGHTINGS, TEXTS):
            connection.execute(sa.delete(table).where(table.c.article == article))
