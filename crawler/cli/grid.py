"""Tables that fit whatever they are printed on: as columns where these find room, else a line for each cell.

No heading is cut within a word; of a title, which a page may make as long as it likes, two lines are shown.
"""

import re
from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from crawler.model import value

GAP = 2
"""Blanks between two columns."""
SHORTENED = ("title",)
"""Headings of the columns in which long texts are cut short."""
MOST_LINES = 2

_WORD = re.compile("[!-\u2e7f]+")
"""What should stay in one line: runs of letters and digits, not of Chinese characters."""
_ENOUGH = (16, 10)
"""Words of so many characters stay whole in cells, if there is room; of longer ones it does not matter."""
_LEAST = 8
"""Narrower than this no column is made, unless it needs no more."""


@value
class Grid:
    """Rows of cells under headings, each row as long as `heads`."""

    title: str | None
    heads: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw it for the width at hand."""
        widths = self._widths(options.max_width)
        if widths is None:
            yield from self._as_records(console, options.max_width)
            return
        drawn = Table(title=self.title, title_justify="left", header_style="bold", box=None, pad_edge=False)
        drawn.show_header = any(self.heads)
        for head, width in zip(self.heads, widths, strict=True):
            drawn.add_column(head, overflow="fold", width=width)
        for row in self.rows:
            cells = zip(self.heads, row, widths, strict=True)
            drawn.add_row(*(_shortened(console, head, cell, width) for head, cell, width in cells))
        yield drawn

    def _widths(self, room: int) -> list[int] | None:
        """How wide each column is to be; None: there is no room for columns."""
        room -= GAP * (len(self.heads) - 1)
        columns = list(zip(self.heads, *((cell.plain for cell in row) for row in self.rows), strict=True))
        wanted = [min(max(map(_width, column), default=0), max(room, 1)) for column in columns]
        for enough in _ENOUGH:
            least = [min(width, _least(column, enough)) for width, column in zip(wanted, columns, strict=True)]
            if sum(least) <= room:
                return _shrunk(wanted, least, room)
        return None

    def _as_records(self, console: Console, room: int) -> RenderResult:
        """A line for each cell that says something, a blank one between two rows."""
        if self.title:
            yield Text(self.title, style="italic")
        margin = max(map(cell_len, self.heads), default=0) + GAP
        for number, row in enumerate(self.rows):
            if number:
                yield Text("")
            drawn = Table.grid(padding=(0, GAP, 0, 0), pad_edge=False)
            for _ in ("heading", "cell"):
                drawn.add_column(overflow="fold")
            for head, cell in zip(self.heads, row, strict=True):
                if cell.plain:
                    drawn.add_row(Text(head, style="bold"), _shortened(console, head, cell, max(room - margin, 1)))
            yield drawn


def _width(text: str) -> int:
    return max(map(cell_len, text.split("\n")))


def _least(column: Sequence[str], enough: int) -> int:
    """The width at which no word of the heading, and no word of a cell that is not too long, is cut."""
    head, *cells = column
    words = [min(len(word), enough) for cell in cells for word in _WORD.findall(cell)]
    return max((_LEAST, *map(len, _WORD.findall(head)), *words))


def _shrunk(widths: list[int], least: Sequence[int], room: int) -> list[int]:
    """The widest columns give way first."""
    while sum(widths) > room:
        widest = max((n for n in range(len(widths)) if widths[n] > least[n]), key=lambda n: widths[n])
        widths[widest] -= 1
    return widths


def _shortened(console: Console, head: str, cell: Text, width: int) -> Text:
    """A title cut after some lines, anything else whole."""
    if head not in SHORTENED or cell_len(cell.plain) <= width:
        return cell
    lines = cell.wrap(console, width, overflow="fold")
    if len(lines) > MOST_LINES:
        last = Text(f"{lines[MOST_LINES - 1].plain.rstrip()}…")
        last.truncate(width, overflow="ellipsis")
        cell = Text("\n").join([*lines[: MOST_LINES - 1], last])
    return cell
