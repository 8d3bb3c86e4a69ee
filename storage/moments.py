"""What is kept of a page's checks, the newest first: how it stands, its versions, and the alerts about its troubles.

A check that found nothing new moves counters and leaves no row of its own, so that a store grows with what changes and
not with how often it is looked at. So neither its duration nor its HTTP status is known later; of the last failure the
reason is, which names the status.
"""

from collections.abc import Iterator
from datetime import datetime
from heapq import merge
from itertools import islice

from sqlalchemy import Connection, and_, select

from crawler.checks import Outcome
from crawler.model import value
from storage import tables as t
from storage.past import LARGEST, Standing
from storage.store import Store

TROUBLES = ("page.gone", "page.suspect", "page.differs", "source.failing", "source.recovered")
"""Types of alerts that tell of a page and are no version of it."""
READ, REREAD = "read", "reread"
MOST_SKIPPED = 10_000
_OF_VERSIONS = (Outcome.NEW, Outcome.CHANGED)
_SUCCESSES = (*_OF_VERSIONS, Outcome.UNCHANGED)


@value
class Moment:
    """Something that a check came upon."""

    at: datetime
    kind: str
    """An outcome, `reread`, `read` (the last success before failures), or the type of an alert."""
    said: str = ""
    version: int | None = None
    touched: tuple[int, int, int] | None = None
    """So many targets changed, added, removed; None where there was no version to compare with."""


def moments(store: Store, standing: Standing, *, skip: int = 0, limit: int) -> list[Moment]:
    """So many, behind so many."""
    last = min(skip, MOST_SKIPPED) + limit
    with store.database.read() as connection:
        kept = (_versions(connection, standing.page, last), _alerts(connection, standing, last), _now(standing))
        newest = merge(*kept, key=lambda moment: moment.at, reverse=True)
        return list(islice(newest, last - limit, last))


def _now(standing: Standing) -> list[Moment]:
    """The last check, unless it made a version, and where it failed the last one that succeeded."""
    found = []
    if standing.checked_at and standing.outcome and standing.outcome not in _OF_VERSIONS:
        found.append(Moment(at=standing.checked_at, kind=standing.outcome, said=standing.reason or ""))
    if standing.succeeded_at and standing.outcome not in _SUCCESSES:
        found.append(Moment(at=standing.succeeded_at, kind=READ))
    return found


def _versions(connection: Connection, page: int, limit: int) -> Iterator[Moment]:
    same = and_(t.change.c.page == t.version.c.page, t.change.c.version == t.version.c.number)
    columns = *t.version.c["number", "fetched_at", "reread"], *t.change.c["changed", "added", "removed"]
    query = select(*columns).outerjoin(t.change, same).where(t.version.c.page == min(page, LARGEST))
    for row in connection.execute(query.order_by(t.version.c.number.desc()).limit(limit)).all():
        kind = REREAD if row.reread else Outcome.NEW if row.number == 1 else Outcome.CHANGED
        touched = None if row.changed is None else (row.changed, row.added, row.removed)
        yield Moment(at=row.fetched_at, kind=kind, version=row.number, touched=touched)


def _alerts(connection: Connection, standing: Standing, limit: int) -> list[Moment]:
    """About the page, and about its source as a whole (which the page's history would else not explain)."""
    found = []
    for mine in (t.alert.c.page == standing.page, and_(t.alert.c.page.is_(None), t.alert.c.source == standing.source)):
        query = select(*t.alert.c["raised_at", "type", "summary"]).where(mine, t.alert.c.type.in_(TROUBLES))
        rows = connection.execute(query.order_by(t.alert.c.raised_at.desc()).limit(limit))
        found += [Moment(at=row.raised_at, kind=row.type, said=row.summary) for row in rows]
    return sorted(found, key=lambda moment: moment.at, reverse=True)
