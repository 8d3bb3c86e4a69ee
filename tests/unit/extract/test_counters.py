"""Numbers of downloads behind the names of attached documents move at every visit; they are no part of a text."""

import pytest

from crawler.extract import extract

BODY = "".join(
    f"<p>{text}</p>"
    for text in (
        "各位代表：",
        "现在向大会报告工作，请予审议。地区生产总值增长6%左右，粮食产量稳定在48万吨以上，财政收入增长5%。",
        "实施市级重点项目136个，完成年度投资210亿元，改造老旧小区63个，新增停车泊位5000个。",
    )
)


def last_line(markup: str) -> str:
    page = f"<html><body><div><h1>云溪市2026年政府工作报告</h1><div id=zoom>{BODY}{markup}</div></div></body></html>"
    return extract(page.encode(), "http://www.example.org/q.html").paragraphs[-1]


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        ('<p>附件：<a href="/a.docx">重点项目清单.docx</a> ({})</p>', "附件：重点项目清单.docx"),
        ('<p>附件：<a href="/a.docx">重点项目清单.docx ({})</a></p>', "附件：重点项目清单.docx"),
        ('<p>附件：<a href="/a.docx">重点项目清单.docx</a><span id="n8">{}</span></p>', "附件：重点项目清单.docx"),
        ('<p>附件1.<a href="/a.pdf">名词解释</a>({})</p>', "附件1.名词解释"),
        ('<p>附件2.<a href="/a.pdf">名词解释</a> [{}次]</p>', "附件2.名词解释"),
    ],
)
@pytest.mark.parametrize("number", [0, 15, 12345])
def test_a_number_of_downloads_is_left_out(markup: str, kept: str, number: int) -> None:
    assert last_line(markup.format(number)) == kept


@pytest.mark.parametrize(
    "line",
    [
        "附件：重点项目清单（136）",
        "附件：重点项目清单（2026）",
        "全市共有文化馆（站）15",
        "新增数据接口（15）",
        "附件共有三个，请见附件第15",
    ],
)
def test_a_number_of_the_text_stays(line: str) -> None:
    assert last_line(f"<p>{line}</p>") == line


def test_a_year_behind_a_link_stays() -> None:
    assert last_line('<p>附件：<a href="/a.pdf">重点项目清单</a>（2026）</p>') == "附件：重点项目清单（2026）"
