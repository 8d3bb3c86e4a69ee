"""What a chart of one indicator draws: values on one scale, one for each region and year, and how they spread.

Ring 1; pure. A range stays a range and a bound a bound; amounts of different kinds or units are never put together.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import ROUND_FLOOR, Decimal
from functools import lru_cache
from typing import NamedTuple

from crawler.extract.compilation import place_and_year
from crawler.model import value
from crawler.targets.describe import bare, describe_value
from crawler.targets.units import DATE, PERCENT, base_value

HALF = Decimal("0.5")
MOST_STEPS = 40
"""Of a distribution; where values lie further apart, its steps are larger."""


class Measure(NamedTuple):
    """What a chart has on its scale."""

    kind: str
    unit: str
    """The base unit."""


@value
class Amount:
    """What a target says, in the base unit; a bound has one end, a single value two that are the same."""

    measure: Measure
    low: Decimal | None
    high: Decimal | None
    said: str
    """As the report has it: 6%左右."""

    @property
    def mark(self) -> Decimal:
        """Where it begins; of an upper bound where it ends."""
        return next(end for end in (self.low, self.high, Decimal()) if end is not None)

    @property
    def middle(self) -> Decimal:
        """Of a range; else its only value."""
        ends = [end for end in (self.low, self.high) if end is not None]
        return sum(ends, Decimal()) / len(ends)

    @property
    def bound(self) -> str:
        """`least` or `most` where one side is open, else empty."""
        return "least" if self.high is None else "most" if self.low is None else ""


@value
class Point:
    """What a region's report of a year promises."""

    page: int
    region: str
    year: int
    amount: Amount


@value
class Step:
    """A stretch of the scale, from `low` up to, not with, `high`, and who promises that much."""

    low: Decimal
    high: Decimal
    points: tuple[Point, ...]


def place(report: str, region: str, year: int | None) -> tuple[str, int | None]:
    """Whose promise it is: in a compilation that of the report it stands in, else of the page's region and year."""
    if not report:
        return region, year
    named, told = place_and_year(report)
    return named, told or year


@lru_cache(maxsize=20_000)
def amount_of(kind: str, relation: str, low: str | None, high: str | None, unit: str, text: str) -> Amount | None:
    """A target's columns as an amount; None for a day, and for what is told in words alone."""
    first, last = (None if each is None else Decimal(each) for each in (low, high))
    if unit == DATE or first is last is None:
        return None
    (least, base), (most, _) = base_value(first, unit), base_value(last, unit)
    said = describe_value(bare(kind, relation, first, last, unit, text))
    return Amount(measure=Measure(kind, base), low=least, high=most, said=said)


def measures(points: Iterable[Point]) -> list[Measure]:
    """On which scales they can be drawn, the commonest first."""
    return [each for each, _ in Counter(point.amount.measure for point in points).most_common()]


def one_each(points: Iterable[Point]) -> list[Point]:
    """The first one of each region and year."""
    found: dict[tuple[str, int], Point] = {}
    for point in points:
        found.setdefault((point.region, point.year), point)
    return list(found.values())


def spread(points: Sequence[Point]) -> list[Step]:
    """How many promise how much, by equal steps without a gap; a range is counted where it begins."""
    if not points:
        return []
    marks = [point.amount.mark for point in points]
    step = _step(min(marks), max(marks), points[0].amount.measure.unit)
    places: dict[int, list[Point]] = {}
    for point in points:
        places.setdefault(_number(point.amount.mark, step), []).append(point)
    return [
        Step(low=step * number, high=step * (number + 1), points=tuple(places.get(number, ())))
        for number in range(min(places), max(places) + 1)
    ]


def _number(mark: Decimal, step: Decimal) -> int:
    return int((mark / step).to_integral_value(ROUND_FLOOR))


def _step(least: Decimal, most: Decimal, unit: str) -> Decimal:
    """Half a percent where that is fine enough; else 1, 2 or 5 times a power of ten."""
    if unit in PERCENT and (most - least) / HALF < MOST_STEPS:
        return HALF
    rough = (most - least) / (MOST_STEPS // 2) or Decimal(1)
    power = Decimal(10) ** rough.adjusted()
    return next(step for times in (1, 2, 5, 10) if (step := times * power) >= rough)
