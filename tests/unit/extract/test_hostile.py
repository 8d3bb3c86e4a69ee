"""Whatever a page does, reading it ends, without recursion errors."""

import pytest

from bench.hostile import BEHIND, BODY, SHAPES
from crawler.extract import extract, find_pager, list_links
from crawler.extract.nesting import MAX_DEPTH, flatten
from tests.support.bounded import read_within_limits

URL = "http://portal.example/baogao/1024.html"
SWALLOWED = {"open comments", "open scripts"}
"""In a browser, too, they leave nothing of the page."""
SENTENCE = "今年要做好八个方面工作,确保完成全年目标任务。"


@pytest.mark.parametrize("tag", ["div", "b", "font", "blockquote", "a href=x", "span", "section"])
def test_a_hundred_thousand_open_elements(tag: str) -> None:
    article = extract(f"<{tag}>" * 100_000 + SENTENCE * 4)
    assert article.body in ("", SENTENCE * 4)  # all of it is a link in one case


def test_the_body_is_found_soon_behind_what_is_slow() -> None:
    told = read_within_limits("bench.hostile", "SHAPES", SHAPES, size=0.25, seconds=4)
    assert {shape for shape, body in told.items() if not body} == SWALLOWED
    assert {shape: body for shape, body in told.items() if body and not body.endswith("\n".join(BODY))} == {}


def test_the_body_is_found_soon_before_what_is_slow() -> None:
    told = read_within_limits("bench.hostile", "BEHIND", BEHIND, size=0.25, seconds=4)
    assert {shape: body for shape, body in told.items() if body.startswith("died")} == {}
    assert sum(body.startswith(BODY) for body in told.values()) > len(told) / 2


@pytest.mark.parametrize("tags", ["table tr td", "ul li", "select option", "h1 div", "svg g"])
def test_a_hundred_thousand_elements_within_one_another(tags: str) -> None:
    assert extract(SHAPES[f"nested: {tags}"](4), URL).paragraphs == BODY


@pytest.mark.parametrize("shape", ["attributes of one element", "attributes of the body", "unclosed formatting"])
def test_what_the_parser_alone_would_take_minutes_for(shape: str) -> None:
    assert extract(SHAPES[shape](4), URL).paragraphs == BODY


def test_links_and_pager_of_a_large_page_are_read() -> None:
    markup = SHAPES["pagers"](1)
    assert len(list_links(markup, URL)) == 25_000
    pager = find_pager(markup, URL)
    assert pager is None or len(pager.urls) <= 5_000


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td>" * 20_000, "<ul><li>" * 20_000, "<svg>" * 20_000, "<h1>相关阅读</h1><p>评论</p>" * 5_000,
        "<a " * 100_000, "<!--" * 100_000, "</div>" * 50_000,
        "\0" * 50_000,
        "<p " + "a=1 " * 100_000 + ">", "<title>" + "_-|" * 50_000,
        "<form><template>" * 5_000, "",
        "<html><head><title>x</title></head></html>",
        "".join(f"<li><a href='/a_{number}.html'>{number}</a></li>" for number in range(20_000)),
    ],
)  # fmt: skip
def test_markup_without_a_body(markup: str) -> None:
    assert extract(markup, "http://a.example/a.html").paragraphs == ()


@pytest.mark.parametrize(
    ("markup", "body"),
    [
        ("<" * 100_000, "<" * 100_000),
        ("&amp" * 100_000, "&" * 100_000),
        ("createPageHTML(" * 50_000, "createPageHTML(" * 50_000),
        ("<p>" + "首页>" * 50_000, "首页>" * 50_000),
        ("<table>" + "<tr><td>地区</td><td>1</td></tr>" * 5_000, "\n".join(["地区 | 1"] * 5_000)),
    ],
)
def test_markup_of_one_thing_is_its_text(markup: str, body: str) -> None:
    assert extract(markup, "http://a.example/a.html").body == body


@pytest.mark.parametrize(
    "line",
    ["阅读1" * 130 + "中", "评论" * 190, "位置:" + ">" * 390, "扫码" * 190, "1" * 399 + "x", "本文" * 190, "(" * 400],
)
def test_lines_that_almost_match(line: str) -> None:
    paragraphs = extract(f"<p>{SENTENCE}</p>" + f"<p>{line}</p>" * 100).paragraphs
    assert SENTENCE in paragraphs
    assert set(paragraphs) <= {SENTENCE, line}


def test_a_line_of_two_million_characters() -> None:
    assert len(extract("<p>" + SENTENCE * 100_000).body) == len(SENTENCE) * 100_000


def test_flattening_keeps_the_text_and_bounds_the_depth() -> None:
    markup = "<div>" * 6_000 + "正文" + "</div>" * 6_000 + "<p>后</p>"
    flat = flatten(markup)
    assert flat.count("<div>") == flat.count("</div>") == MAX_DEPTH + 1
    assert "正文" in flat
    assert flat.endswith("<p>后</p>")


def test_ordinary_pages_are_left_alone() -> None:
    markup = "<div><p>一<p>二</div>" * 3_000
    assert flatten(markup) == markup


def test_lone_surrogates_pass() -> None:
    assert extract(f"<p>\ud800{SENTENCE}</p>").paragraphs
