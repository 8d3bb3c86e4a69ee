"""Tells tables of data from tables that only lay a page out, and makes one line of each row of data."""

from collections import defaultdict
from itertools import groupby

from crawler.extract.cells import CELLS, are_data
from crawler.extract.normalize import normalize
from crawler.extract.page import Line, Page
from crawler.extract.tags import CELLS as CELL_TAGS

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def join_rows(page: Page) -> list[Line]:
    """The page's lines, with the cells of each row of data joined by ' | ' into one line of the row element.

    Empty cells keep their places: a value that moves to another column is a change.
    """
    data = _data_rows(page)
    if not data:
        return page.lines
    cells = _cells_of(page, data)
    joined: list[Line] = []
    for row, group in groupby(page.lines, key=lambda line: line.row if line.row in data else 0):
        lines = list(group)
        joined += [_join(lines, cells[row])] if row else lines
    return joined


def _cells_of(page: Page, rows: frozenset[int]) -> dict[int, list[int]]:
    """The cells of each row, empty ones too."""
    cells: dict[int, list[int]] = {row: [] for row in rows}
    for element, parent in enumerate(page.parents):
        if parent in rows and page.tags[element] in CELL_TAGS:
            cells[parent].append(element)
    return cells


def _data_rows(page: Page) -> frozenset[int]:
    """Rows of two cells or more with little text in each, and neither a table nor a heading inside."""
    cells: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for line in page.lines:
        if line.row:
            cells[line.row][line.cell].append(len(line.text))
    rows = frozenset(row for row, texts in cells.items() if len(texts) > 1 and are_data(texts.values()))
    return rows - _outer_rows(page) - _headed_rows(page) if rows else rows


def _headed_rows(page: Page) -> frozenset[int]:
    """Rows with headings in them: they lay a page out."""
    return frozenset(line.row for line in page.lines if line.row and page.tags[line.element] in _HEADINGS)


def _outer_rows(page: Page) -> frozenset[int]:
    """Rows that hold another row."""
    tags, above = page.tags, [0]
    for parent in page.parents[1:]:
        above.append(parent if tags[parent] == "tr" else above[parent])
    return frozenset(outer for outer, tag in zip(above, tags, strict=True) if tag == "tr")


def _join(lines: list[Line], cells: list[int]) -> Line:
    texts = {cell: " ".join(line.text for line in group) for cell, group in groupby(lines, key=lambda line: line.cell)}
    text = normalize(CELLS.join(texts.get(cell, "") for cell in cells))
    row = lines[0].row
    linked = sum(line.linked for line in lines)
    return Line(text, linked, row, row, lines[0].cell, all(line.area for line in lines), data=True)
