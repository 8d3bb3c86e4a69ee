"""What became of the targets between two versions: the same promise found again, however it was moved or reworded.

Ring 1; pure. Targets that say the same (indicator, kind, relation, value in base unit, period) cancel out, wherever
they stand. What is left is paired by indicator and by the wording of the sentence around it; the rest was added or
removed. Every step is symmetric (swapping the versions swaps added and removed) and compares at most `MAX_PAIRS` pairs.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain, product

from crawler.model import Target, TargetChange, TargetDiff
from crawler.targets.reports import pairs_of_reports
from crawler.targets.units import base_value
from crawler.text import fold

MAX_PAIRS = 40_000
CONTEXT = 400
"""So much of a sentence tells it from others, in characters."""
ALIKE = Decimal("0.6")
"""From this share of common character pairs on, two names or sentences are the same, reworded."""
_AMOUNTS = {"count": "amount", "increment": "amount", "level": "amount"}
_CHANGES = {"growth": "change", "decline": "change", "decrement": "amount", **_AMOUNTS}
_FIGURES = re.compile(r"[\d.,%一二两三四五六七八九十百千万亿零]+")

Row = tuple[int, Target]
"""A target with its rank in its version."""
Pair = tuple[Target, Target]


def compare_targets(old: Sequence[Target], new: Sequence[Target]) -> TargetDiff:
    """What was changed, added and removed; only mentions with status `target` count.

    In a compilation targets are compared within their report. Where one was found on one side only, because it came,
    went, or lost its heading, what is still promised word for word, wherever, was neither added nor removed.
    """
    if not any(target.report for target in (*old, *new)):
        return _compare(old, new)
    pairs = pairs_of_reports(old, new, _said_here)
    diffs = [_compare(before, after) for before, after in pairs]
    removed = list(chain.from_iterable(diff.removed for diff in diffs))
    added = list(chain.from_iterable(diff.added for diff in diffs))
    if not all(map(all, pairs)):
        removed, added = _without_common(removed, added, _said_here)
    changed = chain.from_iterable(diff.changed for diff in diffs)
    return TargetDiff(
        changed=tuple(sorted(changed, key=lambda change: (change.new.start, change.old.start))),
        added=tuple(sorted(added, key=lambda target: target.start)),
        removed=tuple(sorted(removed, key=lambda target: target.start)),
    )


def _compare(old: Sequence[Target], new: Sequence[Target]) -> TargetDiff:
    left, right = _with_status(old, "target"), _with_status(new, "target")
    for same in (_said_here, _said):
        left, right = _without_common(left, right, same)
    left, right = _without_reworded(left, right)
    left, right = _without_rejudged(left, new), _without_rejudged(right, old)
    changed, left, right = _edited(left, right, old, new)
    for family, least in ((_family, Decimal("0.25")), (_kind, ALIKE)):
        pairs, left, right = _paired(left, right, family, least)
        changed += pairs
    changed.sort(key=lambda pair: (pair[1].start, pair[0].start))
    return TargetDiff(
        changed=tuple(TargetChange(indicator=after.indicator, old=before, new=after) for before, after in changed),
        added=tuple(right),
        removed=tuple(left),
    )


# --- what counts as the same -----------------------------------------------------------------------------------------


def _value(target: Target) -> Hashable:
    """Value, relation, unit and period, independent of scale and spelling; a comparison's value is its words."""
    low, unit = base_value(target.low, target.unit)
    high, _ = base_value(target.high, target.unit)
    words = fold(target.text) if target.low is None and target.high is None and target.unit != "date" else ""
    kind = _AMOUNTS.get(target.kind, target.kind)
    return kind, target.relation, low, high, unit, target.period, words


def _said(target: Target) -> Hashable:
    return target.key, target.scope, _value(target)


def _said_here(target: Target) -> Hashable:
    return _said(target), _skeleton(target)


def _skeleton(target: Target) -> str:
    """The sentence without its figures."""
    return _without_figures(target.sentence)


@lru_cache(maxsize=4096)
def _without_figures(sentence: str) -> str:
    return _FIGURES.sub("#", fold(sentence[:CONTEXT]))


def _wording(target: Target) -> str:
    return target.indicator + _skeleton(target)


def _place(target: Target) -> Hashable:
    return target.key, target.scope, _CHANGES.get(target.kind, target.kind), _skeleton(target)


def _family(target: Target) -> Hashable:
    return target.key, target.scope, _CHANGES.get(target.kind, target.kind), target.period


def _kind(target: Target) -> Hashable:
    return _CHANGES.get(target.kind, target.kind)


# --- steps -----------------------------------------------------------------------------------------------------------


def _with_status(targets: Sequence[Target], status: str) -> list[Target]:
    return [target for target in targets if target.status == status]


def _without_common(
    left: list[Target], right: list[Target], same: Callable[[Target], Hashable]
) -> tuple[list[Target], list[Target]]:
    """Both lists without the targets they have in common, counted (two on one side and one on the other leave one)."""
    counts: dict[Hashable, list[int]] = defaultdict(lambda: [0, 0])
    for side, targets in enumerate((left, right)):
        for target in targets:
            counts[same(target)][side] += 1
    kept: tuple[list[Target], list[Target]] = ([], [])
    for side, targets in enumerate((left, right)):
        skip = {name: min(count) for name, count in counts.items()}
        for target in targets:
            name = same(target)
            if skip[name]:
                skip[name] -= 1
            else:
                kept[side].append(target)
    return kept


def _without_reworded(left: list[Target], right: list[Target]) -> tuple[list[Target], list[Target]]:
    """Drop pairs with the same value whose indicator is named almost the same (新增高企, 新增国家高企)."""
    pairs, left, right = _paired(left, right, _value, ALIKE, of=lambda target: fold(target.indicator))
    del pairs
    return left, right


def _without_rejudged(targets: list[Target], other: Sequence[Target]) -> list[Target]:
    """Drop targets the other version has word for word with another status: only the text around them changed."""
    others = {_said_here(target) for target in other if target.status != "target"} if targets else set()
    return [target for target in targets if _said_here(target) not in others]


def _edited(
    left: list[Target], right: list[Target], old: Sequence[Target], new: Sequence[Target]
) -> tuple[list[Pair], list[Target], list[Target]]:
    """Pairs whose sentences differ in figures alone, though the edit may have made a result of a promise."""
    before, after = left + _results_at(right, old), right + _results_at(left, new)
    pairs, left, right = _paired(before, after, _place, Decimal(0))
    told = [(a, b) for a, b in pairs if "target" in (a.status, b.status) and _value(a) != _value(b)]
    return told, _with_status(left, "target"), _with_status(right, "target")


def _results_at(promises: list[Target], version: Sequence[Target]) -> list[Target]:
    """What a version calls achieved in the very places where the other one promises."""
    places = {_place(target) for target in promises}
    return [target for target in _with_status(version, "achievement") if _place(target) in places]


def _paired(
    left: list[Target],
    right: list[Target],
    family: Callable[[Target], Hashable],
    least: Decimal,
    of: Callable[[Target], str] | None = None,
) -> tuple[list[Pair], list[Target], list[Target]]:
    """Pairs within a family, the most alike first; and what is left of both sides."""
    groups: dict[Hashable, tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
    for side, targets in enumerate((left, right)):
        for rank, target in enumerate(targets):
            groups[family(target)][side].append((rank, target))
    pairs: list[tuple[int, int]] = []
    budget = MAX_PAIRS
    for ours, theirs in groups.values():
        pairs += _best(ours, theirs, least, budget, of or _wording)
        budget -= min(budget, len(ours) * len(theirs))
    gone_left, gone_right = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    return (
        [(left[a], right[b]) for a, b in pairs],
        [target for rank, target in enumerate(left) if rank not in gone_left],
        [target for rank, target in enumerate(right) if rank not in gone_right],
    )


def _best(
    ours: list[Row], theirs: list[Row], least: Decimal, budget: int, of: Callable[[Target], str]
) -> list[tuple[int, int]]:
    """A one-to-one assignment of ranks, greedy by likeness, then by order; in order alone where there are too many."""
    if len(ours) * len(theirs) > budget:
        return [(a[0], b[0]) for a, b in zip(ours, theirs, strict=False)] if least == 0 else []
    before, after = ([_bigrams(of(target)) for _, target in side] for side in (ours, theirs))
    free_left, free_right, result = set(range(len(ours))), set(range(len(theirs))), []
    for i, j in _ranked(before, after, least):
        if i in free_left and j in free_right:
            free_left.remove(i)
            free_right.remove(j)
            result.append((ours[i][0], theirs[j][0]))
    return result


def _ranked(before: list[frozenset[str]], after: list[frozenset[str]], least: Decimal) -> Iterator[tuple[int, int]]:
    """The index pairs at least so alike: the most alike first, then those at like places, the early first."""
    alike = [
        (-likeness, abs(i - j), i + j, i, j)
        for (i, a), (j, b) in product(enumerate(before), enumerate(after))
        if (likeness := _likeness(a, b)) >= least
    ]
    return ((i, j) for *_, i, j in sorted(alike))


def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[index : index + 2] for index in range(max(1, len(text) - 1)))


def _likeness(a: frozenset[str], b: frozenset[str]) -> Decimal:
    """Dice's coefficient of two sets of character pairs, 0 to 1."""
    return Decimal(2 * len(a & b)) / (len(a) + len(b))
