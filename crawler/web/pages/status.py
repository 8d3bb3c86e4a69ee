"""How the installation does, for people, and for what looks after programs."""

import json

from fastapi import APIRouter, Request
from starlette.responses import Response

from crawler.app import vitals_of
from crawler.errors import CrawlerError, StorageError
from crawler.health import Complaint, Vitals, complaints, vitals_json
from crawler.options import Config
from crawler.web.asked import office_of
from crawler.web.office import Office
from crawler.web.rendering import page
from crawler.web.troubles import told
from storage import queries, tallies

router = APIRouter()


@router.get("/status")
def status(request: Request) -> Response:
    """Everything that is past its limit, and the numbers."""
    office = office_of(request)
    config, fault = _config(office)
    vitals, found = _judged(office, config)
    language = request.state.taste.language
    shown = {
        "vitals": vitals,
        "troubles": [told(each, vitals, config.health, language) for each in found],
        "fault": fault,
        "due": office.store.next_due(),
        "size": tallies.size(office.store),
        "daemon": office.is_at_work(),
        "numbers": queries.numbers(office.store),
        "config_path": office.config_path,
        "database": office.store.database.name,
    }
    return page(request, "status.html", shown)


@router.get("/health")
def health(request: Request) -> Response:
    """503 past a limit; who is logged in or shows a token reads why (`crawler health --json`)."""
    office = office_of(request)
    try:
        vitals, found = health_of(office)
    except StorageError:
        return _said({"healthy": False}, 503)
    document = vitals_json(vitals, found) if request.state.visitor else {"healthy": not found}
    return _said(document, 503 if found else 200)


@router.get("/ready")
def ready(request: Request) -> Response:
    """200 as soon as pages can be served from the database."""
    try:
        office_of(request).store.standings()
    except StorageError:
        return _said({"ready": False}, 503)
    return _said({"ready": True}, 200)


def _said(document: object, status: int) -> Response:
    return Response(json.dumps(document, ensure_ascii=False), status, media_type="application/json")


def _config(office: Office) -> tuple[Config, str | None]:
    """The configuration, or the defaults and what is wrong with the file."""
    try:
        return office.config(), None
    except CrawlerError as error:
        return Config(channels={}, sources=()), str(error)


def health_of(office: Office) -> tuple[Vitals, list[Complaint]]:
    """How the installation does, and what is past its limit."""
    return _judged(office, _config(office)[0])


def _judged(office: Office, config: Config) -> tuple[Vitals, list[Complaint]]:
    vitals = vitals_of(config, office.store, office.now(), office.ticked_at())
    return vitals, complaints(vitals, config.health)
