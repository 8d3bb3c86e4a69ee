"""Two reports side by side: one report on two portals, or two years of one region; and the pairs that are known."""

from functools import lru_cache, partial
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from crawler.cli.compare_years import COLUMNS, signed, year_records
from crawler.cli.sheets import csv_bytes
from crawler.compare import Portals, Side, asks_for, compare_portals, compare_years
from crawler.compare.beside import passage_rows
from crawler.compare.years import YearRow, Years
from crawler.diff.beside import Row, row_at
from crawler.live import LivePage
from crawler.model import Target, value
from crawler.targets import describe
from crawler.web.asked import number_of, office_of, text_of
from crawler.web.display import Display
from crawler.web.locale import marked
from crawler.web.pages.known import page_of
from crawler.web.refused import Refused
from crawler.web.rendering import page
from crawler.web.touched import shown_target, touched
from crawler.web.view import View, rows_asked, view_of
from crawler.wire import target_diff_json
from storage.comparisons import lines
from storage.past import Standing
from storage.queries import resolve
from storage.store import Store

router = APIRouter()

PORTION = 50
"""Known pairs, targets that differ, or rows of two years, at a time."""
_KEPT = 4
"""Comparisons of two prints: whoever reads one asks for its parts one after another."""


@value
class Prints:
    """Two prints of a report as rows."""

    found: Portals
    rows: tuple[Row, ...]
    starts: tuple[int, ...]
    """Of each change the number of its row."""
    moved: frozenset[int]
    """Rows of passages that stand elsewhere among the others."""


@value
class Pair:
    """Two pages, both with a version."""

    one: Standing
    other: Standing
    view: View

    def sides(self, store: Store) -> tuple[Side, Side]:
        """Their newest texts and targets."""
        return store.side(self.one.page, self.one.version), store.side(self.other.page, self.other.version)


@router.get("/compare")
def compare(request: Request) -> Response:
    """Two pages compared, or the pairs that are known to print one report."""
    store = office_of(request).store
    if text_of(request, "one") is None or text_of(request, "other") is None:
        skip = number_of(request, "skip") or 0
        found = lines(store.database, limit=PORTION + 1, skip=skip)
        shown = {"lines": found[:PORTION], "skip": skip, "portion": PORTION, "more": len(found) > PORTION}
        return page(request, "prints.html", shown)
    pair = _pair(request, store)
    match text_of(request, "as") or _kind(pair):
        case "portals":
            return _portals(request, store, pair)
        case "years":
            return _years(request, store, pair)
        case _:
            return page(request, "undecided.html", {"pair": pair})


@router.get("/compare/rows")
def rows(request: Request) -> Response:
    """What a fold hides, to be put in its place."""
    store = office_of(request).store
    pair = _pair(request, store)
    prints = _prints(store, pair)
    shown = rows_asked(request, pair.view, prints.rows, _live(store, pair))
    return page(request, "rows.html", {**shown, "moved": prints.moved})


@router.get("/compare.csv")
def as_csv(request: Request) -> Response:
    """Two years of a region as a file for a spreadsheet."""
    store = office_of(request).store
    content = csv_bytes(COLUMNS, year_records(_compared_years(store, _pair(request, store))))
    headers = {"Content-Disposition": 'attachment; filename="years.csv"'}
    return Response(content, headers=headers, media_type="text/csv")


def _pair(request: Request, store: Store) -> Pair:
    names = {name: text_of(request, name) or "" for name in ("one", "other")}
    one, other = (page_of(store, resolve(store, name)) for name in names.values())
    for each in (one, other):
        if not each.version:
            raise Refused(404, marked("Page %(page)s has not been read yet."), page=each.page)
    return Pair(one=one, other=other, view=view_of(request, "/compare", **names, **{"as": text_of(request, "as")}))


def _kind(pair: Pair) -> str:
    """What place and year ask for; else some sentence."""
    one, other = (
        Side(name="", region=each.region, year=each.year, text="", targets=()) for each in (pair.one, pair.other)
    )
    return asks_for(one, other)


def _portals(request: Request, store: Store, pair: Pair) -> Response:
    """Two prints of a report: targets that differ, then both texts in the order of the second."""
    prints, live = _prints(store, pair), _live(store, pair)
    part = Display(prints.rows, pair.view.ranges).part(number_of(request, "at") or 0, live)
    skip = number_of(request, "skip") or 0
    every = touched(target_diff_json(prints.found.targets))
    shown: dict[str, Any] = {
        "pair": pair,
        "view": pair.view,
        "share": prints.found.share,
        "moved": prints.moved,
        "changes": len(prints.starts),
        "size": len(prints.rows),
        "part": part,
        "to": partial(pair.view.change, prints.starts, range(part.first, part.last + 1)),
        "targets": [shown_target(*each, partial(_place, pair, prints)) for each in every[skip : skip + PORTION]],
        "touched": len(every),
        "skip": skip,
        "portion": PORTION,
        "more": skip + PORTION < len(every),
    }
    return page(request, "portals.html", shown)


def _prints(store: Store, pair: Pair) -> Prints:
    return _compared_prints(store, pair.one.page, pair.one.version, pair.other.page, pair.other.version)


@lru_cache(maxsize=_KEPT)
def _compared_prints(store: Store, one: int, one_version: int, other: int, other_version: int) -> Prints:
    """Two versions compared; a version never changes."""
    found = compare_portals(store.side(one, one_version), store.side(other, other_version))
    shown = list(passage_rows(found.passages))
    return Prints(
        found=found,
        rows=tuple(row for row, _ in shown),
        starts=tuple(at for at, (row, _) in enumerate(shown) if row.change),
        moved=frozenset(at for at, (_, passage) in enumerate(shown) if passage.moved),
    )


def _live(store: Store, pair: Pair) -> LivePage:
    """The second page, whose text gives the order."""
    return LivePage(pair.other.url, _prints(store, pair).found.second.text, pair.other.parts)


def _place(pair: Pair, prints: Prints, offset: int) -> str:
    """The address of the row that shows a place of the second text."""
    at = row_at(prints.rows, offset)
    if change := prints.rows[at].change:
        return f"{pair.view.address(at)}#c{change}"
    return f"{pair.view.address(at, opened=(at, at + 1))}#r{at}"


def _years(request: Request, store: Store, pair: Pair) -> Response:
    """Two years of a region: promised, achieved, promised next."""
    found, skip = _compared_years(store, pair), number_of(request, "skip") or 0
    shown: dict[str, Any] = {
        "pair": pair,
        "found": found,
        "rows": [_year_row(row, found) for row in found.rows[skip : skip + PORTION]],
        "skip": skip,
        "portion": PORTION,
        "more": skip + PORTION < len(found.rows),
    }
    return page(request, "years.html", shown)


def _compared_years(store: Store, pair: Pair) -> Years:
    if pair.one.year is None or pair.other.year is None or pair.one.year == pair.other.year:
        raise Refused(400, marked("Two reports of different, known years are needed."))
    return compare_years(*pair.sides(store))


def _year_row(row: YearRow, found: Years) -> dict[str, Any]:
    """A series in words."""
    period = next(target.period for target in (row.promised, row.following) if target)
    usual = found.earlier.year if row.promised else found.later.year
    return {
        "indicator": row.key,
        "scope": row.scope,
        "period": "" if period == str(usual) else period,
        "promised": _said(row.promised),
        "achieved": _said(row.achieved),
        "outcome": row.outcome,
        "margin": signed(row.margin, row.unit),
        "following": _said(row.following),
        "difference": signed(row.difference, row.unit),
    }


def _said(target: Target | None) -> dict[str, str]:
    return {"words": describe(target), "sentence": target.sentence} if target else {"words": "", "sentence": ""}
