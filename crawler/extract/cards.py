"""How far a list of other articles reaches below its heading: names, names with summaries, cards."""

from collections.abc import Sequence

from crawler.extract.furniture import SENTENCE_ENDS
from crawler.extract.outline import Outline, is_heading

_MOST_LINES = 200
_LONGEST_NAME = 40
_MOST_TOLD = 8
_TURNS = 3
_NUMERALS = frozenset("一二三四五六七八九十(（第")


def list_end(outline: Outline, index: int, names_ends: Sequence[int]) -> int:
    """Before which line ends the list that this line heads: with its box, or before the first that is no entry."""
    start, end = box(outline, index)
    if 1 < end - start <= _MOST_LINES and _only_entries(outline, index + 1, end):
        return end
    names = _linked_end(outline, index + 1, names_ends[index + 1])
    follows = outline.section(index + 1) if end - start == 1 and index + 1 < len(outline.texts) else 0
    start, end = outline.spans[follows]
    if follows and end - start > 1 and outline.links[start] and _only_entries(outline, start, end):
        return max(names, end)
    return names


def _linked_end(outline: Outline, start: int, end: int) -> int:
    """Where a list ends that begins with a link: at the latest before two sentences in a row that are none."""
    if start < end and outline.links[start]:
        texts = (i for i in range(start, end - 1) if outline.prose[i] and outline.prose[i + 1])
        return next(texts, end)
    return end


def about_end(outline: Outline, index: int) -> int:
    """Before which line ends what this heading of a self-portrait heads: with its small box; without one, at once.

    Below bare text it ends where the first element begins, be it small or large.
    """
    start, end = box(outline, index)
    own = outline.elements[index]
    if outline.spans[own] == (start, end):
        end = next((i for i in range(index, end) if outline.elements[i] != own), end)
    return end if end - start <= _MOST_TOLD else index + 1


def box(outline: Outline, index: int) -> tuple[int, int]:
    """The smallest element that begins with this line and holds more; without one, the line."""
    element = outline.elements[index]
    while element and outline.spans[element] == (index, index + 1):
        element = outline.parents[element]
    start, end = outline.spans[element]
    return (start, end) if element and start == index else (index, index + 1)


def _only_entries(outline: Outline, start: int, end: int) -> bool:
    """Whether all sentences from start to end are summaries: each in one element with the linked name above it."""
    headed = [_is_summary(outline, i, start, end) for i in range(start, end) if outline.prose[i]]
    return all(headed)


def _is_summary(outline: Outline, index: int, start: int, end: int) -> bool:
    """Whether the line right above, or the one above a label, is a link that shares a smaller element with this one."""
    for above in range(index - 1, max(start, index - 3) - 1, -1):
        if outline.links[above]:
            both = outline.common(outline.elements[above], outline.elements[index])
            return start <= outline.spans[both][0] or _again(outline, index, start, end)
        if outline.prose[above]:
            break
    return False


def _again(outline: Outline, index: int, start: int, end: int) -> bool:
    """Whether another linked name stands right below or right above this line's: names and summaries take turns."""
    return (index + 1 < end and outline.links[index + 1]) or (index - 2 >= start and outline.prose[index - 2])


def names_ends(outline: Outline) -> list[int]:
    """For each line the first one from there on that is no name of an article, nor said of one."""
    named = [link or _is_name(text) for link, text in zip(outline.links, outline.texts, strict=True)]
    said = _summaries(outline.links, named)
    ends = [len(named)] * (len(named) + 1)
    for index in reversed(range(len(named))):
        ends[index] = ends[index + 1] if named[index] or said[index] else index
    return ends


def _summaries(linked: Sequence[bool], named: Sequence[bool]) -> list[bool]:
    """Which lines take turns with linked names, several times."""
    behind = [index > 0 and linked[index - 1] and not named[index] for index in range(len(named))]
    turns = [0] * len(named)
    for index, is_behind in enumerate(behind):
        turns[index] = turns[index - 2] + 1 if is_behind and index > 1 else int(is_behind)
    for index in reversed(range(len(named) - 2)):
        if turns[index] and turns[index + 2]:
            turns[index] = turns[index + 2]
    return [turn >= _TURNS for turn in turns]


def _is_name(text: str) -> bool:
    """Whether a line can be the name of an article: no sentence, no heading of a report; numbered at most."""
    if len(text) > _LONGEST_NAME or text.endswith(SENTENCE_ENDS) or text[-1] in ":：":
        return False
    return text[0] not in _NUMERALS if is_heading(text) else True
