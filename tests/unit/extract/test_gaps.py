"""Lines set apart between a body's paragraphs: they go where a word hints at the page, its reader or an offer."""

import pytest

from crawler.extract import extract

REPORT = [f"全市上下凝心聚力，完成了第{n}个方面的工作，取得了新的进展，群众的日子越过越好。" for n in "一二三四五六"]


def body(*gaps: str) -> list[str]:
    """The body of a page with something behind its second, its third, … paragraph."""
    pieces = [f"<p>{line}</p>" for line in REPORT]
    for place, block in enumerate(gaps, 1):
        pieces[place] += block
    return list(extract(f"<html><body><div>{''.join(pieces)}</div></body></html>").paragraphs)


@pytest.mark.parametrize(
    "block",
    [
        "<center>松风文档小程序码</center>",
        "<div>在微信里打开体验更佳</div>",
        "<div><div>白鹭洲头条客户端</div></div>",
        "<section><span>拉你进公文写作交流群</span></section>",
        "<center>恭贺新禧！云溪商会祝大家阖家幸福！</center>",
        "<div>学区现房即将开盘，看房热线0571-88001234</div>",
        "<table><tr><td>云溪手工粉条五斤装 ￥39.9</td></tr></table>",
        "<div>办事指南一键看，点击小程序随时查。</div>",
    ],
)
def test_a_line_set_apart_that_hints_at_the_page_is_no_paragraph(block: str) -> None:
    assert body(block) == REPORT


@pytest.mark.parametrize(
    "block",
    [
        "<div><p>专题报道：年度目标</p><p>湿地公园试运行</p><p>城际铁路开工</p></div>",
        "<dl><dt>【广告】</dt><dd>松风人家二期，地铁口的房子</dd></dl>",
        "<div><img src=a.jpg><div>云溪传媒</div><div>看得见的家乡事</div><div><a href=/x>免费安装</a></div></div>",
    ],
)
def test_a_box_goes_with_its_head_or_with_most_of_its_lines(block: str) -> None:
    assert body(block) == REPORT


@pytest.mark.parametrize(
    "block",
    [
        "<center>写好高质量发展新文章</center>",  # a word of everybody's
        "<center>让企业少跑腿</center>",
        "<p><img src=a.jpg></p><center>织密民生保障网</center>",
        "<div>举报人的烦恼</div>",
        "<div>注：以上数据为初步核算数，邮箱、网址不变。</div>",
        "<div>附件：云溪市重点项目表.doc</div>",
        "<div>联系人：陈晓，邮箱：chenxiao@yunxi.example</div>",
        "<div>“数字”引领</div>",
        "<center>（三）办好政务公众号</center>",
        "<div>松风区网站年访问量增长12%，达到300万次</div>",
    ],
)
def test_what_a_body_says_of_its_matter_stays_though_set_apart(block: str) -> None:
    assert len(body(block)) == len(REPORT) + 1


def test_what_stands_in_several_gaps_is_the_bodys_own() -> None:
    heads = ("政务公众号办起来了", "小程序用起来了", "客户端热起来了")
    assert len(body(*(f"<h4>{head}</h4>" for head in heads))) == len(REPORT) + len(heads)


def test_a_row_of_a_table_stays() -> None:
    row = "<table><tr><td>政务公众号</td><td>120个</td></tr><tr><td>小程序</td><td>30个</td></tr></table>"
    assert "政务公众号 | 120个" in body(row)
