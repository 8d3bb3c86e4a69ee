import pytest

from crawler.errors import UsageError
from crawler.extract import extract, list_links
from crawler.extract.page import MAX_ANCHORS, read
from crawler.extract.rows import join_rows
from crawler.model import Selectors

SENTENCE = "今年要做好八个方面工作,确保完成全年目标任务,增进民生福祉。"


def lines(markup: str) -> list[str]:
    return [line.text for line in read(markup).lines]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>一</p><p>二</p>", "<p>一<p>二", "一<br>二", "<div>一</div>二", "<div>一<div>二</div></div>",
        "<ul><li>一<li>二</ul>",
        "<table><tr><td>一</td></tr><tr><td>二</td></tr></table>", "<pre>一\n二</pre>",
        "<html><p>一</p></html><p>二</p></html>",
        '<span style="display:block">一</span>二', "<section><section>一</section></section>二",
        "<dl><dt>一<dd>二</dl>",
    ],
)  # fmt: skip
def test_a_line_ends_where_a_block_does(markup: str) -> None:
    assert lines(markup) == ["一", "二"]


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">x</p>', '<p style="color:red; DISPLAY : none">x</p>', "<p hidden>x</p>",
        "<script>x</script>",
        "<style>x</style>", "<noscript>x</noscript>", "<template>x</template>", "<!-- x -->",
        "<div hidden><p>x</p></div>",
    ],
)  # fmt: skip
def test_what_a_browser_hides_says_nothing(hidden: str) -> None:
    assert lines(f"<p>一</p>{hidden}<p>二</p>") == ["一", "二"]


def test_invisible_until_a_script_shows_it_is_content() -> None:
    assert lines('<div style="visibility: hidden"><p>一</p></div>') == ["一"]


def test_an_advert_inside_a_paragraph_goes_and_a_link_of_the_text_stays() -> None:
    markup = (
        '<p>发展<a href="/ai">数字经济</a>,<span>【广告】特惠</span>培育企业<a href="/app">打开APP阅读全文</a>。</p>'
    )
    assert lines(markup) == ["发展数字经济,培育企业。"]


def test_rows_of_data_are_one_line_each() -> None:
    head = "<tr><td>指标</td><td>目标</td></tr>"
    table = f"<table>{head}<tr><td><p>地区生产</p><p>总值</p></td><td>6%左右</td></tr></table>"
    assert [line.text for line in join_rows(read(table))] == ["指标 | 目标", "地区生产总值 | 6%左右"]


def test_tables_that_lay_out_a_page_are_not_joined() -> None:
    inner = f"<table><tr><td>{SENTENCE}<br>{SENTENCE}</td></tr></table>"
    page = f"<table><tr><td><a>导航</a></td><td>{inner}</td></tr></table>"
    assert [line.text for line in join_rows(read(page))] == ["导航", SENTENCE, SENTENCE]


def test_links_are_absolute_in_page_order() -> None:
    markup = (
        "<base href='/reports/'><a href='a.html#top'>甲</a><a href='javascript:void(0)'>乙</a>"
        "<a href='mailto:a@b'>丙</a>"
        "<a href='//other.example/b?x=1'>丁 己</a><a name='x'>戊</a>"
        "<nav><a href='https://c.example'><b>庚</b></a></nav>"
    )
    assert list_links(markup, "http://gov.example/list/") == (
        ("http://gov.example/reports/a.html", "甲"),
        ("http://other.example/b?x=1", "丁己"),
        ("https://c.example", "庚"),
    )


def test_links_are_capped() -> None:
    assert len(list_links("<a href=/x>x</a>" * (MAX_ANCHORS + 10), "http://a.example/")) == MAX_ANCHORS


@pytest.mark.parametrize("href", ["http://[bad/", "x" * 5000, "http://", " ", "ftp://a/b"])
def test_broken_addresses_are_no_links(href: str) -> None:
    assert list_links(f"<a href='{href}'>x</a>", "") == ()


def test_hand_written_selectors_decide() -> None:
    markup = f"<div id=a><p>{SENTENCE * 9}</p></div><div id=b><p>短句</p><p class=ad>推销</p></div>"
    chosen = extract(markup, selectors=Selectors(select="#b", drop=(".ad",)))
    assert chosen.paragraphs == ("短句",)
    assert extract(markup, selectors=Selectors(select="#missing")).paragraphs == ()


@pytest.mark.parametrize("selectors", [Selectors(select="p["), Selectors(drop=("::",))])
def test_a_selector_that_is_none_is_said_to_be(selectors: Selectors) -> None:
    with pytest.raises(UsageError, match="CSS selector"):
        extract("<p>x</p>", selectors=selectors)


def test_a_row_around_a_table_of_data_is_not_joined() -> None:
    inner = "<table><tr><td>指标</td><td>目标</td></tr></table>"
    page = f"<table><tr><td>表一</td><td>{inner}</td><td>表二</td></tr></table>"
    joined = [(line.text, line.data) for line in join_rows(read(page))]
    assert joined == [("表一", False), ("指标 | 目标", True), ("表二", False)]


def test_links_lose_what_changes_from_visit_to_visit() -> None:
    markup = (
        "<a href='/1.html;jsessionid=8A7F?id=3'>一</a><a href='/show.asp?id=4&PHPSESSID=99ab'>二</a>"
        "<a href='/5.html?t=1706000000000'>三</a><a href='/6.html?t=3'>四</a>"
    )
    assert [address for address, _ in list_links(markup, "http://gov.example/list/")] == [
        "http://gov.example/1.html?id=3",
        "http://gov.example/show.asp?id=4",
        "http://gov.example/5.html",
        "http://gov.example/6.html?t=3",
    ]


@pytest.mark.parametrize(
    ("markup", "links"),
    [
        ("<p>详见<a href=/1>规划 文本</a>，<a href=/2>点击</a></p>", ((2, 6), (7, 9))),
        ("<p><a href=/1>全文</a> <a href=/1>下载</a>附后</p>", ((0, 4),)),  # one link, written as two
        ("<p><a href=/1>全是链接</a></p>", ()),
        ("<p>没有链接</p>", ()),
    ],
)
def test_a_line_knows_where_its_links_reach(markup: str, links: tuple[tuple[int, int], ...]) -> None:
    assert [line.links for line in read(markup).lines] == [links]


def test_a_line_knows_of_an_image_in_it_or_above_it() -> None:
    page = read("<p>一</p><p><img src=a.jpg></p><p>二</p><p>三<img src=b.jpg></p><p>四</p>")
    assert [line.text for line in page.lines if line.image] == ["二", "三"]


@pytest.mark.parametrize(
    ("markup", "asks"),
    [
        ("<p>留下邮箱：<input name=mail></p>", True),
        ("<p>留下邮箱<br><input name=mail></p>", True),
        ("<p>第一段<input type=hidden name=id></p>", False),
        ("<div><input type=button value=打印></div><p>第一段</p>", False),
        ("<p>最后一段</p><div><input type=button value=打印></div>", False),
    ],
)
def test_a_line_knows_of_a_field_in_it_or_right_behind_it(markup: str, asks: bool) -> None:
    assert [line.asks for line in read(markup).lines] == [asks]


def test_the_text_of_scripts_is_kept_in_order() -> None:
    page = read("<script>var a = 1;</script><p>一</p><script src=x.js></script><div><script>b(2 < 3)</script></div>")
    assert page.scripts == "var a = 1;\nb(2 < 3)"
    assert [line.text for line in page.lines] == ["一"]


def test_a_link_over_several_lines_says_all_of_them() -> None:
    page = read("<a href=/1><h3>标题</h3><p>摘要 <b>【广告】</b></p></a><a href=/2>后</a>")
    assert [(line.text, line.linked) for line in page.lines] == [("标题", 2), ("摘要", 2), ("后", 1)]
    assert [(anchor.href, anchor.text, anchor.line) for anchor in page.anchors] == [
        ("/1", "标题摘要 【广告】", 2), ("/2", "后", 2),
    ]  # fmt: skip


def test_a_link_that_holds_one_text_reads_as_one_that_holds_more() -> None:
    for inner in ("数字 经济", "\n", "打开APP阅读全文", "&nbsp;", ""):
        for around in ("<p>{}</p>", "<p>发展{}。</p>", "<pre>发展{}</pre>", "<a href=/0>总{}</a>", "<p hidden>{}</p>"):
            simple = read(around.format(f"<a href=/1 title=题 rel=Next>{inner}</a>"))
            open_ = read(around.format(f"<a href=/1 title=题 rel=Next>{inner}<!-- --></a>"))
            assert simple == open_
