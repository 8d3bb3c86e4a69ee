"""Small boxes known by one line at their edge: adverts by their mark, summaries of a machine by what made them.

Nothing else in such a box tells: a machine's summary reads like the report, an advert like any label. Only a box that
is little beside the page's other sentences goes; where there is none, the line alone does.
"""

import re
from collections.abc import Iterator, Sequence

from crawler.extract.outline import Outline
from crawler.extract.phrases import Kind
from crawler.extract.plain import plain, remembered

_SIGNS = r"[\W_]{0,4}"
_HINT = re.compile(r"[aA][iI]|[aA][dD]|智能|模型|机器|广告|推广|赞助")
_LONGEST_LABEL = 60
_MADE_BY = r"(?:ai|aigc|人工智能|大(?:语言)?模型|语言模型|智能|机器)"
_SUM = r"(?:摘要|总结|导读|速览|概要|概括|提要|要点|速读|小结|看点|提炼|导语|概述)"
_NAME = (
    rf"{_SIGNS}(?:由)?{_MADE_BY}(?:智能|大?模型|助手|一键|自动|帮你|为您?你?|[·|-])*"
    rf"(?:生成)?的?(?:内容|全文|文章|本文|新闻)?{_SUM}"
)
_FREELY = rf"[^。,;:]{{0,6}}ai[^。,;:]{{0,6}}(?:{_SUM}|读|读懂)"
_SUMMARY = re.compile(rf"(?:{_NAME}|{_FREELY})(?:\(?beta\)?)?{_SIGNS}")
_SAID_AT_ONCE = re.compile(rf"{_NAME}[:|】\])].+")
_MADE = re.compile(
    rf"{_SIGNS}(?:(?:以上|以下|上述|本|该|此|部分)(?:页面?|篇|段|文)?)?(?:的)?(?:内容|{_SUM}|文字|文本|信息|结果|回答|图片|音频)?(?:均|系|为|是|仅)*"
    rf"(?:由|通过|使用|利用|基于)[^。,;:]{{0,12}}{_MADE_BY}[^。,;:]{{0,12}}(?:生成|提炼|{_SUM}|合成|辅助)[^。]{{0,40}}[。!]?{_SIGNS}"
)
"""Who made the lines above."""
_ADVERT = re.compile(
    r"[\W_]{0,2}(?:(?:商业|品牌|商务|互联网)?(?:广告|推广)|赞助(?:内容|商)?|ad|ads|advertisement|sponsored)[\W_]{0,2}"
)
_MOST_SUMMED, _MOST_ADVERTISED = 8, 4
_REACH = 6
"""So many lines behind its heading the line stands at most that says who made a summary."""
_LONGEST_ADVERT = 40
_LONGEST_SUMMARY = 600
_DATE = re.compile(r"[\d〇○零一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日")


def labelled(outline: Outline, kinds: Sequence[Kind | None]) -> set[int]:
    """The lines of boxes that bear such a label, and the labels."""
    found: set[int] = set()
    for index, text in enumerate(outline.texts):
        if len(text) > _LONGEST_LABEL:
            if len(text) <= _LONGEST_SUMMARY and _HINT.search(text[:16]) and _SAID_AT_ONCE.fullmatch(plain(text)):
                found.add(index)
        elif _HINT.search(text):
            found.update(_of_label(outline, index, _label(text)))
    return found if found and _is_little(outline, kinds, found) else set()


@remembered
def _label(text: str) -> str:
    """What a line labels: the 'summary' below, 'made', which it ends, the 'advert' around it, or nothing."""
    line = plain(text)
    if _SUMMARY.fullmatch(line):
        return "summary"
    if _ADVERT.fullmatch(line):
        return "advert"
    return "made" if _MADE.fullmatch(line) else ""


def _of_label(outline: Outline, index: int, label: str) -> Iterator[int]:
    """The label's own line, and those of its box."""
    if not label:
        return
    yield index
    if label == "summary":
        yield from _summed(outline, index)
    elif label == "made":
        start, end = outline.around(index)
        if index + 1 == end <= start + _MOST_SUMMED:
            yield from range(start, end)
    else:
        start, end = outline.around(index)
        if end - start <= _MOST_ADVERTISED and not any(_is_text(outline, line) for line in range(start, end)):
            yield from range(start, end)


def _summed(outline: Outline, index: int) -> range:
    """What stands below the heading of a summary: its box, or all up to the line that says who made it."""
    start, end = outline.box(index)
    if 1 < end - start <= _MOST_SUMMED:
        return range(start, end)
    below = range(index + 1, min(index + 1 + _REACH, len(outline.texts)))
    made = (line for line in below if outline.sizes[line] <= _LONGEST_LABEL and _label(outline.texts[line]) == "made")
    return range(index, next(made, index) + 1)


def _is_text(outline: Outline, index: int) -> bool:
    """Whether a line is longer than what adverts say, a whole sentence, or the date below a text."""
    text = outline.texts[index]
    return outline.sizes[index] > _LONGEST_ADVERT or text.endswith("。") or _DATE.fullmatch(text) is not None


def _is_little(outline: Outline, kinds: Sequence[Kind | None], found: set[int]) -> bool:
    """Whether more is said elsewhere."""
    said = sum(outline.prose_sizes[index] for index in found)
    rest = (size for index, size in enumerate(outline.prose_sizes) if kinds[index] is None and index not in found)
    return said == 0 or sum(rest) > said
