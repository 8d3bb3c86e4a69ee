"""Which sentences or paragraphs of two rows are one before and after an edit: by the characters they share. Ring 1."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from crawler.diff.align import increasing
from crawler.diff.spans import Region
from crawler.diff.words import shape

_SIMILAR = 0.5
"""Pieces that share less are different ones, not one edited (Dice coefficient of their shapes)."""
_COMMON = 8
"""A pair of characters in more pieces than this does not tell which of them was edited."""


def similar(old: Sequence[str], new: Sequence[str], gap: Region) -> list[tuple[int, int]]:
    """Pairs of folded pieces alike enough to be one before and after an edit, in the order of both texts."""
    shapes = {y: shape(new[y]) for y in range(gap.new_start, gap.new_end)}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for y, pieces in shapes.items():
        for piece in pieces:
            places[piece].append(y)
    telling = {piece: ys for piece, ys in places.items() if len(ys) <= _COMMON}
    best: dict[int, tuple[float, int]] = {}  # of each new piece: likeness and number of the old one most like it
    for x in range(gap.old_start, gap.old_end):
        likeness, y = _most_like(shape(old[x]), shapes, telling)
        if likeness >= max(_SIMILAR, best.get(y, (0.0, 0))[0]):
            best[y] = likeness, x
    return increasing(sorted((x, y) for y, (_, x) in best.items()))


def _most_like(
    pieces: frozenset[str], shapes: dict[int, frozenset[str]], telling: dict[str, list[int]]
) -> tuple[float, int]:
    """Likeness and number of the new piece that shares most telling pieces; likeness 0 if none does."""
    votes = Counter(y for piece in pieces for y in telling.get(piece, ()))
    if not votes:
        return 0.0, 0
    y = max(votes, key=lambda y: (votes[y], -y))
    return 2 * len(pieces & shapes[y]) / (len(pieces) + len(shapes[y])), y
