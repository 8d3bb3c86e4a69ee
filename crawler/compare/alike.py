"""Paragraphs that are alike though reworded, moved, cut in two or joined. Ring 1; pure.

Only pairs of characters that few paragraphs have are looked up, and of each paragraph only the few that share most of
them are compared: the work grows with the length of the texts, whatever they hold.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from crawler.diff.words import shape

ALIKE = 0.35
"""Share of common pairs of characters (Dice) from which on one paragraph is the other, reworded.

A copy in which every fourth word was put otherwise keeps about half, two paragraphs on one topic share a tenth."""
IN_PLACE = 0.2
"""The same where both stand alone between paragraphs that are paired."""
CONTAINED = 0.6
"""Share of a paragraph's pairs found in another from which on it is a piece of that one."""
_PIECE = 12
"""Shorter paragraphs (in pairs of characters) are in many others by chance."""
_COMMON = 8
"""A pair of characters in more paragraphs than this does not tell one from another."""
_CANDIDATES = 3

Shapes = Mapping[int, frozenset[str]]


class Likeness(NamedTuple):
    """How alike two paragraphs (by number) are; larger is more alike."""

    share: float
    old: int
    new: int


class Group(NamedTuple):
    """Paragraphs of the old text and those that stand for them in the new."""

    old: list[int]
    new: list[int]


def groups(old: Mapping[int, str], new: Mapping[int, str], expected: Sequence[tuple[int, int]]) -> list[Group]:
    """The folded paragraphs (by number) that belong together; `expected` pairs stand in each other's place."""
    ours = {number: shape(text) for number, text in old.items()}
    theirs = {number: shape(text) for number, text in new.items()}
    near = {(pair.old, pair.new): pair for pair in _near(ours, theirs)}
    placed = set(expected)
    known = [*near.values(), *(_compared(ours, theirs, x, y) for x, y in placed - near.keys())]
    found: dict[tuple[int, int], Group] = {}
    for pair in sorted(known, key=lambda pair: (-pair.share, abs(pair.old - pair.new), pair.old)):
        least = IN_PLACE if pair[1:] in placed else ALIKE
        if pair.share >= least and (0, pair.old) not in found and (1, pair.new) not in found:
            found[0, pair.old] = found[1, pair.new] = Group([pair.old], [pair.new])
    _attach_pieces(near, ours, theirs, found)
    return list({id(group): group for group in found.values()}.values())


def _near(ours: Shapes, theirs: Shapes) -> Iterator[Likeness]:
    """Of each paragraph of either side, how alike it is to those that share most with it."""
    for x, y in _candidates(ours, theirs):
        yield _compared(ours, theirs, x, y)
    for y, x in _candidates(theirs, ours):
        yield _compared(ours, theirs, x, y)


def _candidates(asking: Shapes, asked: Shapes) -> Iterator[tuple[int, int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for number, pieces in asked.items():
        for piece in pieces:
            places[piece].append(number)
    telling = {piece: numbers for piece, numbers in places.items() if len(numbers) <= _COMMON}
    for number, pieces in asking.items():
        votes = Counter(other for piece in pieces for other in telling.get(piece, ()))
        yield from ((number, other) for other, _ in votes.most_common(_CANDIDATES))


def _compared(ours: Shapes, theirs: Shapes, x: int, y: int) -> Likeness:
    a, b = ours[x], theirs[y]
    return Likeness(2 * len(a & b) / max(1, len(a) + len(b)), x, y)


def _attach_pieces(
    near: Mapping[tuple[int, int], Likeness], ours: Shapes, theirs: Shapes, found: dict[tuple[int, int], Group]
) -> None:
    """Put what has no counterpart, but stands within a paragraph of the other side, to that one."""
    for pair in sorted(near.values(), reverse=True):
        a, b = ours[pair.old], theirs[pair.new]
        piece, whole = ((0, pair.old), (1, pair.new)) if len(a) < len(b) else ((1, pair.new), (0, pair.old))
        least = min(len(a), len(b))
        if piece in found or least < _PIECE or len(a & b) < CONTAINED * least:
            continue
        group = found.setdefault(whole, Group([], []))
        found[piece] = group
        for side, number in {piece, whole}:
            if number not in group[side]:
                group[side].append(number)
                group[side].sort()
