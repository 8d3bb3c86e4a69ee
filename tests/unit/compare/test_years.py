"""Promises, what came of them, and the next promises."""

from decimal import Decimal

import pytest

from crawler.compare import Years, compare_years
from crawler.compare.years import YearRow, per_cent
from tests.support.sides import side

BEFORE = "二、2031年工作安排\n今年的主要预期目标是：{}。"
AFTER = "一、2031年工作回顾\n过去一年，{}。\n二、2032年工作安排\n今年的主要预期目标是：{}。"


def compared(promised: str, achieved: str, following: str) -> Years:
    return compare_years(side(BEFORE.format(promised), 2031), side(AFTER.format(achieved, following), 2032))


def row(promised: str, achieved: str, following: str) -> YearRow:
    (only,) = compared(promised, achieved, following).rows
    return only


def told(found: YearRow) -> tuple[str | None, ...]:
    return tuple(side and side.text for side in (found.promised, found.achieved, found.following))


class TestRows:
    def test_one_indicator_under_its_names(self) -> None:
        found = row("地区生产总值增长6%左右", "GDP增长5.6%", "经济增长5.5%左右")
        assert (found.key, *told(found)) == ("地区生产总值", "6%", "5.6%", "5.5%")
        assert (found.margin, found.difference) == (Decimal("-0.4"), Decimal("-0.5"))

    def test_level_and_growth_are_two_series(self) -> None:
        found = compared(
            "固定资产投资900亿元、增长8%以上", "固定资产投资950亿元、增长7%", "固定资产投资1000亿元、增长6%"
        )
        assert [told(each) for each in found.rows] == [("900亿元", "950亿元", "1000亿元"), ("8%", "7%", "6%")]

    def test_scales_do_not_matter(self) -> None:
        found = row("一般公共预算收入2700亿元", "一般公共预算收入0.28万亿元", "一般公共预算收入0.3万亿元")
        assert (found.unit, found.margin, found.difference) == ("亿元", 100, 300)
        assert per_cent(found.difference, found.promised) == pytest.approx(Decimal("11.1"), abs=Decimal("0.1"))

    def test_a_result_alone_makes_no_row(self) -> None:
        assert [each.key for each in compared("粮食产量50万吨", "进出口总额增长9%", "粮食产量51万吨").rows] == [
            "粮食产量"
        ]

    def test_a_known_indicator_is_shown_without_a_counterpart(self) -> None:
        found = compared("社会消费品零售总额增长5%", "城市更美", "居民消费价格涨幅2%左右")
        assert [told(each) for each in found.rows] == [("5%", None, None), (None, None, "2%")]

    def test_an_unknown_one_only_with_a_counterpart(self) -> None:
        found = compared("加固堤防20公里，栽种桂花树300棵", "栽种桂花树320棵", "栽种桂花树350棵")
        assert [told(each) for each in found.rows] == [("300棵", "320棵", "350棵")]
        assert found.only_earlier == 1

    def test_what_has_several_values_under_one_unknown_name_is_not_paired(self) -> None:
        found = compared("栽种桂花树300棵，栽种桂花树500棵", "栽种桂花树320棵", "栽种桂花树350棵")
        assert found.rows == ()
        assert (found.only_earlier, found.only_later) == (1, 1)

    def test_the_main_targets_count_before_other_mentions(self) -> None:
        later = (
            "一、2031年工作回顾\n过去一年，地区生产总值增长5.6%。\n"
            "二、今后五年工作的主要目标\n五年间，地区生产总值年均增长7%。\n"
            "三、2032年工作安排\n今年的主要预期目标是：地区生产总值增长5.5%左右。"
        )
        found = compare_years(side(BEFORE.format("地区生产总值增长6%左右"), 2031), side(later, 2032))
        assert told(found.rows[0]) == ("6%", "5.6%", "5.5%")

    def test_the_order_of_the_reports_does_not_matter(self) -> None:
        one = side(BEFORE.format("地区生产总值增长6%左右"), 2031)
        two = side(AFTER.format("地区生产总值增长5%", "地区生产总值增长5%"), 2032)
        assert compare_years(one, two) == compare_years(two, one)


class TestResults:
    @pytest.mark.parametrize("words", ["五年累计新建高标准农田30万亩", "高标准农田达到480万亩"])
    def test_sums_and_stocks_are_not_the_years_work(self, words: str) -> None:
        found = compared("新建高标准农田3万亩", words, "新建高标准农田4万亩")
        assert [told(each) for each in found.rows] == [("3万亩", None, "4万亩")]

    @pytest.mark.parametrize(
        ("promised", "achieved", "outcome"),
        [
            ("地区生产总值增长6%以上", "地区生产总值增长6%", "within"),
            ("地区生产总值增长6%以上", "地区生产总值增长5.9%", "below"),
            ("地区生产总值增长5%—6%", "地区生产总值增长6.1%", "above"),
            ("地区生产总值增长5%—6%", "地区生产总值增长5.5%", "within"),
            ("城镇调查失业率控制在5%以内", "城镇调查失业率4.6%", "within"),
            ("城镇调查失业率控制在5%以内", "城镇调查失业率5.1%", "above"),
            ("固定资产投资增长3%", "固定资产投资下降1%", "below"),
        ],
    )
    def test_where_the_result_lies(self, promised: str, achieved: str, outcome: str) -> None:
        assert row(promised, achieved, promised).outcome == outcome

    def test_a_fall_is_a_change_below_nought(self) -> None:
        assert row("固定资产投资增长3%", "固定资产投资下降1%", "固定资产投资增长2%").margin == -4

    def test_a_range_counts_by_its_middle(self) -> None:
        assert row("地区生产总值增长6%", "城市更美", "地区生产总值增长5%—6%").difference == Decimal("-0.5")

    def test_without_a_result_there_is_no_outcome(self) -> None:
        found = row("地区生产总值增长6%", "城市更美", "地区生产总值增长6%")
        assert (found.outcome, found.margin, found.difference) == (None, None, 0)
        assert per_cent(found.difference, found.promised) is None
