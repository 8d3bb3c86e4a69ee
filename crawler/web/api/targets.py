"""The targets of the newest versions, narrowed and sorted as in the dashboard."""

from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import TypeAdapter
from starlette.responses import Response

from crawler.targets.indicators import key_of
from crawler.web.api.answers import place_of, portion
from crawler.web.api.description import PORTION
from crawler.web.api.parameters import (
    USUAL,
    Cursor,
    Limit,
    OfIndicator,
    OfRegion,
    OfSource,
    OfYear,
    Place,
    Signed,
    require_source,
)
from crawler.web.api.shapes import Targets
from crawler.web.asked import office_of
from storage.found import ORDERS, Asked, Order, placed

router = APIRouter(prefix="/targets", tags=["targets"])

_PLACE = TypeAdapter(tuple[Order, tuple[Literal[0, 1], float, Signed, Place]])
_Order = Annotated[Order, Query(description="Values are compared as written, whatever their unit.")]


@router.get("", response_model=Targets, responses=PORTION)
def list_targets(
    request: Request,
    indicator: OfIndicator = None,
    region: OfRegion = None,
    year: OfYear = None,
    source: OfSource = None,
    order: _Order = ORDERS[0],
    limit: Limit = USUAL,
    cursor: Cursor = None,
) -> Response:
    """The targets that fit."""
    store, asked = (
        office_of(request).store,
        Asked(key=key_of(indicator) if indicator else None, region=region, year=year, source=source),
    )
    require_source(store, source)
    after = place_of(_PLACE, cursor)[1] if cursor else None
    lines = placed(store, asked, order=order, after=after, limit=limit + 1)
    return portion(request, lines, limit, lambda each: asdict(each[0]), lambda each: (order, each[1]))
