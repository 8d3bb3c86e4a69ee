"""The links of a page's pager: those whose addresses are its own but for a number, and whose texts say the same.

Previous and next *articles* (上一篇, 下一篇), lists of other articles, calendars and ids fail one of the two. Comment
boxes are told by their addresses, or by the heading they stand below.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from crawler.extract.addresses import Slot, absolute, base_of, host, key, settled, slots, whole
from crawler.extract.page import Anchor, Page
from crawler.extract.pager_down import counted_down
from crawler.extract.pager_links import Link, Series
from crawler.extract.pager_words import Word, labelled
from crawler.extract.phrases import Kind, kind

_REMARKS = re.compile(r"comment|pinglun|/pl[/?]|repl(?:y|ies)|respond|liuyan|guestbook|feedback", re.IGNORECASE)
_HOME = re.compile(r"(?<=/)(?:index|default)\.\w{3,5}$", re.IGNORECASE)
_LIST = re.compile(r"/(?:list|index|default|page)[\w-]*\.\w{3,5}$", re.IGNORECASE)
_STATIC = re.compile(r"\.(?:s?html?|xhtml)$", re.IGNORECASE)
_UNTOLD = (Word.FIRST, Word.ALL)
"""Links that say no more attest no series."""
_LONGEST_HEADING = 40
_PROSE = 50
"""Comments stand behind a line of so many characters."""
_REACH = 400
"""So many lines behind their heading, the numbers below comments are looked for."""


def find_links(page: Page, url: str) -> Iterator[Link]:
    """The links of a page that may be a pager's: none where they only say 首页, as the way to a site's home does."""
    said = labelled(page.anchors)
    if all(told.word is Word.FIRST for _, told in said):
        return
    base, own, address = base_of(url, page.meta), host(url), urlsplit(url)
    remarks = _REMARKS.search(address.path + address.query) is not None
    for anchor, told in said:
        leads = absolute(base, anchor.href, own) if _leads(anchor) else ""
        if leads and (remarks or not _REMARKS.search(anchor.href)):
            yield Link(settled(leads), told.word, told.number, anchor.line, faint=told.faint)


def find_series(page: Page, url: str, links: Sequence[Link]) -> Series | None:
    """The best attested series of links around the page at `url`; None: it is no part of one."""
    if all(link.word in _UNTOLD for link in links):
        return None
    attested = (_attested(counted_down(series, url)) for series in _around(url, links))
    belonging = [series for series in attested if series and not _below_comments(series, page)]
    return max(belonging, key=_rank, default=None)


def _around(url: str, links: Iterable[Link]) -> Iterator[Series]:
    """The series of links that the page at `url` may be one of, or the first of."""
    forms = _forms(url)
    firsts = {key(form) for form in forms}
    own = {(slot.key, slot.query): slot for form in forms for slot in slots(form)}
    for (shared, _), series in _grouped(links, own).items():
        if series.own or shared in firsts or _lists(series, url):
            yield series


def _grouped(links: Iterable[Link], own: Mapping[tuple[str, bool], Slot]) -> dict[tuple[str, bool], Series]:
    """The links by what their addresses share, and by whether the number is a parameter."""
    found: dict[tuple[str, bool], Series] = {}
    for link in links:
        bare = key(link.url)
        for query in (True, False):
            found.setdefault((bare, query), Series(own.get((bare, query)), [], [])).bare.append(link)
        for slot in slots(link.url):
            group = slot.key, slot.query
            found.setdefault(group, Series(own.get(group), [], [])).numbered.append(link._replace(slot=slot))
    return found


def find_whole(url: str, links: Iterable[Link]) -> str | None:
    """Where the whole text of the page's article stands on one page (余下全文): an address of its own."""
    own = key(url)
    return next((link.url for link in links if link.word is Word.ALL and whole(link.url) == own), None)


def _forms(url: str) -> list[str]:
    """The page's address, and without a query that cannot matter."""
    address = urlsplit(settled(url))
    bare = address._replace(query="") if address.query and _STATIC.search(address.path) else address
    return list(dict.fromkeys((address.geturl(), bare.geturl())))


def _leads(anchor: Anchor) -> bool:
    """Whether a link leads to another page; values of options need not be addresses."""
    return not anchor.href.startswith("#") and (anchor.rel != "option" or any(sign in anchor.href for sign in "/.?"))


def _lists(series: Series, url: str) -> bool:
    """Whether this is the pager of a listing whose further pages have another name than its folder (list_12_2.html)."""
    folder = _HOME.sub("", settled(url))
    if not folder.endswith("/") or series.own:
        return False
    beside = [link for link in series.numbered if link.url.partition("?")[0].rpartition("/")[0] + "/" == folder]
    if not beside:
        return False
    further = counted_down(Series(None, beside, []), url)
    return bool({1, 2} & set(further.numbers(Word.NEXT))) or any(map(_is_second_of_list, further.numbered))


def _is_second_of_list(link: Link) -> bool:
    """Whether the second page of what calls itself a list is linked (list_12_2.html)."""
    return link.number == 2 and link.offset in (0, 1) and _LIST.search(link.url) is not None


def _attested(series: Series) -> Series | None:
    """The series less what does not belong to it, if numbers and words agree and this page may be one of it."""
    bare = [link for link in series.bare if _is_first(link)]
    if not series.numbered:
        return _way_back(series.own, bare)
    offsets = Counter(link.offset for link in series.numbered if link.offset in (0, 1))
    offset = offsets.most_common(1)[0][0] if offsets else None
    numbers = [link for link in series.numbered if link.offset == offset and link.number is not None]
    placed = filter(None, (_placed(link, series.own) for link in series.numbered))
    kept = series._replace(numbered=[*numbers, *placed], bare=bare)
    return kept if _holds(kept, offset) else None


def _way_back(own: Slot | None, bare: list[Link]) -> Series | None:
    """The second part's way back may be all there is."""
    back = any(link.word is not Word.FIRST for link in bare)
    return Series(own, [], bare) if back and own and own.number in (1, 2) else None


def _is_first(link: Link) -> bool:
    return link.number == 1 or link.word in (Word.FIRST, Word.PREVIOUS)


def _placed(link: Link, own: Slot | None) -> Link | None:
    """A link that says a word, taken by where it leads: '»' may be the next part or the last; None: it does not fit."""
    here = own.number if own else 0
    number = link.slot.number if link.slot else here
    if link.word in (Word.NEXT, Word.LAST) and number > here:
        near = link.word is Word.NEXT and number <= (here + 1 if own else 2)
        return link._replace(word=Word.NEXT if near else Word.LAST)
    return _behind(link, number, here) if link.word in (Word.FIRST, Word.PREVIOUS) else None


def _behind(link: Link, number: int, here: int) -> Link | None:
    if link.word is Word.PREVIOUS and number == here - 1:
        return link
    return link._replace(word=Word.FIRST) if number <= min(here, 1) else None


def _holds(series: Series, offset: int | None) -> bool:
    """Whether this page is one of the series: its neighbour is linked, and its number is no article's id."""
    if series.own is None:
        second = 2 in series.numbers(Word.LAST) or (offset is not None and 2 - offset in series.numbers(Word.NUMBER))
        return second or bool(series.numbers(Word.NEXT))
    here = series.own.number
    near = {abs(number - here) for number in series.numbers(Word.NUMBER, Word.NEXT, Word.PREVIOUS)}
    if 1 not in near and not (series.bare and here in (1, 2)):
        return False
    sure = series.own.sum > 0 or here < series.own.ids or series.leads_back()
    return sure or (offset is not None and not all(link.faint for link in series.numbered))


def _below_comments(series: Series, page: Page) -> bool:
    """Whether these are the numbers below readers' comments: behind a body and a heading such as 网友评论."""
    numbered = [link for link in series.numbered if link.slot and link.slot.query]
    if series.own or not numbered:
        return False
    first = min(link.line for link in numbered)
    before = page.lines[max(0, first - _REACH) : first]
    heading = next((i for i, line in enumerate(before) if len(line.text) <= _LONGEST_HEADING and _heads(line.text)), 0)
    return any(len(line.text) >= _PROSE for line in before[:heading])


def _heads(text: str) -> bool:
    return ("评" in text or "留言" in text or "跟" in text) and kind(text) is Kind.COMMENTS


def _rank(series: Series) -> tuple[bool, int]:
    """An article's parts have addresses of their own; comments below it are rather told apart by a parameter."""
    query = any(link.slot.query for link in series.numbered if link.slot)
    return series.own is not None or not query, series.size
