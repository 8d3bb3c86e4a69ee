"""A text as the words a reader sees in it, folded, each with its place in the original. Ring 1.

A number is one word with its percent sign, whatever blanks or full-width forms it is written with; so is a run of
Chinese numerals, and a Latin word. Every other character is a word of its own: there is no telling Chinese words apart
without a dictionary, and the merging of near changes makes up for it.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

from crawler.text import fold

SENTENCE_END = frozenset("。!?;")
_WORD = re.compile(
    r"\d+(?:[.,:/]\d+)*[%‰]?"  # 6% 5.5% 1,234 2024/3/5
    r"|[〇零一二两三四五六七八九十百千万亿]+"
    r"|[A-Za-z]+"
    r"|.",
    re.DOTALL,
)


class Word(NamedTuple):
    """One word: its folded characters and the half-open range of the original they come from."""

    text: str
    start: int
    end: int


def words(text: str, start: int, end: int) -> list[Word]:
    """The words of `text[start:end]`; joined they are its fold."""
    signs = list(glyphs(text, start, end))
    folded = "".join(sign.text for sign in signs)
    if folded != fold(text[start:end]):  # characters that compose in a way we do not know: better one word than a lie
        return [Word(fold(text[start:end]), start, end)]
    starts = {at: index for index, at in enumerate(accumulate((len(sign.text) for sign in signs), initial=0))}
    cuts = [starts[at] for at in (0, *(match.end() for match in _WORD.finditer(folded))) if at in starts]
    return [_merge(signs[a:b]) for a, b in pairwise(cuts)]


def shape(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a folded text, all numbers taken as the same."""
    text = re.sub(r"\d+(?:[.,]\d+)*", "0", text)
    return frozenset(map("".join, pairwise(text))) or frozenset(text)


def glyphs(text: str, start: int, end: int) -> Iterator[Word]:
    """The smallest pieces whose folds, joined, are the fold of the whole; invisible ones left out."""
    folds = {char: fold(char) for char in set(text[start:end])}
    marks = {char for char in folds if _joins_the_one_before(char)}
    at = start
    while at < end:
        stop = at + 1
        while stop < end and text[stop] in marks:
            stop += 1
        folded = folds[text[at]] if stop == at + 1 else fold(text[at:stop])
        if folded:
            yield Word(folded, at, stop)
        at = stop


def _joins_the_one_before(char: str) -> bool:
    """A combining mark, or the vowel or final of a Hangul syllable: normalisation may melt it with what precedes it."""
    first = unicodedata.normalize("NFKD", char)[0]
    return unicodedata.category(first).startswith("M") or "\u1160" <= first <= "\u11ff"


def _merge(signs: list[Word]) -> Word:
    if len(signs) == 1:
        return signs[0]
    return Word("".join(sign.text for sign in signs), signs[0].start, signs[-1].end)
