"""What a body held before, it holds still where the page shows it: lines that the rules would leave out this time.

Most lines are body by where they stand; a few, at its edges or amid furniture, by their words alone: who signs, the
date, a salutation. An edit may spoil those words, and furniture drawn anew may stand in such a way that a list seems to
reach into the body. Asked only where paragraphs of the last version seem to have gone.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from crawler.diff.lines import differences, is_edited
from crawler.text import fold

ALIKE = 0.7
"""Share of characters that a line has in common with what it was before an edit."""
_SHORTEST = 3
"""A line of fewer characters is known only if it is the same."""
BEYOND = 8
"""So far before the first line of the body, and behind its last, another may stand."""
_MOST = 2_000
"""So many pairs of lines are compared for an edit, one by one; where more went and came, they are other lines."""


def recallable(before: Sequence[str], parts: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    """What each part of a document, given by its paragraphs, may be asked for of the last version, given by `before`.

    Not what another part shows; and nothing at the edges between parts, where the title stands anew and looks like a
    heading of the report that went, or moved on to the next part.
    """
    lines, own = [fold(line) for line in before], [[fold(line) for line in part] for part in parts]
    shown = Counter(line for part in own for line in set(part))
    for at, part in enumerate(own):
        mine = set(part)
        left = [index for index, line in enumerate(lines) if shown[line] <= (line in mine)]
        start, end = 0, len(left)
        for missing, instead in differences([lines[index] for index in left], part):
            if at and not instead.start:
                start = missing.stop
            if at < len(own) - 1 and instead.stop == len(part):
                end = missing.start
        yield [before[index] for index in left[start:end]]


def recalled(lines: Sequence[str], kept: Sequence[int], before: Sequence[str]) -> list[int]:
    """The places of a page's lines that are its body: those kept, ascending, and those it held before.

    `before` are the paragraphs of the last version. A line left out is recalled between the neighbours it had, where it
    is the same, or an edited one that no line kept comes from.
    """
    old = [fold(line) for line in before]
    new = [fold(lines[index]) for index in kept]
    found = set(kept)
    for missing, instead in differences(old, new):
        start = kept[instead.start - 1] + 1 if instead.start else max(0, (kept[0] if kept else 0) - BEYOND)
        end = kept[instead.stop] if instead.stop < len(kept) else (kept[-1] if kept else -1) + 1 + BEYOND
        few = len(missing) * len(instead) <= _MOST
        gone = [old[at] for at in missing if not (few and any(_alike(old[at], new[other]) for other in instead))]
        found.update(_matching(gone, [(i, fold(lines[i])) for i in range(start, min(end, len(lines)))], found))
    return sorted(found)


def _matching(gone: Sequence[str], shown: Sequence[tuple[int, str]], kept: set[int]) -> Iterator[int]:
    """The places of the lines that went, in their order, among those shown and not kept."""
    left = [(index, line) for index, line in shown if index not in kept]
    for line in gone:
        same = next((at for at, (_, other) in enumerate(left) if other == line), None)
        at = same if same is not None else next((i for i, (_, other) in enumerate(left) if _alike(line, other)), None)
        if at is not None:
            yield left[at][0]
            left = left[at + 1 :]


def _alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= _SHORTEST and is_edited(one, other, ALIKE))
