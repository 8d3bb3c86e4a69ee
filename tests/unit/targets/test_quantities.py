"""Numbers with their units and bounds: what is read, and what is left out because it is a name."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.targets.quantities import Quantity, quantities
from crawler.targets.reading import sentences


def read(text: str) -> list[Quantity]:
    return [item for sentence in sentences(text) for item in quantities(sentence)]


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "relation"),
    [
        ("增长6%", "6", "6", "%", "eq"),
        ("增长６.５％左右", "6.5", "6.5", "%", "about"),
        ("增长百分之八", "8", "8", "%", "eq"),
        ("占比八成以上", "80", None, "%", "at_least"),
        ("占三分之一", "33.33", "33.33", "%", "eq"),
        ("占全国1/4", "25", "25", "%", "eq"),
        ("一半以上完工", "50", None, "%", "at_least"),
        ("保持两位数增长", "10", None, "%", "at_least"),
        ("收入翻一番", "2", "2", "倍", "eq"),
        ("收入翻两番", "4", "4", "倍", "eq"),
        ("投资2,700亿元", "2700", "2700", "亿元", "eq"),
        ("投资超860亿元", "860", None, "亿元", "more_than"),
        ("投资突破千亿元", "1000", None, "亿元", "more_than"),
        ("总量突破万亿元", "1", None, "万亿元", "more_than"),
        ("投资3千万元", "3000", "3000", "万元", "eq"),
        ("新增就业110万人以上", "110", None, "万人", "at_least"),
        ("培训二十万人次", "20", "20", "万人次", "eq"),
        ("培训不少于5000人", "5000", None, "人", "at_least"),
        ("惠及8000多户", "8000", None, "户", "more_than"),
        ("惠及200余家", "200", None, "家", "more_than"),
        ("引进数十家", "10", None, "家", "at_least"),
        ("失业率控制在5%以内", None, "5", "%", "at_most"),
        ("失业率控制在5%左右", "5", "5", "%", "about"),
        ("失业率控制在5%", None, "5", "%", "at_most"),
        ("浓度低于30微克/立方米", None, "30", "微克/立方米", "less_than"),
        ("约90公里", "90", "90", "公里", "about"),
        ("提高2个百分点", "2", "2", "个百分点", "eq"),
        ("标准不低于610元/月", "610", None, "元/月", "at_least"),
        ("建设千亿级集群", "1000", None, "亿", "at_least"),
        ("新增3.2万套(间)", "3.2", "3.2", "万套", "eq"),
    ],
)
def test_value_unit_and_bound(text: str, low: str | None, high: str | None, unit: str, relation: str) -> None:
    (item,) = read(text)
    expected = (low and Decimal(low), high and Decimal(high), unit, relation)
    assert (item.low, item.high, item.unit, item.relation) == expected


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("增长5%—6%", "5", "6", "%"),
        ("增长5-6%", "5", "6", "%"),
        ("增长5%至6%", "5", "6", "%"),
        ("投资10亿到12亿元", "10", "12", "亿元"),
        ("投资8000万至1亿元", "0.8", "1", "亿元"),
        ("建设30~50个", "30", "50", "个"),
    ],
)
def test_a_range_takes_unit_and_scale_of_its_last_number(text: str, low: str, high: str, unit: str) -> None:
    (item,) = read(text)
    assert (item.low, item.high, item.unit, item.relation) == (Decimal(low), Decimal(high), unit, "range")


def test_a_number_without_a_unit_ends_no_range_of_one_with_a_unit() -> None:
    assert [(str(item.low), item.unit) for item in read("增长5%～6，完成年度工作")] == [("5", "%")]
    assert [(str(item.low), item.unit) for item in read("增长5%～6-%经济增长")] == [("5", "%")]


def test_from_and_to_is_no_range() -> None:
    assert [item.relation for item in read("由20小时到6小时")] == ["eq", "eq"]


@pytest.mark.parametrize(
    ("text", "value", "relation"),
    [
        ("总量居全省第5位", 5, "eq"),
        ("总量居全国首位", 1, "eq"),
        ("进入全国前10位", 10, "at_most"),
        ("跃居全国第二。", 2, "eq"),
    ],
)
def test_ranks(text: str, value: int, relation: str) -> None:
    (item,) = read(text)
    assert (item.low or item.high, item.unit, item.relation) == (Decimal(value), "位", relation)


@pytest.mark.parametrize(
    "text",
    [
        "发展“2+4+X”产业",
        '开展"811"行动',
        "实施“百村千户”工程",
        "建设5G网络",
        "G235国道贯通",
        "创建4A级景区",
        "开通15号线",
        "一号工程",
        "十大行动",
        "第一，要坚持",
        "一是抓创新。",
        "（二）抓改革",
        "1.抓创新。",
        "2031年是关键一年",
        "1月20日开会",
        "“十五五”规划",
        "60岁以上老人",
        "二十届三中全会",
        "第七届大会",
        "每千人床位",
        "一心一意",
        "千方百计",
        "一盘棋",
        "三年行动",
        "零部件产业",
        "6部门联合印发",
        "国产客机C919",
        "坚持一张蓝图",
    ],
)
def test_names_are_no_quantities(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ["投资2 700 亿\n元", "投资２７００亿 元", "投资2700\u200b亿元"])
def test_numbers_broken_by_blanks(text: str) -> None:
    (item,) = read(text)
    assert (item.low, item.unit) == (Decimal(2700), "亿元")


def test_glossary_marks_glued_to_words_are_left_out() -> None:
    assert [item.unit for item in read("推进“七个一批”11 攻坚，建成30 个")] == ["个"]


@given(st.integers(1, 10**9), st.sampled_from(["亿元", "万人", "个", "公里", "%"]))
def test_any_whole_number_is_read_exactly(number: int, unit: str) -> None:
    (item,) = read(f"实现总额{number}{unit}。")
    assert (item.low, item.unit) == (Decimal(number), unit)


@given(st.decimals(min_value="0.01", max_value="99999", places=2))
def test_any_decimal_is_read_exactly(number: Decimal) -> None:
    (item,) = read(f"实现总额{number}万亩。")
    assert item.low == number
