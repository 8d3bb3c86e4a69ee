"""What a reader is shown: unified text, segments for the terminal, HTML for mail."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.diff import Segment, diff_texts
from tests.support.diff import edited_pairs, made_up_report

OLD = (
    "蓝湖市工作报告\n一、总体要求\n地区生产总值增长6%左右。\n固定资产投资2700亿元。\n二、重点任务\n办好幼儿园。\n结束。"
)


def test_unified_names_paragraphs_and_shows_their_neighbours() -> None:
    new = OLD.replace("6%", "5.5%").replace("办好", "建好")
    assert diff_texts(OLD, new).unified() == "\n".join([
        "@@ -3 +3 @@",
        " 一、总体要求",
        "-地区生产总值增长6%左右。",
        "+地区生产总值增长5.5%左右。",
        " 固定资产投资2700亿元。",
        " 二、重点任务",
        "-办好幼儿园。",
        "+建好幼儿园。",
        " 结束。",
    ])  # fmt: skip


@pytest.mark.parametrize(
    ("context", "lines"),
    [
        (0, ["@@ -1 +1 @@", "-甲1。", "+甲2。", "@@ -7 +7 @@", "-庚1。", "+庚2。"]),
        (1, ["@@ -1 +1 @@", "-甲1。", "+甲2。", " 乙。", "@@ -7 +7 @@", " 己。", "-庚1。", "+庚2。", " 辛。"]),
        (
            3,
            [
                "@@ -1 +1 @@",
                "-甲1。",
                "+甲2。",
                " 乙。",
                " 丙。",
                " 丁。",
                " 戊。",
                " 己。",
                "-庚1。",
                "+庚2。",
                " 辛。",
            ],
        ),
    ],
)
def test_unified_with_more_or_less_context(context: int, lines: list[str]) -> None:
    text = "甲{}。\n乙。\n丙。\n丁。\n戊。\n己。\n庚{}。\n辛。"
    assert diff_texts(text.format(1, 1), text.format(2, 2)).unified(context=context).split("\n") == lines


def test_unified_of_inserted_and_deleted_paragraphs() -> None:
    with_it, without = "甲段。\n乙段。\n丙段。", "甲段。\n丙段。"
    assert diff_texts(without, with_it).unified() == "@@ -2 +2 @@\n 甲段。\n+乙段。\n 丙段。"
    assert diff_texts(with_it, without).unified() == "@@ -2 +2 @@\n 甲段。\n-乙段。\n 丙段。"


def test_paragraphs_of_each_text_are_counted_in_it() -> None:
    new = OLD.replace("一、总体要求\n", "一、总体要求\n新的一段。\n又一段。\n").replace("幼儿园", "中学校")
    assert "@@ -6 +8 @@" in diff_texts(OLD, new).unified(context=0)


def test_blank_lines_are_no_paragraphs_to_show() -> None:
    diff = diff_texts("甲段。\n\n\n乙段1。\n\n丙段。", "甲段。\n\n\n乙段2。\n\n丙段。")
    assert diff.unified() == "@@ -4 +4 @@\n 甲段。\n-乙段1。\n+乙段2。\n 丙段。"


def test_a_huge_paragraph_is_shown_around_its_changes() -> None:
    sentences = made_up_report(2_000)
    old = "".join(sentences)
    new = old.replace("第100项", "第十项").replace("第1900项", "第九项")
    diff = diff_texts(old, new)
    lines = diff.unified().split("\n")
    assert lines[0] == "@@ -1 +1 @@"
    assert [line[0] for line in lines[1:]] == ["-", "+", "-", "+"]
    assert all(line[1] == "…" and line.endswith("…") and len(line) < 200 for line in lines[1:])
    assert "第十项" in lines[2]
    assert "第九项" in lines[4]
    assert len("".join(segment.text for segment in diff.inline())) < 400


def test_a_long_neighbour_is_cut() -> None:
    old = "很长的一段" * 100 + "。\n投资1亿元。"
    (_, neighbour, *_) = diff_texts(old, old.replace("1亿", "2亿")).unified().split("\n")
    assert neighbour.startswith(" 很长的一段")
    assert neighbour.endswith("…")
    assert len(neighbour) < 100


def test_inline_is_the_changed_paragraphs_alone() -> None:
    new = OLD.replace("6%", "5.5%").replace("办好幼儿园。", "")
    assert diff_texts(OLD, new).inline() == (
        Segment(op="equal", text="地区生产总值增长"),
        Segment(op="delete", text="6%"),
        Segment(op="insert", text="5.5%"),
        Segment(op="equal", text="左右。"),
        Segment(op="equal", text="\n…\n"),
        Segment(op="delete", text="办好幼儿园。"),
    )


def test_what_only_looks_different_is_shown_as_it_is_now() -> None:
    diff = diff_texts("“甲” 投资１亿元。", '"甲"投资2亿元。')
    assert "".join(segment.text for segment in diff.inline() if segment.op != "delete") == '"甲"投资2亿元。'


def test_html_escapes_everything() -> None:
    old = "甲<b>&\"'乙1。"
    new = "甲<b>&\"'乙<script>alert(1)</script>。\n</p><img src=x onerror=alert(1)>"
    page = diff_texts(old, new).inline_html()
    assert set(re.findall(r"<(/?\w+)", page)) <= {"p", "/p", "ins", "/ins", "del", "/del", "br"}
    assert "&lt;script&gt;" in page
    assert "&lt;b&gt;&amp;&quot;&#x27;乙" in page


def test_html_of_one_change() -> None:
    diff = diff_texts("增长6%左右。\n不变。", "增长5.5%左右。\n不变。")
    assert diff.inline_html() == "<p>增长<del>6%</del><ins>5.5%</ins>左右。</p>"


@pytest.mark.parametrize("hostile", ["\x1b[2J", "\x1b]0;title\x07", "\u202e", "\u2066", "\x9b31m", "\x00", "\x7f"])
def test_nothing_acts_on_a_terminal_or_turns_a_line(hostile: str) -> None:
    diff = diff_texts(
        f"{hostile}甲段{hostile}。\n投资1亿元。",
        f"{hostile}甲段{hostile}。\n投资2{hostile}亿元{hostile}。新{hostile}句",
    )
    for shown in (diff.unified(), diff.inline_html(), "".join(segment.text for segment in diff.inline())):
        assert not set(hostile) & set(shown) - set("[2J]0;title31m")
        assert "投资" in shown


def test_carriage_returns_are_left_out() -> None:
    diff = diff_texts("甲段。\r\n投资1亿元。\r\n", "甲段。\r\n投资2亿元。\r\n")
    assert diff.unified() == "@@ -2 +2 @@\n 甲段。\n-投资1亿元。\n+投资2亿元。"


def many_changes() -> tuple[str, str]:
    old = made_up_report(200)
    new = [sentence.replace("项工作", "件实事") if k % 20 == 10 else sentence for k, sentence in enumerate(old)]
    return "\n".join(old), "\n".join(new)


@pytest.mark.parametrize("limit", [1, 20, 150, 400, 1000])
def test_a_limit_says_how_much_is_left_out(limit: int) -> None:
    diff = diff_texts(*many_changes())
    assert len(diff.hunks) == 10
    text, _, note = diff.unified(limit=limit).rpartition("\n")
    assert len(text) <= limit + 1
    left = int(re.fullmatch(r"… \((\d) more changes?\)", note)[1])  # type: ignore[index]  # None fails the test as well
    assert left == 10 - max(1, text.count("\n+"))


def test_a_limit_on_segments_and_html() -> None:
    diff = diff_texts(*many_changes())
    segments = diff.inline(limit=100)
    assert segments[-1].text.startswith("\n… (")
    assert sum(len(segment.text) for segment in segments[:-1]) <= 110
    assert diff.inline_html(limit=100).count("<p>") == 4
    assert "more changes)</p>" in diff.inline_html(limit=100)


def test_a_limit_that_is_not_reached_changes_nothing() -> None:
    diff = diff_texts(*many_changes())
    assert diff.unified(limit=100_000) == diff.unified()
    assert diff.inline(limit=100_000) == diff.inline()


def test_one_change_longer_than_the_limit_is_cut() -> None:
    diff = diff_texts("甲。", "甲。" + "很长的句子" * 1000)
    assert diff.unified(limit=30).endswith("…")
    assert len(diff.unified(limit=30)) == 31
    assert [segment.text[-1] for segment in diff.inline(limit=30)][-1] == "…"


def test_one_more_change_is_not_changes() -> None:
    assert (
        diff_texts("甲1。\n乙。\n丙1。", "甲2。\n乙。\n丙2。")
        .unified(context=0, limit=25)
        .endswith("… (1 more change)")
    )


class _Tags(HTMLParser):
    """Checks that every tag that opens is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert not attrs
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(edited_pairs(), st.integers(0, 3), st.none() | st.integers(1, 200))
@settings(deadline=None)
def test_renderings_of_any_edit(pair: tuple[str, str], context: int, limit: int | None) -> None:
    diff = diff_texts(*pair)
    unified = diff.unified(context=context, limit=limit)
    assert bool(unified) == bool(diff.inline(limit)) == bool(diff.inline_html(limit)) == diff.changed
    tags = _Tags()
    tags.feed(diff.inline_html(limit))
    assert tags.open == []
    if limit is None:
        inserted = "".join(segment.text for segment in diff.inline() if segment.op == "insert")
        assert inserted == "".join(hunk.new for hunk in diff.hunks)
        deleted = "".join(segment.text for segment in diff.inline() if segment.op == "delete")
        assert deleted == "".join(hunk.old for hunk in diff.hunks)
