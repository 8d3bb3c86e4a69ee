"""What is due, and how a source stands."""

from datetime import date, timedelta

import pytest

from crawler.checks import Due, Suspicion
from crawler.errors import StorageError
from crawler.failing import Health
from crawler.freshness import History, Reason
from crawler.model import Schedule
from storage import past, queries
from storage.store import Store
from tests.support.store import (
    DAY,
    HOUR,
    NOW,
    capture,
    changed,
    document,
    listed,
    listing,
    part,
    source,
    target,
    unchanged,
    watch,
)


def names(dues: list[Due]) -> list[str]:
    return [due.source.id for due in dues]


def test_only_what_is_due_is_given(store: Store) -> None:
    sources = {name: source(name) for name in ("a", "b", "c")}
    a, b, _ = watch(store, *sources.values())
    store.record(unchanged(a, next_check=NOW + HOUR))
    store.record(unchanged(b, next_check=NOW + DAY))
    assert names(store.due(sources, NOW)) == ["c"]
    assert names(store.due(sources, NOW + HOUR)) == ["c", "a"], "longest overdue first"
    assert names(store.due(sources, None)) == ["c", "a", "b"], "all, whatever their schedule"


@pytest.mark.parametrize("more", [0, 200])
def test_only_sources_asked_for_are_given(store: Store, more: int) -> None:
    watch(store, source("a"), source("b"))
    asked = {name: source(name) for name in ("b", "unknown", *(f"x{number}" for number in range(more)))}
    assert names(store.due(asked, NOW)) == ["b"]
    assert store.due({}, NOW) == []


def test_the_configured_source_comes_with_the_page(store: Store) -> None:
    watch(store, source())
    fresh = source(failing_after=9)
    [due] = store.due({"hechuan": fresh}, NOW)
    assert due.source is fresh


def test_why_a_page_is_due_is_kept_until_something_else_dates_it(store: Store) -> None:
    [due] = watch(store, source())
    why = (Reason(word="age", amount=90_000), Reason(word="nights"))
    store.record(unchanged(due, why=why))
    [line] = queries.pages(store)
    assert line.why == [{"reason": "age", "amount": 90_000}, {"reason": "nights", "amount": 0}]
    standing = past.standing(store, due.page)
    assert standing is not None
    assert standing.why == why
    store.sync([source(schedule=Schedule(every=7 * DAY))], NOW)
    assert queries.pages(store)[0].why == line.why
    store.sync([source(schedule=Schedule(every=HOUR))], NOW)
    assert queries.pages(store)[0].why == []


def test_a_page_comes_with_what_it_did_so_far(store: Store) -> None:
    [due] = watch(store, source())
    assert due.history == History(first_seen=NOW)
    store.record(changed(due, read=document(published=date(2026, 2, 3))))
    due = store.due_page(due.page, due.source)
    assert due.history == History(first_seen=NOW, published=date(2026, 2, 3))
    store.record(changed(due, at=NOW + DAY, read=document("另一份报告", published=date(2026, 2, 4))))
    due = store.due_page(due.page, due.source)
    assert due.history == History(first_seen=NOW, published=date(2026, 2, 4), edits=1, edited_at=NOW + DAY)


def test_a_page_that_is_gone_stays_due(store: Store) -> None:
    [due] = watch(store, source())
    store.record(unchanged(due, gone=True, missing=2))
    [again] = store.due({"hechuan": source()}, NOW + DAY)
    assert (again.gone, again.missing) == (True, 2)


def test_all_that_a_check_needs_to_know_comes_back(store: Store) -> None:
    [due] = watch(store, source())
    parts = (part(1), part(2, etag=None, last_modified="Sun, 22 Nov 2026 08:00:00 GMT"), part(3, paragraphs=0))
    read = document(
        "第一段\n第二段", parts=parts, targets=(target(), target(status="achievement"), target(status="optional"))
    )
    held = Suspicion(fingerprint="f" * 64, reason="much shorter", since=NOW - DAY, stands=NOW - DAY, told=True)
    store.record(
        changed(due, read=read, failures=2, missing=1, suspicion=held, url="https://www.example.org/first.html")
    )
    again = store.due_page(due.page, due.source)
    assert again == store.due({"hechuan": due.source}, None)[0]
    assert (again.url, again.title, again.year, again.region) == (
        "https://www.example.org/first.html",
        "河川市2027年政府工作报告",
        2027,
        "河川市",
    )
    assert (again.version, again.fingerprint, again.characters, again.target_count) == (1, read.fingerprint, 7, 1)
    assert again.parts == parts
    assert (again.failures, again.missing, again.gone, again.suspicion) == (2, 1, False, held)
    assert (due.checks, again.checks) == (0, 1)


def test_parts_of_many_pages_are_not_mixed_up(store: Store) -> None:
    sources = [source(f"s{number}") for number in range(20)]
    for number, due in enumerate(watch(store, *sources)):
        read = document(captures=(), parts=tuple(part(100 * number + each) for each in range(number)))
        store.record(changed(due, read=read))
    for due in store.due({each.id: each for each in sources}, None):
        number = int(due.source.id[1:])
        assert due.parts == tuple(part(100 * number + each) for each in range(number))


@pytest.mark.parametrize("number", [0, 2, 10**9])
def test_a_page_that_is_not_there(store: Store, number: int) -> None:
    watch(store, source())
    with pytest.raises(StorageError, match=f"source hechuan has no page {number}"):
        store.due_page(number, source())


def test_a_page_of_another_source(store: Store) -> None:
    watch(store, source("a"), source("b"))
    with pytest.raises(StorageError, match="source b has no page 1"):
        store.due_page(1, source("b"))


def test_nothing_is_due_in_an_empty_store(store: Store) -> None:
    assert store.next_due() is None
    assert store.due({"a": source("a")}, None) == []
    assert store.due_listings({"a": listing("a")}, None) == []


def test_the_next_moment_is_that_of_page_or_listing(store: Store) -> None:
    [page] = watch(store, source(), listing())
    [due] = store.due_listings({"portal": listing()}, NOW)
    store.record(unchanged(page, next_check=NOW + DAY))
    store.record_listing(listed(due, next_check=NOW + HOUR))
    assert store.next_due() == NOW + HOUR
    store.record_listing(listed(due, next_check=NOW + 2 * DAY))
    assert store.next_due() == NOW + DAY


# --- a clock that was wrong for a moment


def test_what_was_checked_in_the_future_is_due_now(store: Store) -> None:
    [page] = watch(store, source(), listing())
    [due] = store.due_listings({"portal": listing()}, NOW)
    ahead = NOW + 300 * DAY
    store.record(unchanged(page, at=ahead, next_check=ahead + 6 * HOUR))
    store.record_listing(listed(due, at=ahead, next_check=ahead + 6 * HOUR))
    sources = {each.id: each for each in (source(), listing())}
    assert names(store.due(sources, NOW + HOUR)) == ["hechuan"]
    assert len(store.due_listings(sources, NOW + HOUR)) == 1


def test_what_was_found_in_the_future_is_due_now(store: Store) -> None:
    watch(store, source(), listing(), now=NOW + 300 * DAY)
    sources = {each.id: each for each in (source(), listing())}
    assert names(store.due(sources, NOW)) == ["hechuan"]
    assert len(store.due_listings(sources, NOW)) == 1


def test_clocks_of_two_machines_may_differ_a_little(store: Store) -> None:
    [page] = watch(store, source())
    store.record(unchanged(page, at=NOW + timedelta(seconds=59)))
    assert store.due({"hechuan": source()}, NOW) == []


# --- health


def fail(store: Store, due: Due, failures: int) -> None:
    store.record(unchanged(due, failures=failures))


def portal(store: Store, pages: int) -> list[Due]:
    """A listing with so many pages."""
    watch(store, listing())
    [due] = store.due_listings({"portal": listing()}, NOW)
    store.record_listing(listed(due, *((f"https://www.example.org/portal/{number}", "") for number in range(pages))))
    return watch(store, listing())


def test_a_fresh_source_is_healthy(store: Store) -> None:
    [due] = watch(store, source())
    assert store.health("hechuan", 3, due.page) == Health(told_failing=False, failing_elsewhere=0)
    assert store.health("unknown", 3, None) == Health(told_failing=False, failing_elsewhere=0)


def test_other_pages_that_fail_are_counted_from_the_threshold_on(store: Store) -> None:
    one, two, three = portal(store, 3)
    fail(store, one, 2)
    fail(store, two, 3)
    fail(store, three, 4)
    assert store.health("portal", 3, one.page).failing_elsewhere == 2
    assert store.health("portal", 3, two.page).failing_elsewhere == 1
    assert store.health("portal", 4, one.page).failing_elsewhere == 1
    assert store.health("portal", 3, None).failing_elsewhere == 2


def test_the_listing_counts_as_one_page_of_its_source(store: Store) -> None:
    [page] = portal(store, 1)
    [due] = store.due_listings({"portal": listing()}, None)
    store.record_listing(listed(due, outcome="failed", failures=3))
    assert store.health("portal", 3, page.page).failing_elsewhere == 1
    assert store.health("portal", 4, page.page).failing_elsewhere == 0
    assert store.health("portal", 3, None).failing_elsewhere == 0


def test_other_sources_do_not_count(store: Store) -> None:
    a, b = watch(store, source("a"), source("b"))
    fail(store, b, 7)
    assert store.health("a", 3, a.page).failing_elsewhere == 0


def test_what_was_told_is_remembered_until_it_is_taken_back(store: Store) -> None:
    [due] = watch(store, source())
    store.record(unchanged(due, told_failing=True))
    assert store.health("hechuan", 3, due.page).told_failing
    store.record(unchanged(store.due_page(due.page, due.source), told_failing=True))
    assert store.health("hechuan", 3, due.page).told_failing
    store.record(unchanged(store.due_page(due.page, due.source), told_failing=False))
    assert not store.health("hechuan", 3, due.page).told_failing


@pytest.mark.sqlite
def test_counting_the_failing_reads_their_index_alone(store: Store) -> None:
    with store.database.read() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT count(*) FROM page_state WHERE source = 'a' AND failures > 0 AND failures >= 3"
        ).all()
    assert "USING INDEX page_state_failing" in plan[0][-1]


def test_bytes_do_not_come_with_what_is_due(store: Store) -> None:
    [due] = watch(store, source())
    store.record(changed(due, read=document(captures=(capture(b"x" * 100_000),))))
    assert len(repr(store.due_page(due.page, due.source))) < 5_000
