"""Which lines of a page are furniture: by what they say, and by where they stand."""

import re
from collections.abc import Sequence

from crawler.extract.outline import SHORTEST_PROSE, Outline, has_punctuation
from crawler.extract.page import Line
from crawler.extract.pager_words import is_of_pager
from crawler.extract.phrases import Kind, is_offer, kind, states, talks_apart
from crawler.extract.rows import CELLS
from crawler.extract.tags import AREA
from crawler.text import fold

_Reaches = dict[int, tuple[int, int]]
"""Of a way of marking up: its first and its last line."""
LINKED_SHARE = 0.6
SENTENCE_ENDS = ("。", "！", "!", "；", ";")
_HEADINGS = (Kind.LIST, Kind.COMMENTS, Kind.ABOUT, Kind.TEASER)
_LONG = 60
"""Among others like it a line so long is a paragraph, be it the first or the last."""
_OF_COMMENTS = re.compile(r"评|留言|跟[帖贴]|讨论|回")
_NO_WORDS = re.compile(r"[\W\d_]+")
_ATTACHED = re.compile(r"附件\s?\d{0,2}\s?[:：]")
"""A text names what is attached to it, linked or not."""
_TURN = re.compile(r"(?:记者|主持人|网友|嘉宾|问|答|提问|[\w·]{2,10}记者)\s?[:：]")
_FACT = re.compile(r"(?:关键[词字]|时间|日期|地点|[^\W\d]{0,4}(?:地址|电话|邮箱))\s?[:：](?!\d{4}[-/.])[^:：]{4,60}$")
"""What a body tells in such words, too."""
_DATE = re.compile(r"[\[(【]?(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?[\])】]?(?: \d{1,2}:\d{2}(?::\d{2})?)?$")


def furniture(outline: Outline) -> list[Kind | None]:
    """What kind of furniture each line is; None: none that is known."""
    kinds = [_kind(line) for line in outline.lines]
    _correct(outline, kinds)
    _let_talk(outline, kinds)
    return kinds


def _let_talk(outline: Outline, kinds: list[Kind | None]) -> None:
    """Take the turns of a conversation for what they are, if there are several."""
    turns = [index for index, line in enumerate(outline.lines) if not line.linked and _TURN.match(line.text)]
    if len(turns) > 1:
        for index in turns:
            kinds[index] = None


def _kind(line: Line) -> Kind | None:
    if line.area:
        return Kind.WIDGET
    if is_linked(line) and not _ATTACHED.match(line.text):  # of links only those to the comments mark what follows
        return Kind.COMMENTS if _OF_COMMENTS.search(line.text) and kind(line.text) is Kind.COMMENTS else Kind.WIDGET
    found = kind(line.text)
    if found is None and "页" in line.text and is_of_pager(fold(line.text.replace(CELLS, " "))):
        return Kind.WIDGET
    return found


def is_linked(line: Line) -> bool:
    """Whether a line is a link, apart from the date beside it, and from numbers in the other cells of its row."""
    if not line.linked or line.linked >= LINKED_SHARE * len(line.text):
        return line.linked > 0
    if line.data:
        return line.linked >= len(_NO_WORDS.sub("", line.text))
    date = _DATE.search(line.text)
    return line.linked >= LINKED_SHARE * (len(line.text) - (len(date[0]) if date else 0))


def _correct(outline: Outline, kinds: list[Kind | None]) -> None:
    """Judge again, by where they stand, the lines amid a body.

    Lines that only begin like furniture, links and asides that read like the text around them are body; offers set
    apart from that text are none.
    """
    own, above = _reaches(outline, kinds)
    for index, line in enumerate(outline.lines):
        if kinds[index] is None:
            if not _amid(outline, own, line.element, index) and _is_apart(outline, own, above, index):
                kinds[index] = Kind.WIDGET
        elif kinds[index] not in _HEADINGS:
            reaches, element = (above, _around_aside(outline, line.element)) if line.area else (own, line.element)
            if _amid(outline, reaches, element, index) and _reads_as_text(line):
                kinds[index] = None


def _is_apart(outline: Outline, own: _Reaches, above: _Reaches, index: int) -> bool:
    """Whether a line that stands apart from the body's paragraphs talks about the page, or is an offer among them."""
    line, parent = outline.lines[index], outline.parents[outline.lines[index].element]
    first, last = own.get(outline.ways[line.element], (index, index))
    if (first == last or len(line.text) < _LONG) and talks_apart(line.text):
        return True
    around = (line.element, parent, outline.parents[parent])
    return is_offer(line.text) and any(_amid(outline, above, each, index) for each in around)


def _amid(outline: Outline, reaches: _Reaches, element: int, index: int) -> bool:
    first, last = reaches.get(outline.ways[element], (index, index))
    return first < index < last


def _reads_as_text(line: Line) -> bool:
    """Whether a line is a statement; a link or an aside must be a whole sentence, too (adverts do without the 。)."""
    if line.area or is_linked(line):
        whole = line.text.endswith(SENTENCE_ENDS) and has_punctuation(line) and len(line.text) >= SHORTEST_PROSE
        return whole and (states(line.text) or (not line.area and line.text[-1] == "。" and kind(line.text) is None))
    return states(line.text) or _FACT.match(line.text) is not None


def _around_aside(outline: Outline, element: int) -> int:
    """What holds the aside around an element; where that stands in other furniture, the document (0)."""
    while element and outline.tags[element] not in AREA:
        element = outline.parents[element]
    return outline.parents[element] if outline.tags[element] == "aside" else 0


def _reaches(outline: Outline, kinds: Sequence[Kind | None]) -> tuple[_Reaches, _Reaches]:
    """From which to which line there is prose marked up in each way, and in elements below each way."""
    own: _Reaches = {}
    above: _Reaches = {}
    for index, line in enumerate(outline.lines):
        if kinds[index] is None and outline.prose[index]:
            for reaches, element in ((own, line.element), (above, outline.parents[line.element])):
                way = outline.ways[element]
                reaches[way] = (reaches.get(way, (index, index))[0], index)
    return own, above
