"""Hunks as a person would tell them."""

import pytest

from crawler.diff import diff_texts
from tests.support.diff import made_up_report


def told(old: str, new: str) -> list[tuple[str, str]]:
    diff = diff_texts(old, new)
    assert diff.apply(old) == new
    return [(hunk.old, hunk.new) for hunk in diff.hunks]


@pytest.mark.parametrize(
    ("old", "new", "hunk"),
    [
        ("地区生产总值增长6%左右。", "地区生产总值增长5.5%左右。", ("6%", "5.5%")),
        ("固定资产投资2700亿元。", "固定资产投资2800亿元。", ("2700", "2800")),
        ("增加值1,234亿元", "增加值1,334亿元", ("1,234", "1,334")),
        ("增长２７％", "增长29%", ("２７％", "29%")),
        ("增长 2 7 %", "增长 2 9 %", ("2 7 %", "2 9 %")),
        ("增长十二个百分点", "增长十三个百分点", ("十二", "十三")),
        ("增长6%左右", "增长6%以上", ("6%左右", "6%以上")),
        ("不低于6%", "不超过6%", ("低于6%", "超过6%")),
        ("增长6%", "增长-6%", ("6%", "-6%")),
        ("增长6%", "增长6", ("6%", "6")),
        ("投资2700亿元", "投资2700万元", ("2700亿", "2700万")),
        ("增长5%—6%", "增长5%—7%", ("6%", "7%")),
        ("2024年目标", "2025年目标", ("2024", "2025")),
        ("占地3㎡以上", "占地4㎡以上", ("3", "4")),
    ],
)
def test_a_number_is_told_whole(old: str, new: str, hunk: tuple[str, str]) -> None:
    assert told(old, new) == [hunk]


def test_two_numbers_of_one_sentence_are_two_changes() -> None:
    old = "固定资产投资2700亿元、增长10%以上，其他不变。"
    assert told(old, old.replace("2700", "2800").replace("10%", "9%")) == [("2700", "2800"), ("10%", "9%")]


@pytest.mark.parametrize(
    ("old", "new", "hunk"),
    [
        ("全面推进港口建设。", "全面推进机场扩建。", ("港口建设", "机场扩建")),
        ("新建公园三座。", "新修公园四座。", ("建公园三", "修公园四")),
        ("改善 GDP 结构", "改善 GNP 结构", ("GDP", "GNP")),
    ],
)
def test_near_changes_are_one(old: str, new: str, hunk: tuple[str, str]) -> None:
    old, new = f"在这一年里要{old}其余的工作照旧。", f"在这一年里要{new}其余的工作照旧。"
    assert told(old, new) == [hunk]


def test_a_sentence_written_anew_is_one_change() -> None:
    kept = "其他任务不变。"
    old, new = "大力发展先进制造业，建设科技创新高地，引进龙头企业。", "深入推进乡村振兴，抓好粮食生产，守住耕地红线。"
    assert told(kept + old + kept, kept + new + kept) == [(old[:-1], new[:-1])]


def test_an_inserted_and_a_deleted_sentence() -> None:
    first, second, third = "水利工程开工。", "幼儿园扩建完成。", "养老服务覆盖全市。"
    assert told(first + third, first + second + third) == [("", second)]
    assert told(first + second + third, first + third) == [(second, "")]


def test_a_paragraph_comes_without_the_line_break() -> None:
    assert told("甲段。\n丙段。", "甲段。\n乙段。\n丙段。") == [("", "乙段。")]
    assert told("甲段。\n乙段。\n丙段。", "甲段。\n丙段。") == [("乙段。", "")]


def test_each_edited_sentence_is_compared_with_its_own_earlier_form() -> None:
    old = "水利工程投资稳步提高。幼儿园建设全面推进。养老服务持续改善。港口物流增势良好。"
    new = "水利工程投资大幅提高。今年新增一句。幼儿园建设有序推进。养老服务不断改善。港口物流增势良好。"
    assert told(old, new) == [("稳步", "大幅"), ("", "今年新增一句。"), ("全面", "有序"), ("持续", "不断")]


def test_a_sentence_that_became_two() -> None:
    assert told("港口物流增势良好，养老服务改善。", "港口物流增势良好。养老服务改善。") == [("，", "。")]


def test_edits_in_a_text_with_other_paragraphs_are_told_alone() -> None:
    old = made_up_report(60)
    new = [sentence.replace("项工作", "件实事") if k in (7, 40) else sentence for k, sentence in enumerate(old)]
    hunks = [("7项工作", "7件实事"), ("40项工作", "40件实事")]
    assert told("\n".join(old), "".join(new)) == hunks
    assert told("".join(old), "\n\n".join(new).replace("%", "％")) == hunks


def test_lines_broken_in_mid_sentence_are_no_change() -> None:
    old = "".join(made_up_report(40))
    new = "\n".join(old[k : k + 17] for k in range(0, len(old), 17))
    assert told(old, new) == []
    assert told(old, new.replace("第9项", "第8项")) == [("9", "8")]


def test_a_moved_paragraph_is_deleted_here_and_inserted_there() -> None:
    old = made_up_report(30)
    new = [*old[1:20], old[0], *old[20:]]
    assert told("\n".join(old), "\n".join(new)) == [(old[0], ""), ("", old[0])]


def test_rows_of_a_table_without_punctuation() -> None:
    old = [f"项目{k}号 计划投资{100 + k}万元" for k in range(40)]
    new = [row.replace("计划", "实际") if k % 10 == 5 else row for k, row in enumerate(old)]
    assert told("\n".join(old), "\n".join(new)) == [("计划", "实际")] * 4


def test_every_row_of_a_table_changed() -> None:
    old = "\n".join(f"项目{k}号 投资{100 + k}万元" for k in range(30))
    found = told(old, old.replace("万元", "亿元"))
    assert len(found) == 30
    assert found[0] == ("100万", "100亿")


def test_only_the_text_it_was_made_from_can_be_patched() -> None:
    diff = diff_texts("甲", "乙")
    with pytest.raises(ValueError, match="not the text"):
        diff.apply("丙")
