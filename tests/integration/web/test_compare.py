"""Two reports side by side: one report on two portals, two years of one region, the pairs that are known."""

import html
import re
from dataclasses import replace

import pytest

from crawler.checks import Comparison
from crawler.targets import find_targets
from storage.store import Store
from tests.support.dashboard import Browser, Dashboard
from tests.support.diff import made_up_report
from tests.support.store import NOW, changed, document, source, watch

PLAN = (
    "河川市政府工作报告\n二、今年工作安排\n今年发展的主要预期目标是：地区生产总值增长6%左右；粮食总产量80万吨。\n"
    "（一）办好幼儿园。\n（二）修好农村公路，建设高标准农田三万亩。\n各位代表！让我们团结奋斗！"
)
REPRINT = PLAN.replace("6%左右", "6.5%左右").replace("（一）办好幼儿园。\n", "").replace("三万亩", "3万亩")
NEXT = (
    "一、去年工作回顾\n地区生产总值增长5.8%，粮食总产量81万吨。\n二、今年工作安排\n"
    "今年发展的主要预期目标是：地区生产总值增长5.5%左右；粮食总产量82万吨以上。"
)
HOSTILE = "<script>alert(1)</script>\u202e\x1b[31m\"'>"


def reports(store: Store, *told: tuple[str, str, int | None]) -> None:
    """Pages 1, 2, …, each with a version: text, region, year."""
    sources = [source(f"portal{number}") for number in range(1, len(told) + 1)]
    for due, (text, region, year) in zip(watch(store, *sources), told, strict=True):
        read = document(text, title=f"{region}{year or ''}年政府工作报告", region=region, year=year, url=due.url)
        store.record(changed(due, read=replace(read, targets=tuple(find_targets(text, year)))))


def english(browser: Browser, path: str) -> str:
    answer = browser.get(path, headers={"accept-language": "en"})
    assert answer.status_code == 200, path
    assert len(answer.content) < 100_000
    return answer.text


def cells(table: str) -> list[list[str]]:
    found = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in found]


def plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


def test_two_prints_of_a_report_differ_in_a_target_and_in_words(dashboard: Dashboard) -> None:
    reports(dashboard.store, (PLAN, "河川市", 2027), (REPRINT, "河川市", 2027))
    with dashboard.browser() as browser:
        page = english(browser, "/compare?one=1&other=portal2")
        turned = english(browser, "/compare?one=2&other=1")
    first, second = page.split("<tbody>")[1:3]
    assert [[*map(plain, row)][:4] for row in cells(first.partition("</tbody>")[0])] == [
        ["地区生产总值", "增长6%左右", "增长6.5%左右", "+0.5个百分点, +8.33%"]
    ]
    rows = {row[1]: row[3] for row in cells(second.partition("</tbody>")[0]) if len(row) == 5}
    assert "<del>（一）办好幼儿园。</del>" in rows
    assert any("<ins>6.5%</ins>" in text for text in rows.values())
    assert "<ins>（一）办好幼儿园。</ins>" in turned


def test_a_long_reprint_is_folded_and_read_part_by_part(dashboard: Dashboard) -> None:
    text = "\n".join("".join(made_up_report(4, seed)) for seed in range(400))
    reports(dashboard.store, (text, "河川市", 2027), (text.replace("第2项工作", "第二项任务"), "河川市", 2027))
    with dashboard.browser() as browser:
        page = english(browser, "/compare?one=1&other=2")
        count = int(re.findall(r"of (\d+)</span>", page)[0])
        met = []
        while page:
            met += [int(number) for number in re.findall(r'<tr id="c(\d+)" class="change"', page)]
            onward = re.search(r'rel="next" href="([^"]*)"', page)
            page = english(browser, html.unescape(onward[1]).partition("#")[0]) if onward else ""
    assert met == list(range(1, count + 1))
    assert count > 300


def test_a_fold_between_two_prints_opens_in_place(dashboard: Dashboard) -> None:
    text = "\n".join("".join(made_up_report(4, seed)) for seed in range(60))
    reports(dashboard.store, (text, "河川市", 2027), (text + "末尾的一段。", "河川市", 2027))
    with dashboard.browser() as browser:
        found = re.search(r'hx-get="([^"]*)"', english(browser, "/compare?one=1&other=2&view=inline"))
        assert found
        rows = cells(english(browser, html.unescape(found[1])))
    assert [row[2] for row in rows] == text.split("\n")[: len(rows)]
    assert len(rows) > 50


def test_two_years_of_a_region_in_a_table_and_as_a_file(dashboard: Dashboard) -> None:
    reports(dashboard.store, (NEXT, "河川市", 2028), (PLAN, "河川市", 2027))
    with dashboard.browser() as browser:
        page = english(browser, "/compare?one=1&other=2")
        file = browser.get("/compare.csv?one=1&other=2")
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert "河川市 2027 → 2028" in page
    assert [[*map(plain, row)] for row in cells(table)] == [
        ["地区生产总值", "", "增长6%左右", "增长5.8%", "below -0.2个百分点", "增长5.5%左右", "-0.5个百分点"],
        ["粮食产量", "", "80万吨", "81万吨", "above +1万吨", "82万吨以上", "+2万吨"],
        ["高标准农田", "", "3万亩", "—", "", "—", ""],
    ]
    assert file.headers["content-type"].startswith("text/csv")
    assert file.text.count("\n") == len(cells(table)) + 1


def test_what_place_and_year_do_not_tell_is_asked(dashboard: Dashboard) -> None:
    reports(dashboard.store, (PLAN, "河川市", 2027), (REPRINT, "云溪市", 2027), (PLAN, "", None))
    with dashboard.browser() as browser:
        for other in (2, 3):
            page = english(browser, f"/compare?one=1&other={other}")
            assert f'href="/compare?one=1&amp;other={other}&amp;as=portals"' in page
            assert f'href="/compare?one=1&amp;other={other}&amp;as=years"' in page
            english(browser, f"/compare?one=1&other={other}&as=portals")
            assert browser.get(f"/compare?one=1&other={other}&as=years").status_code == 400


def test_known_pairs_are_listed_here_and_with_their_pages(dashboard: Dashboard) -> None:
    store = dashboard.store
    reports(store, (PLAN, "河川市", 2027), (REPRINT, "河川市", 2027), (NEXT, "河川市", 2028))
    said = "地区生产总值增长 6% → 6.5%"
    pair = Comparison(page=1, other=2, versions=(1, 1), prints=True, share=0.93, targets=1, places=2, summary=said)
    store.record_comparison(pair, None, NOW)
    with dashboard.browser() as browser:
        listed, shown = english(browser, "/compare"), english(browser, "/pages/1")
    for page in (listed, shown):
        assert 'href="/compare?one=1&amp;other=2"' in page
        assert said in page
    assert shown.count("/compare?one=1&amp;other=2") == 1
    assert 'href="/compare?one=1&amp;other=3"' in shown


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/compare?one=1&other=9", 404),
        ("/compare?one=nothing&other=1", 404),
        ("/compare?one=1&other=3", 404),
        ("/compare?one=1", 200),
        ("/compare?one=1&other=1", 200),
        ("/compare?one=1&other=2&as=odd", 200),
        ("/compare?one=1&other=2&open=9", 400),
        ("/compare?skip=x", 400),
        ("/compare/rows?one=1&other=2&start=7&stop=99", 404),
        ("/compare/rows", 404),
        ("/compare.csv?one=1&other=2", 400),
        ("/compare.csv", 404),
    ],
)
def test_odd_wishes_are_answered_in_order(dashboard: Dashboard, path: str, status: int) -> None:
    reports(dashboard.store, (PLAN, "河川市", 2027), (REPRINT, "河川市", 2027))
    watch(dashboard.store, source("portal1"), source("portal2"), source("portal3"))
    with dashboard.browser() as browser:
        answer = browser.get(path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_what_strangers_wrote_is_shown_and_does_nothing(dashboard: Dashboard) -> None:
    reports(dashboard.store, (f"{HOSTILE}\n{PLAN}", HOSTILE, 2027), (f"{HOSTILE}{HOSTILE}\n{PLAN}", HOSTILE, 2027))
    with dashboard.browser() as browser:
        for path in ("/compare?one=1&other=2", "/compare?one=1&other=2&as=portals", f"/compare?one={HOSTILE[:20]}"):
            page = english(browser, path)
            assert not {"\u202e", "\x1b"} & set(page)
            assert "<script>alert" not in page
