"""Listings with a pager that no address serves, and those that only look like one."""

import pytest

from crawler.extract.pager_unread import leads_on

URL = "http://gov.example/zw/list.aspx?id=3"
LISTED = "".join(f'<li><a href="/r/{n}.html">{name}县2024年政府工作报告</a></li>' for n, name in enumerate("云青丰平"))


def page(pager: str) -> str:
    return f"<html><body><ul>{LISTED}</ul>{pager}</body></html>"


@pytest.mark.parametrize(
    "pager",
    [
        "<a href=\"javascript:__doPostBack('p','2')\">2</a> <a href=\"javascript:__doPostBack('p','2')\">下一页</a>",
        "<a href=\"javascript:__doPostBack('GridView1','Page$2')\">2</a>",
        "<a href=\"javascript:__doPostBack('GridView1$Next','')\">下一页</a>",
        '<p>共3页</p><a href="javascript:next()">下一页</a>',
        '<p>1/3</p><a href="#" onclick="go(2)">下一页</a>',
        '<a href="#">2</a> <a href="#">3</a> <a href="javascript:;">下一页</a>',
        '<span>第1页/共4页</span> <a href="javascript:toPage(2)">下页</a>',
        '<td>共<b>3</b>页</td><td>当前第<b>1</b>页</td><td><a href="javascript:f.submit()">下一页</a></td>',
        '<a href="list.aspx?id=3&cp=2">下一页</a>',
    ],
)
def test_a_pager_that_cannot_be_followed_is_told(pager: str) -> None:
    assert leads_on(page(pager), URL)
    assert leads_on(page(pager).encode(), URL, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    "pager",
    [
        "",
        "<a>下一页</a>",
        '<a href="#">下一页</a>',
        '<a href="javascript:;">首页</a> <a href="javascript:;">上一页</a> <a href="#">1</a> <a href="#">下一页</a>',
        '共1页 <a href="javascript:go(1)">下一页</a>',
        '<p>共12条 1/1页</p><a href="#">下一页</a>',
        '<p>3/3</p><a href="javascript:go(3)">下一页</a>',
        '<a href="list.aspx?id=3">下一页</a>',
        '<a href="list.aspx?id=3&page=2">下一页</a>',
        '<a href="#">1</a> <a href="#">2</a> <a href="#">3</a>',
        '<a href="#">2</a> <a href="javascript:;">&gt;</a>',
        '<a href="javascript:;">一</a> <a href="javascript:;">二</a> <a href="javascript:;">上</a>',
        '<a href="/other/3.html">下一页</a> <a href="http://other.example/zw/2.html">下一页</a>',
        '<a href="/a/13.html">下一篇</a> <a href="javascript:;">下一张</a>',
        '<h3>网友评论</h3><p>共7页</p><a href="javascript:go(2)">2</a> <a href="javascript:go(2)">下一页</a>',
    ],
)
def test_no_page_is_told_without_a_pager_that_goes_on(pager: str) -> None:
    assert not leads_on(page(pager), URL)


def test_many_dead_links_are_looked_at_in_linear_time() -> None:
    assert leads_on(page('<a href="#">2</a> <a href="javascript:;">下一页</a>' * 5_000), URL)
    assert not leads_on(page('<p><a href="javascript:;">下一页</a></p>' * 5_000), URL)
