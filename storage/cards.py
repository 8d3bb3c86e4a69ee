"""Changes as their readers browse them: newest first, in portions, filtered, with what they have read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select, tuple_

from crawler.checks import Edits
from crawler.errors import UsageError
from crawler.model import Json, value
from crawler.wire import instant
from storage import tables as t
from storage.codec import load_diff, load_edits
from storage.columns import insert_new
from storage.lines import ChangeLine
from storage.store import Store

PORTION = 30
MOST_UNREAD = 99
"""Unread changes are counted up to here."""
Kind = Literal["changed", "added", "removed", "text"]
"""Of a change: targets were changed, added, removed; or none was touched."""
KINDS: tuple[Kind, ...] = ("changed", "added", "removed", "text")


@value
class Wanted:
    """Which changes: all that fit whatever is given."""

    source: str | None = None
    region: str | None = None
    year: int | None = None
    indicator: str | None = None
    """Its key."""
    kind: Kind | None = None
    severity: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@value
class Card:
    """A change of a page; `targets` are in the form of the webhook."""

    page: int
    version: int
    source: str
    url: str
    title: str
    region: str
    year: int | None
    at: datetime
    severity: str | None
    targets: Json
    edits: Edits | None
    unread: bool

    @property
    def line(self) -> ChangeLine:
        """What the command line says of it."""
        same = ("page", "version", "source", "url", "title", "region", "year", "severity", "targets")
        return ChangeLine(**{name: getattr(self, name) for name in same}, changed_at=instant(self.at))

    @property
    def cursor(self) -> str:
        """Stands for this card: `cards` goes on behind it."""
        return f"{self.at.isoformat()}~{self.page}~{self.version}"


def cards(
    store: Store, wanted: Wanted, reader: str = "", *, after: str | None = None, limit: int = PORTION
) -> list[Card]:
    """The newest changes that fit, or those behind a cursor; UsageError where that is none."""
    query = _narrowed(_query(reader), wanted)
    if after is not None:
        here = tuple_(t.change.c.at, t.change.c.page, t.change.c.version)
        query = query.where(here < tuple_(*_position(after)))
    order = (t.change.c.at.desc(), t.change.c.page.desc(), t.change.c.version.desc())
    with store.database.read() as connection:
        return [_card(row) for row in connection.execute(query.order_by(*order).limit(limit))]


def card(store: Store, page: int, version: int, reader: str = "") -> Card | None:
    """One change."""
    query = _query(reader).where(t.change.c.page == page, t.change.c.version == version)
    with store.database.read() as connection:
        row = connection.execute(query).one_or_none()
    return _card(row) if row else None


def unread(store: Store, reader: str) -> int:
    """How many changes the reader has not read, at most so many."""
    some = select(t.change.c.page).where(_is_unread(reader)).limit(MOST_UNREAD).subquery()
    with store.database.read() as connection:
        return connection.execute(select(func.count()).select_from(some)).scalar_one()


def mark_read(store: Store, reader: str, changes: Sequence[tuple[int, int]]) -> None:
    """The reader has read these changes, given by page and version."""
    with store.database.write() as connection:
        for page, version in changes:
            known = select(t.change.c.page).where(t.change.c.page == page, t.change.c.version == version)
            if connection.execute(known).first():
                row = {"reader": reader, "page": page, "version": version}
                connection.execute(insert_new(connection, t.read_mark), row)


def mark_all_read(store: Store, reader: str, until: datetime) -> None:
    """The reader has read all changes up to then."""
    with store.database.write() as connection:
        connection.execute(insert_new(connection, t.read_until), {"reader": reader, "at": until})
        mine = t.read_until.c.reader == reader
        connection.execute(t.read_until.update().where(mine, t.read_until.c.at < until).values(at=until))
        older = select(t.change.c.page).where(
            t.change.c.page == t.read_mark.c.page, t.change.c.version == t.read_mark.c.version, t.change.c.at <= until
        )
        connection.execute(t.read_mark.delete().where(t.read_mark.c.reader == reader, exists(older)))


def places(store: Store) -> tuple[list[str], list[int]]:
    """Regions and years of the pages, to choose from."""
    with store.database.read() as connection:
        regions = connection.execute(select(t.page.c.region).where(t.page.c.region != "").distinct()).scalars()
        years = connection.execute(select(t.page.c.year).where(t.page.c.year.is_not(None)).distinct()).scalars()
        return sorted(regions), sorted((year for year in years if year is not None), reverse=True)


def _query(reader: str) -> Select[Any]:
    return select(
        *t.page.c["id", "source", "url", "title", "region", "year"],
        *t.change.c["version", "at", "severity", "targets", "edits"],
        _is_unread(reader).label("unread"),
    ).join_from(t.change, t.page)


def _is_unread(reader: str) -> ColumnElement[bool]:
    until = select(t.read_until.c.at).where(t.read_until.c.reader == reader).scalar_subquery()
    marked = select(t.read_mark.c.page).where(
        t.read_mark.c.reader == reader,
        t.read_mark.c.page == t.change.c.page,
        t.read_mark.c.version == t.change.c.version,
    )
    return and_(or_(until.is_(None), t.change.c.at > until), ~exists(marked))


def _narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    for column, item in (
        (t.page.c.source, wanted.source),
        (t.page.c.region, wanted.region),
        (t.page.c.year, wanted.year),
        (t.change.c.severity, wanted.severity),
    ):
        if item is not None:
            query = query.where(column == item)
    if wanted.indicator is not None:
        touched = t.changed_target.c
        mine = and_(touched.page == t.change.c.page, touched.version == t.change.c.version)
        query = query.join(t.changed_target, mine).where(touched.key == wanted.indicator)
    if wanted.kind == "text":
        query = query.where(t.change.c.changed + t.change.c.added + t.change.c.removed == 0)
    elif wanted.kind is not None:
        query = query.where(t.change.c[wanted.kind] > 0)
    if wanted.since is not None:
        query = query.where(t.change.c.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(t.change.c.at < wanted.until)
    return query


def _position(cursor: str) -> tuple[datetime, int, int]:
    try:
        at, page, version = cursor.split("~")
        position = datetime.fromisoformat(at), int(page), int(version)
        if position[0].tzinfo is None or max(position[1:]) >= 2**63:
            raise ValueError(cursor)
    except ValueError:
        raise UsageError("this place in the list does not exist; begin at its top") from None
    return position


def _card(row: Row[Any]) -> Card:
    return Card(
        page=row.id,
        version=row.version,
        source=row.source,
        url=row.url,
        title=row.title,
        region=row.region,
        year=row.year,
        at=row.at,
        severity=row.severity,
        edits=load_edits(row.edits),
        targets=load_diff(row.id, row.version, row.targets),
        unread=row.unread,
    )
