"""Chooses the element that holds the body, by two measures that err on different pages.

Composite text density (Sun, Song and Liao: DOM Based Content Extraction via Text Density, SIGIR 2011) finds the element
whose children are dense with unlinked text; it stays too low where a body is divided into sections. Paragraph scores
(after Arc90's Readability) pass half of each paragraph's score upwards; they climb too high where furniture holds
sentences. Where one choice contains the other, the larger wins if what it adds reads like a body. Linear time.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, compress

from crawler.extract.outline import SHORTEST_PROSE, Outline, between, is_heading, outside, running

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
    prose = [index for index, (alive, reads) in enumerate(zip(live, outline.prose, strict=True)) if alive and reads]
    above = element
    while above:
        above = outline.parents[above]
        if _is_section(outline, live, prose, element, above):
            element = above
    return element


def _widen(outline: Outline, live: Sequence[bool], element: int) -> int:
    """Of a lone paragraph in a box of its own the nearest element that adds others, if all are marked up alike."""
    start, end = outline.spans[element]
    if end != start + 1:
        return element
    above = element
    while above and outline.spans[above] == (start, end):
        above = outline.parents[above]
    more = [index for index in _added(outline, live, above, element) if not outline.texts[index].isdecimal()]
    return above if more and _marked_alike(outline, [start], more) else element


def _is_section(outline: Outline, live: Sequence[bool], prose: Sequence[int], element: int, above: int) -> bool:
    """Whether the prose above, but outside of this element, is more of the same body."""
    span, around = outline.spans[element], outline.spans[above]
    within = between(prose, span)
    if len(within) == len(between(prose, around)):
        return False
    more = outside(prose, around, span)
    if outline.tags[element] == "section" and _marked_alike(outline, within, more):
        return True  # of editors that make a section of each paragraph or some, whatever stands between
    gap = chain(range(more[0], span[0]), range(span[1], more[-1] + 1))
    other = sum(not (live[index] and _is_content(outline, index)) for index in gap)
    return other <= len(more) and _alike(outline, within, more)


def _is_content(outline: Outline, index: int) -> bool:
    return outline.prose[index] or outline.lines[index].data or is_heading(outline.texts[index])


def _alike(outline: Outline, within: Sequence[int], more: Sequence[int]) -> bool:
    """Whether what stands outside is as long as half of what is within, or marked up in the same way."""
    if 2 * sum(outline.sizes[each] for each in more) >= sum(outline.sizes[each] for each in within):
        return True
    return _marked_alike(outline, within, more)


def _marked_alike(outline: Outline, within: Sequence[int], more: Sequence[int]) -> bool:
    marked = {outline.line_ways[each] for each in within}
    return all(outline.line_ways[each] in marked for each in more)


# --- the vote --------------------------------------------------------------------------------------------------------


def _vote(outline: Outline, live: Sequence[bool]) -> int:
    """Of the two measures' choices the larger where it adds body; of two apart the one with more prose."""
    dense, scored = _densest(outline, live), _best_scored(outline, live)
    inner, outer = max(dense, scored), min(dense, scored)
    if inner == outer:
        return inner
    both = outline.common(inner, outer)
    if both == outer:
        return outer if _reads_like_body(outline, _added(outline, live, outer, inner)) else inner
    best = max((inner, outer), key=lambda element: _prose_in(outline, live, element))
    return both if _is_table(outline, _added(outline, live, both, best)) else best


def _added(outline: Outline, live: Sequence[bool], outer: int, inner: int) -> list[int]:
    """The live lines of the outer element that are not the inner one's."""
    indices = outside(range(len(live)), outline.spans[outer], outline.spans[inner])
    return [index for index in indices if live[index]]


def _prose_in(outline: Outline, live: Sequence[bool], element: int) -> int:
    start, end = outline.spans[element]
    return sum(compress(outline.prose_sizes[start:end], live[start:end]))


def _is_table(outline: Outline, indices: Sequence[int]) -> bool:
    return 2 * sum(outline.lines[index].data for index in indices) > len(indices)


def _reads_like_body(outline: Outline, indices: Sequence[int]) -> bool:
    content = sum(outline.lines[index].data or outline.prose[index] for index in indices)
    return content > 0 and 2 * content >= len(indices)


# --- the measures ----------------------------------------------------------------------------------------------------


def _densest(outline: Outline, live: Sequence[bool]) -> int:
    """The element with the greatest sum of its children's composite text densities.

    It holds live lines, so only what stands in such elements need be measured.
    """
    elements = list(compress(outline.elements, live))
    holders = _holders(outline, elements)
    sums = dict.fromkeys(sorted(holders), 0.0)
    for element, size in zip(elements, compress(outline.sizes, live), strict=True):
        sums[element] += size / 2
    counted = zip(outline.sizes, outline.linked, live, strict=True)
    sizes = running([size if alive or linked else 0 for size, linked, alive in counted])
    linked, links = running(outline.linked), running([linked > 0 for linked in outline.linked])
    share = linked[-1] / max(1, sizes[-1])
    spans, weights, parents = outline.spans, outline.weights, outline.parents
    for element in [element for element, parent in enumerate(parents) if parent in holders and element]:
        start, end = spans[element]
        if size := sizes[end] - sizes[start]:
            tags = weights[element]
            sums[parents[element]] += _density(
                size, linked[end] - linked[start], links[end] - links[start], tags, share
            )
    return max(sums, key=sums.__getitem__, default=0)


def _holders(outline: Outline, elements: Iterable[int]) -> set[int]:
    """The elements and all around them."""
    holders = set[int]()
    for element in elements:
        while element not in holders:
            holders.add(element)
            element = outline.parents[element]
    return holders


def _density(size: int, linked: int, links: int, tags: int, share: float) -> float:
    """Composite text density of an element on a page of whose text this share is linked.

    Of its `size` characters so many are `linked`; so many of its lines have `links`; `tags` are its elements and lines.
    """
    base = math.log(size / max(1, size - linked) * linked + share * size + math.e)
    ratio = size / (linked or 1) * tags / (links or 1)
    return size / tags * math.log(ratio) / base if ratio > 1 else 0.0


def _best_scored(outline: Outline, live: Sequence[bool]) -> int:
    """The element with the best paragraphs below it, less the share of its text that is links."""
    scores = _scores(outline, live)
    sizes, linked = running(outline.sizes), running(outline.linked)

    def unlinked(element: int) -> float:
        start, end = outline.spans[element]
        return 1 - (linked[end] - linked[start]) / max(1, sizes[end] - sizes[start])

    return max(sorted(scores), key=lambda element: scores[element] * unlinked(element), default=0)


def _scores(outline: Outline, live: Sequence[bool]) -> dict[int, float]:
    """The points of the paragraphs up to three levels below an element."""
    points: dict[int, float] = defaultdict(float)
    own = Counter(outline.elements)
    columns = zip(outline.lines, outline.sizes, outline.clauses, strict=True)
    for line, size, clauses in compress(columns, live):
        if not clauses and (size - line.linked < SHORTEST_PROSE or line.data):
            continue
        element = line.element
        if own[element] == 1:  # a paragraph of its own: what counts is the element of many
            element = outline.parents[element]
        points[element] += 1 + clauses + min(size / 50, 6.0)
    scores: dict[int, float] = defaultdict(float)
    for element, sum_of_points in points.items():
        for portion in (1, 0.5, 0.25):
            scores[element] += sum_of_points * portion
            element = outline.parents[element]
    return scores
