"""Elements and lines of a page, measured once for all rules that judge them.

Elements are numbered in document order, so the lines of a subtree stand together: a span of line numbers says which,
and a sum over a subtree is the difference of two running sums.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate

from crawler.extract.page import Line, Page

_SENTENCE = re.compile(r"[，。；：、！？,;!?]")
_HEADING = re.compile(r"[（(]?[一二三四五六七八九十百\d]{1,4}[)）、.．]|第[一二三四五六七八九十百\d]{1,4}[章节条部]")
SHORTEST_PROSE = 20


class Outline:
    """The tree of block elements, and the lines in it (those of `join_rows`)."""

    def __init__(self, page: Page, lines: Sequence[Line]) -> None:
        self.parents, self.tags, self.lines = page.parents, page.tags, lines
        self.spans, self.weights = _measure(page.parents, lines)
        self.prose = [is_prose(line) for line in lines]

    def sums(self, values: Iterable[int]) -> list[int]:
        """For each element the sum of the values (one a line) of its lines."""
        running = [0, *accumulate(values)]
        return [running[end] - running[start] for start, end in self.spans]

    def section(self, index: int) -> int:
        """The largest element that begins with this line."""
        element = self.lines[index].element
        while element and self.spans[self.parents[element]][0] == index:
            element = self.parents[element]
        return element

    def within(self, roots: Iterable[int]) -> list[int]:
        """The lines in one of the elements, in order."""
        inside = [False] * len(self.parents)
        for root in roots:
            inside[root] = True
        for element in range(1, len(inside)):
            inside[element] = inside[element] or inside[self.parents[element]]
        return [index for index, line in enumerate(self.lines) if inside[line.element]]

    def common(self, one: int, other: int) -> int:
        """The innermost element that holds both."""
        while one != other:
            one, other = (self.parents[one], other) if one > other else (one, self.parents[other])
        return one

    @cached_property
    def linked(self) -> list[int]:
        """For each element the characters of its lines that are link text."""
        return self.sums(line.linked for line in self.lines)

    @cached_property
    def ways(self) -> list[int]:
        """A number for each element: the same where the tags up to the document are the same."""
        known: dict[tuple[int, str], int] = {}
        ways = [0]
        for parent, tag in zip(self.parents[1:], self.tags[1:], strict=True):
            ways.append(known.setdefault((ways[parent], tag), len(known) + 1))
        return ways


def _measure(parents: Sequence[int], lines: Sequence[Line]) -> tuple[list[tuple[int, int]], list[int]]:
    """For each element: the first line of its subtree and the first one behind it; its elements and lines, counted."""
    starts, ends, weights = [len(lines)] * len(parents), [0] * len(parents), [1] * len(parents)
    for index, line in enumerate(lines):
        element = line.element
        if not ends[element]:
            starts[element] = index
        ends[element] = index + 1
        weights[element] += 1
    for element in range(len(parents) - 1, 0, -1):
        parent = parents[element]
        weights[parent] += weights[element]
        if starts[element] < starts[parent]:
            starts[parent] = starts[element]
        if ends[element] > ends[parent]:
            ends[parent] = ends[element]
    return [(start, end) if end else (0, 0) for start, end in zip(starts, ends, strict=True)], weights


def is_prose(line: Line) -> bool:
    """Whether a line reads like a sentence rather than like a label or a row of data."""
    return not line.data and len(line.text) - line.linked >= SHORTEST_PROSE and has_punctuation(line)


def has_punctuation(line: Line) -> bool:
    """Whether a line holds a sign that divides sentences."""
    return _SENTENCE.search(line.text) is not None


def clauses(line: Line) -> int:
    """How many signs divide a line's sentences."""
    return len(_SENTENCE.findall(line.text))


def is_heading(text: str) -> bool:
    """Whether a line begins as the headings and list items of reports do: 一、 (二) 3. 第四章."""
    return _HEADING.match(text) is not None


def between(indices: Sequence[int], span: tuple[int, int]) -> Sequence[int]:
    """Those of the ascending indices that lie in the span."""
    return indices[bisect_left(indices, span[0]) : bisect_left(indices, span[1])]


def outside(indices: Sequence[int], span: tuple[int, int], hole: tuple[int, int]) -> list[int]:
    """Those of the ascending indices that lie in the span, but not in the hole."""
    return [index for index in between(indices, span) if not hole[0] <= index < hole[1]]
