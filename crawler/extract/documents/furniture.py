"""What a printed page has besides the text: running heads and feet, page numbers, notes at its foot.

A head is known by its place: it stands there on other pages too, whatever number it bears. So the same text printed on
other paper, with other page breaks, loses the same lines.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from crawler.extract.documents.grids import Grid
from crawler.extract.documents.sheets import Row

_SAME_PLACE = 4.0
"""Points."""
_MOST_ROWS = 3
"""So many rows at either end of a page may be furniture."""
_APART = 1.6
"""A head is that many usual distances of rows away from the text, or in smaller print, or outermost on many pages."""
_LONGEST = 80
_NUMERAL = r"(?:\d{1,5}|[ivxlcIVXLC]{1,7}|[一二三四五六七八九十百〇]{1,5})"
_NUMBER = re.compile(
    r"[-—–―─－−·•.．~～\s\[(（【]{0,6}(?:第|页码|page|p\.?)?[\s:：]{0,3}"
    rf"(?P<number>{_NUMERAL})\s{{0,3}}页?\s{{0,3}}(?:(?:[/／,，|]|of|共)\s{{0,3}}(?:共\s{{0,3}})?\d{{1,4}}\s{{0,3}}页?)?"
    r"[-—–―─－−·•.．~～\s\])）】]{0,6}",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[0-9０-９]+|\s+")
_NOTE = re.compile(
    r"\s*(?:[①-⑳⑴-⒇❶-❿*＊※†‡]|[\[〔［【(（]\s?(?:\d{1,3}|注)\s?[\]〕］】)）]|\d{1,3}(?![\d.%年月日、个项])|注\s?\d{0,3}[:：])"
)
_SMALL = 0.9


class Leaf(NamedTuple):
    """A page as it is taken apart: its rows from the top, and its tables."""

    rows: list[Row]
    grids: list[Grid]

    def framed(self, row: Row) -> bool:
        """Whether a row stands in a ruled table."""
        return any(grid.holds(row.x0, (row.y0 + row.y1) / 2) for grid in self.grids)


class _Edge(NamedTuple):
    """A row near the upper or lower end of a page."""

    leaf: int
    depth: int
    """0 is outermost."""
    low: bool
    row: Row


def strip(leaves: list[Leaf]) -> list[Leaf]:
    """The pages without running heads, running feet and page numbers."""
    edges = [_Edge(at, depth, low, row) for at, leaf in enumerate(leaves) for depth, low, row in _edges(leaf)]
    found = _repeated(leaves, edges) | _numbers(leaves, edges)
    kept = []
    for at, leaf in enumerate(leaves):
        start, end = 0, len(leaf.rows)
        while start < end and (at, False, start) in found:
            start += 1
        while start < end and (at, True, len(leaf.rows) - end) in found:
            end -= 1
        kept.append(leaf._replace(rows=leaf.rows[start:end]))
    return kept if any(leaf.rows for leaf in kept) else leaves  # forms that differ in nothing but a number


def _edges(leaf: Leaf) -> list[tuple[int, bool, Row]]:
    rows = leaf.rows
    half = len(rows) // 2
    upper = [(depth, False, row) for depth, row in enumerate(rows[:half][:_MOST_ROWS])]
    return upper + [(depth, True, row) for depth, row in enumerate(rows[half:][::-1][:_MOST_ROWS])]


def _repeated(leaves: list[Leaf], edges: list[_Edge]) -> set[tuple[int, bool, int]]:
    """Rows that say the same at the same place of other pages. The heading of a table stays where it stands first."""
    found = set()
    for same in _alike(leaves, edges):
        for place in filter(lambda place: _recurs(leaves, place), _by_place(same)):
            heading = _is_of_table(leaves[place[0].leaf], place[0])
            found |= {(edge.leaf, edge.low, edge.depth) for edge in place[heading:]}
    return found


def _alike(leaves: list[Leaf], edges: list[_Edge]) -> Iterable[list[_Edge]]:
    """Rows that say the same, but for figures outside of tables, at one end of their pages."""
    alike: dict[tuple[bool, str], list[_Edge]] = defaultdict(list)
    for edge in edges:
        framed = leaves[edge.leaf].framed(edge.row)
        text = edge.row.text if framed else _DIGITS.sub(_masked, edge.row.text)
        if len(text) <= _LONGEST and any(map(str.isalnum, text)) and not (framed and edge.low):
            alike[edge.low, text].append(edge)
    return alike.values()


def _recurs(leaves: list[Leaf], place: list[_Edge]) -> bool:
    """Whether rows at one place stand on several pages, apart from the text or as the outermost of three pages."""
    pages = len({edge.leaf for edge in place})
    outermost = pages > 2 and all(edge.depth == 0 for edge in place)
    return pages > 1 and (outermost or all(_is_apart(leaves[edge.leaf], edge) for edge in place))


def _masked(match: re.Match[str]) -> str:
    return "" if match[0].isspace() else "0"


def _is_of_table(leaf: Leaf, edge: _Edge) -> bool:
    """Whether an upper row is the heading of a table: it stands in one, or has gaps as the row below."""
    below = leaf.rows[edge.depth + 1 : edge.depth + 2]
    gaps = not edge.low and all(len(row.segments) > 1 for row in (edge.row, *below))
    return leaf.framed(edge.row) or gaps


def _by_place(edges: list[_Edge]) -> list[list[_Edge]]:
    """Edges at the same height together, whatever side of the page they stand on."""
    groups: dict[int, list[_Edge]] = {}
    for edge in edges:
        y0 = edge.row.y0
        near = range(int(y0 // _SAME_PLACE) - 1, int(y0 // _SAME_PLACE) + 2)
        close = (each for at in near if (each := groups.get(at)) and abs(each[0].row.y0 - y0) <= _SAME_PLACE)
        group = next(close, None)
        if group is None:
            groups[near[1]] = [edge]
        else:
            group.append(edge)
    return [*groups.values()]


def _is_apart(leaf: Leaf, edge: _Edge) -> bool:
    """Whether a row is farther from the text than rows are from one another, or in smaller print."""
    rows = leaf.rows[::-1] if edge.low else leaf.rows
    if len(rows) < edge.depth + 3:
        return False
    if leaf.framed(edge.row):
        return True
    steps = [abs(one.y0 - other.y0) for one, other in pairwise(rows)]
    usual = sorted(steps[edge.depth + 1 :])[(len(steps) - edge.depth - 1) // 2]
    return steps[edge.depth] > _APART * usual or edge.row.size < _SMALL * rows[edge.depth + 1].size


def _numbers(leaves: list[Leaf], edges: list[_Edge]) -> set[tuple[int, bool, int]]:
    """Page numbers: outermost, and counting as the pages do where there are several."""
    outer = [edge for edge in edges if not leaves[edge.leaf].framed(edge.row)]
    numbers = [(edge, match) for edge in outer if (match := _NUMBER.fullmatch(edge.row.text.strip()))]
    shifts = Counter(int(match["number"]) - edge.leaf for edge, match in numbers if match["number"].isdecimal())
    usual = max(shifts, key=lambda shift: (shifts[shift], shift == 1), default=1)
    steady = shifts[usual] > 1 or usual == 1 or len(leaves) == 1
    return {
        (edge.leaf, edge.low, edge.depth)
        for edge, match in numbers
        if match["number"] != match[0].strip()
        or (steady and match["number"].isdecimal() and int(match["number"]) - edge.leaf == usual)
    }


def part_notes(leaves: list[Leaf], size: float) -> tuple[list[Leaf], list[Leaf]]:
    """The pages without the notes at their feet, in print smaller than `size`; and those notes."""
    notes: list[Leaf] = []
    kept = []
    for leaf in leaves:
        start = len(leaf.rows)
        while start > 0 and leaf.rows[start - 1].size < _SMALL * size and not leaf.framed(leaf.rows[start - 1]):
            start -= 1
        marked = next((at for at in range(start, len(leaf.rows)) if _NOTE.match(leaf.rows[at].text)), len(leaf.rows))
        start = marked if start else len(leaf.rows)
        notes.append(leaf._replace(rows=leaf.rows[start:]))
        kept.append(leaf._replace(rows=leaf.rows[:start]))
    return kept, notes
