import pytest

from crawler.extract import extract
from crawler.extract.page import read
from crawler.extract.titles import (
    below_title,
    find_title,
    is_site,
    title_forms,
    title_of_text,
    without_part,
    without_site,
)
from tests.support.meta import BODY, Case, titles


def page(head: str, above: str = "", body: str = BODY) -> str:
    return f"<html><head>{head}</head><body><div>{above}<div>{body}</div></div></body></html>"


def test_the_table_is_large() -> None:
    assert len(titles()) >= 60


@pytest.mark.parametrize("case", titles(), ids=str)
def test_the_title_of_a_page(case: Case) -> None:
    assert extract(case.markup, case.url).title == case.wanted


@pytest.mark.parametrize("case", titles(), ids=str)
def test_a_title_does_not_move_with_what_stands_around_the_body(case: Case) -> None:
    links = "".join(
        f"<li><a href='/a/{n}.html'>云溪市召开第{n}次推进会,部署重点工作</a> 2024-03-0{n}</li>" for n in range(1, 6)
    )
    furniture = f"<div><h3>热门文章</h3><ul>{links}</ul></div>"
    assert extract(case.markup.replace("</html>", f"{furniture}</html>"), case.url).title == case.wanted
    if "<title>云溪市人民政府</title>" not in case.markup:
        moved = case.markup.replace("<html>", f"<html><nav>{links}</nav>")
        assert extract(moved, case.url).title == case.wanted


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


@pytest.mark.parametrize(
    ("window", "shown"),
    [
        ("２０２４年云溪市政府工作报告（草案）", "2024年云溪市政府工作报告(草案)"),
        ("“云溪”市长的“报告”", '"云溪"市长的"报告"'),
        ("云溪市政府工作报告", "二〇二四年云溪市政府工作报告"),
        ("云溪市政府工作报告", "云溪市政府工作报告（摘要）"),
        ("云溪市政府工作报告 云溪", "云溪市政府工作报告"),
        ("在云溪市第五届人民代表大会第二次会议上…", "在云溪市第五届人民代表大会第二次会议上的报告"),
    ],
)
def test_the_title_is_written_as_the_page_shows_it(window: str, shown: str) -> None:
    lines = ["首页", "今日云溪市各部门工作动态", shown, "市民提问"]
    page_ = read(f"<title>{window}</title>")
    assert find_title(page_, lines) == shown


def test_a_title_never_grows_beyond_measure() -> None:
    assert len(extract(page(f"<title>{'长' * 100_000}</title>", f"<h1>{'长' * 100_000}</h1>")).title) <= 500


def test_lines_below_the_title_tell_where_it_was_given() -> None:
    link = "<p><a href='/1'>青岚县政府工作报告</a></p>"
    shown = f"<p>导航</p><p>云溪政府工作报告</p><p>——在大会上</p>{link}<p>市长 样本</p>"
    lines = read(shown).lines
    assert below_title("云溪政府工作报告", lines) == ("——在大会上", "市长样本")
    assert below_title("云溪政府工作报告", lines[:1]) == ()
    assert below_title("", lines) == ()


@pytest.mark.parametrize("other", ["2022年云溪市政府工作报告", "青岚县政府工作报告(2019年1月8日)"])
def test_links_to_other_reports_say_nothing_of_this_one(other: str) -> None:
    link = f"<ul><li><a href='/1.html'>{other}</a></li></ul>"
    report = extract(page("<title>政府工作报告</title>", f"{link}<h1>政府工作报告</h1>{link}"))
    assert (report.title, report.region, report.year) == ("政府工作报告", "", None)


@pytest.mark.parametrize(
    "name",
    [
        "云溪网",
        "云溪市人民政府",
        "云溪市人民政府门户网站",
        "政务公开",
        "云溪日报",
        "中国云溪",
        "www.yunxi.gov.cn",
        "首页",
        "要闻",
    ],
)
def test_names_of_sites(name: str) -> None:
    assert is_site(name)


@pytest.mark.parametrize(
    "name",
    [
        "云溪市政府工作报告",
        "关于加强政府网站建设的通知",
        "为农机行业搭建现代化信息平台：专家这样说",
        "十年",
        "",
        "24篇",
    ],
)
def test_what_is_no_name_of_a_site(name: str) -> None:
    assert not is_site(name)


def test_what_metadata_call_the_site_is_its_name() -> None:
    assert is_site("云上溪流", frozenset({"云上溪流"}))


def test_forms_of_the_title_hold_it_with_and_without_its_site() -> None:
    forms = title_forms(read("<title>云溪市政府工作报告(2)_样本网</title><h1>云溪市政府工作报告</h1>"))
    assert {"云溪市政府工作报告(2)_样本网", "云溪市政府工作报告", "云溪市政府工作报告(2)"} <= forms


@pytest.mark.parametrize(
    ("paragraphs", "title"),
    [
        (("云溪市2024年政府工作报告", "各位代表:"), "云溪市2024年政府工作报告"),
        (("下载", "打印", "2024年云溪市政府工作报告", "各位代表:"), "2024年云溪市政府工作报告"),
        (("云溪市人民政府文件", "现将报告印发给你们。", "政府工作报告"), "政府工作报告"),
        (("致辞", "各位来宾:"), "致辞"),
        (("云溪", "首页>云溪>要闻", "2024年总体要求和目标任务", "2024年的总体要求是。"), "2024年总体要求和目标任务"),
        (("致辞",), "致辞"),
        (("现在,我代表市人民政府作政府工作报告。" * 10,), ""),
        ((), ""),
    ],
)
def test_the_title_of_a_text(paragraphs: tuple[str, ...], title: str) -> None:
    assert title_of_text(paragraphs) == title


@pytest.mark.parametrize(
    "window", ["", "_", "___---|||", "-" * 500, "a-" * 250, "(1/2)", "  ", "云" * 500, "_-|>" * 100]
)
def test_odd_windows_are_read(window: str) -> None:
    assert len(extract(page(f"<title>{window}</title>")).title) <= 500
