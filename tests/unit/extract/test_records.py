"""Names, sentences and lines of when and how often: what is said of other articles goes, a body's sentences stay."""

import pytest

from crawler.extract import extract
from crawler.extract.records import is_byline

REPORT = [f"全市上下凝心聚力，完成了第{n}个方面的工作，取得了新的进展，群众的日子越过越好。" for n in "一二三四五六"]
SAID = "渡口的老茶馆重新开张，街坊们带着自家的茶碗赶来，一坐就是一下午"


def body(block: str, place: int = 3) -> list[str]:
    """The body of a page with a block behind a paragraph."""
    pieces = [f"<p>{line}</p>" for line in REPORT]
    pieces[place - 1] += block
    return list(extract(f"<html><body><div>{''.join(pieces)}</div></body></html>").paragraphs)


@pytest.mark.parametrize(
    "line",
    [
        "晴川 | 2023/7/9 | 下载券：95",
        "松风网 · 55980阅读",
        "老船工 · 3小时前",
        "晴川 回12/阅340",
        "2024-05-06 · 阅读(318)",
    ],
)
def test_who_when_and_how_often_is_a_byline(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "云溪市 | 松风区 | 青岚县",
        "2024年全市生产总值增长6%",
        "一、2024年工作回顾",
        "重点项目·2024年度清单",
        "生产总值5.3%/财政收入4.1%",
        "全年接待游客300万人次，实现收入12亿元 | 增长8%",
    ],
)
def test_lines_of_reports_are_no_bylines(line: str) -> None:
    assert not is_byline(line)


@pytest.mark.parametrize("place", [3, 6])
@pytest.mark.parametrize(
    "block",
    [
        f"<div><p><a href=/a>渡口茶馆重开记</a></p><p>{SAID}</p><p>晴川 | 2023/7/9 | 下载券：95</p></div>",
        f"<center>渡口茶馆重开记<br>{SAID}<br>晴川 · 3小时前<br>雨巷灯会今晚开幕<br>{SAID}<br>老船工 · 5天前</center>",
        f"<dl><dt><a href=/a>渡口茶馆重开记</a><br>{SAID}<br>2023-07-09 阅读(318)</dt></dl>",
    ],
)
def test_what_is_said_of_another_article_goes_with_its_name(block: str, place: int) -> None:
    assert body(block, place) == REPORT


@pytest.mark.parametrize(
    "block",
    [
        "<p><a href=/a>渡口茶馆重开记</a></p>{}<div>2023-07-09</div>",  # it is marked up otherwise than what is below
        "<p>（一）渡口整治</p>{}<p>（二）雨巷灯会</p>",
        "<p>渡口整治</p>{}<p>2023年7月9日</p>",
    ],
)
def test_a_sentence_of_the_body_stays_between_a_name_and_a_date(block: str) -> None:
    sentence = f"{SAID}。"
    assert sentence in body(block.format(f"<p>{sentence}</p>"))


def test_a_page_of_nothing_but_entries_is_left_as_it_is() -> None:
    entries = "".join(
        f"<p><a href=/{n}>渡口茶馆重开记之{n}</a></p><p>{SAID}。</p><p>松风网 · {n}0阅读</p>" for n in range(2, 8)
    )
    assert any(SAID in line for line in extract(f"<html><body><div>{entries}</div></body></html>").paragraphs)


@pytest.mark.parametrize("told", ["2025-03-02 松风晚报 61评论", "[2024/11/9] 3.2万阅读", "2025年6月1日 本站 7次浏览"])
def test_who_when_and_how_often_need_no_signs_between(told: str) -> None:
    assert is_byline(told)


@pytest.mark.parametrize("text", ["2025-03-02 松风晚报", "2025年6月1日 完成61项", "61评论", "2024年全区接待游客61万人"])
def test_a_date_and_a_number_are_no_byline(text: str) -> None:
    assert not is_byline(text)


def test_summaries_that_break_off_below_linked_names_may_be_more_than_the_body() -> None:
    body = "<p>全年粮食总产量达到31.5万吨，新增就业4200人，各项任务圆满完成。</p>" * 2
    said = "会议听取了前三季度经济运行情况的汇报，研究了下一步的工作，强调要确保完成全年任务，"
    cards = "".join(
        f"<div><h4><a href=/{n}>松风区召开第{n}次调度会</a></h4><p>{said}第{n}…</p><i>新闻网</i></div>"
        for n in range(6)
    )
    assert len(extract(f"<html><body><div>{body}<div>{cards}</div></div></body></html>").paragraphs) == 2
