"""The pages and how their checks fare; checking one."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import TypeAdapter
from starlette.responses import Response

from crawler.checks import Outcome
from crawler.web.api.answers import answer, place_of, portion
from crawler.web.api.description import PORTION
from crawler.web.api.parameters import USUAL, Cursor, Limit, Number, OfSource, Place, require_source
from crawler.web.api.shapes import Page, Pages
from crawler.web.api.standing import Asked
from crawler.web.asked import office_of
from crawler.web.pages.known import page_of
from crawler.web.pages.sources import begin_check
from storage import queries

router = APIRouter(prefix="/pages", tags=["pages"])

_PLACE = TypeAdapter(tuple[Literal["pages"], Place])
_Outcome = Annotated[Outcome | None, Query(description="Only with this outcome of the last check.")]


@router.get("", response_model=Pages, responses=PORTION)
def list_pages(
    request: Request, source: OfSource = None, outcome: _Outcome = None, limit: Limit = USUAL, cursor: Cursor = None
) -> Response:
    """The pages by number: what is found meanwhile comes at the end."""
    store, after = office_of(request).store, place_of(_PLACE, cursor)[1] if cursor else 0
    require_source(store, source)
    lines = queries.pages(store, source=source, state=outcome, after=after, limit=limit + 1)
    return portion(request, lines, limit, asdict, lambda line: ("pages", line.page))


@router.get("/{page}", response_model=Page)
def read_page(request: Request, page: Number) -> Response:
    """One page."""
    store = office_of(request).store
    page_of(store, page)
    return answer(asdict(queries.pages(store, page=page)[0]))


@router.post("/{page}/check", response_model=Asked, status_code=HTTPStatus.ACCEPTED)
def check_page(request: Request, page: Number) -> Response:
    """Have a page checked now."""
    office = office_of(request)
    source = page_of(office.store, page).source
    by = begin_check(office, source, page)
    return answer({"source": source, "page": page, "by": by}, HTTPStatus.ACCEPTED)
