"""Targets of the newest versions: a table to search and sort, charts, and all of it as CSV."""

from dataclasses import asdict, fields
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from crawler.cli.sheets import csv_bytes
from crawler.reports import label
from crawler.targets.indicators import CANONICAL, key_of
from crawler.web.asked import number_of, office_of, text_of
from crawler.web.charts import charts_of
from crawler.web.locale import marked
from crawler.web.refused import Refused
from crawler.web.rendering import page
from storage.cards import places
from storage.found import MOST_COUNTED, ORDERS, PORTION, Asked, Order, TargetLine, count, targets

router = APIRouter()

MOST_ROWS = 50_000
"""Of a file."""
_INDICATORS = list(dict.fromkeys(CANONICAL.values()))


@router.get("/targets")
def found(request: Request) -> Response:
    """The targets that fit, a portion at a time, below charts."""
    store, asked, order = office_of(request).store, _asked(request), _order(text_of(request, "order"))
    skip = number_of(request, "skip") or 0
    lines = targets(store, asked, order=order, limit=PORTION + 1, skip=skip)
    regions, years = places(store)
    shown: dict[str, Any] = {
        "lines": lines[:PORTION],
        "more": len(lines) > PORTION,
        "count": count(store, asked),
        "most": MOST_COUNTED,
        "skip": skip,
        "portion": PORTION,
        "order": order,
        "orders": ORDERS,
        "label": label,
        "charts": None if skip else charts_of(store, asked),
        "regions": regions,
        "years": years,
        "indicators": _INDICATORS,
    }
    return page(request, "targets.html", shown)


@router.get("/targets.csv")
def as_csv(request: Request) -> Response:
    """The same as a file for a spreadsheet."""
    lines = targets(office_of(request).store, _asked(request), order=_order(text_of(request, "order")), limit=MOST_ROWS)
    content = csv_bytes([field.name for field in fields(TargetLine)], map(asdict, lines))
    headers = {"Content-Disposition": 'attachment; filename="targets.csv"'}
    return Response(content, headers=headers, media_type="text/csv")


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
