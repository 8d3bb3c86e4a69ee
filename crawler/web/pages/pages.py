"""The pages that are watched, and one of them: how it stands, its versions, and the targets of the newest."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from crawler.errors import UsageError
from crawler.reports import label
from crawler.targets import describe
from crawler.web.asked import number_of, office_of, text_of
from crawler.web.locale import marked
from crawler.web.pages.known import page_of
from crawler.web.refused import Refused
from crawler.web.rendering import page
from storage import queries
from storage.comparisons import lines
from storage.episodes import episodes
from storage.lines import VersionLine
from storage.past import kin, promised, promises, timeline

router = APIRouter()

PORTION = 50
"""Pages of the list at a time."""
VERSIONS = 30
TARGETS = 80
"""Of the newest version, at a time."""


@router.get("/pages")
def pages(request: Request) -> Response:
    """The pages that are watched, a portion at a time."""
    source, state = text_of(request, "source"), text_of(request, "state")
    skip, fresh = number_of(request, "skip") or 0, False
    office = office_of(request)
    try:
        found = queries.pages(office.store, source=source, state=state, limit=PORTION + 1, skip=skip)
    except UsageError:
        if not any(each.id == source for each in office.config().sources):
            raise Refused(404, marked("No source %(name)s is stored."), name=source) from None
        found, fresh = [], True
    shown = {
        "lines": found[:PORTION],
        "skip": skip,
        "portion": PORTION,
        "more": len(found) > PORTION,
        "source": source,
        "state": state,
        "fresh": fresh,
    }
    return page(request, "pages.html", shown)


@router.get("/pages/{number}")
def one_page(request: Request, number: int) -> Response:
    """A page: how it stands, its versions, other prints of its report, and what it promises."""
    store = office_of(request).store
    standing = page_of(store, number)
    versions = timeline(store, number, below=number_of(request, "below"), limit=VERSIONS + 1)
    report, skip = text_of(request, "report"), number_of(request, "skip") or 0
    targets = promised(store, number, report, limit=TARGETS + 1, skip=skip)
    prints = lines(store.database, number)
    printed = {each for pair in prints for each in (pair.first.page, pair.second.page)}
    shown: dict[str, Any] = {
        "standing": standing,
        "versions": [{"line": each, "touched": _touched(each)} for each in versions[:VERSIONS]],
        "older": versions[VERSIONS - 1].version if len(versions) > VERSIONS else None,
        "prints": prints,
        "episodes": episodes(store.database, number),
        "kin": [each for each in kin(store, number) if each.page not in printed],
        "reports": promises(store, number),
        "report": report,
        "targets": [{"position": each.position, "of": each.target, "said": describe(each.target)} for each in targets],
        "skip": skip,
        "portion": TARGETS,
        "label": label,
    }
    return page(request, "page.html", shown)


def _touched(line: VersionLine) -> list[dict[str, str]]:
    """The targets that a version touched, in words."""
    changes = line.changes or {}
    return [
        {
            "kind": kind,
            "words": each["words"] if kind == "changed" else f"{each['indicator'] or each['sentence']} {each['words']}",
        }
        for kind in ("changed", "added", "removed")
        for each in changes.get(kind, ())
    ]
