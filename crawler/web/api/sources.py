"""The sources and how they fare; checking, pausing and resuming one."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Literal

from fastapi import APIRouter, Request
from pydantic import TypeAdapter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from crawler.config.editing import pause_source, resume_source
from crawler.web.api.answers import answer, place_of, portion
from crawler.web.api.description import PORTION
from crawler.web.api.parameters import USUAL, Cursor, Limit, SourceId
from crawler.web.api.shapes import Source, Sources
from crawler.web.api.standing import Asked, Switched
from crawler.web.asked import office_of
from crawler.web.office import Office
from crawler.web.pages.sources import begin_check, edit_source
from storage.watched import source_states
from storage.watched import sources as stored

router = APIRouter(prefix="/sources", tags=["sources"])

_PLACE = TypeAdapter(tuple[Literal["sources"], str])


@router.get("", response_model=Sources, responses=PORTION)
def list_sources(request: Request, limit: Limit = USUAL, cursor: Cursor = None) -> Response:
    """Every source ever named, by id."""
    store, after = office_of(request).store, place_of(_PLACE, cursor)[1] if cursor else ""
    names = sorted(each.source for each in source_states(store))
    wanted = [name for name in names if name > after][: limit + 1]
    lines = sorted(stored(store, wanted), key=lambda line: line.source)
    return portion(request, lines, limit, asdict, lambda line: ("sources", line.source))


@router.get("/{source}", response_model=Source)
def read_source(request: Request, source: SourceId) -> Response:
    """One source."""
    lines = stored(office_of(request).store, [source])
    if not lines:
        raise HTTPException(HTTPStatus.NOT_FOUND, "There is no such source.")
    return answer(asdict(lines[0]))


@router.post("/{source}/check", response_model=Asked, status_code=HTTPStatus.ACCEPTED)
def check_source(request: Request, source: SourceId) -> Response:
    """Have all that is watched of a source checked now."""
    by = begin_check(office_of(request), source)
    return answer({"source": source, "page": None, "by": by}, HTTPStatus.ACCEPTED)


@router.post("/{source}/pause", response_model=Switched)
def pause(request: Request, source: SourceId) -> Response:
    """Switch a source off in `sources.yaml`: nothing of it is checked, its history stays."""
    office = _knowing(request, source)
    edit_source(office, source, pause_source)
    return answer({"source": source, "enabled": False})


@router.post("/{source}/resume", response_model=Switched)
def resume(request: Request, source: SourceId) -> Response:
    """Switch it on again."""
    office = _knowing(request, source)
    edit_source(office, source, resume_source)
    return answer({"source": source, "enabled": True})


def _knowing(request: Request, source: str) -> Office:
    office = office_of(request)
    if source not in {each.id for each in office.config().sources}:
        raise HTTPException(HTTPStatus.NOT_FOUND, "There is no such source in sources.yaml.")
    return office
