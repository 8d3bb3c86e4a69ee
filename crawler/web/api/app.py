"""The application behind `/api/v1`: its routes, its errors, and the document that describes both."""

from http import HTTPStatus
from typing import Any

from fastapi import Depends, FastAPI, Request, Security
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer
from starlette.responses import Response

from crawler import __version__
from crawler.web.api import alerts, changes, description, pages, search, sources, status, targets, versions
from crawler.web.api.parameters import each_known_and_once
from crawler.web.office import Office
from crawler.web.refusal import Refusal

ROOT = "/api/v1"
_BEARER = HTTPBearer(scheme_name="token", auto_error=False, description=description.TOKEN)


def create_api(office: Office) -> FastAPI:
    """The API over one store; the doorkeeper has let in whoever gets here, errors are registered by the dashboard."""
    api = FastAPI(
        title="Report monitor",
        version=__version__,
        description=description.ABOUT,
        servers=[{"url": ROOT}],
        root_path_in_servers=False,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Security(_BEARER), Depends(each_known_and_once)],
        responses=description.ERRORS,
        generate_unique_id_function=_name,
    )
    api.state.office = office
    for module in (sources, pages, versions, targets, changes, search, alerts, status):
        api.include_router(module.router)
    api.add_exception_handler(RequestValidationError, _unfit)
    whole = api.openapi

    def openapi() -> dict[str, Any]:
        if api.openapi_schema is None:
            api.openapi_schema = description.mended(whole())
        return api.openapi_schema

    vars(api)["openapi"] = openapi
    return api


def _name(route: APIRoute) -> str:
    return route.name


def _said(message: str) -> str:
    return message.removeprefix("Value error, ")


async def _unfit(request: Request, error: Exception) -> Response:
    """Every parameter that makes no sense, and why."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 (what it is registered for)
    errors = [
        {"in": str(each["loc"][0]), "name": str(each["loc"][-1]), "detail": _said(each["msg"])}
        for each in error.errors()
    ]
    detail = "; ".join(f"{each['name']}: {each['detail']}" for each in errors)
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, detail, more={"errors": errors}).answer(request)
