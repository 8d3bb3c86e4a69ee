import httpx
import pytest

from crawler.demo.portal import ESSAY, GOVERNMENT, LISTED, LISTING, NEWS, Portal


def test_the_portal_serves_every_page_and_no_other() -> None:
    with Portal() as portal:
        found = {path: httpx.get(portal.origin + path) for path in (*ESSAY, NEWS, GOVERNMENT, LISTING, *LISTED)}
        missing = httpx.get(f"{portal.origin}/nowhere.html")
        robots = httpx.get(f"{portal.origin}/robots.txt")
    assert {answer.status_code for answer in found.values()} == {200}
    assert missing.status_code == 404
    assert robots.text.startswith("User-agent: *")


def test_the_government_page_is_gbk_beyond_its_label() -> None:
    with Portal() as portal:
        answer = httpx.get(portal.origin + GOVERNMENT)
    assert "charset" not in answer.headers["content-type"]
    assert b"charset=gb2312" in answer.content
    assert "镕和科创园" in answer.content.decode("gbk")
    with pytest.raises(UnicodeDecodeError):
        answer.content.decode("gb2312")


def test_an_edit_shows_at_the_next_request() -> None:
    with Portal() as portal:
        before = httpx.get(portal.origin + NEWS).text
        portal.edit("qinghe", "总产量达到9.2亿斤", "总产量达到9亿斤")
        after = httpx.get(portal.origin + NEWS).text
    assert "9.2亿斤" in before
    assert "9.2亿斤" not in after
    assert "总产量达到9亿斤" in after


def test_the_portal_edits_one_report_and_no_other() -> None:
    with Portal() as portal:
        before = portal.texts
        portal.edit("qinghe", "地区生产总值增长5.5%以上", "地区生产总值增长5%以上")
    assert {path for path in before if portal.texts[path] != before[path]} == {NEWS}
    assert len(before) == 5
