"""How channels stand: noted with each attempt, told in one transaction with the alert that tells it."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, bindparam, or_, select

from crawler.channels import Standing
from storage import tables as t
from storage.columns import insert_new

_c = t.channel.c
_WORKS = (
    t.channel.update()
    .where(_c.name == bindparam("channel"), _c.failing_since.is_not(None))
    .values(failing_since=None, error=None)
)


def works(connection: Connection, channel: str) -> None:
    """It took a delivery."""
    connection.execute(_WORKS, {"channel": channel})


def failed(connection: Connection, channel: str, error: str, now: datetime, *, dead: int, partly: bool) -> None:
    """An attempt failed, so many deliveries are dead; with `partly` it reached some recipients: the channel works."""
    fresh = {"name": channel, "gave_up": 0, "told": False}
    connection.execute(insert_new(connection, t.channel), fresh)
    mine = t.channel.update().where(_c.name == channel)
    connection.execute(mine.values(error=error, gave_up=_c.gave_up + dead))
    if not partly:
        connection.execute(mine.where(_c.failing_since.is_(None)).values(failing_since=now))


def standings(connection: Connection) -> list[Standing]:
    """The channels that fail, gave something up, or are told to fail."""
    remarkable = or_(_c.failing_since.is_not(None), _c.gave_up > 0, _c.told)
    rows = connection.execute(select(t.channel).where(remarkable).order_by(_c.name)).mappings()
    return [Standing(channel=row["name"], **{name: row[name] for name in _KEPT}) for row in rows]


def move(connection: Connection, before: Standing, now: Standing) -> bool:
    """Put the channel from one standing into another; False where another process moved it meanwhile."""
    same = [_c[name].is_not_distinct_from(getattr(before, name)) for name in ("told", "told_at", "gave_up")]
    moved = t.channel.update().where(_c.name == before.channel, *same)
    values = {name: item for name, item in asdict(now).items() if name in ("told", "told_at", "gave_up")}
    return bool(connection.execute(moved.values(values)).rowcount)


_KEPT = ("failing_since", "error", "gave_up", "told", "told_at")
