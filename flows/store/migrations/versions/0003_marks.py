"""Layout 3: the marks of what feeds show."""

import sqlalchemy as sa
from alembic import op

from flows.store.migrations.feed_tables import make_missing

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Add their column, and what stores of layout 2 lack of its tables."""
    make_missing()
    columns = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("sightings")}
    if "marks" not in columns:
        op.add_column("sightings", sa.Column("marks", sa.LargeBinary()))
