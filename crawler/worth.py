"""Which changes of a report are worth an alert, by what its source asks for (`crawler.model.Watch`). Ring 1."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import Literal

from crawler.compare import Difference
from crawler.diff import TextDiff
from crawler.model import Target, TargetChange, TargetDiff, Watch
from crawler.targets.indicators import key_of
from crawler.targets.units import base_value, factor_of
from crawler.text import fold

Severity = Literal["high", "normal", "low"]
"""Of a change: a promise was altered or withdrawn; one was added; only words around the targets are others."""


def severity(targets: TargetDiff, text: TextDiff, watch: Watch) -> Severity | None:
    """How much a change matters by what the source's `watch` asks for; None: it is not to be told.

    An edit that does no more than move watched targets by too little, and one of targets nobody watches, counts as one
    of the text if it reaches beyond their quantities.
    """
    return _graded(targets, watch, lambda weighed: _edits_more(text, weighed))


def severity_of_prints(found: Difference, watch: Watch) -> Severity | None:
    """The same of what differs between two prints of one report."""
    return _graded(found.targets, watch, found.beside) if watch.differs else None


def _graded(targets: TargetDiff, watch: Watch, edits_more: Callable[[Sequence[TargetChange]], bool]) -> Severity | None:
    wanted = {key_of(name) for name in watch.targets}

    def watched(target: Target) -> bool:
        return not wanted or target.key in wanted

    if any(watched(change.new) and _moved(change.old, change.new, watch) for change in targets.changed):
        return "high"
    if watch.removed and any(map(watched, targets.removed)):
        return "high"
    if watch.added and any(map(watched, targets.added)):
        return "normal"
    told = not wanted if watch.text is None else watch.text
    weighed = [change for change in targets.changed if watched(change.new)]
    return "low" if told and edits_more(weighed) else None


def _edits_more(text: TextDiff, changed: Sequence[TargetChange]) -> bool:
    """Whether any edit does more than move these targets: what it holds beside their quantities changed too."""
    old = _disjoint((change.old.start, change.old.end) for change in changed)
    new = _disjoint((change.new.start, change.new.end) for change in changed)
    return any(
        _beside(text.old, hunk.old_start, hunk.old_end, old) != _beside(text.new, hunk.new_start, hunk.new_end, new)
        for hunk in text.hunks
    )


def _disjoint(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _beside(text: str, start: int, end: int, stretches: Sequence[tuple[int, int]]) -> str:
    """What stands from `start` to `end` outside the stretches, as it is compared."""
    pieces = []
    for left, right in stretches[bisect_right(stretches, start, key=itemgetter(1)) :]:
        if left >= end:
            break
        pieces.append(text[start:left])
        start = right
    return fold("".join([*pieces, text[start:end]]))


def _moved(old: Target, new: Target, watch: Watch) -> bool:
    """By as much as `watch` asks for, or where it asks for that, to another bound, unit, period or kind."""
    pairs = _values(old, new)
    if watch.relations and (not pairs or _bounds(old) != _bounds(new)):
        return True
    return any(before != after and _is_far(before, after, watch) for before, after in pairs)


def _bounds(target: Target) -> tuple[str, str, str, str]:
    return target.relation, target.kind, target.period, base_value(None, target.unit)[1]


def _values(old: Target, new: Target) -> list[tuple[Decimal, Decimal]]:
    """Both values of what can be compared, in the unit of the old one."""
    scale, other = factor_of(old.unit), factor_of(new.unit)
    pairs = ((old.low, new.low), (old.high, new.high))
    return [(before, after * other / scale) for before, after in pairs if before is not None and after is not None]


def _is_far(old: Decimal, new: Decimal, watch: Watch) -> bool:
    difference = abs(new - old)
    return difference >= watch.min_change and 100 * difference >= watch.min_percent * abs(old)
