"""Bringing a state from an earlier layout to today's, by Alembic; its steps are in `migrations/versions`."""

from pathlib import Path

import sqlalchemy as sa

from flows.store.tables import LAYOUT

_STEPS = Path(__file__).parent / "migrations"
_HISTORY = "alembic_version"


def migrate(connection: sa.Connection, found: int, wanted: int) -> None:
    """Take all steps from one layout to another, in the transaction that is open.

    States say their layout in a table of their own. A new one is made as it is to be, and opened ever after, without
    Alembic, which takes a third of a second to import; its own table is made when there is the first step to take.
    """
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    config.attributes["connection"] = connection
    if not sa.inspect(connection).has_table(_HISTORY):
        command.stamp(config, str(found))
    command.upgrade(config, str(wanted))
    connection.execute(sa.update(LAYOUT).values(version=wanted))
