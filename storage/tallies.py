"""Running totals over all processes and starts (`crawler.tally`), and how much is stored: what metrics tell."""

from collections.abc import Mapping

from sqlalchemy import func, select

from crawler.model import value
from crawler.tally import Key
from storage import tables as t
from storage.backends import backend
from storage.columns import insert_new
from storage.due import WATCHED
from storage.store import Store


@value
class Stored:
    """How much is stored."""

    pages: Mapping[str, int]
    """Watched ones by what their last check came to; `unchecked`: by none yet."""
    versions: int
    changes: int
    targets: int
    unindexed: int
    """Versions that the search does not know yet."""
    alerts: Mapping[str, int]
    """By type."""


def add(store: Store, taken: Mapping[Key, float]) -> None:
    """Add what a process counted; StorageError: nothing of it was added."""
    if not taken:
        return
    with store.database.write() as connection:
        for (name, labels), amount in sorted(taken.items()):
            connection.execute(insert_new(connection, t.tally), {"name": name, "labels": labels, "amount": 0.0})
            mine = t.tally.c.name == name, t.tally.c.labels == labels
            connection.execute(t.tally.update().where(*mine).values(amount=t.tally.c.amount + amount))


def totals(store: Store) -> dict[Key, float]:
    """Everything that was ever counted."""
    with store.database.read() as connection:
        return {(row.name, row.labels): row.amount for row in connection.execute(select(t.tally))}


def size(store: Store) -> int | None:
    """Bytes of the database: the SQLite file, or all of the database on PostgreSQL; None: the file is gone."""
    try:
        with store.database.read() as connection:
            return backend(connection).size(connection)
    except OSError:
        return None


def stored(store: Store) -> Stored:
    """How much is stored now."""
    outcome = func.coalesce(t.state.c.outcome, "unchecked")
    pages = select(outcome, func.count()).join_from(t.page, t.state).where(WATCHED).group_by(outcome)
    with store.database.read() as connection:
        versions, changes, targets, unindexed = (
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (t.version, t.change, t.target, t.unindexed)
        )
        alerts = connection.execute(select(t.alert.c.type, func.count()).group_by(t.alert.c.type))
        return Stored(
            pages={str(name): count for name, count in connection.execute(pages)},
            versions=versions,
            changes=changes,
            targets=targets,
            unindexed=unindexed,
            alerts={str(name): count for name, count in alerts},
        )
