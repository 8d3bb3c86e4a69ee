"""Anchors between two sequences: what stands in both, in one order, in near-linear time. Ring 1.

Patience (Bram Cohen): elements that stand once in each sequence are anchors if they keep their order; where there are
none, the rarest common elements are paired by occurrence, after the histogram diff of JGit. Each round looks at every
element of the gaps left by the round before, and there are at most ROUNDS of them, so that no input costs more than
ROUNDS * n log n.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from crawler.diff.spans import Region

ROUNDS = 8


class Block(NamedTuple):
    """`size` equal elements, from `old` in the one sequence and from `new` in the other."""

    old: int
    new: int
    size: int


class Budget:
    """How many steps may still be made. Work whose price is not `covered` is not begun."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def covers(self, steps: int) -> bool:
        """Whether so many steps may be made."""
        return steps <= self.left

    def spend(self, steps: int) -> None:
        """Count steps as made."""
        self.left -= steps


def align(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Block]:
    """Equal runs of both sequences, in order, none crossing another."""
    blocks: list[Block] = []
    gaps = [Region(0, len(old), 0, len(new))]
    for _ in range(ROUNDS):
        trimmed = [_trim(old, new, gap, blocks) for gap in gaps]
        gaps = [part for gap in trimmed if not gap.one_sided for part in _split(old, new, gap, blocks)]
        if not gaps:
            break
    return sorted(blocks)


def gaps_between(blocks: Iterable[Block], old: int, new: int) -> list[Region]:
    """The gaps before, between and after the blocks of sequences `old` and `new` long; at least one side not empty."""
    gaps: list[Region] = []
    a = b = 0
    for block in (*blocks, Block(old, new, 0)):
        if a < block.old or b < block.new:
            gaps.append(Region(a, block.old, b, block.new))
        a, b = block.old + block.size, block.new + block.size
    return gaps


def increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of pairs in which both numbers rise; `pairs` come sorted by the first, which is unique."""
    tails: list[int] = []  # smallest last second number of a chain of each length
    ends: list[int] = []  # index of the pair that ends it
    before: list[int] = []
    for index, (_, second) in enumerate(pairs):
        length = bisect_left(tails, second)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [second]
        ends[length : length + 1] = [index]
    chain: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _trim(old: Sequence[Hashable], new: Sequence[Hashable], gap: Region, blocks: list[Block]) -> Region:
    """The gap without its common ends, which become blocks."""
    a, a_end, b, b_end = gap
    head = _run(old, new, gap)
    if head:
        blocks.append(Block(a, b, head))
    a, b, tail = a + head, b + head, 0
    while a < a_end - tail and b < b_end - tail and old[a_end - tail - 1] == new[b_end - tail - 1]:
        tail += 1
    if tail:
        blocks.append(Block(a_end - tail, b_end - tail, tail))
    return Region(a, a_end - tail, b, b_end - tail)


def _split(old: Sequence[Hashable], new: Sequence[Hashable], gap: Region, blocks: list[Block]) -> list[Region]:
    """The gaps that remain around the gap's anchors, none if it has no anchor; each anchor's run becomes a block."""
    a, a_end, b, b_end = gap
    gaps: list[Region] = []
    for x, y in increasing(_anchors(old, new, gap)):
        if x >= a and y >= b:
            size = _run(old, new, Region(x, a_end, y, b_end))
            blocks.append(Block(x, y, size))
            gaps.append(Region(a, x, b, y))
            a, b = x + size, y + size
    return [*gaps, Region(a, a_end, b, b_end)] if gaps else []


def _run(old: Sequence[Hashable], new: Sequence[Hashable], gap: Region) -> int:
    a, b = gap.old_start, gap.new_start
    size, longest = 0, min(gap.old_end - a, gap.new_end - b)
    while size < longest and old[a + size] == new[b + size]:
        size += 1
    return size


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], gap: Region) -> list[tuple[int, int]]:
    """The rarest elements common to both sides of the gap, the k-th here with the k-th there."""
    a, a_end, b, b_end = gap
    counts, other = Counter(old[a:a_end]), Counter(new[b:b_end])
    rarity = {element: max(counts[element], other[element]) for element in counts.keys() & other.keys()}
    if not rarity:
        return []
    least = min(rarity.values())
    places: defaultdict[Hashable, list[int]] = defaultdict(list)
    for y in range(b_end - 1, b - 1, -1):
        if rarity.get(new[y]) == least:
            places[new[y]].append(y)
    return [(x, places[old[x]].pop()) for x in range(a, a_end) if places.get(old[x])]
