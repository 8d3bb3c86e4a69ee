"""How two years of one region are shown: as a table, as JSON, as records for a spreadsheet."""

from collections.abc import Iterator
from decimal import Decimal

from rich.console import Console
from rich.text import Text

from crawler.cli.output import safe, table
from crawler.compare import Side, Years
from crawler.compare.years import YearRow, per_cent
from crawler.model import Json, Target
from crawler.targets import describe
from crawler.wire import target_json

_SERIES = ("key", "scope", "period", "unit")
_FIGURES = ("outcome", "margin", "margin_percent", "difference", "difference_percent")
COLUMNS = (
    *("region", "earlier", "later", *_SERIES, "promised", "achieved", "following", *_FIGURES),
    *("promised_sentence", "achieved_sentence", "following_sentence"),
)
_OUTCOMES = {"below": "低于 below", "within": "达到 within", "above": "高于 above"}


def show_years(console: Console, found: Years) -> None:
    """A line for each series: promised, achieved, promised next."""
    earlier, later = found.earlier.year, found.later.year
    heads = ("指标", "时期", f"{earlier} 目标", f"{earlier} 完成", "结果", "差", f"{later} 目标", "变化")
    rows = [
        (
            f"{row.key}（{row.scope}）" if row.scope else row.key,
            "" if _period(row) == str(earlier if row.promised else later) else _period(row),
            _said(row.promised),
            _said(row.achieved),
            _OUTCOMES.get(row.outcome or "", ""),
            signed(row.margin, row.unit),
            _said(row.following),
            signed(row.difference, row.unit),
        )
        for row in found.rows
    ]
    console.print(table(safe(f"{found.earlier.region} {earlier} → {later}: {len(rows)}"), heads, rows))
    left = f"未列出的目标 targets without a row: {earlier}: {found.only_earlier}，{later}: {found.only_later}"
    console.print(Text(left, style="dim"))


def years_json(found: Years) -> dict[str, Json]:
    """The rows, with the targets in full."""
    return {
        "kind": "years",
        "earlier": side_json(found.earlier),
        "later": side_json(found.later),
        "rows": [_row_json(row) for row in found.rows],
        "without_row": {"earlier": found.only_earlier, "later": found.only_later},
    }


def year_records(found: Years) -> Iterator[dict[str, Json]]:
    """A plain record for each row: values in words, differences as exact numbers in `unit`."""
    for row in found.rows:
        sides = _sides(row)
        yield {
            "region": found.earlier.region,
            "earlier": found.earlier.year,
            "later": found.later.year,
            **_figures(row),
            **{name: _said(target) for name, target in sides.items()},
            **{f"{name}_sentence": target.sentence if target else "" for name, target in sides.items()},
        }


def side_json(side: Side) -> dict[str, Json]:
    """What a compared report is: its name, place and year."""
    return {"name": side.name, "region": side.region, "year": side.year}


def _row_json(row: YearRow) -> dict[str, Json]:
    return {**_figures(row), **{name: target and target_json(target) for name, target in _sides(row).items()}}


def _figures(row: YearRow) -> dict[str, Json]:
    return {
        "key": row.key,
        "scope": row.scope,
        "period": _period(row),
        "unit": row.unit,
        "outcome": row.outcome,
        "margin": _exact(row.margin),
        "margin_percent": _rounded(per_cent(row.margin, row.promised)),
        "difference": _exact(row.difference),
        "difference_percent": _rounded(per_cent(row.difference, row.promised)),
    }


def _sides(row: YearRow) -> dict[str, Target | None]:
    return {"promised": row.promised, "achieved": row.achieved, "following": row.following}


def _period(row: YearRow) -> str:
    return next(target.period for target in (row.promised, row.following) if target)


def _said(target: Target | None) -> str:
    return describe(target) if target else ""


def signed(number: Decimal | None, unit: str) -> str:
    """A difference with its sign; that of two percentages is in points."""
    if number is None:
        return ""
    return f"{'+' if number > 0 else ''}{_exact(number)}{'个百分点' if unit == '%' else unit}"


def _exact(number: Decimal | None) -> Decimal | None:
    """The same number without noughts behind the point, and without an exponent."""
    if number is None:
        return None
    plain = f"{number:f}"
    return Decimal(plain.rstrip("0").rstrip(".") if "." in plain else plain)


def _rounded(number: Decimal | None) -> Decimal | None:
    return None if number is None else number.quantize(Decimal("0.1"))
