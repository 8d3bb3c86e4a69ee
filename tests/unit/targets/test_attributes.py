"""The guide on numbers that describe: baselines, thresholds, sizes of projects, durations, heads of lists."""

import pytest

from crawler.targets import find_targets
from tests.support.targets import YEAR, found, only, optional


@pytest.mark.parametrize(
    ("text", "baseline", "value", "relation"),
    [
        ("审批时限由20小时缩短到6小时。", "20小时", "6小时", "eq"),
        ("人均收入从3.4万元提高到4.5万元以上。", "3.4万元", "4.5万元", "at_least"),
        ("城镇化率从70%提升至72%左右。", "70%", "72%", "about"),
        ("供水普及率由90%提高到95%。", "90%", "95%", "eq"),
        ("低保标准从每人700元增加到610元。", "700元", "610元", "eq"),
        ("床位由300张扩大到500张。", "300张", "500张", "eq"),
        ("亩均税收从30万元跃升至40万元。", "30万元", "40万元", "eq"),
        ("空置率从12%压缩到9%以内。", "12%", "9%", "at_most"),
    ],
)
def test_a_baseline_is_optional_and_the_goal_is_the_mention(
    text: str, baseline: str, value: str, relation: str
) -> None:
    target = only(text)
    assert (target.text, target.relation) == (value, relation)
    assert optional(text) == [baseline]


def test_the_baseline_is_told_of_the_same_indicator() -> None:
    assert {target.indicator for target in find_targets("绿地率从40%提高到41%。", YEAR)} == {"绿地率"}


def test_a_value_without_from_is_no_baseline() -> None:
    assert optional("绿地率提高到41%。") == []


@pytest.mark.parametrize(
    ("text", "counted", "threshold"),
    [
        ("建设亿元以上项目60个。", "60个", "亿元"),
        ("引进总投资8亿元以上装备项目9个。", "9个", "8亿元"),
        ("招引50亿元以上重大项目3个。", "3个", "50亿元"),
        ("新增年产值5亿元以上企业4家。", "4家", "5亿元"),
        ("整治亩均税收5万元以下的企业90家。", "90家", "5万元"),
        ("培育百亿级产业集群2个。", "2个", "百亿级"),
    ],
)
def test_a_threshold_is_optional_and_the_count_is_the_mention(text: str, counted: str, threshold: str) -> None:
    assert [target.text for target in found(text)][-1:] == [counted]
    if not threshold.endswith("级"):
        assert threshold in optional(text)


def test_a_multiplier_is_part_of_what_is_counted() -> None:
    target = only("建设20个投资过亿的项目。")
    assert (target.text, target.indicator, target.kind) == ("20个", "投资过亿的项目", "count")


def test_what_is_counted_includes_its_threshold() -> None:
    assert only("建设亿元以上企业20家。").indicator == "亿元以上企业"


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("推进70万吨烯烃项目。", "70万吨"),
        ("加快30万千瓦风电项目建设。", "30万千瓦"),
        ("谋划200万立方米储气工程。", "200万立方米"),
    ],
)
def test_the_size_of_a_project_is_optional(text: str, size: str) -> None:
    assert found(text) == []
    assert optional(text) == [size]


@pytest.mark.parametrize("verb", ["新增", "建成", "完成", "并网"])
def test_what_is_added_is_more_than_the_size_of_a_project(verb: str) -> None:
    assert [target.text for target in found(f"{verb}70万千瓦风电项目。")] == ["70万千瓦"]


@pytest.mark.parametrize("text", ["完成三项任务。", "抓好两件大事。", "实施六大工程。"])
def test_the_head_of_a_list_is_no_target(text: str) -> None:
    assert found(text) == []


def test_a_deliverable_with_a_classifier_is_a_target() -> None:
    assert [target.indicator for target in found("打造10条标志性产业链，建设4所职业学院。")] == [
        "标志性产业链",
        "职业学院",
    ]


@pytest.mark.parametrize("text", ["连续3年获得先进，出口增长7%。", "持续20天攻坚，出口增长7%。"])
def test_a_duration_is_no_target(text: str) -> None:
    assert [target.text for target in found("力争" + text)] == ["7%"]


def test_within_a_distance_is_no_target() -> None:
    assert [target.text for target in found("站点80米内接驳比例提升至72%。")] == ["72%"]


def test_thresholds_joined_in_one_name_are_attributes() -> None:
    assert [target.text for target in found("招引10亿元以上和50亿元以上项目7个。")] == ["7个"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("绿地率从40%提高到41%。", "baseline"),
        ("引进总投资8亿元以上装备项目9个。", "attribute"),
        ("完成三项任务。", "list head"),
        ("达到十二万亩。", "no indicator"),
        ("出口、进口分别增长7%、4%、3%。", "unpaired"),
    ],
)
def test_the_rule_says_why_a_number_may_not_count(text: str, why: str) -> None:
    assert why in {target.rule.rpartition("; ")[2] for target in find_targets(text, YEAR)}
