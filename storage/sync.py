"""The stored sources brought in line with sources.yaml: history follows the id, nothing is ever deleted."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, exists, func, select

from crawler.model import Source
from crawler.schedule import next_check
from storage import tables as t
from storage.codec import schedule_text

LISTED_BY = ("listing", "match", "max_pages")
"""What decides which pages a listing names: where it changes, what is named next is the silent baseline again."""
_FIELDS = ("title", "url", *LISTED_BY, "schedule", "active")
_UPDATE = (
    t.source.update()
    .where(t.source.c.id == bindparam("row_id"))
    .values({name: bindparam(f"row_{name}") for name in _FIELDS})
)


def sync(connection: Connection, sources: Sequence[Source], now: datetime) -> None:
    """Add, change, wake and rest sources as the file says; a page or listing that has lost its state gets one anew."""
    stored = {row.id: row for row in connection.execute(select(t.source))}
    for source in sources:
        row = stored.get(source.id)
        if row is None:
            _add(connection, source, now)
        elif _values(source) != {name: getattr(row, name) for name in _FIELDS}:
            _change(connection, row, source, now)
    _rest(connection, [row.id for row in stored.values() if row.active], {source.id for source in sources})
    _revive_pages(connection, now)
    _revive_listings(connection, now)


def _values(source: Source) -> dict[str, Any]:
    return {
        "title": source.title,
        "url": source.url,
        "listing": source.listing,
        "match": source.match,
        "max_pages": source.max_pages,
        "schedule": schedule_text(source.schedule),
        "active": source.enabled,
    }


def _add(connection: Connection, source: Source, now: datetime) -> None:
    connection.execute(t.source.insert().values(id=source.id, told_failing=False, **_values(source)))
    _add_address(connection, source, now)


def _add_address(connection: Connection, source: Source, now: datetime) -> None:
    """The page of a source with an address of its own, or the listing."""
    if source.url is not None:
        add_pages(connection, source.id, [("", source.url, source.title, 0)], now, announce=False)
        return
    connection.execute(t.listing.insert().values(source=source.id, next_check=now, checks=0, failures=0, known=False))


def add_pages(
    connection: Connection, source: str, found: Iterable[tuple[str, str, str, int]], now: datetime, *, announce: bool
) -> None:
    """New pages, given as (key, address, title, position in the listing), due at once."""
    rows = [
        {
            "source": source,
            "key": key,
            "url": url,
            "title": title,
            "region": "",
            "announce": announce,
            "position": position,
            "first_seen": now,
            "fingerprint": "",
            "rules": "",
            "characters": 0,
            "target_count": 0,
        }
        for key, url, title, position in found
    ]
    if not rows:
        return
    numbers = connection.execute(t.page.insert().returning(t.page.c.id), rows).scalars().all()
    fresh = {"source": source, "version": 0, "next_check": now, **_FRESH}
    connection.execute(t.state.insert(), [{"page": number, **fresh} for number in numbers])


_FRESH: dict[str, Any] = {"checks": 0, "failures": 0, "missing": 0, "gone": False, "suspect_told": False, "swings": 0}


def _revive_pages(connection: Connection, now: datetime) -> None:
    """A damaged database may have lost a page's state: due at once, with the newest version there is, it goes on."""
    newest = func.coalesce(func.max(t.version.c.number), 0).label("version")
    known = select(t.page.c.id.label("page"), t.page.c.source, newest).outerjoin_from(t.page, t.version)
    lost = known.where(t.page.c.id.not_in(select(t.state.c.page))).group_by(t.page.c.id, t.page.c.source)
    rows = [{**row, "next_check": now, **_FRESH} for row in connection.execute(lost).mappings()]
    if rows:
        connection.execute(t.state.insert(), rows)


def _revive_listings(connection: Connection, now: datetime) -> None:
    """The same for a listing: what it names besides the pages known is news."""
    known = exists().where(t.page.c.source == t.source.c.id, t.page.c.key != "").label("known")
    lost = select(t.source.c.id.label("source"), known).where(
        t.source.c.listing.is_not(None), t.source.c.id.not_in(select(t.listing.c.source))
    )
    rows = [{**row, "next_check": now, "checks": 0, "failures": 0} for row in connection.execute(lost).mappings()]
    if rows:
        connection.execute(t.listing.insert(), rows)


def _change(connection: Connection, row: Row[Any], source: Source, now: datetime) -> None:
    values = {f"row_{name}": value for name, value in _values(source).items()}
    connection.execute(_UPDATE, {"row_id": source.id, **values})
    if row.url != source.url or row.listing != source.listing:
        _move(connection, source, now)
    elif any(getattr(row, name) != getattr(source, name) for name in LISTED_BY):
        anew = t.listing.update().where(t.listing.c.source == source.id).values(next_check=now, known=False)
        connection.execute(anew)
    if row.schedule != schedule_text(source.schedule):
        _reschedule(connection, source, now)
    if source.enabled and not row.active:
        _wake(connection, source, now)


def _move(connection: Connection, source: Source, now: datetime) -> None:
    """Another address: a page keeps its history but nothing of its validators; a listing begins with a new baseline."""
    pages = select(t.page.c.id).where(t.page.c.source == source.id)
    connection.execute(t.state.update().where(t.state.c.page.in_(pages)).values(failures=0))
    if source.url is None:
        again = {"next_check": now, "failures": 0, "known": False}
        moved = connection.execute(t.listing.update().where(t.listing.c.source == source.id).values(again))
    else:
        only = t.page.c.source == source.id, t.page.c.key == ""
        moved = connection.execute(t.page.update().where(*only).values(url=source.url))
        number = select(t.page.c.id).where(*only).scalar_subquery()
        connection.execute(t.part.delete().where(t.part.c.page == number))
        again = {"next_check": now, "why": "", "missing": 0, "gone": False, **NO_SUSPICION}
        connection.execute(t.state.update().where(t.state.c.page == number).values(again))
    if not moved.rowcount:
        _add_address(connection, source, now)


NO_SUSPICION: dict[str, Any] = {
    "suspect_fingerprint": None,
    "suspect_reason": None,
    "suspect_since": None,
    "suspect_told": False,
    "suspect_stands": None,
}


def _reschedule(connection: Connection, source: Source, now: datetime) -> None:
    """No check lies further off than the new schedule puts it."""
    latest = next_check(now, source.schedule, jitter=0.0)
    pages = select(t.page.c.id).where(t.page.c.source == source.id)
    for table, mine in ((t.state, t.state.c.page.in_(pages)), (t.listing, t.listing.c.source == source.id)):
        later = table.c.next_check > latest
        connection.execute(table.update().where(mine, later).values(next_check=latest, **unexplained(table)))


def _wake(connection: Connection, source: Source, now: datetime) -> None:
    """What came due while the source rested (or was taken over from elsewhere) is due now, not late."""
    for table in (t.state, t.listing):
        missed = table.c.source == source.id, table.c.next_check < now
        connection.execute(table.update().where(*missed).values(next_check=now, **unexplained(table)))


def unexplained(table: Table) -> dict[str, str]:
    """What goes with a next check that no check has set: it has no reasons."""
    return {"why": ""} if table is t.state else {}


def _rest(connection: Connection, active: Sequence[str], named: set[str]) -> None:
    gone = [{"row_id": source} for source in active if source not in named]
    if gone:
        connection.execute(t.source.update().where(t.source.c.id == bindparam("row_id")).values(active=False), gone)
