"""A database brought to today's schema, or clearly refused: nothing is touched before it is understood."""

import uuid
from datetime import UTC, datetime

from sqlalchemy import Connection, false, inspect, select, text

from crawler.errors import StorageError
from storage import tables as t
from storage.database import Database

HEAD = "0019"
"""The newest revision (a test compares it with the scripts): at start-up it spares the import of Alembic."""


def prepare(database: Database, now: datetime) -> str:
    """Make the schema or bring it up to date, after a copy beside the file; returns the installation's id.

    Raises StorageError where the database is another program's, from a newer version, read-only or locked.
    """
    with database.write() as connection:
        if _revision(connection, database) == HEAD:
            # A statement that would write, if there were anything: better refused here than in the first check.
            connection.execute(t.installation.update().where(false()).values(id=""))
            return _installation(connection)
    with database.migrating() as connection:
        _migrate(connection, database, now)
        return _installation(connection)


def _revision(connection: Connection, database: Database) -> str | None:
    """The schema's revision; None: there is none yet."""
    names = set(inspect(connection).get_table_names())
    ours = {"alembic_version", t.installation.name} <= names
    if not ours and database.backend.strangers(names, {"alembic_version", *t.Base.metadata.tables}):
        raise StorageError(f"{database.name} is the database of another program; choose another one")
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if ours else None


def _migrate(connection: Connection, database: Database, now: datetime) -> None:
    from storage import migrate  # noqa: PLC0415 (Alembic, half of a small command's time, is rarely needed)

    revision = _revision(connection, database)
    if revision == HEAD:  # another process was first
        return
    if revision is not None and not migrate.knows(revision):
        raise StorageError(
            f"{database.name} was made by a newer version of crawler (schema {revision}, this version knows {HEAD}); "
            "install that version, or restore the backup made before its upgrade"
        )
    if revision is not None:
        database.keep(f".backup-{revision}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    migrate.upgrade(connection)
    if revision is None:
        connection.execute(t.installation.insert().values(id=uuid.uuid4().hex, created_at=now))


def _installation(connection: Connection) -> str:
    found = connection.execute(select(t.installation.c.id)).scalar()
    if found is None:
        raise StorageError("the database has lost its installation's id; restore a backup")
    return str(found)
