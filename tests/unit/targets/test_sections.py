"""The guide on status: sections, time words that override them, aspect and verbs; and the periods that follow."""

import pytest

from crawler.targets import find_targets
from crawler.targets.reading import sentences
from crawler.targets.status import FUTURE, NOTES, PAST, UNKNOWN, Place, places, status_of
from tests.support.targets import PLAN, REVIEW, YEAR, found, only, statuses


def sections(text: str, year: int | None = YEAR) -> list[str]:
    return [place.section for place in places(list(sentences(text)), year)]


@pytest.mark.parametrize(
    "heading",
    [
        "一、2030年工作回顾",
        "一、过去一年工作回顾",
        "一、过去五年的工作",
        "第一部分 过去五年工作回顾",
        "一、2030年工作总结",
        "一、五年来的主要成绩",
        "一、国民经济和社会发展计划执行情况",
        "2030年工作完成情况",
        "一、“十五五”时期发展成就",
    ],
)
def test_a_heading_that_looks_back_begins_results(heading: str) -> None:
    assert statuses(f"{heading}\n新建公园30个。") == [("30个", "achievement")]


@pytest.mark.parametrize(
    "heading",
    [
        "二、2031年工作安排",
        "二、2031年工作总体要求和预期目标",
        "二、今年的重点工作",
        "二、2031年民生实事",
        "三、下一步工作打算",
        "二、今后五年的奋斗目标",
        "二、新一年的目标",
        "第二部分 主要任务",
        "2031年目标任务",
        "三、2031年政府工作建议",
    ],
)
def test_a_heading_that_looks_ahead_begins_promises(heading: str) -> None:
    assert statuses(f"一、2030年工作回顾\n{heading}\n新建公园30个。") == [("30个", "target")]


@pytest.mark.parametrize("heading", ["名词解释", "附：相关名词", "有关用语说明", "名词注释"])
def test_a_glossary_is_optional(heading: str) -> None:
    assert statuses(f"{PLAN}{heading}\n1.绿廊工程：指沿江新建公园30个。") == [("30个", "optional")]


def test_the_heading_of_a_subsection_leaves_the_section_as_it_is() -> None:
    text = f"{REVIEW}（一）抓好民生实事\n新建公园30个。\n{PLAN}（一）回顾历程、接续奋斗\n新建公园40个。"
    assert statuses(text) == [("30个", "achievement"), ("40个", "target")]


def test_a_later_section_takes_over() -> None:
    text = f"{REVIEW}出口增长7%。\n{PLAN}出口增长8%。"
    assert [(target.text, target.status, target.period) for target in found(text)] == [
        ("7%", "achievement", "2030"),
        ("8%", "target", "2031"),
    ]


def test_a_sentence_that_names_the_goals_begins_the_plan() -> None:
    text = f"{REVIEW}出口增长7%。\n今年全县主要预期目标是：出口增长8%。进口增长4%。"
    assert [status for _, status in statuses(text)] == ["achievement", "target", "target"]


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("一、工作回顾", PAST),
        ("二、工作安排", FUTURE),
        ("名词解释", NOTES),
        ("2030年，我们新建公园30个。", PAST),
    ],
)
def test_the_section_of_a_sentence(heading: str, section: str) -> None:
    assert sections(heading)[0] == section


def test_no_section_is_left_unjudged() -> None:
    assert UNKNOWN not in sections("新建公园30个。\n出口增长7%。\n标题\n\n进口增长4%。")


# --- words in the clause ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "去年新建公园30个。",
        "上年新建公园30个。",
        "2030年新建公园30个。",
        "2029年新建公园30个。",
        "过去新建公园30个。",
        "已经新建公园30个。",
        "已建成公园30个。",
        "目前拥有公园30个。",
        "现有公园30个。",
        "超额完成公园30个。",
        "建成了公园30个。",
    ],
)
def test_words_of_the_past_override_a_plan(text: str) -> None:
    assert statuses(PLAN + text) == [("30个", "achievement")]


@pytest.mark.parametrize(
    "text",
    [
        "力争新建公园30个。",
        "确保新建公园30个。",
        "今年新建公园30个。",
        "明年新建公园30个。",
        "今后新建公园30个。",
        "到2035年新建公园30个。",
        "2031年新建公园30个。",
    ],
)
def test_words_of_the_future_override_a_review(text: str) -> None:
    assert statuses(REVIEW + text) == [("30个", "target")]


@pytest.mark.parametrize("word", ["力争", "确保", "拟", "计划", "将", "要", "预期", "争取", "实施", "推进", "再"])
def test_verbs_of_intent_promise(word: str) -> None:
    assert statuses(f"{PLAN}{word}新建公园30个。") == [("30个", "target")]


def test_only_the_words_of_its_own_clause_count() -> None:
    assert statuses(PLAN + "去年新建公园30个，新建绿道20公里。") == [("30个", "achievement"), ("20公里", "target")]


def test_a_promise_with_a_word_of_the_past_stays_one() -> None:
    assert statuses(PLAN + "力争公园总量比去年多30个。") == [("30个", "target")]


def test_a_base_is_no_result() -> None:
    assert statuses(PLAN + "在2030年的基础上再增加公园30个。") == [("30个", "target")]


@pytest.mark.parametrize(
    ("clause", "section", "status", "evidence"),
    [
        ("力争出口增长7%", FUTURE, "target", "力争"),
        ("出口增长7%", FUTURE, "target", "here"),
        ("去年出口增长7%", FUTURE, "achievement", "去年"),
        ("2030年出口增长7%", FUTURE, "achievement", "2030年"),
        ("今年出口增长7%", PAST, "target", "今年"),
        ("2035年出口增长7%", PAST, "target", "2035年"),
        ("出口增长7%", PAST, "achievement", "here"),
        ("今年已经增长7%", PAST, "achievement", "here"),
        ("力争出口增长7%", NOTES, "optional", "glossary here"),
    ],
)
def test_the_evidence_is_named(clause: str, section: str, status: str, evidence: str) -> None:
    assert status_of(clause, Place(section=section, evidence="here"), YEAR) == (status, evidence)


def test_without_a_year_no_year_is_past() -> None:
    place = Place(section=FUTURE, evidence="here")
    assert status_of("2030年出口增长7%", place, None) == ("target", "here")


# --- periods ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("力争出口增长7%。", "2031"),
        ("今年力争出口增长7%。", "2031"),
        ("全年力争出口增长7%。", "2031"),
        ("明年力争出口增长7%。", "2032"),
        ("到2035年力争出口达到70亿元。", "2035"),
        ("2032年力争出口增长7%。", "2032"),
        ("2032—2034年力争新建公园30个。", "2032-2034"),
        ("2032至2034年力争新建公园30个。", "2032-2034"),
        ("今后五年力争出口年均增长7%。", "2031-2035"),
        ("未来三年力争出口年均增长7%。", "2031-2033"),
        ("“十六五”时期力争出口年均增长7%。", "2031-2035"),
        ("力争一季度开工率达到70%。", "2031Q1"),
        ("力争四季度开工率达到70%。", "2031Q4"),
        ("2032年二季度力争开工率达到70%。", "2032Q2"),
        ("力争前三季度开工率达到70%。", "2031Q1-Q3"),
        ("力争上半年开工率达到70%。", "2031H1"),
        ("力争下半年开工率达到70%。", "2031H2"),
        ("2032年上半年力争开工率达到70%。", "2032H1"),
    ],
)
def test_the_period_named_in_the_clause(text: str, period: str) -> None:
    assert only(PLAN + text).period == period


@pytest.mark.parametrize("opening", ["到2035年", "“十六五”期间", "今后五年"])
def test_the_period_at_the_head_of_a_sentence_holds_for_all_of_it(opening: str) -> None:
    periods = {target.period for target in found(f"{PLAN}{opening}，出口达到70亿元，新建公园30个，绿地率达到41%。")}
    assert len(periods) == 1
    assert periods != {"2031"}


def test_the_next_sentence_is_of_the_reports_year_again() -> None:
    assert [target.period for target in found(PLAN + "到2035年，出口达到70亿元。新建公园30个。")] == ["2035", "2031"]


def test_the_year_of_a_base_is_no_period() -> None:
    assert only(PLAN + "力争出口在2030年的基础上增长7%。").period == "2031"


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2031年江城县政府工作报告", "2031"),
        ("江城县2031年政府工作报告", "2031"),
        ("2031年主要预期目标", "2031"),
        ("一、2030年工作回顾", "2031"),
        ("——2031年1月9日在江城县人民代表大会上", "2031"),
    ],
)
def test_the_year_is_asked_of_the_text(title: str, year: str) -> None:
    targets = find_targets(f"{title}\n今年力争出口增长7%。")
    assert [target.period for target in targets] == [year]


def test_the_year_given_wins_over_the_text() -> None:
    assert [target.period for target in find_targets("2031年政府工作报告\n今年力争出口增长7%。", 2033)] == ["2033"]


@pytest.mark.parametrize(
    ("heading", "status"),
    [
        ("二、“十六五”时期的蓝图", "target"),
        ("二、2035年远景", "target"),
        ("二、“十五五”时期的历程", "achievement"),
        ("（二）“十六五”时期的蓝图", "achievement"),
    ],
)
def test_a_heading_that_names_a_time_ahead_begins_promises(heading: str, status: str) -> None:
    assert statuses(f"{REVIEW}{heading}\n新建公园30个。") == [("30个", status)]


def test_the_latest_plan_that_ends_with_the_year_is_not_ahead() -> None:
    heading = "二、“十五五”时期的蓝图\n新建公园30个。"
    assert [target.status for target in find_targets(REVIEW + heading, 2029)] == ["target"]
    assert [target.status for target in find_targets(REVIEW + heading, 2030)] == ["achievement"]


def test_a_heading_that_names_last_year_looks_back_unless_it_is_the_reports_title() -> None:
    assert statuses(f"{PLAN}三、2030年概况\n新建公园30个。") == [("30个", "achievement")]
    assert statuses(f"{PLAN}三、2030年报告\n新建公园30个。") == [("30个", "target")]
