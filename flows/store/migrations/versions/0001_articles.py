"""Layout 1: articles, the quarantine, parts, runs and the lock. `State.open` makes a new store as it is today."""

revision = "1"
down_revision = None


def upgrade() -> None:
    """Nothing: where history begins, all of it is there."""
