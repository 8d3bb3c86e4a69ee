"""What the pages of one host share around their bodies: learnt from pages already read, used where one page alone
is ambiguous.

A line is known by its place (the tags from the document down to it) and its text. `surroundings` gives what a page
teaches: sentences, and lines that no rule takes for furniture, before and behind its body. The store counts on how many
pages of different texts each was met; one met on `ENOUGH` of them belongs to the template.

Promise: a template takes whole boxes off the two ends of a text, and nothing else. Never goes what stands between two
sentences of the page's own, nor what is marked up as they are, nor what stands in a box with one, nor much of a text:
lines that pages share may be body all the same (一、综合; 各位代表：; how reports close).
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from heapq import nlargest

from crawler.extract.outline import Outline, is_heading
from crawler.text import fold

Place = tuple[str, str]
"""The tags from the document down to a line, and its text."""

Template = frozenset[Place]
"""Places that `ENOUGH` pages of a host share."""

NOTHING_SHARED: Template = frozenset()

ENOUGH = 3
"""Met on so many pages of different texts, a line is the site's rather than a page's."""

MOST_TAUGHT = 40
"""So many lines of one page are learnt at most."""

_SHORTEST, _LONGEST = 4, 400
_LONGEST_PATH = 120
"""So much of a path's end tells places apart; with host and text it fits into a key of any database."""
_MARKS = 3
"""Texts that share one of their so many longest paragraphs are the same text at two addresses, or nearly so."""
_MOSTLY = 2 / 3
"""A box of whose text so much is known at its place is the site's: what differs, the site has edited."""
_EDITED = 0.5
"""A sentence of which less is known is no edited one, but new: it makes its box the page's own."""
_GRAM = 4
_FEW = 600
"""So many characters a template may take beside however short a text; of a long one, `_SHARE`."""
_SHARE = 0.5
"""Of what is left."""

Box = list[int]
"""Neighbouring lines in one element."""


# --- learning --------------------------------------------------------------------------------------------------------


def place(outline: Outline, index: int) -> Place:
    """Where a line stands."""
    return _path(outline, index), outline.texts[index]


def surroundings(outline: Outline, live: Sequence[bool], kept: Sequence[int]) -> tuple[Place, ...]:
    """What a page teaches: lines before and behind all that is marked up as most of its body is, the nearest first."""
    body = _body(outline, kept)
    if not body:
        return ()
    first, last = body[0], body[-1]
    # A sentence that the rules took for furniture here may pass for the body of another page.
    taught = (i for i, alive in enumerate(live) if (alive or outline.prose[i]) and _teaches(outline, i))
    around = [i for i in taught if not first <= i <= last]
    nearest = sorted(around, key=lambda index: max(first - index, index - last))
    return tuple(place(outline, index) for index in nearest[:MOST_TAUGHT])


def marks(paragraphs: Iterable[str], places: Iterable[Place]) -> tuple[str, ...]:
    """What tells a text, read beside these places, from others: hashes of its longest paragraphs."""
    taught = {text for _, text in places}
    longest = nlargest(_MARKS, (fold(each) for each in paragraphs if each not in taught), key=len)
    long = [each for each in longest if 2 * len(each) >= len(longest[0])]
    return tuple(hashlib.sha256(each.encode("utf-8", "replace")).hexdigest()[:12] for each in long)


def _body(outline: Outline, kept: Sequence[int]) -> list[int]:
    """The kept lines that are marked up as most of the text is."""
    sizes: Counter[int] = Counter()
    for index in kept:
        sizes[outline.line_ways[index]] += outline.prose_sizes[index]
    main = max(sizes, key=sizes.__getitem__, default=0)
    return [index for index in kept if outline.line_ways[index] == main]


def _teaches(outline: Outline, index: int) -> bool:
    line = outline.lines[index]
    return not line.data and _SHORTEST <= len(line.text) <= _LONGEST and not is_heading(line.text)


# --- using -----------------------------------------------------------------------------------------------------------


def site_boxes(outline: Outline, lines: Iterable[int], template: Template) -> list[Box]:
    """The boxes of these lines that hold a sentence, and most of whose text the template knows at its place."""
    holders = _boxes(outline)
    boxes: dict[int, Box] = defaultdict(list)
    for index in lines:
        boxes[holders[index]].append(index)
    known = _Known(template)
    return [box for box in boxes.values() if known.holds(outline, box)]


def is_of_its_own(outline: Outline, kept: Iterable[int], boxes: Iterable[Box]) -> bool:
    """Whether a text says anything beside these boxes."""
    return bool(_own(outline, kept, {index for box in boxes for index in box}))


def at_the_ends(outline: Outline, kept: Sequence[int], boxes: Sequence[Box]) -> set[int]:
    """The lines of the boxes that stand before or behind all else a text says, and are marked up otherwise."""
    shared = {index for box in boxes for index in box}
    own = _own(outline, kept, shared)
    if not any(outline.prose[index] for index in own):
        return set()
    ways = {outline.line_ways[index] for index in own}
    spared = {index for box in boxes if any(outline.line_ways[i] in ways for i in box) for index in box}
    body = sorted((*own, *spared))
    gone = {
        index for box in boxes if spared.isdisjoint(box) and (box[-1] < body[0] or body[-1] < box[0]) for index in box
    }
    taken, left = (sum(outline.prose_sizes[index] for index in part) for part in (gone, body))
    return gone if taken <= max(_FEW, _SHARE * left) else set()


def _own(outline: Outline, kept: Iterable[int], shared: Collection[int]) -> list[int]:
    """The sentences and rows of data that are not shared."""
    return [i for i in kept if i not in shared and (outline.prose[i] or outline.lines[i].data)]


class _Known:
    """A template's texts by their places."""

    def __init__(self, template: Template) -> None:
        self._texts: dict[str, set[str]] = defaultdict(set)
        for path, text in template:
            self._texts[path].add(text)
        self._grams: dict[str, frozenset[str]] = {}

    def holds(self, outline: Outline, box: Box) -> bool:
        """Whether most of a box is known, a sentence among it, and no sentence is new."""
        known, says = 0.0, False
        for index in box:
            share = self._share(_path(outline, index), outline.texts[index])
            if outline.prose[index]:
                if share < _EDITED:
                    return False
                says = True
            known += share * outline.sizes[index]
        return says and known >= _MOSTLY * sum(outline.sizes[index] for index in box)

    def _share(self, path: str, text: str) -> float:
        """How much of a text is known at a place: all, or so much of its runs of four characters."""
        texts = self._texts.get(path)
        if not texts or text in texts:
            return 1.0 if texts else 0.0
        if path not in self._grams:
            self._grams[path] = frozenset(gram for each in texts for gram in _grams(each))
        grams = _grams(text)
        return sum(gram in self._grams[path] for gram in grams) / len(grams)


def _grams(text: str) -> list[str]:
    return [text[start : start + _GRAM] for start in range(max(1, len(text) - _GRAM + 1))]


# --- both ------------------------------------------------------------------------------------------------------------


def _path(outline: Outline, index: int) -> str:
    tags: list[str] = []
    element = outline.elements[index]
    while element and len(tags) < _LONGEST_PATH:
        tags.append(outline.tags[element])
        element = outline.parents[element]
    return "/".join(reversed(tags))[-_LONGEST_PATH:]


def _boxes(outline: Outline) -> list[int]:
    """What holds each line and its neighbours: the element of several lines, else the parent of its paragraph."""
    lines = Counter(outline.elements)
    return [element if lines[element] > 1 else outline.parents[element] for element in outline.elements]
