"""The title of a page: what its window, its metadata and a line above its body agree on, less the names of the site.

Windows hold the names of site and columns before or behind the title, in any order and behind any sign; headings may be
the logo's, or hold credits. A title shown above the body that the window holds, too, is the surest.
"""

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from html import unescape
from itertools import takewhile

from crawler.extract.normalize import normalize
from crawler.extract.outline import is_heading
from crawler.extract.page import Line, Page
from crawler.text import fold

_NAMES = ("articletitle", "og:title", "twitter:title", "title")
_SITE_NAMES = ("sitename", "og:site_name", "application-name", "columnname", "sitedomain")
_SITE = re.compile(
    r"(?:网|网站|网页|站|门户|频道|新闻|首页|主页|政府|日报|晚报|时报|早报|报社|资讯|在线|论坛|博客|社区|平台|公众号|中心|客户端|文库"
    r"|信息公开|政务公开|政务|要闻|快讯|头条|电视台|医院|大学|学院|研究[所院]|委员会|管委会|[局厅]|办公室)$"
    r"|(?:^|[./@])[a-z0-9-]+\.(?:com|cn|net|org|gov)|^(?:欢迎|首页|中国[一-龥]{2,3}$)|^powered",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[:：,，。？！?!、“”\"《》…]")
_LONGEST_SITE = 24
_GENRE = re.compile(r"报告|公报|通知|通告|公告|意见|决定|决议|办法|规划|纲要|方案|讲话|要点|计划|目标|草案|条例")
_STRONG = re.compile(r"\s*[_|｜»>＞]+\s*|\s+[-–—]{1,2}\s+")
_DASH = re.compile(r"\s*[-–—]{1,2}\s*")
_DASHES = frozenset("-–—")
_PART = re.compile(
    r"\s*[(（\[【]?\s*第?\s*\d{1,4}\s*/\s*(?:共\s*)?\d{1,4}\s*页?\s*[)）\]】]?\s*$|\s*[(（_-]?\s*第\s*\d{1,4}\s*页\s*[)）]?\s*$"
    r"|\s*[(（]\d{1,3}[)）]$|_\d{1,3}$"
)
_PART_ENDS = frozenset(")）]】页")
_NO_PIECE = re.compile(r"\W*(?:第?\d{1,4}页?)?\W*")
_CREDITS = re.compile(
    r"\s?(?:\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?\s?\d{1,2}:\d{2}|(?:来源|作者|发布时间|评论|点击|浏览)[:：]).*$"
)
_NO_TITLE = re.compile("[>。]")
_LABEL = re.compile("[>＞»:：]")
_SUBTITLE = re.compile(r"\s*[-–—(（]")
_CHINESE = re.compile(r"[一-龥\d]")
_CUT = re.compile(r"(?:\.{2,}|…+)$")
_TAG = re.compile(r"<[^<>]{1,60}>")
_LONGEST = 200
_LONGEST_SHOWN = 120
"""A line above the body that repeats the window's title is no longer."""
_NEAR = 60
"""A title stands at most so many lines above its body."""
_NEAREST = 12
_HEAD = 6
"""So many lines below the title may say where and when a report was given."""
_AMONG = 20
"""So many lines a text without markup may begin with before its title …"""
_LONGEST_LINE = 100
"""… if none is longer."""
_SHORTEST = 4
_SLACK = 8


def find_title(page: Page, above: Sequence[str] = ()) -> str:
    """The title; `above` are the lines before the body, nearest last, for pages whose title is no heading."""
    sites = _sites(page)
    wanted = _wanted(page, sites)
    headings = [without_part(_CREDITS.sub("", text)) for text in page.headings if 2 <= len(text) <= _LONGEST]
    lines = [line for line in above[-_NEAR:] if 2 <= len(line) <= _LONGEST_SHOWN]
    if len(wanted) >= _SHORTEST and not is_site(wanted, sites):
        shown = _shown(wanted, headings) or _shown(wanted, map(without_part, _long_enough(lines, wanted)))
        if shown or _GENRE.search(wanted) or not _GENRE.search("\n".join(headings)):
            return shown or wanted
    return _untold(wanted, headings, [*map(without_part, lines)], sites)


def _untold(wanted: str, headings: Sequence[str], lines: Sequence[str], sites: frozenset[str]) -> str:
    """The title where the window names site or column only: a heading, or a line above the body that names a report."""
    own = [text for text in headings if not is_site(text, sites)]
    named = [line for line in lines[-_NEAREST:] if _GENRE.search(line) and not _NO_TITLE.search(line)]
    if own:
        return max(own, key=len)
    return named[-1] if named and not _GENRE.search(wanted) else wanted or max(headings, key=len, default="")


def _wanted(page: Page, sites: frozenset[str]) -> str:
    """The title by metadata or window, without site and part."""
    texts = [_TAG.sub("", unescape(page.meta[name])) for name in _NAMES if page.meta.get(name)]
    texts.append(page.meta.get("<title>", ""))
    cleaned = ""
    for text in texts:
        cleaned = normalize(without_part(without_site(text[:_LONGEST], sites)))
        if cleaned and not is_site(cleaned, sites):
            break
    return cleaned


def _sites(page: Page) -> frozenset[str]:
    """What the page's metadata call its site and its column, folded."""
    return frozenset(fold(page.meta[name]) for name in _SITE_NAMES if page.meta.get(name))


def _shown(wanted: str, texts: Iterable[str]) -> str:
    """The text shown on the page that says what is wanted; empty: none does."""
    aim = _loose(_CUT.sub("", wanted))
    texts = [text for text in _long_enough(texts, wanted) if _may_fit(text, aim)]  # folding is dear
    fits = [_fit(wanted, aim, text) for text in texts]
    best = max(fits, default=_Fit.NONE)
    return max((text for text, fit in zip(texts, fits, strict=True) if fit is best), key=len) if best else ""


def _long_enough(texts: Iterable[str], wanted: str) -> list[str]:
    """The texts that can say what is wanted, by their length."""
    return [text for text in texts if 2 * len(text) + _SLACK >= len(wanted)]


def _may_fit(text: str, aim: str) -> bool:
    """Whether a text begins or ends with a sign of the title; other signs than Chinese are written in several ways."""
    first, last = text[:1], text[-1:]
    return first in aim or last in aim or not ("一" <= first <= "龥" and "一" <= last <= "龥")


def _fit(wanted: str, aim: str, text: str) -> "_Fit":
    """How a text fits the title `wanted`, folded `aim`."""
    said = _loose(text)
    if said == aim:
        return _Fit.SAME
    if said.startswith(aim) and _CUT.search(wanted):
        return _Fit.WHOLE
    if _is_subtitle(wanted, text) or (said.endswith(aim) and _is_title(text, wanted)):
        return _Fit.MORE
    return _Fit.LESS if said in aim and 2 * len(said) >= len(aim) else _Fit.NONE


def _is_title(text: str, end: str) -> bool:
    """Whether a text that ends like the title may be it: no breadcrumb, no label before it."""
    labelled = _LABEL.search(text[: len(text) - len(end)]) is not None
    return not labelled and (_GENRE.search(text) is not None or len(text) < 2 * len(end))


class _Fit(IntEnum):
    """How a text shown on the page fits the title wanted; the more, the better."""

    NONE = 0
    LESS = 1  # the beginning, without a sub-title or what was taken for the title's
    MORE = 2  # with a sub-title, or with what was taken for the site's
    SAME = 3
    WHOLE = 4  # the window cuts it


def _is_subtitle(wanted: str, text: str) -> bool:
    """Whether a text goes on behind the title with a sub-title."""
    return text.startswith(wanted) and _SUBTITLE.match(text, len(wanted)) is not None


def _loose(text: str) -> str:
    return fold(text).replace("-", "")


def without_part(title: str) -> str:
    """A title without the number of its part: '…-24篇(第28/145页)' -> '…-24篇'."""
    title = title.strip()
    return _PART.sub("", title).strip() if title[-1:].isdigit() or title[-1:] in _PART_ENDS else title


def without_site(title: str, sites: frozenset[str] = frozenset()) -> str:
    """A window title without the names of site and columns: '平湖市政府工作报告_博县网' -> '平湖市政府工作报告'."""
    pieces = [piece for piece in _STRONG.split(title.strip()) if not _NO_PIECE.fullmatch(piece)]
    if not pieces:
        return title.strip()
    best = pieces[0]
    if len(pieces) > 1:
        worths = [_worth(piece, sites) + 3 * (index == 0) for index, piece in enumerate(pieces)]
        best = pieces[worths.index(max(worths))]
    return _without_words(_without_dashes(best, sites), sites)


def _worth(piece: str, sites: frozenset[str]) -> int:
    """How much a piece of a window title is like a title."""
    return min(len(_CHINESE.findall(piece)), 30) + 20 * (_GENRE.search(piece) is not None) - 100 * is_site(piece, sites)


def _without_dashes(title: str, sites: frozenset[str]) -> str:
    """Without names of site and columns before or behind dashes; titles hold dashes, too."""
    if _DASHES.isdisjoint(title):
        return title
    while (last := next(reversed([*_DASH.finditer(title)]), None)) and last.start() >= _SHORTEST:
        behind = title[last.end() :]
        if not (is_site(behind, sites) or _repeats(behind, title[: last.start()])):
            break
        title = title[: last.start()]
    while (first := _DASH.search(title)) and len(title) - first.end() >= _SHORTEST:
        before = title[: first.start()]
        if not (is_site(before, sites) or _repeats(before, title[first.end() :])):
            break
        title = title[first.end() :]
    return title


def _without_words(title: str, sites: frozenset[str]) -> str:
    """The same with blanks."""
    words = title.split()
    while len(words) > 1 and (is_site(words[0], sites) or _repeats(words[0], words[-1])):
        words.pop(0)
    while len(words) > 1 and is_site(words[-1], sites):
        words.pop()
    return " ".join(words)


def _repeats(piece: str, other: str) -> bool:
    """Whether a piece names the column of the title beside it: 政府工作报告-2024年云溪市政府工作报告."""
    return len(piece) <= 12 and fold(piece) in fold(other)


def is_site(piece: str, sites: frozenset[str] = frozenset()) -> bool:
    """Whether a text names a site or a column of one."""
    if sites and fold(piece) in sites:
        return True
    if len(piece) > _LONGEST_SITE or _SENTENCE.search(piece) or _GENRE.search(piece):
        return False
    return _SITE.search(piece) is not None


def below_title(title: str, above: Sequence[Line]) -> tuple[str, ...]:
    """The lines between the title and the body, which often say where and when a report was given; no links."""
    wanted = fold(title)
    if wanted:
        for index in reversed(range(len(above))[-_NEAR:]):
            text = above[index].text[:_LONGEST]
            if 2 * len(text) + _SLACK >= len(wanted) and wanted in fold(text):
                return tuple(line.text for line in above[index + 1 :] if line.linked * 2 < len(line.text))[:_HEAD]
    return ()


def title_forms(page: Page) -> frozenset[str]:
    """Folded texts by which the page repeats its title above the body."""
    window = page.meta.get("<title>", "")
    texts = [window, without_site(window), *page.headings, *(page.meta.get(name, "") for name in _NAMES)]
    texts += _STRONG.split(window) + _DASH.split(window)
    forms = {form for text in texts if 4 <= len(text) <= 500 for form in (text, without_part(text))}
    return frozenset(map(fold, forms))


def _may_precede(text: str) -> bool:
    """Whether a line may stand before a title: no long one, no chapter's heading."""
    return len(text) <= _LONGEST_LINE and not is_heading(text)


def title_of_text(paragraphs: Sequence[str]) -> str:
    """The title of a document without markup: its first line that names a report, else the first that may be one."""
    short = [*takewhile(_may_precede, paragraphs[:_AMONG])]
    lines = [text for text in short if len(text) >= _SHORTEST and not _NO_TITLE.search(text)]
    lines = [text for text in lines if text[-1] not in ":：,，;；"]
    named = (text for text in lines if "报告" in text)
    return without_part(next(named, lines[0] if lines else "".join(short[:1])))
