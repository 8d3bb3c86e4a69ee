"""Where a text says words, in a little context. Ring 1."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from crawler.diff.words import Word, glyphs
from crawler.model import value
from crawler.search.units import LATIN, occurrences, says, seen

CONTEXT = 40
"""Characters before the first and behind the last hit of a snippet."""
_APART = 2 * CONTEXT
"""Hits further apart are not shown together."""


@value
class Snippet:
    """A stretch of a text; `hits` are ranges within it."""

    text: str
    hits: tuple[tuple[int, int], ...]
    cut_before: bool
    """The paragraph goes on before it."""
    cut_after: bool


class Searched:
    """One version's pieces (`units.pieces`), to look for words in."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._pieces = pieces
        self._seen = [seen(piece) for piece in pieces]

    def has(self, words: Sequence[str]) -> bool:
        """Whether it says all of these words, each in any of its pieces."""
        return all(any(says(word, text) for text in self._seen) for word in words)

    def snippets(self, words: Sequence[str], most: int) -> list[Snippet]:
        """So many pieces at most, in the text's order; those that say a word first go before those that repeat it."""
        found = {at: hits for at in range(len(self._seen)) if (hits := self._said(words, at))}
        chosen: list[int] = []
        missing = set(words)
        for at, hits in found.items():
            if missing & hits:
                chosen.append(at)
                missing -= hits
        chosen = sorted([*chosen, *(at for at in found if at not in chosen)][:most])
        return [snippet(self._pieces[at], words) for at in chosen]

    def _said(self, words: Sequence[str], at: int) -> set[str]:
        return {word for word in words if says(word, self._seen[at])}


def snippet(piece: str, words: Sequence[str]) -> Snippet:
    """The first place of a piece that says one of the words, with what is said near it."""
    places = _merged(sorted(_original(piece, words)))
    if not places:
        return Snippet(text=piece[: 2 * CONTEXT], hits=(), cut_before=False, cut_after=len(piece) > 2 * CONTEXT)
    shown = [places[0]]
    for one, other in pairwise(places):
        if other[0] - one[1] > _APART:
            break
        shown.append(other)
    start, end = max(0, shown[0][0] - CONTEXT), min(len(piece), shown[-1][1] + CONTEXT)
    hits = tuple((first - start, last - start) for first, last in shown)
    return Snippet(text=piece[start:end], hits=hits, cut_before=start > 0, cut_after=end < len(piece))


def _original(piece: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the piece itself says the words; nothing where its characters compose in a way we do not know."""
    signs = list(_signs(piece))
    text = "".join(sign.text for sign in signs)
    if text != seen(piece):
        return
    starts = list(accumulate((len(sign.text) for sign in signs), initial=0))
    for word in words:
        for start, end in occurrences(word, text):
            yield signs[bisect_right(starts, start) - 1].start, signs[bisect_right(starts, end - 1) - 1].end


def _signs(piece: str) -> Iterator[Word]:
    """The smallest stretches of a piece, each as it is `seen`."""
    before: Word | None = None
    for sign in glyphs(piece, 0, len(piece)):
        between = piece[before.end : sign.start] if before else ""
        plain = before and LATIN.match(before.text[-1]) and LATIN.match(sign.text.casefold())
        if before and plain and between != between.strip():
            yield Word(" ", before.end, sign.start)
        before = Word(sign.text.casefold(), sign.start, sign.end)
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
