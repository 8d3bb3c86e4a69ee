"""Pauses between requests to a host, and whose turn it is, shared by all processes: also after one was killed."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, or_, select

from storage import tables as t
from storage.columns import insert_new

_NEXT = select(t.host.c.next_allowed).where(t.host.c.host == bindparam("name")).with_for_update()
_BOOK = t.host.update().where(t.host.c.host == bindparam("name")).values(next_allowed=bindparam("free"))


def reserve(connection: Connection, host: str, now: datetime, delay: timedelta) -> datetime:
    """Book the host's next free moment, and keep it free for `delay` after that."""
    known = connection.execute(_NEXT, {"name": host}).one_or_none()
    if known is None:
        connection.execute(insert_new(connection, t.host), {"host": host})
        known = connection.execute(_NEXT, {"name": host}).one()
    booked = max(now, known.next_allowed or now)
    connection.execute(_BOOK, {"name": host, "free": booked + delay})
    return booked


def postpone(connection: Connection, host: str, until: datetime) -> None:
    """Put the host's next free moment off, never forward."""
    connection.execute(insert_new(connection, t.host), {"host": host, "next_allowed": until})
    connection.execute(
        t.host.update()
        .where(t.host.c.host == host, or_(t.host.c.next_allowed.is_(None), t.host.c.next_allowed < until))
        .values(next_allowed=until)
    )


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
