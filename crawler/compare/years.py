"""Two years of one region: what was promised, what the next report says of it, and what is promised next. Ring 1; pure.

A series is one indicator (`key`) of one scope, in one kind of figure (change, amount, share …) and unit. A report often
names it several times; what it says among its main targets (预期目标) counts first, then what it says first.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from crawler.compare.side import Side
from crawler.model import Target, value
from crawler.targets.difference import middle, signed
from crawler.targets.indicators import CANONICAL
from crawler.targets.units import PERCENT, base_value, factor_of

_KINDS = {"growth": "change", "decline": "change", "count": "amount", "increment": "amount", "level": "amount"}
_MAIN = ("预期目标", "主要目标", "目标任务")
_KNOWN = frozenset(CANONICAL.values())
_LONG = 4
"""Shorter names that no table knows (项目, 公园) stand for other things in each report."""

_SUMMED = re.compile(r"累计|年均|[三四五3-5]年(?:来|间|共)|时期|期间|以来")
"""Words of a clause whose figure is of several years, though it stands among the results of one."""
_STOCK = re.compile(r"(?:达到?|增至|增加到|总数)了?[^\d,，;；。]{0,2}$")
_FAR = 3
"""How many times an amount promised is hardly what came of it: a stock beside a year's work."""

Series = tuple[str, str, str, str, str]
"""Key, scope, kind of figure, unit without scale, and the period (the earlier report's year for what it is for)."""


@value
class YearRow:
    """One series: a promise, what became of it, and the promise of the next report; at least one promise is there."""

    key: str
    scope: str
    promised: Target | None
    achieved: Target | None
    following: Target | None

    @property
    def difference(self) -> Decimal | None:
        """The next promise less this one, in `unit`; ranges count by their middle."""
        return _less(self.following, self.promised, self.unit)

    @property
    def margin(self) -> Decimal | None:
        """What was achieved less what was promised, in `unit`."""
        return _less(self.achieved, self.promised, self.unit)

    @property
    def unit(self) -> str:
        """The unit of the earlier promise (of the next one, where there is none before), as written."""
        return next(target.unit for target in (self.promised, self.following) if target)

    @property
    def outcome(self) -> Literal["below", "within", "above"] | None:
        """Where the result lies to the bounds that were promised; whether above is good only the indicator tells."""
        if self.promised is None or self.achieved is None:
            return None
        (low, high), result = signed(self.promised), middle(self.achieved)
        if result is None:
            return None
        return (
            "below" if low is not None and result < low else "above" if high is not None and result > high else "within"
        )


@value
class Years:
    """Two reports of one region, the earlier one first."""

    earlier: Side
    later: Side
    rows: tuple[YearRow, ...]
    """In the order of the earlier report, then of the later one; the indicators of the table first."""
    only_earlier: int
    """Promises without a row: of indicators no table knows, without a counterpart in the other report."""
    only_later: int


def compare_years(first: Side, second: Side) -> Years:
    """Compare two reports by their years (both known), whichever comes first; linear in the number of targets."""
    earlier, later = sorted((first, second), key=lambda side: side.year or 0)
    year, next_year = earlier.year or 0, later.year or 0
    promised = _series(earlier.targets, "target", year, year)
    following = _series(later.targets, "target", next_year, year)
    results = (target for target in later.targets if target.period in ("", str(year)) and not _summed(target))
    achieved = _series(results, "achievement", year, year)
    told = dict.fromkeys((*promised, *following))
    rows = [_row(name, promised, achieved, following) for name in told]
    kept = [row for row in rows if row is not None]
    kept.sort(key=lambda row: row.key not in _KNOWN)
    named = {id(target) for row in kept for target in (row.promised, row.following)}
    left = [sum(id(group[0]) not in named for group in side.values()) for side in (promised, following)]
    return Years(earlier=earlier, later=later, rows=tuple(kept), only_earlier=left[0], only_later=left[1])


def _series(targets: Iterable[Target], status: str, year: int, called: int) -> dict[Series, list[Target]]:
    """The mentions of a status by series, the one that counts first; what is for `year` is told as for `called`."""
    found: defaultdict[Series, list[Target]] = defaultdict(list)
    for target in targets:
        point = middle(target)
        if target.status != status or point is None or target.unit == "date":
            continue
        kind = _KINDS.get(target.kind, target.kind)
        period = str(called) if target.period in ("", str(year)) else target.period
        found[target.key, target.scope, kind, base_value(None, target.unit)[1], period].append(target)
    return {name: sorted(group, key=_rank) for name, group in found.items()}


def _rank(target: Target) -> tuple[bool, int]:
    return not any(word in target.rule for word in _MAIN), target.start


def _row(name: Series, *sides: Mapping[Series, Sequence[Target]]) -> YearRow | None:
    """The row of a series; None where its name may stand for several things, or nothing stands beside it."""
    groups = [side.get(name, ()) for side in sides]
    if name[0] not in _KNOWN:
        several = any(len({middle(target) for target in group}) > 1 for group in groups)
        if several or len(name[0]) < _LONG or sum(map(bool, groups)) < 2:
            return None
    promised, following = (groups[index][0] if groups[index] else None for index in (0, 2))
    achieved = next((target for target in groups[1] if not _stands_apart(target, promised or following)), None)
    if promised is following is None:
        return None
    return YearRow(key=name[0], scope=name[1], promised=promised, achieved=achieved, following=following)


def _summed(target: Target) -> bool:
    """The figure is said of several years."""
    return _SUMMED.search(_clause(target)) is not None


def _clause(target: Target) -> str:
    """The words before the number, back to a comma."""
    return re.split("[,，;；]", target.sentence[: target.start - target.sent_start])[-1]


def _stands_apart(result: Target, promise: Target | None) -> bool:
    """One of the two is what there is, the other what one year adds to it (达到4808万亩, 建设300万亩)."""
    ours, theirs = middle(result), promise and middle(promise)
    if not ours or not theirs or _KINDS.get(result.kind) != "amount":
        return False
    far = max(abs(ours), abs(theirs)) >= _FAR * min(abs(ours), abs(theirs))
    return far and bool(_STOCK.search(_clause(result))) != bool(promise and _STOCK.search(_clause(promise)))


def _less(one: Target | None, other: Target | None, unit: str) -> Decimal | None:
    if one is None or other is None:
        return None
    a, b = middle(one), middle(other)
    return None if a is None or b is None else (a - b) / factor_of(unit)


def per_cent(difference: Decimal | None, promise: Target | None) -> Decimal | None:
    """A difference as a share of what was promised, in per cent; None where the promise itself is in per cent."""
    if difference is None or promise is None or promise.unit in PERCENT:
        return None
    number = middle(promise)
    return difference * factor_of(promise.unit) / abs(number) * 100 if number else None
