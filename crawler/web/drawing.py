"""From points to what the templates of charts draw: bars over regions, a table over years, a distribution."""

from collections.abc import Sequence
from decimal import Decimal

from crawler.charts import Amount, Measure, Point, Step, measures, one_each, spread
from crawler.model import value

MOST_BARS = 60
MOST_NAMES = 600
"""Of regions in a distribution, by name; the others are counted."""
_WIDTH = Decimal(100)
_OPEN = Decimal("1.05")
"""The scale goes on beyond the largest value, so that an open bound can be seen to."""


@value
class Bar:
    """A region's value; stretches of the scale as (where it begins, how wide it is), of `_WIDTH` in all."""

    point: Point
    solid: tuple[str, str]
    """From nothing to what is promised at least."""
    span: tuple[str, str]
    """From there to the end of a range."""
    open: tuple[str, str]
    """Where the value may lie as well: beyond a lower bound, below an upper one."""


@value
class Bars:
    """A year's values over regions, the largest first, and how many there are in all."""

    year: int
    bars: tuple[Bar, ...]
    count: int


@value
class Lines:
    """Values of regions over years: a row each, as wide as the years, None where none is known."""

    years: tuple[int, ...]
    rows: tuple[tuple[str, tuple[Point | None, ...]], ...]


@value
class Row:
    """A step of a distribution: how many regions, those of them that are named, and the bar's length."""

    step: Step
    count: int
    named: tuple[Point, ...]
    width: str


def chosen(points: Sequence[Point], wanted: str | None) -> tuple[Measure | None, list[Measure]]:
    """The measure that was asked for, else the commonest; and all of them."""
    known = measures(points)
    return next((each for each in known if name(each) == wanted), known[0] if known else None), known


def name(measure: Measure) -> str:
    """A measure in an address."""
    return f"{measure.kind}:{measure.unit}"


def of(points: Sequence[Point], measure: Measure | None) -> list[Point]:
    """One point for each region and year, of a measure."""
    return one_each(point for point in points if point.amount.measure == measure)


def bars(points: Sequence[Point], year: int | None) -> Bars | None:
    """A year's points over regions; None where there is nothing to compare."""
    if year is None or len(points) < 2:
        return None
    ranked = sorted(points, key=lambda point: (-point.amount.middle, point.region))
    most = _OPEN * max(end for point in points for end in (point.amount.low, point.amount.high) if end is not None)
    return Bars(year=year, bars=tuple(_bar(point, most) for point in ranked[:MOST_BARS]), count=len(ranked))


def lines(points: Sequence[Point]) -> Lines | None:
    """Points over years; None where there is one year alone."""
    years = sorted({point.year for point in points})
    if len(years) < 2:
        return None
    found = {(point.region, point.year): point for point in points}
    regions = sorted({point.region for point in points})
    return Lines(
        years=tuple(years),
        rows=tuple((region, tuple(found.get((region, year)) for year in years)) for region in regions),
    )


def distribution(points: Sequence[Point]) -> list[Row]:
    """How many regions promise how much, the least first."""
    steps = spread(sorted(points, key=lambda point: (point.amount.mark, point.region)))
    most = max((len(step.points) for step in steps), default=0)
    named = MOST_NAMES // max(1, sum(bool(step.points) for step in steps))
    return [
        Row(
            step=step,
            count=len(step.points),
            named=step.points[:named],
            width=_length(_WIDTH * len(step.points) / most),
        )
        for step in steps
    ]


def _bar(point: Point, most: Decimal) -> Bar:
    amount = point.amount
    low, high = _ends(amount, most)
    solid = low if amount.bound != "most" else Decimal()
    end = high if not amount.bound else solid
    return Bar(
        point=point,
        solid=_stretch(Decimal(), solid, most),
        span=_stretch(solid, end, most),
        open=_stretch(low, high, most) if amount.bound else ("0", "0"),
    )


def _ends(amount: Amount, most: Decimal) -> tuple[Decimal, Decimal]:
    """Where it begins and ends on the scale; an open side goes on to the scale's own end."""
    return Decimal() if amount.low is None else amount.low, most if amount.high is None else amount.high


def _stretch(start: Decimal, end: Decimal, most: Decimal) -> tuple[str, str]:
    """A part of the scale; what is below nothing is not drawn."""
    if most <= 0:
        return "0", "0"
    left, right = (_WIDTH * max(Decimal(), each) / most for each in (start, end))
    return _length(left), _length(max(Decimal(), right - left))


def _length(number: Decimal) -> str:
    return f"{number:.1f}"
