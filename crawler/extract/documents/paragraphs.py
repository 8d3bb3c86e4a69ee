"""From lines in reading order to paragraphs.

A paragraph begins with an indented line, behind a line that ends early, behind a wider gap, and where the size of the
print changes; a title set over two lines in large print is one. Nothing depends on how wide the lines are, so that the
same text on other paper gives the same paragraphs.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from crawler.extract.documents.joining import Glued, without_bullet
from crawler.extract.documents.sheets import Column, Line
from crawler.extract.normalize import normalize

_ENDS = re.compile(r"[。！？!?：:；;…][”’\"'」』）)]?\s*$")
_MARKED = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[)）、．.]|第[一二三四五六七八九十百零〇]{1,5}[章节条编部篇]|[（(]?\d{1,3}[)）、．.](?!\d)|[①-⑳●■◆▲★•○□◎\u2022\uf0b7])"
)
_TOKEN = re.compile(r"\s*(?:[!-~]{1,40}|.[，。、；：！？”’）》」』】]{0,2})")
_CONTENTS = re.compile(r".{1,80}?(?:[.．·•…。]\s?){4,}\s*[(（]?\d{1,4}[)）]?\s*$|.{1,80}?…{2,}\s*\d{1,4}\s*$")
_CONTENTS_HEAD = re.compile(r"\s*(?:目\s*[录錄次]|contents)\s*", re.IGNORECASE)
_TITLE = 1.15
"""Print so many times larger than the text's is a title's."""
_OTHER_SIZE = 1.2
_INDENT = 0.8
"""In characters."""
_CENTRED = 3
"""In characters: a line indented so far and free as far at its end is set in the middle, like an author's name."""
_SHORT_COLUMN = 4
_EARLY = 0.3
"""A line that leaves such a share of its column free ends a paragraph, however it ends itself."""


class _Place(NamedTuple):
    """Where a line stands in its column, lengths in points."""

    line: Line
    indent: float
    slack: float
    """Room left at its end."""
    gap: float
    """From the line above to this one, in usual distances of lines; 0: it is the first of its column."""

    @property
    def indented(self) -> bool:
        return self.indent > _INDENT * self.line.size

    @property
    def centred(self) -> bool:
        """Room at both ends, and as much at one as at the other."""
        size = self.line.size
        return self.indent > size and self.slack > size and abs(self.indent - self.slack) < 1.5 * size


def body_size(sizes: Iterable[tuple[float, int]]) -> float:
    """The size of most of the print, from sizes and numbers of characters: their median."""
    ordered = sorted(sizes)
    half, seen = sum(count for _, count in ordered) / 2, 0
    for size, count in ordered:
        seen += count
        if seen >= half:
            return size
    return 0.0


def find_paragraphs(columns: Sequence[Column], size: float) -> list[str]:
    """The paragraphs of a document whose text is printed in `size`; tables of contents left out."""
    paragraphs: list[Glued] = []
    before: _Place | None = None
    for place in _without_contents(_places(columns)):
        if before is None or _begins(before, place, paragraphs[-1].head, size):
            paragraphs.append(Glued(place.line.text.lstrip()))
        else:
            paragraphs[-1].add(place.line.text)
        before = place
    return list(filter(None, (normalize(without_bullet(paragraph.text)) for paragraph in paragraphs)))


def _places(columns: Sequence[Column]) -> Iterator[_Place]:
    edges = _usual_edges(columns)
    for column in columns:
        left, right = _edges(column, edges)
        steps = sorted(low.y0 - high.y0 for high, low in pairwise(column.lines))
        usual = steps[len(steps) // 2] if steps else 0.0
        above: Line | None = None
        for line in column.lines:
            gap = (line.y0 - above.y0) / usual if above and usual > 0 else 0.0
            yield _Place(line, line.x0 - left, right - line.x1, gap)
            above = line


def _usual_edges(columns: Sequence[Column]) -> tuple[float, float]:
    """Left edge and right edge of most of the lines: for columns too short to tell by themselves."""
    weighed = [(column.left, column.right, len(column.lines)) for column in columns]
    left = body_size((left, count) for left, _, count in weighed)
    return left, body_size((right, count) for _, right, count in weighed)


def _edges(column: Column, usual: tuple[float, float]) -> tuple[float, float]:
    """Between which edges a column is set."""
    text = [line for line in column.lines if not line.cells]
    if len(text) >= _SHORT_COLUMN:
        right = sorted((line.x1 for line in text), reverse=True)
        # A mark that hangs over the edge is not the edge.
        edge = right[1] if right[0] - right[1] < 1.2 * text[0].size else right[0]
        left, right_edge = min(line.x0 for line in text), max(edge, column.left)
    else:
        left, right_edge = column.left, column.right
    overlaps = left < usual[1] and right_edge > usual[0]
    narrower = right_edge - left < 0.9 * (usual[1] - usual[0])
    if overlaps and narrower and len(text) < _SHORT_COLUMN:
        return min(left, usual[0]), max(right_edge, usual[1])
    return left, right_edge


def _without_contents(places: Iterable[_Place]) -> Iterator[_Place]:
    """Without lines that only lead to a page, and the heading above them."""
    held: _Place | None = None
    for place in places:
        leads = not place.line.cells and _CONTENTS.fullmatch(place.line.text) is not None
        if held is not None and not leads:
            yield held
        held = None
        if _CONTENTS_HEAD.fullmatch(place.line.text):
            held = place
        elif not leads:
            yield place
    if held is not None:
        yield held


def _begins(before: _Place, place: _Place, head: str, size: float) -> bool:
    """Whether a paragraph begins with this line, where the one before began with `head`."""
    line, last = place.line, before.line
    if _is_other(last, line):
        return True
    if line.size > _TITLE * size and last.size > _TITLE * size:
        return not _continues_title(before, place)
    if place.gap > 1.5 or (before.centred and before.indent > _CENTRED * last.size and not place.centred):
        return True
    return not _hangs(before, place, head) if place.indented else _begins_at_the_edge(before, place)


def _is_other(last: Line, line: Line) -> bool:
    """Whether a line does not go on from the last one whatever its place: a cell, a bullet, another size."""
    if line.cells or last.cells or without_bullet(line.text) != line.text:
        return True
    return max(line.size, last.size) > _OTHER_SIZE * max(1.0, min(line.size, last.size))


def _hangs(before: _Place, place: _Place, head: str) -> bool:
    """Whether an indented line goes on from a full one: below the text of an item, or as far in as the line before."""
    line, last = place.line, before.line
    if before.slack >= _width(line) or _ENDS.search(last.text) or _MARKED.match(line.text) or line.font != last.font:
        return False
    item = _MARKED.match(head) is not None and not before.indented
    return item or abs(place.indent - before.indent) < 0.5 * line.size


def _begins_at_the_edge(before: _Place, place: _Place) -> bool:
    """Whether a line without indent begins a paragraph: what stands before it left room for more, or it is numbered."""
    last = before.line
    full = before.slack < _width(place.line)
    ended = _ENDS.search(last.text) is not None
    early = before.slack > _EARLY * (before.slack + last.x1 - last.x0)
    marked = _MARKED.match(place.line.text) is not None
    return (not full and (ended or early or marked)) or (ended and marked)


def _continues_title(before: _Place, place: _Place) -> bool:
    """A title goes on unless the next line is an aside to it or far below."""
    aside = place.line.text.lstrip().startswith(("(", "（", "—", "-", "【"))
    same = abs(place.line.size - before.line.size) < 0.05 * place.line.size
    both = (place.centred and before.centred) or before.slack < _width(place.line)
    return same and both and not aside and place.gap < 2.5


def _width(line: Line) -> float:
    """How wide the first word of a line is: it would have stood in the line above if there had been room."""
    match = _TOKEN.match(line.text)
    word = match[0].strip() if match else ""
    return line.size * (0.8 + sum(0.55 if sign.isascii() else 1.0 for sign in word))
