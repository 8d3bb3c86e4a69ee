"""What requests may ask for: typed, bounded, each parameter known and given once."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Path, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BeforeValidator, Field
from starlette.exceptions import HTTPException

from storage.store import Store
from storage.watched import sources

USUAL, MOST = 50, 200
"""Items of a portion."""
LARGEST = 2**53 - 1
"""Of a number: what every reader of JSON can hold."""
_LONGEST = 500
_ALERT = "5d0a3c0e-7f0b-5c39-9d53-0c6f8a1f4b1e"
LINE = r"^[^\x00-\x1f\x7f]+$"
"""A text without controls."""
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:[Zz]|[+-]\d\d:\d\d)", re.ASCII)

_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def _instant(given: object) -> datetime:
    """An instant in UTC; one beyond what a calendar holds is the first or the last there is."""
    if not (isinstance(given, str) and _INSTANT.fullmatch(given)):
        raise ValueError("an instant with its zone is needed: 2026-11-22T08:00:00Z")
    moment = datetime.fromisoformat(given.upper())
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return _FIRST if moment.year == 1 else _LAST


def _line(described: str, **more: Any) -> Any:  # noqa: ANN401 (as FastAPI declares it)
    return Query(min_length=1, max_length=_LONGEST, pattern=LINE, description=described, **more)


Number = Annotated[int, Path(ge=1, le=LARGEST, description="The page's number.", examples=[1])]
VersionNumber = Annotated[int, Path(ge=1, le=LARGEST, description="The version's number.", examples=[2])]
SourceId = Annotated[str, Path(max_length=_LONGEST, description="The source's id.", examples=["jinhua-2024"])]
AlertId = Annotated[str, Path(max_length=_LONGEST, description="The alert's id.", examples=[_ALERT])]
Place = Annotated[int, Field(ge=0, le=2**63 - 1)]
Signed = Annotated[int, Field(ge=1 - 2**63, le=2**63 - 1)]
Moment = Annotated[datetime, BeforeValidator(_instant)]
"""Within a cursor, which anybody may make up."""
Limit = Annotated[int, Query(ge=1, le=MOST, description="At most so many items.")]
Cursor = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=_LONGEST,
        description="`next` of the portion before; without it the list begins. It says nothing to anybody else.",
    ),
]
OfSource = Annotated[str | None, _line("Only of this source.", examples=["jinhua-2024"])]
OfChannel = Annotated[str | None, _line("Only with a delivery to this channel.", examples=["desk"])]
OfRegion = Annotated[str | None, _line("Only of reports of this region.", examples=["金华市"])]
OfYear = Annotated[int | None, Query(ge=0, le=9999, description="Only of reports of this year.", examples=[2024])]
OfIndicator = Annotated[
    str | None, _line("Only of this indicator, by any of its names.", examples=["GDP", "地区生产总值"])
]
Since = Annotated[datetime | None, BeforeValidator(_instant), Query(description="From this instant on.")]
Until = Annotated[datetime | None, BeforeValidator(_instant), Query(description="Before this instant.")]


def each_known_and_once(request: Request) -> None:
    """A parameter that is mistyped or given twice is refused: what it meant would be guessed."""
    known = {field.alias for field in request.scope["route"].dependant.query_params}
    names = [name for name, _ in request.query_params.multi_items()]
    faults = [(name, "there is no such parameter") for name in dict.fromkeys(names) if name not in known]
    faults += [(name, "it is given more than once") for name in sorted(known) if names.count(name) > 1]
    if faults:
        raise RequestValidationError([{"loc": ("query", name), "msg": why} for name, why in faults])


def require_source(store: Store, source: str | None) -> None:
    """A list narrowed to a source that was never named would only be empty."""
    if source is not None and not sources(store, [source]):
        raise HTTPException(404, "There is no such source.")
