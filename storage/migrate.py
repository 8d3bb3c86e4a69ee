"""The schema: made, recognised and brought up to date by Alembic, on one connection and in one transaction.

Imported only where a schema is made or moved: importing Alembic takes half as long as all of a small command.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.backends import backend
from storage.tables import Base

SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(connection: Connection) -> None:
    """Run all revisions that are missing, and what the database needs besides, in the caller's transaction."""
    config = _config()
    config.attributes["connection"] = connection
    here = backend(connection)
    here.before_upgrade(connection)
    command.upgrade(config, "head")
    here.after_upgrade(connection, Base.metadata.sorted_tables)


def knows(revision: str) -> bool:
    """Whether this version of the program comes after (or at) the revision."""
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
