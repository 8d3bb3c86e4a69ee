"""Boxes that one line at their edge gives away: adverts by their mark, summaries by what made them."""

import pytest

from crawler.extract import extract

REPORT = (
    "各位代表：",
    "过去的一年，全县上下顶住压力，完成技改投资38亿元，新入统企业27家，县域经济稳步回升。",
    "我们坚持把粮食安全放在首位，播种面积稳定在64万亩，建成高标准农田5.2万亩，农机化率达到81%。",
    "我们坚持为群众办实事，改造供水管网112公里，新开公交线路6条，惠及沿线九个乡镇。",
    "二、今年的主要任务",
    "今年要抓好三件事：智能制造扩面，广告产业园投用，人工智能进课堂，力争年底前全部见效。",
)
SUMMARY = "报告回顾了青岚县一年来的工作，提出了投资、粮食、民生三方面的安排，强调要把各项任务落到实处。"


def read(before: str = "", amid: str = "", behind: str = "") -> tuple[str, ...]:
    upper, lower = ("".join(f"<p>{line}</p>" for line in some) for some in (REPORT[:4], REPORT[4:]))
    main = f"<div><h1>青岚县政府工作报告</h1>{before}<div>{upper}{amid}{lower}</div>{behind}</div>"
    return extract(f"<html><body>{main}</body></html>").paragraphs


@pytest.mark.parametrize(
    "label", ["AI速览", "智能导读", "AI 智能提炼", "【AI摘要】", "大模型生成摘要：", "小岚AI为您总结", "AI带你速读"]
)
def test_the_box_of_a_machine_s_summary_goes(label: str) -> None:
    box = f"<div><b>{label}</b><p>{SUMMARY}</p><p>{SUMMARY}</p></div>"
    assert read(before=box) == REPORT
    assert read(amid=box) == REPORT


@pytest.mark.parametrize(
    "notice",
    [
        "以上内容由AI自动生成，请以原文为准。",
        "本摘要由大模型提炼",
        "内容由人工智能辅助生成，仅供参考",
        "由AI生成",
        "本段由语言模型自动生成",
    ],
)
def test_what_a_machine_says_it_made_goes_without_a_heading_or_a_box(notice: str) -> None:
    assert read(before=f"<div><p>{SUMMARY}</p><p>{notice}</p></div>") == REPORT
    assert read(before=f"<p>AI导读</p><p>{SUMMARY}</p><p>{notice}</p>") == REPORT


def test_a_summary_said_in_the_line_of_its_label_goes_however_long_it_is() -> None:
    assert read(before=f"<p>AI总结：{SUMMARY * 3}</p>") == REPORT


@pytest.mark.parametrize("mark", ["广告", "商业推广", "[广告]", "AD", "×广告"])
@pytest.mark.parametrize("name", ["明辉学府三期 湖景小高层认筹中", "秋季班火热招生 仅限前五十名"])
def test_an_advert_goes_with_the_mark_beside_it(mark: str, name: str) -> None:
    assert read(amid=f"<div><p>{name}</p><i>{mark}</i></div>") == REPORT
    assert read(amid=f"<div><em>{mark}</em><div>{name}</div></div>") == REPORT


def test_such_words_in_a_report_mark_nothing() -> None:
    told = ("三、发展人工智能", "智能", "内容由各部门分解落实，生成任务清单，按月调度，确保件件有着落。")
    body = "".join(f"<p>{line}</p>" for line in (*REPORT, *told))
    assert extract(f"<html><body><div>{body}</div></body></html>").paragraphs == (*REPORT, *told)


def test_a_box_with_most_of_the_text_is_no_summary() -> None:
    body = "".join(f"<p>{line}</p>" for line in REPORT)
    found = extract(f"<html><body><div><p>AI摘要</p>{body}</div></body></html>").paragraphs
    assert found[-len(REPORT) :] == REPORT


def test_an_advert_amid_who_signs_and_when_takes_none_of_that_with_it() -> None:
    signed = ("青岚县人民政府", "2024年1月22日", "（此件公开发布）")
    closing = f"<div><h3>{signed[0]}</h3><h3>{signed[1]}</h3><div>【广告】</div><h3>{signed[2]}</h3></div>"
    lines = "".join(f"<p>{line}</p>" for line in REPORT)
    found = extract(f"<html><body><div><h1>青岚县政府工作报告</h1><div>{lines}{closing}</div></div></body></html>")
    assert found.paragraphs == (*REPORT, *signed)
