"""The pages as a reader finds them; selectolax is our own witness here, not the extractor under test elsewhere."""

from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawler.demo import shapes
from crawler.demo.reports import Report

REPORT = Report(
    title="云上市<2026>年报告", paragraphs=tuple(f"第{number}段：增长{number}%&左右。" for number in range(1, 8))
)
ADDRESSES = ("/a.html", "/a_2.html", "/a_3.html")

SHAPES: list[tuple[Callable[[Report, int], str], str]] = [
    (shapes.news, ".detail"),
    (shapes.government, "#zoom"),
    (shapes.gazette, ".text"),
]


def paragraphs(html: str, selector: str) -> list[str]:
    node = LexborHTMLParser(html).css_first(selector)
    assert node is not None
    return [line.strip() for line in node.text(separator="\n").split("\n") if line.strip()]


@pytest.mark.parametrize(("shape", "selector"), SHAPES)
def test_a_page_holds_the_whole_report_in_order(shape: Callable[[Report, int], str], selector: str) -> None:
    assert paragraphs(shape(REPORT, 3), selector) == list(REPORT.paragraphs)


@pytest.mark.parametrize(("shape", "selector"), SHAPES)
def test_the_next_request_finds_another_page_around_the_same_report(
    shape: Callable[[Report, int], str], selector: str
) -> None:
    first, second = shape(REPORT, 3), shape(REPORT, 4)
    assert first != second
    assert paragraphs(first, selector) == paragraphs(second, selector)


def test_the_parts_of_an_essay_make_the_report_with_an_advert_in_each() -> None:
    parts = [paragraphs(shapes.essay(REPORT, part, part, ADDRESSES), ".content") for part in (1, 2, 3)]
    adverts = [line for part in parts for line in part if line.startswith("广告：")]
    assert [line for part in parts for line in part if line not in adverts] == list(REPORT.paragraphs)
    assert len(adverts) == len(set(adverts)) == 3


@pytest.mark.parametrize(
    ("part", "links"),
    [
        (1, ["/a_2.html", "/a_3.html", "/a_2.html"]),
        (2, ["/a.html", "/a.html", "/a_3.html", "/a_3.html"]),
        (3, ["/a_2.html", "/a.html", "/a_2.html"]),
    ],
)
def test_an_essays_pager_leads_to_the_other_parts(part: int, links: list[str]) -> None:
    page = LexborHTMLParser(shapes.essay(REPORT, part, 1, ADDRESSES))
    assert [link.attributes["href"] for link in page.css(".pages a")] == links
    assert f"(第{part}/3页)" in page.css_first("h1").text()  # type: ignore[union-attr]  # absent would fail as well


def test_a_listing_names_each_report_with_its_address() -> None:
    page = LexborHTMLParser(shapes.listing({"/1.html": "甲市<报告>", "/2.html": "乙县报告"}, 5))
    links = [(link.attributes["href"], link.text()) for link in page.css(".list a")]
    assert links == [("/1.html", "甲市<报告>"), ("/2.html", "乙县报告")]


def test_comments_stand_outside_the_report() -> None:
    page = LexborHTMLParser(shapes.government(REPORT, 8))
    assert len(page.css(".comments li")) > 1
    assert page.css_first("#zoom .comments") is None
