"""What one line is to a document that may hold many reports: a heading, an opening, a dateline, text. Ring 1.

A heading is a whole line in the form of a report's title ('平湖市2023年政府工作报告'), a number as compilations give it
('第3篇：…', '【篇一】') or, where an opening follows, a place alone ('1. 北京市'). Sentences that name a report, links
to others and the titles of annexes are none.
"""

import re
from dataclasses import replace
from typing import Literal

from crawler.model import value
from crawler.numerals import parse_numeral
from crawler.text import fold

LONGEST_HEADING = 100
_LONGEST_LABEL = 60
"""A line of more characters is text, whatever it ends with."""
_SEEN = 160
"""So many characters of a paragraph say whether it opens a report."""

_N = r"(?:\d{1,3}|[一二三四五六七八九十百零〇]{1,5})"
_YEAR = r"(?:19|20)\d\d年?度?"
_PIECE = re.compile(rf"^[【\[(《]?(?:第({_N})[篇份则]|(?:篇|范文|例文|报告)({_N})(?![\d年月个、]))[】\])》]?[:、.,·-]*")
_NUMBER = re.compile(rf"^(?:[(\[【]({_N})[)\]】]|({_N})[、.:])[、.:]?(?:(?!\d)|(?={_YEAR}))")
_TITLE = re.compile(
    rf"^(?:\([一-龥]{{2,12}}\))?(?P<who>[^。;!?:,、《》\"/|]{{0,50}}?(?:政府(?:{_YEAR})?的?|政府(?=20)))工作报告"
    rf"(?P<rest>(?:[(\[【][^()\[\]【】]{{1,60}}[)\]】]|(?:篇|之)?{_N}|全文|摘要|节选|范文|实录"
    rf"|-{{1,4}}(?:{_YEAR}|在)[^。;!?]{{4,60}}|(?:19|20)\d\d年?(?:\d\d?月\d\d?日)?){{0,3}})$"
)
_BEHIND = re.compile(rf"(?<!\d)({_N})[)\]】]?$")
_NO_TITLE = re.compile(
    r"学习|贯彻|审议|讨论|听取|通过|解读|读懂|落实|关于|附件|摘自|来源|根据|按照|起草|征求|修改|以下|以上|上述|下面"
    r"|阅读|链接|下载|上一|下一|相关|更多|推荐|一图|图解|精神|[作做]政府|所作|热议|聚焦|名词|注释|决议|说明|任务|分解|回顾"
)
_PLACE = r"([一-龥]{2,12}[省市县区州旗盟])"
_PLACE_ALONE = re.compile(rf"^[【\[(]?{_PLACE}[】\])]?:?$")
_PLACE_BEFORE = re.compile(rf"^[【\[]?{_PLACE}[】\]:·-]+(?=.)")
_PLACE_BEHIND = re.compile(rf"[(\[【]{_PLACE}[)\]】]")
_SESSION = re.compile(
    r"[在日]([^,;:。!?在日]{2,30}?)(?:第[一二三四五六七八九十\d]{1,4}[届次]|人民代表大会|人大|会议)(?=.*(?:[上的]|会议))"
)
_SALUTATION = re.compile(r"^(?:尊敬的)?各位(?:代表|委员|同志|领导)[^。!]{0,20}[:,]?$")
_OPENING = re.compile(
    r"^(?:(?:尊敬的)?各位代表[^。]{0,20}?[:,!]+)?(?:现在|下面|首先|我代表|受|今天)"
    r"[^。]{0,40}?(?:报告|汇报)[^。]{0,60}?(?:审议|审查|意见)"
)
_REPORTS = re.compile(r"[报汇]\s*[告报]")
_SPEAKER = re.compile(r"代表(?:大会主席团|政府|国务院|([一-龥]{1,15}?)(?:人民)?政府)")
_TELLING = re.compile(r"^\s*[(（一二三四五六七八九十]|审\s*[议查]|意\s*见")
_CHAPTER = re.compile(r"^(?:([一二三四五六七八九十]{1,3})、|\(([一二三四五六七八九十]{1,3})\))")
_SENTENCE = re.compile(r"[。;!?,]")
_DAY = re.compile(rf"{_YEAR}|\d{{1,2}}月\d{{1,2}}日")
_UNNAMED = re.compile(r"[×*○Xx某届次]|^(?:全|我|本|各|该)")
_SHOWN_NUMBER = re.compile(
    rf"^\s*(?:[【\[(（《［〔]?\s*(?:第\s*{_N}\s*[篇份则]|(?:篇|范文|例文|报告)\s*{_N})\s*[】\])）》］〕]?[\s:：、.．,，·—–-]*"
    rf"|[(（\[【［]\s*{_N}\s*[)）\]】］][、.．:：\s]*|{_N}\s*[、.．:：]\s*)"
)


@value
class Line:
    """One paragraph as the splitting sees it."""

    kind: Literal["heading", "text", "other"]
    """What is no heading and no sentence (a name, a date, a chapter's title) is `other`."""
    named: bool = False
    """The heading is a report's title."""
    counted: bool = False
    """The heading has a number as only compilations give it ('第3篇')."""
    number: int | None = None
    place: str = ""
    """Which the heading, dateline or opening names; empty for 'the city' and the like."""
    year: int | None = None
    salutes: bool = False
    """'各位代表：' alone on its line."""
    opens: bool = False
    """'现在，我代表…，向大会报告工作，请予审议'."""
    reports: bool = False
    """The text speaks of a report: as what follows a salutation does where a report begins."""
    dated: bool = False
    """'——2023年2月1日在平湖市第…届人民代表大会第…次会议上'."""
    chapter: tuple[int, int] = (0, 0)
    """Level (1: 一、 2: （一）) and number of the chapter that begins here."""
    size: int = 0
    """Characters of text."""


def read_line(paragraph: str) -> Line:
    """What a paragraph is."""
    if len(paragraph) > LONGEST_HEADING:
        head = paragraph[:_SEEN]
        # Folding is the dearest step here, and hardly any paragraph needs it.
        return _text(paragraph, fold(head) if _TELLING.search(head) else "")
    line = fold(paragraph)
    heading = _heading(line)
    if heading is not None:
        return heading
    if session := _dateline(line):
        return Line(kind="other", dated=True, place=known(session[1]), year=year_in(line))
    if _SALUTATION.match(line):
        return Line(kind="other", salutes=True)
    if _SENTENCE.search(line) or len(line) > _LONGEST_LABEL:
        return _text(paragraph, line)
    return Line(kind="other", chapter=_chapter(line))


def without_number(title: str) -> str:
    """A heading as shown, without the number that a compilation put before it: '第3篇：甲市…' -> '甲市…'."""
    return _SHOWN_NUMBER.sub("", title, count=1).strip() or title.strip()


def year_in(line: str) -> int | None:
    """The first year of a folded line."""
    found = re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)", line)
    return int(found[1]) if found else None


def known(name: str) -> str:
    """A place's name, if it is one: not '市', 'XX市' or '全县'."""
    bare = _DAY.sub("", name)
    return bare if 2 <= len(bare) <= 15 and not _UNNAMED.search(bare) else ""


def same_place(one: str, other: str) -> bool:
    """Whether two names surely mean one place: with and without the province, or the last character."""
    short, long = sorted((one, other), key=len)
    return long.endswith(short) or (long.startswith(short) and len(long) == len(short) + 1)


def other_place(one: str, other: str) -> bool:
    """Whether two names surely mean two places; empty ones and short forms (黔东南州) may mean any."""
    return bool(one and other) and not same_place(one, other) and one[:2] != other[:2]


def _dateline(line: str) -> re.Match[str] | None:
    """The session a line names, if it says nothing else but when and who."""
    if _SENTENCE.search(line.rstrip("。)")) or not _DAY.search(line):
        return None
    return _SESSION.search(line)


def _text(paragraph: str, head: str) -> Line:
    opens = "报" in head and _OPENING.match(head) is not None
    speaker = _SPEAKER.search(head) if opens else None
    place = known(speaker[1] or "") if speaker else ""
    reports = _REPORTS.search(paragraph[:LONGEST_HEADING]) is not None
    return Line(kind="text", size=len(paragraph), opens=opens, reports=reports, place=place, chapter=_chapter(head))


def _heading(line: str) -> Line | None:
    numbered, rest = _numbered(line)
    bare = rest[1:-1] if rest.startswith("《") and rest.endswith("》") else rest
    title = _TITLE.match(_PLACE_BEFORE.sub(r"\1", bare, count=1))
    if title and not _NO_TITLE.search(title["who"] + title["rest"]):
        return _titled(numbered, title)
    if numbered.counted and len(line) <= _LONGEST_LABEL and not _SENTENCE.search(rest):
        return numbered
    alone = _PLACE_ALONE.match(rest)
    return replace(numbered, place=known(alone[1])) if alone else None


def _numbered(line: str) -> tuple[Line, str]:
    """What a number before a heading makes of it, and the heading without it."""
    counted = _PIECE.match(line)
    prefix = counted or _NUMBER.match(line)
    rest = line[prefix.end() :] if prefix else line
    number = _ordinal(prefix[1] or prefix[2]) if prefix else None
    return Line(kind="heading", counted=counted is not None, number=number, year=year_in(rest)), rest


def _titled(heading: Line, title: re.Match[str]) -> Line:
    """A heading that is a report's title; its number may stand behind."""
    behind = _BEHIND.search(title["rest"]) if heading.number is None else None
    number = _ordinal(behind[1]) if behind else heading.number
    elsewhere = _SESSION.search(title["rest"]) or _PLACE_BEHIND.search(title["rest"])
    place = _place(title["who"]) or (known(elsewhere[1]) if elsewhere else "")
    return replace(heading, named=True, number=number, place=place)


def _place(who: str) -> str:
    """Whose report it is: '2023年2月1日在平湖市第…会议上的政府' -> '平湖市'."""
    name = _DAY.sub("", re.sub(r"(?:人民)?政府.*$", "", who)).rpartition("在")[2]
    return known(re.split(r"第[一二三四五六七八九十\d]{1,4}[届次]|人民代表大会", name)[0].lstrip("-"))


def _chapter(line: str) -> tuple[int, int]:
    found = _CHAPTER.match(line)
    if not found:
        return 0, 0
    return (1, _ordinal(found[1])) if found[1] else (2, _ordinal(found[2]))


def _ordinal(figures: str) -> int:
    """'112', '一百一十二' -> 112."""
    return int(parse_numeral(figures) or 0)
