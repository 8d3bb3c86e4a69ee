"""Which report of one version of a compilation is which of the other. Ring 1; pure.

A heading that no other report has names a report for good. Reports of like headings ('市2023年政府工作报告（2）') are
known by what they promise, since their numbers move when one is inserted or removed; so is a report whose heading was
edited. What nothing tells apart is taken in order, as long as there are as many on both sides.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import partial

from crawler.model import Target

_COUNT = re.compile(r"[(（]\d{1,4}[)）]$")
_SHARE = 3
"""Reports are the same if they have one in so many of their promises in common."""

Groups = Mapping[str, Sequence[Target]]
Pair = tuple[str, str]


def pairs_of_reports(
    old: Sequence[Target], new: Sequence[Target], same: Callable[[Target], Hashable]
) -> list[tuple[Sequence[Target], Sequence[Target]]]:
    """The targets of both versions report by report; a report that one version lacks has none there."""
    left, right = _groups(old), _groups(new)
    found: list[Pair] = []
    for step in (_by_name, partial(_by_promises, same=same), _in_order):
        found += list(step(_without(left, found, 0), _without(right, found, 1)))
    told = [(left[a], right[b]) for a, b in found]
    told += [(group, ()) for group in _without(left, found, 0).values()]
    return told + [((), group) for group in _without(right, found, 1).values()]


def _groups(targets: Sequence[Target]) -> Groups:
    groups: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        groups[target.report].append(target)
    return groups


def _without(groups: Groups, pairs: Sequence[Pair], side: int) -> Groups:
    taken = {pair[side] for pair in pairs}
    return {name: group for name, group in groups.items() if name not in taken}


def _by_name(left: Groups, right: Groups) -> Iterator[Pair]:
    counts = [Counter(_COUNT.sub("", name) for name in groups) for groups in (left, right)]
    for name in left:
        if name in right and all(count[_COUNT.sub("", name)] == 1 for count in counts):
            yield name, name


def _by_promises(left: Groups, right: Groups, *, same: Callable[[Target], Hashable]) -> Iterator[Pair]:
    """The most alike first; only what one report of a version says tells it from the others."""
    ours, theirs = _own(left, same), _own(right, same)
    common = Counter((name, theirs[said]) for said, name in ours.items() if said in theirs)
    sizes = [Counter(side.values()) for side in (ours, theirs)]
    free = set(left), set(right)
    for (a, b), count in common.most_common():
        alike = count * _SHARE >= min(sizes[0][a], sizes[1][b])
        if alike and a in free[0] and b in free[1]:
            free[0].remove(a)
            free[1].remove(b)
            yield a, b


def _own(groups: Groups, same: Callable[[Target], Hashable]) -> dict[Hashable, str]:
    """What only one report says, with its name."""
    names: dict[Hashable, set[str]] = defaultdict(set)
    for name, group in groups.items():
        for target in group:
            names[same(target)].add(name)
    return {said: next(iter(saying)) for said, saying in names.items() if len(saying) == 1}


def _in_order(left: Groups, right: Groups) -> Iterator[Pair]:
    families: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, groups in enumerate((left, right)):
        for name in groups:
            families[_COUNT.sub("", name)][side].append(name)
    for ours, theirs in families.values():
        if len(ours) == len(theirs):
            yield from zip(ours, theirs, strict=True)
