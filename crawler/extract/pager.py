"""Finds where a page stands in an article (or a listing) of several parts.

A link belongs to the pager only if its address is the page's own but for a number, and if its text says the same: the
number itself, or a word such as 下一页. Some systems, TRS among them, count from 0 (index.html is page 1, index_1.html
is page 2) or write their pagers by script. What the text says (第2页/共5页) is believed where it agrees with the links,
for comment boxes have pagers, too. A page that shows only the beginning of its article and leads to the whole on
another page (余下全文) has that one as its only part.
"""

import re
from collections.abc import Iterable
from itertools import islice

from crawler.extract.page import Page
from crawler.extract.pager_down import moored
from crawler.extract.pager_links import Series
from crawler.extract.pager_scripts import scripted
from crawler.extract.pager_series import find_links, find_series, find_whole
from crawler.extract.pager_words import (
    MAX_PARTS,
    Place,
    Word,
    is_of_pager,
    places,
    places_at_end,
    places_in_lines,
    total_in_lines,
)
from crawler.model import Pager
from crawler.text import fold

_MOST_LINKS = 2_000
"""No page has more links that look like a pager's."""
_WINDOW = 10
"""Lists of so many numbers and more may be windows of a longer one."""
_LONGEST_TITLE = 80
"""A line that repeats the title with the part's number is no longer."""
_AROUND = 12
"""So many lines before and behind its links belong to a pager."""
_BETWEEN_NUMBERS = re.compile(r"(?<=\d)\s+(?=\d)")


def read_pager(page: Page, url: str) -> Pager | None:
    """The pager of a page read from `url`; None where it is not one of several parts."""
    return scripted(url, page.scripts) or _linked(page, url) or _titled(page, url)


def _linked(page: Page, url: str) -> Pager | None:
    """The pager that links tell."""
    links = list(islice(find_links(page, url), _MOST_LINKS))
    series = find_series(page, url, links)
    if series:
        return _assembled(series, url, _said(page, series), _block(page, series))
    complete = find_whole(url, links)
    return Pager(urls=(complete,)) if complete else None


def _titled(page: Page, url: str) -> Pager | None:
    """What the title alone tells."""
    told = next((place for title in _titles(page) for place in places(title)), None)
    return Pager(part=told.part, parts=told.parts, urls=(url,) if url else ()) if told else None


def _titles(page: Page) -> list[str]:
    return list(dict.fromkeys((page.meta.get("<title>", ""), *page.headings)))


def _said(page: Page, series: Series) -> list[Place]:
    """What titles, and lines that may repeat them, say about the part."""
    titles = _titles(page)
    above = [line.text for line in page.lines[: max(series.lines)] if len(line.text) <= _LONGEST_TITLE]
    said = [place for title in titles for place in places(title)]
    return said + [place for text in (*titles, *above) for place in places_at_end(text)]


def _block(page: Page, series: Series) -> list[str]:
    """The folded lines of the pager: those of its links, and what belongs to a pager right around them."""
    block: dict[int, str] = {}
    for start in sorted(series.lines):
        for step in (1, -1):
            for index in range(start, start + step * _AROUND, step):
                if index not in block:
                    text = _apart(page.lines[index].text) if 0 <= index < len(page.lines) else ""
                    if not is_of_pager(text):
                        break
                    block[index] = text
    return [block[index] for index in sorted(block)]


def _apart(text: str) -> str:
    """A folded line whose numbers do not run into one another: 1/2 1 2 are no 212 parts."""
    return fold(_BETWEEN_NUMBERS.sub("|", text))


def _assembled(series: Series, url: str, said: Iterable[Place], block: list[str]) -> Pager:
    told = [*said, *places_in_lines(block)]
    series = moored(series, told, total_in_lines(block))
    offset = _offset(series, {place.part for place in told})
    part = series.own.number + offset if series.own else 1
    known = _known(series, url, part, offset)
    parts = _parts(series, known, offset, part, told, block)
    urls = _filled(series, known, offset, parts)
    if series.adrift:
        return Pager(next=known.get(part + 1), urls=urls)
    return Pager(part=part, parts=parts, next=_after(known, urls, part, parts), urls=urls)


def _offset(series: Series, told: set[int]) -> int:
    """1 where addresses count from 0 (a second page with the number 1), else 0."""
    agreed = next((link.offset for link in series.numbered if link.offset is not None), None)
    if agreed is not None:
        return agreed
    if series.own is None:
        return int(1 in series.numbers(Word.NEXT) and 2 not in series.numbers(Word.NEXT))
    here = series.own.number
    if here == 0 or (here not in told and here + 1 in told):
        return 1
    return int(here == 1 and any(link.word is not Word.FIRST for link in series.bare))


def _known(series: Series, url: str, part: int, offset: int) -> dict[int, str]:
    """Number of a part -> its address, as far as links tell."""
    known = {part: url}
    for link in series.numbered:
        if link.slot:
            known.setdefault(link.slot.number + offset, link.url)
    for first in series.bare[:1]:
        known.setdefault(1, first.url)
    return known


def _parts(
    series: Series, known: dict[int, str], offset: int, part: int, told: Iterable[Place], block: list[str]
) -> int | None:
    """How many parts: by words, by the link to the last one, or by a list of numbers that is whole."""
    least = max(known)
    last = (number + offset for number in series.numbers(Word.LAST))
    total = _placed_among(told, part, least) or max(last, default=None) or total_in_lines(block)
    if series.sum:
        return _counted(series, total or least, least)
    if total and least <= total <= MAX_PARTS:
        return total
    numbers = {part, *(number + offset for number in series.numbers(Word.NUMBER))}
    numbers |= {1 for link in series.bare if link.number == 1}
    return least if _is_whole(numbers, known) else None


def _counted(series: Series, total: int, least: int) -> int | None:
    """How many parts a series has that counts down to 1: on the second page, this itself tells."""
    if series.adrift or not least <= total <= MAX_PARTS:
        return None
    if total in (series.sum, series.sum - 1):
        return total
    return series.sum - 1 if series.own else None


def _placed_among(told: Iterable[Place], part: int, least: int) -> int | None:
    """Among how many parts a text places this one."""
    return next((place.parts for place in told if place.part == part and place.parts >= least), None)


def _is_whole(numbers: set[int], known: dict[int, str]) -> bool:
    """Whether a list of numbers ends with the last part: none is missing, or all between a window and the last are."""
    greatest = max(numbers)
    if len(numbers) == 1 or greatest < max(known) or greatest > MAX_PARTS:
        return False
    if greatest < _WINDOW:
        return all(number in known for number in range(1, greatest + 1))
    return not {greatest - 1, greatest - 2} & numbers


def _filled(series: Series, known: dict[int, str], offset: int, parts: int | None) -> tuple[str, ...]:
    """All addresses where each is told or follows from the slot; else those told, in order."""
    slot = next((link.slot for link in series.numbered if link.slot), None)
    if parts is not None and slot and 1 in known:
        return tuple(known.get(number) or slot.at(number - offset) for number in range(1, parts + 1))
    return tuple(known[number] for number in sorted(known) if number > 0)


def _after(known: dict[int, str], urls: tuple[str, ...], part: int, parts: int | None) -> str | None:
    if part + 1 in known:
        return known[part + 1]
    return urls[part] if parts is not None and len(urls) == parts and part < parts else None
