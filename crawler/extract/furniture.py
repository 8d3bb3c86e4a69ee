"""Which lines of a page are furniture: by what they say, and by where they stand."""

import re
from collections.abc import Iterator, Sequence

from crawler.extract.adverts import is_offer
from crawler.extract.cells import CELLS
from crawler.extract.labelled import labelled
from crawler.extract.outline import SHORTEST_PROSE, Outline, has_punctuation
from crawler.extract.page import Line
from crawler.extract.pager_words import is_of_pager
from crawler.extract.phrases import Kind, kind, states, talks_apart
from crawler.extract.plain import remembered
from crawler.extract.records import is_byline, summaries
from crawler.extract.signs import by_signs
from crawler.extract.tags import AREA
from crawler.extract.voices import voices
from crawler.text import fold

_Reaches = dict[int, tuple[int, int]]
"""Of a way of marking up: its first and its last line."""
SENTENCE_ENDS = ("。", "！", "!", "；", ";")
_HEADINGS = (Kind.LIST, Kind.COMMENTS, Kind.ABOUT, Kind.TEASER)
_GOES = (Kind.WIDGET, Kind.TAIL)
"""What goes wherever it stands, be it in each cell of a row."""
_LONG = 60
"""Among others like it a line so long is a paragraph, be it the first or the last."""
_TELLING = re.compile(r"评|留言|跟[帖贴]|讨论|回|附件")
"""Links without such a word lead away."""
_ATTACHED = re.compile(r"附件\s?\d{0,2}\s?[:：]")
"""A text names what is attached to it, linked or not."""
_TURN = re.compile(r"(?:记者|主持人|网友|嘉宾|问|答|提问|[\w·]{2,10}记者)\s?[:：]")
_FACT = re.compile(r"(?:关键[词字]|时间|日期|地点|[^\W\d]{0,4}(?:地址|电话|邮箱))\s?[:：](?!\d{4}[-/.])[^:：]{4,60}$")
"""What a body tells in such words, too."""

_TOLD = re.compile(r"[:：].")
"""A label with what it tells."""
_WEEK = re.compile(rf"(?:周|星期)?[日一](?:{re.escape(CELLS)}(?:周|星期)?[一二三四五六日]){{6}}")
_DAYS = re.compile(rf"\d{{0,2}}(?:{re.escape(CELLS)}\d{{0,2}})*")
"""The rows of a calendar."""


def furniture(outline: Outline) -> list[Kind | None]:
    """What kind of furniture each line is; None: none that is known."""
    kinds = [
        Kind.WIDGET if line.area else _kind_of_link(text) if linked else _kind(text)
        for line, text, linked in zip(outline.lines, outline.texts, outline.links, strict=True)
    ]
    for index, line in enumerate(outline.lines):
        if (line.links or line.asks) and kinds[index] is None:
            kinds[index] = by_signs(line)
    _correct(outline, kinds)
    _let_talk(outline, kinds)
    for index in _calendar(outline):
        kinds[index] = Kind.WIDGET
    for index in labelled(outline, kinds):
        kinds[index] = Kind.WIDGET
    for index in summaries(outline, kinds):
        kinds[index] = Kind.TEASER
    for index in voices(outline, kinds):
        kinds[index] = Kind.WIDGET
    return kinds


def _calendar(outline: Outline) -> Iterator[int]:
    """The rows of calendars."""
    begun = False
    for index, (line, text) in enumerate(zip(outline.lines, outline.texts, strict=True)):
        begun = line.data and (_WEEK.fullmatch(text) is not None or (begun and _DAYS.fullmatch(text) is not None))
        if begun:
            yield index


def _let_talk(outline: Outline, kinds: list[Kind | None]) -> None:
    """Take the turns of a conversation for what they are, if there are several."""
    said = ((i, text) for i, text in enumerate(outline.texts) if "：" in text or ":" in text)
    turns = [index for index, text in said if not outline.linked[index] and _TURN.match(text)]
    if len(turns) > 1:
        for index in turns:
            kinds[index] = None


@remembered
def _kind_of_link(text: str) -> Kind | None:
    """Of links only those to the comments mark what follows."""
    if not _TELLING.search(text):
        return Kind.WIDGET
    if _ATTACHED.match(text):
        return _kind(text)
    return Kind.COMMENTS if kind(text) is Kind.COMMENTS else Kind.WIDGET


@remembered
def _kind(text: str) -> Kind | None:
    found = kind(text)
    if found is None and CELLS in text and _is_row_of_furniture(text.split(CELLS)):
        return Kind.WIDGET
    if found is None and "页" in text and is_of_pager(fold(text.replace(CELLS, " "))):
        return Kind.WIDGET
    return Kind.WIDGET if found is None and is_byline(text) else found


def _is_row_of_furniture(cells: Sequence[str]) -> bool:
    """Whether all cells of a row are furniture, or at least half of them, several, name and tell it."""
    goes = [cell for cell in cells if kind(cell) in _GOES]
    told = [cell for cell in goes if _TOLD.search(cell)]
    return len(goes) == len(cells) or (len(told) > 1 and 2 * len(told) >= len(cells))


def _correct(outline: Outline, kinds: list[Kind | None]) -> None:
    """Judge again, by where they stand, the lines amid a body.

    Lines that only begin like furniture, links and asides that read like the text around them are body; offers set
    apart from that text are none.
    """
    paragraphs = [index for index, reads in enumerate(outline.prose) if reads and kinds[index] is None]
    own, above = _reaches(outline, paragraphs)
    amid = range(paragraphs[0], paragraphs[-1]) if paragraphs else range(0)
    for index, (found, way) in enumerate(zip(kinds, outline.line_ways, strict=True)):
        if found is None:
            if not _amid(own, way, index) and _is_apart(outline, own, above, index):
                kinds[index] = Kind.WIDGET
        elif index in amid and found not in _HEADINGS and _is_text_amid(outline, own, above, index):
            kinds[index] = None


def _is_text_amid(outline: Outline, own: _Reaches, above: _Reaches, index: int) -> bool:
    """Whether a line reads like the paragraphs around it, or around the aside it stands in."""
    line = outline.lines[index]
    if (line.area or outline.links[index]) and not _is_whole(line):
        return False
    if line.area:
        around = _amid(above, outline.ways[_around_aside(outline, line.element)], index)
    else:
        around = _amid(own, outline.line_ways[index], index)
    return around and _reads_as_text(outline, index)


def _is_apart(outline: Outline, own: _Reaches, above: _Reaches, index: int) -> bool:
    """Whether a line that stands apart from the body's paragraphs talks about the page, or is an offer among them."""
    text = outline.texts[index]
    first, last = own.get(outline.line_ways[index], (index, index))
    if (first == last or len(text) < _LONG) and talks_apart(text):
        return True
    return is_offer(text) and _is_near(outline, above, index)


def _is_near(outline: Outline, above: _Reaches, index: int) -> bool:
    """Whether a line stands in an element, or in one of the two around it, in which there are paragraphs around it."""
    element = outline.elements[index]
    parent = outline.parents[element]
    return any(_amid(above, outline.ways[each], index) for each in (element, parent, outline.parents[parent]))


def _amid(reaches: _Reaches, way: int, index: int) -> bool:
    first, last = reaches.get(way, (index, index))
    return first < index < last


def _is_whole(line: Line) -> bool:
    """Whether a line is a whole sentence."""
    return line.text.endswith(SENTENCE_ENDS) and len(line.text) >= SHORTEST_PROSE and has_punctuation(line)


def _reads_as_text(outline: Outline, index: int) -> bool:
    """Whether a line is a statement; for a link that is a whole sentence it is enough that no phrase tells it."""
    line = outline.lines[index]
    if states(line.text):
        return True
    if line.area or outline.links[index]:
        return not line.area and line.text[-1] == "。" and kind(line.text) is None
    return _FACT.match(line.text) is not None


def _around_aside(outline: Outline, element: int) -> int:
    """What holds the aside around an element; where that stands in other furniture, the document (0)."""
    while element and outline.tags[element] not in AREA:
        element = outline.parents[element]
    return outline.parents[element] if outline.tags[element] == "aside" else 0


def _reaches(outline: Outline, paragraphs: Sequence[int]) -> tuple[_Reaches, _Reaches]:
    """From which to which line there are paragraphs marked up in each way, and in elements below each way."""
    own: _Reaches = {}
    above: _Reaches = {}
    for index in paragraphs:
        parent = outline.parents[outline.elements[index]]
        for reaches, way in ((own, outline.line_ways[index]), (above, outline.ways[parent])):
            reaches[way] = (reaches.get(way, (index, index))[0], index)
    return own, above
