"""Any page: where it stands in its article is told by addresses of its own host, in order, each once."""

from urllib.parse import urlsplit

from crawler.extract import extract, find_pager
from crawler.extract.documents.kinds import unreadable
from crawler.extract.pager_unread import leads_on
from crawler.model import Pager

HOST = "www.example.org"
URLS = (
    f"http://{HOST}/baogao/t20310115_1024.html", f"http://{HOST}/baogao/index.html", f"http://{HOST}/list/",
    f"http://{HOST}/show.php?id=7&page=2", f"http://{HOST}/baogao/t20310115_1024_3.html", f"http://{HOST}/a-2.shtml",
)  # fmt: skip
NUMBERS = "0123456789"
PIECES = (
    *(f"<a href=t20310115_1024_{n}.html>{n}</a>" for n in (1, 2, 3, 4, 11)),
    *(f"<a href='index_{n}.html'>第{n}页</a>" for n in (1, 2, 3)), "<a href=list_12_2.html>下一页</a>",
    "<a href='show.php?id=7&page=3'>下一页</a>", "<a href='?page=1'>上一页</a>",
    "<a href=t20310115_1024.html>首页</a>", "<a href=t20310115_1024_9.html>尾页</a>",
    "<a href=/all/1024.html>余下全文</a>", "<a href=//evil.example/2.html>2</a>",
    "<script>createPageHTML(5, 0, 'index', 'html');</script>",
    "<script>var countPage = 4; var currentPage = 1;</script>",
    "<script>createPageHTML(99999999999999999999,1,'t20310115_1024','html')</script>", "第2页/共5页", "共3页", "(2)",
    "2/5", "<title>青禾县政府工作报告(2)</title>", "<h1>青禾县政府工作报告（第3页）</h1>",
    "<select><option value=index_2.html>2</option>", "<link rel=next href=index_1.html>",
    "<base href='http://other.example/'>", "<a href='javascript:go(2)'>2</a>", "...", "<div>", "</div>",
    "<p>今年要做好八个方面工作，完成投资12亿元以上。</p>", "<a href=index_0.html>上页</a>", "<br>", "共99999条",
    "<a href='index_99999999999999999999.html'>99999999999999999999</a>", "<a href='http://[::1'>2</a>",
    "<a href=#2>2</a>", "<a href=a-1.shtml>1</a>", "<a href=a-3.shtml>3</a>",
    "<a href='http://www.example.org:99999/2'>2</a>", "²", "２",
)  # fmt: skip


def check(data: bytes) -> None:
    """The first byte chooses the address of the page, the others are the page; an image or the like never gets here."""
    url, page = URLS[data[0] % len(URLS)] if data else URLS[0], data[1:]
    if unreadable(page):
        return
    pager = find_pager(page, url, "text/html")
    assert pager == find_pager(page, url, "text/html"), "the same page was read otherwise"
    if pager:
        _holds(pager)
    article = extract(page, url, "text/html")
    if article.pager:
        for address in _addresses(article.pager):
            assert urlsplit(address).scheme in ("http", "https"), address
    leads_on(page, url, "text/html")


def _holds(pager: Pager) -> None:
    for address in _addresses(pager):
        parts = urlsplit(address)
        assert parts.scheme in ("http", "https"), address
        assert parts.hostname == HOST or pager.urls == (address,), f"another host: {address}"
        assert "#" not in address, address
    assert len(set(pager.urls)) == len(pager.urls), f"a part twice: {pager.urls}"
    assert pager.part is None or pager.part >= 1, pager.part
    assert pager.parts is None or (pager.part or 1) <= pager.parts, f"part {pager.part} of {pager.parts}"
    if pager.parts is not None:
        assert len(pager.urls) <= pager.parts, f"{len(pager.urls)} addresses of {pager.parts} parts"


def _addresses(pager: Pager) -> tuple[str, ...]:
    return (*pager.urls, *([pager.next] if pager.next else []))
