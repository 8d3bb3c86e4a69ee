"""The application: the pages behind the doorkeeper, and errors as pages of their own."""

from http import HTTPStatus
from mimetypes import guess_type

import structlog
from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp

from crawler.errors import StorageError, UsageError
from crawler.web.attempts import Attempts
from crawler.web.doorkeeper import Doorkeeper
from crawler.web.office import Office
from crawler.web.pages import alerts, changes, login, pages, sources, status, targets
from crawler.web.refusal import Refusal
from crawler.web.rendering import STATIC

log = structlog.get_logger()

_FILES = {path.name for path in STATIC.iterdir() if path.suffix in (".css", ".js", ".svg")}
_YEAR = 365 * 86_400


def create_app(office: Office) -> ASGIApp:
    """The dashboard over one store."""
    app = FastAPI(title="crawler", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.office = office
    app.state.attempts = Attempts()
    for router in (
        login.router,
        changes.router,
        pages.router,
        targets.router,
        sources.router,
        alerts.router,
        status.router,
    ):
        app.include_router(router)
    app.add_api_route("/static/{name}", _static, include_in_schema=False)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(UsageError, _not_found)
    app.add_exception_handler(StorageError, _no_store)
    app.add_exception_handler(Exception, _bug)
    return Doorkeeper(app, office, app.state.attempts)


async def _static(name: str) -> Response:
    """One of our files, kept by browsers for as long as its address stays."""
    if name not in _FILES:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    content = await run_in_threadpool((STATIC / name).read_bytes)
    headers = {"Cache-Control": f"public, max-age={_YEAR}, immutable"}
    return Response(content, headers=headers, media_type=guess_type(name)[0])


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
    detail = error.detail if isinstance(error, HTTPException) else ""
    return Refusal(status, detail if detail != HTTPStatus(status).phrase else "").answer(request)


async def _not_found(request: Request, error: Exception) -> Response:
    """What a person asked for is not there, or was asked for in a way that makes no sense."""
    return Refusal(HTTPStatus.NOT_FOUND, str(error)).answer(request)


async def _no_store(request: Request, error: Exception) -> Response:
    log.error("the database cannot be used", error=str(error))
    return Refusal(HTTPStatus.SERVICE_UNAVAILABLE, str(error)).answer(request)


async def _bug(request: Request, error: Exception) -> Response:
    log.error("a page failed on a bug", path=request.url.path, exc_info=error)
    return Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, "internal error; the log has the details").answer(request)
