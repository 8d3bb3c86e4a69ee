"""Short ways to ask the target finder about made-up sentences."""

from decimal import Decimal

from crawler.model import Target
from crawler.targets import find_targets

YEAR = 2031


def found(text: str, year: int | None = YEAR) -> list[Target]:
    """What is promised or reported in a text, attributes left out."""
    return [target for target in find_targets(text, year) if target.status != "optional"]


def only(text: str, year: int | None = YEAR) -> Target:
    """The one mention of a text."""
    (target,) = found(text, year)
    return target


def brief(text: str) -> list[tuple[str, str, str, str]]:
    """Indicator, kind, relation and value with unit of every mention."""
    return [(target.indicator, target.kind, target.relation, amount(target)) for target in found(text)]


def amount(target: Target) -> str:
    """The value of a target: 5%, 5-6%, or its words where it has no number."""
    numbers = [f"{number:f}" for number in dict.fromkeys((target.low, target.high)) if number is not None]
    return "-".join(numbers) + target.unit if numbers else target.text


def made(
    indicator: str, value: str, *, sentence: str = "", unit: str = "%", relation: str = "eq", **fields: str
) -> Target:
    """A target out of thin air, for the comparison of versions."""
    number = Decimal(value)
    return Target(
        start=0,
        end=1,
        text=value + unit,
        sent_start=0,
        sentence=sentence or f"{indicator}{value}{unit}。",
        indicator=indicator,
        kind=fields.get("kind", "growth"),
        relation=relation,
        low=number,
        high=number,
        unit=unit,
        period=fields.get("period", "2031"),
        status=fields.get("status", "target"),
        key=fields.get("key", indicator),
    )


PLAN = "二、2031年工作安排\n"
REVIEW = "一、2030年工作回顾\n"


def rows(text: str, year: int | None = YEAR) -> list[tuple[str, str, str]]:
    """Words, relation and value of every mention, a range as 5..6: 6%, about, 6."""
    return [(target.text, target.relation, sides(target)) for target in found(text, year)]


def sides(target: Target) -> str:
    """Both sides of a value: 6 where they are equal, 6.. and ..6 where one is open, 5..6 for a range."""
    low, high = ("" if side is None else f"{side:f}" for side in (target.low, target.high))
    return low if low == high else f"{low}..{high}"


def statuses(text: str, year: int | None = YEAR) -> list[tuple[str, str]]:
    """Words and status of every mention, attributes included."""
    return [(target.text, target.status) for target in find_targets(text, year)]


def optional(text: str) -> list[str]:
    """The numbers of a text that a reader may count or not."""
    return [target.text for target in find_targets(text, YEAR) if target.status == "optional"]
