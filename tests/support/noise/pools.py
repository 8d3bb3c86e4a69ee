"""What furniture is made of: pools/ holds one file a kind (open them), one variant a line.

A variant may hold {{n}} (a number), {{digit}}, {{k}} (a name such as pages make up), {{day}}, {{time}}, {{KIND}} (a
variant of that pool) and {{2-8*KIND}} (so many of them).
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.support.noise.dice import Dice

_FOLDER = Path(__file__).parent / "pools"
_PLACE = re.compile(r"\{\{(?:(\d+)-(\d+)\*)?([a-z-]+)\}\}")
_DRAWN: dict[str, Callable[[Dice], str]] = {
    "n": lambda dice: str(dice.number()),
    "digit": lambda dice: str(dice.number(2, 9)),
    "k": Dice.token,
    "day": Dice.day,
    "time": lambda dice: f"{dice.number(10, 23)}:{dice.number(10, 59)}",
}
_Piece = tuple[str, int, int, str]
"""Text, and behind it so many (from, to) of a kind; no kind: the text is the last."""


def grow(dice: Dice, kind: str) -> str:
    """One piece of this kind."""
    if kind in _DRAWN:
        return _DRAWN[kind](dice)
    grown = []
    for text, low, high, inner in dice.pick(_variants(kind)):
        grown.append(text)
        if inner:
            grown += [grow(dice, inner) for _ in range(dice.number(low, high) if high > low else low)]
    return "".join(grown)


@cache
def _variants(kind: str) -> tuple[tuple[_Piece, ...], ...]:
    return tuple(map(_pieces, (_FOLDER / f"{kind}.txt").read_text(encoding="utf-8").splitlines()))


def _pieces(line: str) -> tuple[_Piece, ...]:
    pieces, end = [], 0
    for match in _PLACE.finditer(line):
        pieces.append((line[end : match.start()], int(match[1] or 1), int(match[2] or 1), match[3]))
        end = match.end()
    return (*pieces, (line[end:], 0, 0, ""))
