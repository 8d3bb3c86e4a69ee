from datetime import date

import pytest

from crawler.extract import extract
from tests.support.meta import BODY, Case, dates, day


def page(head: str, above: str = "", body: str = BODY) -> str:
    return f"<html><head>{head}</head><body><div>{above}<div>{body}</div></div></body></html>"


def test_the_table_is_large() -> None:
    assert len(dates()) >= 50


@pytest.mark.parametrize("case", dates(), ids=str)
def test_the_day_of_publication(case: Case) -> None:
    assert extract(case.markup, case.url).published == day(case.wanted)


@pytest.mark.parametrize("case", dates(), ids=str)
def test_the_day_does_not_move_with_what_stands_around_the_body(case: Case) -> None:
    links = "".join(
        f"<li><a href='/a/{n}.html'>云溪市召开第{n}次推进会</a><span>2022-03-0{n}</span></li>" for n in range(1, 6)
    )
    clock = "<div>今天是2026年11月22日 星期日</div>"
    markup = case.markup.replace("<html>", f"<html>{clock}<ul>{links}</ul>")
    markup = markup.replace("</html>", f"<h3>热门文章</h3><ul>{links}</ul><p>Copyright 2026-11-22</p></html>")
    assert extract(markup, case.url).published == day(case.wanted)


@pytest.mark.parametrize(
    ("head", "above", "url"),
    [
        ('<meta name="PubDate" content="2024-02-08 10:20">', "", ""),
        ('<meta property="article:published_time" content="2024-02-08T10:20:00+08:00">', "", ""),
        ('<meta itemprop="datePublished" content="2024/2/8">', "", ""),
        ("", "<div>发布时间:2024年2月8日 来源:云溪发布</div>", ""),
        ("", "<div>发布日期:2024-02-08 10:20 浏览次数:3</div>", ""),
        ("", "<div>2024-02-08 10:20 云溪发布</div>", ""),
        ("", "<div>更新时间:2024.2.8</div>", ""),
        ("", "", "http://gov.example/art/2024/02/08/1.html"),
        ("", "", "http://gov.example/202402/t20240208_123.html"),
    ],
)
def test_the_publication_date(head: str, above: str, url: str) -> None:
    article = extract(page(head, f"<h1>云溪市政府工作报告</h1>{above}"), url)
    assert article.published == date(2024, 2, 8)


def test_an_impossible_date_is_none() -> None:
    assert extract(page('<meta name="PubDate" content="2024-13-45">')).published is None


@pytest.mark.parametrize(
    ("head", "above", "url", "published"),
    [
        # what the head says goes before what the page shows, and that before the address
        ('<meta name="PubDate" content="2024-02-08">', "<p>发布时间:2023-01-01</p>", "/20230101_1.html", (2024, 2, 8)),
        ("", "<p>发布时间:2024-02-08</p>", "http://a.example/202301/t20230101_1.html", (2024, 2, 8)),
        ("", "<p>发布时间:2024-02-08</p><p>2023-01-01 点击:3</p>", "", (2024, 2, 8)),  # a label goes before a bare date
        ("", "<p>(2024-02-08)</p>", "", None),  # in brackets: when a report was given
        ("", "<p>发布时间:2024-02-30</p>", "", None),
        ("", "<p>发布时间:二〇二四年二月八日</p>", "", (2024, 2, 8)),
        ("", "<p>发布时间:2024-02-07</p><p>发布时间:2024-02-08</p>", "", (2024, 2, 8)),  # the nearest to the body
        ("", "<p>发布时间:2024-02-08 更新时间:2024-03-01</p>", "", (2024, 2, 8)),
        ("", "<p>更新时间:2024-03-01</p><p>发布日期:2024-02-08</p>", "", (2024, 2, 8)),
        ("", "<table><tr><td>发布时间:</td></tr><tr><td>2024-02-08</td></tr></table>", "", (2024, 2, 8)),
        ('<meta name="PubDate" content="20240208">', "", "", (2024, 2, 8)),
        ('<meta name="PubDate" content="昨天">', "<p>发布时间:2024-02-08</p>", "", (2024, 2, 8)),
        ("", "", "http://a.example/content/123456789.html", None),
    ],
)  # fmt: skip
def test_which_date_is_the_publication(head: str, above: str, url: str, published: tuple[int, int, int] | None) -> None:
    found = extract(page(head, f"<h1>云溪市政府工作报告</h1>{above}"), url).published
    assert found == (date(*published) if published else None)


def test_dates_of_the_body_are_no_publication() -> None:
    body = f"<p>2023-01-05,市第九届人民代表大会第三次会议胜利召开,听取了报告。</p>{BODY}"
    assert extract(page("", "<h1>云溪市政府工作报告</h1>", body)).published is None
