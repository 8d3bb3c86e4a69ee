"""Tables ruled on a printed page: which lines make a table, and what stands in each of its cells.

Empty cells keep their places, so that a value moved to the next column does not read the same.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from crawler.extract.cells import CELLS
from crawler.extract.documents.joining import Glued
from crawler.extract.documents.sheets import Line, Rule, Run

_NEAR = 2.5
"""Points: lines nearer than this meet."""
_MOST_RULES = 800
_MOST_CELLS = 10_000
_NUMBER = re.compile(r"\s*[-+±]?[\d,.]+[%‰]?\s*")


class Grid(NamedTuple):
    """The ruling lines of one table."""

    across: list[Rule]
    down: list[Rule]
    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies within it."""
        return self.x0 - _NEAR < x < self.x1 + _NEAR and self.y0 - _NEAR < y < self.y1 + _NEAR

    def divided(self, y: float) -> bool:
        """Whether lines part cells at this height: what stands across the whole table is text like any other."""
        inner = (rule for rule in self.down if self.x0 + _NEAR < rule.x0 < self.x1 - _NEAR)
        return any(rule.y0 - _NEAR <= y <= rule.y1 + _NEAR for rule in inner)

    def cell(self, x: float, y: float) -> tuple[float, float]:
        """Left and upper edge of the cell around a point: the nearest lines that pass beside it."""
        return _last(self.lefts(y), x, self.x0), _last(self.tops(x), y, self.y0)

    def lefts(self, y: float) -> list[float]:
        """Left edges of the cells at a height, sorted."""
        return sorted(rule.x0 for rule in self.down if rule.y0 - _NEAR <= y <= rule.y1 + _NEAR)

    def tops(self, x: float) -> list[float]:
        """Upper edges of the cells at a place from the left, sorted."""
        return sorted(rule.y0 for rule in self.across if rule.x0 - _NEAR <= x <= rule.x1 + _NEAR)


class _Column(NamedTuple):
    """Its left edge, its middle, and the upper edges of the cells there."""

    left: float
    middle: float
    tops: list[float]


def find_grids(rules: Iterable[Rule]) -> list[Grid]:
    """The tables ruled on a page; frames and single lines are none, and drawings of countless lines are left alone."""
    across = _merged((rule.y0, rule.x0, rule.x1) for rule in rules if rule.y1 - rule.y0 < 1)
    down = _merged((rule.x0, rule.y0, rule.y1) for rule in rules if rule.x1 - rule.x0 < 1)
    if len(across) + len(down) > _MOST_RULES:
        return []
    rows = [Rule(start, place, end, place) for place, start, end in across]
    columns = [Rule(place, start, place, end) for place, start, end in down]
    return [grid for group in _groups(rows, columns) if (grid := _grid(*group)) is not None]


def _merged(pieces: Iterable[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Pieces (place, start, end) that continue one another put together."""
    merged: list[tuple[float, float, float]] = []
    for _, near in groupby(sorted(pieces), key=lambda piece: round(piece[0] / _NEAR)):
        for place, start, end in sorted(near, key=lambda piece: piece[1]):
            if merged and abs(merged[-1][0] - place) <= _NEAR and start <= merged[-1][2] + _NEAR:
                merged[-1] = (merged[-1][0], min(merged[-1][1], start), max(merged[-1][2], end))
            else:
                merged.append((place, start, end))
    return merged


def _groups(rows: list[Rule], columns: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Lines that meet, directly or through others."""
    while rows and columns:
        group_rows, group_columns, fresh = list[Rule](), list[Rule](), [rows.pop()]
        while fresh:
            row = fresh.pop()
            group_rows.append(row)
            touching = [rule for rule in columns if _meet(row, rule)]
            columns = [rule for rule in columns if not _meet(row, rule)]
            group_columns += touching
            for rule in touching:
                fresh += [other for other in rows if _meet(other, rule)]
                rows = [other for other in rows if not _meet(other, rule)]
        yield group_rows, group_columns


def _meet(row: Rule, column: Rule) -> bool:
    reaches = row.x0 - _NEAR <= column.x0 <= row.x1 + _NEAR
    return reaches and column.y0 - _NEAR <= row.y0 <= column.y1 + _NEAR


def _grid(rows: list[Rule], columns: list[Rule]) -> Grid | None:
    """A grid of at least two cells, so no frame, and not of so many that it is a chart's."""
    if len(rows) < 2 or not columns or len(rows) + len(columns) < 5 or len(rows) * len(columns) > _MOST_CELLS:
        return None
    return Grid(
        rows,
        columns,
        min(rule.x0 for rule in rows),
        min(rule.y0 for rule in rows),
        max(rule.x1 for rule in rows),
        max(rule.y1 for rule in rows),
    )


def table_lines(grid: Grid, parts: Iterable[Run]) -> list[Line]:
    """The rows of a ruled table, from what stands in it, each as one line."""
    cells: dict[tuple[float, float], list[Run]] = {}
    for part in parts:
        cells.setdefault(grid.cell((part.x0 + part.x1) / 2, part.middle), []).append(part)
    lefts = _places(grid.x0, grid.x1, (rule.x0 for rule in grid.down))
    tops = _places(grid.y0, grid.y1, (rule.y0 for rule in grid.across))
    middles = ((left, (left + right) / 2) for left, right in pairwise(lefts))
    columns = [_Column(left, middle, grid.tops(middle)) for left, middle in middles]
    lines = []
    for top, bottom in pairwise(tops):
        row = [*_row(grid, cells, columns, (top, bottom))]
        size = max((part.size for cell in row for part in cell), default=0.0)
        texts = _texts(row)
        step = (bottom - top) / len(texts)
        for at, text in enumerate(texts):
            upper = top + at * step
            lines.append(Line(text, grid.x0, upper, grid.x1, upper + step, size, cells=True))
    return [line for line in lines if line.text.strip(" |")]


def _places(first: float, last: float, edges: Iterable[float]) -> list[float]:
    """Edges of columns or rows, the outer ones too."""
    places = [first]
    for edge in sorted(edges):
        if places[-1] + _NEAR < edge < last - _NEAR:
            places.append(edge)
    return [*places, last]


def _row(
    grid: Grid, cells: dict[tuple[float, float], list[Run]], columns: list[_Column], band: tuple[float, float]
) -> Iterator[list[Run]]:
    """The cells between two heights; one that goes on from above keeps an empty place."""
    middle = (band[0] + band[1]) / 2
    lefts = grid.lefts(middle)
    for column in columns:
        left, top = _last(lefts, column.middle, grid.x0), _last(column.tops, middle, grid.y0)
        if abs(left - column.left) <= _NEAR:
            yield cells.get((left, top), []) if abs(top - band[0]) <= _NEAR else []


def _last(edges: list[float], place: float, otherwise: float) -> float:
    """The last of sorted edges before a place."""
    at = bisect_right(edges, place)
    return edges[at - 1] if at else otherwise


def _texts(row: list[list[Run]]) -> list[str]:
    """The row as text: one line, or several where a cell holds numbers below one another, which no broken line does."""
    numbers = (cell for cell in row if all(_NUMBER.fullmatch(part.text) for part in cell))
    heights = sorted(part.middle for part in max(numbers, key=len, default=[]))
    borders = [(upper + lower) / 2 for upper, lower in pairwise(heights)]
    levels = [[Glued() for _ in row] for _ in heights or [0.0]]
    for column, cell in enumerate(row):
        for part in cell:
            levels[bisect_left(borders, part.middle)][column].add(part.text)
    return [CELLS.join(cell.text.strip() for cell in texts) for texts in levels]
