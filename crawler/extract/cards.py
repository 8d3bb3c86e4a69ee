"""How far a list of other articles reaches below its heading: names, names with summaries, cards."""

from collections.abc import Iterable, Sequence
from operator import or_

from crawler.extract.furniture import SENTENCE_ENDS
from crawler.extract.outline import Outline, is_heading
from crawler.extract.phrases import Kind
from crawler.text import fold

_MOST_LINES = 200
_LONGEST_NAME = 40
_SHORTEST_TITLE, _LONGEST_TITLE = 8, 100
_MOST_TOLD = 8
_TURNS = 3
_NEAR = 4
"""So soon behind a list more body may tell that what stood among its names was body."""
_NUMERALS = frozenset("一二三四五六七八九十(（第")


def list_end(outline: Outline, index: int, names_ends: Sequence[int], way: int) -> int:
    """Before which line ends the list that this line heads: with its box, or before the first that is no entry.

    `way` is how the last sentence before it is marked up that may be body.
    """
    start, end = outline.box(index)
    if 1 < end - start <= _MOST_LINES and _only_entries(outline, index + 1, end):
        return end
    names = _linked_end(outline, index + 1, names_ends[index + 1], way)
    follows = outline.section(index + 1) if end - start == 1 and index + 1 < len(outline.texts) else 0
    start, end = outline.spans[follows]
    if follows and end - start > 1 and outline.links[start] and _only_entries(outline, start, end):
        return max(names, end)
    return names


def _linked_end(outline: Outline, start: int, end: int, way: int) -> int:
    """Where a list ends that begins with a link: at the latest before two sentences in a row that are none.

    What is no link, no piece of a text and marked up as the body before ends it too; where it takes
    turns with links only if more of the body follows. So does a heading with a number, for entries are links.
    """
    if start == end or not outline.links[start]:
        return end
    more = any(
        outline.prose[i] and outline.line_ways[i] == way for i in range(end, min(end + _NEAR, len(outline.texts)))
    )
    for index in range(start + 1, end):
        if outline.links[index]:
            continue
        if is_heading(outline.texts[index]):
            return index
        between = index + 1 < end and outline.links[index + 1]
        turns = between or (outline.prose[index] and index - 2 > start and outline.prose[index - 2])
        if outline.line_ways[index] == way and _is_whole(outline, index) and (more or not turns):
            return index
        if index + 1 < end and outline.prose[index] and outline.prose[index + 1]:
            return index
    return end


def _is_whole(outline: Outline, index: int) -> bool:
    """Whether a line is a whole sentence or none, such as a heading: summaries break off."""
    return not outline.prose[index] or outline.texts[index].endswith(SENTENCE_ENDS)


def list_end_above(
    outline: Outline,
    index: int,
    linked_ends: Sequence[int],
    sure_ends: Sequence[int],
    kinds: Sequence[Kind | None],
    last_sentence: int,
) -> int:
    """The same above a body: lists may be empty there, so what is no link, or all sentences there are, may be its.

    `kinds` are the lines' kinds of furniture, `last_sentence` the last one on the page that may be body.
    """
    start, end = outline.box(index)
    apart = 1 < end - start <= _MOST_LINES and _is_apart(outline, index, end, last_sentence)
    if apart and _only_entries(outline, index + 1, end):
        return end
    return max(linked_ends[index + 1], _names_alike(outline, index + 1, sure_ends[index + 1], kinds))


def _names_alike(outline: Outline, start: int, stop: int, kinds: Sequence[Kind | None]) -> int:
    """Where several names end that are marked up in one way, which is not that of what follows; else the start.

    Other furniture neither counts nor follows: it may stand before a body, or amid its first lines.
    """
    end = min(stop, start + _MOST_LINES)
    end = next((index for index in range(start, end) if not _alike(outline, start, index)), end)
    follows = next((index for index in range(end, min(end + _MOST_LINES, len(kinds))) if kinds[index] is None), None)
    names = sum(kinds[index] is None or outline.links[index] for index in range(start, end))
    if follows is None or names < _TURNS or _alike(outline, start, follows):
        return start
    if _opens_box(outline, start, end, follows):
        return start
    return next((index for index in range(start, end) if _runs_on(outline, index, end)), end)


def _runs_on(outline: Outline, index: int, end: int) -> bool:
    """Whether the very element whose text a line is goes on with sentences below: names and body never share one."""
    if outline.links[index]:
        return False
    element = outline.elements[index]
    last = min(outline.spans[element][1], end + _MOST_LINES)
    return any(outline.prose[below] and outline.elements[below] == element for below in range(end, last))


def _opens_box(outline: Outline, start: int, end: int, follows: int) -> bool:
    """Whether lines without a link begin an element with what follows, as a body begins with a table of data."""
    both = outline.common(outline.elements[start], outline.elements[follows])
    return outline.spans[both][0] == start and not any(outline.links[start:end])


def _is_apart(outline: Outline, index: int, end: int, last_sentence: int) -> bool:
    """Whether lines are a box of their own: without the page's title, and not all the sentences there are."""
    if is_closed(outline, index) or any(_is_title(outline, line) for line in range(index, end)):
        return False
    return sum(outline.prose[index:end]) != 1 or end <= last_sentence


def _is_title(outline: Outline, index: int) -> bool:
    """Whether a line is the page's title: marked up as one, or what the window shows, and no link to it."""
    if outline.tags[outline.elements[index]] == "h1":
        return True
    text = outline.texts[index]
    named = _SHORTEST_TITLE <= len(text) <= _LONGEST_TITLE and not outline.links[index]
    return named and fold(text) in outline.window


def is_closed(outline: Outline, index: int) -> bool:
    """Whether a heading stands alone in a box: scripts fill such lists, or nothing does."""
    return outline.spans[outline.parents[outline.elements[index]]] == (index, index + 1)


def about_end(outline: Outline, index: int) -> int:
    """Before which line ends what this heading of a self-portrait heads: with its small box; without one, at once.

    Below bare text it ends where the first element begins, be it small or large.
    """
    start, end = outline.box(index)
    own = outline.elements[index]
    if outline.spans[own] == (start, end):
        end = next((i for i in range(index, end) if outline.elements[i] != own), end)
    return end if end - start <= _MOST_TOLD else index + 1


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
    named = _names(outline)
    return _ends(map(or_, named, _summaries(outline.links, named)))


def linked_ends(outline: Outline) -> list[int]:
    """For each line the first one from there on that is no link, nor said of one."""
    return _ends(map(or_, outline.links, _summaries(outline.links, _names(outline))))


def _names(outline: Outline) -> list[bool]:
    columns = zip(outline.links, outline.texts, outline.lines, strict=True)
    return [link or (not line.data and _is_name(text)) for link, text, line in columns]


def _ends(of: Iterable[bool]) -> list[int]:
    """For each line the first one from there on that is no entry."""
    entries = [*of]
    ends = [len(entries)] * (len(entries) + 1)
    for index in reversed(range(len(entries))):
        ends[index] = ends[index + 1] if entries[index] else index
    return ends


def sure_ends(outline: Outline, ends: Sequence[int]) -> list[int]:
    """The same, where names that are no links and are marked up as the line that ends them are none.

    So begin bodies below an empty list.
    """
    sure, alike = [*ends], True
    for index in reversed(range(len(outline.texts))):
        stop = ends[index]
        if stop == index:
            alike = True
        elif alike and stop < len(outline.texts) and _is_bare(outline, index) and _alike(outline, index, stop):
            sure[index] = index
        else:
            sure[index], alike = sure[index + 1], False
    return sure


def _is_bare(outline: Outline, index: int) -> bool:
    """Whether a name is no link, nor said of one."""
    return not outline.links[index] and _is_name(outline.texts[index])


def _alike(outline: Outline, one: int, other: int) -> bool:
    return outline.ways[outline.elements[one]] == outline.ways[outline.elements[other]]


def _summaries(linked: Sequence[bool], named: Sequence[bool]) -> list[bool]:
    """Which lines take turns with linked names, several times."""
    behind = [index > 0 and linked[index - 1] and not named[index] for index in range(len(named))]
    if sum(behind) < _TURNS:
        return [False] * len(named)
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
