"""A change: what became of the targets, then both texts, side by side or in one, a part at a time."""

import re
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from crawler.diff.beside import row_at
from crawler.live import LivePage
from crawler.model import Target, TargetChange, value
from crawler.reports import label
from crawler.targets import describe
from crawler.targets.describe import describe_difference
from crawler.targets.difference import difference_of
from crawler.targets.match import compare_targets
from crawler.targets.units import DATE
from crawler.web.asked import number_of, office_of, reader_of, text_of
from crawler.web.display import Compared, Display, Fold, Part, compared, opened_part
from crawler.web.locale import marked
from crawler.web.pages.known import page_of, version_of
from crawler.web.refused import Refused
from crawler.web.rendering import page
from crawler.wire import target_diff_json, target_told
from storage import queries
from storage.cards import mark_read
from storage.lines import VersionLine
from storage.past import Standing, beside
from storage.store import Store

router = APIRouter()

TARGETS = 60
"""Rows of the table of targets at a time."""
_RANGES = re.compile(r"\d{1,9}-\d{1,9}(?:,\d{1,9}-\d{1,9}){0,30}")


@value
class Asked:
    """Two versions of a page, and how they are looked at."""

    page: int
    version: int
    old: int
    inline: bool = False
    """One text with what went and what came, else both side by side."""
    opened: str = ""
    """Ranges of rows that are not folded: 12-40,300-420."""

    @property
    def ranges(self) -> list[range]:
        """`opened` as ranges."""
        pairs = (each.split("-") for each in self.opened.split(",") if each)
        return [range(int(start), int(stop)) for start, stop in pairs]

    def address(
        self, at: int | None = None, *, inline: bool | None = None, opened: tuple[int, int] | None = None
    ) -> str:
        """Of the part in which a row is, or in the other view, or with some rows not folded."""
        ranges = f"{self.opened},{opened[0]}-{opened[1]}".lstrip(",") if opened else self.opened
        return self._path(open=ranges, at=at, view=self._view(inline))

    @property
    def folded(self) -> "Asked":
        """The same with nothing opened."""
        return replace(self, opened="")

    def rows_address(self, fold: Fold) -> str:
        """Of the rows of a fold alone, to be put into its place."""
        return self._path("/rows", start=fold.start, stop=fold.stop, open=self.opened, view=self._view(None))

    def _view(self, inline: bool | None) -> str | None:
        return "inline" if (self.inline if inline is None else inline) else None

    def _path(self, behind: str = "", **asked: int | str | None) -> str:
        asked["from"] = self.old if self.old != self.version - 1 else None
        said = urlencode({name: item for name, item in asked.items() if item not in (None, "")}, safe=",")
        return f"/pages/{self.page}/versions/{self.version}{behind}" + (f"?{said}" if said else "")


@router.get("/pages/{number}/compare")
def compare(request: Request, number: int) -> Response:
    """Any two versions, chosen by a form."""
    old, new = number_of(request, "old"), number_of(request, "new")
    if old is None or new is None or old == new:
        raise Refused(400, marked("Choose two versions."))
    asked = Asked(page=number, version=max(old, new), old=min(old, new))
    return RedirectResponse(asked.address(), HTTPStatus.SEE_OTHER)


@router.get("/pages/{number}/versions/{version}")
def change(request: Request, number: int, version: int) -> Response:
    """What a version changed from the one before (or from `from`)."""
    office, asked = office_of(request), _asked(request, number, version)
    store, standing = office.store, page_of(office.store, number)
    if not asked.old:
        return RedirectResponse(f"/pages/{number}/versions/{version}/text", HTTPStatus.SEE_OTHER)
    old, new = (version_of(store, number, each) for each in (asked.old, version))
    found = _compared(store, asked)
    live = _live(standing, found, version)
    part = Display(found, asked.ranges).part(number_of(request, "at") or 0, live)
    mark_read(store, reader_of(request), [(number, version)])
    earlier, later = beside(store, number, version)
    shown = {
        "standing": standing,
        "asked": asked,
        "old": old,
        "new": new,
        "earlier": earlier,
        "later": later,
        "kept": [(each, queries.kept(store, number, each)) for each in (asked.old, version)],
        "changes": found.changes,
        "part": part,
        "to": partial(_to, asked, found, part),
        "size": len(found.rows),
        "live": next((live.link(*row.place) for row in found.rows if row.change), standing.url),
        **_targets(store, asked, new, found, number_of(request, "skip") or 0),
    }
    return page(request, "change.html", shown)


@router.get("/pages/{number}/versions/{version}/rows")
def rows(request: Request, number: int, version: int) -> Response:
    """What a fold hides, to be put in its place."""
    store, asked = office_of(request).store, _asked(request, number, version)
    standing, _ = page_of(store, number), [version_of(store, number, each) for each in (asked.old, version)]
    found = _compared(store, asked)
    start, stop = number_of(request, "start"), number_of(request, "stop")
    if start is None or stop is None or not start < min(stop, len(found.rows)):
        raise Refused(404, marked("There are no such paragraphs."))
    blocks = opened_part(found, start, stop, _live(standing, found, version))
    return page(request, "rows.html", {"asked": asked, "blocks": blocks})


def _asked(request: Request, number: int, version: int) -> Asked:
    old, opened = number_of(request, "from"), text_of(request, "open") or ""
    if opened and not _RANGES.fullmatch(opened):
        raise Refused(400, marked("%(name)s: no ranges of paragraphs"), name="open")
    old = version - 1 if old is None else old
    if not 0 <= old < version:
        raise Refused(404, marked("There is no version before version %(version)s."), version=min(version, old))
    return Asked(page=number, version=version, old=old, inline=text_of(request, "view") == "inline", opened=opened)


def _compared(store: Store, asked: Asked) -> Compared:
    return compared(store.text(asked.page, asked.old), store.text(asked.page, asked.version))


def _live(standing: Standing, found: Compared, version: int) -> LivePage:
    """The addresses of parts are those of the newest version."""
    parts = standing.parts if version == standing.version else ()
    return LivePage(standing.url, found.diff.new, parts)


def _to(asked: Asked, found: Compared, part: Part, change: int) -> str:
    """The address of a change, by its number; empty where there is none of it."""
    if not 0 < change <= found.changes:
        return ""
    place = f"#c{change}"
    return place if part.first <= change <= part.last else asked.address(found.starts[change - 1]) + place


def _targets(store: Store, asked: Asked, line: VersionLine, found: Compared, skip: int) -> dict[str, Any]:
    """A portion of the targets that changed, came or went: as stored with the version, or compared now."""
    diff = line.changes if asked.old == asked.version - 1 else None
    if diff is None:
        old_targets, new_targets = (store.targets(asked.page, each) for each in (asked.old, asked.version))
        diff = target_diff_json(compare_targets(old_targets, new_targets))
    every = [*((each["old"], each["new"]) for each in diff["changed"]), *((None, each) for each in diff["added"])]
    every += [(each, None) for each in diff["removed"]]
    told = [tuple(each and target_told(each) for each in pair) for pair in every[skip : skip + TARGETS]]
    return {
        "targets": [_target(old, new, asked, found) for old, new in told],
        "touched": len(every),
        "skip": skip,
        "portion": TARGETS,
        "more": skip + TARGETS < len(every),
    }


def _target(old: Target | None, new: Target | None, asked: Asked, found: Compared) -> dict[str, Any]:
    """A target before and after, in words, with the address of the row in which it stands."""
    told = [target for target in (new, old) if target]
    changed: tuple[str, ...] = ()
    difference = ""
    if old and new:
        said = difference_of(TargetChange(indicator=new.indicator, old=old, new=new))
        numbers = ("" if number is None else f"{number:f}" for number in (said.amount, said.percent))
        changed, difference = said.changed, describe_difference(next(numbers), said.unit, next(numbers))
    return {
        "indicator": told[0].indicator,
        "scope": told[0].scope,
        "report": label(told[0].report),
        "kind": "changed" if old and new else "added" if new else "removed",
        "old": describe(old) if old else "",
        "new": describe(new) if new else "",
        "changed": changed,
        "difference": difference,
        "unit": " → ".join(dict.fromkeys(target.unit for target in reversed(told) if target.unit != DATE)),
        "period": " → ".join(dict.fromkeys(target.period for target in reversed(told))),
        "address": _place(new.start, asked, found) if new else "",
    }


def _place(offset: int, asked: Asked, found: Compared) -> str:
    """The address of the row that shows a place of the new text."""
    at = row_at(found.rows, offset)
    if change := found.rows[at].change:
        return f"{asked.address(at)}#c{change}"
    return f"{asked.address(at, opened=(at, at + 1))}#r{at}"
