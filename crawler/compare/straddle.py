"""Groups of paragraphs that were cut at other places: what ends one here stands at the head of the next there.

Ring 1; pure. Whole sentences found once on each side tell it; only groups that are neighbours are joined, so that a
sentence moved far away stays a change.
"""

import re
from collections.abc import Mapping, Sequence

from crawler.compare.alike import Group

_SENTENCE = re.compile(r"[^。!?;]{10,}")
"""Of a folded text; shorter ones are no proof."""


def joined(ours: Mapping[int, str], theirs: Mapping[int, str], found: Sequence[Group]) -> list[Group]:
    """The groups, those joined that share a sentence across a border; paragraphs of no group may join one."""
    placed = [{number for group in found for number in group[side]} for side in (0, 1)]
    alone = [Group([x], []) for x in ours if x not in placed[0]] + [
        Group([], [y]) for y in theirs if y not in placed[1]
    ]
    sets = _Sets([*found, *alone])
    first, second = _sentences(ours), _sentences(theirs)
    for sentence, x in first.items():
        y = second.get(sentence, -1)
        if x >= 0 and y >= 0 and sets.border(x, y):
            sets.join(x, y)
    return [group for group in sets.groups() if group.old and group.new]


def _sentences(texts: Mapping[int, str]) -> dict[str, int]:
    """Each sentence with the number of its paragraph; -1: it stands in several places."""
    found: dict[str, int] = {}
    for number, text in texts.items():
        for match in _SENTENCE.finditer(text):
            found[match[0]] = -1 if match[0] in found else number
    return found


class _Sets:
    """Groups that may be joined, known by their paragraphs (union-find)."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._above = list(range(len(groups)))
        self._places = [
            {number: index for index, group in enumerate(groups) for number in group[side]} for side in (0, 1)
        ]

    def border(self, x: int, y: int) -> bool:
        """The old paragraph `x` and the new one `y` are of two groups, and one has a neighbour in the other's."""
        one, other = self._root(self._places[0][x]), self._root(self._places[1][y])
        near = [self._at(0, x + step) == other or self._at(1, y + step) == one for step in (-1, 1)]
        return one != other and any(near)

    def join(self, x: int, y: int) -> None:
        """Make the groups of the old paragraph `x` and the new one `y` one."""
        self._above[self._root(self._places[0][x])] = self._root(self._places[1][y])

    def groups(self) -> list[Group]:
        """The groups as joined."""
        whole: dict[int, Group] = {}
        for index, group in enumerate(self._groups):
            kept = whole.setdefault(self._root(index), Group([], []))
            kept.old.extend(group.old)
            kept.new.extend(group.new)
        return [Group(sorted(group.old), sorted(group.new)) for group in whole.values()]

    def _at(self, side: int, number: int) -> int | None:
        index = self._places[side].get(number)
        return None if index is None else self._root(index)

    def _root(self, index: int) -> int:
        while self._above[index] != index:
            self._above[index] = self._above[self._above[index]]
            index = self._above[index]
        return index
