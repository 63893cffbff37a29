"""The layouts that a state has had: a store of an earlier one is brought up to date when it is opened.

2 brought the tables of feeds, 3 the marks of what they show and what is known of texts; since 4 a name may lead to
several articles, and articles that wait for their pages are found by when they are due.
"""

from collections.abc import Container
from itertools import starmap
from typing import Any

import msgspec
import sqlalchemy as sa

from flows.store.many import insert_rows
from flows.store.tables import LAYOUT, NAMES, SIGHTINGS, TABLES, WAITING

LAYOUT_VERSION = 4
EARLIER = {1, 2, 3}
_BEFORE = "before_4"


def bring_up_to_date(connection: sa.Connection, tables: Container[str]) -> None:
    """Bring a state of an earlier layout up to date.

    Args:
        connection: in whose transaction all of it happens.
        tables: those that there are.
    """
    if SIGHTINGS.name in tables and SIGHTINGS.c.marks.name not in _columns(connection, SIGHTINGS):
        marks = SIGHTINGS.c.marks
        column = f"{marks.name} {marks.type.compile(connection.dialect)}"
        connection.exec_driver_sql(f"ALTER TABLE {SIGHTINGS.name} ADD COLUMN {column}")
    anew = [table for table in (NAMES, WAITING) if table.name in tables]
    for table in anew:
        connection.exec_driver_sql(f"ALTER TABLE {table.name} RENAME TO {table.name}_{_BEFORE}")
    TABLES.create_all(connection)
    for table in anew:
        before = sa.Table(f"{table.name}_{_BEFORE}", sa.MetaData(), autoload_with=connection)
        found = (tuple(row) for row in connection.execute(sa.select(before)))
        # An article could wait under two names.
        rows = {row[0]: row for row in (found if table is NAMES else starmap(_waiting, found))}
        insert_rows(connection, table, [*rows.values()])
        before.drop(connection)
    connection.execute(sa.update(LAYOUT).values(version=LAYOUT_VERSION))


def _columns(connection: sa.Connection, table: sa.Table) -> set[str]:
    return {column["name"] for column in sa.inspect(connection).get_columns(table.name)}


def _waiting(name: str, candidate: bytes) -> tuple[object, ...]:
    """An article that waits, which had all of this in its candidate alone."""
    said: dict[str, Any] = msgspec.json.decode(candidate)
    return said["article"] or name, said["due"], said["tries"], said["why"] or "page_failed", candidate
