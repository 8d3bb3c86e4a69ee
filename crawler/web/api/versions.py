"""The versions of a page: what each changed, its text, and what differs between any two."""

from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import TypeAdapter
from starlette.responses import Response

from crawler.cli.documents import diff_json
from crawler.cli.stored import change_of, shown_json
from crawler.web.api.answers import answer, place_of, portion
from crawler.web.api.description import PORTION
from crawler.web.api.parameters import LARGEST, USUAL, Cursor, Limit, Number, Place, VersionNumber
from crawler.web.api.shapes import Diff, Text, Versions
from crawler.web.asked import office_of
from crawler.web.pages.known import page_of, version_of
from storage import queries
from storage.past import timeline

router = APIRouter(prefix="/pages/{page}", tags=["versions"])

_PLACE = TypeAdapter(tuple[Literal["versions"], Place])
_Old = Annotated[int | None, Query(ge=1, le=LARGEST, description="Default: the one before `new`.")]
_New = Annotated[int | None, Query(ge=1, le=LARGEST, description="Default: the newest one that is a change.")]


@router.get("/versions", response_model=Versions, responses=PORTION)
def list_versions(request: Request, page: Number, limit: Limit = USUAL, cursor: Cursor = None) -> Response:
    """The versions of a page, the newest first."""
    store, below = office_of(request).store, place_of(_PLACE, cursor)[1] if cursor else None
    page_of(store, page)
    lines = timeline(store, page, below=below, limit=limit + 1)
    return portion(request, lines, limit, asdict, lambda line: ("versions", line.version))


@router.get("/versions/{version}", response_model=Text)
def read_version(request: Request, page: Number, version: VersionNumber) -> Response:
    """A version with its text."""
    store = office_of(request).store
    page_of(store, page)
    version_of(store, page, version)
    return answer(shown_json(queries.show(store, page, version)))


@router.get("/diff", response_model=Diff)
def read_diff(request: Request, page: Number, old: _Old = None, new: _New = None) -> Response:
    """What differs between two versions, in text and targets; without numbers the newest change."""
    store = office_of(request).store
    page_of(store, page)
    return answer(diff_json(*change_of(store, page, new, old)))
