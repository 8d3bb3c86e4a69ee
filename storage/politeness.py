"""Pauses between requests to a host, shared by all processes on the database: also after one was killed."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, or_, select

from storage import tables as t
from storage.columns import insert_new

_NEXT = select(t.host.c.next_allowed).where(t.host.c.host == bindparam("name")).with_for_update()
_BOOK = t.host.update().where(t.host.c.host == bindparam("name")).values(next_allowed=bindparam("free"))

LONGEST = timedelta(hours=25)
"""No pause is longer (a Retry-After is capped at a day): a later moment was written by a clock that went wrong."""


def reserve(connection: Connection, host: str, now: datetime, delay: timedelta) -> datetime:
    """Book the host's next free moment, and keep it free for `delay` after that."""
    known = connection.execute(_NEXT, {"name": host}).one_or_none()
    if known is None:
        connection.execute(insert_new(connection, t.host), {"host": host})
        known = connection.execute(_NEXT, {"name": host}).one()
    allowed = known.next_allowed
    booked = now if allowed is None or allowed > now + LONGEST else max(now, allowed)
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
