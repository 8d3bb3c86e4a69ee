"""Pages and their versions: a timeline, any two compared, the text, and the bytes it was read from."""

from datetime import UTC
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from crawler.diff import TextDiff, diff_texts
from crawler.live import LivePage
from crawler.reports import label
from crawler.targets.match import compare_targets
from crawler.web.asked import number_of, office_of, reader_of, text_of
from crawler.web.rendering import page
from crawler.wire import target_diff_json, target_json
from storage import queries
from storage.cards import mark_read
from storage.lines import PageLine
from storage.store import Store

router = APIRouter()

PORTION = 50
"""Pages of the list at a time."""
PASSAGES = 60
"""Changed passages of a comparison at a time."""
CONTEXT = 1
"""Unchanged paragraphs around a change."""
CHARACTERS = 60_000
"""Of a text shown at a time."""
RAW = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Content-Disposition": "inline",
    "X-Frame-Options": "DENY",
}
"""Bytes of a stranger's page: shown as text that does nothing."""


@router.get("/pages")
def pages(request: Request) -> Response:
    """The pages that are watched, a portion at a time."""
    source, state = text_of(request, "source"), text_of(request, "state")
    skip = number_of(request, "skip") or 0
    lines = queries.pages(office_of(request).store, source=source, state=state, limit=PORTION + 1, skip=skip)
    shown = {
        "lines": lines[:PORTION],
        "skip": skip,
        "portion": PORTION,
        "more": len(lines) > PORTION,
        "source": source,
        "state": state,
    }
    return page(request, "pages.html", shown)


@router.get("/pages/{number}")
def one_page(request: Request, number: int) -> Response:
    """A page: how it stands, its versions, and the targets of the newest."""
    store = office_of(request).store
    line, versions = _page(store, number), queries.versions(store, number)
    found = store.targets(number, line.version) if line.version else ()
    targets = [{**target_json(target), "report": label(target.report)} for target in found if target.status == "target"]
    shown = {"line": line, "versions": versions[::-1], "targets": targets, "portion": 200}
    return page(request, "page.html", shown)


@router.get("/pages/{number}/compare")
def compare(request: Request, number: int) -> Response:
    """Any two versions, chosen by a form."""
    old, new = number_of(request, "old"), number_of(request, "new")
    if old is None or new is None or old == new:
        raise HTTPException(HTTPStatus.BAD_REQUEST, "choose two versions")
    old, new = sorted((old, new))
    return RedirectResponse(f"/pages/{number}/versions/{new}?from={old}", HTTPStatus.SEE_OTHER)


@router.get("/pages/{number}/versions/{version}")
def change(request: Request, number: int, version: int) -> Response:
    """What a version changed from the one before (or from `from`): targets first, then the text."""
    office = office_of(request)
    line, versions = _page(office.store, number), queries.versions(office.store, number)
    old = number_of(request, "from") or version - 1
    if not 0 <= old < version <= len(versions):
        raise HTTPException(HTTPStatus.NOT_FOUND, f"page {number} has no version {version}, or none before {old}")
    if not old:
        return RedirectResponse(f"/pages/{number}/versions/{version}/text", HTTPStatus.SEE_OTHER)
    text = diff_texts(office.store.text(number, old), office.store.text(number, version))
    targets = compare_targets(office.store.targets(number, old), office.store.targets(number, version))
    mark_read(office.store, reader_of(request), [(number, version)])
    changed = [each.version for each in versions if each.version > 1 and not each.note]
    shown: dict[str, Any] = {
        "line": line,
        "old": versions[old - 1],
        "new": versions[version - 1],
        "targets": target_diff_json(targets),
        "label": label,
        "live": _live(line.url, text),
        "earlier": max((each for each in changed if each < version), default=None),
        "later": min((each for each in changed if each > version), default=None),
        **_passages(text, number_of(request, "skip") or 0),
        "view": "inline" if text_of(request, "view") == "inline" else "beside",
    }
    return page(request, "change.html", shown)


@router.get("/pages/{number}/versions/{version}/text")
def text_of_version(request: Request, number: int, version: int) -> Response:
    """A version's whole text, a stretch at a time."""
    store = office_of(request).store
    line, shown = _page(store, number), queries.show(store, number, version)
    skip = number_of(request, "skip") or 0
    paragraphs, size = [], 0
    for paragraph in shown.body.split("\n")[skip:]:
        if size > CHARACTERS:
            break
        paragraphs.append(paragraph)
        size += len(paragraph)
    following = skip + len(paragraphs)
    more = following if following < shown.body.count("\n") + 1 else None
    captures = queries.kept(store, number, version)
    return page(
        request,
        "text.html",
        {"line": line, "shown": shown, "paragraphs": paragraphs, "more": more, "skip": skip, "captures": captures},
    )


@router.get("/pages/{number}/versions/{version}/raw/{part}")
def raw(request: Request, number: int, version: int, part: int) -> Response:
    """The bytes of one address of a version, as plain text."""
    captures = queries.captures(office_of(request).store, number, version)
    if not 0 < part <= len(captures) or not captures[part - 1].content:
        raise HTTPException(HTTPStatus.NOT_FOUND, "these bytes are not kept")
    capture = captures[part - 1]
    stated = {"X-Fetched-At": capture.fetched_at.astimezone(UTC).isoformat(), "X-SHA256": capture.sha256}
    return Response(capture.content, headers={**RAW, **stated}, media_type="text/plain")


def _page(store: Store, number: int) -> PageLine:
    found = queries.pages(store, page=number)
    if not found:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"there is no page {number}")
    return found[0]


def _live(url: str, text: TextDiff) -> str:
    """The live page, scrolled to the first change."""
    hunk = next(iter(text.hunks), None)
    return LivePage(url, text.new).link(hunk.new_start, hunk.new_end) if hunk else url


def _passages(text: TextDiff, skip: int) -> dict[str, Any]:
    """A portion of the changed passages, each with its number among the changes."""
    every = text.passages(CONTEXT)
    return {
        "passages": [{"number": skip + at + 1, "of": each} for at, each in enumerate(every[skip : skip + PASSAGES])],
        "count": len(every),
        "skip": skip,
        "portion": PASSAGES,
        "following": skip + PASSAGES if skip + PASSAGES < len(every) else None,
    }
