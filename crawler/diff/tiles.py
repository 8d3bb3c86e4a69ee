"""Two texts cut, side by side, into pieces so small that each stands in one row of a display. Ring 1.

A tile holds no more than one paragraph of either text, and hardly more than a sentence of a long one. Its two sides say
the same, or one stands in place of the other; joined, the sides are the two texts.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise, zip_longest
from typing import NamedTuple

from crawler.diff.likeness import similar
from crawler.diff.spans import Region, Span
from crawler.diff.text_diff import TextDiff
from crawler.diff.words import glyphs
from crawler.text import fold

LONG = 1_000
"""Characters: a longer paragraph is shown in slices, cut at the ends of sentences."""
_PARAGRAPH = re.compile(r"[^\n]*\n|[^\n]+")
_SENTENCE = re.compile(
    rf"[^。！？；!?;\n]{{0,{LONG}}}(?:[。！？；!?;]{{1,{LONG}}}[”’」』）)]*\n?|\n)|[^。！？；!?;\n]{{1,{LONG}}}"
)
_INNER_END = re.compile(r"\n(?!\Z)")


class Tile(NamedTuple):
    """A piece of the old text and the one in its place in the new; either may be empty."""

    old: str
    new: str
    changed: bool

    @property
    def sides(self) -> tuple[str, str]:
        """Old and new."""
        return self.old, self.new

    @property
    def ends(self) -> bool:
        """A paragraph of either text ends with it."""
        return self.old.endswith("\n") or self.new.endswith("\n")


def tiles(diff: TextDiff) -> Iterator[Tile]:
    """Both texts in tiles, in order; in time about linear in their length."""
    ended = True
    for span in diff.spans:
        for tile in _tiles(diff, span, ended=ended):
            yield tile
            ended = tile.ends


def _tiles(diff: TextDiff, span: Span, *, ended: bool) -> Iterator[Tile]:
    a, a_end, b, b_end = span.region
    old, new = diff.old[a:a_end], diff.new[b:b_end]
    match span.kind:
        case "equal":
            return (Tile(piece, piece, changed=False) for piece in _pieces(old))
        case "format":
            return _restyled(old, new)
        case _:
            return _replaced(_PARAGRAPH.findall(old), _PARAGRAPH.findall(new), goes_on=not ended)


def _pieces(text: str) -> Iterator[str]:
    """The paragraphs of a text; of a long one the sentences."""
    for paragraph in _PARAGRAPH.findall(text):
        yield from [paragraph] if len(paragraph) <= LONG else _SENTENCE.findall(paragraph)


# --- what says the same


def _restyled(old: str, new: str) -> Iterator[Tile]:
    """Stretches that say the same, cut wherever in both, at the same place, a sentence or a paragraph ends."""
    before, after = _sentences(old), _sentences(new)
    common = sorted({said for said, _ in before} & {said for said, _ in after})
    ours, theirs = _up_to(common, before), _up_to(common, after)
    for number in sorted(ours.keys() | theirs.keys()):
        yield from _at_line_ends(ours.get(number, ""), theirs.get(number, ""))


def _sentences(text: str) -> list[tuple[int, str]]:
    """The sentences, each with the number of folded characters up to its end."""
    pieces = _SENTENCE.findall(text)
    return list(zip(accumulate(len(fold(piece)) for piece in pieces), pieces, strict=True))


def _up_to(ends: Sequence[int], sentences: Sequence[tuple[int, str]]) -> dict[int, str]:
    """The sentences joined up to each of the common ends, by its number; what says nothing goes with those before."""
    grouped = groupby(sentences, lambda each: bisect_left(ends, each[0]))
    return {number: "".join(piece for _, piece in group) for number, group in grouped}


def _at_line_ends(old: str, new: str) -> Iterator[Tile]:
    """The tiles of a sentence that says the same, cut behind each line end of either side."""
    cuts = [(0, 0), *_cuts(old, new), (len(old), len(new))]
    for (a, b), (a_end, b_end) in pairwise(cuts):
        yield from _slices(old[a:a_end], new[b:b_end], changed=False)


def _cuts(old: str, new: str) -> Iterator[tuple[int, int]]:
    """Behind the line ends within a sentence: places in the one and the other; a number or a letter is not cut."""
    breaks = _line_ends(old), _line_ends(new)
    if not any(breaks):
        return
    ends = _glyph_ends(old), _glyph_ends(new)
    for said in sorted(breaks[0].keys() | breaks[1].keys()):
        if said in ends[0] and said in ends[1]:
            ours, theirs = (breaks[side].get(said, [ends[side][said]]) for side in (0, 1))
            last = ours[-1], theirs[-1]
            yield from ((x or last[0], y or last[1]) for x, y in zip_longest(ours, theirs))


def _line_ends(text: str) -> dict[int, list[int]]:
    """Places behind the line ends within a text, by the number of folded characters before."""
    found: dict[int, list[int]] = {}
    for match in _INNER_END.finditer(text):
        found.setdefault(len(fold(text[: match.end()])), []).append(match.end())
    return found


def _glyph_ends(text: str) -> dict[int, int]:
    """Where what is seen as one sign ends, by the number of folded characters up to there."""
    signs = list(glyphs(text, 0, len(text)))
    return {0: 0, **dict(zip(accumulate(len(sign.text) for sign in signs), (sign.end for sign in signs), strict=True))}


# --- what says something else


def _replaced(old: list[str], new: list[str], *, goes_on: bool) -> Iterator[Tile]:
    """The paragraphs of a change: each beside the one it became, by place at its ends, by likeness between them.

    `goes_on`: the first ones of both sides are the rest of paragraphs begun before.
    """
    first = int(goes_on and bool(old) and bool(new))
    gap = Region(first, len(old), first, len(new))
    last = int(not gap.one_sided and not old[-1].endswith("\n") and not new[-1].endswith("\n"))
    gap = Region(first, len(old) - last, first, len(new) - last)
    pairs = [(0, 0)] * first + _paired(old, new, gap) + [(len(old) - 1, len(new) - 1)] * last
    a = b = 0
    for x, y in (*pairs, (len(old), len(new))):
        yield from (tile for piece in old[a:x] for tile in _slices(piece, "", changed=True))
        yield from (tile for piece in new[b:y] for tile in _slices("", piece, changed=True))
        if x < len(old):
            yield from _slices(old[x], new[y], changed=True)
        a, b = x + 1, y + 1


def _paired(old: list[str], new: list[str], gap: Region) -> list[tuple[int, int]]:
    """Which paragraphs stand beside each other: the like ones, and between these as many as there are on both sides."""
    a, a_end, b, b_end = gap
    found: list[tuple[int, int]] = []
    for x, y in (*similar([*map(fold, old)], [*map(fold, new)], gap), (a_end, b_end)):
        if x - a == y - b:
            found += [(a + k, b + k) for k in range(x - a)]
        if x < a_end:
            found.append((x, y))
        a, b = x + 1, y + 1
    return found


def _slices(old: str, new: str, *, changed: bool) -> Iterator[Tile]:
    """Two paragraphs side by side, long ones slice by slice."""
    for one, other in zip_longest(_sliced(old), _sliced(new), fillvalue=""):
        yield Tile(one, other, changed)


def _sliced(paragraph: str) -> list[str]:
    if len(paragraph) <= LONG:
        return [paragraph] if paragraph else []
    sizes = accumulate(len(piece) for piece in _SENTENCE.findall(paragraph))
    return ["".join(group) for _, group in groupby(_SENTENCE.findall(paragraph), lambda _: (next(sizes) - 1) // LONG)]
