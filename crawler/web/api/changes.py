"""What changed, narrowed as the feed is."""

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
    Moment,
    OfIndicator,
    OfRegion,
    OfSource,
    OfYear,
    Place,
    Since,
    Until,
    require_source,
)
from crawler.web.api.shapes import Changes
from crawler.web.asked import office_of
from crawler.worth import Severity
from storage.cards import Card, Kind, Wanted, cards

router = APIRouter(prefix="/changes", tags=["changes"])

_PLACE = TypeAdapter(tuple[Literal["changes"], Moment, Place, Place])
_Kind = Annotated[Kind | None, Query(description="Only where targets were changed, added, removed; `text`: none was.")]
_Severity = Annotated[Severity | None, Query(description="Only of this severity.")]


@router.get("", response_model=Changes, responses=PORTION)
def list_changes(
    request: Request,
    source: OfSource = None,
    region: OfRegion = None,
    year: OfYear = None,
    indicator: OfIndicator = None,
    kind: _Kind = None,
    severity: _Severity = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = USUAL,
    cursor: Cursor = None,
) -> Response:
    """The changes that fit, the newest first: what changes meanwhile moves nothing behind a cursor."""
    store = office_of(request).store
    require_source(store, source)
    key = key_of(indicator) if indicator else None
    wanted = Wanted(
        source=source,
        region=region,
        year=year,
        indicator=key,
        kind=kind,
        severity=severity,
        since=since,
        until=until,
    )
    found = cards(store, wanted, after=_after(cursor), limit=limit + 1)
    return portion(request, found, limit, lambda card: asdict(card.line), _place)


def _place(card: Card) -> tuple[str, str, int, int]:
    return "changes", card.at.isoformat(), card.page, card.version


def _after(cursor: str | None) -> str | None:
    """The cursor as `cards` has it."""
    if cursor is None:
        return None
    _, at, page, version = place_of(_PLACE, cursor)
    return f"{at.isoformat()}~{page}~{version}"
