"""Where a text says words, in a little context. Ring 1."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from crawler.diff.words import Word, glyphs
from crawler.model import value
from crawler.search.units import occurrences, parted, says, seen

CONTEXT = 40
"""Characters before the first and behind the last hit of a snippet."""
_APART = 2 * CONTEXT
"""Hits further apart are not shown together."""
_LONGEST = 120
"""Characters from the first hit to the end of the last one, unless the first is longer."""


@value
class Snippet:
    """A stretch of a text; `hits` are ranges within it."""

    text: str
    hits: tuple[tuple[int, int], ...]
    cut_before: bool
    """The paragraph goes on before it."""
    cut_after: bool


class Searched:
    """One version's pieces (`units.pieces`), to look for words in; read no further than is asked."""

    def __init__(self, pieces: Iterable[str], words: Sequence[str]) -> None:
        self._words = words
        self._missing = set(words)
        self._first: list[tuple[str, bool]] = []
        self._rest = iter(pieces)

    def has_all(self) -> bool:
        """Whether it says all of the words, each in any of its pieces."""
        while self._missing and self._read():
            pass
        return not self._missing

    def snippets(self, most: int) -> list[Snippet]:
        """So many pieces at most, in the text's order; those that say a word first go before those that repeat it."""
        while (self._missing or len(self._first) < most) and self._read():
            pass
        new = [at for at, (_, is_new) in enumerate(self._first) if is_new]
        repeated = [at for at, (_, is_new) in enumerate(self._first) if not is_new]
        return [snippet(self._first[at][0], self._words) for at in sorted([*new, *repeated][:most])]

    def _read(self) -> bool:
        """Read on to the next piece that says any word; whether there is one."""
        for piece in self._rest:
            text = seen(piece)
            if said := {word for word in self._words if says(word, text)}:
                self._first.append((piece, bool(said & self._missing)))
                self._missing -= said
                return True
        return False


def snippet(piece: str, words: Sequence[str]) -> Snippet:
    """The first place of a piece that says one of the words, with what is said near it."""
    places = _merged(sorted(_original(piece, words)))
    if not places:
        return Snippet(text=piece[: 2 * CONTEXT], hits=(), cut_before=False, cut_after=len(piece) > 2 * CONTEXT)
    shown = [places[0]]
    for one, other in pairwise(places):
        if other[0] - one[1] > _APART or other[1] - places[0][0] > _LONGEST:
            break
        shown.append(other)
    start, end = max(0, shown[0][0] - CONTEXT), min(len(piece), shown[-1][1] + CONTEXT)
    hits = tuple((first - start, last - start) for first, last in shown)
    return Snippet(text=piece[start:end], hits=hits, cut_before=start > 0, cut_after=end < len(piece))


def _original(piece: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the piece itself says the words; nothing where its characters compose in a way we do not know."""
    text = seen(piece)
    found = [(place, word) for word in words for place in occurrences(word, text)]
    if len(text) == len(piece) and all(seen(piece[slice(*place)]) == word for place, word in found):
        yield from (place for place, _ in found)  # nothing moved, as in nearly all texts
        return
    signs = list(_signs(piece))
    if text != "".join(sign.text for sign in signs):
        return
    starts = list(accumulate((len(sign.text) for sign in signs), initial=0))
    for (start, end), _ in found:
        yield signs[bisect_right(starts, start) - 1].start, signs[bisect_right(starts, end - 1) - 1].end


def _signs(piece: str) -> Iterator[Word]:
    """The smallest stretches of a piece, each as it is `seen`."""
    before: Word | None = None
    for sign in glyphs(piece, 0, len(piece)):
        text = sign.text.casefold()
        if before and parted(before.text[-1], text[0]):
            between = piece[before.end : sign.start]
            if between != between.strip():
                yield Word(" ", before.end, sign.start)
        before = Word(text, sign.start, sign.end)
        yield before


def _merged(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places in order, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in places:
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
