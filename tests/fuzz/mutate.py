"""How an input is changed: by the pieces its language is made of, where bytes changed at random would hardly be one."""

import random
from collections.abc import Callable, Sequence

_AGAIN = 4
"""A change in so many is followed by another one."""
_OFTEN = 200
"""A change in so many makes an input long: what takes too much time shows only there."""
_EDGES = b"<>\n\0 "


def mutate(data: bytes, longest: int, dice: random.Random, pieces: Sequence[bytes]) -> bytes:
    """The input after one change or a few, cut to `longest` bytes; the same for the same dice."""
    changed = dice.choice(_CHANGES)(data, dice, pieces) if dice.randrange(_OFTEN) else _grown(data, dice, longest)
    while not dice.randrange(_AGAIN):
        changed = dice.choice(_CHANGES)(changed, dice, pieces)
    return changed[:longest]


def _insert(data: bytes, dice: random.Random, pieces: Sequence[bytes]) -> bytes:
    place = _place(data, dice)
    return data[:place] + dice.choice(pieces) + data[place:]


def _replace(data: bytes, dice: random.Random, pieces: Sequence[bytes]) -> bytes:
    start, end = _stretch(data, dice)
    return data[:start] + dice.choice(pieces) + data[end:]


def _remove(data: bytes, dice: random.Random, _: Sequence[bytes]) -> bytes:
    start, end = _stretch(data, dice)
    return data[:start] + data[end:]


def _copy(data: bytes, dice: random.Random, _: Sequence[bytes]) -> bytes:
    (start, end), place = _stretch(data, dice), _place(data, dice)
    return data[:place] + data[start:end] + data[place:]


def _wrap(data: bytes, dice: random.Random, pieces: Sequence[bytes]) -> bytes:
    start, end = _stretch(data, dice)
    return data[:start] + dice.choice(pieces) + data[start:end] + dice.choice(pieces) + data[end:]


def _reverse(data: bytes, dice: random.Random, _: Sequence[bytes]) -> bytes:
    """Two neighbours change places."""
    (start, middle), end = _stretch(data, dice), _place(data, dice)
    end = max(middle, end)
    return data[:start] + data[middle:end] + data[start:middle] + data[end:]


def _grown(data: bytes, dice: random.Random, longest: int) -> bytes:
    """One stretch of it, over and over."""
    start, end = _stretch(data, dice)
    room = (longest - len(data)) // max(1, end - start)
    return data[:end] + data[start:end] * dice.randint(0, max(0, room)) + data[end:]


_CHANGES: tuple[Callable[[bytes, random.Random, Sequence[bytes]], bytes], ...] = (
    _insert, _insert, _insert, _replace, _remove, _copy, _wrap, _reverse,
)  # fmt: skip


def _stretch(data: bytes, dice: random.Random) -> tuple[int, int]:
    start, end = sorted((_place(data, dice), _place(data, dice)))
    return start, end


def _place(data: bytes, dice: random.Random) -> int:
    """Between two characters, and often at the edge of a tag or a line."""
    place = dice.randint(0, len(data))
    if dice.randrange(2):
        place = next((at for at in range(place, min(place + 60, len(data))) if data[at] in _EDGES), place)
    while place < len(data) and data[place] & 0xC0 == 0x80:
        place += 1
    return place
