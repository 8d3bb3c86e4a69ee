"""Full-text search, as the dashboard's page has it: pages, and where they say the words."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import TypeAdapter
from starlette.responses import Response

from crawler.search import parse_query
from crawler.search.query import LONGEST
from crawler.web.api.answers import place_of, portion_before
from crawler.web.api.description import PORTION
from crawler.web.api.parameters import (
    LINE,
    USUAL,
    Cursor,
    Limit,
    OfRegion,
    OfSource,
    OfYear,
    Place,
    require_source,
)
from crawler.web.api.shapes import FoundPages
from crawler.web.asked import office_of
from crawler.wire import instant
from storage.search.finding import Found, Where, search

router = APIRouter(prefix="/search", tags=["search"])

_PLACE = TypeAdapter(tuple[Literal["search"], Place])
_Words = Annotated[
    str,
    Query(
        min_length=1,
        max_length=LONGEST,
        pattern=LINE,
        description="Words between blanks, all of which a text must say; between quotation marks one with blanks. "
        "Signs alone find nothing.",
        examples=["粮食 就业"],
    ),
]
_Versions = Annotated[Literal["newest", "all"], Query(description="Search the newest version of each page, or all.")]


@router.get("", response_model=FoundPages, responses=PORTION)
def find_pages(
    request: Request,
    q: _Words,
    versions: _Versions = "newest",
    source: OfSource = None,
    region: OfRegion = None,
    year: OfYear = None,
    limit: Limit = USUAL,
    cursor: Cursor = None,
) -> Response:
    """The pages that say all words, the one found last first; a portion may hold fewer than asked, and none, before
    the last.
    """
    store = office_of(request).store
    require_source(store, source)
    where = Where(source=source, region=region, year=year, any_version=versions == "all")
    after = str(place_of(_PLACE, cursor)[1]) if cursor else None
    findings = search(store, parse_query(q), where, after=after, limit=limit)
    following = ("search", int(findings.after)) if findings.after else None
    return portion_before(request, [*map(_told, findings.found)], following)


def _told(found: Found) -> dict[str, Any]:
    return {**asdict(found), "at": instant(found.at)}
