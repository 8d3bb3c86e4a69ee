"""One draw: which pieces of noise a page bears, and what they say."""

import random
from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


class Dice(random.Random):
    """Random choices as furniture needs them."""

    def number(self, low: int = 1, high: int = 9999) -> int:
        return low + int(self.random() * (high - low + 1))

    def pick(self, values: Sequence[T]) -> T:
        return values[int(self.random() * len(values))]

    def token(self) -> str:
        return f"k{self.getrandbits(32):08x}"

    def day(self) -> str:
        """A date like 2024-03-05, in one of the usual ways of writing."""
        year, month, day = self.number(2019, 2026), self.number(1, 12), self.number(1, 28)
        return self.pick((f"{year}-{month:02}-{day:02}", f"{year}/{month}/{day}", f"{year}年{month}月{day}日"))


class Draw:
    """The pieces of noise of one page, drawn by number.

    `only` names the pieces that may come up, None: all may; `items` are those that did.
    """

    def __init__(self, seed: int, only: frozenset[str] | None = None) -> None:
        self.seed = seed
        self.items: list[str] = []
        self._only = only

    def dice(self, item: str, chance: float = 1.0) -> Dice | None:
        """The dice of one piece of noise; None: it does not come up."""
        if self._only is not None and item not in self._only:
            return None
        number = int.from_bytes(blake2b(f"{self.seed}/{item}".encode(), digest_size=8).digest())
        if number >= chance * 2**64:
            return None
        self.items.append(item)
        return Dice(number)
