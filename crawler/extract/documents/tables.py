"""Rows of a column of print as lines, cell by cell where gaps of neighbouring rows agree (ruled tables: `grids`)."""

import re
from bisect import bisect_right
from itertools import groupby, islice, pairwise

from crawler.extract.cells import CELLS
from crawler.extract.documents.sheets import Line

MOST_SEGMENTS = 2_000
"""A page of more is read row by row: no printed page has so many, and what tells columns looks at all of them often."""
_MOST_COLUMNS = 50
_MARK = re.compile(r"\s*(?:[\uf000-\uf0ff\u2022●■◆▲○□]|[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、.．])\s*")
_FAR = 4.0
"""In sizes of the font: so near stands the mark of a list item."""


def join_rows(lines: list[Line]) -> list[Line]:
    """The lines of a column from the top, what stands at one height joined; cell by cell where gaps agree."""
    rows = [_item(sorted(row, key=lambda line: line.x0)) for row in _rows(lines)]
    few = len(lines) <= MOST_SEGMENTS
    tabular = [few and _agree(row, rows[at - 1 : at] + rows[at + 1 : at + 2]) for at, row in enumerate(rows)]
    joined: list[Line] = []
    for is_table, run in groupby(range(len(rows)), key=lambda at: tabular[at]):
        block = [rows[at] for at in run]
        texts = _cells(block) if is_table else [_joined(row) for row in block]
        joined += [_whole(row, text, is_table) for row, text in zip(block, texts, strict=True)]
    return joined


def _rows(lines: list[Line]) -> list[list[Line]]:
    """What stands at one height, from the top."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.y0 + line.y1):
        if rows and not line.cells and not rows[-1][0].cells and _level(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _item(row: list[Line]) -> list[Line]:
    """A row with the mark of a list item, if it begins with one, as part of the text behind it."""
    if len(row) < 2 or not _MARK.fullmatch(row[0].text) or row[1].x0 - row[0].x1 > _FAR * row[0].size:
        return row
    mark, text, *rest = row
    return [text._replace(text=f"{mark.text} {text.text}", x0=mark.x0), *rest]


def _level(one: Line, other: Line) -> bool:
    return abs(one.y0 + one.y1 - other.y0 - other.y1) < max(one.size, other.size)


def _agree(row: list[Line], neighbours: list[list[Line]]) -> bool:
    """Whether a row is one of a table: it has gaps, and one of them is where the row above or below has one."""
    if len(row) < 2 or all(len(part.text.strip()) == 1 for part in row):  # letters set wide are no cells
        return False
    return any(
        _meet(_gaps(row), _gaps(neighbour), 0.5 * row[0].size)
        for neighbour in neighbours
        if not all(len(part.text.strip()) == 1 for part in neighbour)
    )


def _gaps(row: list[Line]) -> list[tuple[float, float]]:
    """Where nothing stands between the parts of a row, from the left."""
    return [(one.x1, other.x0) for one, other in pairwise(row) if one.x1 < other.x0]


def _meet(gaps: list[tuple[float, float]], others: list[tuple[float, float]], least: float) -> bool:
    """Whether a gap and one of the others share that much, each list looked through once."""
    at = 0
    for left, right in gaps:
        while at < len(others) and others[at][1] <= left:
            at += 1
        for other_left, other_right in islice(others, at, None):
            if other_left >= right:
                break
            if min(right, other_right) - max(left, other_left) > least:
                return True
    return False


def _cells(rows: list[list[Line]]) -> list[str]:
    """Rows cell by cell; a column is what no gap of the whole block divides."""
    starts: list[float] = []
    end = float("-inf")
    for part in sorted((part for row in rows for part in row), key=lambda part: part.x0):
        if part.x0 > end:
            starts.append(part.x0)
        end = max(end, part.x1)
    if len(starts) > _MOST_COLUMNS:
        return [_joined(row) for row in rows]
    texts = []
    for row in rows:
        cells = [""] * len(starts)
        for part in row:
            at = bisect_right(starts, part.x0) - 1
            cells[at] = f"{cells[at]} {part.text.strip()}".strip()
        texts.append(CELLS.join(cells))
    return texts


def _joined(row: list[Line]) -> str:
    return " ".join(line.text for line in row)


def _whole(row: list[Line], text: str, is_table: bool) -> Line:
    first = row[0]
    if len(row) == 1 and not is_table:
        return first
    main = max(row, key=lambda line: len(line.text))
    low, high = max(line.y1 for line in row), min(line.y0 for line in row)
    return Line(text, first.x0, high, row[-1].x1, low, main.size, main.font, is_table)
