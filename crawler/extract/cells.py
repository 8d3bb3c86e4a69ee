"""Which rows of a table are data, on pages and in documents alike, and how their cells are parted."""

from collections.abc import Iterable

CELLS = " | "
_LONGEST_CELL, _MOST_LINES = 300, 6


def are_data(cells: Iterable[list[int]]) -> bool:
    """Whether a row is one of data, by how long the lines of each cell are; else it lays a page out."""
    return all(len(sizes) <= _MOST_LINES and sum(sizes) <= _LONGEST_CELL for sizes in cells)
