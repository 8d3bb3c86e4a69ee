"""Answers: JSON as the commands print it, in portions that name the next one."""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import quote, urlencode

from fastapi import Request
from pydantic import TypeAdapter, ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from crawler.harmless import json_text
from crawler.model import Json

T = TypeVar("T")


def answer(document: Json, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """The document; what steers a screen stands in it as escapes."""
    return Response(json_text(document), status, headers, "application/json")


def portion(
    request: Request,
    lines: Sequence[T],
    limit: int,
    told: Callable[[T], Json],
    place: Callable[[T], Sequence[Json]],
) -> Response:
    """At most `limit` of the lines, which are one more if there is more; `place` says where a line stands."""
    following = place(lines[limit - 1]) if len(lines) > limit else None
    return portion_before(request, [told(line) for line in lines[:limit]], following)


def portion_before(request: Request, items: Sequence[Json], following: Sequence[Json] | None) -> Response:
    """These items, and the place where the next portion begins; None: there is none."""
    cursor = _cursor(following) if following else None
    document = {"items": items, "next": cursor}
    return answer(document, headers={"Link": _link(request, cursor)} if cursor else None)


def place_of(form: TypeAdapter[T], cursor: str) -> T:
    """Where a cursor stands, in the form that its list has."""
    try:
        return form.validate_json(base64.b64decode(cursor.encode("ascii"), b"-_", validate=True))
    except (ValidationError, binascii.Error, UnicodeEncodeError):
        raise lost() from None


def lost() -> HTTPException:
    """A cursor that leads nowhere, or no longer."""
    return HTTPException(HTTPStatus.NOT_FOUND, "This place in the list does not exist; begin at its top.")


def _cursor(place: Sequence[Json]) -> str:
    return base64.urlsafe_b64encode(json_text(place, separators=(",", ":")).encode()).decode()


def _link(request: Request, cursor: str) -> str:
    left = [(name, item) for name, item in request.query_params.multi_items() if name != "cursor"]
    return f'<{quote(request.scope["path"])}?{urlencode([*left, ("cursor", cursor)])}>; rel="next"'
