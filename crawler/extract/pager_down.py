"""Series that count down: some systems give new pages of a listing the highest number.

VSB calls the first of n pages xwdt.htm, page 2 xwdt/{n-1}.htm, and the last one xwdt/1.htm: the numbers of a page and
of its address add up to n + 1. Numbers tell the sum; else words do: 下页 leads to a greater number than 尾页, or to a
smaller one than the page's own. One of the numbers always looks as if it counted up (page 2 of 3 is 2.htm).
"""

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from crawler.extract.pager_links import Link, Series
from crawler.extract.pager_words import Word

_ENDS = (0, 1)
"""The last page's number."""
_ASTRAY = 3
"""A page of which only the neighbours are known is at least the third."""
_FOLDER = re.compile(r"/(?:(?:index|default)\.\w{3,5})?$", re.IGNORECASE)
_LIST = re.compile(r"/(?:list|index|default|page)(?:[\w-]*[_-])?$", re.IGNORECASE)
"""How the addresses of a listing's further pages begin."""


def counted_down(series: Series, url: str) -> Series:
    """The series around the page at `url` read from its end, if its links say so."""
    sums = Counter({link.url: link.total for link in series.numbered if link.total}.values())
    upwards = Counter({link.url: link.offset for link in series.numbered if link.offset in _ENDS}.values())
    total, votes = sums.most_common(1)[0] if sums else (0, 0)
    against = max(upwards.values(), default=0)
    if votes < against or not _may(series):
        return series
    if votes > max(against, 1) and (_has_words(series) or _is_whole(series, total)):
        return series.counted_down(total)
    if votes == 1 and not _has_words(series):
        return series.counted_down(total) if not against and _is_whole(series, total) else series
    return _by_words(series, url, total)


def moored(series: Series, places: Sequence[tuple[int, int]], parts: int | None) -> Series:
    """A series adrift, if a text says which page this is of how many, or only how many there are."""
    written = series.own.written if series.own else 0
    total = next((of + 1 for part, of in places if part + written == of + 1), 0)
    total = total or (parts + 1 if parts and parts > written else 0)
    return series.counted_down(total) if series.adrift and total else series


def _may(series: Series) -> bool:
    return any(link.slot and not link.slot.query for link in series.numbered)


def _has_words(series: Series) -> bool:
    return any(link.word is not Word.NUMBER for link in series.numbered)


def _is_whole(series: Series, total: int) -> bool:
    """Whether numbers alone tell: page 1 has none in its address, and the last page has the number 1."""
    numbers = {link.number: link for link in series.numbered if link.number}
    first = any(link.number == 1 for link in series.bare) if series.own else 1 not in numbers
    here = {total - series.own.number} if series.own else {1}
    return first and not here & set(numbers) and max(here.union(numbers)) == total - 1


def _by_words(series: Series, url: str, total: int) -> Series:
    """The series if its words say that it counts down: with the sum that numbers tell, or else the words themselves."""
    if series.own is None:
        told = _of_first(series, url)
        return series.counted_down(told) if told and total in (0, told) else series
    here = series.own.number
    onward, back = _leading(series, Word.NEXT), _leading(series, Word.PREVIOUS)
    if here + 1 in onward or here - 1 in back or not (onward[:1] == [here - 1] or back[:1] == [here + 1]):
        return series
    if total:
        return series.counted_down(total)
    if any(link.word is Word.PREVIOUS for link in series.bare):
        return series.counted_down(here + 2)
    last = _leading(series, Word.LAST)
    known = series.leads_back() or (last and last[-1] in _ENDS) or _LIST.search(urlsplit(series.own.before).path)
    return series.counted_down(here + _ASTRAY, adrift=True) if known else series


def _of_first(series: Series, url: str) -> int:
    """The sum that the first page's words tell; 0: they count up."""
    onward = _leading(series, Word.NEXT)
    second, last = onward[0] if onward else 0, [*onward[1:], *_leading(series, Word.LAST)]
    if last:
        return second + 2 if last[-1] < second and last[-1] in _ENDS else 0
    return second + 2 if second > 2 and _is_own(series.numbered[0], url) else 0


def _is_own(link: Link, url: str) -> bool:
    """Whether an address belongs to the page's own alone: that of a folder is shared by all that is in it."""
    folder = _FOLDER.search(urlsplit(url).path)
    return link.slot is not None and (not folder or _LIST.search(urlsplit(link.slot.before).path) is not None)


def _leading(series: Series, word: Word) -> list[int]:
    """The numbers of the addresses where this word leads, in the order of their links."""
    return [link.slot.number for link in series.numbered if link.slot and link.word is word]
