"""From a page's lines to the paragraphs of its body: marks furniture, chooses the container, trims its edges."""

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import accumulate
from typing import NamedTuple

from crawler.extract.container import choose
from crawler.extract.outline import SHORTEST_PROSE, Outline, has_punctuation, is_heading
from crawler.extract.page import Line, Page
from crawler.extract.phrases import Kind, is_offer, kind, states
from crawler.extract.rows import join_rows
from crawler.extract.template import NOTHING_SHARED, Template, shared_lines
from crawler.text import fold

_Reaches = dict[int, tuple[int, int]]
"""Of a way of marking up: its first and its last line."""
_LINKED_SHARE = 0.6
_SENTENCE_ENDS = ("。", "！", "!", "；", ";")
_AREA = frozenset(("nav", "footer", "aside", "button", "select", "textarea", "dialog"))
_TALK = re.compile(r"评|留言|跟[帖贴]|讨论|回")
_SIGN = re.compile(r"\d{1,4}[-/.年月]\d{1,2}[-/.月日]?\d{0,2}日? ?\d{1,2}:\d{2}|\d+(?:分钟|小时|天|个月)前")
_SIGNED = re.compile(
    r"(?:[(（]|-{2}|—{1,2}).{0,16}\d{1,4}[-/.年月]\d{1,2}[-/.月日]?\d{0,2}日? ?\d{1,2}:\d{2}(?::\d{2})?[)）]?$"
)
"""The end of a remark that bears name or time behind it."""
_LONGEST_SIGNED = 50
_FLOOR = re.compile(r"第\d{1,4}楼(?![层栋宇面])")
_LONGEST_SIGN = 40
_LINES = 4
"""A remark is of so many lines at most: name and time, text, buttons."""
_DATE = re.compile(r"[\[(【]?(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?[\])】]?(?: \d{1,2}:\d{2}(?::\d{2})?)?$")
_BODY_BEFORE = 50
"""So many characters of sentences make a body behind which comments may begin."""
_BEHIND = (Kind.TAIL, Kind.LIST, Kind.COMMENTS)
_HEAD = 12
"""So many lines at the start of a body may repeat the title or be numbers and dates."""


class Judgement(NamedTuple):
    """A page's lines, and what became of each."""

    outline: Outline
    kinds: Sequence[Kind | None]
    """What kind of furniture each line is; None: none that is known."""
    live: Sequence[bool]
    """Which lines may be body: no furniture themselves, nor below a heading of furniture."""
    chosen: range
    """The container's lines."""
    kept: Sequence[int]
    """The body's lines."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body."""
        return tuple(self.outline.lines[index].text for index in self.kept)

    def above(self, page: Page) -> list[str]:
        """The texts of the page's lines that stand before the body; all of them where there is no body."""
        first = self.outline.lines[self.kept[0]].element if self.kept else 0
        before = next((index for index, line in enumerate(page.lines) if line.element >= first), 0)
        return [line.text for line in page.lines[: before or None]]


def find_body(page: Page, titles: Collection[str], template: Template = NOTHING_SHARED) -> Judgement:
    """Which of a page's lines are its body.

    `titles` are folded texts that repeat the title above the body; `template` is what the pages of its host share.
    """
    lines = join_rows(page)
    outline = Outline(page, lines)
    if page.selected is not None:
        return Judgement(outline, [None] * len(lines), [True] * len(lines), range(0), outline.within(page.selected))
    kinds = [_kind(line) for line in lines]
    _correct(outline, kinds)
    live = _live(outline, kinds)
    for index in shared_lines(outline, live, template):
        kinds[index], live[index] = Kind.SHARED, False
    chosen = _cut_tail(outline, range(*outline.spans[choose(outline, live)]), kinds, live)
    return Judgement(outline, kinds, live, chosen, _trim(outline, chosen, kinds, live, titles))


def _kind(line: Line) -> Kind | None:
    if line.area:
        return Kind.WIDGET
    if _is_linked(line):  # of links only those to the comments mark what follows
        return Kind.COMMENTS if _TALK.search(line.text) and kind(line.text) is Kind.COMMENTS else Kind.WIDGET
    return kind(line.text)


def _is_linked(line: Line) -> bool:
    """Whether a line is a link, apart from the date beside it."""
    if not line.linked or line.linked >= _LINKED_SHARE * len(line.text):
        return line.linked > 0
    date = _DATE.search(line.text)
    return line.linked >= _LINKED_SHARE * (len(line.text) - (len(date[0]) if date else 0))


def _correct(outline: Outline, kinds: list[Kind | None]) -> None:
    """Judge again, by where they stand, the lines amid a body.

    Lines that only begin like furniture, links and asides that read like the text around them are body; offers set
    apart from that text are none.
    """
    own, above = _reaches(outline, kinds)
    for index, line in enumerate(outline.lines):
        if kinds[index] is None:
            alone = not _amid(outline, own, line.element, index)
            parent = outline.parents[line.element]
            around = (line.element, parent, outline.parents[parent])
            if alone and is_offer(line.text) and any(_amid(outline, above, each, index) for each in around):
                kinds[index] = Kind.WIDGET
        elif kinds[index] not in (Kind.LIST, Kind.COMMENTS):
            reaches, element = (above, _around_aside(outline, line.element)) if line.area else (own, line.element)
            if _amid(outline, reaches, element, index) and _reads_as_text(line):
                kinds[index] = None


def _amid(outline: Outline, reaches: _Reaches, element: int, index: int) -> bool:
    first, last = reaches.get(outline.ways[element], (index, index))
    return first < index < last


def _reads_as_text(line: Line) -> bool:
    """Whether a line is a statement; a link or an aside must be a whole sentence, too (adverts do without the 。)."""
    if line.area or _is_linked(line):
        whole = line.text.endswith(_SENTENCE_ENDS) and has_punctuation(line) and len(line.text) >= SHORTEST_PROSE
        return whole and (states(line.text) or (not line.area and line.text[-1] == "。" and kind(line.text) is None))
    return states(line.text)


def _around_aside(outline: Outline, element: int) -> int:
    """What holds the aside around an element; where that stands in other furniture, the document (0)."""
    while element and outline.tags[element] not in _AREA:
        element = outline.parents[element]
    return outline.parents[element] if outline.tags[element] == "aside" else 0


def _reaches(outline: Outline, kinds: Sequence[Kind | None]) -> tuple[_Reaches, _Reaches]:
    """From which to which line there is prose marked up in each way, and in elements below each way."""
    own: _Reaches = {}
    above: _Reaches = {}
    for index, line in enumerate(outline.lines):
        if kinds[index] is None and outline.prose[index]:
            for reaches, element in ((own, line.element), (above, outline.parents[line.element])):
                way = outline.ways[element]
                reaches[way] = (reaches.get(way, (index, index))[0], index)
    return own, above


def _live(outline: Outline, kinds: Sequence[Kind | None]) -> list[bool]:
    """Which lines may be body: no furniture themselves, nor below a heading of furniture."""
    remarks = _Remarks(outline, kinds)
    live: list[bool] = []
    said, until = 0, 0
    for index, found in enumerate(kinds):
        if index >= until or found is Kind.COMMENTS:
            until = max(until, _reach(outline, remarks, index, found, said))
        live.append(index >= until and found in (None, Kind.EDGE))
        if live[-1] and outline.prose[index]:
            said += len(outline.lines[index].text)
    return live


def _reach(outline: Outline, remarks: "_Remarks", index: int, found: Kind | None, said: int) -> int:
    """Before which line ends what this one heads, a list or readers' comments; 0: it heads nothing."""
    if found is Kind.LIST:
        return _list_end(outline.lines, index)
    if said < _BODY_BEFORE:  # comments stand behind a body, be it one sentence
        section = outline.spans[outline.section(index)]
        return section[1] if found is Kind.COMMENTS and remarks.stand_behind(section) else 0
    if found is Kind.COMMENTS:
        end = _section_end(outline, index)
        return end if remarks.follow(index, end, said) else 0
    return remarks.end(index, said)


def _is_sign(text: str) -> bool:
    if len(text) > _LONGEST_SIGN:
        return _SIGNED.search(text[-_LONGEST_SIGNED:]) is not None
    return ((":" in text or "前" in text) and _SIGN.search(text) is not None) or _FLOOR.match(text) is not None


class _Remarks:
    """What readers wrote, with or without a heading above it: each bears a name, a date and a time."""

    def __init__(self, outline: Outline, kinds: Sequence[Kind | None]) -> None:
        lines, prose = outline.lines, outline.prose
        self._outline = outline
        self._signs = [i for i, line in enumerate(lines) if _is_sign(line.text)]
        self._places = [i for i, reads in enumerate(prose) if reads]
        self._prose = [0, *accumulate(len(x.text) if reads else 0 for x, reads in zip(lines, prose, strict=True))]
        closed = (i for i, found in enumerate(kinds) if found is None and lines[i].text.endswith(_SENTENCE_ENDS))
        self._sentence = next(closed, len(lines))
        self._boxes = self._find_boxes()

    def _find_boxes(self) -> dict[int, int]:
        """The largest elements full of remarks: first line -> the line behind."""
        boxes: dict[int, int] = {}
        seen = set[int]()
        for index in self._signs:
            element = self._outline.section(index)
            start, end = self._outline.spans[element]
            while element and element not in seen and self._dense(start, end):
                seen.add(element)
                boxes[start] = max(boxes.get(start, 0), end)
                element = self._outline.parents[element]
                start, end = self._outline.spans[element]
        return boxes

    def _signed(self, start: int, end: int) -> int:
        """How many lines from start to end bear name and time."""
        return bisect_left(self._signs, end) - bisect_left(self._signs, start)

    def _dense(self, start: int, end: int) -> bool:
        return end - start <= _LINES * self._signed(start, end) + 1

    def stand_behind(self, span: tuple[int, int]) -> bool:
        """Whether a section is full of remarks, and some sentence stands before it."""
        return self._sentence < span[0] and self._dense(*span)

    def follow(self, index: int, end: int, said: int) -> bool:
        """Whether remarks follow this heading of theirs.

        They stand in a section of their own, are marked up in another way than the body before, bear names and times,
        or are little text at the end of it all.
        """
        before, behind = self._way(index, -1), self._way(index)
        first = self._next(index)
        if self._signed(index + 1, min(end, first + 2)):
            return True
        start, close = self._outline.spans[self._outline.section(index)]
        if start == index and close > index + 1:  # a section amid others like it is one of theirs
            return not before == behind == self._way(close)
        return before != behind or self._prose[end] - self._prose[index + 1] <= said / 5

    def _next(self, index: int, step: int = 0) -> int:
        """The first line of prose from here on, or with -1 the last one before; without one, this line."""
        place = bisect_left(self._places, index) + step
        return self._places[place] if 0 <= place < len(self._places) else index

    def _way(self, index: int, step: int = 0) -> int:
        """How that line of prose is marked up; 0: there is none."""
        line = self._next(index, step)
        if line == len(self._outline.lines) or not self._outline.prose[line]:
            return 0
        return self._outline.ways[self._outline.lines[line].element]

    def end(self, index: int, said: int) -> int:
        """Where the remarks that begin with this line end: several, or one shorter than the body before; 0: none do."""
        end = self._boxes.get(index, 0)
        if self._signed(index, index + 1):
            end = max(end, self._outline.spans[self._outline.section(index)][1])
        short = self._signed(index, end) > 1 or self._prose[end] - self._prose[index] < said
        return end if short else 0


def _section_end(outline: Outline, index: int) -> int:
    """Where the readers' comments below this heading end: with its section, or with the section's parent."""
    section = outline.section(index)
    end = outline.spans[section][1]
    return end if end > index + 1 else outline.spans[outline.parents[section]][1]


def _list_end(lines: Sequence[Line], index: int) -> int:
    """Where the list below this heading ends: before the first line that is no name of an article."""
    for position in range(index + 1, len(lines)):
        line = lines[position]
        if line.linked < _LINKED_SHARE * len(line.text) and (
            has_punctuation(line) or is_heading(line.text) or line.text[-1] in ":："
        ):
            return position
    return len(lines)


def _cut_tail(outline: Outline, chosen: range, kinds: Sequence[Kind | None], live: Sequence[bool]) -> range:
    """Without what follows the first line that stands behind a body, if little of what follows reads like one."""
    sizes = [len(outline.lines[index].text) if live[index] and outline.prose[index] else 0 for index in chosen]
    before, total = 0, sum(sizes)
    for index, size in zip(chosen, sizes, strict=True):
        if kinds[index] in _BEHIND and before and total - before <= before / 5:
            return range(chosen.start, index)
        before += size
    return chosen


def _trim(
    outline: Outline,
    chosen: range,
    kinds: Sequence[Kind | None],
    live: Sequence[bool],
    titles: Collection[str],
) -> list[int]:
    """Without furniture, and without numbers, dates and the title at the edges."""
    kept = [index for index in chosen if live[index]]
    while kept and kinds[kept[-1]] is Kind.EDGE and not outline.lines[kept[-1]].data:
        kept.pop()
    first = 0
    for position, index in enumerate(kept[:_HEAD]):
        if kinds[index] is Kind.EDGE or fold(outline.lines[index].text) in titles:
            first = position + 1
        elif outline.prose[index]:
            break
    return kept[first:]
