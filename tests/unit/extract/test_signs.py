"""Furniture told by what stands in a line or beside it: links that lead on, fields, images."""

import pytest

from crawler.extract import extract
from crawler.extract.page import read
from crawler.extract.phrases import Kind
from crawler.extract.signs import by_signs

REPORT = [f"全市上下凝心聚力，完成了第{n}个方面的工作，取得了新的进展，群众的日子越过越好。" for n in "一二三四五六"]


def body(*inside: str) -> list[str]:
    """The body of a page with something between its third and its fourth paragraph."""
    paragraphs = [f"<p>{line}</p>" for line in REPORT]
    markup = "".join([*paragraphs[:3], *inside, *paragraphs[3:]])
    return list(extract(f"<html><body><div>{markup}</div></body></html>").paragraphs)


@pytest.mark.parametrize(
    "block",
    [
        "<p>小微贷款三分钟放款，额度高，<a href=/x>马上申请</a></p>",
        "<p>有新材料第一时间告诉你 <a href=#>开启提醒</a></p>",
        "<p>白鹭洲日报 <a href=/x>+订阅</a></p>",
        "<p>内容提示：码头的吊机昼夜不停，三季度吞吐量突破六十万标箱<a href=/x>展开余下</a></p>",
        "<p>看点：<a href=/x>老街的灯又亮了</a>（老板娘说，一天能卖三百碗米粉）</p>",
        "<p>前情提要：<a href=/x>云溪至松风城际铁路开工</a>——记者昨日从市交通局获悉，铁路将分两期建设</p>",
        "<p>早前消息：<a href=/1>高速免费时间定了</a> <a href=/2>湿地公园试运行</a></p>",
    ],
)
def test_a_line_whose_link_leads_on_is_no_paragraph(block: str) -> None:
    assert body(block) == REPORT


@pytest.mark.parametrize(
    "block",
    [
        "<p>填写邮箱，新文章自动寄到：<input name=mail><input type=submit value=好></p>",
        "<div>怎样得知本处？ <input type=radio>朋友介绍 <input type=radio>搜索而来</div>",
    ],
)
def test_a_line_that_asks_for_input_is_no_paragraph(block: str) -> None:
    assert body(block) == REPORT


@pytest.mark.parametrize(
    "block",
    [
        "<p><img src=a.jpg></p><p>云溪发布小程序码</p>",
        "<center><img src=a.jpg><br>报告图解长图</center>",
        "<p><img src=a.jpg></p><p>△松风区夜景</p>",
        "<p>会议现场。白鹭洲日报记者陈晓摄</p>",
        "<p>（图片由松风区政府提供）</p>",
        "<p>组图：两会现场的瞬间（共12张）</p>",
    ],
)
def test_captions_and_credits_of_images_are_no_paragraphs(block: str) -> None:
    assert body(block) == REPORT


@pytest.mark.parametrize(
    "line",
    [
        "具体名单详见<a href=/1.doc>附件1</a>",
        "这一年，全市上下共同努力，终于获评全国<a href=/2>文明城市</a>",
        "（三）推进<a href=/1>乡村振兴</a>",
        "改造老旧小区的办法见<a href=/1>市政府门户网站</a>公布的方案，各区照此办理。",
        "附件：<a href=/1.doc>云溪市重点项目计划表</a>.doc",
        "全省新增病例数连续三日下降，各地仍要绷紧防控这根弦，不可松懈。<a href=/1>详情&gt;&gt;</a>",
    ],
)
def test_a_link_in_a_sentence_leaves_it_a_paragraph(line: str) -> None:
    assert len(body(f"<p>{line}</p>")) == len(REPORT) + 1


@pytest.mark.parametrize(
    "block",
    [
        "<p><img src=a.jpg></p><p>绘就发展蓝图</p>",
        "<p><img src=a.jpg></p><p>二、农业</p>",
        "<p><img src=a.jpg></p><p>研究成果</p>",
        "<p><img src=a.jpg></p><p>图1 近五年生产总值及其增速</p>",
        "<p><img src=a.jpg></p><p>表2 居民消费价格涨跌幅度</p>",
        "<p><img src=a.jpg></p><p>单位：万人</p>",
    ],
)
def test_headings_and_captions_of_figures_beside_an_image_stay(block: str) -> None:
    assert len(body(block)) == len(REPORT) + 1


def test_a_news_photo_is_its_caption() -> None:
    caption = "5月1日，在云溪市一家农场，拖拉机手在播种玉米，今年全市春播面积比上年增加两成。"
    page = f"<div><h1>田野里的春天</h1><p><img src=a.jpg></p><p>{caption}</p><p>云溪日报记者陈晓摄</p></div>"
    assert list(extract(page).paragraphs) == [caption, "云溪日报记者陈晓摄"]


def test_a_field_behind_a_sentence_leaves_it_alone() -> None:
    line = read("<p>请在表中填写姓名，并于三日内送交。<input name=a></p>").lines[0]
    assert by_signs(line) is None
    assert by_signs(read("<p>验证码<input name=a></p>").lines[0]) is Kind.WIDGET
