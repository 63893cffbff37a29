"""What a repair takes over of the old state: no record tells which articles wait, and what feeds showed."""

import shutil
from pathlib import Path

import msgspec
import sqlalchemy as sa

from flows.store.disk import sync_folder, writing
from flows.store.errors import DamagedError
from flows.store.many import insert_rows
from flows.store.sightings import feed_states, put_feed_states
from flows.store.state import STATE, State
from flows.store.tables import ARTICLES, FEEDS, NAMES, SIGHTINGS, TEXTS, WAITING

_ROWS = 1_000


def begin_anew(out: Path, run: str) -> bool:
    """Put a new state in the place of the old one, with what that knows of feeds; the old one is kept, named by run.

    It takes the old one's place in one step: whenever a repair is killed, the next one finds what is to be kept.

    Returns:
        Whether all that was known of feeds could be read.

    Raises:
        StoreError: it cannot be written.
    """
    old, new = State(out), State(out, f"{STATE}.next")
    with writing(new.path):
        for path in (new.path, new.path.with_name(f"{new.path.name}-journal")):
            path.unlink(missing_ok=True)
        if old.path.exists():
            shutil.copyfile(old.path, f"{old.path}.{run}")
    new.open()
    is_known = old.path.exists() and _carry(old, new)
    old.close()
    new.close()
    with writing(old.path):
        new.path.replace(old.path)
        sync_folder(out)
    return is_known


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
        # Of an unchanged feed nothing would come again that is lost.
        states = feed_states(connection)
        put_feed_states(
            connection,
            {
                url: msgspec.structs.replace(each, etag=None, last_modified=None, due=None)
                for url, each in states.items()
            },
        )
    return is_whole


def forget_lost(connection: sa.Connection) -> None:
    """Let feeds bring again what had a record and has none any more."""
    had_text = sa.select(TEXTS.c.article)
    lost = [row.article for row in connection.execute(had_text.except_(sa.select(ARTICLES.c.id)))]
    for article in lost:
        for table in (NAMES, SIGHTINGS, TEXTS):
            connection.execute(sa.delete(table).where(table.c.article == article))
