"""The reading order of a page: columns from the left, and what runs across them where it stands.

A gutter is a place left of which lines end and right of which others begin. If what stands on either side of it reads
like columns of prose, each band between the lines that cross it (a headline, a table) is read side by side, and row by
row otherwise, as a table is. Three columns are two, one of which has a gutter of its own (a recursive XY cut).
"""

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import groupby

from crawler.extract.documents.sheets import Column, Line
from crawler.extract.documents.tables import MOST_SEGMENTS, join_rows

_LEAST_LINES = 3
_NARROWEST = 7
"""A column is at least so many characters wide."""
_FILLED = 0.8
"""A line of prose fills such a share of its column, unless it ends a paragraph."""
_MOST_COLUMNS = 6
_MOST_PLACES = 100
"""A page is so many characters wide at most; where most lines begin is tried first."""


def find_gutter(lines: list[Line], usual: Collection[float] = ()) -> float | None:
    """Where to cut a page into columns: the gutter with most lines beside it and few across; None: nowhere.

    `usual` are the gutters of the document's other pages: of a page of short paragraphs they tell what it does not.
    """
    if not 0 < len(lines) <= MOST_SEGMENTS:
        return None
    size = max(1.0, sorted(line.size for line in lines)[len(lines) // 2])
    begun = Counter(round(line.x0 / size) for line in lines if not line.cells)
    own = {size * (place - 0.6) for place, _ in begun.most_common(_MOST_PLACES)}
    found = [(_worth(lines, place, size, place in usual), place) for place in own.union(usual)]
    most, place = max(found, default=(0.0, 0.0))
    return place if most else None


def find_columns(lines: list[Line], usual: Collection[float] = ()) -> list[Column]:
    """The lines of a page (segments of its rows, and whole rows of tables) in reading order."""
    return list(_read(lines, _MOST_COLUMNS - 1, usual)) if lines else []


def _read(lines: list[Line], deep: int, usual: Collection[float]) -> Iterator[Column]:
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    gutter = find_gutter(lines, usual) if deep else None
    if gutter is None:
        yield Column(join_rows(lines), left, right)
        return
    waiting: list[Line] = []
    for band in _bands(lines, gutter):
        if _crosses(band[0], gutter):
            waiting += band
            continue
        above, sides = _sides(band, gutter)
        waiting += above
        if waiting:
            yield Column(join_rows(waiting), left, right)
            waiting = []
        for side in sides:
            yield from _read(side, deep - 1, usual)
    if waiting:
        yield Column(join_rows(waiting), left, right)


def _worth(lines: list[Line], gutter: float, size: float, is_usual: bool) -> float:
    """How many lines stand beside a gutter for each that stands across; 0 where the two are no columns of prose.

    The last column of a text may be of a few lines beside a filled one; in a table each row has both sides.
    """
    free = [line for line in lines if not line.cells]
    left = [line for line in free if line.x1 <= gutter]
    right = [line for line in free if line.x0 >= gutter]
    crossing = len(free) - len(left) - len(right)
    one, other = _filled(left, size), _filled(right, size)
    both = min(len(left), len(right)) >= _LEAST_LINES and min(one, other) > 0.2 and one + other > 1
    begun = 0 < len(right) < 0.7 * len(left) and len(left) > _LEAST_LINES and one > 0.6
    known = is_usual and left and any(line.x0 - gutter < 2 * size for line in right)
    clear = crossing <= 0.2 * len(free)
    return (len(left) + len(right)) / (1 + crossing) if both or (clear and (begun or known)) else 0.0


def _filled(lines: list[Line], size: float) -> float:
    """Which share of the rows reaches as far as lines of prose do; 0 where they are too narrow for a column."""
    if not lines:
        return 0.0
    start = min(line.x0 for line in lines)
    width = max(line.x1 for line in lines) - start
    reach = Counter[int]()
    for line in lines:  # a side may hold columns of its own: what counts is how far each row gets
        reach[round(line.y0 / size)] += round(line.x1 - line.x0)
    full = sum(each >= _FILLED * width for each in reach.values())
    return full / len(reach) if width >= _NARROWEST * size else 0.0


def _bands(lines: list[Line], gutter: float) -> Iterator[list[Line]]:
    """From the top: lines that cross the gutter, and the bands between them."""
    ordered = sorted(lines, key=lambda line: line.y0 + line.y1)
    for _, band in groupby(ordered, key=lambda line: _crosses(line, gutter)):
        yield list(band)


def _sides(band: list[Line], gutter: float) -> tuple[list[Line], list[list[Line]]]:
    """What stands left and right of the gutter; and before it the lines above both, such as the author's name."""
    sides = [line for line in band if line.x1 <= gutter], [line for line in band if line.x1 > gutter]
    start = max((min(line.y0 for line in side) for side in sides if side), default=0.0)
    above = [line for line in band if line.y1 <= start]
    if len(above) > _LEAST_LINES:
        above = []
    return above, [rest for side in sides if (rest := [line for line in side if line not in above])]


def _crosses(line: Line, gutter: float) -> bool:
    return line.x0 < gutter < line.x1
