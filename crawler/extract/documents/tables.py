"""Tables of printed pages as lines, cell by cell: by the lines ruled around the cells, else by gaps that agree.

Empty cells keep their places, so that a value moved to the next column does not read the same.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from crawler.extract.documents.joining import glue
from crawler.extract.documents.sheets import Line, Rule, Run

CELLS = " | "
_NEAR = 2.5
"""Points: lines nearer than this meet."""
_MOST_RULES = 800
_MOST_CELLS = 10_000


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
        left = [rule.x0 for rule in self.down if rule.x0 <= x and rule.y0 - _NEAR <= y <= rule.y1 + _NEAR]
        top = [rule.y0 for rule in self.across if rule.y0 <= y and rule.x0 - _NEAR <= x <= rule.x1 + _NEAR]
        return max(left, default=self.x0), max(top, default=self.y0)


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
        group_rows, group_columns = [rows.pop()], list[Rule]()
        grown = True
        while grown:
            touching = [rule for rule in columns if any(_meet(row, rule) for row in group_rows)]
            columns = [rule for rule in columns if rule not in touching]
            group_columns += touching
            more = [row for row in rows if any(_meet(row, rule) for rule in touching)]
            rows = [row for row in rows if row not in more]
            group_rows += more
            grown = bool(more)
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
    """One line for each row of a ruled table, from what stands in it."""
    cells: dict[tuple[float, float], str] = {}
    size = 0.0
    for part in parts:
        place = grid.cell((part.x0 + part.x1) / 2, part.middle)
        cells[place] = glue(cells.get(place, ""), part.text)
        size = part.size
    lefts, tops = _places(grid.x0, (rule.x0 for rule in grid.down)), _places(grid.y0, (r.y0 for r in grid.across))
    lines = []
    for top, bottom in zip(tops, [*tops[1:], grid.y1], strict=True):
        text = _row_text(grid, cells, lefts, (top, bottom))
        if text.strip(" |"):
            lines.append(Line(text, grid.x0, top, grid.x1, bottom, size, cells=True))
    return lines


def _places(first: float, edges: Iterable[float]) -> list[float]:
    places = [first]
    for edge in sorted(edges):
        if edge > places[-1] + _NEAR:
            places.append(edge)
    return places


def _row_text(grid: Grid, cells: dict[tuple[float, float], str], lefts: list[float], band: tuple[float, float]) -> str:
    """The cells between two heights; a cell that goes on from above keeps an empty place."""
    middle = (band[0] + band[1]) / 2
    texts = []
    for left, right in zip(lefts, [*lefts[1:], grid.x1], strict=True):
        if right - left < _NEAR:
            continue
        place = grid.cell((left + right) / 2, middle)
        if abs(place[0] - left) <= _NEAR:
            texts.append(cells.get(place, "").strip() if abs(place[1] - band[0]) <= _NEAR else "")
    return CELLS.join(texts) if len(texts) > 1 else "".join(texts)


def join_rows(lines: list[Line]) -> list[Line]:
    """The lines of a column from the top, what stands at one height joined; cell by cell where gaps agree."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.y0 + line.y1):
        if rows and not line.cells and not rows[-1][0].cells and _level(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    rows = [sorted(row, key=lambda line: line.x0) for row in rows]
    tabular = [_agree(row, rows[at - 1 : at] + rows[at + 1 : at + 2]) for at, row in enumerate(rows)]
    joined: list[Line] = []
    for is_table, run in groupby(range(len(rows)), key=lambda at: tabular[at]):
        block = [rows[at] for at in run]
        texts = _cells(block) if is_table else [" ".join(line.text for line in row) for row in block]
        joined += [_whole(row, text, is_table) for row, text in zip(block, texts, strict=True)]
    return joined


def _level(one: Line, other: Line) -> bool:
    return abs(one.y0 + one.y1 - other.y0 - other.y1) < max(one.size, other.size)


def _agree(row: list[Line], neighbours: list[list[Line]]) -> bool:
    """Whether a row is one of a table: it has gaps, and one of them is where the row above or below has one."""
    if len(row) < 2 or all(len(part.text.strip()) == 1 for part in row):  # letters set wide are no cells
        return False
    return any(
        min(right, other_right) - max(left, other_left) > 0.5 * row[0].size
        for neighbour in neighbours
        if not all(len(part.text.strip()) == 1 for part in neighbour)
        for left, right in _gaps(row)
        for other_left, other_right in _gaps(neighbour)
    )


def _gaps(row: list[Line]) -> list[tuple[float, float]]:
    return [(one.x1, other.x0) for one, other in pairwise(row)]


def _cells(rows: list[list[Line]]) -> list[str]:
    """Rows cell by cell; a column is what no gap of the whole block divides."""
    starts: list[float] = []
    end = float("-inf")
    for part in sorted((part for row in rows for part in row), key=lambda part: part.x0):
        if part.x0 > end:
            starts.append(part.x0)
        end = max(end, part.x1)
    texts = []
    for row in rows:
        cells = [""] * len(starts)
        for part in row:
            at = bisect_right(starts, part.x0) - 1
            cells[at] = f"{cells[at]} {part.text.strip()}".strip()
        texts.append(CELLS.join(cells))
    return texts


def _whole(row: list[Line], text: str, is_table: bool) -> Line:
    first = row[0]
    if len(row) == 1 and not is_table:
        return first
    main = max(row, key=lambda line: len(line.text))
    low, high = max(line.y1 for line in row), min(line.y0 for line in row)
    return Line(text, first.x0, high, row[-1].x1, low, main.size, main.font, is_table)
