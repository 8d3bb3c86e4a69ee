"""A printed page as values: runs of characters, ruling lines, rows, columns; lengths in points from the top left."""

from typing import NamedTuple


class Run(NamedTuple):
    """Characters set one behind the other on one line."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    """Of the font, in points."""
    font: str = ""

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.y0 + self.y1) / 2


class Rule(NamedTuple):
    """A ruling line, horizontal (y0 == y1) or vertical (x0 == x1)."""

    x0: float
    y0: float
    x1: float
    y1: float


class Sheet(NamedTuple):
    """One page, turned so that its text is upright."""

    runs: list[Run]
    rules: list[Rule]
    pictures: int = 0
    """So many images stand on it."""


class Row(NamedTuple):
    """What stands at one height of a page: one segment, or several with wide gaps between them."""

    segments: list[Run]

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.segments[-1].x1

    @property
    def y0(self) -> float:
        """Upper edge."""
        return min(segment.y0 for segment in self.segments)

    @property
    def y1(self) -> float:
        """Lower edge."""
        return max(segment.y1 for segment in self.segments)

    @property
    def size(self) -> float:
        """Of most of its print."""
        return max(self.segments, key=lambda segment: len(segment.text)).size

    @property
    def text(self) -> str:
        """All of it, segments parted by blanks."""
        return " ".join(segment.text for segment in self.segments)


class Line(NamedTuple):
    """A line of text in its column, or a whole row of a table."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    font: str = ""
    cells: bool = False
    """It is a row of a table: a paragraph by itself."""


class Column(NamedTuple):
    """Lines below one another, and the edges between which they are set."""

    lines: list[Line]
    left: float
    right: float
