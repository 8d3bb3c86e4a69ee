"""What the store knows of how the installation does."""

from datetime import datetime

from sqlalchemy import Connection, func, literal_column, select, union_all

from crawler.health import Late, Waiting
from storage import tables as t
from storage.due import LISTED, WATCHED
from storage.outbox import DEAD, PENDING

_d = t.delivery.c


def late(connection: Connection, now: datetime) -> Late | None:
    """The checks that should have been made by now; None: none."""
    overdue = union_all(
        select(t.state.c.next_check, t.page.c.source, t.page.c.url)
        .select_from(t.page)
        .where(WATCHED, t.state.c.next_check < now),
        select(t.listing.c.next_check, t.source.c.id, t.source.c.listing).where(LISTED, t.listing.c.next_check < now),
    ).subquery()
    row = connection.execute(select(overdue).order_by(overdue.c.next_check).limit(1)).one_or_none()
    if row is None:
        return None
    checks = connection.execute(select(func.count()).select_from(overdue)).scalar_one()
    return Late(checks=checks, since=row.next_check, source=row.source, url=row.url)


def waiting(connection: Connection) -> list[Waiting]:
    """For each channel for which something waits what waits longest, since it was raised."""
    place = func.row_number().over(partition_by=_d.channel, order_by=(_d.raised_at, _d.id)).label("place")
    count = func.count().over(partition_by=_d.channel).label("deliveries")
    columns = t.delivery.c["channel", "alert", "raised_at", "attempts", "error"]
    ranked = select(*columns, place, count).where(_d.state == literal_column(f"'{PENDING}'")).subquery()
    rows = connection.execute(select(ranked).where(ranked.c.place == 1).order_by(ranked.c.channel))
    return [
        Waiting(
            channel=row.channel,
            deliveries=row.deliveries,
            alert=row.alert,
            since=row.raised_at,
            attempts=row.attempts,
            error=row.error,
        )
        for row in rows
    ]


def dead(connection: Connection) -> int:
    """How many deliveries were given up."""
    return connection.execute(select(func.count()).select_from(t.delivery).where(_d.state == DEAD)).scalar_one()


def sources(connection: Connection) -> tuple[int, list[str]]:
    """How many sources are watched, and the ids of those that are told to fail."""
    rows = connection.execute(select(t.source.c.id, t.source.c.told_failing).where(t.source.c.active)).all()
    return len(rows), sorted(row.id for row in rows if row.told_failing)
