"""Finds where a page stands in an article (or a listing) of several parts.

A link belongs to the pager only if its address is the page's own but for a number, and if its text says the same: the
number itself, or a word such as 下一页. Previous and next *articles* (上一篇, 下一篇), comment boxes and lists of other
articles fail one of the two. TRS, the system of many government portals, counts from 0 (index.html is page 1,
index_1.html is page 2) and writes its pagers by script: `createPageHTML(count, current, name, extension)` is read
statically.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from crawler.extract.addresses import Slot, absolute, key, slots
from crawler.extract.page import Anchor, Page
from crawler.model import Pager
from crawler.text import fold

MAX_PARTS = 5_000
_LONGEST_CONTROL = 16
_WINDOW = 10
"""Lists of so many numbers and more may be windows of a longer one."""

_NEXT = re.compile(r"[\[<(]?(?:下一?页|后一?页|下1页|nextpage|next)[>»›→\])]*|[>»›→]{1,2}", re.IGNORECASE)
_PREVIOUS = re.compile(r"[\[<«‹←(]*(?:上一?页|前一?页|上1页|prevpage|prev(?:ious)?)[\])]?|[<«‹←]{1,2}", re.IGNORECASE)
_FIRST = re.compile(r"[\[<«‹(|]*(?:首页|第一页|第1页|first)[\])]?", re.IGNORECASE)
_LAST = re.compile(r"[\[(]?(?:尾页|末页|最后一?页|最末页|last)[>»›\])|]*", re.IGNORECASE)
_NUMBER = re.compile(r"[\[(第.]*(\d{1,4})[\])页.]*(?:[/(].*)?")
_HINT = re.compile(r"\d|页|[<>«»‹›←→]|next|prev|first|last", re.IGNORECASE)
_CONTROL = re.compile(
    "|".join(f"(?:{each.pattern})" for each in (_NUMBER, _NEXT, _PREVIOUS, _FIRST, _LAST)), re.IGNORECASE
)
_PLACE = re.compile(
    r"(?<![\d/])第?(\d{1,4})/(?:共)?(\d{1,4})页|\((\d{1,3})/(\d{1,3})\)$|第(\d{1,4})页[,，/|(（]?共(\d{1,4})页"
)
_TOTAL = re.compile(r"共(\d{1,4})页|(?:总页数|总共)[:：]?(\d{1,4})页?")
_TELLS = re.compile(r"[页/／]|总共")
_SCRIPT = re.compile(
    r"createPage(?:HTML)?\s{0,5}\((?:\s{0,5}['\"][^'\"\n]{0,60}['\"]\s{0,5},)?\s{0,5}(\d{1,5})\s{0,5},\s{0,5}(\d{1,5})\s{0,5},"
    r"\s{0,5}['\"]([\w./-]{1,200})['\"]\s{0,5},\s{0,5}['\"](\w{1,8})['\"]"
)  # fmt: skip


class _Numbered(NamedTuple):
    """A link of the pager whose address carries a number."""

    url: str
    text: str
    slot: Slot

    @property
    def offset(self) -> int | None:
        """How much more the text says than the address: 0, or 1 where addresses count from 0; None: it is a word."""
        number = _NUMBER.fullmatch(self.text)
        return int(number[1]) - self.slot.number if number else None


class _Bare(NamedTuple):
    """A link of the pager whose address carries none: a first page."""

    url: str
    text: str


class _Series(NamedTuple):
    """The links that share the page's address but for the number."""

    own: Slot | None
    numbered: list[_Numbered]
    bare: list[_Bare]

    @property
    def size(self) -> int:
        """How many addresses attest it."""
        return len({link.url for link in self.numbered} | {link.url for link in self.bare})

    def numbers(self, word: re.Pattern[str]) -> list[int]:
        """The numbers of the addresses whose links say so."""
        return [link.slot.number for link in self.numbered if word.fullmatch(link.text)]


def read_pager(page: Page, url: str, markup: str = "") -> Pager | None:
    """The pager of a page read from `url`; None where it is not one of several parts."""
    scripted = _scripted(url, markup)
    if scripted is not None:
        return scripted
    titles = [page.meta.get("<title>", ""), *page.headings]
    series = _series(page, url)
    if series is None:  # a total in the text alone may be that of a comment box; a title's is not
        part, parts = _told(titles)
        return Pager(part=part, parts=parts, urls=(url,) if url else ()) if part else None
    return _assemble(series, url, *_told([*titles, *(line.text for line in page.lines if len(line.text) <= 80)]))


def _told(texts: list[str]) -> tuple[int | None, int | None]:
    """Number of this part and of all, as texts say."""
    folded = [fold(text[:300]) for text in texts if _TELLS.search(text)]
    for text in folded:
        place = _PLACE.search(text)
        if place:
            part, parts = (int(number) for number in place.groups() if number)
            if 0 < part <= parts <= MAX_PARTS and parts > 1:
                return part, parts
    for text in folded:
        total = _TOTAL.search(text)
        if total:
            parts = int(total[1] or total[2])
            return None, parts if 1 < parts <= MAX_PARTS else None
    return None, None


def _scripted(url: str, markup: str) -> Pager | None:
    """The pager a TRS script would write."""
    match = _SCRIPT.search(markup)
    if match is None or not 1 < int(match[1]) <= MAX_PARTS or int(match[2]) >= int(match[1]):
        return None
    count, current, name, extension = int(match[1]), int(match[2]), match[3], match[4]
    names = [f"{name}.{extension}", *(f"{name}_{number}.{extension}" for number in range(1, count))]
    urls = [absolute(url, each) for each in names]
    if not all(urls):
        return Pager(part=current + 1, parts=count)
    if url:
        urls[current] = url
    following = urls[current + 1] if current + 1 < count else None
    return Pager(part=current + 1, parts=count, next=following, urls=tuple(urls))


def _series(page: Page, url: str) -> _Series | None:
    """The best attested series of links around this page: numbers agree with texts, and the page is one of them."""
    own_key, own_slots = key(url), {slot.key: slot for slot in slots(url)}
    found: dict[str, _Series] = {}
    for address, text in _controls(page, url):
        for slot in slots(address):
            if slot.key == own_key or slot.key in own_slots or _lists(url, address, text):
                series = found.setdefault(slot.key, _Series(own_slots.get(slot.key), [], []))
                series.numbered.append(_Numbered(address, text, slot))
        bare = key(address)
        found.setdefault(bare, _Series(own_slots.get(bare), [], [])).bare.append(_Bare(address, text))
    attested = filter(None, (_attest(series, first=each == own_key) for each, series in found.items()))
    return max(attested, key=lambda series: series.size, default=None)


def _controls(page: Page, url: str) -> Iterator[tuple[str, str]]:
    """Address and folded text of each link that may be a pager's."""
    base = absolute(url, page.meta.get("<base>", "")) or url
    for anchor in page.anchors:
        text = _control_text(anchor.text)
        if _is_control(anchor, text):
            address = absolute(base, anchor.href)
            if address:
                yield address, _label(anchor, text)


def _is_control(anchor: Anchor, text: str) -> bool:
    return anchor.rel in ("next", "prev") or (text != "" and _CONTROL.fullmatch(text) is not None)


def _control_text(text: str) -> str:
    """The folded text of a link that may be a pager's; folding every link of a page would cost more than reading it."""
    text = text.strip()
    return fold(text) if len(text) <= _LONGEST_CONTROL and _HINT.search(text) else ""


def _label(anchor: Anchor, text: str) -> str:
    return text or {"next": "下一页", "prev": "上一页"}.get(anchor.rel, "")


def _lists(url: str, address: str, text: str) -> bool:
    """Whether the next page of a listing, which may have another name than the folder (list_12_2.html)."""
    folder = url.split("?", maxsplit=1)[0].rpartition("/")[0]
    return url.endswith("/") and _NEXT.fullmatch(text) is not None and address.startswith(folder + "/")


def _attest(series: _Series, *, first: bool) -> _Series | None:
    """The series less what does not belong to it, if its numbers and words agree and this page may be one of it."""
    own, numbered, bare = series
    if not numbered:  # the second part's way back may be all there is
        back = [link for link in bare if _PREVIOUS.fullmatch(link.text)]
        return _Series(own, [], back) if back and own is not None and own.number in (1, 2) else None
    agreeing = [link for link in numbered if link.offset in (0, 1)]
    words = [link for link in numbered if link.offset is None]
    if not (agreeing or words) or not _holds_page(own, agreeing, words, first=first):
        return None
    return _Series(own, agreeing + words, [link for link in bare if _is_first(link)])


def _holds_page(own: Slot | None, agreeing: list[_Numbered], words: list[_Numbered], *, first: bool) -> bool:
    """Whether this page may be one of a series: the first, which has no number, or near the others."""
    if own is None:
        return first or any(_NEXT.fullmatch(link.text) for link in words)
    near = any(abs(link.slot.number - own.number) == 1 for link in words)
    return near or any(link.slot.number >= own.number - 1 for link in agreeing)


def _is_first(link: _Bare) -> bool:
    number = _NUMBER.fullmatch(link.text)
    return number[1] == "1" if number else not _NEXT.fullmatch(link.text) and not _LAST.fullmatch(link.text)


def _assemble(series: _Series, url: str, part: int | None, parts: int | None) -> Pager:
    offset = _offset(series, part)
    if part is None:
        part = series.own.number + offset if series.own else 1
    known = _known(series, url, part, offset)
    parts = parts or _count(series, known, offset, part)
    if parts is not None and part > parts:
        parts = None
    urls = _fill(series, known, offset, parts)
    told = (link.url for link in series.numbered if _NEXT.fullmatch(link.text) and link.url != url)
    return Pager(part=part, parts=parts, next=next(told, None) or _after(known, urls, part, parts), urls=urls)


def _known(series: _Series, url: str, part: int, offset: int) -> dict[int, str]:
    """Number of a part -> its address, as far as links tell."""
    known = {part: url}
    for link in series.numbered:
        known.setdefault(link.slot.number + offset, link.url)
    for first in series.bare[:1]:
        known.setdefault(1, first.url)
    return known


def _after(known: dict[int, str], urls: tuple[str, ...], part: int, parts: int | None) -> str | None:
    if part + 1 in known:
        return known[part + 1]
    return urls[part] if parts is not None and len(urls) == parts and part < parts else None


def _offset(series: _Series, part: int | None) -> int:
    """1 where addresses count from 0 (a second page with the number 1), else 0."""
    offsets = Counter(link.offset for link in series.numbered if link.offset in (0, 1))
    if offsets:
        return int(offsets.most_common(1)[0][0] or 0)
    if series.own is None:
        return int(series.numbers(_NEXT)[:1] == [1])
    if part is not None:
        return int(part - series.own.number == 1)
    return int(series.own.number == 1 and any(_PREVIOUS.fullmatch(link.text) for link in series.bare))


def _count(series: _Series, known: dict[int, str], offset: int, part: int) -> int | None:
    """How many parts: by the link to the last one, or by a list of numbers that is whole."""
    last = series.numbers(_LAST)
    if last:
        return max(last[0] + offset, part)
    listed = series.numbers(_NUMBER)
    if not listed:
        return None
    numbers = {part, *(number + offset for number in listed)}
    greatest = max(numbers)
    return greatest if greatest <= MAX_PARTS and _is_whole(numbers, known, greatest) else None


def _is_whole(numbers: set[int], known: dict[int, str], greatest: int) -> bool:
    """Whether a list of numbers ends with the last part: none is missing, or all between a window and the last are."""
    if greatest < _WINDOW:
        return all(number in known for number in range(1, greatest + 1))
    return not {greatest - 1, greatest - 2} & numbers


def _fill(series: _Series, known: dict[int, str], offset: int, parts: int | None) -> tuple[str, ...]:
    """All addresses where each is told or follows from the slot; else those told, in order."""
    if parts is not None and series.numbered and 1 in known:
        slot = series.numbered[0].slot
        return tuple(known.get(number) or slot.at(number - offset) for number in range(1, parts + 1))
    return tuple(known[number] for number in sorted(known) if number > 0)
