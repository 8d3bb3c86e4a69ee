"""Elements and lines of a page, measured once for all rules that judge them.

Elements are numbered in document order, so the lines of a subtree stand together: a span of line numbers says which,
and a sum over a subtree is the difference of two running sums.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate, count

from crawler.extract.page import Line, Page
from crawler.text import fold

_SENTENCE = re.compile(r"[，。；：、！？,;!?]")
_HEADING = re.compile(r"[（(]?[一二三四五六七八九十百\d]{1,4}[)）、.．]|第[一二三四五六七八九十百\d]{1,4}[章节条部]")
_NO_WORDS = re.compile(r"[\W\d_]+")
_DATE = re.compile(r"[\[(【]?(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?[\])】]?(?: \d{1,2}:\d{2}(?::\d{2})?)?$")
_LONGEST_WINDOW = 500
LINKED_SHARE = 0.6
SHORTEST_PROSE = 20


class Outline:
    """The tree of block elements, and the lines in it (those of `join_rows`)."""

    def __init__(self, page: Page, lines: Sequence[Line]) -> None:
        self.parents, self.tags, self.lines = page.parents, page.tags, lines
        self.texts = [line.text for line in lines]
        self.sizes = [len(text) for text in self.texts]
        self.elements = [line.element for line in lines]
        """Of the lines."""
        self.linked = [line.linked for line in lines]
        """So many characters of each line are link text."""
        self.spans, self.weights = _measure(page.parents, self.elements)
        self.clauses = [
            0 if size - linked < SHORTEST_PROSE or line.data else len(_SENTENCE.findall(line.text))
            for line, size, linked in zip(lines, self.sizes, self.linked, strict=True)
        ]
        """So many signs divide the sentences of each line; 0 for labels and rows of data."""
        self.prose = [count > 0 for count in self.clauses]
        """Which lines read like a sentence rather than like a label or a row of data."""
        self.prose_sizes = [size if reads else 0 for size, reads in zip(self.sizes, self.prose, strict=True)]
        """For each line its characters, if it reads like a sentence; else 0."""
        self.links = [
            linked > 0 and (linked >= LINKED_SHARE * size or is_linked(line))
            for line, size, linked in zip(lines, self.sizes, self.linked, strict=True)
        ]
        """For each line whether it is a link."""
        self.window = fold(page.meta.get("<title>", "")[:_LONGEST_WINDOW])
        """The title as the browser's window shows it, folded."""
        self.ways = _ways(page.parents, page.tags)
        """A number for each element: the same where the tags up to the document are the same."""
        self.line_ways = [self.ways[element] for element in self.elements]
        """For each line how it is marked up: the way of its element."""

    def section(self, index: int) -> int:
        """The largest element that begins with this line."""
        element = self.elements[index]
        while element and self.spans[self.parents[element]][0] == index:
            element = self.parents[element]
        return element

    def box(self, index: int) -> tuple[int, int]:
        """The lines of the smallest element that begins with this line and holds more; without one, the line."""
        start, end = self.around(index)
        return (start, end) if start == index else (index, index + 1)

    def around(self, index: int) -> tuple[int, int]:
        """The lines of the smallest element that holds this line and more, short of the document."""
        element = self.elements[index]
        while element and self.spans[element] == (index, index + 1):
            element = self.parents[element]
        return self.spans[element] if element else (index, index + 1)

    def within(self, roots: Iterable[int]) -> list[int]:
        """The lines in one of the elements, in order."""
        inside = [False] * len(self.parents)
        for root in roots:
            inside[root] = True
        for element in range(1, len(inside)):
            inside[element] = inside[element] or inside[self.parents[element]]
        return [index for index, element in enumerate(self.elements) if inside[element]]

    def common(self, one: int, other: int) -> int:
        """The innermost element that holds both."""
        while one != other:
            one, other = (self.parents[one], other) if one > other else (one, self.parents[other])
        return one


def _ways(parents: Sequence[int], tags: Sequence[str]) -> list[int]:
    known: dict[tuple[int, str], int] = defaultdict(count(1).__next__)
    ways = [0]
    for parent, tag in zip(parents[1:], tags[1:], strict=True):
        ways.append(known[ways[parent], tag])
    return ways


def _measure(parents: Sequence[int], elements: Sequence[int]) -> tuple[list[tuple[int, int]], list[int]]:
    """For each element: the first line of its subtree and the first one behind it; its elements and lines, counted.

    `elements` are those of the lines.
    """
    starts, ends, weights = [0] * len(parents), [0] * len(parents), [1] * len(parents)
    for index, element in enumerate(elements):
        if not ends[element]:
            starts[element] = index
        ends[element] = index + 1
        weights[element] += 1
    for element in range(len(parents) - 1, 0, -1):
        parent = parents[element]
        weights[parent] += weights[element]
        if end := ends[element]:
            before = ends[parent]
            if not before or starts[element] < starts[parent]:
                starts[parent] = starts[element]
            if end > before:
                ends[parent] = end
    return list(zip(starts, ends, strict=True)), weights


def running(values: Iterable[int]) -> list[int]:
    """The running sum of values, one a line: the sum over a span is the difference of two of its entries."""
    return [0, *accumulate(values)]


def is_linked(line: Line) -> bool:
    """Whether a line is a link, apart from the date beside it, and from numbers in the other cells of its row."""
    if not line.linked or line.linked >= LINKED_SHARE * len(line.text):
        return line.linked > 0
    if line.data:
        return line.linked >= len(_NO_WORDS.sub("", line.text))
    date = _DATE.search(line.text)
    return line.linked >= LINKED_SHARE * (len(line.text) - (len(date[0]) if date else 0))


def has_punctuation(line: Line) -> bool:
    """Whether a line holds a sign that divides sentences."""
    return _SENTENCE.search(line.text) is not None


def is_heading(text: str) -> bool:
    """Whether a line begins as the headings and list items of reports do: 一、 (二) 3. 第四章."""
    return _HEADING.match(text) is not None


def between(indices: Sequence[int], span: tuple[int, int]) -> Sequence[int]:
    """Those of the ascending indices that lie in the span."""
    return indices[bisect_left(indices, span[0]) : bisect_left(indices, span[1])]


def outside(indices: Sequence[int], span: tuple[int, int], hole: tuple[int, int]) -> list[int]:
    """Those of the ascending indices that lie in the span, but not in the hole."""
    return [index for index in between(indices, span) if not hole[0] <= index < hole[1]]
