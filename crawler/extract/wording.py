"""How much a line sounds like furniture, by its words alone: whether they stand around bodies or in them.

A linear judge over single characters and pairs of them (logistic regression); `bench/train_wording.py` makes its
weights. It knows no phrase and no site, and nothing of where a line stands. It generalises where lists of words cannot,
and errs on names and headings, so that whoever asks must add what the page's structure says.
"""

import re
from math import sqrt

from crawler.extract.plain import plain
from crawler.extract.wording_weights import BIAS, UNIT, WEIGHTS

SHORTEST, LONGEST = 5, 160
"""Of shorter and of longer lines the words say nothing."""
UNLIKE = -9.0
"""The odds of such lines."""

_SCALE = 5.0
"""Sums of weights are measured against the square root of their number: else long lines would be the surest."""
_NUMBER = re.compile(r"\d[\d,.%]*")
_LATIN = re.compile(r"[a-z]+")
_MOST_CLAUSES = 3


def furniture_odds(text: str) -> float:
    """The log odds that a line is furniture; above 0 it rather is, reports stay below 0.5."""
    line = plain(text) if len(text) <= 2 * LONGEST else text
    if not SHORTEST <= len(line) <= LONGEST:
        return UNLIKE
    found = features(line)
    return BIAS + UNIT * _SCALE * sum(_TABLE.get(feature, 0) for feature in found) / sqrt(len(found))


def features(line: str) -> set[str]:
    """What a line (as `plain` gives it) is judged by: its characters and pairs, its clauses and how it ends.

    Numbers are one '0' and Latin words one 'a'; '^' and '$' stand for its two ends.
    """
    marked = f"^{_LATIN.sub('a', _NUMBER.sub('0', line))}$"
    found = set(marked[1:-1])
    found.update(map(str.__add__, marked, marked[1:]))
    found.add(f"C{min(marked.count(','), _MOST_CLAUSES)}")
    if marked[-2] in "。!?":
        found.add(f"E{'.' if marked[-2] == '。' else '!'}")
    return found


def _read(rows: tuple[tuple[int, int, str], ...]) -> dict[str, int]:
    """Each row: the length of its features, their common weight, the features one after another."""
    return {row[at : at + size]: weight for size, weight, row in rows for at in range(0, len(row), size)}


_TABLE = _read(WEIGHTS)
