"""Layout 2: what is known of feeds."""

from flows.store.migrations.feed_tables import make_missing

revision = "2"
down_revision = "1"


def upgrade() -> None:
    """Make its tables."""
    make_missing()
