"""Metrics for Prometheus, open to tokens with the scope `read` like every other page."""

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector, generate_latest
from starlette.responses import Response

from crawler.web.asked import office_of
from crawler.web.metrics import Measured, Report
from crawler.web.pages.status import health_of
from storage import tallies

router = APIRouter()


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Everything, measured now."""
    office = office_of(request)
    vitals, found = health_of(office)
    measured = Measured(
        vitals=vitals,
        complaints=tuple(found),
        stored=tallies.stored(office.store),
        totals=tallies.totals(office.store),
        database_bytes=tallies.size(office.store),
    )
    registry = CollectorRegistry()
    registry.register(Report(measured))
    ProcessCollector(registry=registry)
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
