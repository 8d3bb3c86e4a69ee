"""Pagers as the systems behind Chinese portals write them, and what only looks like one."""

import pytest

from crawler.extract import extract, find_pager
from crawler.model import Pager

HOST = "http://gov.example"


def anchors(*links: tuple[str, str]) -> str:
    return " ".join(f'<a href="{href}">{text}</a>' for href, text in links)


def numbers(pattern: str, first: str, count: int, current: int, offset: int = 0) -> str:
    """A list of numbers, the current one unlinked, with previous and next."""
    address = {number: first if number == 1 else pattern.format(number - offset) for number in range(1, count + 1)}
    links = [f"<b>{n}</b>" if n == current else f'<a href="{address[n]}">{n}</a>' for n in address]
    if current > 1:
        links.insert(0, f'<a href="{address[current - 1]}">上一页</a>')
    if current < count:
        links.append(f'<a href="{address[current + 1]}">下一页</a>')
    return " ".join(links)


# path of the page, markup, part, parts, next, number of addresses
PAGERS = {
    "dede first": ("/a/12.html", numbers("12_{}.html", "12.html", 3, 1), 1, 3, "/a/12_2.html", 3),
    "dede middle": ("/a/12_2.html", numbers("12_{}.html", "12.html", 3, 2), 2, 3, "/a/12_3.html", 3),
    "dede last": ("/a/12_3.html", numbers("12_{}.html", "12.html", 3, 3), 3, 3, None, 3),
    "absolute": ("/a/12.html", numbers(HOST + "/a/12_{}.html", HOST + "/a/12.html", 4, 1), 1, 4, "/a/12_2.html", 4),
    "dash": ("/a/x.shtml", numbers("x-{}.shtml", "x.shtml", 3, 1), 1, 3, "/a/x-2.shtml", 3),
    "phpcms": ("/show-7-12-1.html", numbers("/show-7-12-{}.html", "/show-7-12-1.html", 3, 1), 1, 3,
    "/show-7-12-2.html", 3),
    "phpcms second": ("/show-7-12-2.html", numbers("/show-7-12-{}.html", "/show-7-12-1.html", 3, 2), 2, 3,
    "/show-7-12-3.html", 3),
    "folder": ("/a/12/", numbers("/a/12/{}.html", "/a/12/", 3, 1), 1, 3, "/a/12/2.html", 3),
    "folder second": ("/a/12/2.html", numbers("/a/12/{}.html", "/a/12/", 3, 2), 2, 3, "/a/12/3.html", 3),
    "file and folder": ("/a/12.html", numbers("/a/12/{}.html", "/a/12.html", 3, 1), 1, 3, "/a/12/2.html", 3),
    "page query": ("/v?id=9", numbers("/v?id=9&page={}", "/v?id=9", 3, 1), 1, 3, "/v?id=9&page=2", 3),
    "page query second": ("/v?id=9&page=2", numbers("/v?id=9&page={}", "/v?id=9&page=1", 3, 2), 2, 3,
    "/v?id=9&page=3", 3),
    "page query first": ("/v?page=2&id=9", numbers("/v?page={}&id=9", "/v?id=9", 3, 2), 2, 3, "/v?page=3&id=9", 3),
    "p query": ("/v.php?p=1", numbers("/v.php?p={}", "/v.php?p=1", 5, 1), 1, 5, "/v.php?p=2", 5),
    "pn query": ("/v", numbers("?pn={}", "?pn=1", 3, 1), 1, 3, "/v?pn=2", 3),
    "pageNo query": ("/v?pageNo=2", numbers("/v?pageNo={}", "/v?pageNo=1", 3, 2), 2, 3, "/v?pageNo=3", 3),
    "trs list": ("/zf/", numbers("index_{}.html", "index.html", 4, 1, offset=1), 1, 4, "/zf/index_1.html", 4),
    "trs list second": ("/zf/index_1.html", numbers("index_{}.html", "index.html", 4, 2, offset=1), 2, 4,
    "/zf/index_2.html", 4),
    "trs article": ("/t20240208_99.html", numbers("t20240208_99_{}.html",
    "t20240208_99.html", 3, 1, offset=1), 1, 3, "/t20240208_99_1.html", 3),
    "empire list": ("/baogao/", numbers("/baogao/index_{}.html", "/baogao/", 3, 1), 1, 3, "/baogao/index_2.html", 3),
    "told in the text": ("/a/12.html", "<p>共3页</p>" + anchors(("12_2.html", "下一页")), 1, 3, "/a/12_2.html", 3),
    "last page linked": ("/a/12.html", anchors(("12_2.html", "2"), ("12_2.html", "下一页"), ("12_9.html",
    "尾页")), 1, 9, "/a/12_2.html", 9),
    "long list": ("/a/12.html", anchors(("12_2.html", "2"), ("12_3.html", "3"), ("12_145.html", "145"),
    ("12_2.html", "下页")), 1, 145, "/a/12_2.html", 145),
    "window": ("/a/12_14.html", anchors(*((f"12_{n}.html", str(n)) for n in range(10, 19) if n != 14),
    ("12_15.html", "下一页")), 14, None, "/a/12_15.html", 9),
    "next only": ("/a/12.html", anchors(("12_2.html", "下一页")), 1, None, "/a/12_2.html", 2),
    "next only zero": ("/a/index.html", anchors(("index_1.html", "下一页>")), 1, None, "/a/index_1.html", 2),
    "previous only": ("/a/12_2.html", anchors(("12.html", "上一页")), 2, None, None, 2),
    "brackets": ("/a/12.html", anchors(("12_2.html", "[2]"), ("12_3.html", "[3]")), 1, 3, "/a/12_2.html", 3),
    "words of numbers": ("/a/12.html", anchors(("12_2.html", "第2页"), ("12_3.html", "第3页")), 1, 3,
    "/a/12_2.html", 3),
    "rel": ("/a/12.html", '<link rel="next" href="12_2.html">', 1, None, "/a/12_2.html", 2),
    "options": ("/a/12.html",
    "<select><option value='12.html'>第1页<option value='12_2.html'>第2页<option value='12_3.html'>第3页</select>",
    1, 3, "/a/12_2.html", 3),
    "place and next": ("/a/12_2.html", "<p>第2/3页</p>" + anchors(("12.html", "首页"), ("12_3.html",
    "下一页")), 2, 3, "/a/12_3.html", 3),
    "title and next": ("/a/12.html", "<h1>工作报告(第1/3页)</h1>" + anchors(("12_2.html", "下一页")), 1, 3,
    "/a/12_2.html", 3),
    "first page by word": ("/a/12_3.html", anchors(("12.html", "首页"), ("12_2.html", "上一页"), ("12_4.html",
    "下一页"), ("12_5.html", "末页")), 3, 5, "/a/12_4.html", 5),
    "trs script": ("/t2024.html", '<script>createPageHTML(4, 0, "t2024", "html");</script>', 1, 4, "/t2024_1.html", 4),
    "trs script third": ("/t2024_2.html", '<script>createPageHTML(4,2,"t2024","html");</script>', 3, 4,
    "/t2024_3.html", 4),
    "trs script named": ("/zf/", "<script>createPageHTML('page_div',3, 0,'index','shtml',45);</script>", 1, 3,
    "/zf/index_1.shtml", 3),
    "nav element": ("/a/12.html", "<nav>" + numbers("12_{}.html", "12.html", 3, 1) + "</nav>", 1, 3,
    "/a/12_2.html", 3),
    "fragments": ("/a/12.html", anchors(("12_2.html#body", "2"), ("12_3.html#body", "3")), 1, 3, "/a/12_2.html", 3),
    "other case": ("/a/12.html", anchors(("12_2.html", "Next")), 1, None, "/a/12_2.html", 2),
    "base": ("/a/12.html", "<base href='/a/'>" + numbers("12_{}.html", "12.html", 2, 1), 1, 2, "/a/12_2.html", 2),
}  # fmt: skip

NO_PAGERS = {
    "neighbours": "上一篇:<a href='/a/11.html'>十一</a> 下一篇:<a href='/a/13.html'>十三</a>",
    "neighbours named": "<a href='/a/11.html'>上一篇</a><a href='/a/13.html'>下一篇</a>",
    "comments": "共5页 " + anchors(("/e/pl/?id=12&page=2", "2"), ("/e/pl/?id=12&page=2", "下一页")),
    "comments of the page": "<a href='?cpage=2'>2</a> <a href='?cpage=2'>下一页</a>",
    "scripts": "<a href='javascript:go(2)'>2</a><a href='#'>下一页</a>",
    "ranks": "<a href='/a/901.html'>1</a><a href='/a/902.html'>2</a><a href='/a/903.html'>3</a>",
    "another host": "<a href='http://other.example/a/12_2.html'>2</a>",
    "years": "<a href='/a/2023.html'>2023年</a><a href='/a/2024.html'>2024年</a>",
    "one page": "<script>createPageHTML(1, 0, 't2024', 'html')</script>",
    "broken script": "<script>createPageHTML(3, 7, 't2024', 'html')</script>",
    "script out of use": "<!-- <script>createPageHTML(3, 0, '12', 'html')</script> -->",
    "script quoted": "<p>createPageHTML(3, 0, '12', 'html')</p>",
    "total alone": "<p>共3页</p>",
    "related": "<a href='/a/14.html'>2024年政府工作报告</a><a href='/a/12_2_x.html'>两会</a>",
    "nothing": "",
}  # fmt: skip


@pytest.mark.parametrize("name", PAGERS)
def test_pagers_of_many_systems(name: str) -> None:
    path, markup, part, parts, following, count = PAGERS[name]
    pager = find_pager(f"<body>{markup}</body>", HOST + path)
    assert pager is not None
    assert (pager.part, pager.parts) == (part, parts)
    assert pager.next == (HOST + following if following else None)
    assert len(pager.urls) == count
    assert HOST + path in pager.urls
    if parts:
        assert pager.urls[part - 1] == HOST + path


@pytest.mark.parametrize("name", NO_PAGERS)
def test_what_is_no_pager(name: str) -> None:
    assert find_pager(f"<body>{NO_PAGERS[name]}</body>", HOST + "/a/12.html") is None


def test_a_title_alone_tells_the_part() -> None:
    pager = find_pager("<title>市2023年政府工作报告-24篇(第28/145页)_样本网</title>", HOST + "/a/12.html")
    assert pager == Pager(part=28, parts=145, urls=(HOST + "/a/12.html",))


def test_the_next_page_of_a_listing_may_have_another_name() -> None:
    pager = find_pager(anchors(("list_12_2.html", "下一页"), ("list_12_9.html", "末页")), HOST + "/plus/list/")
    assert pager is not None
    assert pager.next == HOST + "/plus/list/list_12_2.html"


def test_without_an_address_no_links_are_told() -> None:
    assert find_pager(anchors(("12_2.html", "2"), ("12_2.html", "下一页")), "") is None


@pytest.mark.parametrize("count", [2, 3, 9, 10, 40])
@pytest.mark.parametrize(
    ("pattern", "first"), [("12_{}.html", "12.html"), ("?id=1&page={}", "?id=1"), ("12-{}.shtml", "12.shtml")]
)
def test_from_every_part_the_same_parts_are_told(pattern: str, first: str, count: int) -> None:
    urls = [HOST + "/a/" + (first if n == 1 else pattern.format(n)) for n in range(1, count + 1)]
    for part, url in enumerate(urls, 1):
        markup = f"<p>第{part}页,共{count}页</p>" + numbers(pattern, first, count, part)
        pager = find_pager(markup, url)
        assert pager is not None
        assert (pager.part, pager.parts, list(pager.urls)) == (part, count, urls)
        assert pager.next == (urls[part] if part < count else None)


@pytest.mark.parametrize(
    "place", ["第2/5页", "第 2 页 共 5 页", "第2页,共5页", "第２／５页", "2/共5页", "云溪市政府工作报告(2/5)"]
)
def test_the_place_in_words(place: str) -> None:
    pager = find_pager(
        f"<p>{place}</p>" + anchors(("12.html", "上一页"), ("12_3.html", "下一页")), HOST + "/a/12_2.html"
    )
    assert pager is not None
    assert (pager.part, pager.parts, len(pager.urls)) == (2, 5, 5)


@pytest.mark.parametrize("place", ["第7/5页", "第0/5页", "第1/1页", "第1/9999页", "2024/5页"])
def test_an_impossible_place_is_not_believed(place: str) -> None:
    pager = find_pager(f"<p>{place}</p>" + anchors(("12_2.html", "下一页")), HOST + "/a/12.html")
    assert pager is not None
    assert pager.parts is None


@pytest.mark.parametrize(
    "word", ["下一页", "下页", "后一页", "[下一页]", "下一页>", "下1页", "Next", "next >", ">", "»", "›"]
)
def test_words_for_the_next_part(word: str) -> None:
    pager = find_pager(anchors(("12_2.html", word)), HOST + "/a/12.html")
    assert pager is not None
    assert pager.next == HOST + "/a/12_2.html"


@pytest.mark.parametrize("word", ["下一篇", "下一章", "下一年", "下一页面设计", "下载", "更多", "2024", "第2章", ""])
def test_words_for_something_else(word: str) -> None:
    assert find_pager(anchors(("12_2.html", word)), HOST + "/a/12.html") is None


def test_a_next_link_that_leads_to_itself_is_none() -> None:
    pager = find_pager(anchors(("12_2.html", "2"), ("12_3.html", "下一页")), HOST + "/a/12_3.html")
    assert pager is None or pager.next is None


def test_of_two_pagers_the_longer_is_that_of_the_article() -> None:
    listing = anchors(*((f"/a/12_{n}.html", str(n)) for n in range(2, 5)))
    comments = anchors(("/a/12.html?page=2", "2"))
    pager = find_pager(listing + comments, HOST + "/a/12.html")
    assert pager is not None
    assert pager.urls[1] == HOST + "/a/12_2.html"
    assert pager.parts == 4


@pytest.mark.parametrize("arguments", ["2, 0, 't', 'html'", '  12 ,3, "t" ,"shtml"', "'p', 3, 1,'t','htm'"])
def test_scripts_that_write_pagers(arguments: str) -> None:
    pager = find_pager(f"<script>createPageHTML({arguments})</script>", HOST + "/zf/t.html")
    assert pager is not None
    assert pager.parts == len(pager.urls) > 1


@pytest.mark.parametrize(
    "arguments", ["count, 0, 'x', 'html'", "3, 0, '../../x y', 'html'", "99999, 0, 'x', 'html'", "-3, 0"]
)
def test_scripts_that_cannot_be_read_statically_tell_nothing(arguments: str) -> None:
    assert find_pager(f"<script>createPageHTML({arguments})</script>", HOST + "/zf/t.html") is None


def test_a_gap_in_a_short_list_tells_no_total() -> None:
    pager = find_pager(anchors(("12_2.html", "2"), ("12_5.html", "5")), HOST + "/a/12.html")
    assert pager is not None
    assert pager.parts is None
    assert pager.urls == tuple(HOST + path for path in ("/a/12.html", "/a/12_2.html", "/a/12_5.html"))


def test_an_article_tells_its_pager_too() -> None:
    sentence = "今年要做好八个方面工作,确保完成全年目标任务,增进民生福祉。"
    article = extract(
        f"<p>{sentence}</p><p>{sentence}</p>{numbers('12_{}.html', '12.html', 3, 1)}", HOST + "/a/12.html"
    )
    assert article.pager is not None
    assert article.pager.parts == 3
    assert article.paragraphs == (sentence, sentence)


def test_a_place_in_words_tells_whether_addresses_count_from_zero() -> None:
    markup = "<p>第2/5页</p>" + anchors(("index.html", "上一页"), ("index_2.html", "下一页"))
    pager = find_pager(markup, HOST + "/zf/index_1.html")
    assert pager is not None
    assert pager.urls == tuple(HOST + f"/zf/index{end}.html" for end in ("", "_1", "_2", "_3", "_4"))


def test_a_way_back_to_the_first_part_is_that_of_the_second() -> None:
    assert find_pager(anchors(("12.html", "上一页")), HOST + "/a/12_7.html") is None


def test_of_very_many_numbers_the_first_are_read() -> None:
    markup = anchors(*((f"12_{n}.html", str(n)) for n in range(2, 9_000)))
    pager = find_pager(f"<body>{markup}</body>", HOST + "/a/12.html")
    assert pager is not None
    assert pager.next == HOST + "/a/12_2.html"
    assert len(pager.urls) <= 5_000


def test_the_ways_home_alone_are_no_pager() -> None:
    home = anchors(("/a/0", "首页"), ("/a", "网站首页"), ("/a/", "首页"))
    assert find_pager(f"<html><body>{home}", f"{HOST}/a/1") is None


def test_a_site_has_one_host_by_several_names() -> None:
    links = anchors(("https://www.gov.example/a/12_2.html", "2"), ("http://m.gov.example:80/a/12_3.html", "3"))
    pager = find_pager(f"<html><body>{links}", f"{HOST}/a/12.html")
    assert pager is not None
    assert (pager.part, pager.parts, pager.next) == (1, 3, "https://www.gov.example/a/12_2.html")
