"""A version by itself: its text, and the bytes it was read from."""

from datetime import UTC
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from crawler.charset import decode
from crawler.diff.beside import row_at
from crawler.live import LivePage
from crawler.search import parse_query
from crawler.search.units import says, seen
from crawler.web.asked import number_of, office_of, text_of
from crawler.web.display import Display, compared
from crawler.web.locale import marked
from crawler.web.pages.known import page_of, version_of
from crawler.web.refused import Refused
from crawler.web.rendering import page
from storage import queries

router = APIRouter()

CHARACTERS = 20_000
"""Of a text at a time."""
RAW = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Content-Disposition": "inline",
    "X-Frame-Options": "DENY",
}
"""Bytes of a stranger's page: shown as text that does nothing."""
_CHARSETS = {
    "gb18030": "gb18030",
    "big5hkscs": "big5",
    "cp950": "big5",
    "utf-16-le": "utf-16le",
    "utf-16-be": "utf-16be",
}
"""As browsers name them; whatever else is told as UTF-8."""


@router.get("/pages/{number}/versions/{version}/text")
def text(request: Request, number: int, version: int) -> Response:
    """A version's text, a part at a time; with `target`, a number among its targets, the part in which that stands,
    with `q` the one that says one of these words first.
    """
    store = office_of(request).store
    standing, line = page_of(store, number), version_of(store, number, version)
    found = compared(*[store.text(number, version)] * 2)
    target = number_of(request, "target")
    if target is not None:
        targets = store.targets(number, version)
        if target >= len(targets):
            raise Refused(404, marked("There is no such target."))
        return _at(number, version, row_at(found.rows, targets[target].start))
    words = parse_query(text_of(request, "q") or "").words
    said = (at for at, row in enumerate(found.rows) if any(says(word, seen(row.after)) for word in words))
    if (first := next(said, None)) is not None:
        return _at(number, version, first)
    whole = Display(found.rows, [range(len(found.rows))], CHARACTERS)
    shown: dict[str, Any] = {
        "standing": standing,
        "line": line,
        "part": whole.part(number_of(request, "at") or 0, LivePage("", "")),
        "kept": queries.kept(store, number, version),
    }
    return page(request, "text.html", shown)


def _at(number: int, version: int, row: int) -> Response:
    return RedirectResponse(f"/pages/{number}/versions/{version}/text?at={row}#r{row}", 303)


@router.get("/pages/{number}/versions/{version}/raw/{part}")
def raw(request: Request, number: int, version: int, part: int) -> Response:
    """The bytes of one address of a version, as plain text."""
    store = office_of(request).store
    version_of(store, number, version)
    captures = queries.captures(store, number, version)
    if not 0 < part <= len(captures) or not captures[part - 1].content:
        raise Refused(404, marked("These bytes are not kept any more."))
    capture = captures[part - 1]
    charset = _CHARSETS.get(decode(capture.content, capture.headers.get("content-type", ""))[1], "utf-8")
    stated = {"X-Fetched-At": capture.fetched_at.astimezone(UTC).isoformat(), "X-SHA256": capture.sha256}
    return Response(capture.content, headers={**RAW, **stated}, media_type=f"text/plain; charset={charset}")
