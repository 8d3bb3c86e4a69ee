"""One reader a host at a time, and its pauses, shared by all processes on the database: also after one was killed."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, or_, select

from storage import tables as t
from storage.columns import insert_new


def lease(connection: Connection, host: str, owner: str, now: datetime, ttl: timedelta) -> datetime | None:
    """Lease a host (or renew the lease) until `now + ttl`; returns from when on it may be asked.

    None: another owner holds a lease that has not expired.
    """
    connection.execute(insert_new(connection, t.host), {"host": host})
    taken = connection.execute(
        t.host.update()
        .where(
            t.host.c.host == host,
            or_(t.host.c.owner.is_(None), t.host.c.owner == owner, t.host.c.leased_until <= now),
        )
        .values(owner=owner, leased_until=now + ttl)
    )
    if not taken.rowcount:
        return None
    allowed = connection.execute(select(t.host.c.next_allowed).where(t.host.c.host == host)).scalar()
    return max(now, allowed or now)


def release(connection: Connection, host: str, owner: str, next_allowed: datetime) -> None:
    """Give a lease back with the moment of the next request; nothing happens if it has passed to another owner."""
    connection.execute(
        t.host.update()
        .where(t.host.c.host == host, t.host.c.owner == owner)
        .values(owner=None, leased_until=None, next_allowed=next_allowed)
    )
