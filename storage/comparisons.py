"""Pages that may print one report: those still to be compared, what came of it, and what was told."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Subquery, and_, func, or_, select

from crawler.checks import Alert, Comparison, Print, Unpaired
from crawler.pairing import TITLED
from crawler.wire import instant
from storage import tables as t
from storage.codec import dump, load
from storage.database import Database
from storage.due import WATCHED
from storage.lines import ComparisonLine, PrintLine
from storage.record import raise_alerts

READ = ("new", "unchanged", "changed")
"""Outcomes of a check that read the page and believed it."""

Known = dict[tuple[int, int], Comparison]


def _edited() -> ColumnElement[int]:
    """The newest version of a page that is no reread."""
    past = t.version.alias("past")
    newest = select(func.max(past.c.number)).where(past.c.page == t.page.c.id, ~past.c.reread).correlate(t.page)
    return newest.scalar_subquery().label("edited")


_PRINT = (
    select(
        *t.page.c["id", "source", "key", "url", "title", "region", "year", "characters", "rules", "first_seen"],
        *t.state.c["version", "checked_at", "outcome"],
        *t.version.c["published", "fetched_at"],
        _edited(),
        t.unpaired.c.page.label("unpaired"),
    )
    .select_from(t.page)
    .join(t.state, t.state.c.page == t.page.c.id)
    .join(t.source, t.source.c.id == t.page.c.source)
    .join(t.version, and_(t.version.c.page == t.page.c.id, t.version.c.number == t.state.c.version))
    .outerjoin(t.unpaired, t.unpaired.c.page == t.page.c.id)
    .where(
        WATCHED,
        ~t.state.c.gone,
        or_(t.page.c.region != "", t.page.c.title.contains(TITLED)),
        t.page.c.year.is_not(None),
    )
)


def unpaired(connection: Connection) -> tuple[list[Unpaired], Known]:
    """The pages to compare, each with the others of its region and year, and what is known of all these."""
    if connection.execute(select(t.unpaired.c.page).limit(1)).first() is None:
        return [], {}
    places = select(t.page.c.region, t.page.c.year).join_from(t.unpaired, t.page).distinct().subquery()
    here = and_(t.page.c.region == places.c.region, t.page.c.year == places.c.year)
    rows = connection.execute(_PRINT.join(places, here).order_by(t.page.c.id)).all()
    groups: defaultdict[tuple[str, int], list[Print]] = defaultdict(list)
    for row in rows:
        groups[row.region, row.year].append(_print(row))
    waiting = {row.id for row in rows if row.unpaired is not None}
    found = [
        Unpaired(one=one, others=tuple(other for other in group if other is not one))
        for group in groups.values()
        for one in group
        if one.page in waiting
    ]
    return found, _known(connection, places) if found else {}


def record(
    connection: Connection,
    compared: Comparison,
    last: Comparison | None,
    at: datetime,
    alerts: Sequence[Alert],
    give_up_after: timedelta,
) -> bool:
    """What came of one pair, with its alert; nothing where a page or the comparison moved on meanwhile."""
    pages = (compared.page, compared.other)
    state = select(t.state.c.page, t.state.c.version).where(t.state.c.page.in_(pages)).with_for_update()
    now = {row.page: row.version for row in connection.execute(state)}
    if tuple(map(now.get, pages)) != compared.versions:
        return False
    table = t.comparison
    ours = and_(table.c.page == compared.page, table.c.other == compared.other)
    stored = connection.execute(select(*table.c["page_version", "other_version"]).where(ours)).one_or_none()
    if (tuple(stored) if stored else None) != (last.versions if last else None):
        return False
    raise_alerts(connection, alerts, give_up_after)
    values = _values(compared, at)
    if last is None:
        connection.execute(table.insert().values(page=pages[0], other=pages[1], **values))
    else:
        if compared.alert == last.alert:  # it may have been pruned meanwhile
            del values["alert"]
        connection.execute(table.update().where(ours).values(values))
    return True


def settle(connection: Connection, page: int, version: int) -> None:
    """The page was compared with all others as it is in this version."""
    as_it_is = select(t.state.c.page).where(t.state.c.page == page, t.state.c.version == version)
    connection.execute(t.unpaired.delete().where(t.unpaired.c.page.in_(as_it_is)))


def lines(
    database: Database, page: int | None = None, *, limit: int | None = None, skip: int = 0
) -> list[ComparisonLine]:
    """The pairs that print one report, of all pages or of one: those with targets that differ first."""
    one, other, c = t.page.alias("one"), t.page.alias("other"), t.comparison.c
    wanted = (c.prints,) if page is None else (c.prints, or_(c.page == page, c.other == page))
    query = (
        select(
            t.comparison,
            *(column.label(f"{side.name}_{column.name}") for side in (one, other) for column in _named(side)),
            one.c["region"],
            one.c["year"],
        )
        .join_from(t.comparison, one, one.c.id == c.page)
        .join(other, other.c.id == c.other)
        .where(*wanted)
        .order_by((c.targets > 0).desc(), (c.places > 0).desc(), c.at.desc(), c.page, c.other)
    )
    with database.read() as connection:
        return [_line(row) for row in connection.execute(query.limit(limit).offset(skip))]


def _named(side: Any) -> Sequence[Any]:  # noqa: ANN401 (an alias of a table)
    return [side.c[name] for name in ("source", "url", "title")]


def _line(row: Any) -> ComparisonLine:  # noqa: ANN401 (as in `_print`)
    return ComparisonLine(
        region=row.region,
        year=row.year,
        first=PrintLine(
            page=row.page, source=row.one_source, url=row.one_url, title=row.one_title, version=row.page_version
        ),
        second=PrintLine(
            page=row.other,
            source=row.other_source,
            url=row.other_url,
            title=row.other_title,
            version=row.other_version,
        ),
        compared_at=instant(row.at),
        share=round(row.share, 4),
        targets=row.targets,
        places=row.places,
        summary=row.summary,
        alert=row.alert,
    )


def _known(connection: Connection, places: Subquery) -> Known:
    """All comparisons of pages of these regions and years."""
    here = and_(t.page.c.region == places.c.region, t.page.c.year == places.c.year)
    query = select(t.comparison).join(t.page, t.page.c.id == t.comparison.c.page).join(places, here)
    return {(row.page, row.other): _comparison(row) for row in connection.execute(query)}


def _print(row: Any) -> Print:  # noqa: ANN401 (a row of more columns than the stubs count)
    return Print(
        page=row.id,
        source=row.source,
        key=row.key,
        url=row.url,
        title=row.title,
        region=row.region,
        year=row.year,
        version=row.version,
        edited=row.edited or row.version,
        characters=row.characters,
        published=row.published,
        first_seen=row.first_seen,
        read_at=row.fetched_at,
        checked_at=row.checked_at,
        well=row.outcome in READ,
        code=row.rules.partition(" ")[0],
    )


def _comparison(row: Row[Any]) -> Comparison:
    return Comparison(
        page=row.page,
        other=row.other,
        versions=(row.page_version, row.other_version),
        prints=row.prints,
        share=row.share,
        targets=row.targets,
        places=row.places,
        words=load(row.words),
        summary=row.summary,
        alert=row.alert,
    )


def _values(compared: Comparison, at: datetime) -> dict[str, Any]:
    return {
        "page_version": compared.versions[0],
        "other_version": compared.versions[1],
        "at": at,
        "prints": compared.prints,
        "share": compared.share,
        "targets": compared.targets,
        "places": compared.places,
        "words": dump(dict(compared.words)),
        "summary": compared.summary,
        "alert": compared.alert,
    }
