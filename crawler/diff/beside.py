"""Two texts as rows of a display: paragraphs beside those they became, and in each what differs. Ring 1.

A row shows a paragraph of the old text and the one in its place in the new, or one of them where it came or went; of a
long paragraph, or one cut in two, a slice. Joined, what the rows show on one side is that text to the character.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from crawler.diff.text_diff import TextDiff
from crawler.diff.tiles import LONG, Tile, tiles
from crawler.diff.words import SENTENCE_END
from crawler.model import value

_CLOSING = re.compile(r"[^\w\n]+\Z|[^\w\n]*\n")
_ENDS = SENTENCE_END | frozenset("。！？；”’」』）")


class Place(NamedTuple):
    """Where the text of a row stands in its side."""

    offset: int
    """Characters before it."""
    paragraph: int
    """Number of its paragraph, from 1."""
    starts: bool
    """The paragraph begins here; else it began in a row above."""


@value
class Row:
    """What stands side by side; not empty."""

    old: Place | None
    new: Place | None
    tiles: tuple[Tile, ...]
    """In reading order; neighbours are not both changed or both unchanged."""
    change: int
    """Number of the change, from 1, that the row is; 0: it says the same on both sides."""
    follows: int
    """Characters of the new text before the row, also where it shows none of it."""

    @property
    def before(self) -> str:
        """What the old text says here, with the line end."""
        return "".join(tile.old for tile in self.tiles)

    @property
    def after(self) -> str:
        """What the new text says here, with the line end."""
        return "".join(tile.new for tile in self.tiles)

    @property
    def place(self) -> tuple[int, int]:
        """Where in the new text the first thing changed here begins and ends."""
        start = self.follows
        for tile in self.tiles:
            if tile.changed:
                return start, start + len(tile.new)
            start += len(tile.new)
        return self.follows, start

    @property
    def size(self) -> int:
        """Characters of the longer side."""
        return max(len(self.before), len(self.after))


def rows(diff: TextDiff) -> tuple[Row, ...]:
    """All rows of a comparison, top to bottom; in time about linear in the length of the texts."""
    draft = _Draft(len(diff.old), len(diff.new))
    for tile in tiles(diff):
        draft.add(tile)
    return tuple(_numbered(draft.rows))


class _Draft:
    """Puts tiles into rows. A row ends where a paragraph ends, so that the next ones begin level."""

    def __init__(self, old: int, new: int) -> None:
        self.rows: list[list[Tile]] = [[]]
        self._left = [old, new]
        self._size = 0
        self._ended = [False, False]
        """Whose paragraph has ended in the row."""
        self._open: list[int | None] = [None, None]
        """Of both sides the row with the beginning of a paragraph that has not ended."""

    def add(self, tile: Tile) -> None:
        if any(text and ended for text, ended in zip(tile.sides, self._ended, strict=True)):
            self._next()
        tile = tile._replace(old=self._closing(0, tile), new=self._closing(1, tile))
        if not tile.old and not tile.new:
            return
        _join(self.rows[-1], tile)
        self._size += max(len(tile.old), len(tile.new))
        for side, text in enumerate(tile.sides):
            if text:
                self._ended[side] = text.endswith("\n")
                self._open[side] = None if self._ended[side] else len(self.rows) - 1
        if self._is_full(tile):
            self._next()

    def _next(self) -> None:
        self.rows.append([])
        self._size = 0
        self._ended = [False, False]

    def _closing(self, side: int, tile: Tile) -> str:
        """One side's text without what ends a paragraph of a row above: no row shows a full stop alone."""
        text = tile.sides[side]
        begun, closing = self._open[side], _CLOSING.match(text)
        last = len(text) == self._left[side]
        self._left[side] -= len(text)
        if begun is None or begun == len(self.rows) - 1 or not closing or not (last or closing[0].endswith("\n")):
            return text
        old, new = (closing[0] if each == side else "" for each in (0, 1))
        _join(self.rows[begun], Tile(old, new, tile.changed))
        self._open[side] = None
        return text[closing.end() :]

    def _is_full(self, tile: Tile) -> bool:
        """Nothing more belongs into the row: what one side has begun here and the other has ended may yet go on."""
        if tile.ends and len(self.rows) - 1 not in self._open:
            return True
        at_end = all(not text or text[-1] in _ENDS for text in tile.sides)
        return self._size >= (LONG if at_end else 2 * LONG)


def row_at(rows: Sequence[Row], offset: int) -> int:
    """Number of the row that shows a place of the new text, from 0; there are rows."""
    return max(0, bisect_right(rows, offset, key=lambda row: row.follows) - 1)


def _join(row: list[Tile], tile: Tile) -> None:
    """Put a tile at the end of a row."""
    if row and row[-1].changed == tile.changed:
        last = row.pop()
        tile = tile._replace(old=last.old + tile.old, new=last.new + tile.new)
    row.append(tile)


def _numbered(drafts: Iterable[Sequence[Tile]]) -> Iterator[Row]:
    """The rows with their paragraphs' numbers and their own as changes."""
    sides, change = (_Side(), _Side()), 0
    for draft in filter(None, drafts):
        changed = any(tile.changed and (tile.old + tile.new).strip() for tile in draft)
        change += changed
        old, new = ("".join(tile.sides[side] for tile in draft) for side in (0, 1))
        places = sides[0].place(old), sides[1].place(new)
        follows = sides[1].offset - len(new)
        yield Row(old=places[0], new=places[1], tiles=tuple(draft), change=change * changed, follows=follows)


class _Side:
    """Counts the paragraphs of one side."""

    def __init__(self) -> None:
        self.offset = 0
        self._number, self._starts = 1, True

    def place(self, text: str) -> Place | None:
        """Where a text stands that follows those before."""
        if not text:
            return None
        place = Place(self.offset, self._number, self._starts)
        self.offset += len(text)
        self._number += text.count("\n")
        self._starts = text.endswith("\n")
        return place
