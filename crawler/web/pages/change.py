"""A change: what became of the targets, then both texts, side by side or in one, a part at a time."""

from functools import partial
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from crawler.diff.beside import row_at
from crawler.live import LivePage
from crawler.model import value
from crawler.targets.match import compare_targets
from crawler.web.asked import number_of, office_of, reader_of
from crawler.web.display import Compared, Display, compared
from crawler.web.locale import marked
from crawler.web.pages.known import page_of, version_of
from crawler.web.refused import Refused
from crawler.web.rendering import page
from crawler.web.touched import shown_target, touched
from crawler.web.view import View, rows_asked, view_of
from crawler.wire import target_diff_json
from storage import queries
from storage.cards import mark_read
from storage.lines import VersionLine
from storage.past import Standing, beside
from storage.store import Store

router = APIRouter()

TARGETS = 60
"""Rows of the table of targets at a time."""


@value
class Pair:
    """Two versions of a page, both there."""

    page: Standing
    old: VersionLine
    new: VersionLine
    found: Compared
    live: LivePage
    view: View


@router.get("/pages/{number}/compare")
def compare(request: Request, number: int) -> Response:
    """Any two versions, chosen by a form."""
    old, new = number_of(request, "old"), number_of(request, "new")
    if old is None or new is None or old == new:
        raise Refused(400, marked("Choose two versions."))
    return RedirectResponse(f"/pages/{number}/versions/{max(old, new)}?from={min(old, new)}", HTTPStatus.SEE_OTHER)


@router.get("/pages/{number}/versions/{version}")
def change(request: Request, number: int, version: int) -> Response:
    """What a version changed from the one before (or from `from`)."""
    store = office_of(request).store
    if version == 1 or number_of(request, "from") == 0:
        return RedirectResponse(f"/pages/{number}/versions/{version}/text", HTTPStatus.SEE_OTHER)
    pair = _pair(request, store, number, version)
    rows, starts = pair.found.rows, pair.found.starts
    part = Display(rows, pair.view.ranges).part(number_of(request, "at") or 0, pair.live)
    mark_read(store, reader_of(request), [(number, version)])
    earlier, later = beside(store, number, version)
    shown = {
        "standing": pair.page,
        "view": pair.view,
        "old": pair.old,
        "new": pair.new,
        "earlier": earlier,
        "later": later,
        "kept": [(each.version, queries.kept(store, number, each.version)) for each in (pair.old, pair.new)],
        "changes": len(starts),
        "part": part,
        "to": partial(pair.view.change, starts, range(part.first, part.last + 1)),
        "size": len(rows),
        "live": pair.live.link(*rows[starts[0]].place) if starts else pair.page.url,
        **_targets(store, pair, number_of(request, "skip") or 0),
    }
    return page(request, "change.html", shown)


@router.get("/pages/{number}/versions/{version}/rows")
def rows(request: Request, number: int, version: int) -> Response:
    """What a fold hides, to be put in its place."""
    pair = _pair(request, office_of(request).store, number, version)
    return page(request, "rows.html", rows_asked(request, pair.view, pair.found.rows, pair.live))


def _pair(request: Request, store: Store, number: int, version: int) -> Pair:
    standing, old = page_of(store, number), number_of(request, "from")
    if old is not None and old >= version:
        raise Refused(404, marked("There is no version before version %(version)s."), version=version)
    after, before = (version_of(store, number, each) for each in (version, version - 1 if old is None else old))
    found = compared(store.text(number, before.version), store.text(number, version))
    # The addresses of parts are those of the newest version.
    parts = standing.parts if version == standing.version else ()
    return Pair(
        page=standing,
        old=before,
        new=after,
        found=found,
        live=LivePage(standing.url, found.diff.new, parts),
        view=view_of(request, f"/pages/{number}/versions/{version}", **{"from": old}),
    )


def _targets(store: Store, pair: Pair, skip: int) -> dict[str, Any]:
    """A portion of the targets that changed, came or went: as stored with the version, or compared now."""
    diff = pair.new.changes if pair.old.version == pair.new.version - 1 else None
    if diff is None:
        old, new = (store.targets(pair.page.page, each.version) for each in (pair.old, pair.new))
        diff = target_diff_json(compare_targets(old, new))
    every = touched(diff)
    return {
        "targets": [shown_target(*each, partial(_place, pair)) for each in every[skip : skip + TARGETS]],
        "touched": len(every),
        "skip": skip,
        "portion": TARGETS,
        "more": skip + TARGETS < len(every),
    }


def _place(pair: Pair, offset: int) -> str:
    """The address of the row that shows a place of the new text."""
    at = row_at(pair.found.rows, offset)
    if change := pair.found.rows[at].change:
        return f"{pair.view.address(at)}#c{change}"
    return f"{pair.view.address(at, opened=(at, at + 1))}#r{at}"
