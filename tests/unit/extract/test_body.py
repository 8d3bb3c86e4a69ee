"""Each folder of tests/pages is a page one can open, and what it must give."""

import json
from datetime import date
from pathlib import Path

import pytest

from crawler.extract import extract

PAGES = Path(__file__).resolve().parents[2] / "pages"
CASES = sorted(file.parent for file in PAGES.glob("*/*/expected.json"))
A, B, C = (f"第{n}项工作要抓紧抓实,完成投资{n}2亿元以上,确保年底前见到成效,让群众得到实惠。" for n in (1, 2, 3))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.name}")
def test_pages_one_can_open(case: Path) -> None:
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    article = extract((case / "page.html").read_bytes(), expected["url"], expected.get("content_type", ""))
    assert list(article.paragraphs) == expected["paragraphs"]
    assert article.title == expected["title"]
    assert (article.published and article.published.isoformat()) == expected["published"]
    assert (article.region, article.year) == (expected["region"], expected["year"])
    pager = article.pager
    assert (pager and [pager.part, pager.parts, pager.next, len(pager.urls)]) == expected["pager"]


def test_there_are_pages() -> None:
    assert len(CASES) >= 5


@pytest.mark.parametrize(
    "markup",
    [
        f"<div><p>{A}</p><p>{B}</p><p>{C}</p></div>",
        f"<div>{A}<br><br>{B}<br>&nbsp;&nbsp;{C}</div>",
        f"<div><div>{A}</div><div>{B}</div><div>{C}</div></div>",
        f"<table><tr><td>{A}</td></tr><tr><td>{B}</td></tr><tr><td>{C}</td></tr></table>",
        f"<section><section><p>{A}</p></section><section><p>{B}</p></section><section><p>{C}</p></section></section>",
        f"<div><p>{A}</p></html><p>{B}</p></html><p>{C}</p></div>",
        f"<div style='visibility:hidden'><p>{A}</p><p>{B}</p><p>{C}</p></div>",
        f"<div><p>{A}</p><p><img src=x></p><p>{B}</p><div><a href=/x>特惠</a></div><p>{C}</p></div>",
        f"<body>{A}<p>{B}<p>{C}",
    ],
)
def test_layouts_of_bodies(markup: str) -> None:
    nav = "<ul>" + "".join(f"<li><a href='/{n}'>栏目{n}</a></li>" for n in range(9)) + "</ul>"
    assert extract(f"{nav}{markup}{nav}").paragraphs == (A, B, C)


@pytest.mark.parametrize(
    "tail",
    [
        "<p>责任编辑:小样</p>", "<div>1002</div><div>收藏</div><div>分享</div>", "<p>上一篇:<a href=/1>甲</a></p>",
        "<p>免责声明:本文仅代表作者观点,与本站无关,请读者仅作参考。</p>",
        "<div><h3>相关阅读</h3><ul><li>县工作报告<li>区工作报告</ul></div>",
        "<div>扫一扫在手机打开当前页</div>",
        f"<div><h3>网友评论</h3><div>{A}</div><div>{B}</div><div>{C}{A}{B}</div></div>",
        f"<h3>网友评论(3)</h3><ul><li>{A}</li><li>{B}</li><li>{A}{B}{C}</li></ul>",
        "<div>版权所有 ©2024 样ICP备1号</div>",
        "<p><a href=/n>下一页</a></p>", "<div>【字号:大 中 小】 【打印】 【关闭】</div>", "<p>本文地址:/a/1.html</p>",
    ],
)  # fmt: skip
def test_furniture_right_behind_the_body_goes(tail: str) -> None:
    body = f"<p>一、总体要求</p><p>{A}</p><p>{B}</p><p>{C}</p><p>云溪市人民政府</p><p>2024年2月8日</p>"
    article = extract(f"<div><h1>云溪市政府工作报告</h1>{body}{tail}</div>")
    assert article.paragraphs == ("一、总体要求", A, B, C, "云溪市人民政府", "2024年2月8日")


def test_rows_of_numbers_are_body() -> None:
    table = "<table><tr><td>指标</td><td>2023</td><td>2024</td></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>"
    article = extract(f"<div><p>{A}</p>{table}<p>{B}</p></div>")
    assert article.paragraphs == (A, "指标 | 2023 | 2024", "1 | 2 | 3", B)


def test_a_page_without_sentences_has_no_body() -> None:
    assert extract("<ul><li><a href=/1>一</a><li><a href=/2>二</a></ul>").paragraphs == ()


def test_the_publication_date_of_an_article_is_a_date() -> None:
    article = extract(f"<div>发布时间:2024-02-08</div><div><p>{A}</p><p>{B}</p></div>")
    assert article.published == date(2024, 2, 8)


REMARKS = (
    f"<div><div><b>网友甲</b> <i>2024-01-02 10:22</i></div><p>{C}</p><div>顶(3) 回复</div></div>",
    f"<li><p>网友甲 3小时前</p><p>{C}</p></li>",
)


@pytest.mark.parametrize("remark", REMARKS)
@pytest.mark.parametrize("count", [1, 3, 30])
def test_comments_without_a_heading_go(remark: str, count: int) -> None:
    body = f"<p>各位代表:</p><p>{A}</p><p>{B}</p><p>谢谢大家!</p>"
    for markup in (f"<div>{body}</div><ul>{remark * count}</ul>", f"{body}<div>{remark * count}</div>"):
        assert extract(f"<div>{markup}</div>").paragraphs == ("各位代表:", A, B, "谢谢大家!")


def test_a_date_above_the_body_is_no_comment() -> None:
    intro = f"<div>{A}{A}</div>"
    article = extract(f"{intro}<div><p>云溪发布 2024-01-02 10:22</p><p>{B}{B}</p><p>{C}{C}</p><p>{B}{C}</p></div>")
    assert article.paragraphs[-3:] == (B + B, C + C, B + C)


def test_sections_are_one_body_and_a_notice_behind_them_is_not() -> None:
    sections = "".join(
        f"<section><h2>{n}</h2><p>{A}</p><p>{B}</p><p>{C}</p></section>" for n in ("一、", "二、", "三、")
    )
    article = extract(f"<main>{sections}</main><div><p>本网站由样本网维护,</p><p>请使用新版浏览器访问</p></div>")
    assert article.paragraphs == ("一、", A, B, C, "二、", A, B, C, "三、", A, B, C)
