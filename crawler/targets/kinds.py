"""What kind of quantity a number is, and its value in the form the kind asks for.

Ring 1; pure.
"""

import re
from dataclasses import replace
from decimal import Decimal

from crawler.numerals import SCALES
from crawler.targets.phrases import Phrase
from crawler.targets.quantities import Quantity
from crawler.targets.units import POINTS, TIMES, is_counted

_GROWTH_NAMES = ("增速", "增幅", "涨幅", "增长率", "年均增长", "增长", "增长速度")
_RATE_NAMES = ("率", "比重", "占比", "比例", "强度")
_AMOUNTS = ("规模", "存量", "总额", "余额", "收入", "产值", "投资", "贷款", "资金", "税收", "总量", "销售额", "成交额")
"""Of these a number without unit (3万亿) is money, not people."""
_ADDED = ("新增", "净增", "增加")
_ADDED_NAME = re.compile("(?:新增|净增)(?!长)|扩容")
_REMOVED = ("减负", "减亏", "减税降费", "淘汰", "压减", "减免", "削减", "减少", "压降")


def kind_of(item: Quantity, phrase: Phrase, name: str) -> str:
    """One of the guide's kinds for a number, after its unit, its predicate and its indicator."""
    if item.form == "rank":
        return "rank"
    if item.relation == "outpace":
        return "relative"
    if item.unit in POINTS:
        return "decrement" if phrase.change == "decline" else "increment"
    if item.unit in ("%", "‰") or name.endswith("收入比"):
        return _ratio(item, phrase, name)
    if item.unit == TIMES:
        return "growth" if item.form == "fold" or phrase.change in ("growth", "raise") else "level"
    return _amount(item, phrase, name)


def _ratio(item: Quantity, phrase: Phrase, name: str) -> str:
    if phrase.change == "increment" and name.endswith(_RATE_NAMES):
        return "rate" if _owns_verb(phrase, name) else "increment"
    if phrase.change:
        return "decline" if phrase.change == "decline" else "growth"
    return "growth" if item.form == "digits" or _names_growth(item, name) else "rate"


def _owns_verb(phrase: Phrase, name: str) -> bool:
    """新增耕地占比: the verb is part of the indicator and says nothing of the number."""
    return phrase.verb != "" and name.startswith(phrase.verb) and not phrase.tail


def _names_growth(item: Quantity, name: str) -> bool:
    return name.endswith(_GROWTH_NAMES) and item.form != "share" and not name.endswith("自然增长率")


def _amount(item: Quantity, phrase: Phrase, name: str) -> str:
    if _removes(phrase, name):
        return "decrement"
    if _adds(phrase, name):
        return "increment"
    if item.unit in SCALES and name.endswith(_AMOUNTS):
        return "level"
    return "count" if item.unit and is_counted(item.unit) and item.form != "level" else "level"


def _removes(phrase: Phrase, name: str) -> bool:
    # 减少贫困人口 names the removal in the indicator, 由…减少到 does not change by the number.
    return (
        phrase.change == "decline"
        or name.startswith(_REMOVED)
        or (name.endswith(_REMOVED) and not name.startswith(_ADDED))
    )


def _adds(phrase: Phrase, name: str) -> bool:
    raised = phrase.change == "raise" and phrase.start < phrase.end
    added = phrase.change in ("growth", "increment") or phrase.tail in _ADDED
    return raised or added or _ADDED_NAME.search(name) is not None


def normalised(item: Quantity, kind: str) -> Quantity:
    """增长1倍 is a growth of 100 %; everything else stays as written."""
    if kind != "growth" or item.unit != TIMES or item.form == "fold":
        return item
    return replace(
        item,
        low=None if item.low is None else item.low * Decimal(100),
        high=None if item.high is None else item.high * Decimal(100),
        unit="%",
    )
