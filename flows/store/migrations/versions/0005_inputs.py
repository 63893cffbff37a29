"""Layout 5: how far files of the input were read."""

import sqlalchemy as sa
from alembic import op

revision = "5"
down_revision = "4"


def upgrade() -> None:
    """Make their table."""
    if sa.inspect(op.get_bind()).has_table("inputs"):
        return
    op.create_table(
        "inputs",
        sa.Column("key", sa.LargeBinary, primary_key=True),
        sa.Column("lines", sa.BigInteger, nullable=False),
        sa.Column("ended", sa.Boolean, nullable=False),
        sa.Column("documents", sa.BigInteger, nullable=False),
        sa.Column("asides", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
