"""Which changes of a report are worth an alert, by what its source asks for (`crawler.model.Watch`). Ring 1."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import itemgetter

from crawler.diff import TextDiff
from crawler.model import Target, TargetDiff, Watch
from crawler.targets.indicators import key_of
from crawler.text import fold


def worth_telling(targets: TargetDiff, text: TextDiff, watch: Watch) -> bool:
    """Whether a change is one the source's `watch` asks for.

    Without `targets` every edit is, unless all it does is move targets by less than `min_change`: an edit that reaches
    beyond their quantities is told. With `targets` only a change, an addition or a removal of one of these is.
    """
    wanted = {key_of(name) for name in watch.targets}

    def watched(target: Target) -> bool:
        return not wanted or target.key in wanted

    large = any(watched(change.new) and _moved(change.old, change.new, watch) for change in targets.changed)
    listed = any(watched(target) for target in (*targets.added, *targets.removed))
    return large or listed or (not wanted and _edits_more(text, targets))


def _edits_more(text: TextDiff, targets: TargetDiff) -> bool:
    """Whether any edit does more than move changed targets: what it holds beside their quantities changed too."""
    old = _disjoint((change.old.start, change.old.end) for change in targets.changed)
    new = _disjoint((change.new.start, change.new.end) for change in targets.changed)
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
    """By `min_change` or more; a change of bound, unit or period always counts."""
    same_kind = (old.relation, old.unit, old.period) == (new.relation, new.unit, new.period)
    pairs = [(a, b) for a, b in ((old.low, new.low), (old.high, new.high)) if a is not None and b is not None]
    return not same_kind or not pairs or any(abs(b - a) >= watch.min_change for a, b in pairs)
