"""Values of one indicator as charts show them: of regions beside one another, over years, and how they are spread.

Ring 1. Only values of one unit stand in one chart: growth in % is not drawn beside an amount in 亿元. What is told
loosely (6%左右, 5%以上) is drawn at its number, a range (5%—6%) at its middle; what was said is said beside it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal

from crawler.model import Target, value
from crawler.targets.describe import describe_value
from crawler.targets.units import DATE, base_value

_BINS = 12
"""A distribution has no more, or few more."""
_STEPS = tuple(Decimal(step) for step in ("1", "2", "2.5", "5"))
_PERCENT, _HALF = "%", Decimal("0.5")
"""Growth is promised in steps of half a per cent."""


@value
class Point:
    """What one report says of an indicator."""

    page: int
    region: str
    year: int
    text: str
    """5.5%左右, 5%—6%."""
    kind: str
    """That of the target: growth and decline are not compared."""
    unit: str
    """The base unit."""
    middle: Decimal
    """In the base unit: of a range its middle, else its number."""


@value
class Line:
    """One region over years."""

    region: str
    points: Mapping[int, Point]


@value
class Bin:
    """The values from `low` up to, and without, `high`."""

    low: Decimal
    high: Decimal
    points: tuple[Point, ...]


def point(page: int, region: str, year: int | None, target: Target) -> Point | None:
    """A target as a point; None where its report has no year, or it no number."""
    if year is None or target.unit == DATE:
        return None
    ends = [base_value(end, target.unit) for end in (target.low, target.high) if end is not None]
    if not ends:
        return None
    middle = sum((end for end, _ in ends if end is not None), Decimal()) / len(ends)
    text = describe_value(target)
    return Point(page=page, region=region, year=year, text=text, kind=target.kind, unit=ends[0][1], middle=middle)


def of_one_unit(points: Iterable[Point]) -> list[Point]:
    """Those of the kind and unit that most have: of each region and year one, for a report is printed repeatedly."""
    known = list(points)
    most = Counter((each.kind, each.unit) for each in known).most_common(1)
    first: dict[tuple[str, int], Point] = {}
    for each in known:
        if (each.kind, each.unit) == most[0][0]:
            first.setdefault((each.region, each.year), each)
    return list(first.values())


def over_years(points: Iterable[Point]) -> list[Line]:
    """A line for each region that says it in two years or more; those with the most years first."""
    by_region: dict[str, dict[int, Point]] = defaultdict(dict)
    for each in points:
        by_region[each.region].setdefault(each.year, each)
    told = [Line(region=region, points=years) for region, years in by_region.items() if len(years) > 1]
    return sorted(told, key=lambda line: (-len(line.points), line.region))


def spread(points: Sequence[Point]) -> list[Bin]:
    """How the values are distributed, in bins of one width; those between the first and the last may be empty."""
    if not points:
        return []
    width = _width(points)
    numbered: dict[int, list[Point]] = defaultdict(list)
    for each in points:
        numbered[int((each.middle / width).to_integral_value(ROUND_FLOOR))].append(each)
    return [
        Bin(low=number * width, high=(number + 1) * width, points=tuple(numbered[number]))
        for number in range(min(numbered), max(numbered) + 1)
    ]


def _width(points: Sequence[Point]) -> Decimal:
    """A round number that makes few bins."""
    values = [each.middle for each in points]
    least = (max(values) - min(values)) / _BINS
    if points[0].unit == _PERCENT and least <= _HALF:
        return _HALF
    if not least:
        return max(abs(values[0]), Decimal(1))
    power = Decimal(10) ** least.adjusted()
    return next(step * power for step in (*_STEPS, Decimal(10)) if step * power >= least)
