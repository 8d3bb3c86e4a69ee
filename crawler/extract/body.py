"""From a page's lines to the paragraphs of its body: marks furniture, chooses the container, trims its edges."""

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import accumulate

from crawler.extract.container import choose, has_punctuation, inside, is_heading, is_prose, line_spans
from crawler.extract.page import Line, Page
from crawler.extract.phrases import Kind, kind
from crawler.extract.rows import join_rows
from crawler.text import fold

_LINKED_SHARE = 0.6
_TALK = re.compile(r"评|留言|跟[帖贴]|讨论|回")
_SIGN = re.compile(r"\d{1,4}[-/.年月]\d{1,2}[-/.月日]?\d{0,2}日? ?\d{1,2}:\d{2}|\d+(?:分钟|小时|天|个月)前")
_BODY_BEFORE = 50
"""So many characters of sentences make a body behind which comments may begin."""


def find_body(page: Page, titles: Collection[str]) -> tuple[tuple[str, ...], int]:
    """The body's paragraphs, and how many of the page's lines stand before it.

    `titles` are folded texts that repeat the title above the body.
    """
    lines = join_rows(page)
    if page.selected is not None:
        within = inside(page, page.selected)
        return _body(page, [line for line in lines if within[line.element]])
    kinds = [_kind(line) for line in lines]
    live = _live(page, lines, kinds)
    within = inside(page, {choose(page, lines, live)})
    chosen = [index for index, line in enumerate(lines) if within[line.element]]
    chosen = _cut_tail(chosen, lines, kinds, live)
    return _body(page, [lines[index] for index in _trim(chosen, lines, kinds, live, titles)])


def _body(page: Page, lines: Sequence[Line]) -> tuple[tuple[str, ...], int]:
    first = lines[0].element if lines else 0
    before = next((index for index, line in enumerate(page.lines) if line.element >= first), 0)
    return tuple(line.text for line in lines), before


def _kind(line: Line) -> Kind | None:
    if line.area:
        return Kind.WIDGET
    if line.linked >= _LINKED_SHARE * len(line.text):  # of links only those to the comments mark what follows
        return Kind.COMMENTS if _TALK.search(line.text) and kind(line.text) is Kind.COMMENTS else Kind.WIDGET
    return kind(line.text)


def _live(page: Page, lines: Sequence[Line], kinds: Sequence[Kind | None]) -> list[bool]:
    """Which lines may be body: no furniture themselves, nor below a heading of furniture."""
    spans, remarks = line_spans(page, lines), _Remarks(lines)
    live: list[bool] = []
    said, until = 0, 0
    for index, (line, found) in enumerate(zip(lines, kinds, strict=True)):
        if found is Kind.COMMENTS and said >= _BODY_BEFORE:
            until = max(until, _section_end(page, lines, spans, index))
        elif said >= _BODY_BEFORE and index >= until and remarks.sign(index):
            start, end = spans[_section(page, spans, lines[index].element, index)]
            until = end if remarks.fill(start, end, said) else until
        elif found is Kind.LIST and index >= until:
            until = _list_end(lines, index)
        live.append(index >= until and found in (None, Kind.EDGE))
        said += len(line.text) if live[-1] and is_prose(line) else 0
    return live


class _Remarks:
    """What readers wrote without a heading above it: each begins with a line of name, date and time."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._signs = [i for i, line in enumerate(lines) if len(line.text) <= 40 and _SIGN.search(line.text)]
        self._prose = [0, *accumulate(len(line.text) if is_prose(line) else 0 for line in lines)]

    def sign(self, index: int) -> bool:
        """Whether a line is such a one."""
        position = bisect_left(self._signs, index)
        return position < len(self._signs) and self._signs[position] == index

    def fill(self, start: int, end: int, said: int) -> bool:
        """Whether the lines from start to end are remarks: several, or one shorter than the body before."""
        several = bisect_left(self._signs, end) - bisect_left(self._signs, start) > 1
        return several or self._prose[end] - self._prose[start] < said


def _section(page: Page, spans: Sequence[tuple[int, int]], element: int, index: int) -> int:
    """The largest element that begins with this line."""
    while element and spans[page.parents[element]][0] == index:
        element = page.parents[element]
    return element


def _section_end(page: Page, lines: Sequence[Line], spans: Sequence[tuple[int, int]], index: int) -> int:
    """Where the readers' comments below this heading end: with its section, or with the section's parent."""
    section = _section(page, spans, lines[index].element, index)
    return spans[section][1] if spans[section][1] > index + 1 else spans[page.parents[section]][1]


def _list_end(lines: Sequence[Line], index: int) -> int:
    """Where the list below this heading ends: before the first line that is no name of an article."""
    for position in range(index + 1, len(lines)):
        line = lines[position]
        if line.linked < _LINKED_SHARE * len(line.text) and (
            has_punctuation(line) or is_heading(line.text) or line.text[-1] in ":："
        ):
            return position
    return len(lines)


def _cut_tail(
    chosen: list[int], lines: Sequence[Line], kinds: Sequence[Kind | None], live: Sequence[bool]
) -> list[int]:
    """Without what follows the first line that stands behind a body, if little of what follows reads like one."""
    sizes = [len(lines[index].text) if live[index] and is_prose(lines[index]) else 0 for index in chosen]
    before, total = 0, sum(sizes)
    for position, index in enumerate(chosen):
        if kinds[index] in (Kind.TAIL, Kind.LIST, Kind.COMMENTS):
            after = total - before
            if before and (after <= before / 5):
                return chosen[:position]
        before += sizes[position]
    return chosen


def _trim(
    chosen: list[int],
    lines: Sequence[Line],
    kinds: Sequence[Kind | None],
    live: Sequence[bool],
    titles: Collection[str],
) -> list[int]:
    """Without furniture, and without numbers, dates and the title at the edges."""
    kept = [index for index in chosen if live[index]]
    while kept and kinds[kept[-1]] is Kind.EDGE and not lines[kept[-1]].data:
        kept.pop()
    first = 0
    for position, index in enumerate(kept[:12]):
        if fold(lines[index].text) in titles or kinds[index] is Kind.EDGE:
            first = position + 1
        elif is_prose(lines[index]):
            break
    return kept[first:]
