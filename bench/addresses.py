"""What a reader asks the dashboard for: every page and feed, each by many addresses that a filled database has."""

import random
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

MANY = 40
"""Addresses of a row."""


class Row(NamedTuple):
    """A kind of page, and addresses of it."""

    name: str
    addresses: tuple[str, ...]


def rows_of(path: Path) -> list[Row]:
    """Every page of the dashboard, and its feeds."""
    with closing(sqlite3.connect(path)) as database:
        return [*_changes(database), *_pages(database), *_compared(database), *_lists()]


def _changes(database: sqlite3.Connection) -> list[Row]:
    places = _some(database, "SELECT DISTINCT region FROM page WHERE region != ''")
    behind = _some(database, "SELECT at, page, version FROM change")
    cursors = [f"{at.replace(' ', 'T')}+00:00~{page}~{version}" for at, page, version in behind]
    return [
        Row("/", ("/",)),
        Row("/?after=…", _asked("/", "after", cursors)),
        Row("/?region=…", _asked("/", "region", [place for (place,) in places])),
        Row("/?indicator=…", _asked("/", "indicator", ["GDP", "粮食产量", "固定资产投资", "没有"])),
        Row("/?kind=removed&severity=high&year=…", _asked("/", "kind=removed&severity=high&year", range(2018, 2028))),
        Row("/?source=…", _asked("/", "source", _portals(database))),
        Row("/feeds/changes.atom", ("/feeds/changes.atom",)),
        Row("/feeds/changes.json?region=…", _asked("/feeds/changes.json", "region", [place for (place,) in places])),
    ]


def _pages(database: sqlite3.Connection) -> list[Row]:
    [(most,)] = database.execute("SELECT page FROM version GROUP BY page ORDER BY count(*) DESC LIMIT 1").fetchall()
    pages = _some(database, "SELECT page, version FROM page_state WHERE version > 0")
    found = _some(database, "SELECT page, version FROM change")
    versions = [f"/pages/{page}/versions/{version}" for page, version in found]
    return [
        Row("/pages", ("/pages",)),
        Row("/pages?source=…", _asked("/pages", "source", _portals(database))),
        Row("/pages?skip=…", _asked("/pages", "skip", range(9_000, 10_000, 100))),
        Row("/pages/N", tuple(f"/pages/{page}" for page, _ in pages)),
        Row("/pages/N, the most versions", (f"/pages/{most}",)),
        Row("/pages/N/versions/V", tuple(versions)),
        Row("/pages/N/versions/V?view=inline", tuple(f"{each}?view=inline" for each in versions)),
        Row("/pages/N/versions/V?from=1", tuple(f"{each}?from=1" for each in versions if not each.endswith("/1"))),
        Row("/pages/N/versions/V/text", tuple(f"{each}/text" for each in versions)),
        Row("/pages/N/versions/V/raw/1", tuple(f"/pages/{page}/versions/{newest}/raw/1" for page, newest in pages)),
    ]


def _compared(database: sqlite3.Connection) -> list[Row]:
    prints = _some(database, "SELECT page, other FROM comparison WHERE prints")
    years = _some(
        database,
        "SELECT a.id, b.id FROM page a JOIN page b ON a.region = b.region AND a.year + 1 = b.year",
    )
    return [
        Row("/compare", ("/compare",)),
        Row("/compare, two prints", tuple(f"/compare?one={one}&other={other}" for one, other in prints)),
        Row("/compare, two years", tuple(f"/compare?one={one}&other={other}" for one, other in years)),
    ]


def _lists() -> list[Row]:
    indicators = ("GDP", "粮食产量", "固定资产投资", "城镇新增就业", "没有")
    return [
        Row("/targets", ("/targets",)),
        Row("/targets?indicator=…", _asked("/targets", "indicator", indicators)),
        Row("/targets?order=largest", ("/targets?order=largest",)),
        Row("/targets/distribution?indicator=…", _asked("/targets/distribution", "indicator", indicators)),
        Row("/targets?indicator=…&year=2026", _asked("/targets", "year=2026&indicator", indicators)),
        Row("/search?q=…", _asked("/search", "q", ("地区生产总值", "龙虎大桥", "产业园 灌区", "没有这些"))),
        Row("/sources", ("/sources",)),
        Row("/sources/new", ("/sources/new",)),
        Row("/sources?state=failing", ("/sources?state=failing",)),
        Row("/alerts", ("/alerts",)),
        Row("/alerts?state=dead", ("/alerts?state=dead",)),
        Row("/alerts?channel=mail&state=delivered", ("/alerts?channel=mail&state=delivered",)),
        Row("/status", ("/status",)),
        Row("/ready", ("/ready",)),
    ]


def _portals(database: sqlite3.Connection) -> list[str]:
    return [source for (source,) in _some(database, "SELECT id FROM source")]


def _some(database: sqlite3.Connection, query: str) -> list[tuple[Any, ...]]:
    """So many rows of a query, the same at each run."""
    found = sorted(database.execute(query).fetchall())
    return random.Random(1).sample(found, min(MANY, len(found)))


def _asked(path: str, name: str, items: Iterable[object]) -> tuple[str, ...]:
    before, _, last = name.rpartition("&")
    return tuple(f"{path}?{before}{'&' if before else ''}{urlencode({last: item})}" for item in items)
