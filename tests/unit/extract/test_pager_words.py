import pytest

from crawler.extract.page import Anchor
from crawler.extract.pager_words import (
    Label,
    Place,
    Word,
    is_of_pager,
    label,
    labelled,
    places,
    places_at_end,
    places_in_lines,
    total_in_lines,
)

SAYINGS = {
    Word.NEXT: ["下一页", "下页", "[下一页]", "下一頁", "后页", "Next", "NEXT PAGE »", ">", "››", "下一页>>",
    "点击进入下一页",
    "下一页(2)", "下一页：二、今年工作", "继续阅读", "下1页", "→"],
    Word.PREVIOUS: ["上一页", "上页", "<<上一页", "前一页", "上一頁", "Previous", "Prev", "«", "<", "[上一页]"],
    Word.FIRST: ["首页", "第一页", "First", "|<", "首頁", "«首页"],
    Word.LAST: ["尾页", "末页", "最后一页", "最末页", "Last »", ">|", "[尾页]", "末頁"],
    Word.ALL: ["余下全文", "在本页阅读全文", "阅读全文", "单页阅读", "显示全部", "查看全文>>", "点击查看全文"],
}  # fmt: skip


@pytest.mark.parametrize(("word", "text"), [(word, text) for word, texts in SAYINGS.items() for text in texts])
def test_words_of_pagers(word: Word, text: str) -> None:
    assert label(Anchor("x", text, "")) == Label(word)


@pytest.mark.parametrize(
    ("text", "number"),
    [("2", 2), ("[2]", 2), ("第2页", 2), ("（2）", 2), (" 12 ", 12), ("２", 2), ("... 24", 24), ("2/5", 2),
    ("第 3 页", 3), ("第2页：今年工作安排", 2), ("【2】", 2),
    ("第三页", 3), ("[第三页]", 3), ("【第十页】", 10), ("第十二页", 12), ("第百页", None), ("2.", 2)],
)  # fmt: skip
def test_numbers_of_pagers(text: str, number: int | None) -> None:
    said = label(Anchor("x", text, ""))
    assert said == (Label(Word.NUMBER, number) if number else None)


@pytest.mark.parametrize(
    ("text", "said"),
    [("一", Label(Word.NUMBER, 1, faint=True)), ("（二）", Label(Word.NUMBER, 2, faint=True)),
    ("十二", Label(Word.NUMBER, 12, faint=True)), ("【上】", Label(Word.NUMBER, 1, faint=True)),
    ("中", Label(Word.NUMBER, 2, faint=True)), ("(下)", Label(Word.LAST, faint=True))],
)  # fmt: skip
def test_faint_words_of_pagers(text: str, said: Label) -> None:
    link = Anchor("x", text, "")
    assert labelled([link]) == [(link, said)]


@pytest.mark.parametrize("text", ["二期", "上篇", "下午", "（二）民生", "二十一", "第二章", "第一部分", "上下"])
def test_no_faint_words(text: str) -> None:
    assert label(Anchor("x", text, "")) is None


@pytest.mark.parametrize(
    "text",
    ["", " ", "下一篇", "下一章", "下一张", "上一篇:报告", "更多", "第2章", "2024年政府工作报告", "全文检索", "第2期",
    "首页>要闻", "返回首页", "20240123", "1-2", "2人", "下载", "阅读(23)", "下一页面设计大赛"],
)  # fmt: skip
def test_words_of_other_links(text: str) -> None:
    assert label(Anchor("x", text, "")) is None


def test_rel_speaks_for_links_without_words() -> None:
    assert label(Anchor("x", "云溪市召开会议", "next")) == Label(Word.NEXT)
    assert label(Anchor("x", "", "prev")) == Label(Word.PREVIOUS)
    assert label(Anchor("x", "", "nofollow")) is None
    assert label(Anchor("x", "3", "next")) == Label(Word.NUMBER, 3)


def test_links_of_a_pager_among_others() -> None:
    texts = [
        "首页",
        "云溪市部门文件",
        "2",
        "2024年政府工作报告",
        "",
        "阅读全文",
        "第3页：民生实事和今年工作的总体要求",
        "下载",
    ]
    links = [*(Anchor(text, text, "") for text in texts), Anchor("b", "云溪市召开会议", "next")]
    assert [(link.href, said.word) for link, said in labelled(links)] == [
        ("首页", Word.FIRST),
        ("2", Word.NUMBER),
        ("阅读全文", Word.ALL),
        ("第3页：民生实事和今年工作的总体要求", Word.NUMBER),
        ("b", Word.NEXT),
    ]


@pytest.mark.parametrize(("word", "text"), [(word, text) for word, texts in SAYINGS.items() for text in texts])
def test_no_label_is_overlooked(word: Word, text: str) -> None:
    link = Anchor("x", text, "")
    assert labelled([link]) == [(link, Label(word))]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("第2/5页", Place(2, 5)),
        ("2/5页", Place(2, 5)),
        ("第2页/共5页", Place(2, 5)),
        ("第2页共5页", Place(2, 5)),
        ("共5页当前第2页", Place(2, 5)),
        ("页次:2/5", Place(2, 5)),
        ("上页2/5下页", Place(2, 5)),
        ("Page2of5", Place(2, 5)),
        ("5/2", None),
        ("0/5", None),
        ("2024/2025", None),
        ("1/9999", None),
    ],
)
def test_places_in_the_lines_of_a_pager(line: str, place: Place | None) -> None:
    assert next(places_in_lines([line]), None) == place


def test_titles_tell_places_by_the_word_page_or_if_links_confirm() -> None:
    assert list(places("云溪市政府工作报告(第 2/5 页)")) == [Place(2, 5)]
    assert list(places("市领导一周活动(9/10)")) == []
    assert list(places_at_end("云溪市政府工作报告（2/5）")) == [Place(2, 5)]
    assert list(places_at_end("云溪市政府工作报告(2/5)解读")) == []


@pytest.mark.parametrize(
    ("line", "total"),
    [
        ("共5页", 5),
        ("共有5页", 5),
        ("总页数:5", 5),
        ("/5页", 5),
        ("共1页", None),
        ("共99999页", None),
        ("5条", None),
        ("7/5页", None),
    ],
)
def test_totals(line: str, total: int | None) -> None:
    assert total_in_lines([line]) == total


@pytest.mark.parametrize(
    "line",
    [
        "1",
        "共5页:",
        "上一页1234...24下一页尾页",
        "第2页/共5页",
        "1/5页转到第页go",
        "[1][2][3]",
        "[第一页][第二页][第三页]",
        "【1】【2】",
        "共24页478条",
        "<<1>>",
    ],
)
def test_lines_that_belong_to_pagers(line: str) -> None:
    assert is_of_pager(line)


@pytest.mark.parametrize(
    "line", ["", "网友评论", "共有63条评论共7页", "现在,我代表市人民政府作报告。", "云溪市政府工作报告(2/5)"]
)
def test_lines_that_do_not(line: str) -> None:
    assert not is_of_pager(line)


@pytest.mark.parametrize("text", ["1" * 60, "第" * 60, "[" * 60, "点击" * 30, "下一页" * 20, ">" * 60, "1/" * 30 + "x"])
def test_no_text_is_read_for_long(text: str) -> None:
    assert label(Anchor("x", text, "")) in (None, Label(Word.NEXT))  # an expression not linear would take years
    assert not is_of_pager(text * 3 + "。")
    assert list(places_in_lines([text * 3])) in ([], [Place(1, 1)])
