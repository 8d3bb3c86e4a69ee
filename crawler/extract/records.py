"""What is said of other articles in lists of them: a name, sentences, and a line of when, by whom and how often.

Neither names nor sentences tell that they are another article's; the line below them does.
"""

import re
from collections.abc import Sequence
from itertools import compress

from crawler.extract.adverts import is_advert, is_offer
from crawler.extract.outline import Outline, is_heading
from crawler.extract.pager_words import is_of_pager
from crawler.extract.phrases import Kind
from crawler.text import fold

_DATE = (
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s?\d{1,2}:\d{2}(?::\d{2})?)?"
    r"|\d{1,3}\s?(?:秒|分钟|小时|天|周|个月|月|年)前"
)
_NUMBER = r"\d[\d,.]*\s?[万wWkK]?\+?"
_COUNT = (
    rf"[^\W\d]{{1,4}}\s?[:：(（]?\s?{_NUMBER}[)）]?"
    rf"|{_NUMBER}\s?(?:次|人|条|个)?\s?(?:阅读|浏览|播放|点击|下载|观看|评论|回复|点赞|赞|收藏|转发|粉丝|跟帖|围观|人?气|热度)"
)
_PART = re.compile(r"\s*[|丨｜·•]\s*")
_SIGN = re.compile(r"[|丨｜·•/]")
_TOLD = re.compile(rf"{_DATE}|{_COUNT}")
_ALL_TOLD = re.compile(rf"(?:(?>{_DATE}|{_COUNT})[\s|丨｜·•]*+)++")
_DATED = re.compile(_DATE)
_LONGEST, _LONGEST_PART = 60, 16
_COUNTS = re.compile(r"(?:[^，。：:\s]{1,16}\s)?(?:[^\W\d]{1,3}\d{1,8}万?\s?[/|]\s?){1,3}[^\W\d]{1,3}\d{1,8}万?")
"""Counts side by side, with a name before them: 回12/阅340."""
_LONGEST_NAME, _SHORTEST_NAME, _LONGEST_SUMMARY = 40, 6, 200
_BROKEN, _MOST_LINES = ("…", "..."), 4
_CLOSED = ("。", "！", "；", "：", ":", "!", ";")


_SIGNED = re.compile(
    rf"[\[(（【]?(?:{_DATE})[\])）】]?\s?(?:[^\W\d]{{2,10}}\s?)?{_NUMBER}\s?(?:次|人|条|个)?\s?"
    r"(?:阅读|浏览|播放|点击|观看|评论|回复|点赞|赞|收藏|转发|跟帖|围观)"
)
"""The same with nothing but blanks between."""


def is_byline(text: str) -> bool:
    """Whether a line is nothing but who, when and how often, with signs between: it stands below what it is told of."""
    if len(text) <= _LONGEST and text[:1] in "[(（【0123456789" and _SIGNED.fullmatch(text):
        return True
    if len(text) > _LONGEST or _SIGN.search(text) is None or not any(map(str.isdigit, text)):
        return False
    parts = _PART.split(text)
    if len(parts) == 1:
        return _COUNTS.fullmatch(text) is not None
    if not all(0 < len(part) <= _LONGEST_PART or _TOLD.fullmatch(part) for part in parts):
        return False
    told = sum(_TOLD.fullmatch(part) is not None for part in parts)
    return told > 1 or (
        told == 1
        and len(parts) < 4
        and any(_DATED.fullmatch(part) or part[-1] in "赞读览" or part[0] in "阅浏" for part in parts)
    )


def summaries(outline: Outline, kinds: Sequence[Kind | None]) -> list[int]:
    """The sentences between the name of an article and the line of when and how often; none are most of a page.

    So are those in a box with a linked name that break off: of them there may be more than there is body.
    """
    found, before, broken = [], False, []
    for index in compress(range(len(kinds) - 1), outline.prose):
        if kinds[index] is not None:
            continue
        if before and _breaks_off(outline, index):
            broken.append(index)
        elif before and kinds[index + 1] is not None and _is_entry(outline, kinds, index):
            found.append(index)
        else:
            before = True
    if not found:
        return broken
    told = sum(outline.sizes[index] for index in found)
    whole = sum(size for size, kind in zip(outline.prose_sizes, kinds, strict=True) if kind is None)
    return [*found, *broken] if 2 * told <= whole else broken


def _breaks_off(outline: Outline, index: int) -> bool:
    """Whether a line breaks off below a linked name, in a small box that begins with that name."""
    if index == 0 or not outline.links[index - 1] or not outline.texts[index].endswith(_BROKEN):
        return False
    element = outline.common(outline.elements[index - 1], outline.elements[index])
    start, end = outline.spans[element]
    return start == index - 1 and end - start <= _MOST_LINES


def _is_entry(outline: Outline, kinds: Sequence[Kind | None], index: int) -> bool:
    return _is_one(outline, index) and _is_told(outline, kinds, index + 1) and _is_named(outline, kinds, index)


def _is_one(outline: Outline, index: int) -> bool:
    """Whether a line is marked up as the ones above and below it."""
    return outline.line_ways[index - 1] == outline.line_ways[index] == outline.line_ways[index + 1]


def _is_told(outline: Outline, kinds: Sequence[Kind | None], index: int) -> bool:
    """Whether a line of when and how often stands here, no pager or advert: a link that says more is another's."""
    text = outline.texts[index]
    if is_advert(text, link=outline.links[index]) or is_offer(text):
        return False
    if outline.links[index] and not _ALL_TOLD.fullmatch(text[: _LONGEST + 1]):
        return False
    if kinds[index] is Kind.EDGE:
        return "." in text or "-" in text or "/" in text or "年" in text
    if kinds[index] not in (Kind.WIDGET, Kind.TEASER) or len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return False
    return not is_of_pager(fold(text))


def _is_named(outline: Outline, kinds: Sequence[Kind | None], index: int) -> bool:
    """Whether a name stands above this line: a link, or, above a byline, a line that ends like none of a text."""
    above, text = index - 1, outline.texts[index - 1]
    if not _SHORTEST_NAME <= len(text) <= _LONGEST_NAME:
        return False
    if outline.links[above]:
        return outline.sizes[index] <= _LONGEST_SUMMARY
    return (
        kinds[above] is None
        and is_byline(outline.texts[index + 1])
        and not text.endswith(_CLOSED)
        and not is_heading(text)
    )
