"""What the links and the lines of a pager say: a word, a number, the place of this part, how many there are."""

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from crawler.extract.page import Anchor
from crawler.numerals import parse_numeral
from crawler.text import fold

MAX_PARTS = 5_000
_LONGEST = 16
"""Links of a pager say no more, unless they tell what the part is about."""
_LONGEST_HEADED = 60


class Word(Enum):
    """Where a link of a pager leads."""

    FIRST = auto()
    PREVIOUS = auto()
    NEXT = auto()
    LAST = auto()
    ALL = auto()  # the whole text on one page
    NUMBER = auto()


class Label(NamedTuple):
    """What a link of a pager says."""

    word: Word
    number: int | None = None
    faint: bool = False
    """It may say something else (上, 二): only the addresses tell."""


class Place(NamedTuple):
    """Where a part stands."""

    part: int
    parts: int


_PAGE = "[页頁]"
_CLICK = "(?:点击|点此|请点|进入|查看|阅读|浏览|转到?|继续){0,3}"
_ABOUT = r"(?:[:(].{0,50})?"
_END = r"[>»›→\])|】]*"
_FORMS = {
    Word.NEXT: rf"[\[(<【]?{_CLICK}(?:下[一1]?{_PAGE}|[后後]一?{_PAGE}|继续阅读|next(?:page)?)(?:阅读|继续)?"
    rf"{_END}{_ABOUT}|[>»›→]{{1,2}}",
    Word.PREVIOUS: rf"[\[<«‹←(【]*(?:[上前][一1]?{_PAGE}|prev(?:ious)?(?:page)?)[\])】]?{_ABOUT}|[<«‹←]{{1,2}}",
    Word.FIRST: rf"[\[<«‹(|【]*(?:首{_PAGE}|第[一1]{_PAGE}|first(?:page)?)[\])】]?|\|<{{1,2}}|<{{1,2}}\|",
    Word.LAST: rf"[\[(【]?(?:[尾末]{_PAGE}|最[后末]一?{_PAGE}|last(?:page)?){_END}|>{{1,2}}\||\|>{{1,2}}",
    Word.ALL: r"[\[(<]?(?:在?本页|点击|单页|查看|显示|展开|浏览|阅读|余下|剩余|更多){1,3}"
    rf"(?:全文|全部|全部内容|内容|阅读|文章){_END}",
    Word.NUMBER: rf"[\[(【第.]*(?P<n>\d{{1,4}})[\])】.]*{_PAGE}?[\])】]?(?:[/(].{{0,12}})?"
    rf"|第(?P<m>\d{{1,4}}){_PAGE}.{{1,50}}|[\[(【]?第(?P<spelt>[二三四五六七八九十]{{1,3}}){_PAGE}[\])】]?",
}
_LABEL = re.compile("|".join(f"(?P<{word.name}>{form})" for word, form in _FORMS.items()), re.IGNORECASE)
_SIGN = re.compile(r"[\d页頁<>«»‹›←→xXtTvV部文读]")
"""A sign in each of the hints: most links hold none, and a set of signs is sought fastest."""
_HINT = re.compile(
    r"[\d页頁<>«»‹›←→]|[Nn][Ee][Xx][Tt]|[Pp][Rr][Ee][Vv]|[Ff][Ii][Rr][Ss][Tt]|[Ll][Aa][Ss][Tt]|全文|全部|阅读"
)
_ICON = re.compile("[\ue000-\uf8ff]")
"""Fonts show pictures for these."""
_HEADED = re.compile(rf"\s{{0,9}}[\[(]?[第下上]\s?[\d一]{{0,4}}\s?{_PAGE}")
_REL = {"next": Label(Word.NEXT), "prev": Label(Word.PREVIOUS)}

_TENS = "一二三四五六七八九十"
_SPELT = (*_TENS, *(f"十{sign}" for sign in _TENS[:9]), "二十")
_BARE = {spelt: Label(Word.NUMBER, number, faint=True) for number, spelt in enumerate(_SPELT, 1)} | {
    "上": Label(Word.NUMBER, 1, faint=True),
    "中": Label(Word.NUMBER, 2, faint=True),
    "下": Label(Word.LAST, faint=True),
}
_FAINT = {
    f"{around[:1]}{text}{around[1:]}": said
    for text, said in _BARE.items()
    for around in ("", "()", "（）", "[]", "【】")
}
"""What parts are called in a sign or two."""

_PIECE = re.compile(
    rf"(?:\d{{1,6}}|第[一二三四五六七八九十]{{1,3}}{_PAGE}|[第共当前现在目总计为是有到转跳至每条记录篇]|页[次码数]|{_PAGE}|goto|go|确定|page|of|total|[/|,.:;·()\[\]【】<>«»‹›←→_-]"
    rf"|[上下前后後]一?{_PAGE}|[首尾末]{_PAGE}|最后一?{_PAGE}|next|previous|prev|first|last|{_CLICK}(?:全文|全部)){{1,200}}+",
    re.IGNORECASE,
)
_PART, _PARTS = r"(?P<part>\d{1,4})", r"(?P<parts>\d{1,4})"
_PLACES = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<![\d/])第?{_PART}/共?{_PARTS}{_PAGE}",
        rf"第{_PART}{_PAGE}[,/|(:;]?共[有计]?{_PARTS}{_PAGE}",
        rf"页[次码数]:?第?{_PART}/共?{_PARTS}",
        rf"page{_PART}of{_PARTS}",
    )
)
_SAYS_PAGE = re.compile(f"{_PAGE}|[PpＰｐ]")
"""Titles with none of these signs place no part."""
_AT_END = re.compile(rf"[(\[【]第?{_PART}/共?{_PARTS}{_PAGE}?[)\]】]$")
_IN_LINES = (
    *_PLACES,
    re.compile(rf"共[有计]?{_PARTS}{_PAGE}\D{{0,6}}第{_PART}{_PAGE}"),
    re.compile(r"(?<![\d/.])(?P<part>\d{1,3})/(?P<parts>\d{1,3})(?![\d/.年月日])"),
)
_TOTAL = re.compile(
    rf"共[有计]?(\d{{1,4}}){_PAGE}|(?:总{_PAGE}数|总共):?(\d{{1,4}}){_PAGE}?|(?<!\d)/(\d{{1,4}}){_PAGE}"
)


def labelled(anchors: Iterable[Anchor]) -> list[tuple[Anchor, Label]]:
    """The links that say what a pager's say, each with that."""
    hinting = [
        anchor
        for anchor in anchors
        if _SIGN.search(text := anchor.text) or text in _FAINT or (anchor.rel and anchor.rel in _REL)
    ]
    return [(anchor, said) for anchor in hinting if (said := label(anchor))]


def label(anchor: Anchor) -> Label | None:
    """What a link says; None: it is none of a pager's."""
    said = _said(anchor.text) if len(anchor.text) <= _LONGEST_HEADED else None
    return said or _FAINT.get(anchor.text) or _REL.get(anchor.rel)


@lru_cache(maxsize=16_384)  # pages are read again at each check, and the same links stand on all pages of a site
def _said(text: str) -> Label | None:
    if len(text) > _LONGEST:
        text = text.strip()
    worth = _HINT.search(text) if len(text) <= _LONGEST else _HEADED.match(text)
    match = _LABEL.fullmatch(fold(_ICON.sub("", text))) if worth else None  # folding every link is dear
    if match is None:
        return None
    word = Word[match.lastgroup or ""]
    return Label(word, _number(match) if word is Word.NUMBER else None)


def _number(match: re.Match[str]) -> int:
    return int(parse_numeral(match["spelt"] or match["n"] or match["m"]) or 0)


def is_of_pager(text: str) -> bool:
    """Whether a folded line consists of what stands in pagers."""
    return len(text) <= 200 and _PIECE.fullmatch(text) is not None


def places(title: str) -> Iterator[Place]:
    """What a title says about its part: '(第28/145页)'."""
    if _SAYS_PAGE.search(title):  # folding is dear
        yield from _places(fold(title[:300]), _PLACES)


def places_at_end(text: str) -> Iterator[Place]:
    """What the end of a title says where links confirm that there are parts: '(28/145)' may else be a date."""
    if text.endswith((")", "）", "]", "】")):  # folding is dear
        yield from _places(fold(text[-40:]), [_AT_END])


def places_in_lines(lines: Iterable[str]) -> Iterator[Place]:
    """The same, as the folded lines of a pager say."""
    for line in lines:
        yield from _places(line, _IN_LINES)


def total_in_lines(lines: Iterable[str]) -> int | None:
    """How many parts, as the folded lines of a pager say."""
    totals = (int(next(filter(None, match.groups()))) for line in lines for match in _TOTAL.finditer(line))
    return next((total for total in totals if 1 < total <= MAX_PARTS), None)


def _places(text: str, forms: Iterable[re.Pattern[str]]) -> Iterator[Place]:
    for match in (match for form in forms for match in form.finditer(text)):
        place = Place(int(match["part"]), int(match["parts"]))
        if 0 < place.part <= place.parts <= MAX_PARTS and place.parts > 1:
            yield place
