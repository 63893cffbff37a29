"""What Alembic runs: the steps between layouts, inside the transaction that opens a state."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
