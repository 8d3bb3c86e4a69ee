"""The sources and how they fare: whole, or in short for lists of many."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select

from crawler.wire import instant
from storage import tables as t
from storage.lines import SourceLine, SourceState
from storage.store import Store


def sources(store: Store, names: Collection[str] | None = None) -> list[SourceLine]:
    """Every source ever named, or of these ids, the active ones first."""
    counted, changed = _counted(names).subquery(), _changed(names).subquery()
    query = (
        select(
            *t.source.c["id", "title", "url", "listing", "active", "told_failing"],
            *t.listing.c["checked_at", "succeeded_at", "next_check", "failures", "reason"],
            changed.c.changed_at,
            *(column.label(f"pages_{column.name}") for column in counted.c),
        )
        .select_from(t.source)
        .outerjoin(t.listing, t.listing.c.source == t.source.c.id)
        .outerjoin(counted, counted.c.source == t.source.c.id)
        .outerjoin(changed, changed.c.source == t.source.c.id)
        .order_by(t.source.c.active.desc(), t.source.c.id)
    )
    with store.database.read() as connection:
        return [_source_line(row) for row in connection.execute(_of(query, t.source.c.id, names))]


def source_states(store: Store) -> list[SourceState]:
    """How each source ever named stands, in short: cheap however many pages there are."""
    troubled = exists().where(t.state.c.source == t.source.c.id, t.IS_FAILING)
    ill = or_(troubled, t.listing.c.failures > 0).label("ill")
    columns = t.source.c["id", "title", "active", "told_failing"]
    query = select(*columns, ill).outerjoin(t.listing, t.listing.c.source == t.source.c.id).order_by(t.source.c.id)
    with store.database.read() as connection:
        return [
            SourceState(
                source=row.id, title=row.title, active=row.active, failing=row.told_failing, troubled=bool(row.ill)
            )
            for row in connection.execute(query)
        ]


def _counted(names: Collection[str] | None) -> Select[Any]:
    def count(wanted: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count().filter(wanted)

    query = select(
        t.state.c.source,
        func.count().label("number"),
        count(t.state.c.failures > 0).label("failed"),
        count(t.state.c.suspect_since.is_not(None)).label("suspect"),
        count(t.state.c.gone).label("gone"),
        func.max(t.state.c.failures).label("failures"),
        func.max(t.state.c.checked_at).label("checked_at"),
        func.max(t.state.c.succeeded_at).label("succeeded_at"),
        func.min(t.state.c.next_check).label("next_check"),
    )
    return _of(query, t.state.c.source, names).group_by(t.state.c.source)


def _changed(names: Collection[str] | None) -> Select[Any]:
    query = select(t.page.c.source, func.max(t.page.c.changed_at).label("changed_at"))
    return _of(query, t.page.c.source, names).group_by(t.page.c.source)


def _of(query: Select[Any], source: ColumnElement[str], names: Collection[str] | None) -> Select[Any]:
    return query if names is None else query.where(source.in_(list(names)))


def _source_line(row: Row[Any]) -> SourceLine:
    checked = [time for time in (row.checked_at, row.pages_checked_at) if time is not None]
    succeeded = [time for time in (row.succeeded_at, row.pages_succeeded_at) if time is not None]
    following = [time for time in (row.next_check, row.pages_next_check) if time is not None]
    return SourceLine(
        source=row.id,
        title=row.title,
        url=row.url or row.listing,
        listing=row.listing is not None,
        active=row.active,
        failing=row.told_failing,
        pages=row.pages_number or 0,
        failed=row.pages_failed or 0,
        suspect=row.pages_suspect or 0,
        gone=row.pages_gone or 0,
        checked_at=instant(max(checked, default=None)),
        succeeded_at=instant(max(succeeded, default=None)),
        failures=max(row.failures or 0, row.pages_failures or 0),
        changed_at=instant(row.changed_at),
        next_check=instant(min(following, default=None)),
        reason=row.reason,
    )
