"""The page that searches all texts: hits in context, filters, portions, and clear words where nothing is found."""

import html
import re
import socket

import pytest

from storage.search import finding
from storage.search.indexing import work_off
from storage.store import Store
from tests.support.dashboard import Dashboard
from tests.support.store import changed, document, source, watch

FILLING = "坚持稳中求进工作总基调，" * 20


def store_text(store: Store, name: str, *texts: str, **fields: object) -> None:
    """The versions of a page, indexed."""
    [due] = watch(store, source(name))
    for text in texts:
        store.record(changed(due, read=document(text, **fields)))
        due = store.due_page(due.page, due.source)
    while work_off(store):
        pass


def said(page: str) -> list[str]:
    """What is shown of each text, hits in brackets."""
    found = re.findall(r'<p class="said">(.*?)</p>', page)
    return [html.unescape(each.replace("<mark>", "[").replace("</mark>", "]")) for each in found]


def links(page: str) -> list[str]:
    return [html.unescape(each) for each in re.findall(r'<a class="what" href="([^"]+)"', page)]


def test_hits_stand_in_their_context_and_lead_to_their_place_in_the_text(dashboard: Dashboard, store: Store) -> None:
    store_text(store, "one", f"{FILLING}\n{FILLING}粮食产量稳定在320万吨以上。\n就业稳定。")
    with dashboard.browser() as browser:
        assert '<a href="/search">' in browser.get("/").text
        page = browser.get("/search", params={"q": "粮食 就业"}).text
        assert said(page) == ["…" + FILLING[-40:] + "[粮食]产量稳定在320万吨以上。", "[就业]稳定。"]
        assert "version 1" in page
        [link] = links(page)
        there = browser.get(link)
        assert there.status_code == 303
        assert there.headers["location"] == "/pages/1/versions/1/text?at=1#r1"
        assert '<p id="r1">' in browser.get(there.headers["location"]).text


@pytest.mark.parametrize("word", ["粮", "粮食", "万吨", "６％", "gdp"])
def test_short_words_are_found(dashboard: Dashboard, store: Store, word: str) -> None:
    store_text(store, "one", "人均ＧＤＰ增长6%，粮食320万吨。")
    with dashboard.browser() as browser:
        assert "<mark>" in browser.get("/search", params={"q": word}).text


def test_older_versions_are_searched_where_that_is_asked_for(dashboard: Dashboard, store: Store) -> None:
    store_text(store, "one", "粮食320万吨。", "粮食330万吨。")
    with dashboard.browser() as browser:
        page = browser.get("/search", params={"q": "320万吨"}).text
        assert said(page) == []
        [older] = re.findall(r'<a href="([^"]+)">Search older versions', page)
        page = browser.get(html.unescape(older)).text
        assert said(page) == ["粮食[320万吨]。"]
        assert "version 1 of 2" in page
        assert browser.get(links(page)[0].partition("?")[0]).status_code == 200


def test_filters_narrow_what_is_found(dashboard: Dashboard, store: Store) -> None:
    store_text(store, "one", "粮食一。", region="河川市", year=2026)
    store_text(store, "two", "粮食二。", region="云溪县", year=2027)
    with dashboard.browser() as browser:
        for given, shown in (
            ({}, ["[粮食]二。", "[粮食]一。"]),
            ({"source": "one"}, ["[粮食]一。"]),
            ({"region": "云溪县"}, ["[粮食]二。"]),
            ({"year": "2026"}, ["[粮食]一。"]),
            ({"year": "2026", "region": "云溪县"}, []),
        ):
            assert said(browser.get("/search", params={"q": "粮食", **given}).text) == shown
        page = browser.get("/search", params={"q": "粮食", "year": "2026"}).text
        assert "<option selected>2026</option>" in page


def test_portions_lead_through_all_that_is_found(
    dashboard: Dashboard, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding.search, "__kwdefaults__", {"after": None, "limit": 1})
    for name in ("one", "two", "three"):
        store_text(store, name, f"粮食 {name}。")
    shown, address = [], "/search?q=粮食"
    with dashboard.browser() as browser:
        for _ in range(3):
            page = browser.get(address).text
            shown += said(page)
            following = re.findall(r'<a rel="next" href="([^"]+)"', page)
            address = html.unescape(following[0]) if following else ""
    assert (shown, address) == (["[粮食] three。", "[粮食] two。", "[粮食] one。"], "")


def test_what_waits_to_be_indexed_is_said(dashboard: Dashboard, store: Store) -> None:
    [due] = watch(store, source("one"))
    store.record(changed(due, read=document("粮食。")))
    with dashboard.browser() as browser:
        page = browser.get("/search", params={"q": "粮食"}).text
        assert "1 version is not indexed yet" in page
        assert said(page) == []
        work_off(store)
        page = browser.get("/search", params={"q": "粮食"}).text
        assert "not indexed yet" not in page
        assert said(page) == ["[粮食]。"]


def test_it_speaks_chinese(dashboard: Dashboard, store: Store) -> None:
    store_text(store, "one", "粮食。")
    with dashboard.browser(headers={"Accept-Language": "zh-CN"}) as browser:
        assert "全文检索" in browser.get("/search").text
        assert "没有文本包含全部词语" in browser.get("/search?q=火星").text


def test_strangers_see_nothing_of_it(dashboard: Dashboard, store: Store) -> None:
    store_text(store, "one", "粮食。")
    with dashboard.stranger() as stranger:
        answer = stranger.get("/search?q=粮食")
    assert (answer.status_code, answer.headers["location"].startswith("/login")) == (303, True)


def test_what_a_stranger_wrote_is_text(dashboard: Dashboard, store: Store) -> None:
    store_text(store, "one", "粮食<script>alert(1)</script>\u202e产量。", title="<b>粮食</b>")
    with dashboard.browser() as browser:
        page = browser.get("/search", params={"q": "粮食<script>"}).text
    assert "<script>alert" not in page
    assert "<b>粮食" not in page
    assert "\u202e" not in page
    assert said(page) == ["[粮食<script>]alert(1)</script>\ufffd产量。"]


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("q=", 200, "must all occur"),
        ("q=%20%20", 200, "must all occur"),
        ("q=%22", 200, "Signs alone"),
        ("q=*)(%22';--", 200, "Signs alone"),
        ("q=NEAR(粮+食,+2)+OR+*", 200, "No text says them all"),
        ("q=marks:粮*", 200, "No text says them all"),
        ("q=%00", 200, "Signs alone"),
        ("q=%00粮", 200, "No text says them all"),
        ("q=%ED%A0%80火", 200, "No text says them all"),
        ("q=%FF%FE火", 200, "No text says them all"),
        ("q=%3Cscript%3E", 200, "No text says them all"),
        ("q=" + "食粮" * 95, 200, "No text says them all"),
        ("q=" + "粮" * 201, 400, "longer than 200 characters"),
        ("q=" + "x" * 3_000, 400, "longer than 500 characters"),
        ("q=粮&versions=some", 400, "not one of newest, all"),
        ("q=粮&year=x", 400, "not a number"),
        ("q=粮&year=" + "9" * 18, 200, "No text says them all"),
        ("q=粮&after=x", 404, "this place in the list does not exist"),
        ("q=粮&after=-1", 404, "this place in the list does not exist"),
        ("q=粮&after=" + "9" * 400, 404, "this place in the list does not exist"),
        ("q=粮&after=0", 200, "No further text"),
        ("q=粮&source=%27%3B+DROP+TABLE+page", 200, "No text says them all"),
    ],
)
def test_absurd_and_hostile_questions_get_a_clear_page(
    dashboard: Dashboard, store: Store, query: str, status: int, told: str
) -> None:
    store_text(store, "one", "粮食。" if "&" in query and "after" not in query else "就业。")
    with dashboard.browser() as browser:
        if "year=9" in query or "source=" in query:
            assert said(browser.get("/search?q=粮").text) == ["[粮]食。"]
        answer = browser.get(f"/search?{query}")
    assert answer.status_code == status
    assert told in html.unescape(answer.text)
    assert "<script>" not in answer.text


def test_a_megabyte_in_the_address_is_refused_and_the_next_one_is_served(dashboard: Dashboard) -> None:
    port = int(dashboard.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as raw:
        raw.sendall(b"GET /search?q=" + b"a" * 60_000)
        for _ in range(16):
            try:
                raw.sendall(b"a" * 65_536)
            except OSError:
                break
        else:
            raw.sendall(b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        try:
            head = raw.recv(100)
        except ConnectionResetError:
            head = b"HTTP/1.1 4"
    assert head.startswith((b"HTTP/1.1 4", b"HTTP/1.1 303"))
    with dashboard.browser() as browser:
        assert browser.get("/search").status_code == 200
