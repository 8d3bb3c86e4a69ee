"""The application: the pages behind the doorkeeper, and errors as pages of their own."""

from http import HTTPStatus
from mimetypes import guess_type

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from crawler.errors import ConfigError, StorageError, UsageError
from crawler.web.api.app import ROOT, create_api
from crawler.web.attempts import Attempts
from crawler.web.doorkeeper import BUSY, Doorkeeper
from crawler.web.locale import marked
from crawler.web.office import Office
from crawler.web.pages import (
    alerts,
    change,
    changes,
    compare,
    feeds,
    login,
    metrics,
    pages,
    removal,
    search,
    source,
    sources,
    status,
    targets,
    texts,
)
from crawler.web.refusal import Refusal
from crawler.web.refused import Refused
from crawler.web.rendering import STATIC, asset
from crawler.web.turns import Turns

log = structlog.get_logger()

_FILES = {path.name for path in STATIC.iterdir() if path.suffix in (".css", ".js", ".svg")}
_YEAR = 365 * 86_400


def create_app(office: Office) -> Doorkeeper:
    """The dashboard over one store, an ASGI application."""
    app = FastAPI(title="crawler", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.office = office
    app.state.attempts = Attempts()
    app.state.turns = Turns()
    for router in (
        login.router,
        changes.router,
        feeds.router,
        pages.router,
        change.router,
        compare.router,
        texts.router,
        targets.router,
        search.router,
        source.router,
        removal.router,
        sources.router,
        alerts.router,
        status.router,
        metrics.router,
    ):
        app.include_router(router)
    app.add_api_route("/static/{name}", _static, include_in_schema=False)
    api = create_api(office)
    app.mount(ROOT, api)
    for each in (app, api):
        _answer_errors(each)
    app.add_exception_handler(RequestValidationError, _no_number)
    return Doorkeeper(app, office, app.state.attempts)


def _answer_errors(app: FastAPI) -> None:
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(UsageError, _not_found)
    app.add_exception_handler(ConfigError, _no_configuration)
    app.add_exception_handler(StorageError, _no_store)
    app.add_exception_handler(Exception, _bug)


async def _static(request: Request, name: str) -> Response:
    """One of our files; under its full address, which says what is in it, browsers keep it."""
    if name not in _FILES:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    content = await run_in_threadpool((STATIC / name).read_bytes)
    whole = f"{request.scope['path']}?{request.scope['query_string'].decode('latin-1')}" == asset(name)
    kept = f"public, max-age={_YEAR}, immutable" if whole else "no-cache"
    return Response(content, headers={"Cache-Control": kept}, media_type=guess_type(name)[0])


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 (what it is registered for)
    if isinstance(error, Refused):
        return Refusal(error.status_code, error.message, values=error.values).answer(request)
    detail = error.detail if error.detail != HTTPStatus(error.status_code).phrase else ""
    return Refusal(error.status_code, detail, headers=error.headers).answer(request)


async def _no_number(request: Request, _error: Exception) -> Response:
    """An address with something else where a number belongs."""
    return Refusal(HTTPStatus.NOT_FOUND, "").answer(request)


async def _not_found(request: Request, error: Exception) -> Response:
    """What a person asked for is not there, or was asked for in a way that makes no sense."""
    return Refusal(HTTPStatus.NOT_FOUND, marked("Not there: %(said)s"), values={"said": error}).answer(request)


async def _no_configuration(request: Request, error: Exception) -> Response:
    """What was asked for needs sources.yaml, and that has faults."""
    said = marked("sources.yaml has to be mended first: %(said)s")
    return Refusal(HTTPStatus.CONFLICT, said, values={"said": error}).answer(request)


async def _no_store(request: Request, error: Exception) -> Response:
    log.error("the database cannot be used", error=str(error))
    reason = marked("It is tried again when you load this page again.")
    return Refusal(HTTPStatus.SERVICE_UNAVAILABLE, reason, wait=BUSY).answer(request)


async def _bug(request: Request, _error: Exception) -> Response:
    """The server logs it, with its trace."""
    reason = marked("This is a fault of the program; its log says more.")
    return Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, reason).answer(request)
