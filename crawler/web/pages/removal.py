"""Taking a source out of sources.yaml, after it was asked whether that is meant; what is stored of it stays."""

import os
from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from crawler import sourcefile
from crawler.config.editing import remove_source
from crawler.errors import UsageError
from crawler.sourcefile import Seen
from crawler.web.asked import office_of
from crawler.web.rendering import page
from crawler.web.watchlist import keys_of, read_file

router = APIRouter()

_SHOWN = 60
"""Lines of the file."""


@router.get("/sources/{source}/remove")
def ask_removal(request: Request, source: str) -> Response:
    """What would be taken out of the file."""
    return _removal(request, source, read_file(request))


@router.post("/sources/{source}/remove")
def remove(request: Request, source: str) -> Response:
    """Take a source out of the file; what is stored of it stays."""
    path, seen = office_of(request).config_path, read_file(request)
    if (seen.digest or "") != request.state.form.get("seen", ""):
        return _removal(request, source, seen, changed=True)
    try:
        sourcefile.replace(path, remove_source(seen.text, source, os.environ, path), seen.digest)
    except UsageError as error:
        return _removal(request, source, read_file(request), error=str(error))
    return RedirectResponse(f"/sources?{urlencode({'removed': source})}", HTTPStatus.SEE_OTHER)


def _removal(request: Request, source: str, seen: Seen, *, changed: bool = False, error: str = "") -> Response:
    path = office_of(request).config_path
    title = keys_of(seen, source, path).get("title")
    try:
        lines = _gone(seen.text, remove_source(seen.text, source, os.environ, path))
    except UsageError as fault:
        lines, error = [], error or str(fault)
    shown = {
        "source": source,
        "title": title or source,
        "seen": seen.digest or "",
        "lines": lines[:_SHOWN],
        "more": max(0, len(lines) - _SHOWN),
        "changed": changed,
        "error": error,
        "config_path": path,
    }
    return page(request, "removal.html", shown, HTTPStatus.CONFLICT if changed or error else HTTPStatus.OK)


def _gone(before: str, after: str) -> list[str]:
    """The lines that one of two texts has more."""
    old, new = before.splitlines(), after.splitlines()
    start = _alike(old, new)
    return old[start : len(old) - _alike(old[start:][::-1], new[start:][::-1])]


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """With so many equal lines both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (line, also) in pairs if line != also), min(len(one), len(other)))
