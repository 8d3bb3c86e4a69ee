"""What changed in a target, and by how much."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.model import TargetChange
from crawler.targets import compare_targets, describe_difference, find_targets
from crawler.targets.difference import Difference, difference_of
from tests.support.targets import made

YEAR = 2031


def between(old: str, new: str) -> Difference:
    """The difference of the one target of two made-up sentences."""
    (change,) = compare_targets(find_targets(f"今年{old}。", YEAR), find_targets(f"今年{new}。", YEAR)).changed
    return difference_of(change)


@pytest.mark.parametrize(
    ("old", "new", "changed", "amount", "unit", "percent"),
    [
        ("地区生产总值增长6%左右", "地区生产总值增长5.5%左右", ("value",), "-0.5", "个百分点", "-8.33"),
        ("固定资产投资完成2700亿元", "固定资产投资完成0.29万亿元", ("value",), "0.02", "万亿元", "7.41"),
        ("地区生产总值增长5%—6%", "地区生产总值增长5%—7%", ("value",), "0.5", "个百分点", "9.09"),
        ("进口增长3%", "进口下降3%", ("value", "kind"), "-6", "个百分点", "-200.00"),
        ("地区生产总值增长6%左右", "地区生产总值增长6%以上", ("relation",), None, "个百分点", None),
        ("新建公园20个", "新建公园25个以上", ("value", "relation"), "5", "个", "25.00"),
        ("粮食产量达到150万吨", "粮食产量达到150亿元", ("value", "unit"), None, "亿元", None),
    ],
)
def test_what_changed(
    old: str, new: str, changed: tuple[str, ...], amount: str | None, unit: str, percent: str | None
) -> None:
    found = between(old, new)
    assert found.changed == changed
    assert found.unit == unit
    assert (found.amount, found.percent) == tuple(
        None if number is None else Decimal(number) for number in (amount, percent)
    )


def test_another_period_is_said() -> None:
    found = between("到2033年地区生产总值达到900亿元", "到2035年地区生产总值达到900亿元")
    assert (found.changed, found.amount) == (("period",), None)


def test_a_deadline_moves() -> None:
    found = between("老桥改造10月底前完成", "老桥改造12月15日前完成")
    assert "value" in found.changed


def test_words() -> None:
    assert describe_difference("-0.5", "个百分点", "-8.33") == "−0.5个百分点, −8.33%"
    assert describe_difference("20", "亿元", "") == "+20亿元"
    assert describe_difference("", "亿元", "") == ""


amounts = st.decimals(min_value=-1_000, max_value=1_000, places=2)


@given(amounts, amounts)
def test_the_way_back_is_as_far(one: Decimal, other: Decimal) -> None:
    old, new = made("产量", str(one), unit="万吨"), made("产量", str(other), unit="万吨")
    there = difference_of(TargetChange(indicator="产量", old=old, new=new))
    back = difference_of(TargetChange(indicator="产量", old=new, new=old))
    assert there.changed == back.changed
    assert there.changed == (() if one == other else ("value",))
    if one != other:
        assert there.amount is not None
        assert back.amount is not None
        assert there.amount == -back.amount == other - one


@given(amounts)
def test_the_same_value_written_otherwise_is_no_change(number: Decimal) -> None:
    old, new = made("产量", str(number), unit="亿吨"), made("产量", f"{number * 10_000:f}", unit="万吨")
    assert difference_of(TargetChange(indicator="产量", old=old, new=new)).changed == ()
