"""Headings of furniture right before a body, or amid it, take none of the body with them."""

import pytest

from crawler.extract import extract

REPORT = [f"全市上下凝心聚力，完成了第{n}个方面的工作，取得了新的进展，群众的日子越过越好。" for n in "一二三四五六"]
LIST = "<div>往期回顾</div><div><a href=/1>云溪至松风城际铁路开工</a></div><div><a href=/2>高速免费时间定了</a></div>"


def page(body: str) -> list[str]:
    return list(extract(f"<html><body><div>{body}</div></body></html>").paragraphs)


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def test_a_portrait_in_bare_text_ends_where_the_paragraphs_begin() -> None:
    portrait = "<br>关于我们<br>云溪文库由几位退休教师创办，收藏各地的总结。<br>"
    assert page(portrait + paragraphs(REPORT[:3])) == REPORT[:3]


def test_the_last_paragraph_stays_behind_a_list() -> None:
    assert page(paragraphs(REPORT[:5]) + LIST + paragraphs(REPORT[5:])) == REPORT


@pytest.mark.parametrize("heading", ["往期回顾", "换一批看看"])
def test_a_list_of_links_ends_before_a_text_of_broken_lines(heading: str) -> None:
    broken = [f"第{n}行写到这里还没有完，接着往下写" + "这一行的话" * 2 for n in "一二三四五六七八九"]
    links = f"{heading}<br><a href=/1>云溪至松风城际铁路开工</a><br><a href=/2>高速免费时间定了</a><br>"
    assert page("<br>".join(broken[:4]) + "<br>" + links + "<br>".join(broken[4:])) == broken


def test_rows_of_a_table_go_on_behind_a_list() -> None:
    told = "在松风区和云溪区各建一座水厂，铺设管网两百公里，改造泵站十二座，惠及沿江三十个村"
    rows = [f"<tr><td>项目{n}</td><td>{told}</td></tr>" for n in range(1, 9)]
    upper, lower = (f"<table>{''.join(some)}</table>" for some in (rows[:6], rows[6:]))
    found = page(paragraphs(REPORT[:2]) + upper + LIST + lower)
    assert found[-1] == f"项目8 | {told}"


def test_a_count_of_replies_above_a_report_heads_no_remarks() -> None:
    papers = "云溪日报、云溪晚报、云溪农民报、松风都市报均由云溪报业集团出版发行"
    masthead = f"<ul><li>{papers}，各报周一至周五在全市各县区同时与市民见面，周末休刊。</li></ul>"
    replies = "<div>只看楼主 共84521条回复，67页</div>"
    assert page(masthead + replies + paragraphs(REPORT * 4))[-1] == REPORT[-1]


def test_a_table_below_a_list_is_none_of_its_names() -> None:
    rows = [("指标", "单位", "目标"), ("粮食产量", "万吨", "31.5"), ("新增就业", "人", "4200")]
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    heading = "<p>延伸阅读：</p><p><a href=/1>云溪至松风城际铁路开工</a></p>"
    found = page(paragraphs(REPORT[:3]) + heading + f"<table border=1>{table}</table>" + paragraphs(REPORT[3:]))
    assert found == [*REPORT[:3], *(" | ".join(row) for row in rows), *REPORT[3:]]


@pytest.mark.parametrize("last", ["谢谢大家！", "报告完毕，谢谢。"])
def test_the_last_words_of_a_speech_stay_behind_a_list(last: str) -> None:
    heading = "<p>延伸阅读：</p><p><a href=/1>云溪至松风城际铁路开工</a></p>"
    assert page(paragraphs(REPORT) + heading + paragraphs([last]) + "<div>责任编辑：林远</div>") == [*REPORT, last]


def test_paragraphs_that_take_turns_with_links_are_no_summaries_of_a_list() -> None:
    links = [f"<p><a href=/{n}>云溪至松风城际铁路{n}号隧道贯通</a></p>" for n in range(4)]
    lines = [f"<p>{line}</p>" for line in REPORT]
    turns = [piece for pair in zip(links, lines[2:], strict=False) for piece in pair]
    assert page("".join(lines[:2]) + "<p>推荐阅读：</p>" + "".join(turns) + paragraphs(REPORT[:1])) == [
        *REPORT,
        REPORT[0],
    ]


def test_a_heading_behind_a_list_of_links_is_none_of_its_names() -> None:
    heading = "<p>延伸阅读：</p><p><a href=/1>云溪至松风城际铁路开工</a></p>"
    found = page(paragraphs(REPORT[:3]) + heading + paragraphs(["名词解释", *REPORT[3:]]))
    assert found == [*REPORT[:3], "名词解释", *REPORT[3:]]


@pytest.mark.parametrize("heading", ["【云溪县工作总结】相关文章：", "《云溪文集》的相关范文"])
def test_a_list_may_be_headed_by_the_name_of_what_it_belongs_to(heading: str) -> None:
    links = "".join(f"<li><a href=/{n}>云溪至松风城际铁路{n}号隧道贯通</a></li>" for n in range(4))
    assert page(paragraphs(REPORT) + f"<p>{heading}</p><ul>{links}</ul>") == REPORT


def test_who_signs_and_when_stay_behind_a_list() -> None:
    heading = "<p>延伸阅读：</p><p><a href=/1>云溪至松风城际铁路开工</a></p>"
    signed = ["云溪县人民政府", "2026年1月9日"]
    assert page(paragraphs(REPORT) + heading + paragraphs(signed) + "<div>责任编辑：林远</div>") == [*REPORT, *signed]


def test_names_of_a_list_and_a_body_never_share_an_element() -> None:
    links = (
        "<div><h4>相关链接</h4><a href=/1><img src=/1.jpg></a></div><div><a href=/w>微信</a> <a href=/b>微博</a></div>"
    )
    head = ["——2023年2月1日在松风县第十届人民代表大会第二次会议上", "松风县县长顾青山"]
    text = f"{head[0]}<br>{head[1]}<br><h2>各位代表：</h2>{'<br>'.join(REPORT)}"
    found = page(f"<h1>松风县政府工作报告</h1><div>发布日期：2024-01-22</div>{links}<div class=body>{text}</div>")
    assert found == [*head, "各位代表：", *REPORT]


def test_a_numbered_heading_between_links_is_no_entry_of_theirs() -> None:
    def links(*names: str) -> str:
        return "".join(f"<p><a href=/{len(name)}>{name}</a></p>" for name in names)

    headings = ["一、过去一年的工作", "二、今年的重点任务", "（一）做强实体经济，构建现代产业体系"]
    upper = paragraphs([headings[0], *REPORT[:3], "延伸阅读："]) + links("松风县：看看这张民生清单")
    lower = links("专升本报名最后三天，名额仅剩二十七个") + paragraphs([headings[2]]) + links("相关阅读：松风县这样干")
    found = page(upper + f"<h3>{headings[1]}</h3>" + lower + paragraphs(REPORT[3:]))
    assert found == [headings[0], *REPORT[:3], *headings[1:], *REPORT[3:]]
