"""Chooses the element that holds the body, by two measures that err on different pages.

Composite text density (Sun, Song and Liao: DOM Based Content Extraction via Text Density, SIGIR 2011) finds the element
whose children are dense with unlinked text; it stays too low where a body is divided into sections. Paragraph scores
(after Arc90's Readability) pass half of each paragraph's score upwards; they climb too high where furniture holds
sentences. Where one choice contains the other, the larger wins if what it adds reads like a body. Linear time.
"""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from crawler.extract.page import Line, Page

_SENTENCE = re.compile(r"[，。；：、！？,;!?]")
_HEADING = re.compile(r"[（(]?[一二三四五六七八九十百\d]{1,4}[)）、.．]|第[一二三四五六七八九十百\d]{1,4}[章节条部]")
_SHORTEST_PROSE = 20
_TABLE = frozenset(("tr", "tbody", "thead", "tfoot", "table"))  # a table is part of a body, not one


def is_prose(line: Line) -> bool:
    """Whether a line reads like a sentence rather than like a label or a row of data."""
    return not line.data and len(line.text) - line.linked >= _SHORTEST_PROSE and _SENTENCE.search(line.text) is not None


def choose(page: Page, lines: Sequence[Line], live: Sequence[bool]) -> int:
    """The element that holds the body; where nothing reads like one, the document (0)."""
    element = _climb(page, lines, live, _vote(page, lines, live))
    while page.tags[element] in _TABLE:
        element = page.parents[element]
    return element


def _climb(page: Page, lines: Sequence[Line], live: Sequence[bool], element: int) -> int:
    """The highest element above in which this one is a section among sections: prose, and little between it."""
    prose = [index for index, line in enumerate(lines) if live[index] and is_prose(line)]
    other = [
        index
        for index, line in enumerate(lines)
        if not (live[index] and (is_prose(line) or line.data or is_heading(line.text)))
    ]
    spans, ways = line_spans(page, lines), _ways(page)
    above = element
    while above:
        above = page.parents[above]
        outside = [each for each in _between(prose, spans[above]) if not _holds(spans[element], each)]
        if not outside:
            continue
        start = min(outside[0], spans[element][0])
        end = max(outside[-1] + 1, spans[element][1])
        between = [each for each in _between(other, (start, end)) if not _holds(spans[element], each)]
        within = _between(prose, spans[element])
        if len(between) <= len(outside) and _alike(ways, lines, within, outside):
            element = above
    return element


def _alike(ways: Sequence[int], lines: Sequence[Line], within: Sequence[int], outside: Sequence[int]) -> bool:
    """Whether what stands outside is as long as half of what is within, or marked up in the same way."""
    if 2 * sum(len(lines[each].text) for each in outside) >= sum(len(lines[each].text) for each in within):
        return True
    marked = {ways[lines[each].element] for each in within}
    return all(ways[lines[each].element] in marked for each in outside)


def _ways(page: Page) -> list[int]:
    """A number for each element: the same where the tags up to the document are the same."""
    known: dict[tuple[int, str], int] = {}
    ways = [0]
    for element in range(1, len(page.parents)):
        ways.append(known.setdefault((ways[page.parents[element]], page.tags[element]), len(known) + 1))
    return ways


def _between(indices: Sequence[int], span: tuple[int, int]) -> Sequence[int]:
    """Those of the ascending indices that lie in the span."""
    return indices[bisect_left(indices, span[0]) : bisect_left(indices, span[1])]


def _holds(span: tuple[int, int], index: int) -> bool:
    return span[0] <= index < span[1]


def has_punctuation(line: Line) -> bool:
    """Whether a line holds a sign that divides sentences."""
    return _SENTENCE.search(line.text) is not None


def is_heading(text: str) -> bool:
    """Whether a line begins as the headings and list items of reports do: 一、 (二) 3. 第四章."""
    return _HEADING.match(text) is not None


def line_spans(page: Page, lines: Sequence[Line]) -> list[tuple[int, int]]:
    """For each element the first line of its subtree and the first one behind it."""
    spans = [(len(lines), 0)] * len(page.parents)
    for index, line in enumerate(lines):
        first, end = spans[line.element]
        spans[line.element] = (min(first, index), max(end, index + 1))
    for element in range(len(spans) - 1, 0, -1):
        parent = page.parents[element]
        spans[parent] = (min(spans[parent][0], spans[element][0]), max(spans[parent][1], spans[element][1]))
    return spans


def _vote(page: Page, lines: Sequence[Line], live: Sequence[bool]) -> int:
    dense, scored = _densest(page, lines, live), _best_scored(page, lines, live)
    inner, outer = max(dense, scored), min(dense, scored)
    if inner == outer:
        return inner
    alive = [line for line, alive in zip(lines, live, strict=True) if alive]
    within = {element: inside(page, {element}) for element in (inner, outer, _common(page, inner, outer))}
    if within[outer][inner]:
        added = [line for line in alive if within[outer][line.element] and not within[inner][line.element]]
        return outer if _reads_like_body(added) else inner
    best = max((inner, outer), key=lambda e: sum(len(x.text) for x in alive if within[e][x.element] and is_prose(x)))
    both = _common(page, inner, outer)
    added = [line for line in alive if within[both][line.element] and not within[best][line.element]]
    return both if _is_table(added) else best


def _common(page: Page, one: int, other: int) -> int:
    """The innermost element that holds both."""
    while one != other:
        one, other = (page.parents[one], other) if one > other else (one, page.parents[other])
    return one


def _is_table(lines: Sequence[Line]) -> bool:
    return 2 * sum(line.data for line in lines) > len(lines)


def inside(page: Page, roots: Iterable[int]) -> list[bool]:
    """For each element, whether it is one of the roots or below one."""
    within = [False] * len(page.parents)
    for root in roots:
        within[root] = True
    for element in range(1, len(within)):
        within[element] = within[element] or within[page.parents[element]]
    return within


def _reads_like_body(lines: Sequence[Line]) -> bool:
    prose = [line for line in lines if is_prose(line) or line.data]
    return bool(prose) and len(prose) >= 0.5 * len(lines)


def _sums(page: Page, values: Iterable[tuple[int, float]]) -> list[float]:
    """For each element the sum of the values in its subtree."""
    sums = [0.0] * len(page.parents)
    for element, number in values:
        sums[element] += number
    for element in range(len(sums) - 1, 0, -1):
        sums[page.parents[element]] += sums[element]
    return sums


def _densest(page: Page, lines: Sequence[Line], live: Sequence[bool]) -> int:
    """The element with the greatest sum of its children's composite text densities."""
    count = len(page.parents)
    characters = _sums(
        page, ((line.element, len(line.text)) for line, alive in zip(lines, live, strict=True) if alive or line.linked)
    )
    linked = _sums(page, ((line.element, line.linked) for line in lines))
    tags = _sums(page, [(element, 1.0) for element in range(count)] + [(line.element, 1.0) for line in lines])
    links = _sums(page, ((line.element, 1.0) for line in lines if line.linked))
    share = linked[0] / max(1.0, characters[0])
    sums = [0.0] * count
    for line, alive in zip(lines, live, strict=True):
        if alive:
            sums[line.element] += len(line.text) / 2
    for element in range(1, count):
        size = characters[element]
        if size:
            free = max(1.0, size - linked[element])
            base = math.log(size / free * linked[element] + share * size + math.e)
            ratio = size / max(1.0, linked[element]) * tags[element] / max(1.0, links[element])
            sums[page.parents[element]] += size / tags[element] * max(0.0, math.log(ratio)) / base
    return max(range(count), key=sums.__getitem__)


def _best_scored(page: Page, lines: Sequence[Line], live: Sequence[bool]) -> int:
    """The element with the best paragraphs below it, less the share of its text that is links."""
    scores = [0.0] * len(page.parents)
    own = Counter(line.element for line in lines)
    for line, alive in zip(lines, live, strict=True):
        if not alive or line.data or len(line.text) - line.linked < _SHORTEST_PROSE:
            continue
        score = 1 + len(_SENTENCE.findall(line.text)) + min(len(line.text) / 50, 6.0)
        element = line.element
        if own[element] == 1:  # a paragraph of its own: what counts is the element of many
            element = page.parents[element]
        for portion in (1, 0.5, 0.25):
            scores[element] += score * portion
            element = page.parents[element]
    size = _sums(page, ((line.element, len(line.text)) for line in lines))
    linked = _sums(page, ((line.element, line.linked) for line in lines))
    return max(range(len(scores)), key=lambda e: scores[e] * (1 - linked[e] / max(1.0, size[e])))
