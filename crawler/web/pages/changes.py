"""The first page: what changed, as a feed of cards."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from crawler.errors import UsageError
from crawler.reports import label
from crawler.targets.indicators import CANONICAL, key_of
from crawler.web.asked import day_of, number_of, office_of, reader_of, text_of
from crawler.web.locale import marked
from crawler.web.refused import Refused
from crawler.web.rendering import page
from storage.cards import KINDS, PORTION, Card, Kind, Wanted, cards, mark_all_read, places, unread
from storage.watched import source_states, sources

router = APIRouter()

SEVERITIES = ("high", "normal", "low")
_INDICATORS = list(dict.fromkeys(CANONICAL.values()))
SHOWN = 4
"""Targets on a card; how many more there are is said."""


@router.get("/")
def changes(request: Request) -> Response:
    """The newest changes that fit the filters, a portion at a time."""
    office, reader = office_of(request), reader_of(request)
    wanted = wanted_of(request)
    try:
        found = cards(office.store, wanted, reader, after=text_of(request, "after"), limit=PORTION + 1)
    except UsageError:
        raise Refused(404, marked("There is no such place in the list. Begin at its top.")) from None
    regions, years = places(office.store)
    states = source_states(office.store)
    shown: dict[str, Any] = {
        "cards": [_shown(each) for each in found[:PORTION]],
        "following": found[PORTION - 1].cursor if len(found) > PORTION else None,
        "unread": unread(office.store, reader),
        "regions": regions,
        "years": years,
        "sources": [each.source for each in states if each.active],
        "indicators": _INDICATORS,
        "kinds": KINDS,
        "severities": SEVERITIES,
        "filtered": wanted != Wanted(),
        "first": not states and wanted == Wanted(),
        "watched": 0
        if found or wanted != Wanted()
        else sum(each.pages for each in sources(office.store) if each.active),
        "config_path": office.config_path,
    }
    return page(request, "changes.html", shown)


@router.post("/read")
def read_all(request: Request) -> Response:
    """All that there is has been read."""
    mark_all_read(office_of(request).store, reader_of(request), office_of(request).now())
    return RedirectResponse("/", HTTPStatus.SEE_OTHER)


def wanted_of(request: Request) -> Wanted:
    """What the parameters narrow a list of changes to."""
    until, indicator = day_of(request, "until"), text_of(request, "indicator")
    return Wanted(
        source=text_of(request, "source"),
        region=text_of(request, "region"),
        year=number_of(request, "year"),
        indicator=key_of(indicator) if indicator else None,
        kind=_kind(text_of(request, "kind")),
        severity=_severity(text_of(request, "severity")),
        since=day_of(request, "since"),
        until=until + timedelta(days=1) if until else None,
    )


def _kind(name: str | None) -> Kind | None:
    for kind in KINDS:
        if kind == name:
            return kind
    if name is None:
        return None
    raise Refused(400, marked("%(name)s: not one of %(known)s"), name="kind", known=", ".join(KINDS))


def _severity(name: str | None) -> str | None:
    if name is None or name in SEVERITIES:
        return name
    raise Refused(400, marked("%(name)s: not one of %(known)s"), name="severity", known=", ".join(SEVERITIES))


def _shown(each: Card) -> dict[str, Any]:
    """A card with its first targets, as they are shown."""
    said = [
        *(
            ("changed", change["new"], change["old"]["words"], change["new"]["words"])
            for change in each.targets["changed"]
        ),
        *(("added", target, None, target["words"]) for target in each.targets["added"]),
        *(("removed", target, target["words"], None) for target in each.targets["removed"]),
    ]
    lines = [
        {
            "kind": kind,
            "indicator": target["indicator"],
            "report": label(target.get("report", "")),
            "old": old,
            "new": new,
        }
        for kind, target, old, new in said[:SHOWN]
    ]
    if each.edits and not said:
        lines = [
            {"kind": "text", "indicator": "", "report": "", "old": old, "new": new} for old, new in each.edits.first
        ]
    return {"card": each, "lines": lines, "more": (len(said) or (each.edits.count if each.edits else 0)) - len(lines)}
