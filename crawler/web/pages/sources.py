"""Sources: how each stands, and checking one now."""

import asyncio
import threading
from http import HTTPStatus

import structlog
from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from crawler.app import chosen_sources, run_once
from crawler.errors import CrawlerError
from crawler.web.asked import number_of, office_of, text_of
from crawler.web.office import Office
from crawler.web.rendering import page
from storage import queries

router = APIRouter()

PORTION = 100
log = structlog.get_logger()
_at_work = threading.Lock()


@router.get("/sources")
def sources(request: Request) -> Response:
    """Health at a glance, what fails first."""
    office = office_of(request)
    lines = sorted(queries.sources(office.store), key=lambda line: (not line.active, not line.failing, not line.failed))
    skip = number_of(request, "skip") or 0
    fault = None
    try:
        office.config()
    except CrawlerError as error:
        fault = str(error)
    shown = {
        "lines": lines[skip : skip + PORTION],
        "count": len(lines),
        "skip": skip,
        "portion": PORTION,
        "fault": fault,
        "daemon": office.is_at_work(),
        "asked": text_of(request, "asked"),
        "config_path": office.config_path,
    }
    return page(request, "sources.html", shown)


@router.post("/sources/{source}/check")
def check(request: Request, source: str) -> Response:
    """Check a source now: the daemon does within a second; where none is at work, this program does."""
    office = office_of(request)
    chosen_sources(office.config(), [source])
    if office.is_at_work():
        office.store.hasten(source, office.now())
    elif _at_work.acquire(blocking=False):
        threading.Thread(target=_round, args=(office, source), daemon=True).start()
    else:
        raise HTTPException(HTTPStatus.CONFLICT, "another round is under way; try again when it has ended")
    return RedirectResponse(f"/sources?asked={source}", HTTPStatus.SEE_OTHER)


def _round(office: Office, source: str) -> None:
    """What `crawler once --source` does."""
    try:
        asyncio.run(run_once(office.config(), office.store, sources=[source]))
    except CrawlerError as error:
        log.error("a round asked for in the dashboard failed", source=source, error=str(error))
    finally:
        _at_work.release()
