"""One report on two portals: what the second changed, dropped or added, differing targets first. Ring 1; pure."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from crawler.compare.passages import Paragraph, Passage, passages
from crawler.compare.side import Side
from crawler.diff import Hunk
from crawler.model import Target, TargetChange, TargetDiff, value
from crawler.targets import compare_targets
from crawler.targets.units import base_value
from crawler.text import fold


@value
class Portals:
    """What differs between two prints of one report."""

    first: Side
    second: Side
    targets: TargetDiff
    """Targets that differ; one that was only put into other words is none of them."""
    passages: tuple[Passage, ...]
    """All of both texts, in the order of the second."""
    share: float
    """How much of both texts they have in common, 0 to 1, by characters."""

    @property
    def differing(self) -> tuple[Passage, ...]:
        """The passages that do not say the same."""
        return tuple(passage for passage in self.passages if passage.op != "same")


def compare_portals(first: Side, second: Side) -> Portals:
    """Compare two prints of one report; time grows about as the length of the texts."""
    found = passages(first.text, second.text)
    diff = compare_targets(first.targets, second.targets)
    old, new = _Numbers(found, second=False), _Numbers(found, second=True)
    told = TargetDiff(
        changed=tuple(change for change in diff.changed if not _reworded(change, old, new)),
        added=tuple(target for target in diff.added if not new.kept(target)),
        removed=tuple(target for target in diff.removed if not old.kept(target)),
    )
    return Portals(first=first, second=second, targets=told, passages=found, share=_share(found))


def _share(found: Sequence[Passage]) -> float:
    """Twice the characters both have, by the characters of both."""
    both = sum(len(each.folded) for passage in found for each in (*passage.old, *passage.new))
    different = sum(_different(passage) for passage in found)
    return 1 - different / both if both else 1.0


def _different(passage: Passage) -> int:
    """Characters of both sides that the other one does not have in their place."""
    if passage.op == "same":
        return 0
    if passage.diff is None:
        return sum(len(each.folded) for each in (*passage.old, *passage.new))
    return sum(len(fold(hunk.old)) + len(fold(hunk.new)) for hunk in passage.diff.hunks)


def _reworded(change: TargetChange, old: "_Numbers", new: "_Numbers") -> bool:
    """The pair says the same number, or two numbers that both stand where they stood: other words, no other value."""
    before, after = change.old, change.new
    if _amount(before) == _amount(after):
        return before.relation == after.relation and before.period == after.period
    return before.key != after.key and old.kept(before) and new.kept(after)


def _amount(target: Target) -> object:
    low, unit = base_value(target.low, target.unit)
    high, _ = base_value(target.high, target.unit)
    return low, high, unit, fold(target.text) if low is high is None else ""


class _Numbers:
    """Whether the numbers of one side stand in the same place of the other, in whatever words."""

    def __init__(self, found: Sequence[Passage], *, second: bool) -> None:
        self._second = second
        self._places = sorted(self._paragraphs(found), key=lambda place: place[0])
        self._starts = [start for start, _, _ in self._places]

    def _paragraphs(self, found: Sequence[Passage]) -> Iterator[tuple[int, int, Passage]]:
        """Of each paragraph its offset in the text and in its passage, and the passage."""
        for passage in found:
            side: tuple[Paragraph, ...] = passage.new if self._second else passage.old
            begin = 0
            for each in side:
                yield each.start, begin, passage
                begin += len(each.text) + 1

    def kept(self, target: Target) -> bool:
        """The other side has the target's number in its place."""
        index = bisect_right(self._starts, target.start) - 1
        if index < 0:
            return False
        start, begin, passage = self._places[index]
        if passage.diff is None:
            return passage.op == "same"
        where = begin + target.start - start
        touched = [hunk for hunk in passage.diff.hunks if self._touches(hunk, where, where + target.end - target.start)]
        return not touched or (len(touched) == 1 and self._still_in(touched[0], target.text))

    def _touches(self, hunk: Hunk, start: int, end: int) -> bool:
        first, last = (hunk.new_start, hunk.new_end) if self._second else (hunk.old_start, hunk.old_end)
        return first < end and start < last

    def _still_in(self, hunk: Hunk, number: str) -> bool:
        other = fold(hunk.old if self._second else hunk.new)
        return re.search(rf"(?<![\d.,]){re.escape(fold(number))}(?![\d.])", other) is not None
