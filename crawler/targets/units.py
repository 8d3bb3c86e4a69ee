"""Units: which words count things, which measure, and how a value compares across scales (2700亿元 = 0.27万亿元).

Ring 1; data and pure functions.
"""

import re
from decimal import Context, Decimal, Inexact, InvalidOperation

from crawler.numerals import SCALES

PERCENT = frozenset({"%", "‰", "个百分点", "个点", "百分点"})
POINTS = frozenset({"个百分点", "个点", "百分点"})
RANKS = frozenset({"位", "强", "名次"})
DATE = "date"
TIMES = "倍"

_COUNTED = """
个 家 项 户 套 人 名 位 人次 所 座 条 辆 台 件 场 处 张 列 列次 支 宗 款 幢 栋 部 间 头 只 羽 期 次 班次 艘 架 口 组
对 株 棵 例 类 种 批 门 篇 册 本 枚 颗 片 块 眼 尊 场次 批次 架次 航班 户次 家次 台次 件次 床 张床位 个床位 座次 卷
首 车次 台套 孔 标段 课时 个次 根 枪 盏 匹 尾 峰 顶
"""
COUNTED = frozenset(_COUNTED.split())
"""Classifiers of discrete things: such a quantity is a `count`."""

MONEY = frozenset(["元", "美元", "欧元", "港元", "英镑", "日元"])
TIME = frozenset(["年", "个月", "天", "小时", "分钟", "秒", "个工作日", "工作日", "学时"])
_MEASURED = """
斤 公斤 千克 克 毫克 微克 吨 吨标准煤 吨标煤 公吨 亩 亩次 公顷 平方米 平方公里 平方千米 平米 ㎡ 公里 千米 米 毫米
厘米 海里 里 千瓦 千瓦时 兆瓦 兆瓦时 瓦 吉瓦 千伏安 千伏 度 度电 立方米 立方 升 毫升 ℃ 摄氏度 标箱 标准箱 TEU P 方 担 锭
岁 EFLOPS PFLOPS Tbps Gbps 载重吨 总吨 蒸吨 KW kW MW GW GWh kWh 分贝 吨公里 人公里 车公里 倍
"""
MEASURED = MONEY | TIME | frozenset(_MEASURED.split())

_NAMES = sorted(COUNTED | MEASURED | PERCENT, key=len, reverse=True)
UNIT = "(?:" + "|".join(map(re.escape, _NAMES)) + ")"
PER = (
    r"(?:/(?:百?亿元|万元|[百千万]人|人·?[年月]|[a-zA-Z]+|平方米|立方米|平方公里|公里|千瓦时|小时"
    r"|年|月|天|日|人|吨|亩|户|次|升|秒|床))?"
)
UNIT_PATTERN = UNIT + PER

_MEASURES = """
公顷 15 亩
平方公里 1000000 平方米, 平方千米 1000000 平方米, 平米 1 平方米, ㎡ 1 平方米
斤 0.0005 吨, 公斤 0.001 吨, 千克 0.001 吨, 公吨 1 吨, 吨标煤 1 吨标准煤
毫克 0.001 克, 微克 0.000001 克
米 0.001 公里, 千米 1 公里, 里 0.5 公里, 海里 1.852 公里, 厘米 0.00001 公里, 毫米 0.000001 公里
瓦 0.001 千瓦, KW 1 千瓦, kW 1 千瓦, 兆瓦 1000 千瓦, MW 1000 千瓦, 吉瓦 1000000 千瓦, GW 1000000 千瓦
度 1 千瓦时, 度电 1 千瓦时, kWh 1 千瓦时, 兆瓦时 1000 千瓦时, GWh 1000000 千瓦时
立方 1 立方米, 升 0.001 立方米, 毫升 0.000001 立方米
方 1 立方米
标准箱 1 标箱, TEU 1 标箱
PFLOPS 1 P, EFLOPS 1000 P
Gbps 0.001 Tbps
小时 60 分钟, 个工作日 1 工作日
‰ 0.1 %, 百分点 1 个百分点, 个点 1 个百分点
名 1 人
"""
_BASES = {
    name: (Decimal(times), base)
    for name, times, base in map(str.split, _MEASURES.strip().replace(", ", "\n").split("\n"))
}
"""The base unit of a measure and how many of it one of the unit is, where this is exact (a 亩 of 平方米 is not)."""


def scale_of(unit: str) -> tuple[Decimal, str]:
    """The scale a unit is written with, and the unit without it (亿元 -> 10^8, 元)."""
    for name, factor in SCALES.items():
        if name and unit.startswith(name):
            return factor, unit[len(name) :]
    return Decimal(1), unit


def base_value(value: Decimal | None, unit: str) -> tuple[Decimal | None, str]:
    """A value in the base unit of what it measures, exact: (2700, 亿元) -> 270000000000 元, (20, 万公顷) -> 3000000 亩.

    The unit after a stroke stays (吨/日). A bare scale (80万) counts people, as the annotation guide has it. The whole
    part is written out (270000000000, not 2.7E+11); `f"{number:f}"` shows the smallest without an exponent too.
    """
    factor, name = scale_of(unit)
    measure, stroke, per = name.partition("/")
    times, base = _BASES.get(measure, (Decimal(1), measure))
    if not name and unit:
        base = "人"
    return (None if value is None else _plain(_product(value, factor, times))), base + stroke + per


def factor_of(unit: str) -> Decimal:
    """How many of its base unit one of a unit is (万公顷 -> 150000)."""
    return base_value(Decimal(1), unit)[0] or Decimal(1)


def _product(*numbers: Decimal) -> Decimal:
    """Exact whatever precision the caller's context has."""
    digits = sum(len(number.as_tuple().digits) for number in numbers)
    exact = Context(prec=digits, traps=[Inexact, InvalidOperation])
    product = Decimal(1)
    for number in numbers:
        product = exact.multiply(product, number)
    return product


def _plain(number: Decimal) -> Decimal:
    """With its whole part written out and without zeros at the end of a fraction: 270000000000, 0.5."""
    text = f"{number:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text) or Decimal(0)


def is_counted(unit: str) -> bool:
    """Whether the unit counts discrete things; a bare scale (80万) counts people."""
    name = scale_of(unit)[1]
    return name in COUNTED or name == "" or name.split("(")[0] in COUNTED
