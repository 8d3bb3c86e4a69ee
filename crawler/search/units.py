"""A text as it is searched: folded, without case, as units; and the marks by which an index finds it.

Ring 1. A unit is a number, a Latin word, a percent sign or one character of any other script; runs of units end at
every other sign. The marks of a text are its units and the pairs of units side by side in a run: so two Chinese
characters are found as fast as twenty. Law: where a text says a word, its marks hold all marks of the word. An index
keeps marks, so whoever changes them makes the index anew.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import add

from crawler.text import fold

LONGEST = 2_000
"""Characters of a piece; a longer paragraph is cut, at the end of a sentence where there is one."""
_LONGEST_UNIT = 40
"""Of more only so much is a mark."""
_NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
_UNIT = re.compile(rf"{_NUMBER}|[a-z]+|[%‰]|[^\W_]")
_RUN = re.compile(rf"(?:{_NUMBER}|[%‰]|[^\W_])+")
_LONG = re.compile("[0-9a-z]")
"""Where a run has none, each of its characters is a unit."""
_INNER = frozenset("0123456789.,abcdefghijklmnopqrstuvwxyz")
"""What units of several characters are made of."""
_SENTENCE_END = re.compile("[。！？；]")


def seen(text: str) -> str:
    """The text as it is searched: folded, without case; a blank stays where what it parts might be one unit."""
    said = ""
    for part in text.split():
        folded = fold(part).casefold()
        joint = " " if parted(said[-1:], folded[:1]) else ""
        said += joint + folded
    return said


def parted(one: str, other: str) -> bool:
    """Whether a blank between these two characters (or none) stays."""
    return one in _INNER and other in _INNER


def pieces(title: str, body: str) -> Iterator[str]:
    """What is searched of a version, each piece for itself: its title, its paragraphs."""
    yield title
    for paragraph in body.split("\n"):
        while len(paragraph) > LONGEST:
            ends = [end.end() for end in _SENTENCE_END.finditer(paragraph, 0, LONGEST)]
            cut = ends[-1] if ends else LONGEST
            yield paragraph[:cut]
            paragraph = paragraph[cut:]
        yield paragraph


def may_say(title: str, body: str, words: Iterable[str]) -> bool:
    """Whether pieces of both might say all words: decided at once for the whole, in a tenth of the time."""
    whole = fold("\0".join((title, body.replace("\n", "\0")))).casefold()
    return all(word.replace(" ", "") in whole for word in words)


def marks(texts: Iterable[str]) -> set[str]:
    """All marks of texts that were `seen`."""
    found: set[str] = set()
    for text in texts:
        for run in _runs(text):
            found.update(run, _pairs(run))
    return found


def needed(word: str) -> set[str]:
    """Marks without which no text says a word that was `seen`; none where it is nothing but signs."""
    return {mark for run in _runs(word) for mark in (_pairs(run) or run)}


def occurrences(word: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a text says a word (both were `seen`), from left to right; a hit begins and ends amid no unit."""
    start = text.find(word)
    cut = _amid(text) if start >= 0 and (word[0] in _INNER or word[-1] in _INNER) else set()
    while start >= 0:
        end = start + len(word)
        if start not in cut and end not in cut:
            yield start, end
            start = text.find(word, end)
        else:
            start = text.find(word, start + 1)


def says(word: str, text: str) -> bool:
    """Whether it does so at all."""
    return next(occurrences(word, text), None) is not None


def _runs(text: str) -> Iterator[Sequence[str]]:
    for run in _RUN.findall(text):
        yield [unit[:_LONGEST_UNIT] for unit in _UNIT.findall(run)] if _LONG.search(run) else run


def _pairs(run: Sequence[str]) -> list[str]:
    return list(map(add, run, run[1:]))


def _amid(text: str) -> set[int]:
    """Places within units."""
    return {place for unit in _UNIT.finditer(text) for place in range(unit.start() + 1, unit.end())}
