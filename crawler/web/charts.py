"""The charts above the list of targets, as their template and script want them."""

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from crawler.charted import Bin, Line, Point, over_years, spread
from crawler.targets.indicators import key_of
from storage.found import Asked, newest_year, oftenest, points
from storage.store import Store

LINES = 8
"""Regions over years in one chart, unless one is asked for."""
_BARS = 60
_NAMES = 12
"""Of a bar's regions."""
_LEAST = 3
"""Of fewer reports there is nothing to see."""
USUAL = key_of("地区生产总值")
"""Of which the distribution is shown where no indicator is asked for."""


def charts_of(store: Store, asked: Asked) -> dict[str, Any]:
    """How an indicator is spread over one year's reports; one that is asked for over regions and over years, too."""
    about = asked if asked.key else replace(asked, key=USUAL)
    year = about.year or newest_year(store, about)
    found = points(store, replace(about, year=year)) if year else []
    shown: dict[str, Any] = {"of": about.key, "in_year": year, "unit": found[0].unit if found else "", "bars": []}
    shown["spread"] = _spread(spread(found)) if len(found) >= _LEAST else []
    if asked.key:
        shown["bars"] = _bars(found) if len(found) > 1 else []
    return {**shown, **_over_years(store, asked)}


def _over_years(store: Store, asked: Asked) -> dict[str, Any]:
    if not asked.key:
        return {"lines": [], "years": [], "drawn": ""}
    regions = [asked.region] if asked.region else oftenest(store, asked.source, LINES)
    lines = over_years(points(store, replace(asked, year=None), regions))[:LINES]
    years = sorted({year for line in lines for year in line.points})
    return {"lines": lines, "years": years, "drawn": _drawn(lines, years) if lines else ""}


def _drawn(lines: Sequence[Line], years: Sequence[int]) -> str:
    """What the script draws, as JSON; floats will do for what is seen."""
    told = [
        {
            "name": line.region,
            "values": [float(line.points[year].middle) if year in line.points else None for year in years],
            "texts": [line.points[year].text if year in line.points else "" for year in years],
        }
        for line in lines
    ]
    unit = next(iter(lines[0].points.values())).unit
    return json.dumps({"years": list(years), "unit": unit, "lines": told}, ensure_ascii=False)


def _bars(found: Sequence[Point]) -> list[dict[str, Any]]:
    """The largest ones."""
    highest = sorted(found, key=lambda each: (-each.middle, each.region))[:_BARS]
    most = highest[0].middle
    return [{"of": each, "width": _share(each.middle, most)} for each in highest]


def _spread(bins: Sequence[Bin]) -> list[dict[str, Any]]:
    most = Decimal(max(len(each.points) for each in bins))
    return [
        {
            "low": f"{each.low.normalize():f}",
            "high": f"{each.high.normalize():f}",
            "count": len(each.points),
            "named": sorted(each.points, key=lambda one: (one.middle, one.region))[:_NAMES],
            "width": _share(Decimal(len(each.points)), most),
        }
        for each in bins
    ]


def _share(amount: Decimal, most: Decimal) -> str:
    """Per cent of the longest bar; what is below nothing has none."""
    return f"{max(Decimal(), 100 * amount / most):.1f}" if most > 0 else "0"
