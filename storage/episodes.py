"""The history of a page's checks: not each of them, but each turn from one way of ending to another.

So it grows with what happens, as versions do, and not with the number of checks: a page that is always read has none.
"""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from crawler.checks import Intent, Outcome
from crawler.model import value
from storage import tables as t
from storage.database import Database

MOST = 50
"""Of a page; older ones go."""
_WELL = (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED)
_READ = "unchanged"
"""What stands for all of these: which of them it was, the versions tell."""


@value
class Episode:
    """A row of checks that ended in one way."""

    outcome: str
    reason: str | None
    since: datetime
    until: datetime | None
    """When the next one began; None: it lasts."""


def note(connection: Connection, intent: Intent) -> None:
    """Note how a check ended, where the one before ended otherwise."""
    due = intent.due
    well = intent.outcome in _WELL
    if well and not (due.failures or due.missing or due.gone or due.suspicion):
        return
    now = (_READ, None) if well else (str(intent.outcome), intent.reason)
    mine = t.episode.c.page == due.page
    newest = select(*t.episode.c["outcome", "reason"]).where(mine).order_by(t.episode.c.number.desc()).limit(1)
    last = connection.execute(newest).one_or_none()
    if (tuple(last) if last else (_READ, None)) == now:
        return
    row = {"page": due.page, "number": due.checks, "at": intent.at, "outcome": now[0], "reason": now[1]}
    connection.execute(t.episode.insert(), row)
    kept = select(t.episode.c.number).where(mine).order_by(t.episode.c.number.desc()).offset(MOST).limit(1)
    oldest = connection.execute(kept).scalar()
    if oldest is not None:
        connection.execute(delete(t.episode).where(mine, t.episode.c.number <= oldest))


def episodes(database: Database, page: int) -> list[Episode]:
    """How a page's checks ended, the newest row of them first."""
    columns = t.episode.c["outcome", "reason", "at"]
    query = select(*columns).where(t.episode.c.page == page).order_by(t.episode.c.number.desc())
    with database.read() as connection:
        rows = connection.execute(query).all()
    ends = [None, *(row.at for row in rows)]
    return [
        Episode(outcome=row.outcome, reason=row.reason, since=row.at, until=end)
        for row, end in zip(rows, ends, strict=False)
    ]
