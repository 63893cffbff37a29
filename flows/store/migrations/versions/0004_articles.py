"""Layout 4: names of several articles; articles that wait for their pages go by their ids, and when they are due."""

from itertools import starmap
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "4"
down_revision = "3"


def upgrade() -> None:
    """Make both tables anew, with what was in them."""
    names = _make_anew(
        "names",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("article", sa.Text(), primary_key=True),
        sqlite_with_rowid=False,
    )
    _put("names", names)
    waiting = _make_anew(
        "waiting",
        sa.Column("article", sa.Text(), primary_key=True),
        sa.Column("due", sa.Text()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("candidate", sa.LargeBinary(), nullable=False),
    )
    # An article could wait under two names.
    _put("waiting", [*{row[0]: row for row in starmap(_waiting, waiting)}.values()])


def _make_anew(name: str, *columns: sa.Column[Any], **options: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - Alembic's
    """Make a table in place of one of its name; what was in that."""
    connection = op.get_bind()
    before = sa.Table(name, sa.MetaData(), autoload_with=connection)
    rows = [tuple(row) for row in connection.execute(sa.select(before))]
    op.drop_table(name)
    op.create_table(name, *columns, **options)
    return rows


def _put(name: str, rows: list[tuple[Any, ...]]) -> None:
    table = sa.Table(name, sa.MetaData(), autoload_with=op.get_bind())
    op.bulk_insert(table, [dict(zip(table.columns.keys(), row, strict=True)) for row in rows])


def _waiting(name: str, candidate: bytes) -> tuple[object, ...]:
    """An article that waits, which had all of this in its candidate alone."""
    said: dict[str, Any] = msgspec.json.decode(candidate)
    return said["article"] or name, said["due"], said["tries"], said["why"] or "page_failed", candidate
