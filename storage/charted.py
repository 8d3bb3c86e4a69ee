"""One indicator's targets of the newest versions as charts draw them: of a year, and of some regions over the years.

What a report promises for another time than its own year (年均, 到2030年) is on no chart; nor is what has no region.
Points come with the page found last first, and of each page what is said of the whole region.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, case, cast, func, or_, select

from crawler.charts import Point, amount_of, place
from storage import tables as t
from storage.found import Asked, narrowing
from storage.store import Store

MOST_POINTS = 6_000
"""Of a year: more than there are counties."""
MOST_LINES = 10


def newest_year(store: Store, asked: Asked) -> int | None:
    """The last year of which a report has the indicator."""
    has = select(t.target.c.page).where(*_of_indicator(asked), t.target.c.page == t.page.c.id).exists()
    query = select(t.page.c.year).where(t.page.c.year.is_not(None), *narrowing(asked), has)
    with store.database.read() as connection:
        return connection.execute(query.order_by(t.page.c.year.desc()).limit(1)).scalar()


def of_year(store: Store, asked: Asked) -> list[Point]:
    """What each region promises for a year (of `asked`), in every measure."""
    return [each for each in _points(store, asked, []) if each.year == asked.year]


def over_years(store: Store, asked: Asked) -> list[Point]:
    """What some regions promise over the years, in every measure: those with the most years."""
    return _points(store, asked, [t.page.c.region.in_(_regions(store, asked))])


def _regions(store: Store, asked: Asked) -> Sequence[str]:
    has = select(t.target.c.page).where(*_of_indicator(asked), t.target.c.page == t.page.c.id).exists()
    years = func.count(t.page.c.year.distinct())
    query = select(t.page.c.region).where(t.page.c.region != "", *narrowing(asked), has).group_by(t.page.c.region)
    with store.database.read() as connection:
        return connection.execute(query.order_by(years.desc(), t.page.c.region).limit(MOST_LINES)).scalars().all()


def _points(store: Store, asked: Asked, wanted: Sequence[ColumnElement[bool]]) -> list[Point]:
    said = t.target.c["kind", "relation", "low", "high", "unit", "text", "report"]
    in_time = or_(t.target.c.period == "", t.target.c.period == cast(t.page.c.year, Text))
    # The outer join keeps the pages first, of which few are asked for; the indicator stands in most reports.
    beside = t.page.outerjoin(t.target, and_(t.target.c.page == t.page.c.id, *_of_indicator(asked), in_time))
    there = func.coalesce(t.target.c.position, -1) >= 0
    query = (
        select(*t.page.c["id", "region", "year"], *said)
        .select_from(beside)
        .where(there, *narrowing(asked), *wanted)
        .order_by(t.page.c.id.desc(), case((t.target.c.scope == "", 0), else_=1), t.target.c.position)
    )
    with store.database.read() as connection:
        rows = connection.execute(query.limit(MOST_POINTS)).all()
    return [point for row in rows if (point := _point(row))]


def _of_indicator(asked: Asked) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return t.target.c.key == asked.key, t.target.c.status == "target"


def _point(row: Sequence[Any]) -> Point | None:
    # At once, for a chart has a thousand rows.
    page, region, year, *said, report = row
    amount = amount_of(*said)
    region, year = place(report, region, year)
    return Point(page=page, region=region, year=year, amount=amount) if amount and region and year else None
