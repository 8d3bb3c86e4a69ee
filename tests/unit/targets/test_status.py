"""Promise or result: sections, time words, wording."""

import pytest

from crawler.targets import find_targets
from tests.support.targets import YEAR, found, only

REPORT = """江城市政府工作报告
——2031年2月1日在市人民代表大会上
一、2030年工作回顾
地区生产总值增长5.8%，规上工业增加值增长7.1%。
（一）用心办好民生实事。建成幼儿园12所。
二、2031年工作安排
主要预期目标是：地区生产总值增长6%左右，城镇调查失业率控制在5%以内。
（一）回顾经验，再谋新篇。新建幼儿园10所。
去年引进企业30家，今年再引进20家。
名词解释
1.两网融合：指30个站点与20条线路并网。
"""


def by_text(status: str) -> list[str]:
    return [target.text for target in find_targets(REPORT) if target.status == status]


def test_sections_decide() -> None:
    assert by_text("achievement") == ["5.8%", "7.1%", "12所", "30家"]
    assert by_text("target") == ["6%", "5%", "10所", "20家"]


def test_a_glossary_promises_nothing() -> None:
    assert by_text("optional") == ["30个", "20条"]


def test_the_year_is_read_from_the_report() -> None:
    periods = {target.status: target.period for target in find_targets(REPORT) if target.status != "optional"}
    assert periods == {"target": "2031", "achievement": "2030"}


def test_a_text_that_names_no_year_has_no_period() -> None:
    assert only("力争出口增长6%。", None).period == ""


@pytest.mark.parametrize(
    "text",
    [
        "2030年出口增长6%。",
        "去年出口增长6%。",
        "目前已建成公园30个。",
        "我市拥有8个产业集群，综合实力居全国第3位。",
    ],
)
def test_time_words_and_aspect_say_achieved(text: str) -> None:
    assert {target.status for target in found("二、2031年工作安排\n" + text)} == {"achievement"}


@pytest.mark.parametrize("text", ["力争出口增长6%。", "到2035年出口达到60亿元。", "今年出口增长6%。"])
def test_forward_words_in_a_review_say_promised(text: str) -> None:
    assert [target.status for target in found("一、2030年工作回顾\n" + text)] == ["target"]


def test_a_fragment_of_results_is_known_by_its_wording() -> None:
    text = (
        "创新动能持续增强，高新技术企业达到1327家，技术合同成交额增长18.7%。\n"
        "城乡面貌明显改善，改造老旧小区216个，绿地率提高到41.3%，居全省第2位。\n"
        "招商引资取得积极成效，新引进项目133个。\n"
    )
    assert {target.status for target in found(text)} == {"achievement"}


def test_a_fragment_of_promises_is_known_by_its_wording() -> None:
    text = (
        "大力培育创新主体，新增高新技术企业130家以上，技术合同成交额增长15%左右。\n"
        "深入实施城市更新，改造老旧小区200个，绿地率达到41%以上。\n"
    )
    assert {target.status for target in found(text)} == {"target"}


def test_a_plan_section_after_the_review_is_ahead() -> None:
    text = "一、“十五五”发展成就和“十六五”主要目标\n五年来出口增长30.2%。\n“十六五”时期，出口年均增长7%。"
    assert [(target.status, target.period) for target in find_targets(text, YEAR)] == [
        ("achievement", "2030"),
        ("target", "2031-2035"),
    ]
