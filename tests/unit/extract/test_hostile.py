"""Whatever a page does, reading it ends, without recursion errors."""

import pytest

from crawler.extract import extract
from crawler.extract.nesting import MAX_DEPTH, flatten

SENTENCE = "今年要做好八个方面工作,确保完成全年目标任务。"


@pytest.mark.parametrize("tag", ["div", "b", "font", "blockquote", "a href=x", "span", "section"])
def test_a_hundred_thousand_open_elements(tag: str) -> None:
    article = extract(f"<{tag}>" * 100_000 + SENTENCE * 4)
    assert article.body in ("", SENTENCE * 4)  # all of it is a link in one case


@pytest.mark.parametrize(
    "markup",
    [
        "<table><tr><td>" * 20_000, "<ul><li>" * 20_000, "<svg>" * 20_000, "<h1>相关阅读</h1><p>评论</p>" * 5_000,
        "<" * 100_000,
        "<a " * 100_000, "<!--" * 100_000, "&amp" * 100_000, "createPageHTML(" * 50_000, "</div>" * 50_000,
        "\0" * 50_000,
        "<p " + "a=1 " * 100_000 + ">", "<title>" + "_-|" * 50_000, "<p>" + "首页>" * 50_000,
        "<form><template>" * 5_000, "",
        "<html><head><title>x</title></head></html>", "<table>" + "<tr><td>地区</td><td>1</td></tr>" * 5_000,
        "".join(f"<li><a href='/a_{number}.html'>{number}</a></li>" for number in range(20_000)),
    ],
)  # fmt: skip
def test_markup_without_a_body(markup: str) -> None:
    assert extract(markup, "http://a.example/a.html").encoding == ""


@pytest.mark.parametrize(
    "line",
    ["阅读1" * 130 + "中", "评论" * 190, "位置:" + ">" * 390, "扫码" * 190, "1" * 399 + "x", "本文" * 190, "(" * 400],
)
def test_lines_that_almost_match(line: str) -> None:
    assert len(extract(f"<p>{SENTENCE}</p>" + f"<p>{line}</p>" * 100).paragraphs) <= 101


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
