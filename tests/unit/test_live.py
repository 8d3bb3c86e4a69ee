"""Links that scroll a live page to a place of its text."""

from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.checks import Part
from crawler.diff import diff_texts
from crawler.live import LONGEST, LivePage
from crawler.text import fold
from tests.support.diff import any_texts, edited_pairs, texts

URL = "https://www.example.org/yunxi.html"
REPORT = (
    "蓝湖市工作报告\n一、总体要求\n今年发展的主要预期目标是：地区生产总值增长6%左右；固定资产投资2,700亿元。\n"
    "二、重点任务\n办好幼儿园。\n结束。"
)


def told(old: str, new: str, url: str = URL) -> str:
    """What the link to the first change looks for, in plain characters."""
    hunk = diff_texts(old, new).hunks[0]
    address, _, directive = LivePage(url, new).link(hunk.new_start, hunk.new_end).partition("#:~:text=")
    assert address == url
    return unquote(directive)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("6%左右", "5.5%左右", "地区生产总值增长5.5%左右"),
        ("2,700亿", "2,800亿", "固定资产投资2,800亿元"),
        ("办好幼儿园", "办好", "办好。"),
        ("二、重点任务\n", "", "办好幼儿园"),
        ("\n结束。", "", "办好幼儿园。"),
        ("二、", "三、", "三、重点任务"),
    ],
)
def test_the_words_reach_from_sign_to_sign(before: str, after: str, expected: str) -> None:
    assert told(REPORT, REPORT.replace(before, after)) == expected


def test_signs_that_mean_something_in_an_address_are_escaped() -> None:
    text = "Well-known: R&D, 5-6% a year, #1?"
    link = LivePage(URL, text).link(0, len(text))
    assert link == f"{URL}#:~:text=Well%2Dknown%3A%20R%26D%2C%205%2D6%25%20a%20year%2C%20%231%3F"


def test_a_long_passage_is_told_by_its_two_ends() -> None:
    measures = "全面提升公共服务水平，新增学位三千个，建成养老服务中心二十个，改造老旧小区一百个"
    long = f"坚持以人民为中心的发展思想，{measures}，增强群众的幸福感。"
    assert told("甲段。\n", f"甲段。\n{long}") == "坚持以人民为中心的发展思想,增强群众的幸福感。"
    assert told("甲段。\n", f"甲段。\n{long}\n新建公园十座。\n").partition(",")[2] == "新建公园十座。"


def test_words_that_stand_there_twice_are_told_by_their_neighbours() -> None:
    old = "全市增长6%，投资增长。\n全省增长5%，投资稳定。\n全国增长5%，投资下降。"
    assert told(old, old.replace("省增长5", "省增长6")) == "全省增长6%"
    same = old.replace("全省", "全市").replace("全国", "全市")
    assert told(same, same.replace("5%，投资稳", "6%，投资稳")) == "全市增长6%,-，投资稳定"
    listed = "一、工业：加快发展。\n二、农业：稳产保供。"
    assert told(listed, listed.replace("稳产保供", "加快发展")) == "农业：-,加快发展"


def test_neighbours_on_both_sides_where_one_does_not_do() -> None:
    text = "甲、增长很快，乙。\n甲、增长很快，丙。\n丁、增长很快，丙。"
    start = text.index("增长很快", 12)
    assert unquote(LivePage(URL, text).link(start, start + 4)).endswith("#:~:text=甲、-,增长很快,-，丙")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.example/#/news/5", "https://x.example/#/news/5:~:text="),
        ("https://x.example/a#top", "https://x.example/a#top:~:text="),
        ("https://x.example/a#", "https://x.example/a#:~:text="),
        ("https://x.example/a#:~:text=old", "https://x.example/a#:~:text="),
        ("https://x.example/a#b:~:text=old", "https://x.example/a#b:~:text="),
    ],
)
def test_an_address_keeps_its_own_fragment(url: str, expected: str) -> None:
    link = LivePage(url, "甲段。\n乙段。").link(4, 6)
    assert link.startswith(expected)
    assert unquote(link.removeprefix(expected)) == "乙段。"


def test_an_address_that_would_be_too_long_scrolls_nowhere() -> None:
    url = f"https://x.example/?{'q' * (LONGEST - 30)}"
    assert LivePage(url, REPORT).link(30, 32) == url


@pytest.mark.parametrize("text", ["", " \n\u3000\n", "\n"])
def test_a_page_without_words_is_linked_as_it_is(text: str) -> None:
    assert LivePage(URL, text).link(0, len(text)) == URL
    assert LivePage("", text + "甲乙丙丁").link(0, 1) == ""


def test_a_place_of_another_part_is_linked_there() -> None:
    parts = [Part(url=f"https://x.example/{number}", sha256="", paragraphs=2) for number in (1, 2)]
    text = "甲段落。\n乙段落。\n丙段落。\n丁段落。"
    live = LivePage("https://x.example/1", text, parts)
    addresses = [live.link(place, place + 1).partition("#")[0][-1] for place in (0, 6, 11, 16)]
    assert addresses == ["1", "1", "2", "2"]
    assert live.link(len(text), len(text)).startswith("https://x.example/2#")
    assert LivePage(URL, "甲段落。", parts).link(0, 1).startswith(f"{URL}#"), "the parts are those of another text"


@given(texts | any_texts | edited_pairs().map(lambda pair: pair[1]), st.data())
@settings(max_examples=300, deadline=None)
def test_what_is_looked_for_stands_in_the_text_near_the_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    address, _, directive = LivePage(URL, text).link(start, end).partition("#:~:text=")
    assert address == URL
    assert not set(directive) & set("& #\n")
    words = [unquote(each.strip("-")) for each in directive.split(",")]
    for each in words:
        assert "\n" not in each
        assert each.encode("utf-8", "replace").decode() in text.encode("utf-8", "replace").decode()
    assert fold("".join(words)) or not text[start:end].strip() or not fold(text[start:end])


@given(st.text(st.characters(categories=["Cs", "Lu"]), min_size=1, max_size=20))
def test_halves_of_characters_break_nothing(text: str) -> None:
    assert LivePage(URL, text).link(0, len(text)).startswith(URL)
