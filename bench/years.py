"""Print promises against results for every province with a report of both years beside the repository.

python -m bench.years [DIRECTORY] [--all]: `--all` shows the indicators that no table knows too.
"""

import sys
from pathlib import Path

from crawler.compare import Side, Years, compare_years
from crawler.compare.years import YearRow
from crawler.model import Target
from crawler.targets import describe, find_targets
from crawler.targets.indicators import CANONICAL

ROOT = Path(__file__).resolve().parents[1]
EARLIER, LATER = 2025, 2026
KNOWN = frozenset(CANONICAL.values())


def main() -> int:
    """Print a table for each province, and how many pairs were found."""
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    reports = Path(words[0]) if words else ROOT.parent / "shared" / "reports"
    names = sorted(path.stem[:-4] for path in (reports / str(LATER)).glob("*.txt"))
    names = [name for name in names if (reports / str(EARLIER) / f"{name}{EARLIER}.txt").is_file()]
    if not names:
        print(f"{reports} is absent: nothing to compare")
        return 0
    for name in names:
        _print(
            compare_years(_side(reports, name, EARLIER), _side(reports, name, LATER)), everything="--all" in sys.argv
        )
    return 0


def _side(reports: Path, region: str, year: int) -> Side:
    text = (reports / str(year) / f"{region}{year}.txt").read_text(encoding="utf-8")
    targets = tuple(find_targets(text, year))
    return Side(name=f"{region}{year}", region=region, year=year, text=text, targets=targets)


def _print(years: Years, *, everything: bool) -> None:
    rows = [row for row in years.rows if everything or row.key in KNOWN]
    pairs, results = (sum(side is not None for side in column) for column in _columns(rows))
    print(f"\n## {years.earlier.region}: {len(rows)} rows, {pairs} promised twice, {results} with a result")
    print(f"\n| indicator | {EARLIER} | achieved | outcome | margin | {LATER} | difference |\n|" + " --- |" * 7)
    for row in rows:
        told = [_said(side) for side in (row.promised, row.achieved, row.following)]
        period = next(side.period for side in (row.promised, row.following) if side)
        of = [word for word in (row.scope, period) if word not in ("", str(EARLIER), str(LATER))]
        name = row.key + (f" ({', '.join(of)})" if of else "")
        print(
            "|",
            " | ".join([name, told[0], told[1], row.outcome or "", _n(row.margin), told[2], _n(row.difference)]),
            "|",
        )


def _columns(rows: list[YearRow]) -> tuple[list[object], list[object]]:
    return [row.difference for row in rows], [row.margin for row in rows]


def _said(target: Target | None) -> str:
    return describe(target) if target else ""


def _n(number: object) -> str:
    return "" if number is None else f"{number:+f}"


if __name__ == "__main__":
    sys.exit(main())
