"""The pages about changes, as their readers meet them: cards, filters, a change, its text and its bytes."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from crawler.checks import Due, Edits
from crawler.errors import UsageError
from crawler.model import TargetDiff
from storage.cards import Wanted, cards, mark_all_read, unread
from storage.found import Asked, targets
from storage.search.indexing import work_off
from storage.store import Store
from tests.support.dashboard import Clock, Dashboard
from tests.support.store import HOUR, NOW, alert, changed, document, raised, source, stock, target, watch

HOSTILE = "<script>alert(1)</script>\u202e\x1b[31m\"'><img src=x onerror=alert(2)>"


def edit(store: Store, due: Due, number: int, *, at: int = 0, **fields: object) -> Due:
    """The next version of a page, so many hours later."""
    moment = NOW + at * HOUR
    read = replace(document(f"河川市政府工作报告\n第{number}稿，粮食产量稳定在{number}万吨以上。"), fetched_at=moment)
    store.record(changed(due, read=replace(read, targets=(target(low=str(number)),)), at=moment, **fields))
    return store.due_page(due.page, due.source)


def many(store: Store, count: int) -> None:
    """A page with so many changes, one an hour, by turns of a target and of the text."""
    [due] = watch(store, source())
    due = edit(store, due, 300)
    for number in range(1, count + 1):
        told = (alert(f"a{number}", payload={"severity": "high"}),) if number % 2 else ()
        diff = raised(str(299 + number), str(300 + number)) if number % 2 else TargetDiff()
        due = edit(store, due, 300 + number, at=number, targets=diff, alerts=told)


def test_cards_come_newest_first_and_go_on_where_the_last_portion_ended(store: Store) -> None:
    many(store, 7)
    every = cards(store, Wanted())
    assert [card.version for card in every] == [8, 7, 6, 5, 4, 3, 2]
    first = cards(store, Wanted(), limit=3)
    assert cards(store, Wanted(), after=first[-1].cursor) == every[3:]
    assert cards(store, Wanted(), after=every[-1].cursor) == []


@pytest.mark.parametrize(
    ("wanted", "versions"),
    [
        (Wanted(kind="changed"), [6, 4, 2]),
        (Wanted(kind="text"), [5, 3]),
        (Wanted(kind="added"), []),
        (Wanted(severity="high"), [6, 4, 2]),
        (Wanted(indicator="粮食产量"), [6, 4, 2]),
        (Wanted(indicator="地区生产总值"), []),
        (Wanted(source="hechuan", since=NOW + 4 * HOUR), [6, 5]),
        (Wanted(until=NOW + 2 * HOUR), [2]),
        (Wanted(source="other"), []),
        (Wanted(year=1911), []),
    ],
)
def test_filters_leave_what_fits(store: Store, wanted: Wanted, versions: list[int]) -> None:
    many(store, 5)
    assert [card.version for card in cards(store, wanted)] == versions


@pytest.mark.parametrize("cursor", ["", "x", "~~", "2026-11-22~1~2", "2026-11-22T08:00:00+00:00~1~" + "9" * 30])
def test_a_place_in_the_list_that_does_not_exist_is_refused(store: Store, cursor: str) -> None:
    with pytest.raises(UsageError, match="begin at its top"):
        cards(store, Wanted(), after=cursor)


def test_a_card_and_a_feed_say_what_an_edit_of_the_text_alone_changed(dashboard: Dashboard) -> None:
    [due] = watch(dashboard.store, source())
    due = edit(dashboard.store, due, 300)
    intent = changed(due, "第二稿")
    told = Edits(count=7, first=(("稳步推进", "加快推进"), ("", HOSTILE), ("旧城", "")))
    dashboard.store.record(replace(intent, version=replace(intent.version, edits=told)))
    with dashboard.browser() as browser:
        page = browser.get("/", headers={"accept-language": "en"}).text
        feed = browser.get("/feeds/changes.json").json()
    assert "<del>稳步推进</del> → <ins>加快推进</ins>" in page
    assert "<del>旧城</del></li>" in page
    assert "and 4 more" in page
    assert "<script>alert" not in page
    assert "稳步推进 → 加快推进" in feed["items"][0]["title"]


def test_what_one_reader_has_read_another_has_not(store: Store) -> None:
    many(store, 3)
    mark_all_read(store, "chen", NOW + 2 * HOUR)
    assert [card.unread for card in cards(store, Wanted(), "chen")] == [True, False, False]
    assert (unread(store, "chen"), unread(store, "li")) == (1, 3)
    mark_all_read(store, "chen", NOW)
    assert unread(store, "chen") == 1


def test_opening_a_change_reads_it_and_a_button_reads_all(dashboard: Dashboard, clock: Clock) -> None:
    many(dashboard.store, 3)
    clock.later(timedelta(hours=9))
    with dashboard.browser() as browser:
        assert browser.get("/", headers={"accept-language": "en"}).text.count('class="card unread') == 3
        assert browser.get("/pages/1/versions/3").status_code == 200
        assert browser.get("/").text.count('class="card unread') == 2
        assert browser.send_form("/read").status_code == 303
        assert "unread" not in browser.get("/").text


def test_a_change_shows_its_target_its_words_and_the_way_to_its_neighbours(dashboard: Dashboard) -> None:
    many(dashboard.store, 3)
    with dashboard.browser() as browser:
        shown = browser.get("/pages/1/versions/3?from=2").text
        inline = browser.get("/pages/1/versions/3?view=inline").text
        assert browser.get("/pages/1/compare?old=4&new=1").headers["location"] == "/pages/1/versions/4?from=1"
        assert browser.get("/pages/1/versions/1").headers["location"] == "/pages/1/versions/1/text"
    assert 'href="/pages/1/versions/2"' in shown
    assert 'href="/pages/1/versions/4"' in shown
    for page in (shown, inline):
        assert "<del>" in page
        assert "<ins>" in page


@pytest.mark.parametrize(
    "path",
    [
        *("/pages/99", "/pages/1/versions/99", "/pages/1/versions/2?from=2", "/pages/1/versions/2/raw/9"),
        *("/pages/" + "9" * 18, "/pages/1/versions/2/raw/0", "/nothing"),
    ],
)
def test_what_is_not_there_is_not_found(dashboard: Dashboard, path: str) -> None:
    stock(dashboard.store)
    with dashboard.browser() as browser:
        assert browser.get(path).status_code == 404, path


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/?year=x",
            "/?kind=odd",
            "/?since=yesterday",
            "/?region=" + "x" * 501,
            "/pages?skip=-1",
            "/targets?order=odd",
        ),
        *(
            "/pages/1/compare",
            "/pages/1/compare?old=1&new=1",
            "/alerts?state=odd",
            "/targets?year=" + "9" * 40,
        ),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_line(dashboard: Dashboard, path: str) -> None:
    stock(dashboard.store)
    with dashboard.browser() as browser:
        answer = browser.get(path)
    assert answer.status_code == 400, path
    assert "Traceback" not in answer.text


def test_what_strangers_wrote_is_shown_and_does_nothing(dashboard: Dashboard) -> None:
    [due] = watch(dashboard.store, source("others", title=HOSTILE))
    for text in ("第一稿", HOSTILE):
        read = replace(
            document(f"{HOSTILE}\n{text}"), title=HOSTILE, region=HOSTILE, targets=(target(indicator=HOSTILE),)
        )
        told = (alert(text[:3], page=due.page, summary=HOSTILE, channels=("desk",)),)
        dashboard.store.record(changed(due, read=read, targets=TargetDiff(added=read.targets), alerts=told))
        due = dashboard.store.due_page(due.page, due.source)
    paths = (
        "/",
        "/pages",
        "/pages/1",
        "/pages/1/versions/2",
        "/pages/1/versions/2/text",
        "/sources",
        "/alerts",
        "/targets",
        "/search?q=alert",
    )
    assert work_off(dashboard.store) == 2
    with dashboard.browser() as browser:
        for path in paths:
            shown = browser.get(path).text
            assert "<script>alert" not in shown, path
            assert "<img" not in shown, path
            assert not {"\u202e", "\x1b"} & set(shown), path
            assert "&lt;script&gt;alert(1)" in shown or "script" not in shown.replace("<script src", ""), path


def test_bytes_as_fetched_are_text_that_does_nothing(dashboard: Dashboard) -> None:
    stock(dashboard.store)
    with dashboard.browser() as browser:
        answer = browser.get("/pages/1/versions/2/raw/1")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_targets_are_found_and_sorted(store: Store, dashboard: Dashboard) -> None:
    first, second = watch(store, source("a"), source("b"))
    for due, low, unit in ((first, "30", "万吨"), (second, "400000", "吨")):
        wanted = target(low=low, unit=unit)
        store.record(changed(due, read=document(f"{due.source.id}的报告", targets=(wanted,))))
    found = targets(store, Asked(key="粮食产量"), order="largest")
    assert [line.source for line in found] == ["b", "a"]
    with dashboard.browser() as browser:
        file = browser.get("/targets.csv?indicator=粮食产量")
    assert file.content.startswith(b"\xef\xbb\xbfpage,source,")
    assert len(file.text.strip().splitlines()) == 3


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "growth", "relation": "about", "low": "5.5", "unit": "%"}, "增长5.5%左右"),
        ({"kind": "absolute", "relation": "at_least", "low": "3", "unit": "万人"}, "3万人以上"),
        ({"kind": "decline", "relation": "at_most", "low": None, "high": Decimal(3), "unit": "%"}, "下降3%以内"),
    ],
)
def test_the_table_of_targets_says_whether_a_value_is_a_bound(
    dashboard: Dashboard, fields: dict[str, Any], said: str
) -> None:
    [due] = watch(dashboard.store, source())
    dashboard.store.record(changed(due, read=document("报告", targets=(target(**fields),))))
    with dashboard.browser() as browser:
        assert f">{said}</td>" in browser.get("/targets").text


def test_a_first_page_says_what_to_do(dashboard: Dashboard) -> None:
    with dashboard.browser() as browser:
        shown = browser.get("/", headers={"accept-language": "en"}).text
    assert "Nothing is watched yet" in shown
    assert "crawler once" in shown


def test_a_day_is_the_reader_s(dashboard: Dashboard, clock: Clock) -> None:
    clock.later(timedelta(hours=1))
    many(dashboard.store, 1)  # at 09:00 UTC on the 22nd
    with dashboard.browser(cookies={"zone": "Pacific/Auckland"}) as browser:
        assert '<li class="card' not in browser.get("/?until=2026-11-21").text
        assert '<li class="card' in browser.get("/?since=2026-11-22&until=2026-11-22").text
        assert '<li class="card' not in browser.get("/?since=2026-11-23").text
