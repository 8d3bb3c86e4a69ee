"""Articles of several parts behind a real server, in five systems' pagers, with furniture that moves at each visit."""

from collections.abc import Awaitable, Callable
from html import escape
from pathlib import Path

import pytest

from tests.support.cli import crawl
from tests.support.http_server import Exchange, HttpServer, reply

SENTENCES = [
    f"第{n}项任务:扎实推进乡村全面振兴,新建高标准农田{n}万亩,改造农村公路{n}20公里,惠及沿线群众,助力农业增效农民增收。"
    for n in range(1, 37)
]


class Portal:
    """One article of parts of three sentences each; `write(part, count, visit)` writes what stands below."""

    def __init__(self, paths: list[str], write: Callable[[int, int, int], str]) -> None:
        self.paths, self.write, self.visits = paths, write, 0
        self.texts = [SENTENCES[n * 3 : n * 3 + 3] for n in range(len(paths))]
        self.server = HttpServer()
        for part, path in enumerate(paths, 1):
            self.server.routes[path] = self.route(part)

    def route(self, part: int) -> Callable[[Exchange], Awaitable[None]]:
        async def answer(exchange: Exchange) -> None:
            self.visits += 1
            content = self.page(part).encode()
            await exchange.send(
                reply(content, 200, {"Content-Type": "text/html; charset=utf-8", "Connection": "close"})
            )

        return answer

    def page(self, part: int) -> str:
        body = "".join(f"<p>{escape(text)}</p>" for text in self.texts[part - 1])
        below = self.write(part, len(self.paths), self.visits)
        title = "云溪市2024年政府工作报告"
        before = f"<a href='/a/{self.visits}.html'>关于做好第{self.visits}号防汛工作的通知</a>"
        return (
            f"<html><title>{title}_云溪网</title><body><h1>{title}</h1><p>浏览:{self.visits}</p>"
            f"<div>{body}</div>{below}<p>上一篇:{before}</p></body></html>"
        )

    def sources(self, named: int = 1) -> str:
        return (
            "defaults: {every: 6h, delay: 0s}\nnetwork: {allow_private: true}\nsources:\n"
            f'  - {{id: yunxi, title: 报告, url: "{self.server.url(self.paths[named - 1])}"}}\n'
        )


def trs(part: int, count: int, visit: int) -> str:
    return f'<script>createPageHTML({count}, {part - 1}, "t20240208_99", "html");</script>'


def empire(part: int, count: int, visit: int) -> str:
    """Numbers below the body, and those of a comment box that grows."""
    links = " ".join(
        f"<b>{n}</b>" if n == part else f'<a href="12{f"_{n}" if n > 1 else ""}.html">{n}</a>'
        for n in range(1, count + 1)
    )
    after = f'<a href="12_{part + 1}.html">下一页</a>' if part < count else ""
    comments = " ".join(f'<a href="/e/pl/?id=12&page={n}">{n}</a>' for n in range(2, 3 + visit % 4))
    return f"<div>{links} {after}</div><h3>网友评论</h3><p>共{visit}条评论 共{2 + visit % 4}页</p><div>{comments}</div>"


def asp(part: int, count: int, visit: int) -> str:
    """The session stands in each link, and is another at each visit."""
    address = f"show.asp;jsessionid=A{visit}?id=3"
    links = [f'<a href="{address}{f"&pageno={n}" if n > 1 else ""}">{n}</a>' for n in range(1, count + 1) if n != part]
    return f"<div>{' '.join(links)}</div>"


def window(part: int, count: int, visit: int) -> str:
    """Only the neighbours are shown."""
    near = [n for n in range(part - 2, part + 3) if 1 <= n <= count and n != part]
    return "".join(f'<a href="{"9" if n == 1 else f"9-{n}"}.shtml">[{n}]</a>' for n in near)


def images(part: int, count: int, visit: int) -> str:
    """Arrows without a word."""
    before = (
        f'<a href="c_7{f"_{part - 1}" if part > 2 else ""}.htm"><img src="p.gif" alt="上一页"></a>' if part > 1 else ""
    )
    return before + (f'<a href="c_7_{part + 1}.htm"><img src="n.gif" alt="下一页"></a>' if part < count else "")


PORTALS = {
    "trs": (["/zwgk/t20240208_99.html", "/zwgk/t20240208_99_1.html", "/zwgk/t20240208_99_2.html"], trs),
    "empire": (["/a/12.html", "/a/12_2.html", "/a/12_3.html"], empire),
    "asp": ([f"/show.asp?id=3{page}" for page in ("", "&pageno=2", "&pageno=3")], asp),
    "window": (["/b/9.shtml", *(f"/b/9-{n}.shtml" for n in range(2, 13))], window),
    "images": (["/c/c_7.htm", "/c/c_7_2.htm"], images),
}


@pytest.mark.parametrize("name", PORTALS)
def test_all_parts_are_one_document_that_stays_until_a_part_is_edited(name: str, tmp_path: Path) -> None:
    portal = Portal(*PORTALS[name])
    with portal.server:
        (tmp_path / "sources.yaml").write_text(portal.sources(), "utf-8")
        assert [page["outcome"] for page in crawl(tmp_path, "once", "--json").json["pages"]] == ["new"]
        shown = crawl(tmp_path, "show", "yunxi", "--json").json["body"]
        assert shown.split("\n") == [text for part in portal.texts for text in part]
        for _ in range(3):
            assert [page["outcome"] for page in crawl(tmp_path, "once", "--json").json["pages"]] == ["unchanged"]
        portal.texts[-1][1] = portal.texts[-1][1].replace("20公里", "30公里")
        assert [page["outcome"] for page in crawl(tmp_path, "once", "--json").json["pages"]] == ["changed"]


@pytest.mark.parametrize("name", ["trs", "empire", "asp"])
def test_a_source_may_name_any_part(name: str, tmp_path: Path) -> None:
    portal = Portal(*PORTALS[name])
    with portal.server:
        (tmp_path / "sources.yaml").write_text(portal.sources(2), "utf-8")
        crawl(tmp_path, "once", "--json")
        shown = crawl(tmp_path, "show", "yunxi", "--json").json["body"]
        assert shown.split("\n") == [text for part in portal.texts for text in part]


def test_a_missing_part_is_a_failure_and_no_change(tmp_path: Path) -> None:
    portal = Portal(*PORTALS["trs"])
    with portal.server:
        (tmp_path / "sources.yaml").write_text(portal.sources(), "utf-8")
        crawl(tmp_path, "once", "--json")
        portal.server.routes.pop(portal.paths[1])
        (page,) = crawl(tmp_path, "once", "--json").json["pages"]
        assert page["outcome"] == "failed"
        assert "incomplete" in page["reason"]


def test_the_whole_text_on_a_page_of_its_own_is_read_there(tmp_path: Path) -> None:
    portal = Portal(["/a/12.html", "/a/12_all.html"], lambda part, count, visit: "")
    portal.write = lambda part, count, visit: '<p><a href="12_all.html">余下全文</a></p>' if part == 1 else ""
    portal.texts[1] = [*portal.texts[0], *portal.texts[1]]
    with portal.server:
        (tmp_path / "sources.yaml").write_text(portal.sources(), "utf-8")
        assert [page["outcome"] for page in crawl(tmp_path, "once", "--json").json["pages"]] == ["new"]
        assert crawl(tmp_path, "show", "yunxi", "--json").json["body"].split("\n") == portal.texts[1]
        assert [page["outcome"] for page in crawl(tmp_path, "once", "--json").json["pages"]] == ["unchanged"]


def spelt(part: int, count: int, visit: int) -> str:
    """Pages in words, without a link to the next one."""
    addresses = ["12.html", "12_2.html", "12_3.html"]
    return "".join(f'<a href="/a/{address}">[第{"一二三"[n]}页]</a>' for n, address in enumerate(addresses))


def faint(part: int, count: int, visit: int) -> str:
    links = zip("上中下", ["12.html", "12_2.html", "12_3.html"], strict=True)
    return "".join(f'<a href="/a/{address}">（{text}）</a>' for text, address in links)


@pytest.mark.parametrize("write", [spelt, faint])
def test_parts_called_in_words_are_one_document(write: Callable[[int, int, int], str], tmp_path: Path) -> None:
    portal = Portal(["/a/12.html", "/a/12_2.html", "/a/12_3.html"], write)
    with portal.server:
        (tmp_path / "sources.yaml").write_text(portal.sources(), "utf-8")
        crawl(tmp_path, "once", "--json")
        shown = crawl(tmp_path, "show", "yunxi", "--json").json["body"]
        assert shown.split("\n") == [text for part in portal.texts for text in part]
        portal.texts[2][1] = portal.texts[2][1].replace("20公里", "30公里")
        assert [page["outcome"] for page in crawl(tmp_path, "once", "--json").json["pages"]] == ["changed"]


class Listing:
    """Pages of a listing by path, two reports on each; `pager` writes what stands below them."""

    def __init__(self, paths: list[str], pager: Callable[[int], str]) -> None:
        self.server = HttpServer()
        for number, path in enumerate(paths):
            names = [number * 2, number * 2 + 1]
            items = "".join(f'<li><a href="/r/{n}.html">{2000 + n}年云溪市政府工作报告</a></li>' for n in names)
            self.answer(path, f"<html><body><ul>{items}</ul><div>{pager(number + 1)}</div></body></html>")
            for n in names:
                paragraphs = "".join(f"<p>{text}</p>" for text in SENTENCES[n : n + 3])
                self.answer(f"/r/{n}.html", f"<html><h1>{2000 + n}年云溪市政府工作报告</h1>{paragraphs}</html>")

    def answer(self, path: str, content: str) -> None:
        headers = {"Content-Type": "text/html; charset=utf-8"}
        self.server.routes[path] = reply(f"{content}".encode(), 200, headers)

    def sources(self, path: str) -> str:
        return (
            "defaults: {every: 6h, delay: 0s}\nnetwork: {allow_private: true}\nsources:\n"
            f'  - {{id: yunxi, title: 报告, listing: "{self.server.url(path)}", match: "/r/"}}\n'
        )


def counting_down(number: int) -> str:
    """Of four pages, the first /zw/gzbg.htm, the last /zw/gzbg/1.htm."""
    paths = ["/zw/gzbg.htm", "/zw/gzbg/3.htm", "/zw/gzbg/2.htm", "/zw/gzbg/1.htm"]
    back = f'<a href="{paths[0]}">首页</a> <a href="{paths[number - 2]}">上页</a>' if number > 1 else ""
    return back + (f'<a href="{paths[number]}">下页</a> <a href="{paths[-1]}">尾页</a>' if number < len(paths) else "")


def all_linked(number: int) -> str:
    return "".join(f'<a href="/zw/list_3_{n}.html">{n}</a> ' for n in (1, 2, 3))


def looped(number: int) -> str:
    return (
        f"<script>var countPage = 3; var currentPage = {number - 1}; for (var i = 1; i < countPage; i++)"
        " document.write(\"<a href='index_\" + i + \".html'>\" + (i + 1) + '</a>');</script>"
    )


@pytest.mark.parametrize(
    ("paths", "pager"),
    [
        (["/zw/gzbg.htm", "/zw/gzbg/3.htm", "/zw/gzbg/2.htm", "/zw/gzbg/1.htm"], counting_down),
        (["/zw/", "/zw/list_3_2.html", "/zw/list_3_3.html"], all_linked),
        (["/zw/", "/zw/index_1.html", "/zw/index_2.html"], looped),
    ],
)
def test_every_page_of_a_listing_is_read(paths: list[str], pager: Callable[[int], str], tmp_path: Path) -> None:
    listing = Listing(paths, pager)
    listing.answer("/zw/list_3_1.html", "<html><a href='/r/0.html'>2000年云溪市政府工作报告</a></html>")
    with listing.server:
        (tmp_path / "sources.yaml").write_text(listing.sources(paths[0]), "utf-8")
        pages = crawl(tmp_path, "once", "--json").json["pages"]
        assert sorted(page["outcome"] for page in pages) == ["new"] * 2 * len(paths)


def test_a_listing_whose_pager_cannot_be_followed_says_so_at_every_check(tmp_path: Path) -> None:
    pager = "<a href=\"javascript:__doPostBack('p','2')\">2</a> <a href=\"javascript:__doPostBack('p','2')\">下一页</a>"
    listing = Listing(["/zw/list.aspx"], lambda number: pager)
    with listing.server:
        (tmp_path / "sources.yaml").write_text(listing.sources("/zw/list.aspx"), "utf-8")
        first, *pages = crawl(tmp_path, "once", "--json").json["pages"]
        assert [page["outcome"] for page in pages] == ["new", "new"]
        assert (first["url"], first["outcome"]) == (listing.server.url("/zw/list.aspx"), "unchanged")
        assert "cannot be followed" in first["reason"]
        assert "cannot be" in crawl(tmp_path, "once").out
        (line,) = crawl(tmp_path, "sources", "--json").json
        assert line["reason"] == first["reason"]
        listing.answer("/zw/list.aspx", "<html><a href='/r/0.html'>2000年云溪市政府工作报告</a> <a>下一页</a></html>")
        assert {page["reason"] for page in crawl(tmp_path, "once", "--json").json["pages"]} == {None}
        (line,) = crawl(tmp_path, "sources", "--json").json
        assert line["reason"] is None


def test_a_page_whose_further_parts_cannot_be_followed_says_so_when_it_is_new(tmp_path: Path) -> None:
    pager = "<p>共3页 <a href='javascript:turn(2)'>2</a> <a href='javascript:turn(2)'>下一页</a></p>"
    portal = Portal(["/a/12.html"], lambda part, count, visit: pager)
    with portal.server:
        (tmp_path / "sources.yaml").write_text(portal.sources(), "utf-8")
        (page,) = crawl(tmp_path, "once", "--json").json["pages"]
        assert page["outcome"] == "new"
        assert "cannot be followed" in page["reason"]
        (page,) = crawl(tmp_path, "once", "--json").json["pages"]
        assert (page["outcome"], page["reason"]) == ("unchanged", None)
