"""Steps between the layouts of a state, run by Alembic (`flows.store.migrating`)."""
