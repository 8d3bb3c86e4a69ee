"""Alembic runs this file; `storage.migrate` has opened the transaction and commits it."""

from alembic import context

from storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
    transactional_ddl=True,  # nothing is half migrated, on SQLite too
)
context.run_migrations()
