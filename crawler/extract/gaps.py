"""Lines set apart in one gap between a body's paragraphs: what the site put there, if they hint at it.

What belongs to a body and is marked up otherwise than its paragraphs, subheadings and tables, stands in several of its
gaps; a box put in stands in one. Alone that tells little; together with a word about the page or its reader, a price
or a number to call it is enough.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence

from crawler.extract.outline import Outline, is_heading
from crawler.extract.phrases import hints

_OF_BODY = re.compile(r"附|注[：:]|各位|联系(?:人|电话|方式|地址)|(?:图|表)\s?\d|[—-]{2}|《")
"""How lines of a body begin that may hold such a word."""
_CRIES = re.compile(r"[！？!?].|(?:1[3-9]\d|400|\d{3,4})-?\d{3,4}-?\d{4}(?!\d)|[￥¥]\s?\d")
"""Amid a body: who cries, asks, names a number to call or a price."""


def set_apart(
    outline: Outline, chosen: range, live: Sequence[bool], main: Collection[int], prose: Sequence[int]
) -> set[int]:
    """The lines of no paragraph's way, that way in one gap only, that hint at the page, its reader or an offer."""
    own = [i for i in chosen if live[i] and outline.line_ways[i] not in main and not outline.lines[i].data]
    gaps: dict[int, set[int]] = defaultdict(set)
    for index in own:
        gaps[outline.line_ways[index]].add(bisect_left(prose, index))
    return {
        index
        for index in own
        if len(gaps[outline.line_ways[index]]) == 1 and _hints(outline, index, amid=prose[0] < index < prose[-1])
    }


def _hints(outline: Outline, index: int, *, amid: bool) -> bool:
    text = outline.lines[index].text
    if is_heading(text) or _OF_BODY.match(text):
        return False
    return hints(text) or (amid and text[-1] != "。" and _CRIES.search(text) is not None)
