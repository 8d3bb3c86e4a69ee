"""A change as its reader meets it: targets, both texts, what is folded, the ways on, and the bytes behind it."""

import html
import re
from dataclasses import replace
from urllib.parse import unquote

import pytest

from crawler.checks import Due
from crawler.targets import find_targets
from crawler.targets.match import compare_targets
from storage.store import Store
from tests.support.dashboard import Browser, Dashboard
from tests.support.diff import made_up_report
from tests.support.store import DAY, NOW, capture, changed, document, part, source, watch

PLAN = (
    "河川市政府工作报告\n二、今年工作安排\n今年发展的主要预期目标是：地区生产总值增长6%左右；"
    "城镇新增就业10万人以上；粮食总产量80万吨；固定资产投资2700亿元。\n（一）办好幼儿园。\n（二）修好农村公路。\n各位代表！让我们团结奋斗！"
)
EDITED = (
    PLAN.replace("6%左右", "5.5%以上").replace("；固定资产投资2700亿元", "").replace("公路。", "公路。新建公园20个。")
)
HOSTILE = "<script>alert(1)</script>\u202e\x1b[31m\x00\"'><img src=x onerror=alert(2)>"
BUDGET = 100_000
"""Bytes of a page."""


def told(store: Store, *texts: str, **fields: object) -> Due:
    """A page with these versions, a day apart, its targets found and compared as a check does."""
    [due] = watch(store, source())
    before = ()
    for number, text in enumerate(texts):
        found, at = tuple(find_targets(text, 2027)), NOW + number * DAY
        read = replace(document(text, **fields), targets=found, fetched_at=at)
        store.record(changed(due, read=read, at=at, targets=compare_targets(before, found)))
        due, before = store.due_page(due.page, due.source), found
    return due


def rows(page: str) -> list[list[str]]:
    """The cells of the table of both texts, markup within them kept."""
    return cells(page.partition('<table class="diff')[2].partition("<tbody>")[2].partition("</table>")[0])


def cells(table: str) -> list[list[str]]:
    found = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in found]


def plain(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def links(page: str, words: str) -> list[str]:
    return [html.unescape(link) for link in re.findall(rf'<a [^>]*?href="([^"]*)"[^>]*>[^<]*{words}', page)]


def english(browser: Browser, path: str) -> str:
    answer = browser.get(path, headers={"accept-language": "en"})
    assert answer.status_code == 200, path
    assert len(answer.content) < BUDGET
    return answer.text


def test_changed_targets_come_first_as_a_table(dashboard: Dashboard) -> None:
    told(dashboard.store, PLAN, EDITED)
    with dashboard.browser() as browser:
        page = english(browser, "/pages/1/versions/2")
    assert page.index("<h2>Targets") < page.index('<table class="diff')
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert [[*map(plain, row)] for row in cells(table)] == [
        ["地区生产总值", "增长6%左右", "增长5.5%以上", "−0.5个百分点, −8.33%", "value, bound", "%", "2027"],
        ["新建公园", "—", "20个", "", "added", "个", "2027"],
        ["固定资产投资", "2700亿元", "—", "", "removed", "亿元", "2027"],
    ]
    assert "<del>增长6%左右</del>" in table
    assert "<ins>增长5.5%以上</ins>" in table


def test_a_target_leads_to_its_place_in_the_text(dashboard: Dashboard) -> None:
    aim = "今年发展的主要预期目标是：地区生产总值增长6%左右。"
    long = [*made_up_report(400), aim, *made_up_report(400, 1)]
    told(dashboard.store, "\n".join(long), "\n".join(long).replace("6%左右", "5.5%左右"))
    with dashboard.browser() as browser:
        [link] = links(english(browser, "/pages/1/versions/2"), "地区生产总值")
        path, _, anchor = link.partition("#")
        row = english(browser, path).partition(f'<tr id="{anchor}"')[2].partition("</tr>")[0]
    assert "地区生产总值增长<ins>5.5%</ins>" in row


def test_both_texts_side_by_side_with_what_differs_marked(dashboard: Dashboard) -> None:
    told(dashboard.store, PLAN, EDITED)
    with dashboard.browser() as browser:
        found = rows(english(browser, "/pages/1/versions/2"))
    assert [row[0] for row in found] == ["1", "2", "3", "4", "5", "6"]
    assert found[2][1].startswith("今年发展的主要预期目标是：地区生产总值增长<del>6%左右</del>")
    assert found[2][3].startswith("今年发展的主要预期目标是：地区生产总值增长<ins>5.5%以上</ins>")
    assert found[4][1:4] == ["（二）修好农村公路。", "5", "（二）修好农村公路。<ins>新建公园20个。</ins>"]
    assert not any("<" in cell for row in (found[0], found[1], found[3]) for cell in row)


def test_both_texts_in_one_by_a_link(dashboard: Dashboard) -> None:
    told(dashboard.store, PLAN, EDITED)
    with dashboard.browser() as browser:
        [link] = links(english(browser, "/pages/1/versions/2"), "Inline")
        page = english(browser, link.partition("#")[0])
        assert links(page, "Side by side") == ["/pages/1/versions/2#text"]
    assert rows(page)[2][2].startswith("今年发展的主要预期目标是：地区生产总值增长<del>6%左右</del><ins>5.5%以上</ins>")


def long_pair(size: int = 4_000, every: int = 97) -> tuple[str, str]:
    old = ["".join(made_up_report(4, seed)) for seed in range(size // 4)]
    new = [text.replace("项工作", "件实事", 1) if at % every == every // 2 else text for at, text in enumerate(old)]
    return "\n".join(old), "\n".join(new)


def test_a_long_text_is_folded_and_opens_by_a_link(dashboard: Dashboard) -> None:
    old, new = long_pair()
    told(dashboard.store, old, new)
    with dashboard.browser() as browser:
        page = english(browser, "/pages/1/versions/2")
        assert "⋯ 46 paragraphs unchanged" in page
        link = links(page, "⋯ 46 paragraphs")[0]
        opened = english(browser, link.partition("#")[0])
    shown = [plain(row[3]) for row in rows(opened) if len(row) == 5]
    assert shown[:49] == new.split("\n")[:49]


def test_a_long_fold_opens_in_place_bit_by_bit(dashboard: Dashboard) -> None:
    old, new = long_pair(8_000, 1_990)
    told(dashboard.store, old, new)
    with dashboard.browser() as browser:
        page, shown = english(browser, "/pages/1/versions/2"), []
        while following := re.search(r'hx-get="([^"]*)"', page):
            page = english(browser, html.unescape(following[1]))
            assert "<html" not in page
            shown += [plain(row[3]) for row in cells(page) if len(row) == 5]
    assert len(shown) > 900
    assert shown == new.split("\n")[: len(shown)]


def test_all_of_a_long_text_can_be_read_part_by_part(dashboard: Dashboard) -> None:
    old, new = long_pair(3_000)
    told(dashboard.store, old, new)
    with dashboard.browser() as browser:
        [link] = links(english(browser, "/pages/1/versions/2"), "Unfold all")
        before, after = [], []
        while link:
            page = english(browser, link.partition("#")[0])
            before += [plain(row[1]) for row in rows(page)]
            after += [plain(row[3]) for row in rows(page)]
            link = next(iter(links(page, "Next part")), "")
    assert "\n".join(before) == old
    assert "\n".join(after) == new


def test_from_change_to_change_also_over_the_end_of_a_part(dashboard: Dashboard) -> None:
    old, new = long_pair(8_000, 40)
    told(dashboard.store, old, new)
    with dashboard.browser() as browser:
        page = english(browser, "/pages/1/versions/2")
        count = int(re.findall(r"of (\d+)</span>", page)[0])
        for number in range(1, count + 1):
            assert f'<tr id="c{number}" class="change"' in page
            row = page.partition(f'<tr id="c{number}"')[2].partition("</tr>")[0]
            onward = re.search(r'href="([^"]*)" data-step="1"', row)
            if onward and not onward[1].startswith("#"):
                page = english(browser, html.unescape(onward[1]).partition("#")[0])
            assert bool(onward) == (number < count)
    assert count == 50


def test_each_change_is_linked_to_its_place_on_the_live_page(dashboard: Dashboard) -> None:
    told(dashboard.store, PLAN, EDITED)
    with dashboard.browser() as browser:
        page = english(browser, "/pages/1/versions/2")
    found = re.findall(r'<a href="(https://www\.example\.org/[^"]*)" rel="noreferrer noopener"[^>]*>↗', page)
    assert [unquote(link.partition("#:~:text=")[2]) for link in found] == ["地区生产总值增长5.5%以上", "新建公园20个。"]


def test_a_change_in_a_later_part_of_the_article_leads_there(dashboard: Dashboard) -> None:
    parts = (part(1, paragraphs=4), part(2, paragraphs=2))
    told(dashboard.store, PLAN, EDITED, parts=parts)
    with dashboard.browser() as browser:
        page = english(browser, "/pages/1/versions/2")
    assert re.findall(r'href="https://www\.example\.org/p(\d)\.html#:~:text=[^"]*"[^>]*aria-label', page) == ["1", "2"]


def test_the_bytes_of_both_versions_are_text_in_their_own_encoding(dashboard: Dashboard) -> None:
    [due] = watch(dashboard.store, source())
    for text in (PLAN, f"{EDITED}<script>alert(1)</script>"):
        read = document(text, captures=(capture(text.encode("gb18030"), due.url),))
        dashboard.store.record(changed(due, read=read))
        due = dashboard.store.due_page(due.page, due.source)
    with dashboard.browser() as browser:
        page = english(browser, "/pages/1/versions/2")
        for version, text in ((1, PLAN), (2, EDITED)):
            assert f'href="/pages/1/versions/{version}/raw/1"' in page
            answer = browser.get(f"/pages/1/versions/{version}/raw/1")
            assert answer.headers["content-type"] == "text/plain; charset=gb18030"
            assert answer.headers["content-security-policy"].startswith("sandbox;")
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.content.decode("gb18030").startswith(text)


def test_any_two_versions_and_the_changes_beside_one(dashboard: Dashboard) -> None:
    told(dashboard.store, PLAN, EDITED, PLAN, EDITED.replace("20个", "30个"))
    with dashboard.browser() as browser:
        far = english(browser, "/pages/1/versions/4?from=1")
        same = english(browser, "/pages/1/versions/3?from=1")
        assert links(english(browser, "/pages/1/versions/3"), "Earlier change") == ["/pages/1/versions/2"]
        assert links(english(browser, "/pages/1/versions/3"), "Later change") == ["/pages/1/versions/4"]
    assert "version 1 → 4" in far
    assert "<ins>新建公园30个。</ins>" in far
    assert links(far, "Inline") == ["/pages/1/versions/4?from=1&view=inline#text"]
    assert "The texts say the same." in same
    assert "<h2>Targets" not in same


def test_what_strangers_wrote_is_shown_and_does_nothing(dashboard: Dashboard) -> None:
    texts = f"{HOSTILE}\n甲段{HOSTILE}，增长6%。", f"{HOSTILE}\n甲段{HOSTILE}，增长5%。{HOSTILE}\n{HOSTILE}"
    told(
        dashboard.store,
        *texts,
        title=HOSTILE,
        region=HOSTILE,
        parts=(part(), part(url="javascript:alert(1)", paragraphs=0)),
    )
    paths = ("", "/versions/2", "/versions/2?view=inline", "/versions/2/text", "/versions/2/rows?start=0&stop=9")
    with dashboard.browser() as browser:
        for path in paths:
            page = english(browser, f"/pages/1{path}")
            assert not {"\u202e", "\x1b", "\x00"} & set(page), path
            assert not re.search(r"<(?!script src=\"/static)(script|img)", page), path
            assert "alert(1)" in plain(page), path
            assert not re.search(r'(?:href|src|hx-get)="(?!/|#|https://www\.example\.org/)', page), path


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/pages/1/versions/3", 404),
        ("/pages/1/versions/2?from=3", 404),
        ("/pages/1/versions/2?from=0", 303),
        ("/pages/1/versions/2?open=x", 400),
        ("/pages/1/versions/2?open=9-1,0-999999999", 200),
        ("/pages/1/versions/2?at=" + "9" * 18, 200),
        ("/pages/1/versions/2?at=-1", 400),
        ("/pages/1/versions/2?view=odd&skip=999999", 200),
        ("/pages/1/versions/2/rows", 404),
        ("/pages/1/versions/2/rows?start=5&stop=5", 404),
        ("/pages/1/versions/2/rows?start=90&stop=99", 404),
        ("/pages/1/versions/9/rows?start=0&stop=1", 404),
        ("/pages/1/versions/2/text?at=77", 200),
        ("/pages/1/versions/2/text?target=77", 404),
        ("/pages/1/versions/2/raw/2", 404),
        ("/pages/9/versions/2", 404),
        ("/pages/1/versions/" + "9" * 25, 404),
    ],
)
def test_odd_wishes_are_answered_in_order(dashboard: Dashboard, path: str, status: int) -> None:
    told(dashboard.store, PLAN, EDITED)
    with dashboard.browser() as browser:
        answer = browser.get(path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_the_text_of_a_version_part_by_part_and_from_a_target(dashboard: Dashboard) -> None:
    text = "\n".join([*made_up_report(1_500), "地区生产总值增长6%左右。", *made_up_report(500, 1), "甲" * 30_000])
    told(dashboard.store, text)
    with dashboard.browser() as browser:
        shown, link = [], "/pages/1/versions/1/text"
        while link:
            page = english(browser, link)
            shown += [plain(each) for each in re.findall(r'<p id="r\d+">(.*?)</p>', page)]
            link = next(iter(links(page, "Next part")), "")
        position = next(at for at, each in enumerate(dashboard.store.targets(1, 1)) if each.key == "地区生产总值")
        place = browser.get(f"/pages/1/versions/1/text?target={position}").headers["location"]
        path, _, anchor = place.partition("#")
        assert f'<p id="{anchor}">地区生产总值增长6%左右。</p>' in english(browser, path)
    assert "".join(shown) == text.replace("\n", "")
