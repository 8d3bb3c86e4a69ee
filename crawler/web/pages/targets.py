"""Targets of the newest versions: a table to search and sort, one indicator as charts, and all of it as CSV."""

from dataclasses import asdict, fields, replace
from decimal import Decimal
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from crawler.cli.sheets import csv_bytes
from crawler.reports import label
from crawler.targets.describe import bare, describe
from crawler.targets.indicators import CANONICAL, key_of
from crawler.web import drawing
from crawler.web.asked import number_of, office_of, text_of
from crawler.web.locale import marked
from crawler.web.refused import Refused
from crawler.web.rendering import page
from storage.cards import places
from storage.charted import newest_year, of_year, over_years
from storage.found import MOST_COUNTED, ORDERS, PORTION, Asked, Order, TargetLine, count, targets
from storage.store import Store

router = APIRouter()

MOST_ROWS = 50_000
"""Of a file."""
INDICATORS = list(dict.fromkeys(CANONICAL.values()))
NO_CHARTS = {"bars": None, "lines_drawn": None, "measures": ()}


@router.get("/targets")
def found(request: Request) -> Response:
    """The targets that fit, a portion at a time, below charts."""
    store, asked, order = office_of(request).store, _asked(request), _order(text_of(request, "order"))
    skip = number_of(request, "skip") or 0
    lines = targets(store, asked, order=order, limit=PORTION + 1, skip=skip)
    regions, years = places(store)
    shown: dict[str, Any] = {
        "lines": [(each, _said(each)) for each in lines[:PORTION]],
        "more": len(lines) > PORTION,
        "count": count(store, asked),
        "most": MOST_COUNTED,
        "skip": skip,
        "portion": PORTION,
        "order": order,
        "orders": ORDERS,
        "label": label,
        "regions": regions,
        "years": years,
        "indicators": INDICATORS,
        **(_charts(store, asked, text_of(request, "measure")) if asked.key and not skip else NO_CHARTS),
    }
    return page(request, "targets.html", shown)


@router.get("/targets/distribution")
def spread(request: Request) -> Response:
    """How many regions promise how much of an indicator for a year; unless asked, of the economy's growth, the last."""
    store, asked = office_of(request).store, _asked(request)
    asked = asked if asked.key else replace(asked, key=INDICATORS[0])
    year = asked.year or newest_year(store, asked)
    points = of_year(store, replace(asked, year=year)) if year else []
    measure, known = drawing.chosen(points, text_of(request, "measure"))
    drawn = drawing.of(points, measure)
    shown: dict[str, Any] = {
        "indicator": text_of(request, "indicator") or asked.key,
        "year": year,
        "rows": drawing.distribution(drawn),
        "count": len(drawn),
        "measure": measure,
        "measures": known,
        "name": drawing.name,
        "years": places(store)[1],
        "indicators": INDICATORS,
    }
    return page(request, "distribution.html", shown)


@router.get("/targets.csv")
def as_csv(request: Request) -> Response:
    """The same as a file for a spreadsheet."""
    lines = targets(office_of(request).store, _asked(request), order=_order(text_of(request, "order")), limit=MOST_ROWS)
    content = csv_bytes([field.name for field in fields(TargetLine)], map(asdict, lines))
    headers = {"Content-Disposition": 'attachment; filename="targets.csv"'}
    return Response(content, headers=headers, media_type="text/csv")


def _said(line: TargetLine) -> str:
    """With its verb, and whether it is a bound: 增长5.5%左右, 3万人以上."""
    low, high = (None if each is None else Decimal(each) for each in (line.low, line.high))
    return describe(bare(line.kind, line.relation, low, high, line.unit, line.text))


def _asked(request: Request) -> Asked:
    indicator = text_of(request, "indicator")
    return Asked(
        key=key_of(indicator) if indicator else None,
        region=text_of(request, "region"),
        year=number_of(request, "year"),
        source=text_of(request, "source"),
    )


def _order(name: str | None) -> Order:
    for order in ORDERS:
        if order == (name or ORDERS[0]):
            return order
    raise Refused(400, marked("%(name)s: not one of %(known)s"), name="order", known=", ".join(ORDERS))


def _charts(store: Store, asked: Asked, wanted: str | None) -> dict[str, Any]:
    """Of the year asked for, else the last one, over regions; and over the years; both in one measure."""
    year = asked.year or newest_year(store, asked)
    now = of_year(store, replace(asked, year=year)) if year else []
    before = [] if asked.year else over_years(store, asked)
    measure, known = drawing.chosen([*now, *before], wanted)
    return {
        "bars": drawing.bars(drawing.of(now, measure), year),
        "lines_drawn": drawing.lines(drawing.of(before, measure)),
        "measure": measure,
        "measures": known,
        "name": drawing.name,
    }
