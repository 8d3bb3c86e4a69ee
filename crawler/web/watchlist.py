"""sources.yaml for the pages that edit it: as it is now, or why not as an answer of its own."""

from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request

from crawler import sourcefile
from crawler.config.editing import source_ids, source_keys
from crawler.errors import UsageError
from crawler.sourcefile import Seen
from crawler.web.asked import office_of
from crawler.web.locale import marked
from crawler.web.refused import Refused

_NAME = 60
"""Characters of an id that is not there."""


def read_file(request: Request) -> Seen:
    """The file as it is now."""
    try:
        return sourcefile.read(office_of(request).config_path)
    except UsageError as error:
        raise HTTPException(HTTPStatus.CONFLICT, str(error)) from None


def keys_of(seen: Seen, source: str, path: str) -> dict[str, Any]:
    """What the file says of a source; an answer of its own where it says nothing, and where it cannot be read."""
    try:
        return source_keys(seen.text, source, path)
    except UsageError as error:
        if _is_legible(seen, path):
            raise Refused(404, marked("There is no source %(name)s in the file."), name=source[:_NAME]) from None
        raise HTTPException(HTTPStatus.CONFLICT, str(error)) from None


def _is_legible(seen: Seen, path: str) -> bool:
    try:
        source_ids(seen.text, path)
    except UsageError:
        return False
    return True
