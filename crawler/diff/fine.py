"""What changed in one region: similar sentences are paired, the words of a pair compared. Ring 1.

The sentences of a region are aligned by anchors; what is left is paired by likeness, in one order. Sentences without a
counterpart are inserted or deleted as they are.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from crawler.diff.align import Budget, align, gaps_between
from crawler.diff.coarse import FINE_LIMIT
from crawler.diff.edits import edits, join_touching
from crawler.diff.likeness import similar
from crawler.diff.spans import Region, Span, fill
from crawler.diff.words import SENTENCE_END, Word, words
from crawler.text import fold

PRICE = 10
"""Steps for each character looked at here."""


def changes(old: str, new: str, region: Region, budget: Budget) -> Iterable[Span]:
    """The spans of `region`, its changes as a reader would tell them."""
    price = region.size * PRICE
    if region.one_sided or region.size > FINE_LIMIT or not budget.covers(price):
        return _whole(old, new, region)
    budget.spend(price)
    before, after = words(old, *region[:2]), words(new, *region[2:])
    if not before or not after:
        return _whole(old, new, region)
    found = _word_changes([word.text for word in before], [word.text for word in after], budget)
    return fill(region, (_place(before, after, change, region) for change in found), old, new)


def _whole(old: str, new: str, region: Region) -> Iterable[Span]:
    """The region as one change, but for blanks at its ends; as none if it says the same."""
    before, after = old[region.old_start : region.old_end], new[region.new_start : region.new_end]
    if fold(before) == fold(after):
        return fill(region, (), old, new)
    change = Region(*_strip(before, region.old_start), *_strip(after, region.new_start))
    return fill(region, (Span(kind="change", region=change),), old, new)


def _strip(text: str, start: int) -> tuple[int, int]:
    left = len(text) - len(text.lstrip())
    return start + left, start + max(left, len(text.rstrip()))


def _place(before: list[Word], after: list[Word], change: Region, region: Region) -> Span:
    """Where a range of words stands in the texts; an empty one right behind the word before it."""
    old = _stretch(before, change.old_start, change.old_end, region.old_start)
    new = _stretch(after, change.new_start, change.new_end, region.new_start)
    return Span(kind="change", region=Region(*old, *new))


def _stretch(row: list[Word], start: int, end: int, first: int) -> tuple[int, int]:
    if start < end:
        return row[start].start, row[end - 1].end
    place = row[start - 1].end if start else first
    return place, place


def _word_changes(old: list[str], new: list[str], budget: Budget) -> list[Region]:
    """The changed ranges of words, in order, none touching another."""
    a, b = _cuts(old), _cuts(new)
    before = ["".join(old[start:end]) for start, end in pairwise(a)]
    after = ["".join(new[start:end]) for start, end in pairwise(b)]
    found: list[Region] = []
    for gap in gaps_between(align(before, after), len(before), len(after)):
        for pair in _paired(before, after, gap):
            region = Region(a[pair.old_start], a[pair.old_end], b[pair.new_start], b[pair.new_end])
            comparable = min(pair.old_end - pair.old_start, pair.new_end - pair.new_start) == 1
            found += edits(old, new, region, budget) if comparable else [region]
    return join_touching(old, new, found)


def _cuts(row: list[str]) -> list[int]:
    """Where the sentences of a row of words begin, and its end."""
    ends = [index + 1 for index, word in enumerate(row) if word[-1] in SENTENCE_END]
    return [0, *ends] if ends and ends[-1] == len(row) else [0, *ends, len(row)]


def _paired(old: list[str], new: list[str], gap: Region) -> Iterator[Region]:
    """The gap cut into pairs of similar sentences and what lies between them; ranges of sentences."""
    a, b = gap.old_start, gap.new_start
    one = min(gap.old_end - a, gap.new_end - b) <= 1  # compared as it is: it may have become several
    for x, y in (*(() if one else similar(old, new, gap)), (gap.old_end, gap.new_end)):
        if x - a == y - b:  # nothing came or went here: each was rewritten in its place
            yield from (Region(a + k, a + k + 1, b + k, b + k + 1) for k in range(x - a))
        else:
            yield Region(a, x, b, y)
        if x < gap.old_end:
            yield Region(x, x + 1, y, y + 1)
        a, b = x + 1, y + 1
