"""Units across scales."""

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.targets.units import MEASURED, PERCENT, base_value, factor_of, is_counted, scale_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("2700", "亿元"), ("0.27", "万亿元")),
        (("0.9", "万人"), ("9000", "人")),
        (("30", "名"), ("30", "人")),
        (("150", "万吨标煤"), ("1500000", "吨标准煤")),
        (("2", "百分点"), ("2", "个百分点")),
        (("20", "万公顷"), ("300", "万亩")),
        (("5", "千米"), ("5", "公里")),
    ],
)
def test_the_same_value_written_otherwise(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert base_value(Decimal(one[0]), one[1]) == base_value(Decimal(other[0]), other[1])


def test_how_many_base_units_a_unit_is() -> None:
    assert [factor_of(unit) for unit in ("亿元", "万公顷", "%", "")] == [10**8, 150_000, 1, 1]


def test_other_units_differ() -> None:
    assert base_value(Decimal(6), "亿元") != base_value(Decimal(6), "亿美元")


def test_no_value_keeps_its_unit() -> None:
    assert base_value(None, "万亩") == (None, "亩")


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
    assert base_value(value, "亿元") == base_value(value * 10_000, "万元")


@pytest.mark.parametrize(
    ("value", "unit", "base"),
    [
        ("2700", "亿元", ("270000000000", "元")),
        ("0.27", "万亿元", ("270000000000", "元")),
        ("12.50", "亿美元", ("1250000000", "美元")),
        ("20", "万公顷", ("3000000", "亩")),
        ("300", "万亩", ("3000000", "亩")),
        ("1300", "亿斤", ("65000000", "吨")),
        ("650", "亿公斤", ("65000000", "吨")),
        ("9000", "人", ("9000", "人")),
        ("0.9", "万名", ("9000", "人")),
        ("0.9", "万", ("9000", "人")),
        ("3.40", "万户", ("34000", "户")),
        ("1500", "米", ("1.5", "公里")),
        ("120", "万千瓦", ("1200000", "千瓦")),
        ("1.2", "吉瓦", ("1200000", "千瓦")),
        ("6", "亿度", ("600000000", "千瓦时")),
        ("15", "万TEU", ("150000", "标箱")),
        ("6", "‰", ("0.6", "%")),
        ("5.50", "%", ("5.5", "%")),
        ("3", "个点", ("3", "个百分点")),
        ("0.8", "万吨/日", ("8000", "吨/日")),
        ("740", "元/月", ("740", "元/月")),
        ("0", "亿元", ("0", "元")),
        ("-0.5", "万亿元", ("-500000000000", "元")),
        ("2", "倍", ("2", "倍")),
        ("5", "位", ("5", "位")),
    ],
)
def test_base_values_as_they_are_written_to_a_table(value: str, unit: str, base: tuple[str, str]) -> None:
    number, name = base_value(Decimal(value), unit)
    assert (str(number), name) == base


@pytest.mark.parametrize(("unit", "base"), [("亿元", "元"), ("公顷", "亩"), ("万", "人"), ("date", "date"), ("", "")])
def test_no_value_has_a_base_unit_all_the_same(unit: str, base: str) -> None:
    assert base_value(None, unit) == (None, base)


@pytest.mark.parametrize(
    ("one", "other"),
    [("元", "美元"), ("吨", "吨标准煤"), ("千瓦", "千瓦时"), ("人", "人次"), ("%", "个百分点"), ("亩", "平方米")],
)
def test_other_measures_have_other_bases(one: str, other: str) -> None:
    assert base_value(Decimal(1), one)[1] != base_value(Decimal(1), other)[1]


numbers = st.decimals(min_value=-(10**15), max_value=10**15, places=6)
units = st.sampled_from(sorted(MEASURED | PERCENT | {"人", "名", "户", "元/月", "吨/日"}))


@given(numbers, units)
def test_ten_thousand_of_a_unit_is_one_of_its_myriad(number: Decimal, unit: str) -> None:
    assert base_value(number, "万" + unit) == base_value(_times(number, 10**4), unit)
    assert base_value(number, "亿" + unit) == base_value(_times(number, 10**4), "万" + unit)
    assert base_value(number, "万亿" + unit) == base_value(_times(number, 10**4), "亿" + unit)


@given(numbers, st.sampled_from([("公顷", 15, "亩"), ("吨", 2000, "斤"), ("公里", 2, "里"), ("GW", 1000, "MW")]))
def test_equal_amounts_in_other_units_are_equal(number: Decimal, units: tuple[str, int, str]) -> None:
    large, many, small = units
    assert base_value(number, large) == base_value(_times(number, many), small)


@given(numbers, units)
def test_a_base_value_is_its_own(number: Decimal, unit: str) -> None:
    base = base_value(number, unit)
    assert base_value(*base) == base


@given(numbers, numbers, units)
def test_order_and_difference_survive(one: Decimal, other: Decimal, unit: str) -> None:
    first, second = base_value(one, unit)[0], base_value(other, unit)[0]
    assert first is not None
    assert second is not None
    assert (first < second) == (one < other)


@given(numbers, units)
def test_base_values_are_exact_whatever_the_context(number: Decimal, unit: str) -> None:
    with localcontext(prec=3):
        rough = base_value(number, unit)
    assert rough == base_value(number, unit)
    assert rough[0] is not None
    assert int(rough[0].as_tuple().exponent) <= 0


def _times(number: Decimal, factor: int) -> Decimal:
    with localcontext(prec=60):
        return number * factor
