"""Finds where the body of a real page begins, ends and may be interrupted, and marks those places in its HTML.

The page is parsed, the lines of its gold body are looked up in the text of its tree, and marks of private-use
characters are set between elements; whoever furnishes the page replaces each mark by furniture or by nothing. The HTML
of the marked page is the parser's serialisation: what is not valid in the source is gone, the text is the same.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

BEFORE, INSIDE, BEHIND = "before", "inside", "behind"
_SILENT = {"script", "style", "noscript", "textarea", "template", "select", "title", "iframe", "object"}
_PHRASES = {"p", "span", "font", "strong", "b", "em", "i", "u", "a", "big", "small", "h1", "h2", "h3", "h4", "h5"}
_ROWS = {"table", "thead", "tbody", "tfoot", "tr", "ul", "ol", "dl", "colgroup"}
_EDGE = 8  # characters at either end by which a line is known that an advert or a note interrupts
_FOUND = 0.8  # the share of the gold that must be found in the tree
_GAP = 600  # characters between two lines of a body that are not of it: captions, adverts
_INTERRUPTIONS = 6


class Spot(NamedTuple):
    """A marked place; `inline` where only text and line breaks may stand, for a paragraph is open."""

    mark: str
    place: str
    inline: bool


class Marked(NamedTuple):
    """HTML with marks in it, and what they mean, in page order."""

    html: str
    spots: tuple[Spot, ...]


class _Span(NamedTuple):
    """A line of the gold: its first and last text node."""

    first: LexborNode
    last: LexborNode


class _Fork(NamedTuple):
    """The element two nodes share, and its children that hold them."""

    parent: LexborNode
    left: LexborNode
    right: LexborNode


def mark_places(html: str, lines: Sequence[str]) -> Marked | None:
    """The page with marks, None where its body is not found in it."""
    tree = LexborHTMLParser(html)
    spans = _locate(tree, [line for line in map(squeeze, lines) if line])
    if not spans or tree.body is None:
        return None
    found = [*_before(spans), *_inside(spans), *_behind(spans)]
    spots = []
    for number, (node, after, place, inline) in enumerate(found):
        mark = f"\ue000{number}\ue001"
        (node.insert_after if after else node.insert_before)(mark)
        spots.append(Spot(mark, place, inline))
    return Marked(f"<!DOCTYPE html>{tree.html}", tuple(spots))


def squeeze(text: str) -> str:
    """Text without white space and table bars, one form for each character."""
    return re.sub(r"[\s|\u200b-\u200f\ufeff\u00ad]+", "", unicodedata.normalize("NFKC", text)).lower()


def _texts(node: LexborNode) -> Iterator[LexborNode]:
    """Text nodes with something in them, in document order."""
    for child in node.iter(include_text=True):
        if child.is_text_node:
            yield child
        elif child.tag not in _SILENT:
            yield from _texts(child)


def _locate(tree: LexborHTMLParser, lines: list[str]) -> list[_Span]:
    """The spans of the lines found, in order; none if the first or the last line or too much of the body was not."""
    nodes = list(_texts(tree.root)) if tree.root else []
    texts = [squeeze(node.text()) for node in nodes]
    starts = [0, *accumulate(map(len, texts))]
    places = _search("".join(texts), lines)
    if not places or places[0] is None or places[-1] is None:
        return []
    found = [place for place in places if place is not None]
    if sum(end - start for start, end in found) < _FOUND * sum(map(len, lines)):
        return []
    return [
        _Span(nodes[bisect_right(starts, start) - 1], nodes[bisect_right(starts, end - 1) - 1]) for start, end in found
    ]


def _search(whole: str, lines: list[str]) -> list[tuple[int, int] | None]:
    """Where each line stands, from the longest one found outward."""
    anchor = next((line for line in sorted(lines, key=len, reverse=True) if line in whole), None)
    if anchor is None:
        return []
    number, at = lines.index(anchor), whole.index(anchor)
    places: list[tuple[int, int] | None] = [(at, at + len(anchor))]
    start, end = at, at + len(anchor)
    for line in reversed(lines[:number]):
        place = _find(whole, line, max(0, start - len(line) - _GAP), start, backward=True)
        places.insert(0, place)
        start = place[0] if place else start
    for line in lines[number + 1 :]:
        place = _find(whole, line, end, end + len(line) + _GAP, backward=False)
        places.append(place)
        end = place[1] if place else end
    return places


def _find(whole: str, line: str, start: int, end: int, *, backward: bool) -> tuple[int, int] | None:
    """The line between two offsets, or its first and last characters if something interrupts it."""
    look = whole.rfind if backward else whole.find
    at = look(line, start, end)
    if at >= 0:
        return at, at + len(line)
    head, tail = look(line[:_EDGE], start, end), look(line[-_EDGE:], start, end)
    whole_line = len(line) >= 2 * _EDGE and 0 <= head < tail <= head + len(line) + _EDGE * 4
    return (head, tail + _EDGE) if whole_line else None


_Place = tuple[LexborNode, bool, str, bool]


def _before(spans: list[_Span]) -> Iterator[_Place]:
    """In front of the container, and in it in front of the first paragraph."""
    fork = _standing(_fork(spans[0].first, spans[len(spans) // 2].first))
    outer = _outside(fork.parent)
    if outer is not None:
        yield outer, False, BEFORE, False
    yield fork.left, False, BEFORE, False


def _behind(spans: list[_Span]) -> Iterator[_Place]:
    """In the container behind the last paragraph, and behind the container."""
    fork = _standing(_fork(spans[len(spans) // 2].last, spans[-1].last))
    yield fork.right, True, BEHIND, False
    outer = _outside(fork.parent)
    if outer is not None:
        yield outer, True, BEHIND, False


def _inside(spans: list[_Span]) -> Iterator[_Place]:
    """Between paragraphs, some of the places, spread evenly."""
    forks = [_fork(one.last, two.first) for one, two in pairwise(spans) if one.last.mem_id != two.first.mem_id]
    fit = [fork for fork in forks if fork.parent.tag not in _ROWS]
    step = max(1, len(fit) // _INTERRUPTIONS)
    for fork in fit[step // 2 :: step][:_INTERRUPTIONS]:
        yield fork.right, False, INSIDE, _within_paragraph(fork.parent)


def _fork(left: LexborNode, right: LexborNode) -> _Fork:
    mine, other = _line_of(left), _line_of(right)
    depth = next(
        (number for number, (a, b) in enumerate(zip(mine, other, strict=False)) if a.mem_id != b.mem_id), len(mine) - 1
    )
    return _Fork(mine[depth - 1], mine[depth], other[depth])


def _line_of(node: LexborNode) -> list[LexborNode]:
    """The node's ancestors from the root, then itself."""
    line = [node]
    while line[-1].parent is not None:
        line.append(line[-1].parent)
    return line[::-1]


def _standing(fork: _Fork) -> _Fork:
    """The fork further up where a block may stand."""
    while fork.parent.tag in _PHRASES | _ROWS and fork.parent.parent is not None:
        fork = _Fork(fork.parent.parent, fork.parent, fork.parent)
    return fork


def _outside(container: LexborNode) -> LexborNode | None:
    """The element to stand beside so as to be outside the container: itself, or the table it is a cell of."""
    node: LexborNode | None = container
    while node is not None and node.tag in {"td", "th", "li", "dd", *_ROWS, *_PHRASES} - {"table", "ul", "ol", "dl"}:
        node = node.parent
    return None if node is None or node.tag in {"body", "html"} else node


def _within_paragraph(node: LexborNode) -> bool:
    return any(ancestor.tag in _PHRASES for ancestor in _line_of(node))
