"""Where link text stands in a line, and where lines lead."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from crawler.extract.adverts import leads_elsewhere
from crawler.extract.normalize import normalize

Lead = tuple[int, int, str]
"""From which piece of a line's text to which before it is a link's, and where that leads."""
Spans = tuple[tuple[int, int], ...]


def linked(text: str, pieces: list[str], leads: list[Lead]) -> tuple[int, str | None, Spans]:
    """How much of a line with links is link text, where the first one leads, and from where to where they reach.

    `text` is the line's, of which the pieces are made. White space and what nobody sees are not counted. Where all is
    link text there are no reaches; links to one place that touch are one.
    """
    first, end, href = leads[0]
    if end - first == len(pieces):
        return len(text) - text.count(" "), href, ()
    behind = [0, *accumulate([len(normalize(piece).replace(" ", "")) for piece in pieces])]
    reaches: list[tuple[int, int]] = []
    last = ""
    for first, end, href in leads:
        start, stop = behind[first], behind[end]
        if start < stop:
            goes_on = reaches and reaches[-1][1] == start and href == last
            reaches.append((reaches.pop()[0] if goes_on else start, stop))
            last = href
    size = sum([stop - start for start, stop in reaches])
    whole = sum([end - first for first, end, _ in leads]) == len(pieces)
    return size, leads[0][2], () if whole else tuple(reaches)


def cut(leads: list[Lead], start: int) -> None:
    """Take back the link text of the pieces from `start` on; the leads are in the order of the line."""
    while leads and leads[-1][0] >= start:
        leads.pop()
    if leads:
        first, end, href = leads[-1]
        leads[-1] = (first, min(end, start), href)


def without_calls(pieces: list[str], leads: list[Lead]) -> list[Lead]:
    """Take out of a line the links between two unlinked words that lead elsewhere; returns the others."""
    kept: list[Lead] = []
    gone = 0
    for number, (start, end, href) in enumerate(leads):
        first, last = start - gone, end - gone
        before = leads[number - 1][1] if number else 0
        after = leads[number + 1][0] if number + 1 < len(leads) else len(pieces) + gone
        amid = before < start and end < after and pieces[first - 1].strip() and pieces[last].strip()
        if amid and leads_elsewhere("".join(pieces[first:last]).strip()):
            del pieces[first:last]
            gone += end - start
        else:
            kept.append((first, last, href))
    return kept


def runs(hrefs: Sequence[str | None]) -> list[tuple[int, int]]:
    """From which line to which before it several in a row lead to one place."""
    turns = [number for number, (href, following) in enumerate(pairwise(hrefs), 1) if href != following]
    return [
        (start, end) for start, end in pairwise([0, *turns, len(hrefs)]) if end - start > 1 and hrefs[start] is not None
    ]
