"""Charts of the targets as a reader without JavaScript meets them: every number of a chart stands in its table."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from storage.store import Store
from tests.support.dashboard import Browser, Dashboard
from tests.support.store import changed, document, source, target, watch

GDP = "地区生产总值"


def growth(low: str | None, high: str | None = "", **fields: Any) -> dict[str, Any]:
    """Growth in percent: a single value, a range, or a bound where one end is None."""
    relation = "range" if high and low else "at_least" if high is None else "at_most" if low is None else "eq"
    ends = (None if each is None else Decimal(each) for each in (low, low if high == "" else high))
    plain = {"kind": "growth", "unit": "%", "relation": relation, "key": GDP, "period": ""}
    return {**plain, **dict(zip(("low", "high"), ends, strict=True)), **fields}


def reports(store: Store, *told: tuple[str, int, list[dict[str, Any]]]) -> None:
    """A page for each region's report of a year, with what it promises."""
    due = watch(store, *(source(f"s{number:03}") for number in range(len(told))))
    for page, (region, year, said) in zip(due, told, strict=True):
        targets = tuple(replace(target(GDP, "1"), **each) for each in said)
        read = document(f"{region}{year}年的报告", region=region, year=year, targets=targets)
        store.record(changed(page, read=read))


@pytest.fixture
def browser(dashboard: Dashboard) -> Iterator[Browser]:
    with dashboard.browser(headers={"accept-language": "en"}) as browser:
        yield browser


def cells(markup: str) -> list[str]:
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", markup, re.DOTALL)
    return [" ".join(html.unescape(re.sub(r"<[^>]*>", " ", row)).split()) for row in rows]


def figure(page: str, caption: str) -> str:
    return next(each for each in re.findall(r"<figure.*?</figure>", page, re.DOTALL) if caption in each)


def test_an_indicator_over_the_regions_of_the_last_year(store: Store, browser: Browser) -> None:
    reports(
        store,
        ("甲市", 2031, [growth("6")]),
        ("乙市", 2031, [growth("5.5", "6.5")]),
        ("丙市", 2031, [growth("8", None)]),
        ("丁市", 2031, [growth(None, "2")]),
        ("甲市", 2030, [growth("9")]),
    )
    shown = figure(browser.get("/targets?indicator=GDP").text, "over regions, 2031")
    assert cells(shown)[1:] == ["丙市 8%以上", "乙市 5.5%—6.5%", "甲市 6%", "丁市 2%以内"]
    drawn = [re.findall(r'<rect class="(\w+)"', row) for row in re.findall(r"<svg.*?</svg>", shown)]
    assert drawn == [["solid", "open"], ["solid", "span"], ["solid"], ["open"]]
    earlier = browser.get("/targets?indicator=GDP&year=2030").text
    assert "over regions" not in earlier, "one region alone is beside nobody"


def test_an_indicator_over_the_years_of_each_region(store: Store, browser: Browser) -> None:
    told = [(f"{name}县", year, [growth("6", "6.5")]) for name in "甲乙丙丁戊己庚辛壬癸子丑" for year in (2030, 2031)]
    reports(
        store,
        ("云川市", 2029, [growth("7")]),
        ("云川市", 2031, [growth("8", None)]),
        *told,
        ("甲县", 2029, [growth("5")]),
    )
    page = browser.get("/targets?indicator=GDP").text
    rows = cells(figure(page, "over years"))
    assert rows[0] == "Region 2029 2030 2031"
    assert len(rows) == 11, "ten regions are what a chart can show"
    assert "甲县 5% 6%—6.5% 6%—6.5%" in rows
    [one] = cells(figure(browser.get("/targets?indicator=GDP&region=云川市").text, "over years"))[1:]
    assert one == "云川市 7% 8%以上"
    assert "<style" not in page
    assert " style=" not in page


def test_growth_and_amounts_are_never_on_one_scale(store: Store, browser: Browser) -> None:
    amounts = [growth(low, kind="level", unit=unit) for low, unit in (("300", "亿元"), ("0.04", "万亿元"))]
    reports(
        store,
        ("甲市", 2031, [growth("6"), amounts[0]]),
        ("乙市", 2031, [growth("7"), amounts[1]]),
        ("丙市", 2031, [growth("5")]),
    )
    page = browser.get("/targets?indicator=GDP").text
    assert cells(figure(page, "over regions"))[1:] == ["乙市 7%", "甲市 6%", "丙市 5%"]
    [link] = re.findall(r'href="([^"]*measure=level[^"]*)"', page)
    other = browser.get(html.unescape(link)).text
    assert cells(figure(other, "over regions"))[1:] == ["乙市 0.04万亿元", "甲市 300亿元"]
    assert browser.get("/targets?indicator=GDP&measure=%00").status_code == 200


def test_what_is_promised_for_other_years_or_part_of_a_region_is_not_drawn(store: Store, browser: Browser) -> None:
    plan = growth("9", period="2031-2035")
    reports(
        store,
        ("甲市", 2031, [plan, growth("4", scope="高新区"), growth("6", period="2031")]),
        ("乙市", 2031, [growth("5")]),
    )
    shown = figure(browser.get("/targets?indicator=GDP").text, "over regions")
    assert cells(shown)[1:] == ["甲市 6%", "乙市 5%"]


def test_how_many_regions_promise_how_much(store: Store, browser: Browser) -> None:
    reports(
        store,
        ("甲市", 2031, [growth("6")]),
        ("乙市", 2031, [growth("6.4", None)]),
        ("丙市", 2031, [growth("5", "6")]),
        ("甲市", 2031, [growth("6")]),  # the same report on another portal
        ("丁市", 2030, [growth("9")]),
    )
    page = browser.get("/targets/distribution").text
    assert "3 regions" in page
    assert cells(page)[1:] == ["5.0 – 5.5 % 1 丙市 5%—6%", "5.5 – 6.0 % 0", "6.0 – 6.5 % 2 甲市 6% · 乙市 6.4%以上"]
    assert "丁市" in browser.get("/targets/distribution?year=2030").text
    assert "No target fits." in browser.get("/targets/distribution?indicator=粮食产量").text


def test_pages_of_charts_stay_small(store: Store, browser: Browser) -> None:
    reports(store, *((f"第{number}自治县人民政府", 2031, [growth(str(number % 9))]) for number in range(1500)))
    for path in ("/targets?indicator=GDP", "/targets/distribution"):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert len(answer.content) <= 100_000, path
    assert "the largest 60 of 1500" in browser.get("/targets?indicator=GDP").text


@pytest.mark.parametrize("query", ["year=x", "year=9" + "9" * 40, "indicator=" + "x" * 600])
def test_a_distribution_of_nonsense_is_refused(browser: Browser, query: str) -> None:
    assert browser.get(f"/targets/distribution?{query}").status_code == 400


def test_an_indicator_with_a_hostile_name_is_shown_as_text(browser: Browser) -> None:
    page = browser.get("/targets/distribution", params={"indicator": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page
