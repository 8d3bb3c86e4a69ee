"""The guide on deadlines and on targets relative to another series."""

import pytest

from crawler.targets import find_targets
from crawler.targets.reading import sentences
from crawler.targets.relative import comparisons
from tests.support.targets import PLAN, REVIEW, YEAR, found, only


def compared(text: str) -> list[tuple[str, ...]]:
    return [comparison.indicators for sentence in sentences(text) for comparison in comparisons(sentence)]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("居民收入与经济增长同步。", ["居民收入"]),
        ("农民收入增长与经济增长基本同步。", ["农民收入"]),
        ("居民收入和经济增长同步。", ["居民收入"]),
        ("居民收入、村集体收入与经济增长同步。", ["居民收入", "村集体收入"]),
        ("城乡居民收入与经济增长同步。", ["城镇居民收入", "农村居民收入"]),
    ],
)
def test_in_step_with_another_series(text: str, indicators: list[str]) -> None:
    targets = found("力争" + text)
    assert [target.indicator for target in targets] == indicators
    assert {(target.text, target.kind, target.relation) for target in targets} == {("同步", "relative", "outpace")}
    assert {(target.low, target.high, target.unit) for target in targets} == {(None, None, "")}


@pytest.mark.parametrize(
    "words",
    [
        "高于全省平均水平",
        "高于全部投资增速",
        "快于规上工业增幅",
        "高于全国平均",
        "快于全省平均",
        "好于全国水平",
        "高于面上增速",
        "高于经济增速",
        "快于经济增长",
    ],
)
def test_ahead_of_another_series(words: str) -> None:
    target = only(f"力争民间投资增速{words}。")
    assert (target.indicator, target.kind, target.relation) == ("民间投资增速", "relative", "outpace")
    assert (target.text, target.low, target.high, target.unit) == (words, None, None, "")


def test_a_named_set_is_one() -> None:
    assert [target.indicator for target in found("七个投资均高于面上增速。")] == ["七个投资"]


def test_each_of_a_listed_set_is_one() -> None:
    assert [target.indicator for target in found("工业投资增速、民间投资增速均高于全省平均水平。")] == [
        "工业投资增速",
        "民间投资增速",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "同步推进规划编制。",
        "同步实施路网改造。",
        "收入稳步增加。",
        "能耗明显下降。",
        "耕地只增不减。",
        "同步。",
        "与经济增长同步。",
        "实现全覆盖。",
        "问题全部清零。",
    ],
)
def test_words_without_a_comparison_are_no_mention(text: str) -> None:
    assert found(text) == []


def test_the_clause_before_is_not_compared() -> None:
    assert compared("完善分配制度,居民收入与经济增长同步。") == [("居民收入",)]


def test_two_comparisons_of_one_sentence_come_in_order() -> None:
    text = "工业投资增速高于全省平均水平,居民收入与经济增长同步。"
    assert compared(text) == [("工业投资增速",), ("居民收入",)]


@pytest.mark.parametrize(("section", "status"), [(PLAN, "target"), (REVIEW, "achievement")])
def test_a_comparison_is_promised_or_reported(section: str, status: str) -> None:
    assert only(section + "居民收入与经济增长同步。").status == status


@pytest.mark.parametrize(
    ("text", "span", "date", "indicator"),
    [
        ("确保江东水厂10月底前投产。", "10月底", "2031-10", "江东水厂投产"),
        ("9月前完成校舍加固。", "9月", "2031-09", "校舍加固"),
        ("6月15日前完成普查。", "6月15日", "2031-06-15", "普查"),
        ("6月初前完成普查。", "6月初", "2031-06", "普查"),
        ("11月末之前完成清淤。", "11月末", "2031-11", "清淤"),
        ("2033年6月底前完成清淤。", "2033年6月底", "2033-06", "清淤"),
        ("2033年6月30日前完成清淤。", "2033年6月30日", "2033-06-30", "清淤"),
    ],
)
def test_a_deadline_is_a_date_to_be_done_by(text: str, span: str, date: str, indicator: str) -> None:
    target = only(text)
    assert (target.text, target.period, target.indicator) == (span, date, indicator)
    assert (target.kind, target.relation, target.unit) == ("deadline", "at_most", "date")


@pytest.mark.parametrize("text", ["2031年底前完成普查。", "工程12月底前完工。"])
def test_the_end_of_the_year_alone_is_optional(text: str) -> None:
    assert [(target.kind, target.status) for target in find_targets(text, YEAR)] == [("deadline", "optional")]


@pytest.mark.parametrize("text", ["1月20日召开大会。", "3月完成普查。", "10月底，江北大桥通车。", "底前完成。"])
def test_a_date_that_is_no_deadline(text: str) -> None:
    assert find_targets(text, YEAR) == []


def test_a_deadline_before_a_number_is_only_its_time() -> None:
    assert [(target.kind, target.text) for target in found("9月底前改造管网30公里。")] == [("level", "30公里")]


def test_a_number_in_another_clause_leaves_the_deadline() -> None:
    assert [target.kind for target in found("江东水厂9月底前投产，改造管网30公里。")] == ["deadline", "level"]


def test_a_deadline_of_a_text_without_year_has_no_date() -> None:
    (target,) = found("江东水厂9月底前投产。", None)
    assert (target.kind, target.period) == ("deadline", "")


def test_a_deadline_met_is_no_target() -> None:
    assert [target.status for target in found(REVIEW + "江东水厂9月底前投产。")] == ["achievement"]


def test_a_series_that_is_to_stay_above_an_average() -> None:
    (target,) = found("力争固定资产投资增速保持在全国平均水平以上。")
    assert (target.indicator, target.text, target.kind) == ("固定资产投资增速", "全国平均水平以上", "relative")


def test_one_series_compared_twice() -> None:
    both = found("农村居民人均可支配收入增速高于全省平均水平、高于城镇居民收入增速。")
    assert [(target.indicator, target.text) for target in both] == [
        ("农村居民人均可支配收入增速", "高于全省平均水平"),
        ("农村居民人均可支配收入增速", "高于城镇居民收入增速"),
    ]
