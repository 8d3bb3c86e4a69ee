"""The schema: made, recognised and brought up to date by Alembic, on one connection and in one transaction.

Imported only where a schema is made or moved: importing Alembic takes half as long as all of a small command.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage import views

SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(connection: Connection) -> None:
    """Run all revisions that are missing, and make the views anew; the caller's transaction holds it all."""
    config = _config()
    config.attributes["connection"] = connection
    views.drop(connection)
    command.upgrade(config, "head")
    views.make(connection)


def knows(revision: str) -> bool:
    """Whether this version of the program comes after (or at) the revision."""
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
