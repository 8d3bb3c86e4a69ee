"""Numbers that describe rather than promise: thresholds of projects, baselines, durations, heads of lists.

Ring 1; pure. They are reported with status `optional`.
"""

import re

from crawler.targets.quantities import Quantity
from crawler.targets.units import MONEY, PERCENT, TIME, is_counted, scale_of
from crawler.targets.words import THINGS

_VERBS = (
    "提高|提升|增加|缩短|下降|降低|降|升|扩大|压缩|减少|跃升|上升|增长|拓展|调整|增|跃|提|上调|压减|上涨|改|变更|变"
)
_TO = re.compile(rf"(?:左右)?,?(?:大幅|进一步|逐步|稳步|分别|再)?(?:(?:{_VERBS})?(?:到|至)|(?:{_VERBS})为)")
_FROM = re.compile(r"[从由][^,;。从由]{0,24}$")
_THING = re.compile("|".join(sorted(THINGS, key=len, reverse=True)))
_COUNTED_NEXT = re.compile(r"[超约]?\d+[个家条处]")
_COUNT_BEFORE = re.compile(r"\d[个家条]$")
_LISTED = re.compile(
    r"(?:重点|主要|年度|民生|为民|惠民|利民|便民|办)*(?:实事|任务|方面|领域|维度|指标|事(?=[,;。])|工作(?=[:。]))"
)
_LISTED_BEFORE = re.compile("(?:指标|实事)$")
_FOLLOWED = re.compile(r"(?:落实|落细|落地|执行|贯彻|用好)[^,;。\d]{0,10}\d+[条项](?:政策|措施|举措)$")
"""Policies that are followed, not made (落实民营经济32条政策)."""
LIST_HEAD = 12
_BUILT_THING = re.compile(r"项目|工程|电站|装置|生产线")
_ADDS = re.compile(r"(?:新增|建成|完成|新建|改造|投产|新开工|开工|实施|整治|修复|治理|并网|建设)$")
_JOINED = re.compile(r"[或和及](?:\d+|[一二三五十百]+)?[万亿]+美?元以[上下]")
_VILLAGES = re.compile("的?(?:自然村|行政村|村民小组|村寨|屯|[^,;。、]{0,4}安置点)")
"""Which ones, by how many live there (20户以上|自然村)."""
_BASIS = re.compile("的?基础(?:之)?上")
_SCHOOLING = re.compile("年限")
_RANKED = re.compile(r"(?:[、和][^,;:。、]{0,8}第[一二三四五六七八九十\d]{1,3})*的(?!位置|地位|位次|目标|水平)")
"""After a rank: which ones (全国第一的企业), not what place is reached."""
_PROGRAMME = re.compile("行动|工程|计划")
"""Of a programme an amount without a numeral is the name (千亿斤粮食产能提升行动)."""
_WITHIN = re.compile(r"(?:以|之)?内(?=[\u4e00-\u9fff])")
_LASTING = re.compile(r"(?:连续|持续|已有|历时|累计|每)$")


def attribute(text: str, item: Quantity, right: tuple[int, int]) -> str:
    """Why the number is an attribute: attribute, baseline, duration or list head; empty if it is none."""
    before = text[max(0, item.left - 28) : item.left]
    if (_TO.match(text, item.right) and _FROM.search(before)) or _BASIS.match(text, item.right):
        return "baseline"
    unit = scale_of(item.unit)[1]
    if (unit == "年" and not _SCHOOLING.search(before)) or (unit in TIME and _LASTING.search(before)):
        return "duration"
    if _heads_list(item) or (is_counted(item.unit) and _counts_list(text, item)):
        return "list head"
    return "attribute" if _threshold(text, item, unit, right) else ""


def _counts_list(text: str, item: Quantity) -> bool:
    """15件|民生实事, 约束性指标|9项: how long a list is."""
    before = text[max(0, item.left - 4) : item.left]
    followed = _LISTED.match(text, item.right) or _FOLLOWED.search(text[max(0, item.left - 12) : item.right + 2])
    return followed is not None or _LISTED_BEFORE.search(before) is not None


def _heads_list(item: Quantity) -> bool:
    small = item.low is not None and item.low <= LIST_HEAD
    plain = item.form == "words" and not item.bounded and item.relation == "eq"
    return small and plain and is_counted(item.unit)


def _threshold(text: str, item: Quantity, unit: str, right: tuple[int, int]) -> bool:
    """10亿元以上|项目, 产值超百亿|企业, 亩均税收5万元以下|的企业."""
    if item.form == "rank":
        return _RANKED.match(text, item.right) is not None
    if unit in ("户", "人", "") and item.right > item.end and _VILLAGES.match(text, item.right):
        return True
    if item.unit in PERCENT or (unit and is_counted(item.unit)):
        return False
    if text.startswith("级", item.end) or (text[item.start] in "百千万亿" and _PROGRAMME.search(text, *right)):
        return True
    if unit and (_JOINED.match(text, item.right) or _WITHIN.match(text, item.end)):
        return True
    if right[1] <= right[0]:
        return False
    if not item.bounded and item.form != "bare":
        return _of_project(text, item, unit, right)
    return _qualifies(text, item, right[0])


def _qualifies(text: str, item: Quantity, noun: int) -> bool:
    """过亿|项目, 5万元以下|的企业, 10亿元以上|制造业项目: which ones, not how many."""
    marked = text.startswith("过", item.left - 1) or text.startswith("的", item.right)
    return marked or _THING.search(text, noun, noun + 12) is not None


def _of_project(text: str, item: Quantity, unit: str, right: tuple[int, int]) -> bool:
    """70万千瓦|火电项目, 8个|千亿级|产业链: the size of a thing that is counted or built elsewhere."""
    built = _BUILT_THING.search(text, *right) is not None
    if item.form != "level":
        return built and unit not in MONEY and not _ADDS.search(text, max(0, item.left - 6), item.left)
    counted = _COUNT_BEFORE.search(text, max(0, item.left - 4), item.left) or _COUNTED_NEXT.match(text, right[1])
    return built or counted is not None
