"""The few regions in which two texts differ: anchors on paragraphs, then on sentences. Ring 1.

Each level cuts what the level before left open into smaller pieces, and compares them first as they stand (cheap, and
enough for most edits), then folded. Pieces end in characters nothing combines with, so that the fold of a text is the
folds of its pieces, joined.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain, zip_longest
from typing import NamedTuple

from crawler.diff.align import Block, align, gaps_between
from crawler.diff.spans import Kind, Region, Span, fill
from crawler.text import fold

FINE_LIMIT = 200_000
"""Characters, both sides together: a larger region is cut into clauses, and if that does not help left whole."""
PIECES_LIMIT = 1_000_000
"""A region of more pieces is left whole: anchors take some hundred bytes of memory for each."""
_PARAGRAPH = re.compile(r"[^\n]*\n|[^\n]+")
_SENTENCE = re.compile(r"[^。！？；!?;\n]*[。！？；!?;\n]+[”’」』）)]*|[^。！？；!?;\n]+")
# There is no good place to cut a text without punctuation; its most frequent characters are as good as any.
_CLAUSE = re.compile(r"[^，、,：:的和了在\s]*[，、,：:的和了在\s]+|[^，、,：:的和了在\s]+")


class _Level(NamedTuple):
    piece: re.Pattern[str]
    folded: bool
    least: int = 0
    """Smaller regions (in characters, both sides together) skip the level."""


_LEVELS = (
    _Level(_PARAGRAPH, folded=False),
    _Level(_PARAGRAPH, folded=True),
    _Level(_SENTENCE, folded=False),
    _Level(_SENTENCE, folded=True),
    _Level(_CLAUSE, folded=False, least=FINE_LIMIT),
)


def differing(old: str, new: str) -> Iterator[Span]:
    """A script for the whole of both texts in which a "change" is a region still to be looked into."""
    spans = [Span(kind="change", region=Region(0, len(old), 0, len(new)))]
    for level in _LEVELS:
        spans = [part for span in spans for part in _cut(level, span, old, new)]
    return fill(Region(0, len(old), 0, len(new)), spans, old, new)


def says_the_same(old: str, new: str) -> bool:
    """Whether both texts fold to the same; ends at the first clause that does not."""
    return all(a == b for a, b in zip_longest(_folded(old), _folded(new)))


def _folded(text: str) -> Iterator[str]:
    return chain.from_iterable(fold(match[0]) for match in _CLAUSE.finditer(text))


def _cut(level: _Level, span: Span, old: str, new: str) -> Iterable[Span]:
    """What the level finds different in a span still open."""
    region = span.region
    if span.kind != "change" or region.one_sided or region.size < level.least:
        return (span,)
    before = level.piece.findall(old, region.old_start, region.old_end)
    after = level.piece.findall(new, region.new_start, region.new_end)
    if len(before) == len(after) == 1 or len(before) + len(after) > PIECES_LIMIT:
        return (span,)
    blocks = _align(level, before, after)
    places = _Places(_offsets(before, region.old_start), _offsets(after, region.new_start))
    open_ones = [places.span("change", gap) for gap in gaps_between(blocks, len(before), len(after))]
    restyled = [places.span("format", pair) for pair in _pairs(blocks) if before[pair[0]] != after[pair[2]]]
    return sorted((*open_ones, *restyled), key=lambda span: span.region)


class _Places(NamedTuple):
    """Where the pieces of both sides begin in the texts, and where the last ones end."""

    old: list[int]
    new: list[int]

    def span(self, kind: Kind, pieces: Region) -> Span:
        """The span of a region counted in pieces."""
        a, a_end, b, b_end = pieces
        return Span(kind=kind, region=Region(self.old[a], self.old[a_end], self.new[b], self.new[b_end]))


def _offsets(pieces: list[str], start: int) -> list[int]:
    return list(accumulate(map(len, pieces), initial=start))


def _pairs(blocks: list[Block]) -> Iterator[Region]:
    return (Region(a + k, a + k + 1, b + k, b + k + 1) for a, b, size in blocks for k in range(size))


def _align(level: _Level, before: list[str], after: list[str]) -> list[Block]:
    if level.folded:
        return align([fold(piece) for piece in before], [fold(piece) for piece in after])
    return align(before, after)
