"""Links to a live page that scroll to a place of its text, by text fragments (WICG): `#:~:text=prefix-,words,-suffix`.

Ring 1. A browser looks for whole words within one paragraph, and gives up at the first character that is not there. So
words are taken from sign to sign (where a browser cuts Chinese otherwise, its own dictionary says), a long passage is
told by its two ends, and neighbours are named only where the words stand in the text more than once.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from urllib.parse import quote

from crawler.checks import Part
from crawler.text import fold

LONGEST = 2_000
"""Characters of an address: mail programs and servers cut longer ones."""
EXACT = 60
"""A longer passage is told by its two ends."""
CLAUSE = 40
"""So far from a place the next sign is looked for."""
_LEAST = 4
"""Fewer characters tell nothing: the clauses beside them are taken in."""
_SIGN = re.compile(r"(?<!\d)[.,:/]|[.,:/](?!\d)|[^\w%‰.,:/]")
"""Stands between words, never in a number."""
_DIRECTIVE = ":~:"


class LivePage:
    """A page as it was last read, to link places of its text to the page as it is now."""

    def __init__(self, url: str, text: str, parts: Sequence[Part] = ()) -> None:
        self._text = text
        self._addresses = list(_addresses(url, text, parts))

    def link(self, start: int, end: int) -> str:
        """The address that scrolls to `text[start:end]`; to where something is missing, if that is empty.

        Without a fragment where there are no words to look for, or the address would be too long.
        """
        start, end = _words(self._text, start, end)
        address = next((url for stop, url in self._addresses if start < stop), self._addresses[-1][1])
        base = address.partition(_DIRECTIVE)[0].rstrip("#")
        if base and start < end:
            joint = "" if "#" in base else "#"
            for directive in self._directives(start, end):
                if len(whole := f"{base}{joint}{_DIRECTIVE}text={directive}") <= LONGEST:
                    return whole
        return address

    def _directives(self, start: int, end: int) -> Iterator[str]:
        """What may stand behind `text=`, the best first, the shortest last."""
        ends = _ends(self._text, start, end)
        words = ",".join(map(_escaped, ends))
        if not self._is_unique(ends[0]):
            before, after = self._neighbours(ends[0], start, end if len(ends) == 1 else None)
            yield (f"{_escaped(before)}-," if before else "") + words + (f",-{_escaped(after)}" if after else "")
        yield words

    def _neighbours(self, words: str, start: int, end: int | None) -> tuple[str, str]:
        """What stands before and behind the words, as little of it as tells them from the same ones elsewhere."""
        before, after = _before(self._text, start), "" if end is None else _after(self._text, end)
        choices = [(before, ""), ("", after), (before, after)]
        if self._text[start - 1 : start] == "\n":  # another thing may stand between two paragraphs of the page
            choices[:2] = choices[1::-1]
        return next((each for each in choices if self._is_unique(words.join(each))), choices[-1])

    def _is_unique(self, words: str) -> bool:
        return self._folded.count(fold(words)) <= 1

    @cached_property
    def _folded(self) -> str:
        return fold(self._text)


def _addresses(url: str, text: str, parts: Sequence[Part]) -> Iterator[tuple[int, str]]:
    """The address of each part with the end of its text; that of the page where its parts are not those of the text."""
    lines = text.split("\n")
    if len(parts) > 1 and sum(part.paragraphs for part in parts) == len(lines):
        ends = [0, *accumulate(len(line) + 1 for line in lines)]
        stops = accumulate(part.paragraphs for part in parts)
        yield from ((ends[stop], part.url) for stop, part in zip(stops, parts, strict=True))
    else:
        yield len(text) + 1, url


def _words(text: str, start: int, end: int) -> tuple[int, int]:
    """The words to look for, from sign to sign; those beside the place where there are none in it."""
    start, end = _bare(text, start, end)
    if start == end:
        start = end = _beside(text, start)
    start, end = _left(text, start), _right(text, end)
    if end - start < _LEAST:
        start = start if text[start - 1 : start] in ("", "\n") else _left(text, start - 1)
        end = end if text[end : end + 1] in ("", "\n") else _right(text, end + 1)
    return _bare(text, start, end)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without blanks at its ends."""
    inside = text[start:end]
    first, last = len(inside) - len(inside.lstrip()), len(inside.rstrip())
    return start + first, start + max(first, last)


def _beside(text: str, place: int) -> int:
    """The place, or where nothing is said there the end of the words before it, else the begin of those behind it."""
    if text[place : place + 1].strip():
        return place
    return _end_of_words(text, place) or len(text) - len(text.lstrip())


def _end_of_words(text: str, place: int) -> int:
    while place and text[place - 1].isspace():
        place -= 1
    return place


def _left(text: str, place: int) -> int:
    """Behind the last sign before a place, or as far as is looked."""
    first = max(0, place - CLAUSE)
    return max((found.end() for found in _SIGN.finditer(text, first, place)), default=first)


def _right(text: str, place: int) -> int:
    """Before the first sign behind a place, or as far as is looked."""
    found = _SIGN.search(text, place, place + CLAUSE)
    return found.start() if found else min(len(text), place + CLAUSE)


def _ends(text: str, start: int, end: int) -> list[str]:
    """The words; of many, or those of several paragraphs, the first and the last ones."""
    words = text[start:end]
    head, tail = words.partition("\n")[0].rstrip(), words.rpartition("\n")[2].lstrip()
    first = head[: _right(head, _LEAST)]
    last = tail[_left(tail, max(0, len(tail) - _LEAST)) :]
    several = "\n" in words or len(words) > max(EXACT, len(first) + len(last))
    return [first, last] if several else [words]


def _before(text: str, place: int) -> str:
    """The words before a place, from a sign on, with the signs behind them."""
    stop = end = _end_of_words(text, place)
    while stop and text[stop - 1] != "\n" and _SIGN.match(text, stop - 1):
        stop -= 1
    return text[_left(text, stop) : end].strip()


def _after(text: str, place: int) -> str:
    """The words behind a place, up to a sign, with the signs before them."""
    start = place
    while start < len(text) and _SIGN.match(text, start):
        start += 1
    return text[place : _right(text, start)].strip()


def _escaped(words: str) -> str:
    """Words as they stand in an address; comma, hyphen and ampersand have a meaning there."""
    return quote(words, safe="", errors="replace").replace("-", "%2D")
