"""Targets of the newest versions as readers look for them: filtered, sorted, in portions."""

from dataclasses import fields
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, select, tuple_

from crawler.model import value
from storage import tables as t
from storage.columns import leading_number
from storage.store import Store

PORTION = 100
Order = Literal["newest", "largest", "smallest"]
ORDERS: tuple[Order, ...] = ("newest", "largest", "smallest")
MOST_COUNTED = 10_000
Place = tuple[int, float, int, int]
"""Of a target in an order."""


@value
class Asked:
    """Which targets: all that fit whatever is given."""

    key: str | None = None
    """An indicator's."""
    region: str | None = None
    year: int | None = None
    source: str | None = None


@value
class TargetLine:
    """A target and where it stands."""

    page: int
    source: str
    title: str
    region: str
    year: int | None
    report: str
    """Of a compilation; empty where the page is one report."""
    indicator: str
    key: str
    kind: str
    relation: str
    low: str | None
    """Exact decimals, in the unit."""
    high: str | None
    unit: str
    period: str
    text: str
    sentence: str


_FIELDS = tuple(field.name for field in fields(TargetLine))
_OF_PAGE = ("source", "title", "region", "year")
_OF_TARGET = ("report", "indicator", "key", "kind", "relation", "low", "high", "unit", "period", "text", "sentence")
_COLUMNS = (t.page.c.id.label("page"), *t.page.c[_OF_PAGE], *t.target.c[_OF_TARGET])


def targets(
    store: Store, asked: Asked, *, order: Order = "newest", limit: int = PORTION, skip: int = 0
) -> list[TargetLine]:
    """What fits, in that order; values are compared as they are written, whatever their unit."""
    chosen = _chosen(asked, order).limit(limit).offset(skip).subquery()
    same = and_(t.target.c.page == chosen.c.page, t.target.c.position == chosen.c.position)
    query = (
        select(*_COLUMNS)
        .select_from(chosen)
        .join(t.target, same)
        .join(t.page, t.page.c.id == chosen.c.page)
        .order_by(*_order(order))
    )
    with store.database.read() as connection:
        return [_line(row) for row in connection.execute(query)]


def placed(
    store: Store, asked: Asked, *, order: Order = "newest", after: Place | None = None, limit: int = PORTION
) -> list[tuple[TargetLine, Place]]:
    """What fits, in that order, each with its place; behind a place, though that target be gone by now."""
    keys = _keys(order)
    query = select(*_COLUMNS).join_from(t.target, t.page).where(*_promises(asked), *narrowing(asked)).order_by(*keys)
    if after is not None:
        query = query.where(tuple_(*keys) > tuple_(*after))
    query = query.add_columns(*(key.label(f"key_{number}") for number, key in enumerate(keys)))
    with store.database.read() as connection:
        return [_placed(*row) for row in connection.execute(query.limit(limit))]


def count(store: Store, asked: Asked) -> int:
    """How many fit; of more than `MOST_COUNTED` one more than that."""
    some = _narrowed(select(t.target.c.page), asked).limit(MOST_COUNTED + 1).subquery()
    with store.database.read() as connection:
        found: int = connection.execute(select(func.count()).select_from(some)).scalar_one()
        return found


def _keys(order: Order) -> tuple[ColumnElement[Any], ...]:
    """By which targets are sorted, each ascending; none is null."""
    number = func.coalesce(leading_number(t.target.c.low), leading_number(t.target.c.high))
    place = t.target.c.page, t.target.c.position
    if order == "newest":
        return _is_missing(t.page.c.year), -func.coalesce(t.page.c.year, 0), -t.page.c.id, place[1]
    amount = func.coalesce(number, 0.0)
    return _is_missing(number), -amount if order == "largest" else amount, *place


def _is_missing(column: ColumnElement[Any]) -> ColumnElement[int]:
    return case((column.is_(None), 1), else_=0)


def _chosen(asked: Asked, order: Order) -> Select[Any]:
    """Page and position of what fits, in that order: out of indexes alone, for sentences make long rows."""
    columns = t.target.c["page", "position"]
    if order != "newest":
        return _narrowed(select(*columns), asked).order_by(*_order(order))
    # The outer join keeps the pages first, which an index has in this order: else all targets are sorted for the first.
    beside = t.page.outerjoin(t.target, and_(t.target.c.page == t.page.c.id, *_promises(asked)))
    there = func.coalesce(t.target.c.position, -1) >= 0
    return select(*columns).select_from(beside).where(there, *narrowing(asked)).order_by(*_order(order))


def _order(order: Order) -> list[ColumnElement[Any]]:
    number = func.coalesce(leading_number(t.target.c.low), leading_number(t.target.c.high))
    if order == "newest":
        return [t.page.c.year.desc().nulls_last(), t.page.c.id.desc(), t.target.c.position]
    by = number.desc() if order == "largest" else number.asc()
    return [by.nulls_last(), t.target.c.page, t.target.c.position]


def _narrowed(query: Select[Any], asked: Asked) -> Select[Any]:
    """Of the targets those that fit; pages are looked at only where something is asked of them."""
    query = query.select_from(t.target).where(*_promises(asked))
    wanted = narrowing(asked)
    return query.join(t.page, t.page.c.id == t.target.c.page).where(*wanted) if wanted else query


def _promises(asked: Asked) -> list[ColumnElement[bool]]:
    of = [] if asked.key is None else [t.target.c.key == asked.key]
    return [t.target.c.status == "target", *of]


def narrowing(asked: Asked) -> list[ColumnElement[bool]]:
    """What is asked of the pages."""
    wanted = ((t.page.c.region, asked.region), (t.page.c.year, asked.year), (t.page.c.source, asked.source))
    return [column == item for column, item in wanted if item is not None]


def _line(row: Row[Any]) -> TargetLine:
    return TargetLine(**row._mapping)  # noqa: SLF001 (SQLAlchemy's documented name)


def _placed(*row: Any) -> tuple[TargetLine, Place]:  # noqa: ANN401 (columns of a row)
    *told, missing, number, page, position = row
    line = TargetLine(**dict(zip(_FIELDS, told, strict=True)))
    return line, (missing, float(number), page, position)
