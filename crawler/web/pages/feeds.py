"""Changes as feeds, for whoever reads them elsewhere: Atom (RFC 4287) and JSON Feed 1.1.

One feed of everything, or narrowed as the first page is (`?source=…`, `?region=…`, `?indicator=…` and so on). Ids are
made from the installation, the page and the version, so that they stay whatever the feed's address.
"""

import json
import uuid
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from fastapi import APIRouter, Request
from starlette.responses import Response

from crawler.harmless import HARMFUL
from crawler.reports import label
from crawler.web.asked import office_of
from crawler.web.locale import Taste, marked, translated
from crawler.web.office import Office
from crawler.web.pages.changes import wanted_of
from storage.cards import Card, Wanted, cards

router = APIRouter()

ENTRIES = 50
_ATOM = "http://www.w3.org/2005/Atom"
_LINES = 20
"""Targets named in an entry."""


@router.get("/feeds/changes.atom")
def atom(request: Request) -> Response:
    """The newest changes that fit, as Atom."""
    office, wanted = office_of(request), wanted_of(request)
    found = cards(office.store, wanted, limit=ENTRIES)
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": request.state.taste.tag})
    _add(feed, "title", _title(request, wanted))
    _add(feed, "id", _id(office, "feed", str(wanted)))
    _add(feed, "updated", _time(max((card.at for card in found), default=datetime.fromtimestamp(0, UTC))))
    ET.SubElement(ET.SubElement(feed, "author"), "name").text = "crawler"
    ET.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": _self(request)})
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": f"{_root(request)}/"})
    for card in found:
        entry = ET.SubElement(feed, "entry")
        _add(entry, "title", _headline(request, card))
        _add(entry, "id", _id(office, "change", str(card.page), str(card.version)))
        _add(entry, "updated", _time(card.at))
        ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": _address(request, card)})
        for term in _tags(card):
            ET.SubElement(entry, "category", {"term": term})
        _add(entry, "content", _told(request, card), type="text")
    body = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return Response(body, media_type="application/atom+xml")


@router.get("/feeds/changes.json")
def json_feed(request: Request) -> Response:
    """The same as JSON Feed."""
    office, wanted = office_of(request), wanted_of(request)
    items: list[dict[str, Any]] = [
        {
            "id": _id(office, "change", str(card.page), str(card.version)),
            "url": _address(request, card),
            "external_url": card.url,
            "title": _headline(request, card),
            "content_text": _told(request, card),
            "date_published": _time(card.at),
            "tags": _tags(card),
        }
        for card in cards(office.store, wanted, limit=ENTRIES)
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(request, wanted),
        "home_page_url": f"{_root(request)}/",
        "feed_url": _self(request),
        "language": request.state.taste.tag,
        "items": items,
    }
    return Response(json.dumps(feed, ensure_ascii=False), media_type="application/feed+json")


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = text


def _title(request: Request, wanted: Wanted) -> str:
    narrowed = (wanted.source, wanted.region, wanted.year, wanted.indicator, wanted.kind, wanted.severity)
    said = [_in(request, marked("Report monitor")), *(str(each) for each in narrowed if each is not None)]
    return _plain(" · ".join(said))


def _headline(request: Request, card: Card) -> str:
    """The report, and its first target that moved."""
    name = card.title or card.url
    first = _lines(card)[:1] or [_in(request, marked("The text changed; no target did."))]
    return _plain(f"{name}{_in(request, marked(': '))}{first[0]}")


def _told(request: Request, card: Card) -> str:
    lines = _lines(card)
    more = [f"… +{len(lines) - _LINES}"] if len(lines) > _LINES else []
    return _plain("\n".join([*lines[:_LINES], *more]) or _in(request, marked("The text changed; no target did.")))


def _lines(card: Card) -> list[str]:
    """A line for each target that a change touched, or for the first edits of the text."""
    told = [
        *((each["new"], f"{each['old']['words']} → {each['new']['words']}") for each in card.targets["changed"]),
        *((each, f"+ {each['words']}") for each in card.targets["added"]),
        *((each, f"− {each['words']}") for each in card.targets["removed"]),
    ]
    lines = [f"{label(of.get('report', ''))} {of['indicator']} {said}".strip() for of, said in told]
    return lines or [_edit(old, new) for old, new in (card.edits.first if card.edits else ())]


def _edit(old: str, new: str) -> str:
    return f"{old} → {new}" if old and new else f"+ {new}" if new else f"− {old}"


def _tags(card: Card) -> list[str]:
    return [_plain(tag) for tag in (card.source, card.region, str(card.year or "")) if tag]


def _id(office: Office, *parts: str) -> str:
    return uuid.uuid5(uuid.UUID(office.store.installation), "/".join(parts)).urn


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _address(request: Request, card: Card) -> str:
    return f"{_root(request)}/pages/{card.page}/versions/{card.version}"


def _self(request: Request) -> str:
    """The feed's own address, without the token that opened it."""
    left = [(name, item) for name, item in request.query_params.multi_items() if name != "token"]
    path: str = request.scope["path"]
    return _root(request) + path + (f"?{urlencode(left)}" if left else "")


def _in(request: Request, message: str) -> str:
    taste: Taste = request.state.taste
    return translated(taste.language, message)


def _root(request: Request) -> str:
    """Where the dashboard is reached, without a stroke at the end."""
    return (office_of(request).web_url or str(request.base_url)).rstrip("/")


def _plain(text: str) -> str:
    """Without what steers a screen; XML could not hold it either."""
    return HARMFUL.sub("\N{REPLACEMENT CHARACTER}", text)
