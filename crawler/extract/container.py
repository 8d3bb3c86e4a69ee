"""Chooses the element that holds the body, by two measures that err on different pages.

Composite text density (Sun, Song and Liao: DOM Based Content Extraction via Text Density, SIGIR 2011) finds the element
whose children are dense with unlinked text; it stays too low where a body is divided into sections. Paragraph scores
(after Arc90's Readability) pass half of each paragraph's score upwards; they climb too high where furniture holds
sentences. Where one choice contains the other, the larger wins if what it adds reads like a body. Linear time.
"""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import compress, islice

from crawler.extract.outline import SHORTEST_PROSE, Outline, between, clauses, is_heading, is_prose, outside
from crawler.extract.page import Line

_TABLE = frozenset(("tr", "tbody", "thead", "tfoot", "table"))  # a table is part of a body, not one


def choose(outline: Outline, live: Sequence[bool]) -> int:
    """The element that holds the body; where nothing reads like one, the document (0)."""
    element = _widen(outline, live, _climb(outline, live, _vote(outline, live)))
    while outline.tags[element] in _TABLE:
        element = outline.parents[element]
    return element


# --- sections --------------------------------------------------------------------------------------------------------


def _climb(outline: Outline, live: Sequence[bool], element: int) -> int:
    """The highest element above in which this one is a section among sections: prose, and little between it."""
    prose = [index for index, alive in enumerate(live) if alive and outline.prose[index]]
    other = [index for index, alive in enumerate(live) if not (alive and _is_content(outline, index))]
    above = element
    while above:
        above = outline.parents[above]
        if _is_section(outline, prose, other, element, above):
            element = above
    return element


def _widen(outline: Outline, live: Sequence[bool], element: int) -> int:
    """Of a lone paragraph in a box of its own the nearest element that adds others, if all are marked up alike."""
    start, end = outline.spans[element]
    above = element
    while above and outline.spans[above] == (start, start + 1):
        above = outline.parents[above]
    way = outline.ways[outline.lines[start].element] if end == start + 1 else 0
    more = [line for line in _added(outline, live, above, element) if not line.text.isdecimal()]
    return above if more and all(outline.ways[line.element] == way for line in more) else element


def _is_content(outline: Outline, index: int) -> bool:
    line = outline.lines[index]
    return outline.prose[index] or line.data or is_heading(line.text)


def _is_section(outline: Outline, prose: Sequence[int], other: Sequence[int], element: int, above: int) -> bool:
    """Whether the prose above, but outside of this element, is more of the same body."""
    span = outline.spans[element]
    more = outside(prose, outline.spans[above], span)
    if not more:
        return False
    if outline.tags[element] == "section" and _marked_alike(outline, between(prose, span), more):
        return True  # of editors that make a section of each paragraph or some, whatever stands between
    gap = (min(more[0], span[0]), max(more[-1] + 1, span[1]))
    return len(outside(other, gap, span)) <= len(more) and _alike(outline, between(prose, span), more)


def _alike(outline: Outline, within: Sequence[int], more: Sequence[int]) -> bool:
    """Whether what stands outside is as long as half of what is within, or marked up in the same way."""
    lines = outline.lines
    if 2 * sum(len(lines[each].text) for each in more) >= sum(len(lines[each].text) for each in within):
        return True
    return _marked_alike(outline, within, more)


def _marked_alike(outline: Outline, within: Sequence[int], more: Sequence[int]) -> bool:
    marked = {outline.ways[outline.lines[each].element] for each in within}
    return all(outline.ways[outline.lines[each].element] in marked for each in more)


# --- the vote --------------------------------------------------------------------------------------------------------


def _vote(outline: Outline, live: Sequence[bool]) -> int:
    """Of the two measures' choices the larger where it adds body; of two apart the one with more prose."""
    dense, scored = _densest(outline, live), _best_scored(outline, live)
    inner, outer = max(dense, scored), min(dense, scored)
    if inner == outer:
        return inner
    both = outline.common(inner, outer)
    if both == outer:
        return outer if _reads_like_body(_added(outline, live, outer, inner)) else inner
    best = max((inner, outer), key=lambda element: _prose_in(outline, live, element))
    return both if _is_table(_added(outline, live, both, best)) else best


def _added(outline: Outline, live: Sequence[bool], outer: int, inner: int) -> list[Line]:
    """The live lines of the outer element that are not the inner one's."""
    indices = outside(range(len(live)), outline.spans[outer], outline.spans[inner])
    return [outline.lines[index] for index in indices if live[index]]


def _prose_in(outline: Outline, live: Sequence[bool], element: int) -> int:
    return sum(len(outline.lines[i].text) for i in range(*outline.spans[element]) if live[i] and outline.prose[i])


def _is_table(lines: Sequence[Line]) -> bool:
    return 2 * sum(line.data for line in lines) > len(lines)


def _reads_like_body(lines: Sequence[Line]) -> bool:
    content = sum(line.data or is_prose(line) for line in lines)
    return content > 0 and 2 * content >= len(lines)


# --- the measures ----------------------------------------------------------------------------------------------------


def _densest(outline: Outline, live: Sequence[bool]) -> int:
    """The element with the greatest sum of its children's composite text densities."""
    lines = outline.lines
    sizes = outline.sums(len(line.text) if alive or line.linked else 0 for line, alive in zip(lines, live, strict=True))
    links = outline.sums(line.linked > 0 for line in lines)
    share = outline.linked[0] / max(1, sizes[0])
    sums = [0.0] * len(sizes)
    for line in compress(lines, live):
        sums[line.element] += len(line.text) / 2
    measured = zip(outline.parents, sizes, outline.linked, links, outline.weights, strict=True)
    for parent, size, linked, linking, tags in islice(measured, 1, None):
        if size:
            sums[parent] += _density(size, linked, linking, tags, share)
    return max(range(len(sums)), key=sums.__getitem__)


def _density(size: int, linked: int, links: int, tags: int, share: float) -> float:
    """Composite text density of an element on a page of whose text this share is linked.

    Of its `size` characters so many are `linked`; so many of its lines have `links`; `tags` are its elements and lines.
    """
    base = math.log(size / max(1, size - linked) * linked + share * size + math.e)
    ratio = size / (linked or 1) * tags / (links or 1)
    return size / tags * math.log(ratio) / base if ratio > 1 else 0.0


def _best_scored(outline: Outline, live: Sequence[bool]) -> int:
    """The element with the best paragraphs below it, less the share of its text that is links."""
    lines = outline.lines
    scores = _scores(outline, live)
    sizes = outline.sums(len(line.text) for line in lines)
    linked = outline.linked
    scored = (element for element, score in enumerate(scores) if score)
    return max(scored, key=lambda e: scores[e] * (1 - linked[e] / max(1, sizes[e])), default=0)


def _scores(outline: Outline, live: Sequence[bool]) -> list[float]:
    """For each element the points of the paragraphs up to three levels below it."""
    scores = [0.0] * len(outline.parents)
    own = Counter(line.element for line in outline.lines)
    for line, alive in zip(outline.lines, live, strict=True):
        if not alive or line.data or len(line.text) - line.linked < SHORTEST_PROSE:
            continue
        points = 1 + clauses(line) + min(len(line.text) / 50, 6.0)
        element = line.element
        if own[element] == 1:  # a paragraph of its own: what counts is the element of many
            element = outline.parents[element]
        for portion in (1, 0.5, 0.25):
            scores[element] += points * portion
            element = outline.parents[element]
    return scores
