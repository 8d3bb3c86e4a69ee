"""What a body held before it holds still, where the page shows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import extract
from crawler.extract.memory import BEYOND, recallable, recalled

REPORT = (
    "各位代表：",
    "过去的一年，全县上下顶住压力，完成技改投资38亿元，新入统企业27家，县域经济稳步回升。",
    "我们坚持把粮食安全放在首位，播种面积稳定在64万亩，建成高标准农田5.2万亩，农机化率达到81%。",
    "我们坚持为群众办实事，改造供水管网112公里，新开公交线路6条，惠及沿线九个乡镇。",
    "以上报告，请予审议。",
    "青岚县人民政府",
)


def page(lines: tuple[str, ...], sign: str = "<div class=s>{}</div>") -> str:
    body = "".join(f"<p>{line}</p>" for line in lines[:-1]) + sign.format(lines[-1])
    near = "<div class=x>青岚网读书频道</div><ul><li><a href=/1>青岚县召开重点项目推进会</a></li></ul>"
    return f"<html><body><div><h1>青岚县政府工作报告</h1>{body}{near}</div></body></html>"


@pytest.mark.parametrize("signer", ["青岚县人民食府", "青岚县人民", "青岚人民政"])
def test_a_line_known_by_its_words_alone_stays_when_an_edit_spoils_them(signer: str) -> None:
    edited = (*REPORT[:-1], signer)
    assert extract(page(edited)).paragraphs == REPORT[:-1], "that is why"
    assert extract(page(edited), before=REPORT).paragraphs == edited
    assert extract(page(edited), before=edited).paragraphs == edited


def test_a_line_that_went_is_not_made_up_from_what_stands_there() -> None:
    left = (*REPORT[:-1], "青岚在线编辑部推荐")
    assert extract(page(left), before=REPORT).paragraphs == REPORT[:-1]
    assert extract(page(REPORT[:-1], "<p>{}</p>"), before=REPORT).paragraphs == REPORT[:-1]


def test_nothing_is_recalled_twice_nor_where_all_is_there() -> None:
    twice = page((*REPORT, REPORT[-1]), "<div class=s>{}</div>")
    assert extract(page(REPORT), before=REPORT).paragraphs == extract(page(REPORT)).paragraphs == REPORT
    assert extract(twice, before=REPORT).paragraphs == extract(twice).paragraphs


LINES = st.lists(st.sampled_from(["甲甲甲", "乙乙乙", "丙丙丙", "丁丁丁", "戊"]), max_size=10)


@given(LINES, st.data(), LINES)
def test_lines_are_only_added_and_only_such_as_were_there(
    lines: list[str], data: st.DataObject, before: list[str]
) -> None:
    kept = [index for index in range(len(lines)) if data.draw(st.booleans())]
    found = recalled(lines, kept, before)
    assert found == sorted({*found, *kept})
    assert all(lines[index] in before for index in {*found} - {*kept})
    assert recalled(lines, kept, []) == kept
    assert recalled(lines, kept, [lines[index] for index in kept]) == kept


@given(st.lists(st.integers(10, 99).map("第{}项工作".format), unique=True, max_size=12), st.data())
def test_what_stood_there_unchanged_stands_there(lines: list[str], data: st.DataObject) -> None:
    kept = [index for index in range(len(lines)) if data.draw(st.booleans())]
    found = [lines[index] for index in recalled(lines, kept, lines)]
    assert found == lines or not kept or kept[0] > BEYOND or kept[-1] < len(lines) - BEYOND


HEADINGS = ("第1篇：青岚县政府工作报告", "第2篇：白鹭县政府工作报告", "第3篇：云岭县政府工作报告")
REPORTS = [tuple(f"{heading}的第{n}段" for n in "一二三") for heading in HEADINGS]


def test_a_part_is_asked_for_nothing_that_another_shows_or_that_stood_where_parts_meet() -> None:
    first, second, third = REPORTS
    before = [*first, *second, *third]
    assert list(recallable(before, [first, second, third])) == [list(first), list(second), list(third)]
    assert list(recallable(before, [first, third])) == [list(first), list(third)]
    assert list(recallable(before, [second, third, first])) == [list(second), list(third), list(first)]


def test_a_part_is_asked_for_what_went_within_it_and_at_the_ends_of_the_document() -> None:
    first, second, third = REPORTS
    before = [*first, *second, *third]
    assert list(recallable(before, [first[1:], (second[0], second[2]), third[:2]])) == [
        list(first),
        list(second),
        list(third),
    ]
    assert list(recallable(before, [(*first[:1], *second), third])) == [[*first, *second], list(third)]
    assert list(recallable(before, [first[1:]])) == [before]
