"""What people ask the store, in the contract's words."""

import json
from dataclasses import asdict

import pytest

from crawler.checks import NotSent, Outcome, Suspicion
from crawler.errors import UsageError
from storage import contents, queries, snapshots, watched
from storage.store import Store
from tests.support.store import (
    DAY,
    HOUR,
    NOW,
    alert,
    capture,
    changed,
    document,
    listed,
    listing,
    source,
    stock,
    unchanged,
    watch,
)

URL = "https://www.example.org/hechuan.html"


def portal(store: Store, *found: tuple[str, str]) -> None:
    watch(store, listing())
    [due] = store.due_listings({"portal": listing()}, None)
    store.record_listing(listed(due, *found))


# --- which page is meant


@pytest.mark.parametrize("name", ["1", "01", URL, "hechuan"])
def test_a_page_is_called_by_number_address_or_source(store: Store, name: str) -> None:
    stock(store)
    assert queries.resolve(store, name) == 1


def test_a_listed_page_is_found_by_the_address_it_was_listed_with(store: Store) -> None:
    portal(store, ("https://www.example.org/1.html", ""))
    [due] = store.due({"portal": listing()}, None)
    store.record(unchanged(due, url="https://www.example.org/moved.html"))
    assert queries.resolve(store, "https://www.example.org/1.html") == due.page
    assert queries.resolve(store, "https://www.example.org/moved.html") == due.page


@pytest.mark.parametrize(
    "name", ["2", "-1", "", "0", "nosuch", "https://x/", "9" * 40, "１", "1 OR 1=1", "'", "\0", "²", "\ud800"]
)
def test_a_page_that_is_not_there(store: Store, name: str) -> None:
    stock(store)
    with pytest.raises(UsageError, match=r"no page .*crawler pages"):
        queries.resolve(store, name)


def test_a_source_of_many_pages_names_none(store: Store) -> None:
    portal(store, ("https://www.example.org/1.html", ""), ("https://www.example.org/2.html", ""))
    with pytest.raises(UsageError, match="portal: a source of several pages; name one by its number: 1, 2"):
        queries.resolve(store, "portal")


def test_an_address_watched_twice_names_none(store: Store) -> None:
    watch(store, source("a", url=URL), source("b", url=URL))
    with pytest.raises(UsageError, match=r"watched by several sources; name the page by its number: 1, 2"):
        queries.resolve(store, URL)


def test_a_source_called_by_a_number_is_found_where_no_page_has_it(store: Store) -> None:
    watch(store, source("2027"))
    assert queries.resolve(store, "2027") == 1


# --- answers have the contract's fields


def test_pages(store: Store) -> None:
    stock(store)
    [line] = json.loads(json.dumps([asdict(each) for each in queries.pages(store)]))
    assert {name: line[name] for name in ("page", "source", "url", "title", "version", "outcome")} == {
        "page": 1,
        "source": "hechuan",
        "url": URL,
        "title": "河川市2027年政府工作报告",
        "version": 2,
        "outcome": "changed",
    }
    assert (line["checked_at"], line["changed_at"]) == ("2026-11-22T08:00:00Z", "2026-11-22T08:00:00Z")


def test_a_page_that_was_never_checked(store: Store) -> None:
    watch(store, source())
    [line] = queries.pages(store)
    assert (line.version, line.checked_at, line.changed_at, line.outcome) == (0, None, None, None)


def test_versions(store: Store) -> None:
    stock(store, versions=3)
    first, second, third = (asdict(each) for each in queries.versions(store, 1))
    assert [each["version"] for each in (first, second, third)] == [1, 2, 3]
    assert first["fetched_at"] == "2026-11-22T08:00:00Z"
    assert len({each["sha256"] for each in (first, second, third)}) == 3
    assert first["changes"] is None
    assert [change["new"]["low"] for change in third["changes"]["changed"]] == ["340"]
    assert queries.versions(store, 99) == []


def test_show(store: Store) -> None:
    stock(store)
    assert asdict(queries.show(store, 1, 1)) == {
        "page": 1,
        "url": URL,
        "version": 1,
        "fetched_at": "2026-11-22T08:00:00Z",
        "title": "河川市2027年政府工作报告",
        "body": "河川市政府工作报告\n粮食产量稳定在320万吨以上。",
    }
    assert queries.show(store, 1).version == 2


@pytest.mark.parametrize(("page", "version"), [(1, 3), (1, 0), (1, -1), (9, 1), (1, 10**30)])
def test_a_version_that_is_not_there(store: Store, page: int, version: int) -> None:
    stock(store)
    with pytest.raises(UsageError, match=f"page {page} has no version {version}"):
        queries.show(store, page, version)
    with pytest.raises(UsageError, match="has no version"):
        queries.captures(store, page, version)


def test_a_page_without_any_version(store: Store) -> None:
    watch(store, source())
    with pytest.raises(UsageError, match="page 1 has no version yet"):
        queries.show(store, 1)


def test_the_bytes_of_a_version(store: Store) -> None:
    [due] = watch(store, source())
    kept = (capture(b"\xff\xfe part one"), capture(b"part two"))
    store.record(changed(due, read=document(captures=kept)))
    assert tuple(queries.captures(store, 1)) == kept


def test_the_newest_bytes_are_read_back_for_the_parts_there_are(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    [due] = watch(store, source())
    urls = [f"https://www.example.org/{number}.html" for number in range(9)]
    for number in range(8):
        pages = tuple(capture(url.encode(), url) for url in urls[number : number + 2])
        store.record(changed(due, read=document(str(number), captures=pages)))
        due = store.due_page(due.page, due.source)
    opened: list[tuple[bytes, ...]] = []
    monkeypatch.setattr(contents, "unpack", lambda *packed: opened.append(packed) or snapshots.unpack(*packed))
    assert [each.url for each in store.captures(1, [urls[8], urls[7]])] == [urls[8], urls[7]]
    assert len(opened) == 2
    assert (store.captures(1, [urls[0], urls[1]]), store.captures(1, ["https://www.example.org/new"])) == ([], [])


def test_bytes_that_were_not_kept(store: Store) -> None:
    [due] = watch(store, source())
    store.record(changed(due, read=document(captures=())))
    with pytest.raises(UsageError, match="no bytes of version 1 of page 1 are kept; its text is"):
        queries.captures(store, 1, 1)


def test_changes_newest_first(store: Store) -> None:
    stock(store, versions=3)
    lines = [asdict(each) for each in queries.changes(store)]
    assert sorted(each["version"] for each in lines) == [2, 3]
    page = {"page", "source", "url", "title", "region", "year"}
    assert set(lines[0]) == page | {"version", "changed_at", "severity", "targets"}
    assert set(lines[0]["targets"]) == {"changed", "added", "removed"}


def test_alerts(store: Store) -> None:
    stock(store)
    [delivery] = store.outbox.claim("desk", now=NOW, lease=HOUR, limit=1)
    store.outbox.settle(delivery, NotSent(error="HTTP 500"), now=NOW, next_attempt=None)
    [line] = json.loads(json.dumps([asdict(each) for each in queries.alerts(store)]))
    shown = [{name: each[name] for name in ("channel", "state", "attempts", "error")} for each in line["deliveries"]]
    assert (line["id"], line["type"], line["page"], line["raised_at"]) == (
        "v2",
        "page.changed",
        1,
        "2026-11-22T08:00:00Z",
    )
    assert shown == [
        {"channel": "desk", "state": "dead", "attempts": 1, "error": "HTTP 500"},
        {"channel": "mail", "state": "pending", "attempts": 0, "error": None},
    ]


def test_sources(store: Store) -> None:
    held = Suspicion(fingerprint="", reason="a login page", since=NOW, stands=NOW)
    one, two, three = watch(store, source("a"), source("b"), source("c"))
    store.record(unchanged(one, outcome=Outcome.FAILED, failures=4, told_failing=True))
    store.record(unchanged(two, outcome=Outcome.GONE, gone=True))
    store.record(unchanged(three, outcome=Outcome.SUSPECT, suspicion=held, at=NOW + HOUR))
    watch(store, source("a"), source("c"), source("z", enabled=False))
    lines = {line.source: line for line in watched.sources(store)}
    assert list(lines) == ["a", "c", "b", "z"], "the active ones first"
    assert (lines["a"].failing, lines["a"].failed, lines["a"].pages) == (True, 1, 1)
    assert (lines["b"].active, lines["b"].gone) == (False, 1)
    assert (lines["c"].suspect, lines["c"].checked_at) == (1, "2026-11-22T09:00:00Z")
    assert lines["z"].checked_at is None
    json.dumps([asdict(line) for line in lines.values()])


def test_a_listing_among_the_sources(store: Store) -> None:
    portal(store, ("https://www.example.org/1.html", ""), ("https://www.example.org/2.html", ""))
    [line] = watched.sources(store)
    assert (line.listing, line.url, line.pages) == (True, "https://www.example.org/portal/", 2)
    assert (line.checked_at, line.next_check) == ("2026-11-22T08:00:00Z", "2026-11-22T08:00:00Z")


def test_when_a_source_was_last_read_as_it_should_be(store: Store) -> None:
    due, _ = watch(store, source("a"), source("b"))
    store.record(unchanged(due))
    due = store.due_page(due.page, due.source)
    for hours, outcome, failures in ((1, Outcome.FAILED, 1), (2, Outcome.FAILED, 2), (3, Outcome.SUSPECT, 0)):
        store.record(unchanged(due, outcome=outcome, failures=failures, at=NOW + hours * HOUR))
        due = store.due_page(due.page, due.source)
        [line] = watched.sources(store, ["a"])
        assert (line.source, line.succeeded_at, line.failures) == ("a", "2026-11-22T08:00:00Z", failures)
    store.record(unchanged(due, at=NOW + 4 * HOUR))
    [line] = watched.sources(store, ["a"])
    assert (line.succeeded_at, line.failures, line.pages) == ("2026-11-22T12:00:00Z", 0, 1)


def test_a_listing_that_fails_was_read_before(store: Store) -> None:
    portal(store)
    [due] = store.due_listings({"portal": listing()}, None)
    store.record_listing(listed(due, outcome=Outcome.FAILED, failures=3, at=NOW + HOUR))
    [line] = watched.sources(store)
    assert (line.succeeded_at, line.failures, line.checked_at) == ("2026-11-22T08:00:00Z", 3, "2026-11-22T09:00:00Z")


def test_sources_in_short(store: Store) -> None:
    one, two, _ = watch(store, source("a"), source("b"), source("c"))
    store.record(unchanged(one, outcome=Outcome.FAILED, failures=4, told_failing=True))
    store.record(unchanged(two, outcome=Outcome.FAILED, failures=1))
    watch(store, source("a"), source("b"))
    assert [(each.source, each.active, each.failing, each.troubled) for each in watched.source_states(store)] == [
        ("a", True, True, True),
        ("b", True, False, True),
        ("c", False, False, False),
    ]


def test_an_empty_store_answers(store: Store) -> None:
    assert queries.pages(store) == queries.changes(store) == queries.alerts(store) == watched.sources(store) == []


# --- filters


def test_pages_are_filtered(store: Store) -> None:
    one, two = watch(store, source("a"), source("b"))
    store.record(changed(one))
    store.record(unchanged(two, outcome=Outcome.FAILED))
    store.record(changed(store.due_page(one.page, one.source), "x", at=NOW + DAY))
    assert [line.source for line in queries.pages(store, source="b")] == ["b"]
    assert [line.source for line in queries.pages(store, state="failed")] == ["b"]
    assert [line.source for line in queries.pages(store, since=NOW + HOUR)] == ["a"]
    assert [line.source for line in queries.pages(store, limit=1)] == ["a"]
    assert queries.pages(store, state="failed", source="a") == []
    assert [line.source for line in queries.pages(store, state="failed", limit=1)] == ["b"]


def test_changes_are_filtered(store: Store) -> None:
    for name in ("a", "b"):
        [due] = [each for each in watch(store, source("a"), source("b")) if each.source.id == name]
        for number in range(3):
            at = NOW + number * DAY
            store.record(changed(due, read=document(f"{name}{number}", fetched_at=at), at=at))
            due = store.due_page(due.page, due.source)
    assert [(line.source, line.version) for line in queries.changes(store, source="a")] == [("a", 3), ("a", 2)]
    assert {line.version for line in queries.changes(store, since=NOW + 2 * DAY)} == {3}
    assert len(queries.changes(store, limit=3)) == 3


def test_alerts_are_filtered(store: Store) -> None:
    [due] = watch(store, source())
    old = alert("old", raised_at=NOW - DAY, channels=("desk",))
    store.record(unchanged(due, alerts=(old, alert("new"), alert("other", source="x", page=None, channels=()))))
    [delivery] = store.outbox.claim("desk", now=NOW, lease=HOUR, limit=1)
    store.outbox.settle(delivery, NotSent(error="no"), now=NOW, next_attempt=None)
    names = [line.id for line in queries.alerts(store)]
    assert names[-1] == "old"
    assert [line.id for line in queries.alerts(store, state="dead")] == ["old"]
    assert [line.id for line in queries.alerts(store, state="pending")] == ["new"]
    assert [line.id for line in queries.alerts(store, source="x")] == ["other"]
    assert {line.id for line in queries.alerts(store, since=NOW)} == {"new", "other"}
    assert [line.id for line in queries.alerts(store, limit=2)] == names[:2]
    assert [line.id for line in queries.alerts(store, after=names[0])] == names[1:]
    assert [line.id for line in queries.alerts(store, after=names[1], limit=5)] == names[2:]
    assert queries.alerts(store, after="old") == queries.alerts(store, after="nobody's") == []
    assert [line.id for line in queries.alerts(store, channel="mail")] == ["new"]
    assert queries.alerts(store, channel="mail", state="dead") == []
    [line] = queries.alerts(store, state="dead", limit=1)
    assert [each.state for each in line.deliveries] == ["dead"]


def test_an_unknown_source_is_named(store: Store) -> None:
    with pytest.raises(UsageError, match="no source 'nosuch'"):
        queries.pages(store, source="nosuch")
    with pytest.raises(UsageError, match="no source 'nosuch'"):
        queries.changes(store, source="nosuch")
