"""Listings: a silent baseline, then news."""

from pathlib import Path

import pytest

from crawler.checks import Due, DueListing, Outcome, Sent
from crawler.errors import StorageError
from storage import queries, watched
from storage.store import Store
from tests.support.store import (
    DAY,
    HOUR,
    NOW,
    alert,
    changed,
    document,
    listed,
    listing,
    moment,
    opened,
    refuse_rows,
    rows,
    watch,
)

BASE = "https://www.example.org/portal"
ONE, TWO, THREE = ((f"{BASE}/{number}.html", f"报告{number}") for number in (1, 2, 3))


@pytest.fixture
def due(store: Store) -> DueListing:
    watch(store, listing())
    return again(store)


def again(store: Store) -> DueListing:
    [due] = store.due_listings({"portal": listing()}, None)
    return due


def pages(store: Store) -> list[Due]:
    return store.due({"portal": listing()}, None)


def test_the_first_reading_is_a_silent_baseline(store: Store, due: DueListing) -> None:
    store.record_listing(listed(due, ONE, TWO))
    assert [(page.url, page.key, page.title, page.announce) for page in pages(store)] == [
        (ONE[0], ONE[0], "报告1", False),
        (TWO[0], TWO[0], "报告2", False),
    ]
    assert not again(store).first


def test_what_is_listed_later_is_news(store: Store, due: DueListing) -> None:
    store.record_listing(listed(due, ONE))
    store.record_listing(listed(again(store), TWO, ONE))
    assert {page.key: page.announce for page in pages(store)} == {ONE[0]: False, TWO[0]: True}


def test_a_new_page_is_due_at_once(store: Store, due: DueListing) -> None:
    store.record_listing(listed(due, ONE, at=NOW + HOUR))
    [page] = store.due({"portal": listing()}, NOW + HOUR)
    assert page.key == ONE[0]


def test_known_pages_are_left_alone(store: Store, due: DueListing, path: Path) -> None:
    store.record_listing(listed(due, ONE, TWO))
    [one, _] = pages(store)
    store.record(changed(one, read=document("一"), url=f"{BASE}/moved.html"))
    before = rows(path, "SELECT * FROM page ORDER BY id"), rows(path, "SELECT * FROM page_state ORDER BY page")
    store.record_listing(listed(again(store), TWO, (ONE[0], "another title"), at=NOW + DAY))
    assert before == (
        rows(path, "SELECT * FROM page ORDER BY id"),
        rows(path, "SELECT * FROM page_state ORDER BY page"),
    )


def test_the_place_in_the_listing_and_the_first_sight_are_kept(store: Store, due: DueListing, path: Path) -> None:
    store.record_listing(listed(due, ONE, TWO))
    store.record_listing(listed(again(store), THREE, ONE, TWO, at=NOW + DAY))
    assert rows(path, "SELECT position, first_seen FROM page ORDER BY id") == [
        (0, moment(NOW)),
        (1, moment(NOW)),
        (0, moment(NOW + DAY)),
    ]


def test_a_page_listed_twice_is_one_page(store: Store, due: DueListing) -> None:
    store.record_listing(listed(due, ONE, (ONE[0], "the same")))
    assert [page.title for page in pages(store)] == ["报告1"]


def test_a_page_that_is_no_longer_listed_is_still_watched(store: Store, due: DueListing) -> None:
    store.record_listing(listed(due, ONE))
    store.record_listing(listed(again(store)))
    assert [page.key for page in pages(store)] == [ONE[0]]


def test_the_same_page_in_two_sources_is_two_pages(store: Store) -> None:
    both = {"portal": listing(), "other": listing("other")}
    watch(store, *both.values())
    for due in store.due_listings(both, NOW):
        store.record_listing(listed(due, ONE))
    assert sorted(page.source.id for page in store.due(both, None)) == ["other", "portal"]


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.SKIPPED])
def test_a_reading_that_failed_is_no_baseline(store: Store, due: DueListing, outcome: Outcome) -> None:
    store.record_listing(listed(due, outcome=outcome, reason="HTTP 503", failures=1, next_check=NOW + HOUR))
    assert (again(store).first, again(store).failures) == (True, 1)
    assert store.due_listings({"portal": listing()}, NOW) == []
    [shown] = watched.sources(store)
    assert (shown.reason, shown.checked_at, shown.next_check) == (
        "HTTP 503",
        "2026-11-22T08:00:00Z",
        "2026-11-22T09:00:00Z",
    )


def test_a_later_failure_leaves_the_baseline_standing(store: Store, due: DueListing) -> None:
    store.record_listing(listed(due, ONE))
    store.record_listing(listed(again(store), outcome=Outcome.FAILED, failures=1))
    assert not again(store).first
    store.record_listing(listed(again(store), ONE, TWO))
    assert {page.key: page.announce for page in pages(store)} == {ONE[0]: False, TWO[0]: True}


def test_two_processes_that_both_saw_no_baseline_lose_no_news(store: Store, due: DueListing, path: Path) -> None:
    with opened(path) as other:
        other.record_listing(listed(due, ONE))
        store.record_listing(listed(due, ONE, TWO))
    assert {page.key: page.announce for page in pages(store)} == {ONE[0]: False, TWO[0]: True}


def test_what_a_reading_found_before_it_failed_is_news(store: Store, due: DueListing) -> None:
    store.record_listing(listed(due, ONE))
    store.record_listing(listed(again(store), TWO, ONE, outcome=Outcome.FAILED, reason="HTTP 404", failures=1))
    assert {page.key: page.announce for page in pages(store)} == {ONE[0]: False, TWO[0]: True}
    assert again(store).failures == 1


def test_a_first_reading_that_failed_halfway_adds_nothing(store: Store, due: DueListing) -> None:
    store.record_listing(listed(due, ONE, outcome=Outcome.FAILED, failures=1))
    assert (pages(store), again(store).first) == ([], True)
    store.record_listing(listed(again(store), ONE, TWO))
    assert [page.announce for page in pages(store)] == [False, False]


FAILING = {"type": "source.failing", "source": "portal", "page": None, "channels": ("desk",)}


def test_two_processes_tell_once_that_a_listing_fails(store: Store, due: DueListing, path: Path) -> None:
    with opened(path) as other:
        for name, each in (("one", store), ("two", other)):
            told = alert(name, **FAILING)
            each.record_listing(listed(due, outcome=Outcome.FAILED, failures=3, told_failing=True, alerts=(told,)))
    assert [line.id for line in queries.alerts(store)] == ["one"]


def test_failing_and_recovered_of_a_listing_keep_their_order(store: Store, due: DueListing) -> None:
    down, up = alert("down", **FAILING), alert("up", **(FAILING | {"type": "source.recovered"}))
    store.record_listing(listed(due, outcome=Outcome.FAILED, failures=3, told_failing=True, alerts=(down,)))
    store.record_listing(listed(again(store), ONE, TWO, alerts=(up,)))
    [first] = store.outbox.claim("desk", now=NOW, lease=HOUR, limit=9)
    assert first.alert.id == "down"
    store.outbox.settle(first, Sent(), now=NOW, next_attempt=None)
    [second] = store.outbox.claim("desk", now=NOW, lease=HOUR, limit=9)
    assert second.alert.id == "up"


def test_its_alert_comes_with_the_reading(store: Store, due: DueListing) -> None:
    told = alert("failing", type="source.failing", source="portal", page=None, channels=("desk",))
    failed = listed(due, outcome=Outcome.FAILED, failures=3, told_failing=True, alerts=(told,))
    store.record_listing(failed)
    assert [line.id for line in queries.alerts(store, source="portal")] == ["failing"]
    assert store.health("portal", 3, None).told_failing


def test_it_is_recorded_whole_or_not_at_all(store: Store, due: DueListing, path: Path) -> None:
    refuse_rows(path, "delivery", "no")
    with pytest.raises(StorageError, match="no"):
        store.record_listing(listed(due, ONE, alerts=(alert(),)))
    assert pages(store) == []
    assert again(store).first


def test_an_address_that_no_database_can_hold_is_one_page_all_the_same(store: Store, due: DueListing) -> None:
    hostile = f"{BASE}/\0\ud800.html"
    store.record_listing(listed(due, (hostile, "\0")))
    store.record_listing(listed(again(store), (hostile, "\0")))
    assert len(pages(store)) == 1


def test_a_listing_of_thousands(store: Store, due: DueListing) -> None:
    found = [(f"{BASE}/{number}.html", f"报告{number}") for number in range(5_000)]
    store.record_listing(listed(due, *found))
    assert [page.key for page in pages(store)] == [url for url, _ in found]
