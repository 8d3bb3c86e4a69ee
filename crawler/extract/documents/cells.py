"""Rows of tables in running text: signs end a cell and a row, for the files say so here and there in other ways."""

from crawler.extract.cells import CELLS
from crawler.extract.normalize import normalize

CELL, ROW = "\x1c", "\x1d"
"""What ends a cell and a row; a row ends a line, too."""


def row_of(line: str) -> tuple[str, str]:
    """The cells of a line as one text ('' where none says anything), and what stands behind the last of them."""
    *cells, rest = line.split(CELL)
    shown = [normalize(cell) for cell in cells]
    return CELLS.join(shown) if any(shown) else "", rest
