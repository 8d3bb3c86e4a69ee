"""What readers wrote below a body, with or without a heading above it, and the lists of other articles."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from crawler.extract.cards import about_end, is_closed, linked_ends, list_end, list_end_above, names_ends, sure_ends
from crawler.extract.furniture import SENTENCE_ENDS
from crawler.extract.outline import Outline, running
from crawler.extract.phrases import Kind

_SIGN = re.compile(r"\d{1,4}[-/.年月]\d{1,2}[-/.月日]?\d{0,2}日? ?\d{1,2}:\d{2}|\d+(?:分钟|小时|天|个月)前")
_SIGNED = re.compile(
    r"(?:[(（]|-{2}|—{1,2}).{0,16}\d{1,4}[-/.年月]\d{1,2}[-/.月日]?\d{0,2}日? ?\d{1,2}:\d{2}(?::\d{2})?[)）]?$"
)
"""The end of a remark that bears name or time behind it."""
_LONGEST_SIGNED = 50
_SIGNS = re.compile(
    r"第\d{1,4}楼(?![层栋宇面])"
    r"|(?=.*\d)(?:(?:顶|踩|赞|点赞|支持|反对|回复|分享|举报|引用)\s?[(（\[]?\d*[)）\]]?[\s·|]*){2,8}$"
    r"|(?:[^，。：:]{2,12}(?:网友|读者|用户)|网友|读者|用户|匿名|游客)[^，。]{2,24}[:：]$"
    r"|[“\"].{4,}[”\"]\s?(?:--|—{1,2})[^，。]{2,12}$"
)
"""A floor; buttons with their counts; who speaks; words with a name behind them."""
_POSTED = re.compile(
    r"[^，。：:]{1,20}(?:发表|发布|评论|留言|回复|跟帖)于\s?[:：]?\s?\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}"
)
"""Who wrote it, and on which day."""
_BUTTONS = re.compile(r"(?:[顶踩赞]|点赞|支持|反对|回复|举报|引用)\s?[(（]\d{1,7}[)）]$")
"""The last of the buttons behind a remark, with its count."""
_SIGNED_ENDS, _SIGNS_START = frozenset(")）0123456789"), frozenset('第顶踩赞点支反回分举引“"')
"""How such lines end and begin: few others do, and those need not be looked at more closely."""
_LONGEST_SIGN = 40
_LINES = 4
"""A remark is of so many lines at most: name and time, text, buttons."""
_HEADINGS = (Kind.COMMENTS, Kind.LIST, Kind.ABOUT)
_OUTWEIGHED = 12
"""Unsigned remarks of so many times a body are none: what stands before them is no body."""
_BODY_BEFORE = 50
"""So many characters of sentences make a body behind which comments may begin."""


def alive(outline: Outline, kinds: Sequence[Kind | None]) -> list[bool]:
    """Which lines may be body: no furniture themselves, nor below a heading of furniture."""
    remarks = _Remarks(outline, kinds)
    live: list[bool] = []
    said, until, listed, last = 0, 0, 0, -1
    for index, (found, size) in enumerate(zip(kinds, outline.prose_sizes, strict=True)):
        begins = index in remarks.starts and (index >= until or index < listed)
        if begins or (found is not None and found in _HEADINGS):
            until = max(until, _reach(outline, remarks, index, found, said, last))
            listed = until if found is Kind.LIST else 0  # readers' remarks may look like the names of a list
        live.append(index >= until and (found is None or found is Kind.EDGE))
        if live[-1]:
            said += size
            last = index if size else last
    return live


def _reach(outline: Outline, remarks: "_Remarks", index: int, found: Kind | None, said: int, last: int) -> int:
    """Before which line ends what this one heads, a list or readers' comments; 0: it heads nothing.

    `last` is the line of prose before that may be body; -1: there is none.
    """
    if found is Kind.LIST:
        if said < _BODY_BEFORE:
            return remarks.list_end_above(index)
        ends = remarks.sure_ends if is_closed(outline, index) else remarks.names_ends
        return list_end(outline, index, ends, outline.line_ways[last])
    if found is Kind.ABOUT:
        return about_end(outline, index)
    if found is not Kind.COMMENTS:
        return remarks.end(index, said) if said >= _BODY_BEFORE else 0
    if said < _BODY_BEFORE:  # comments stand behind a body, be it one sentence
        section = outline.spans[outline.section(index)]
        return section[1] if remarks.stand_behind(section) else 0
    end = _section_end(outline, index)
    return end if remarks.follow(index, end, said, last) else 0


def _is_sign(text: str) -> bool:
    if (text[-1] in ")）" and _BUTTONS.search(text[-_LONGEST_SIGN:])) or ("于" in text and _POSTED.match(text)):
        return True
    if len(text) > _LONGEST_SIGN:
        return text[-1] in _SIGNED_ENDS and _SIGNED.search(text[-_LONGEST_SIGNED:]) is not None
    if (":" in text or "前" in text) and _SIGN.search(text):
        return True
    return (text[0] in _SIGNS_START or text[-1] in ":：") and _SIGNS.match(text) is not None


class _Remarks:
    """What readers wrote, with or without a heading above it: each bears a name, a date and a time."""

    def __init__(self, outline: Outline, kinds: Sequence[Kind | None]) -> None:
        self._outline, self._kinds = outline, kinds
        texts = outline.texts
        first = next((i for i, reads in enumerate(outline.prose) if reads or texts[i].endswith(SENTENCE_ENDS)), 0)
        self._signs = [index for index, text in enumerate(texts[first:], first) if _is_sign(text)]
        """The lines that bear name and time; before the first sentence there are no remarks."""
        self._boxes = self._find_boxes()
        self.starts = frozenset((*self._boxes, *self._signs))
        """The lines that remarks may begin with."""

    @cached_property
    def _places(self) -> list[int]:
        """The lines of prose."""
        return [index for index, reads in enumerate(self._outline.prose) if reads]

    @cached_property
    def _sentence(self) -> int:
        """The first line that may be body and is closed like a sentence."""
        texts = self._outline.texts
        closed = (i for i, found in enumerate(self._kinds) if found is None and texts[i].endswith(SENTENCE_ENDS))
        return next(closed, len(texts))

    @cached_property
    def last_sentence(self) -> int:
        """The last line that reads like a sentence and is no furniture by its words; -1: none is."""
        reads = (index for index in reversed(self._places) if self._kinds[index] is None)
        return next(reads, -1)

    @cached_property
    def _prose(self) -> list[int]:
        """The running sum of prose."""
        return running(self._outline.prose_sizes)

    @cached_property
    def names_ends(self) -> list[int]:
        """Before which line ends a list of names that begins with a line."""
        return names_ends(self._outline)

    @cached_property
    def linked_ends(self) -> list[int]:
        """Before which line ends a list of links that begins with a line."""
        return linked_ends(self._outline)

    @cached_property
    def sure_ends(self) -> list[int]:
        """The same, but for lines marked up as what ends the list."""
        return sure_ends(self._outline, self.names_ends)

    def list_end_above(self, index: int) -> int:
        """Before which line a list above the body ends."""
        return list_end_above(self._outline, index, self.linked_ends, self.sure_ends, self._kinds, self.last_sentence)

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
        """Whether lines are remarks from the first one on; many remarks outweigh a body, but do not begin with one."""
        signed = self._signed(start, end)
        first = self._signs[bisect_left(self._signs, start)] if signed else end
        return first - start <= _LINES and end - start <= _LINES * signed + 1

    def stand_behind(self, span: tuple[int, int]) -> bool:
        """Whether a section is full of remarks, and some sentence stands before it."""
        return self._dense(*span) and self._sentence < span[0]

    def follow(self, index: int, end: int, said: int, last: int) -> bool:
        """Whether remarks follow this heading of theirs.

        They stand in a section of their own, are marked up in another way than the body before, bear names and times,
        or are little text at the end of it all.
        """
        before, behind = self._outline.line_ways[last] if last >= 0 else 0, self._way(index)
        first = self._next(index)
        if self._signed(index + 1, min(end, first + 2)):
            return True
        if self._prose[end] - self._prose[index + 1] > _OUTWEIGHED * said and not self._signed(index, end):
            return False
        start, close = self._outline.spans[self._outline.section(index)]
        if start == index and close > index + 1:  # a section amid others like it is one of theirs
            return not before == behind == self._way(close)
        return before != behind or self._prose[end] - self._prose[index + 1] <= said / 5

    def _next(self, index: int) -> int:
        """The first line of prose from here on; without one, this line."""
        place = bisect_left(self._places, index)
        return self._places[place] if place < len(self._places) else index

    def _way(self, index: int) -> int:
        """How that line of prose is marked up; 0: there is none."""
        line = self._next(index)
        if line == len(self._outline.texts) or not self._outline.prose[line]:
            return 0
        return self._outline.line_ways[line]

    def end(self, index: int, said: int) -> int:
        """Where the remarks that begin with this line end: several, or one shorter than the body before; 0: none do."""
        ends = self._boxes.get(index, 0), self._own_end(index, said) if self._signed(index, index + 1) else 0
        return max((end for end in ends if self._is_short(index, end, said)), default=0)

    def _own_end(self, index: int, said: int) -> int:
        """Where the largest element ends that begins with this line and is short enough to be remarks."""
        element, end = self._outline.elements[index], index + 1
        while element and self._outline.spans[element][0] == index:
            behind = self._outline.spans[element][1]
            if self._is_short(index, behind, said):
                end = behind
            element = self._outline.parents[element]
        return end

    def _is_short(self, start: int, end: int, said: int) -> bool:
        return self._signed(start, end) > 1 or self._prose[end] - self._prose[start] < said


def _section_end(outline: Outline, index: int) -> int:
    """Where the readers' comments below this heading end: with its section, or with the section's parent."""
    section = outline.section(index)
    end = outline.spans[section][1]
    return end if end > index + 1 else outline.spans[outline.parents[section]][1]
