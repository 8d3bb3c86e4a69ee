"""Which rows of a display are shown, and in which parts: changes with what is around them, the rest folded. Ring 1."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from crawler.diff.beside import Row
from crawler.model import value

CONTEXT = 2
"""Rows shown before and after a change."""
_LEAST = 2
"""Fewer rows are not folded: the line that says so takes as much room."""
PRICE = 40
"""Characters that a row counts for besides its text."""


@value
class Stretch:
    """Rows next to each other, all shown or all folded."""

    start: int
    stop: int
    shown: bool
    paragraphs: int
    """So many begin in it (in the new text)."""


def folded(rows: Sequence[Row], context: int = CONTEXT, opened: Iterable[range] = ()) -> list[Stretch]:
    """All rows in stretches, in order, shown by turns: changes and `context` rows around each, and rows `opened`."""
    shown = bytearray(len(rows))
    for at, row in enumerate(rows):
        if row.change:
            _show(shown, at - context, at + context + 1)
    for some in opened:
        _show(shown, some.start, some.stop)
    _show_short(shown)
    return [_stretch(rows, start, stop, shown=bool(shown[start])) for start, stop in _runs(shown)]


def parts(rows: Sequence[Row], stretches: Iterable[Stretch], most: int) -> list[list[Stretch]]:
    """The stretches dealt out to parts of at most `most` characters (the longer side of each row, and `PRICE`)."""
    found: list[list[Stretch]] = [[]]
    left = most
    for stretch in stretches:
        if not stretch.shown:
            found[-1].append(stretch)
            continue
        start = stretch.start
        for at in range(stretch.start, stretch.stop):
            size = rows[at].size + PRICE
            if size > left and left < most:
                if start < at:
                    found[-1].append(_stretch(rows, start, at, shown=True))
                found.append([])
                start, left = at, most
            left -= size
        found[-1].append(_stretch(rows, start, stretch.stop, shown=True))
    return found


def _show(shown: bytearray, start: int, stop: int) -> None:
    start, stop = max(0, start), min(len(shown), stop)
    if start < stop:
        shown[start:stop] = b"\x01" * (stop - start)


def _show_short(shown: bytearray) -> None:
    """Show what is too short to fold."""
    for start, stop in list(_runs(shown)):
        if stop - start < _LEAST:
            _show(shown, start, stop)


def _runs(shown: bytearray) -> Iterator[tuple[int, int]]:
    start = 0
    for _, group in groupby(shown):
        stop = start + sum(1 for _ in group)
        yield start, stop
        start = stop


def _stretch(rows: Sequence[Row], start: int, stop: int, *, shown: bool) -> Stretch:
    begun = sum(1 for row in rows[start:stop] if row.new and row.new.starts)
    return Stretch(start=start, stop=stop, shown=shown, paragraphs=begun)
