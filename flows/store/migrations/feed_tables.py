"""The tables of feeds as layout 2 had them: stores of that layout were made while it grew, and lack some."""

from typing import Any

import sqlalchemy as sa
from alembic import op


def make_missing() -> None:
    """Make those that are not there."""
    there = set(sa.inspect(op.get_bind()).get_table_names())
    for name, columns in _tables().items():
        if name not in there:
            op.create_table(name, *columns, sqlite_with_rowid=name in {"feeds", "waiting"})


def _tables() -> dict[str, list[sa.Column[Any]]]:
    return {
        "feeds": [_key("url"), _needed("state", sa.LargeBinary())],
        "names": [_key("name"), _needed("article", sa.Text())],
        "sightings": [_key("article"), _key("feed"), _needed("fingerprint", sa.LargeBinary())],
        "texts": [
            _key("article"),
            _needed("source", sa.Text()),
            _needed("words", sa.Integer()),
            _needed("cut", sa.Boolean()),
            _needed("feed", sa.Text()),
            sa.Column("link", sa.Text()),
            sa.Column("title", sa.Text()),
        ],
        "waiting": [_key("name"), _needed("candidate", sa.LargeBinary())],
    }


def _key(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), primary_key=True)


def _needed(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)
