"""How the installation does."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from crawler.app import vitals_of
from crawler.health import complaints, vitals_json
from crawler.web.api.answers import answer
from crawler.web.api.standing import Status
from crawler.web.asked import office_of

router = APIRouter(prefix="/status", tags=["status"])


@router.get("", response_model=Status)
def read_status(request: Request) -> Response:
    """What passes a limit of `health`, and the numbers; with status 200 either way (`/health` says 503)."""
    office = office_of(request)
    config = office.config()
    vitals = vitals_of(config, office.store, office.now(), office.ticked_at())
    return answer(vitals_json(vitals, complaints(vitals, config.health)))
