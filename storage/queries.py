"""What is stored, as the command line and the dashboard ask for it; the answers are the values of `storage.lines`."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select

from crawler.checks import Capture
from crawler.errors import UsageError
from crawler.wire import instant
from storage import contents
from storage import tables as t
from storage import versions as stored_versions
from storage.codec import load_diff, load_reasons
from storage.lines import AlertLine, ChangeLine, DeliveryLine, PageLine, Shown, VersionLine
from storage.outbox import DELIVERED
from storage.past import LARGEST, timeline
from storage.store import Store


def resolve(store: Store, name: str) -> int:
    """The number of the page that a person calls by its number, its URL, or the id of a source that has one page.

    Raises UsageError where there is none, or more than one.
    """
    with store.database.read() as connection:
        for wanted, many in _readings(name):
            found = _numbers(connection, wanted)
            if len(found) > 1:
                raise UsageError(f"{name}: {many}: {', '.join(map(str, found[:20]))} ('crawler pages' lists them)")
            if found:
                return found[0]
    raise UsageError(f"no page {name!r}; name one by its number, URL or source ('crawler pages' lists them)")


def _readings(name: str) -> Iterator[tuple[ColumnElement[bool], str]]:
    """What a name may mean, in this order, and what to say where it means several pages."""
    if name.isascii() and name.isdigit() and int(name) <= LARGEST:
        yield t.page.c.id == int(name), ""
    if name:
        several = "watched by several sources; name the page by its number"
        yield or_(t.page.c.url == name, t.page.c.key == name), several
        yield t.page.c.source == name, "a source of several pages; name one by its number"


def pages(
    store: Store,
    *,
    source: str | None = None,
    state: str | None = None,
    since: datetime | None = None,
    page: int | None = None,
    after: int | None = None,
    limit: int | None = None,
    skip: int = 0,
) -> list[PageLine]:
    """Pages by source; `state` is an outcome, `since` bounds when a page was found or last changed, `page` is one.

    With `after`, a page's number or 0, those of higher numbers, by number: what is found meanwhile comes behind.
    """
    columns = (*t.page.c["id", "source", "url", "title", "changed_at"], t.source.c.active)
    states = t.state.c["version", "checked_at", "outcome", "reason", "next_check", "why"]
    order = (t.page.c.source, t.page.c.position, t.page.c.id) if after is None else (t.page.c.id,)
    found_or_changed = func.coalesce(t.page.c.changed_at, t.page.c.first_seen)
    # The portion is chosen by itself: what is skipped is joined with nothing.
    chosen = select(t.page.c.id).order_by(*order).offset(skip)
    if page is not None:
        chosen = chosen.where(t.page.c.id == min(page, LARGEST))
    if after is not None:
        chosen = chosen.where(t.page.c.id > after)
    if state is not None:
        chosen = chosen.join(t.state, t.state.c.page == t.page.c.id).where(t.state.c.outcome == state)
    with store.database.read() as connection:
        chosen = _narrow(connection, chosen, source, found_or_changed, since, limit)
        query = _page_states(select(*columns, *states)).where(t.page.c.id.in_(chosen)).order_by(*order)
        return [_page_line(row) for row in connection.execute(query)]


def versions(store: Store, page: int) -> list[VersionLine]:
    """All versions of a page, the first one first."""
    return timeline(store, page)[::-1]


def show(store: Store, page: int, version: int | None = None) -> Shown:
    """A version of a page with its text (without a number the newest); UsageError where there is none."""
    with store.database.read() as connection:
        row = _version(connection, page, version)
        return Shown(
            page=page,
            url=row.url,
            version=row.number,
            fetched_at=instant(row.fetched_at),
            title=row.title,
            body=stored_versions.body(connection, page, row.number),
        )


def captures(store: Store, page: int, version: int | None = None) -> list[Capture]:
    """The bytes a version was read from, in part order, b"" where they were thinned (`maintenance.prune`).

    Raises UsageError where not even their hashes are known (pruned before there were seals). One that was reread has
    the bytes of the version before.
    """
    with store.database.read() as connection:
        number = stored_versions.read_from(connection, page, _version(connection, page, version).number)
        found = stored_versions.captures(connection, page, number)
    if not found:
        raise UsageError(f"no bytes of version {number} of page {page} are kept; its text is")
    return found


def kept(store: Store, page: int, version: int) -> list[tuple[str, bool]]:
    """The addresses a version was read from, in part order, and whether their bytes are still kept."""
    with store.database.read() as connection:
        number = stored_versions.read_from(connection, page, _version(connection, page, version).number)
        mine = t.capture.c.page == page, t.capture.c.version == number
        query = select(t.capture.c.url, contents.IS_WHOLE.label("whole")).join(t.content)
        rows = connection.execute(query.where(*mine).order_by(t.capture.c.id)).all()
    return [(row.url, row.whole) for row in rows]


def numbers(store: Store) -> dict[str, int]:
    """How much is stored: pages, versions, changes, alerts."""
    counted = {"pages": t.page, "versions": t.version, "changes": t.change, "alerts": t.alert}
    with store.database.read() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in counted.items()
        }


def changes(
    store: Store, *, source: str | None = None, since: datetime | None = None, limit: int | None = None
) -> list[ChangeLine]:
    """Changes, the newest first."""
    query = (
        select(
            *t.page.c["id", "source", "url", "title", "region", "year"],
            *t.change.c["version", "at", "targets", "severity"],
        )
        .join_from(t.change, t.page)
        .order_by(t.change.c.at.desc(), t.change.c.page.desc(), t.change.c.version.desc())
    )
    with store.database.read() as connection:
        rows = connection.execute(_narrow(connection, query, source, t.change.c.at, since, limit))
        return [
            ChangeLine(
                page=row.id,
                source=row.source,
                url=row.url,
                title=row.title,
                version=row.version,
                changed_at=instant(row.at),
                targets=load_diff(row.id, row.version, row.targets),
                region=row.region,
                year=row.year,
                severity=row.severity,
            )
            for row in rows
        ]


def alerts(
    store: Store,
    *,
    source: str | None = None,
    state: str | None = None,
    channel: str | None = None,
    since: datetime | None = None,
    limit: int | None = None,
    after: str | None = None,
    alert: str | None = None,
) -> list[AlertLine]:
    """Alerts, the newest first; with `state` (pending, delivered, dead) those that have a delivery in it, of a channel.

    `after` is the id of an alert: what comes behind it. Behind one that is not there comes nothing.
    `alert` is the id of one alone.
    """
    columns = t.alert.c["id", "type", "page", "source", "raised_at", "summary"]
    query = select(*columns).order_by(t.alert.c.raised_at.desc(), t.alert.c.id)
    told_as = [
        column == wanted
        for column, wanted in ((t.delivery.c.state, state), (t.delivery.c.channel, channel))
        if wanted is not None
    ]
    if told_as:
        # Of what nearly all alerts are, the newest are found at once; of what few are, those few are looked up.
        mine = select(t.delivery.c.alert).where(*told_as)
        many = state in (None, DELIVERED)
        same = mine.where(t.delivery.c.alert == t.alert.c.id).exists() if many else t.alert.c.id.in_(mine)
        query = query.where(same)
    if after is not None:
        raised = select(t.alert.c.raised_at).where(t.alert.c.id == after).scalar_subquery()
        at_once = and_(t.alert.c.raised_at == raised, t.alert.c.id > after)
        query = query.where(t.alert.c.raised_at <= raised, or_(t.alert.c.raised_at < raised, at_once))
    if source is not None:
        query = query.where(t.alert.c.source == source)
    if alert is not None:
        query = query.where(t.alert.c.id == alert)
    if since is not None:
        query = query.where(t.alert.c.raised_at >= since)
    chosen = query.limit(limit).subquery()
    with store.database.read() as connection:
        rows = connection.execute(select(chosen).order_by(chosen.c.raised_at.desc(), chosen.c.id)).all()
        told = select(t.delivery).where(t.delivery.c.alert.in_(select(chosen.c.id)))
        deliveries = connection.execute(told.order_by(t.delivery.c.alert, t.delivery.c.id))
        by_alert = {alert: _delivery_lines(group) for alert, group in groupby(deliveries, lambda row: str(row.alert))}
    return [_alert_line(row, by_alert.get(row.id, ())) for row in rows]


def _page_states(query: Select[Any]) -> Select[Any]:
    return (
        query.select_from(t.page)
        .join(t.state, t.state.c.page == t.page.c.id)
        .join(t.source, t.source.c.id == t.page.c.source)
    )


def _narrow(
    connection: Connection,
    query: Select[Any],
    source: str | None,
    time: ColumnElement[datetime],
    since: datetime | None,
    limit: int | None,
) -> Select[Any]:
    if source is not None:
        if connection.execute(select(t.source.c.id).where(t.source.c.id == source)).first() is None:
            raise UsageError(f"no source {source!r} ('crawler sources' lists them)")
        query = query.where(t.page.c.source == source)
    if since is not None:
        query = query.where(time >= since)
    return query.limit(limit)


def _numbers(connection: Connection, wanted: ColumnElement[bool]) -> Sequence[int]:
    return connection.execute(select(t.page.c.id).where(wanted).order_by(t.page.c.id)).scalars().all()


def _version(connection: Connection, page: int, number: int | None) -> Row[Any]:
    query = select(*t.version.c["number", "url", "title", "fetched_at"]).where(t.version.c.page == page)
    if number is not None:
        query = query.where(t.version.c.number == min(number, LARGEST))
    row = connection.execute(query.order_by(t.version.c.number.desc()).limit(1)).one_or_none()
    if row is None:
        raise UsageError(
            f"page {page} has no version {number}" if number is not None else f"page {page} has no version yet"
        )
    return row


def _page_line(row: Row[Any]) -> PageLine:
    return PageLine(
        page=row.id,
        source=row.source,
        url=row.url,
        title=row.title,
        version=row.version,
        checked_at=instant(row.checked_at),
        changed_at=instant(row.changed_at),
        outcome=row.outcome,
        reason=row.reason,
        next_check=instant(row.next_check),
        why=[{"reason": reason.word, "amount": reason.amount} for reason in load_reasons(row.why)],
        active=row.active,
    )


def _alert_line(row: Row[Any], deliveries: tuple[DeliveryLine, ...]) -> AlertLine:
    return AlertLine(
        id=row.id,
        type=row.type,
        page=row.page,
        source=row.source,
        raised_at=instant(row.raised_at),
        summary=row.summary,
        deliveries=deliveries,
    )


def _delivery_lines(rows: Any) -> tuple[DeliveryLine, ...]:  # noqa: ANN401 (rows, as groupby hands them out)
    return tuple(
        DeliveryLine(
            channel=row.channel,
            state=row.state,
            attempts=row.attempts,
            error=row.error,
            next_attempt=instant(row.next_attempt),
        )
        for row in rows
    )
