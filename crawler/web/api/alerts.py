"""The outbox: what was told, how far it got, and trying again."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import TypeAdapter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from crawler.web.api.answers import answer, lost, place_of, portion
from crawler.web.api.description import PORTION
from crawler.web.api.parameters import (
    USUAL,
    AlertId,
    Cursor,
    Limit,
    OfChannel,
    OfSource,
    Since,
    require_source,
)
from crawler.web.api.shapes import Alert, Alerts
from crawler.web.api.standing import Due
from crawler.web.asked import office_of
from storage import queries

router = APIRouter(prefix="/alerts", tags=["alerts"])

_PLACE = TypeAdapter(tuple[Literal["alerts"], str])
_State = Annotated[
    Literal["pending", "delivered", "dead"] | None, Query(description="Only with a delivery in this state.")
]


@router.get("", response_model=Alerts, responses=PORTION)
def list_alerts(
    request: Request,
    state: _State = None,
    channel: OfChannel = None,
    source: OfSource = None,
    since: Since = None,
    limit: Limit = USUAL,
    cursor: Cursor = None,
) -> Response:
    """The alerts that fit, the newest first."""
    store, after = office_of(request).store, place_of(_PLACE, cursor)[1] if cursor else None
    require_source(store, source)
    if after is not None and not queries.alerts(store, alert=after):
        raise lost()  # it was pruned meanwhile
    lines = queries.alerts(
        store, source=source, state=state, channel=channel, since=since, after=after, limit=limit + 1
    )
    return portion(request, lines, limit, asdict, lambda line: ("alerts", line.id))


@router.post("/retry", response_model=Due)
def retry_alerts(request: Request) -> Response:
    """Make all that was not delivered due at once."""
    return _retried(request, None)


@router.get("/{alert}", response_model=Alert)
def read_alert(request: Request, alert: AlertId) -> Response:
    """One alert."""
    lines = queries.alerts(office_of(request).store, alert=alert)
    if not lines:
        raise HTTPException(HTTPStatus.NOT_FOUND, "There is no such alert.")
    return answer(asdict(lines[0]))


@router.post("/{alert}/retry", response_model=Due)
def retry_alert(request: Request, alert: AlertId) -> Response:
    """Make what was not delivered of an alert due at once."""
    return _retried(request, alert)


def _retried(request: Request, alert: str | None) -> Response:
    office = office_of(request)
    count = office.store.outbox.retry(alert, office.now())
    if alert is not None and not count:
        raise HTTPException(HTTPStatus.NOT_FOUND, "Nothing of this alert waits or was given up.")
    return answer({"deliveries": count})
