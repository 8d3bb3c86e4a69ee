"""Units across scales."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.targets.units import in_base_unit, is_counted, scale_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("2700", "亿元"), ("0.27", "万亿元")),
        (("0.9", "万人"), ("9000", "人")),
        (("30", "名"), ("30", "人")),
        (("150", "万吨标煤"), ("1500000", "吨标准煤")),
        (("2", "百分点"), ("2", "个百分点")),
    ],
)
def test_the_same_value_written_otherwise(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert in_base_unit(Decimal(one[0]), one[1]) == in_base_unit(Decimal(other[0]), other[1])


def test_other_units_differ() -> None:
    assert in_base_unit(Decimal(6), "亿元") != in_base_unit(Decimal(6), "亿美元")


def test_no_value_keeps_its_unit() -> None:
    assert in_base_unit(None, "万亩") == (None, "亩")


@pytest.mark.parametrize(("unit", "rest"), [("万亿元", "元"), ("亿元", "元"), ("万", ""), ("个", "个"), ("", "")])
def test_scale(unit: str, rest: str) -> None:
    assert scale_of(unit)[1] == rest


@pytest.mark.parametrize(
    ("unit", "counted"), [("个", True), ("万户", True), ("万", True), ("亿元", False), ("公里", False)]
)
def test_counting_units(unit: str, counted: bool) -> None:
    assert is_counted(unit) is counted


@given(st.decimals(min_value=0, max_value=10**6, places=3))
def test_rescaling_changes_nothing(value: Decimal) -> None:
    assert in_base_unit(value, "亿元") == in_base_unit(value * 10_000, "万元")
