"""The edits from one row of words to another, as a reader would tell them. Ring 1; the only importer of difflib.

difflib's worst case is cubic. Runs of words found once on each side are taken as anchors first, and only a gap whose
proven price is within the budget is given to it; a dearer gap is one replacement.
"""

from collections import Counter
from difflib import SequenceMatcher

from crawler.diff.align import Budget, align, gaps_between
from crawler.diff.spans import Region
from crawler.diff.words import SENTENCE_END

NEAR = 3
"""Changes of one sentence with fewer equal characters than that between them are read as one."""
_RUN = 6
"""So many equal words in a row are looked for as an anchor."""


def edits(old: list[str], new: list[str], region: Region, budget: Budget) -> list[Region]:
    """The changes in a region (ranges of words): whole numbers, no shreds, and one for what was written anew."""
    found = [change for gap in _anchored(old, new, region) for change in _compared(old, new, gap, budget)]
    found = _with_numbers(old, found, region)
    told: list[Region] = []
    for change in found:
        if told and _near(old[told[-1].old_end : change.old_start]):
            change = told.pop().to(change)
        told.append(change)
    return [region] if _rewritten(old, new, region, told) else told


def join_touching(old: list[str], new: list[str], found: list[Region]) -> list[Region]:
    """The changes with those that touch made one, and without any that only cuts the same characters otherwise."""
    joined: list[Region] = []
    for change in found:
        if joined and joined[-1].old_end == change.old_start and joined[-1].new_end == change.new_start:
            change = joined.pop().to(change)
        joined.append(change)
    return [c for c in joined if "".join(old[c.old_start : c.old_end]) != "".join(new[c.new_start : c.new_end])]


def _anchored(old: list[str], new: list[str], region: Region) -> list[Region]:
    a, b = region.old_start, region.new_start
    before, after = _runs(old[a : region.old_end]), _runs(new[b : region.new_end])
    gaps = gaps_between(align(before, after), len(before), len(after))
    return [gap.shifted(a, b) for gap in gaps]


def _runs(row: list[str]) -> list[tuple[str, ...]]:
    return [tuple(row[start : start + _RUN]) for start in range(len(row))]


def _compared(old: list[str], new: list[str], gap: Region, budget: Budget) -> list[Region]:
    """The gap's changes by difflib, or the gap as one change where they might cost too much."""
    if gap.one_sided:
        return [gap]
    a, b = gap.old_start, gap.new_start
    before, after = old[a : gap.old_end], new[b : gap.new_end]
    counts = Counter(after)
    visits = len(before) + sum(counts[word] for word in before)  # the most one pass of difflib makes
    if not budget.covers(visits * _passes(min(len(before), len(after)))):
        return [gap]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    budget.spend(visits * _passes(len(matcher.get_matching_blocks()) - 1))  # the last block is an empty one
    codes = matcher.get_opcodes()
    return [Region(i, j, k, m).shifted(a, b) for tag, i, j, k, m in codes if tag != "equal"]


def _passes(blocks: int) -> int:
    """How often difflib looks for a longest match to find so many: once for each, once for each side of each."""
    return 2 * blocks + 1


def _with_numbers(old: list[str], found: list[Region], region: Region) -> list[Region]:
    """A change right before or behind a number takes it in: "6%" became "6%左右", not: "左右" was inserted."""
    wider: list[Region] = []
    for index, (a, a_end, b, b_end) in enumerate(found):
        first = found[index - 1].old_end if index else region.old_start
        last = found[index + 1].old_start if index + 1 < len(found) else region.old_end
        left = int(a > first and old[a - 1][0].isdigit())
        right = int(a_end < last and old[a_end][0].isdigit())
        wider.append(Region(a - left, a_end + right, b - left, b_end + right))
    return wider


def _near(between: list[str]) -> bool:
    """Few equal characters and no end of a sentence stand between two changes (none if they share a number)."""
    return sum(map(len, between)) < NEAR and not any(word[-1] in SENTENCE_END for word in between)


def _rewritten(old: list[str], new: list[str], region: Region, told: list[Region]) -> bool:
    """There are several changes, and they are most of the text: what is left equal is so by chance."""
    if len(told) <= 1:
        return False
    a, b = _length(old, region[0], region[1]), _length(new, region[2], region[3])
    kept = a - sum(_length(old, change[0], change[1]) for change in told)
    return 2 * kept < min(a, b)


def _length(row: list[str], start: int, end: int) -> int:
    return sum(map(len, row[start:end]))
