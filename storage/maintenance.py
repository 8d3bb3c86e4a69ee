"""Care for the database: a copy, a proof that all of it can be read back, retention, figures."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from crawler.errors import StorageError
from crawler.model import value
from storage import tables as t
from storage.backends import backend
from storage.examine import EXAMINATIONS
from storage.moving import sweep
from storage.outbox import DELIVERED
from storage.store import Store
from storage.thinning import Period, Policy, thin

_CHUNK = 500


@value
class Pruned:
    """What `prune` took away."""

    captures: int
    contents: int
    alerts: int
    hosts: int
    blobs: int
    """Removed from the store beside the database, where nothing names them any more."""


@value
class Stats:
    """How much there is."""

    sources: int
    pages: int
    versions: int
    changes: int
    captures: int
    targets: int
    alerts: int
    deliveries: int
    bytes: int
    """Size of the file, or of the database."""


def backup(store: Store, path: Path, *, progress: Callable[[int, int], None] | None = None) -> None:
    """A consistent copy at `path`, also while the daemon writes; only its owner may read it.

    `progress` is told the database pages left and in all. Raises StorageError where `path` exists or cannot be written,
    UsageError on PostgreSQL.
    """
    store.database.copy(path, progress=progress)


def verify(store: Store) -> list[str]:
    """Read everything back; returns what is wrong, one line each (empty: all is well)."""
    problems: list[str] = []
    for examine in EXAMINATIONS:
        try:
            with store.database.read() as connection:
                problems += examine(connection)
        except StorageError as error:
            problems.append(str(error))
    return problems


def prune(
    store: Store,
    *,
    now: datetime,
    keep: timedelta,
    versions: int = 2,
    period: Period = Period.YEAR,
    vacuum: bool = False,
) -> Pruned:
    """Drop what is older than `keep` and no longer needed; never a text, nor an alert that still waits or is dead.

    That is: bytes as fetched, but for those that `thinning` keeps; alerts that every channel took; pauses of hosts.
    When, where and with which hash bytes were fetched stays as evidence. With `vacuum` the file gives the room back (it
    is rewritten: others wait meanwhile). Raises Away, when all else is done, where captures' store cannot be asked.
    """
    before = now - keep
    with store.database.write() as connection:
        held = connection.execute(t.capture.delete().where(_cleared(before))).rowcount
        captures, contents = thin(connection, Policy(before=before, versions=versions, period=period))
        alerts = _prune_alerts(connection, before)
        hosts = connection.execute(t.host.delete().where(t.host.c.next_allowed < before)).rowcount
    if vacuum:
        store.database.vacuum(t.Base.metadata.sorted_tables)
    return Pruned(captures=held + captures, contents=contents, alerts=alerts, hosts=hosts, blobs=sweep(store))


def stats(store: Store) -> Stats:
    """Rows of each kind and the size of it all."""
    tables = {
        "sources": t.source,
        "pages": t.page,
        "versions": t.version,
        "changes": t.change,
        "captures": t.capture,
        "targets": t.target,
        "alerts": t.alert,
        "deliveries": t.delivery,
    }
    with store.database.read() as connection:
        counts = {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in tables.items()
        }
        return Stats(**counts, bytes=backend(connection).size(connection))


def _cleared(before: datetime) -> ColumnElement[bool]:
    """Bytes held aside for a suspicion that ended while another process looked on."""
    cleared = exists().where(t.state.c.page == t.capture.c.page, t.state.c.suspect_since.is_(None))
    return and_(t.capture.c.fetched_at < before, t.capture.c.version.is_(None), cleared)


def _prune_alerts(connection: Connection, before: datetime) -> int:
    kept = exists().where(
        t.delivery.c.alert == t.alert.c.id,
        or_(t.delivery.c.state != DELIVERED, t.delivery.c.settled_at >= before),
    )
    done = select(t.alert.c.id).where(t.alert.c.raised_at < before, ~kept)
    numbers = connection.execute(done).scalars().all()
    connection.execute(t.delivery.delete().where(t.delivery.c.alert.in_(done)))
    for start in range(0, len(numbers), _CHUNK):
        connection.execute(t.alert.delete().where(t.alert.c.id.in_(numbers[start : start + _CHUNK])))
    return len(numbers)
