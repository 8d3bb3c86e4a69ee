"""Two texts as aligned paragraphs: the same, changed, dropped or added, in the order of the second. Ring 1; pure."""

import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Literal, NamedTuple

from crawler.compare.alike import Group, groups
from crawler.compare.straddle import joined
from crawler.diff import TextDiff, diff_texts
from crawler.diff.align import Budget, align, increasing
from crawler.model import value
from crawler.text import fold

Op = Literal["same", "changed", "dropped", "added"]

STEPS = 20_000_000
"""Of one comparison of two texts, word by word; some seconds at the worst."""


SEARCHED = 50_000_000
"""So many characters are looked through for short lines that were joined to others."""


class Paragraph(NamedTuple):
    """A paragraph that says something: its number, its offset in the text, as written and as compared."""

    number: int
    start: int
    text: str
    folded: str


@value
class Passage:
    """Paragraphs of the first text and those that stand for them in the second (either may be none)."""

    op: Op
    old: tuple[Paragraph, ...]
    new: tuple[Paragraph, ...]
    diff: TextDiff | None = None
    """What changed, with the paragraphs of each side joined by line ends; only of what is changed."""
    moved: bool = False
    """It stands elsewhere among the others."""


def passages(old: str, new: str) -> tuple[Passage, ...]:
    """The passages of both texts; time grows about as their length."""
    before, after = _paragraphs(old), _paragraphs(new)
    equal = _equal(before, after)
    found = [Group([x], [y]) for x, y in equal]
    found += _reworded(before, after, equal)
    kept = set(increasing(sorted((group.old[0], group.new[0]) for group in found)))
    budget = Budget(STEPS)
    paired = [_paired(before, after, group, budget, moved=(group.old[0], group.new[0]) not in kept) for group in found]
    return tuple(_in_order(before, after, found, paired))


def _paragraphs(text: str) -> list[Paragraph]:
    lines = text.split("\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    told = [(start, line, fold(line)) for start, line in zip(starts, lines, strict=False)]
    said = [row for row in told if row[2]]
    return [Paragraph(number, *row) for number, row in enumerate(said)]


def _equal(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """Pairs of paragraphs that say the same: in order first, then wherever they were moved to."""
    ours, theirs = [each.folded for each in before], [each.folded for each in after]
    pairs = [(a + k, b + k) for a, b, size in align(ours, theirs) for k in range(size)]
    left, right = {x for x, _ in pairs}, {y for _, y in pairs}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for y in reversed(range(len(theirs))):
        if y not in right:
            places[theirs[y]].append(y)
    moved = [(x, places[text].pop()) for x, text in enumerate(ours) if x not in left and places.get(text)]
    return sorted(pairs + moved)


def _reworded(before: Sequence[Paragraph], after: Sequence[Paragraph], equal: list[tuple[int, int]]) -> list[Group]:
    left, right = {x for x, _ in equal}, {y for _, y in equal}
    ours = {each.number: each.folded for each in before if each.number not in left}
    theirs = {each.number: each.folded for each in after if each.number not in right}
    found = groups(ours, theirs, list(_in_place(equal, len(before), len(after))))
    _join_neighbours(ours, theirs, found)
    return joined(ours, theirs, found)


def _join_neighbours(ours: Mapping[int, str], theirs: Mapping[int, str], found: Sequence[Group]) -> None:
    """Put a short line (a heading) to its neighbour, where the other side has both in one paragraph."""
    for side, texts, others in ((0, ours, theirs), (1, theirs, ours)):
        place = {number: group for group in found for number in group[side]}
        whole = {id(group): "\n".join(others[number] for number in group[1 - side]) for group in found}
        left = SEARCHED
        # Runs of such lines grow from the paragraph they stand at: forwards behind it, backwards before it.
        walks = ((number, number + step) for step in (-1, 1) for number in sorted(texts, reverse=step > 0))
        for number, neighbour in walks:
            group = place.get(neighbour)
            if number in place or group is None or left < len(whole[id(group)]):
                continue
            left -= len(whole[id(group)])
            if texts[number] in whole[id(group)]:
                place[number] = group
                bisect.insort(group[side], number)


def _in_place(equal: list[tuple[int, int]], old: int, new: int) -> Iterator[tuple[int, int]]:
    """The k-th of as many paragraphs on both sides between two that are the same."""
    chain = increasing(equal)
    ends = zip([(-1, -1), *chain], [*chain, (old, new)], strict=True)
    left, right = {x for x, _ in equal}, {y for _, y in equal}
    for (a, b), (a_end, b_end) in ends:
        ours = [x for x in range(a + 1, a_end) if x not in left]
        theirs = [y for y in range(b + 1, b_end) if y not in right]
        if len(ours) == len(theirs):
            yield from zip(ours, theirs, strict=True)


def _paired(
    before: Sequence[Paragraph], after: Sequence[Paragraph], group: Group, budget: Budget, *, moved: bool
) -> Passage:
    old, new = tuple(before[x] for x in group.old), tuple(after[y] for y in group.new)
    if "".join(each.folded for each in old) == "".join(each.folded for each in new):
        return Passage(op="same", old=old, new=new, moved=moved)
    ours, theirs = ("\n".join(each.text for each in side) for side in (old, new))
    return Passage(op="changed", old=old, new=new, diff=diff_texts(ours, theirs, budget), moved=moved)


def _in_order(
    before: Sequence[Paragraph], after: Sequence[Paragraph], found: Sequence[Group], paired: Sequence[Passage]
) -> list[Passage]:
    """All passages as the second text has them; what it dropped behind what stood before it in the first."""
    place_of = {x: group.new[0] for group in found for x in group.old}
    taken = {y for group in found for y in group.new}
    rows = [((passage.new[0].number, 0), passage) for passage in paired]
    rows += [((each.number, 0), Passage(op="added", old=(), new=(each,))) for each in after if each.number not in taken]
    last = -1
    for each in before:
        if each.number in place_of:
            last = place_of[each.number]
        else:
            rows.append(((last, each.number + 1), Passage(op="dropped", old=(each,), new=())))
    return [passage for _, passage in sorted(rows, key=lambda row: row[0])]
