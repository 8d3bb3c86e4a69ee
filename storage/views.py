"""Views for people who read the database with SQL: `views.sql`, described in docs/data.md.

They are no part of the schema's history: each upgrade takes them away and makes them as they stand in that file, so
that a migration may rebuild any table. A view that changes needs a revision all the same, an empty one if nothing else
moves. SQLite only: the tools they are made for read nothing else.
"""

import re
from pathlib import Path

from sqlalchemy import Connection, inspect

_FILE = Path(__file__).with_name("views.sql")
_COMMENT = re.compile(r"^\s*--.*$", re.MULTILINE)
_NAME = re.compile(r"CREATE VIEW (v_\w+) AS")
_OURS = "v_"


def statements() -> dict[str, str]:
    """The statement that makes each view, by its name."""
    parts = _COMMENT.sub("", _FILE.read_text("utf-8")).split(";")
    return {found[1]: part.strip() for part in parts if (found := _NAME.search(part))}


def drop(connection: Connection) -> None:
    """Take our views away, also those of other versions; what somebody made beside them stays."""
    for name in inspect(connection).get_view_names():
        if name.startswith(_OURS):
            connection.exec_driver_sql(f'DROP VIEW "{name}"')


def make(connection: Connection) -> None:
    """Make the views; there must be none of them."""
    for statement in statements().values():
        connection.exec_driver_sql(statement)
