"""What is to be checked, with all that a check needs to know of the past."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, bindparam, func, literal, or_, select, union_all

from crawler.checks import Due, DueListing, Part, Suspicion
from crawler.errors import StorageError
from crawler.failing import Health
from crawler.freshness import History
from crawler.model import Source
from storage import tables as t
from storage.sync import unexplained

FEW = 100
"""Up to so many sources are named to the database; of more, the rows of others are passed over here."""
CLOCKS_DIFFER = timedelta(minutes=1)
"""Between the machines of one database; a check later than that was made while a clock was wrong."""

WATCHED = and_(
    t.source.c.id == t.page.c.source,
    t.state.c.page == t.page.c.id,
    t.source.c.active,
    # A source that turned from a page into a listing (or back) keeps the pages of its past, unwatched.
    or_(
        and_(t.source.c.url.is_not(None), t.page.c.key == ""),
        and_(t.source.c.listing.is_not(None), t.page.c.key != ""),
    ),
)
_PAGE = select(
    *t.page.c["id", "source", "key", "url", "title", "year", "region", "announce"],
    *t.page.c["fingerprint", "rules", "characters", "target_count"],
    *t.state.c["version", "failures", "missing", "gone"],
    *t.state.c["suspect_fingerprint", "suspect_reason", "suspect_since", "suspect_told", "suspect_stands"],
    *t.state.c["swings", "swung_at", "checks"],
    *t.page.c["first_seen", "published", "edits", "changed_at"],
)
LISTED = and_(t.source.c.id == t.listing.c.source, t.source.c.active, t.source.c.listing.is_not(None))

_COUNTED = 1_000
"""Of so many pages of a source it is known how many fail among them; half of them is told as most of any more."""

_OTHERS = select(literal(1)).where(t.page.c.source == bindparam("source"), t.page.c.id != bindparam("page"))
_HEALTH = select(
    select(t.source.c.told_failing).where(t.source.c.id == bindparam("source")).scalar_subquery(),
    select(t.source.c.told_partly).where(t.source.c.id == bindparam("source")).scalar_subquery(),
    select(func.count()).select_from(_OTHERS.limit(_COUNTED).subquery()).scalar_subquery(),
    select(func.count())
    .select_from(t.state)
    .where(
        t.state.c.source == bindparam("source"),
        t.IS_FAILING,
        t.state.c.failures >= bindparam("least"),
        t.state.c.page != bindparam("page"),
    )
    .scalar_subquery(),
    select(t.listing.c.failures).where(t.listing.c.source == bindparam("source")).scalar_subquery(),
)


def pages(connection: Connection, sources: Mapping[str, Source], now: datetime | None) -> list[Due]:
    """The pages due at `now`, longest overdue first; without `now` every active page, whatever its schedule."""
    wanted = [WATCHED]
    if now is not None:
        # Out of the narrow table first: all pages are gone through each second.
        wanted.append(t.page.c.id.in_(select(t.state.c.page).where(_time_has_come(t.state, now))))
    if len(sources) <= FEW:
        wanted.append(t.page.c.source.in_(list(sources)))
    rows = connection.execute(_PAGE.where(*wanted).order_by(t.state.c.next_check, t.page.c.id)).all()
    if not rows:
        return []
    parts = _parts(connection, t.part.c.page.in_(select(t.page.c.id).where(*wanted)))
    return [_due(row, sources[row.source], parts.get(row.id, ())) for row in rows if row.source in sources]


def page(connection: Connection, number: int, source: Source) -> Due:
    """One page as it is now."""
    chosen = (t.page.c.id == number, t.state.c.page == t.page.c.id, t.page.c.source == source.id)
    row = connection.execute(_PAGE.where(*chosen)).one_or_none()
    if row is None:
        raise StorageError(f"source {source.id} has no page {number}")
    return _due(row, source, _parts(connection, t.part.c.page == number).get(number, ()))


def listings(connection: Connection, sources: Mapping[str, Source], now: datetime | None) -> list[DueListing]:
    """The listings due at `now`, longest overdue first; without `now` every active one."""
    wanted = [LISTED]
    if now is not None:
        wanted.append(_time_has_come(t.listing, now))
    rows = connection.execute(
        select(*t.listing.c["source", "known", "failures"]).where(*wanted).order_by(t.listing.c.next_check)
    )
    return [
        DueListing(source=sources[row.source], first=not row.known, failures=row.failures)
        for row in rows
        if row.source in sources
    ]


def _time_has_come(row: Table, now: datetime) -> ColumnElement[bool]:
    """By its schedule, or because that was reckoned by a clock that was ahead: else all would rest for as long."""
    misdated = or_(row.c.checked_at.is_(None), row.c.checked_at > now + CLOCKS_DIFFER)
    return or_(row.c.next_check <= now, misdated)


def hasten(connection: Connection, source: str, now: datetime, number: int | None = None) -> None:
    """Let a source's pages and its listing (or one page of it) come due now, if they would later."""
    for table in (t.state, t.listing) if number is None else (t.state,):
        later = [table.c.source == source, table.c.next_check > now]
        if number is not None:
            later.append(t.state.c.page == number)
        connection.execute(table.update().where(*later).values(next_check=now, **unexplained(table)))


def soonest(connection: Connection) -> datetime | None:
    """When the next page or listing comes due; None: nothing is watched."""
    times = union_all(
        select(func.min(t.state.c.next_check).label("at")).select_from(t.page).where(WATCHED),
        select(func.min(t.listing.c.next_check)).where(LISTED),
    ).subquery()
    return connection.execute(select(func.min(times.c.at))).scalar()


def health(connection: Connection, source: str, failing_after: int, number: int | None) -> Health:
    """How the source stands apart from the page (or, without a number, from its listing)."""
    chosen = {"source": source, "least": failing_after, "page": number or 0}  # no page has the number 0
    told, partly, others, pages, listing = connection.execute(_HEALTH, chosen).one()
    listing_too = number is not None and (listing or 0) >= failing_after
    return Health(
        told_failing=bool(told),
        told_partly=partly,
        failing_elsewhere=pages + listing_too,
        others=others + (number is not None and listing is not None),
        listing_failing=listing_too,
    )


def _parts(connection: Connection, wanted: ColumnElement[bool]) -> dict[int, tuple[Part, ...]]:
    rows = connection.execute(select(t.part).where(wanted).order_by(t.part.c.page, t.part.c.position))
    return {number: _as_parts(group) for number, group in groupby(rows, lambda row: int(row.page))}


def _as_parts(rows: Iterable[Row[Any]]) -> tuple[Part, ...]:
    return tuple(
        Part(
            url=row.url,
            sha256=row.sha256,
            paragraphs=row.paragraphs,
            etag=row.etag,
            last_modified=row.last_modified,
            imprint=row.imprint,
        )
        for row in rows
    )


def _due(row: Row[Any], source: Source, parts: tuple[Part, ...]) -> Due:
    return Due(
        page=row.id,
        source=source,
        url=row.url,
        key=row.key,
        title=row.title,
        year=row.year,
        region=row.region,
        version=row.version,
        fingerprint=row.fingerprint,
        rules=row.rules,
        characters=row.characters,
        target_count=row.target_count,
        parts=parts,
        announce=row.announce,
        checks=row.checks,
        failures=row.failures,
        missing=row.missing,
        gone=row.gone,
        suspicion=_suspicion(row),
        swings=row.swings,
        swung_at=row.swung_at,
        history=History(first_seen=row.first_seen, published=row.published, edits=row.edits, edited_at=row.changed_at),
    )


def _suspicion(row: Row[Any]) -> Suspicion | None:
    if row.suspect_since is None:
        return None
    return Suspicion(
        fingerprint=row.suspect_fingerprint,
        reason=row.suspect_reason,
        since=row.suspect_since,
        told=row.suspect_told,
        stands=row.suspect_stands or row.suspect_since,
    )
