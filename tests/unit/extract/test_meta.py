from datetime import date

import pytest

from crawler.extract import extract
from crawler.extract.meta import below_title, find_region, find_year, without_part, without_site

BODY = "<p>" + "今年要做好八个方面工作,确保完成全年目标任务,增进民生福祉。" * 5 + "</p>"


def page(head: str, above: str = "", body: str = BODY) -> str:
    return f"<html><head>{head}</head><body><div>{above}<div>{body}</div></div></body></html>"


@pytest.mark.parametrize(
    ("text", "region", "year"),
    [
        ("(云溪省)霞浦湾市人民政府工作报告(2023年2月1日)", "霞浦湾市", 2023),
        ("金华市2024年政府工作报告", "金华市", 2024),
        ("市2023年政府工作报告-24篇", "", 2023),
        ("2024年北京市政府工作报告", "北京市", 2024),
        ("政府工作报告——2023年1月12日在云溪省第十四届人民代表大会第一次会议上", "云溪省", 2023),
        ("2024年工作总体要求和目标任务", "", 2024),
        ("关于青岚县2022年国民经济和社会发展计划执行情况与2023年计划草案的报告", "青岚县", 2023),
        ("内蒙古自治区政府工作报告", "内蒙古自治区", None),
        ("延边朝鲜族自治州2024年政府工作报告", "延边朝鲜族自治州", 2024),
        ("全市2024年政府工作报告", "", 2024),
        ("霞浦湾县政府工作报告(2022年12月28日)", "霞浦湾县", 2023),  # given in December for the next year
    ],
)
def test_region_and_year_of_a_title(text: str, region: str, year: int | None) -> None:
    assert find_region(text, ()) == region
    assert find_year(text, (), None) == year


def test_region_and_year_of_the_lines_below_the_title() -> None:
    lines = ("——2024年1月10日在云溪市第十六届人民代表大会第二次会议上", "市长 样本", "各位代表:")
    assert find_region("政府工作报告", lines) == "云溪市"
    assert find_year("政府工作报告", lines, None) == 2024


def test_year_of_the_aims_and_of_the_publication() -> None:
    aims = ("2025年政府工作的总体要求是:稳中求进。",)
    assert find_year("政府工作报告", aims, None) == 2025
    assert find_year("政府工作报告", (), date(2024, 2, 3)) == 2024
    assert find_year("领导调研企业", (), date(2024, 2, 3)) is None


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("市2023年政府工作报告-24篇(第28/145页)", "市2023年政府工作报告-24篇"),
        ("云溪市政府工作报告 第3页", "云溪市政府工作报告"),
        ("云溪市政府工作报告(2)", "云溪市政府工作报告"),
        ("云溪市政府工作报告(2024年)", "云溪市政府工作报告(2024年)"),
    ],
)
def test_a_title_loses_the_number_of_its_part(written: str, title: str) -> None:
    assert without_part(written) == title


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("云溪市政府工作报告_样本网", "云溪市政府工作报告"),
        ("云溪市政府工作报告_范文_样本网", "云溪市政府工作报告"),
        ("市2023年政府工作报告-24篇-样本网", "市2023年政府工作报告-24篇"),
        ("云溪市2023年政府工作报告 - 云溪市人民政府", "云溪市2023年政府工作报告"),
        ("云溪市2023年政府工作报告-24篇", "云溪市2023年政府工作报告-24篇"),
        ("政府工作报告", "政府工作报告"),
    ],
)
def test_a_title_loses_the_name_of_its_site(written: str, title: str) -> None:
    assert without_site(written) == title


def test_the_heading_is_the_title_and_no_paragraph() -> None:
    article = extract(page("<title>云溪市政府工作报告_样本网</title>", "<h1>云溪市政府工作报告</h1>"))
    assert article.title == "云溪市政府工作报告"
    assert all("云溪市政府" not in paragraph for paragraph in article.paragraphs)


def test_a_title_that_is_no_heading_is_found_above_the_body() -> None:
    above = "<div><b>云溪市政府工作报告</b></div>"
    article = extract(page("<title>云溪市政府工作报告 第二部分|样本网|公文</title>", above))
    assert article.title == "云溪市政府工作报告"


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


def test_the_heading_that_repeats_the_window_wins_over_a_longer_one() -> None:
    head = "<title>云溪市政府工作报告_样本网</title>"
    above = "<h1>公文样本网——专注公文写作与范文分享的平台</h1><h1>云溪市政府工作报告</h1>"
    assert extract(page(head, above)).title == "云溪市政府工作报告"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ('<meta name="ArticleTitle" content="云溪市政府工作报告"><title>样本网</title>', "云溪市政府工作报告"),
        ('<meta property="og:title" content="云溪市政府工作报告_样本网"><title>x</title>', "云溪市政府工作报告"),
        ("<title>云溪市政府工作报告(第2/3页)_样本网</title>", "云溪市政府工作报告"),
        ("<title>\n 云溪市政府工作报告 \n</title>", "云溪市政府工作报告"),
        ("<title></title>", ""),
        ("", ""),
    ],
)
def test_a_page_without_headings_is_titled_by_its_head(head: str, title: str) -> None:
    assert extract(page(head)).title == title


def test_a_title_never_grows_beyond_measure() -> None:
    assert len(extract(page(f"<title>{'长' * 100_000}</title>", f"<h1>{'长' * 100_000}</h1>")).title) <= 500


@pytest.mark.parametrize(
    ("head", "above", "url", "published"),
    [
        # what the head says goes before what the page shows, and that before the address
        ('<meta name="PubDate" content="2024-02-08">', "<p>发布时间:2023-01-01</p>", "/20230101_1.html", (2024, 2, 8)),
        ("", "<p>发布时间:2024-02-08</p>", "http://a.example/202301/t20230101_1.html", (2024, 2, 8)),
        ("", "<p>发布时间:2024-02-08</p><p>2023-01-01 点击:3</p>", "", (2024, 2, 8)),  # a label goes before a bare date
        ("", "<p>(2024-02-08)</p>", "", None),  # in brackets: when a report was given
        ("", "<p>发布时间:2024-02-30</p>", "", None),
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


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("各县区2024年政府工作报告汇编", ""),
        ("关于云溪市2024年国民经济和社会发展计划的报告", "云溪市"),
        ("云溪市青岚区人民政府工作报告", "云溪市青岚区"),
        ("云溪省霞浦湾市青岚区人民政府工作报告", "云溪省霞浦湾市青岚区"),
        ("云溪新区政府工作报告", "云溪新区"),
        ("领导在企业调研", ""),
        ("", ""),
    ],
)
def test_the_region_is_whose_government_reports(title: str, region: str) -> None:
    assert find_region(title, ()) == region


@pytest.mark.parametrize(
    ("title", "paragraphs", "year"),
    [
        ("政府工作报告(2023年11月30日)", (), 2024),  # given early: for the next year
        ("政府工作报告(2023年10月30日)", (), 2023),
        ("政府工作报告", ("——2024年1月10日在大会上",), 2024),
        ("2024年政府工作报告", ("——2023年12月28日在大会上",), 2024),
        ("政府工作报告", ("各位代表:",) + ("正文。",) * 20 + ("2025年经济社会发展主要预期目标是:",), 2025),
        ("政府工作报告", ("各位代表:", "回顾2023年,成绩来之不易。"), None),
        ("２０２４年政府工作报告", (), 2024),
        ("十四五规划(2021—2025年)", (), 2025),
    ],
)
def test_the_year_is_that_of_the_targets(title: str, paragraphs: tuple[str, ...], year: int | None) -> None:
    assert find_year(title, paragraphs, None) == year


def test_a_publication_in_december_is_for_the_next_year() -> None:
    assert find_year("云溪市政府工作报告", (), date(2023, 12, 28)) == 2024


def test_lines_below_the_title_tell_where_it_was_given() -> None:
    above = ("导航", "云溪政府工作报告", "——在大会上", "市长 样本")
    assert below_title("云溪政府工作报告", above) == ("——在大会上", "市长 样本")
    assert below_title("云溪政府工作报告", ("导航",)) == ()
    assert below_title("", above) == ()
