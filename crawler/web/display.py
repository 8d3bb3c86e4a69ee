"""A comparison of two texts as the change page shows it: lines of text and folds, dealt out to parts. No I/O.

text.old, text.new -> compared -> Display -> Part: what the template writes down
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from crawler.diff import TextDiff, diff_texts
from crawler.diff.beside import Place, Row
from crawler.diff.beside import rows as rows_of
from crawler.diff.folding import CONTEXT, Stretch, folded, parts
from crawler.extract.headings import read_line
from crawler.live import LivePage
from crawler.model import value

CHARACTERS = 9_000
"""Of the longer side, with what a row counts for besides: so much is one part of a display."""
_KEPT = 4
"""Comparisons: whoever reads one asks for its parts one after another."""
_LOOKED = 100
"""Rows above a fold in which its heading is looked for."""
_HEADING = 60

Piece = tuple[str, str]
"""What becomes of it ("", "del", "ins"), and the text."""


@value
class Compared:
    """Two texts set side by side."""

    diff: TextDiff
    rows: tuple[Row, ...]
    starts: tuple[int, ...]
    """Of each change the number of its row."""


@value
class Line:
    """A row as shown."""

    at: int
    """Number of the row, from 0."""
    change: int
    numbers: tuple[str, str]
    """Of its paragraphs in both texts; empty where there is none, or it began above."""
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    both: tuple[Piece, ...]
    """The two in one: what went before what came."""
    live: str
    """Of a change: the live page there."""


@value
class Fold:
    """Rows that are not shown."""

    start: int
    stop: int
    paragraphs: int
    heading: str
    """Under which what follows stands; empty where none is found."""


@value
class Part:
    """What is shown at a time."""

    blocks: tuple[Line | Fold, ...]
    number: int
    count: int
    first: int
    """The number of its first change; 0: it has none."""
    last: int
    before: int | None
    """The row with which the part before begins."""
    behind: int | None


@lru_cache(maxsize=_KEPT)
def compared(old: str, new: str) -> Compared:
    """The comparison of two texts; kept under the texts themselves, so that it is never another's."""
    diff = diff_texts(old, new)
    found = rows_of(diff)
    return Compared(diff=diff, rows=found, starts=tuple(at for at, row in enumerate(found) if row.change))


class Display:
    """A comparison with what a reader has opened of it."""

    def __init__(self, rows: Sequence[Row], opened: Sequence[range] = (), characters: int = CHARACTERS) -> None:
        self._rows = rows
        self._parts = parts(rows, folded(rows, CONTEXT, opened), characters)
        self._starts = [stretches[0].start if stretches else 0 for stretches in self._parts]

    def part(self, at: int, live: LivePage) -> Part:
        """The part in which a row is."""
        number = max(0, bisect_right(self._starts, at) - 1)
        stretches = self._parts[number]
        blocks = tuple(block for stretch in stretches for block in _blocks(self._rows, stretch, live))
        changes = [block.change for block in blocks if isinstance(block, Line) and block.change]
        return Part(
            blocks=blocks,
            number=number + 1,
            count=len(self._parts),
            first=changes[0] if changes else 0,
            last=changes[-1] if changes else 0,
            before=self._starts[number - 1] if number else None,
            behind=self._starts[number + 1] if number + 1 < len(self._parts) else None,
        )


def opened_part(rows: Sequence[Row], start: int, stop: int, live: LivePage) -> tuple[Line | Fold, ...]:
    """A fold opened from its start on: as many of its rows as fit into one part, and the rest folded as it was."""
    shown = Stretch(start=start, stop=min(stop, len(rows)), shown=True, paragraphs=0)
    [first, *rest] = parts(rows, [shown], CHARACTERS)
    blocks = [block for stretch in first for block in _blocks(rows, stretch, live)]
    if rest:
        left = range(rest[0][0].start, shown.stop)
        begun = sum(1 for row in rows[left.start : left.stop] if row.new and row.new.starts)
        fold = Stretch(start=left.start, stop=left.stop, shown=False, paragraphs=begun)
        blocks += _blocks(rows, fold, live)
    return tuple(blocks)


def _blocks(found: Sequence[Row], stretch: Stretch, live: LivePage) -> Iterator[Line | Fold]:
    if stretch.shown:
        yield from (_line(found[at], at, live) for at in range(stretch.start, stretch.stop))
    else:
        heading = _heading_above(found, stretch.stop)
        yield Fold(start=stretch.start, stop=stretch.stop, paragraphs=stretch.paragraphs, heading=heading)


def _line(row: Row, at: int, live: LivePage) -> Line:
    return Line(
        at=at,
        change=row.change,
        numbers=(_number(row.old), _number(row.new)),
        old=_ended(("del" if tile.changed else "", tile.old) for tile in row.tiles),
        new=_ended(("ins" if tile.changed else "", tile.new) for tile in row.tiles),
        both=_ended(_in_one(row)),
        live=live.link(*row.place) if row.change else "",
    )


def _number(place: Place | None) -> str:
    return str(place.paragraph) if place and place.starts else ""


def _in_one(row: Row) -> Iterator[Piece]:
    for tile in row.tiles:
        if tile.changed:
            yield "del", tile.old
            yield "ins", tile.new
        else:
            yield "", tile.new


def _ended(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces without the line end behind them, and without empty ones."""
    return tuple((mark, text) for mark, text in ((mark, text.rstrip("\n")) for mark, text in pieces) if text)


def _heading_above(found: Sequence[Row], at: int) -> str:
    """The last heading before a row."""
    for row in reversed(found[max(0, at - _LOOKED) : at]):
        text = row.after.strip()
        if 0 < len(text) <= _HEADING and row.new and row.new.starts:
            line = read_line(text)
            if line.kind == "heading" or (line.kind == "other" and line.chapter[0]):
                return text
    return ""
