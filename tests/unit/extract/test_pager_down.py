"""Listings whose further pages count down: page p of n is xwdt/{n-p+1}.htm, and the first one xwdt.htm."""

import pytest

from crawler.extract import find_pager
from crawler.model import Pager

FOLDER = "http://gov.example/zw/"
COUNTS = [2, 3, 4, 5, 6, 7, 8, 13, 40]


def address(page: int, count: int) -> str:
    return f"{FOLDER}xwdt/{count - page + 1}.htm" if page > 1 else f"{FOLDER}xwdt.htm"


def link(page: int, count: int, text: object) -> str:
    return f'<span><a href="{address(page, count)}">{text}</a></span>'


def words(page: int, count: int) -> tuple[str, str]:
    """What stands before the numbers, and behind them."""
    before = (
        link(1, count, "首页") + link(page - 1, count, "上页") if page > 1 else "<span>首页</span><span>上页</span>"
    )
    behind = link(page + 1, count, "下页") + link(count, count, "尾页") if page < count else "<span>下页</span>"
    return before, behind


def numbers(page: int, count: int) -> str:
    shown = [n for n in range(1, count + 1) if count < 8 or n in (1, 2, count) or abs(n - page) < 3]
    return "".join(f"<span>{n}</span>" if n == page else link(n, count, n) for n in shown)


def expected(page: int, count: int) -> Pager:
    urls = tuple(address(n, count) for n in range(1, count + 1))
    return Pager(part=page, parts=count, next=urls[page] if page < count else None, urls=urls)


@pytest.mark.parametrize("count", COUNTS)
def test_every_page_tells_all_by_words_and_numbers(count: int) -> None:
    for page in range(1, count + 1):
        markup = numbers(page, count).join(words(page, count))
        assert find_pager(markup, address(page, count)) == expected(page, count), page


@pytest.mark.parametrize("count", COUNTS)
def test_the_numbers_alone_tell_it_on_the_first_page(count: int) -> None:
    assert find_pager(numbers(1, count), address(1, count)) == expected(1, count)


@pytest.mark.parametrize("count", COUNTS[1:])  # two pages may as well count up from 0
def test_the_words_alone_tell_all_on_the_first_and_second_page(count: int) -> None:
    for page in (1, 2):
        assert find_pager("".join(words(page, count)), address(page, count)) == expected(page, count), page


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("text", ["共{count}页", "{page}/{count}", "第{page}页/共{count}页"])
def test_words_and_the_place_in_the_text_tell_all_on_every_page(count: int, text: str) -> None:
    for page in range(1, count + 1):
        markup = f"<p>{text.format(page=page, count=count)}</p>".join(words(page, count))
        assert find_pager(markup, address(page, count)) == expected(page, count), page


@pytest.mark.parametrize("count", COUNTS)
def test_the_words_alone_tell_the_next_page_everywhere(count: int) -> None:
    for page in range(1, count + 1):
        pager = find_pager("".join(words(page, count)), address(page, count))
        assert pager, page
        assert pager.next == (address(page + 1, count) if page < count else None)
        assert {address(1, count), address(page, count)} <= set(pager.urls)


@pytest.mark.parametrize("count", COUNTS[1:])
def test_the_word_for_the_next_page_is_believed_whatever_its_number(count: int) -> None:
    pager = find_pager(link(2, count, "下页"), address(1, count))
    assert pager
    assert (pager.part, pager.parts, pager.next) == (1, None, address(2, count))
    second = find_pager(link(1, count, "上页") + link(3, count, "下页"), address(2, count))
    assert second == expected(2, count)


def test_a_listing_in_its_folder_may_count_down() -> None:
    markup = '<a href="list_3_44.html">下一页</a> <a href="list_3_1.html">末页</a>'
    pager = find_pager(markup, FOLDER)
    assert pager
    assert (pager.part, pager.parts, pager.next, len(pager.urls)) == (1, 45, FOLDER + "list_3_44.html", 45)


@pytest.mark.parametrize(("here", "following"), [("", "index_7.html"), ("index_7.html", "index_6.html")])
def test_pages_of_a_list_may_tell_the_next_one_only(here: str, following: str) -> None:
    pager = find_pager(f'<a href="{following}">下一页</a>', FOLDER + here)
    assert pager
    assert (pager.parts, pager.next) == (None, FOLDER + following)


@pytest.mark.parametrize(
    ("here", "markup"),
    [
        ("3456.html", '<a href="3457.html">上一页</a> <a href="3455.html">下一页</a>'),
        ("5.html", '<a href="6.html">上一页</a> <a href="4.html">下一页</a>'),
        ("show_12.html", '<a href="show_13.html">上一页</a> <a href="show_11.html">下一页</a>'),
        ("5.html", '<a href="/">首页</a> <a href="6.html">上一页</a> <a href="4.html">下一页</a>'),
        ("", '<a href="3457.html">下一页</a>'),
        ("", '<a href="3.html">1</a> <a href="2.html">2</a> <a href="1.html">3</a>'),
        ("9.html", '<a href="9_5.html">下一页</a> <a href="9_3.html">尾页</a>'),
    ],
)  # fmt: skip
def test_what_only_looks_like_it(here: str, markup: str) -> None:
    pager = find_pager(markup, FOLDER + here)
    assert pager is None or (pager.part == 1 and pager.next == FOLDER + "2.html")


@pytest.mark.parametrize("count", [2, 3, 9, 40])
def test_pages_that_count_up_are_left_as_they_are(count: int) -> None:
    urls = [FOLDER + f"xwdt{f'_{n}' if n > 1 else ''}.htm" for n in range(1, count + 1)]
    for page in range(1, count + 1):
        ahead = f'<a href="{urls[page]}">下页</a> <a href="{urls[-1]}">尾页</a>' if page < count else ""
        behind = f'<a href="{urls[0]}">首页</a> <a href="{urls[page - 2]}">上页</a>' if page > 1 else ""
        pager = find_pager(behind + ahead, urls[page - 1])
        assert pager
        assert (pager.part, pager.next) == (page, urls[page] if page < count else None)
