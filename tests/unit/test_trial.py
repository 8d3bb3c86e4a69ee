"""What an address gives on trial: pages, notices that lead to documents, listings; from a dictionary of answers."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from crawler.extract.template import NOTHING_SHARED
from crawler.model import Failure, FailureKind, Fetched, Request, Response
from crawler.reading import here
from crawler.trial import Links, Trial, trial
from tests.support.values import NOW, PARAGRAPHS, source
from tests.support.web import LISTING, URL, html
from tests.support.word import docx, paragraph

MENU = '<ul><li><a href="/list/{}">云溪市2026年政府工作报告</a></li><li><a href="/about.html">关于</a></li></ul>'


def tried(pages: Mapping[str, bytes], **fields: Any) -> tuple[Trial | Links | Failure, list[Request]]:
    """What comes of it, and what was asked for."""
    asked: list[Request] = []

    def answer(request: Request) -> Response:
        asked.append(request)
        if request.url not in pages:
            return Failure(url=request.url, kind=FailureKind.STATUS, reason="HTTP 404", permanent=False, status=404)
        return Fetched(url=request.url, status=200, headers={}, content=pages[request.url], fetched_at=NOW)

    flow = trial(source(**fields), NOTHING_SHARED, here)
    try:
        request = next(flow)
        while True:
            request = flow.send(answer(request))
    except StopIteration as end:
        return end.value, asked


def test_a_page_says_what_it_gives_and_what_was_left_out() -> None:
    page = html() + "<div><a href='/x'>上一篇：关于召开会议的通知</a></div>".encode()
    found, asked = tried({URL: page}, delay=timedelta(seconds=3))
    assert isinstance(found, Trial)
    assert (found.article.region, found.article.year, found.article.paragraphs) == ("云溪市", 2026, PARAGRAPHS)
    assert "地区生产总值" in {target.indicator for target in found.targets}
    assert [line.text for line in found.dropped if "上一篇" in line.text]
    assert (found.incomplete, found.doubted) == (None, None)
    assert [(request.url, request.delay) for request in asked] == [(URL, timedelta(seconds=3))]


def test_further_parts_that_cannot_be_followed_are_told() -> None:
    pager = '<p>共3页</p><a href="javascript:next()">下一页</a>'.encode()
    whole, _ = tried({URL: html()})
    begun, _ = tried({URL: html() + pager})
    assert isinstance(whole, Trial)
    assert isinstance(begun, Trial)
    assert (whole.cut_off, begun.cut_off) == (False, True)


def test_a_page_without_a_report_is_doubted_and_one_that_is_not_there_fails() -> None:
    found, _ = tried({URL: "<title>用户登录</title><form>请登录后查看 <input></form>".encode()})
    assert isinstance(found, Trial)
    assert "login page" in (found.doubted or "")
    found, _ = tried({})
    assert isinstance(found, Failure)
    assert found.status == 404


def test_a_document_that_cannot_be_read_is_named_where_it_stands() -> None:
    lead = '<p>现将报告印发给你们，请认真贯彻执行。</p><p>附件：<a href="/r.docx">云溪市2026年政府工作报告</a></p>'
    notice = f"<h1>关于印发云溪市2026年政府工作报告的通知</h1><div>{lead}</div>".encode()
    document = "https://www.example.org/r.docx"
    found, asked = tried({URL: notice})
    assert isinstance(found, Trial)
    assert found.incomplete == f"incomplete article: {document}: HTTP 404"
    found, asked = tried({URL: notice, document: docx("".join(map(paragraph, PARAGRAPHS)))})
    assert isinstance(found, Trial)
    assert [each.article.paragraphs for each in found.attached] == [PARAGRAPHS]
    assert (found.incomplete, found.doubted) == (None, None)
    assert [request.url for request in asked] == [URL, document]


def test_a_listing_tells_which_links_it_would_follow() -> None:
    page = (MENU.format("1.html") + MENU.format("2.html") + '<a href="/list/index_2.html">下一页</a>').encode()
    found, asked = tried({LISTING: page}, url=None, listing=LISTING)
    assert isinstance(found, Links)
    assert [url.rpartition("/")[2] for url, _ in found.followed] == ["1.html", "2.html"]
    assert [url for url, _ in found.passed_over] == ["https://www.example.org/about.html"]
    assert [request.url for request in asked] == [LISTING], "one page of it"
    found, _ = tried({LISTING: page}, url=None, listing=LISTING, match=r"/2\.html$")
    assert isinstance(found, Links)
    assert [url.rpartition("/")[2] for url, _ in found.followed] == ["2.html"]
    assert len(found.passed_over) == 2
