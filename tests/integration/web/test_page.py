"""A page as its reader meets it: how its checks fare, its history, what it promises, the reports in a compilation."""

import html
import re

from crawler.checks import Outcome, Suspicion
from crawler.freshness import Reason
from crawler.targets import find_targets
from tests.support.dashboard import Browser, Clock, Dashboard
from tests.support.store import DAY, HOUR, NOW, changed, document, part, source, stock, target, unchanged, watch


def english(browser: Browser, path: str) -> str:
    answer = browser.get(path, headers={"accept-language": "en"})
    assert answer.status_code == 200, path
    assert len(answer.content) < 100_000
    return answer.text


def plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def facts(page: str) -> dict[str, str]:
    told = page.partition('<dl class="facts">')[2].partition("</dl>")[0]
    return {plain(name): plain(said) for name, said in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", told)}


def test_how_its_checks_fare(dashboard: Dashboard, clock: Clock) -> None:
    due = stock(dashboard.store)
    doubt = Suspicion(fingerprint="f" * 64, reason="another article", since=NOW, told=False, stands=NOW + DAY)
    failed = unchanged(due, outcome=Outcome.FAILED, reason="no answer", failures=2, suspicion=doubt)
    dashboard.store.record(failed)
    clock.later(HOUR)
    with dashboard.browser(cookies={"zone": "UTC"}) as browser:
        told = facts(english(browser, "/pages/1"))
    assert told["State"] == "failed no answer"
    assert told["Checks"] == "3, the last 2 failed"
    assert told["Held back"] == "2026-11-22 08:00 another article"
    assert told["Next check"].startswith("2026-11-22 14:00")
    assert told["Report of"] == "河川市 2027"


def test_when_its_checks_failed_and_for_how_long(dashboard: Dashboard) -> None:
    store, due = dashboard.store, stock(dashboard.store)
    ends = [
        *[(Outcome.FAILED, "the server answered <503>", 1)] * 2,
        (Outcome.FAILED, "no answer", 3),
        *[(Outcome.UNCHANGED, None, 0)] * 3,
        (Outcome.GONE, "the server answered 404", 0),
    ]
    for hours, (outcome, reason, failures) in enumerate(ends, 1):
        due = store.due_page(due.page, due.source)
        gone = outcome is Outcome.GONE
        ended = unchanged(due, outcome=outcome, reason=reason, failures=failures, gone=gone, at=NOW + hours * HOUR)
        store.record(ended)
    with dashboard.browser(cookies={"zone": "UTC"}) as browser:
        told = english(browser, "/pages/1").partition('<ol class="episodes">')[2].partition("</ol>")[0]
    assert [plain(line) for line in told.split("</li>")[:-1]] == [
        "2026-11-22 15:00 gone the server answered 404 ever since",
        "2026-11-22 12:00 read again for 3 hours",
        "2026-11-22 11:00 failed no answer for 1 hour",
        "2026-11-22 09:00 failed the server answered <503> for 2 hours",
    ]


def test_a_page_that_is_always_read_has_no_such_history(dashboard: Dashboard) -> None:
    stock(dashboard.store, 3)
    with dashboard.browser() as browser:
        assert "episodes" not in english(browser, "/pages/1")


def test_why_it_is_checked_next_when_it_is(dashboard: Dashboard) -> None:
    due = stock(dashboard.store)
    why = (
        Reason(word="edited", amount=2 * 3600),
        Reason(word="edits", amount=1),
        Reason(word="most", amount=7 * 86_400),
    )
    dashboard.store.record(unchanged(due, why=why))
    with dashboard.browser(cookies={"zone": "UTC"}) as browser:
        told = facts(english(browser, "/pages/1"))["Next check"]
        chinese = facts(browser.get("/pages/1", headers={"accept-language": "zh"}).text)["下次检查"]
    assert told == "2026-11-22 14:00 2 hours after its last edit · edits seen: 1 · no later than after 7 days"
    assert chinese == "2026-11-22 14:00 上次修改 2小时后 · 已见修改 1 次 · 间隔不长于 7天"


def test_its_history_portion_by_portion(dashboard: Dashboard) -> None:
    stock(dashboard.store, 70)
    with dashboard.browser() as browser:
        numbers, link = [], "/pages/1"
        while link:
            page = english(browser, link)
            numbers += [int(each) for each in re.findall(r'name="new" value="(\d+)"', page)]
            onward = re.search(r'rel="next" href="([^"]*)"', page)
            link = html.unescape(onward[1]).partition("#")[0] if onward else ""
    assert numbers == list(range(70, 0, -1))


def test_a_version_says_which_targets_it_touched(dashboard: Dashboard) -> None:
    stock(dashboard.store, 3)
    with dashboard.browser() as browser:
        rows = re.findall(r"<tr>(.*?)</tr>", english(browser, "/pages/1"), re.DOTALL)
    told = [plain(row.rpartition("<td")[2].partition(">")[2]) for row in rows if 'name="new"' in row]
    assert told == [
        "changed 粮食产量 330万吨以上 → 340万吨以上",
        "changed 粮食产量 320万吨以上 → 330万吨以上",
        "first version",
    ]


def test_the_addresses_of_an_article_of_many_parts(dashboard: Dashboard) -> None:
    [due] = watch(dashboard.store, source())
    read = document(parts=(part(1, paragraphs=9), part(2, url="javascript:alert(1)", paragraphs=1)))
    dashboard.store.record(changed(due, read=read))
    with dashboard.browser() as browser:
        page = english(browser, "/pages/1")
    assert "https://www.example.org/p1.html" in page
    assert 'href="javascript' not in page


def test_the_reports_of_a_compilation_each_with_its_targets(dashboard: Dashboard) -> None:
    reports = [f"{name}市2027年政府工作报告" for name in "甲乙丙"]
    found = [
        target("粮食产量" if number % 2 else "造林", str(number), report=report)
        for report, count in zip(reports, (3, 100, 1), strict=True)
        for number in range(count)
    ]
    [due] = watch(dashboard.store, source())
    dashboard.store.record(changed(due, read=document(targets=tuple(found))))
    with dashboard.browser() as browser:
        page = english(browser, "/pages/1")
        assert [plain(each) for each in re.findall(r"<li>(<a.*?)</li>", page)] == [
            "甲市 2027 3 targets",
            "乙市 2027 100 targets",
            "丙市 2027 1 target",
        ]
        [link] = re.findall(r'<a href="([^"]*report=[^"]*)"[^>]*>乙市 2027', page)
        one = english(browser, html.unescape(link).partition("#")[0])
        more = english(browser, re.findall(r'rel="next" href="([^"]*skip[^"]*)"', one)[0].replace("&amp;", "&"))
    tables = [each.rpartition("<tbody>")[2].partition("</tbody>")[0] for each in (page, one, more)]
    assert [table.count("<tr>") for table in tables] == [80, 80, 20]
    assert "甲市 2027" in tables[0]
    assert "甲市" not in tables[1]


def test_a_target_leads_to_its_sentence(dashboard: Dashboard) -> None:
    text = "河川市政府工作报告\n今年发展的主要预期目标是：地区生产总值增长6%左右。\n粮食总产量80万吨。"
    [due] = watch(dashboard.store, source())
    dashboard.store.record(changed(due, read=document(text, targets=tuple(find_targets(text, 2027)))))
    with dashboard.browser() as browser:
        [first, *_] = re.findall(r'href="([^"]*text\?target=\d+)"', english(browser, "/pages/1"))
        place = browser.get(first).headers["location"]
    assert place == "/pages/1/versions/1/text?at=1#r1"


def test_a_page_that_was_never_read(dashboard: Dashboard) -> None:
    watch(dashboard.store, source())
    with dashboard.browser() as browser:
        page = english(browser, "/pages/1")
    assert "The page has not been read yet." in page
    assert facts(page)["Checks"] == "0"
