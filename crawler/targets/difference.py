"""By how much and in what two values of one target differ. Ring 1; pure."""

from decimal import ROUND_HALF_EVEN, Decimal

from crawler.model import Target, TargetChange, value
from crawler.targets.units import base_value, factor_of

POINTS_OF = {"%": "个百分点", "‰": "个千分点"}
"""What shares differ by."""


@value
class Difference:
    """What changed from one version of a target to the next."""

    changed: tuple[str, ...]
    """Some of value, relation, unit, period and kind; a unit of another scale is the same (亿元, 万亿元)."""
    amount: Decimal | None
    """New less old, in `unit`; a decline counts below nought, a range by its middle. None where nothing compares."""
    unit: str
    percent: Decimal | None
    """`amount` as a share of the old value in per cent, to two decimals; None where that value is nought."""


def difference_of(change: TargetChange) -> Difference:
    """What changed, and by how much."""
    old, new = change.old, change.new
    told = {
        "value": _amounts(old) != _amounts(new),
        "relation": old.relation != new.relation,
        "unit": base_value(None, old.unit)[1] != base_value(None, new.unit)[1],
        "period": old.period != new.period,
        "kind": old.kind != new.kind,
    }
    before, after = middle(old), middle(new)
    changed = tuple(name for name, differs in told.items() if differs)
    unit = POINTS_OF.get(new.unit, new.unit)
    if before is None or after is None or before == after or told["unit"]:
        return Difference(changed=changed, amount=None, unit=unit, percent=None)
    less = after - before
    percent = _rounded(less / abs(before) * 100) if before else None
    return Difference(changed=changed, amount=less / factor_of(new.unit), unit=unit, percent=percent)


def middle(target: Target) -> Decimal | None:
    """The one number a target stands for, in its base unit: a range's middle, the bound it has; None if it has none."""
    low, high = signed(target)
    if low is None or high is None:
        return high if low is None else low
    return (low + high) / 2


def signed(target: Target) -> tuple[Decimal | None, Decimal | None]:
    """Both bounds in the base unit; a decline is a change below nought."""
    low, high = (base_value(side, target.unit)[0] for side in (target.low, target.high))
    if target.kind in ("decline", "decrement"):
        return (None if high is None else -high), (None if low is None else -low)
    return low, high


def _amounts(target: Target) -> object:
    """The numbers of a target, whichever side they bound; of one without, its words."""
    numbers = [side for side in signed(target) if side is not None]
    return tuple(dict.fromkeys(numbers)) or (target.period if target.unit == "date" else target.text)


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"), ROUND_HALF_EVEN)
