"""Periods, deadlines and comparisons with other series."""

import pytest

from tests.support.targets import found, only


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("力争出口增长6%。", "2031"),
        ("到2035年，出口达到60亿元。", "2035"),
        ("未来五年出口年均增长6%。", "2031-2035"),
        ("2031—2033年投资60亿元。", "2031-2033"),
        ("力争上半年开工率达到80%。", "2031H1"),
        ("力争三季度开工率达到80%。", "2031Q3"),
        ("“十六五”时期，出口年均增长6%。", "2031-2035"),
        ("明年力争开工率达到80%。", "2032"),
        ("3月底前开工率达到50%。", "2031-03"),
        ("到2035年，出口年均增长6%。", "2031-2035"),
        ("占比由2029年的2%提高到3%。", "2031"),
        ("经济总量较“十五五”末翻一番。", "2031"),
        ("第六个五年计划期间，出口年均增长6%。", "1981-1985"),
    ],
)
def test_period(text: str, period: str) -> None:
    assert only(text).period == period


def test_the_period_at_the_head_holds_for_the_sentence() -> None:
    assert [target.period for target in found("到2035年，出口达到60亿元，绿地率达到45%。")] == ["2035", "2035"]


PLAN = """二、“十六五”时期主要目标
“十六五”时期要推动江北发展跃上新台阶。主要目标是：地区生产总值年均增长5%左右，城镇调查失业率控制在5.5%以内。
绿地率达到45%，2033年出口达到60亿元。
三、工作安排
今年是“十六五”开局之年。新建公园20个。
“十六五”已经启航，力争出口增长6%。
"""


def test_a_passage_about_a_plan_promises_for_its_years() -> None:
    assert [(target.indicator, target.period) for target in found(PLAN)] == [
        ("地区生产总值", "2031-2035"),
        ("城镇调查失业率", "2031-2035"),
        ("绿地率", "2035"),
        ("出口", "2033"),
        ("新建公园", "2031"),
        ("出口", "2031-2035"),
    ]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("今后五年的目标是：绿地率达到45%。", "2031-2035"),
        ("《纲要（草案）》明确了目标。绿地率达到45%。", "2035"),
        ("出口增长6%与“十六五”目标衔接。绿地率达到45%。", "2031"),
        ("2031年是“十六五”开局之年。绿地率达到45%。", "2031"),
    ],
)
def test_which_lines_are_about_a_plan(text: str, period: str) -> None:
    assert found(text)[-1].period == period


def test_the_last_period_that_opened_a_clause_holds() -> None:
    text = "到2033年，出口达到60亿元；到2035年，绿地率达到45%，出口在2030年基础上翻一番；今年出口达到50亿元。"
    assert [target.period for target in found(text)] == ["2033", "2035", "2035", "2031"]


def test_the_end_of_the_century() -> None:
    assert only("力争到本世纪末工农业总产值翻两番。", 1983).period == "2000"


@pytest.mark.parametrize(
    ("text", "span", "date", "indicator"),
    [
        ("确保新建项目10月底前全部开工。", "10月底", "2031-10", "新建项目开工"),
        ("6月15日前完成全域普查。", "6月15日", "2031-06-15", "全域普查"),
        ("2032年5月底前建成投用江北大桥。", "2032年5月底", "2032-05", "建成投用江北大桥"),
    ],
)
def test_deadlines(text: str, span: str, date: str, indicator: str) -> None:
    target = only(text)
    assert (target.text, target.period, target.indicator) == (span, date, indicator)
    assert (target.kind, target.relation, target.unit, target.low) == ("deadline", "at_most", "date", None)


def test_a_date_with_a_number_to_reach_is_its_period_only() -> None:
    assert [target.kind for target in found("10月底前新建公园30个。")] == ["count"]


def test_growing_in_step_is_a_target_for_every_series() -> None:
    targets = found("力争居民收入、村集体收入与经济增长同步。")
    assert [(target.indicator, target.text, target.kind) for target in targets] == [
        ("居民收入", "同步", "relative"),
        ("村集体收入", "同步", "relative"),
    ]


def test_above_average_is_a_target_without_a_number() -> None:
    target = only("确保民间投资增速高于全省平均水平。")
    assert (target.indicator, target.text, target.relation) == ("民间投资增速", "高于全省平均水平", "outpace")
    assert (target.low, target.high, target.unit) == (None, None, "")


@pytest.mark.parametrize("text", ["同步推进项目建设。", "收入稳步增加。", "治理明显改善，只增不减。"])
def test_no_comparison(text: str) -> None:
    assert found(text) == []
