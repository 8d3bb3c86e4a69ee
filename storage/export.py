"""Rows for a spreadsheet or a notebook: plain values, streamed, one shape a table.

Numbers are exact and never text. Other cells hold what pages say, unescaped: who writes a file guards against formulas.
"""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import RowMapping, Select, select

from crawler.extract.compilation import place_and_year
from crawler.model import Json
from crawler.targets.indicators import english_of
from crawler.targets.units import DATE, base_value
from crawler.wire import instant
from storage import tables as t
from storage.codec import load_diff
from storage.store import Store
from storage.versions import SHOWN

Record = dict[str, str | int | Decimal | None]
_CHUNK = 500
_place_and_year = lru_cache(maxsize=1_000)(place_and_year)
_SIDE = ("relation", "low", "high", "unit", "text", "sentence")
"""What is told of a target before and after a change."""
_BY = ("difference", "difference_unit", "difference_percent")
"""By how much a changed target differs."""
_ABOUT = ("page", "source", "url", "title", "region", "year", "version")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "targets": (
        *_ABOUT,
        *("report", "indicator", "key", "english", "kind", "relation"),
        *("low", "high", "unit", "base_low", "base_high", "base_unit"),
        *("period", "scope", "status", "text", "sentence"),
    ),
    "versions": (*_ABOUT, "fetched_at", "published", "characters", "sha256"),
    "changes": (
        *_ABOUT,
        "changed_at",
        *("report", "change", "indicator", "key"),
        *(f"{side}_{name}" for side in ("old", "new") for name in _SIDE),
        *_BY,
    ),
}
"""The names in a row, in order: for a table without rows."""
_PAGE = (*t.page.c["source", "url", "title", "region", "year"], t.page.c.id.label("page"))


def targets(store: Store) -> Iterator[Record]:
    """The targets of every page's newest version, in text order."""
    query = (
        select(*_PAGE, t.state.c.version, *t.target.c[SHOWN])
        .select_from(t.target)
        .join(t.page, t.page.c.id == t.target.c.page)
        .join(t.state, t.state.c.page == t.target.c.page)
        .order_by(t.target.c.page, t.target.c.position)
    )
    columns = COLUMNS["targets"]
    for row in _stream(store, query):
        found = {
            **row,
            **_page(row, row["report"]),
            **_amounts(row["low"], row["high"], row["unit"]),
            "english": english_of(row["key"]),
        }
        yield {name: found[name] for name in columns}


@lru_cache(maxsize=10_000)
def _amounts(low: str | None, high: str | None, unit: str) -> Record:
    """The value in the unit as written, and in the base unit of what it measures; a deadline's is its date."""
    if unit == DATE:
        return {"low": low, "high": high, "base_low": None, "base_high": None, "base_unit": ""}
    least, most = _exact(low), _exact(high)
    (base_low, base_unit), (base_high, _) = base_value(least, unit), base_value(most, unit)
    return {
        "low": least,
        "high": most,
        "base_low": base_low,
        "base_high": base_high,
        "base_unit": "" if base_low is base_high is None else base_unit,
    }


def _exact(written: str | None) -> Decimal | None:
    return None if written is None else Decimal(written)


def versions(store: Store) -> Iterator[Record]:
    """Every version without its text."""
    columns = t.version.c["number", "fetched_at", "published", "characters", "sha256"]
    told = t.version.c["url", "title", "region", "year"]
    query = (
        select(t.page.c.id.label("page"), t.page.c.source, *told, *columns)
        .join_from(t.version, t.page)
        .order_by(t.version.c.page, t.version.c.number)
    )
    for row in _stream(store, query):
        yield {
            **_page(row),
            "version": row["number"],
            "fetched_at": instant(row["fetched_at"]),
            "published": row["published"] and row["published"].isoformat(),
            "characters": row["characters"],
            "sha256": row["sha256"],
        }


def changes(store: Store) -> Iterator[Record]:
    """A row for each target that a change touched, and one (`text`) for a change that touched none."""
    query = (
        select(*_PAGE, *t.change.c["version", "at", "targets"])
        .join_from(t.change, t.page)
        .order_by(t.change.c.at, t.change.c.page, t.change.c.version)
    )
    for row in _stream(store, query):
        moment = {"version": row["version"], "changed_at": instant(row["at"])}
        for touched in _touched(load_diff(row["page"], row["version"], row["targets"])):
            yield {**_page(row, str(touched["report"])), **moment, **touched}


def narrowed(rows: Iterator[Record], wanted: Mapping[str, Collection[str | int]]) -> Iterator[Record]:
    """The rows that hold one of the wanted values in every column that is asked for; of a region, part of its name."""
    asked = {name: frozenset(values) for name, values in wanted.items() if values}
    parts = [str(part) for part in asked.pop("region", ())]
    for row in rows:
        here = not parts or any(part in str(row["region"]) for part in parts)
        if here and all(row[name] in values for name, values in asked.items()):
            yield row


def _touched(diff: Json) -> Iterator[Record]:
    for change in diff["changed"]:
        yield _change("changed", change["old"], change["new"]) | _by(change)
    for target in diff["added"]:
        yield _change("added", None, target)
    for target in diff["removed"]:
        yield _change("removed", target, None)
    if not any(diff.values()):
        yield _change("text", None, None)


def _change(kind: str, old: Json, new: Json) -> Record:
    said = new or old or {}
    sides = (("old", old or {}), ("new", new or {}))
    return {
        "report": said.get("report", ""),
        "change": kind,
        "indicator": said.get("indicator"),
        "key": said.get("key"),
        **{f"{side}_{name}": _cell(name, target) for side, target in sides for name in _SIDE},
        **dict.fromkeys(_BY),
    }


def _by(change: Mapping[str, Json]) -> Record:
    """By how much a target changed; empty in changes stored before that was noted."""
    difference, unit, percent = (change.get(name) for name in _BY)
    return dict(zip(_BY, (_exact(difference), unit, _exact(percent)), strict=True))


def _cell(name: str, target: Mapping[str, Json]) -> Decimal | str | None:
    said: str | None = target.get(name)
    return _exact(said) if name in ("low", "high") and target.get("unit") != DATE else said


def _page(row: RowMapping, report: str = "") -> Record:
    """What the row is about: the page, and in a compilation place and year of the report, as far as it names them."""
    about = {name: row[name] for name in ("page", "source", "url", "title", "region", "year")}
    region, year = _place_and_year(report) if report else ("", None)
    return {**about, "region": region or about["region"], "year": year or about["year"]}


def _stream(store: Store, query: Select[Any]) -> Iterator[RowMapping]:
    with (
        store.database.read() as connection,
        connection.execution_options(yield_per=_CHUNK).execute(query) as result,  # closed though nobody reads on
    ):
        yield from result.mappings()
