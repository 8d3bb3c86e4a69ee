"""Sources follow sources.yaml; history follows the id."""

from pathlib import Path

import pytest

from crawler.checks import NotSent, Sent
from crawler.errors import StorageError
from crawler.model import Schedule
from storage.store import Store
from tests.support.store import (
    DAY,
    HOUR,
    NOW,
    alert,
    alter,
    changed,
    document,
    listed,
    listing,
    part,
    refuse_rows,
    rows,
    source,
    stock,
    unchanged,
    watch,
)

LATER = NOW + DAY


def test_a_new_source_has_one_page_due_at_once(store: Store) -> None:
    [due] = watch(store, source())
    assert (due.url, due.key, due.title, due.version) == (
        "https://www.example.org/hechuan.html",
        "",
        "hechuan report",
        0,
    )
    assert not due.announce
    assert store.next_due() == NOW


def test_a_new_listing_is_due_and_has_no_page(store: Store) -> None:
    each = listing()
    assert watch(store, each) == []
    [due] = store.due_listings({each.id: each}, NOW)
    assert due.first
    assert store.next_due() == NOW


def test_the_same_file_again_changes_nothing(store: Store, path: Path) -> None:
    sources = [source(), listing()]
    watch(store, *sources)
    before = [rows(path, f"SELECT * FROM {table}") for table in ("source", "page", "page_state", "listing")]
    watch(store, *sources, now=LATER)
    assert before == [rows(path, f"SELECT * FROM {table}") for table in ("source", "page", "page_state", "listing")]


@pytest.mark.parametrize("file", [(), (source(enabled=False),)])
def test_a_source_that_is_gone_or_disabled_rests_and_comes_back_with_its_past(store: Store, file: tuple) -> None:
    known = stock(store)
    assert watch(store, *file) == []
    assert store.due({known.source.id: known.source}, None) == []
    assert store.next_due() is None
    assert store.text(known.page, 2).endswith("330万吨以上。")
    [back] = watch(store, source(), now=LATER)
    assert back == known


def test_a_disabled_source_that_was_never_watched_is_watched_when_enabled(store: Store) -> None:
    assert watch(store, source(enabled=False)) == []
    assert len(watch(store, source())) == 1


def test_another_address_keeps_the_history_and_drops_the_validators(store: Store) -> None:
    known = stock(store)
    assert known.parts
    [moved] = watch(store, source(url="https://new.example.org/x.html"), now=LATER)
    assert (moved.page, moved.version, moved.fingerprint) == (known.page, 2, known.fingerprint)
    assert (moved.url, moved.parts) == ("https://new.example.org/x.html", ())
    assert store.next_due() == LATER


def test_another_address_clears_what_was_held_against_the_old_one(store: Store) -> None:
    [due] = watch(store, source())
    store.record(unchanged(due, failures=5, missing=2, gone=True))
    [moved] = watch(store, source(url="https://new.example.org/x.html"))
    assert (moved.failures, moved.missing, moved.gone, moved.suspicion) == (0, 0, False, None)


def test_an_address_that_moved_by_redirect_is_no_change_of_the_file(store: Store) -> None:
    [due] = watch(store, source())
    store.record(changed(due, url="https://www.example.org/moved.html"))
    [again] = watch(store, source(), now=LATER)
    assert again.url == "https://www.example.org/moved.html"
    assert again.parts == (part(),)


def test_another_title_is_taken_over_without_a_check(store: Store, path: Path) -> None:
    [due] = watch(store, source())
    store.record(unchanged(due))
    watch(store, source(title="another"))
    assert rows(path, "SELECT title FROM source") == [("another",)]
    assert store.next_due() == NOW + 6 * HOUR


@pytest.mark.parametrize(
    ("schedule", "following"),
    [
        (Schedule(every=HOUR), NOW + HOUR),
        (Schedule(every=DAY), NOW + 6 * HOUR),
        (Schedule(cron="0 9 * * *", timezone="UTC"), NOW + HOUR),
        (Schedule(cron="0 9 1 1 *", timezone="UTC"), NOW + 6 * HOUR),
    ],
)
def test_another_schedule_never_puts_a_check_off(store: Store, schedule: Schedule, following: object) -> None:
    [due] = watch(store, source())
    store.record(unchanged(due))
    watch(store, source(schedule=schedule))
    assert store.next_due() == following


def test_another_schedule_holds_for_listing_and_pages(store: Store) -> None:
    each = listing()
    watch(store, each)
    [due] = store.due_listings({each.id: each}, NOW)
    store.record_listing(listed(due, ("https://www.example.org/portal/1.html", "one")))
    [page] = watch(store, each)
    store.record(unchanged(page))
    assert store.next_due() == NOW + 6 * HOUR
    watch(store, listing(schedule=Schedule(every=HOUR)))
    assert store.next_due() == NOW + HOUR
    [page] = watch(store, listing(schedule=Schedule(every=HOUR)))
    store.record(unchanged(page))
    assert store.next_due() == NOW + HOUR, "the listing itself is checked sooner as well"


def test_another_schedule_holds_for_the_pages_of_a_listing_that_moved_too(store: Store) -> None:
    watch(store, listing())
    [due] = store.due_listings({"portal": listing()}, NOW)
    store.record_listing(listed(due, ("https://www.example.org/portal/1.html", "one")))
    [page] = watch(store, listing())
    store.record(unchanged(page))
    hourly = listing(listing="https://new.example.org/", schedule=Schedule(every=HOUR))
    watch(store, hourly)
    assert len(store.due({"portal": hourly}, NOW + HOUR)) == 1


def test_what_came_due_while_a_source_rested_is_due_but_not_late(store: Store) -> None:
    each = (source(), listing())
    watch(store, *each)
    store.sync([], NOW)
    assert store.vitals(LATER, None).late is None
    watch(store, *each, now=LATER)
    assert store.next_due() == LATER
    assert len(store.due({source().id: source()}, LATER)) == 1
    assert store.vitals(LATER + HOUR, None).late.since == LATER


def test_a_backoff_outlasts_a_restart(store: Store) -> None:
    [due] = watch(store, source())
    store.record(unchanged(due, failures=9, next_check=NOW + DAY))
    watch(store, source())
    assert store.next_due() == NOW + DAY


def test_another_listing_address_begins_with_a_silent_baseline(store: Store) -> None:
    watch(store, listing())
    [due] = store.due_listings({"portal": listing()}, NOW)
    store.record_listing(listed(due, ("https://www.example.org/portal/1.html", "one")))
    moved = listing(listing="https://new.example.org/")
    pages = watch(store, moved, now=LATER)
    assert [page.key for page in pages] == ["https://www.example.org/portal/1.html"]
    [due] = store.due_listings({"portal": moved}, LATER)
    assert due.first


ONE, TWO = (f"https://www.example.org/portal/{number}.html" for number in (1, 2))


@pytest.mark.parametrize("other", [{"match": r"\d+\.html$"}, {"max_pages": 9}])
def test_a_listing_asked_for_other_pages_begins_with_a_silent_baseline(store: Store, other: dict) -> None:
    watch(store, listing())
    [due] = store.due_listings({"portal": listing()}, NOW)
    store.record_listing(listed(due, (ONE, "one")))
    wider = listing(**other)
    watch(store, wider, now=LATER)
    [again] = store.due_listings({"portal": wider}, LATER)
    assert again.first
    store.record_listing(listed(due, (TWO, "read by the old rule")))
    assert len(watch(store, wider)) == 1, "a reading under way meanwhile is dropped"
    store.record_listing(listed(again, (ONE, "one"), (TWO, "two")))
    assert [page.announce for page in watch(store, wider)] == [False, False]


def test_another_limit_of_parts_hastens_no_page(store: Store) -> None:
    known = stock(store)
    assert store.due({"hechuan": source()}, NOW) == []
    [same] = watch(store, source(max_pages=9), now=LATER)
    assert same.parts == known.parts
    assert store.next_due() == NOW + 6 * HOUR


# --- what waits for a channel that was renamed or removed


def waiting(path: Path) -> list[tuple]:
    query = "SELECT alert, channel, state, attempts, error FROM delivery ORDER BY alert, channel"
    return rows(path, query)


def test_what_waits_for_a_renamed_channel_goes_to_the_new_one(store: Store, path: Path) -> None:
    [due] = watch(store, source(alert=("desk",)))
    told = (alert("a1", channels=("desk",)), alert("a2", channels=("desk",)))
    store.record(unchanged(due, alerts=told))
    [tried] = store.outbox.claim("desk", now=NOW, lease=HOUR, limit=9)
    store.outbox.settle(tried, NotSent(error="HTTP 500"), now=NOW, next_attempt=LATER)
    watch(store, source(alert=("room", "mail")))
    assert waiting(path) == [(f"a{n}", to, "pending", 0, None) for n in (1, 2) for to in ("mail", "room")]
    [first] = store.outbox.claim("room", now=NOW, lease=HOUR, limit=9)
    assert (first.alert.id, first.give_up_at) == ("a1", tried.give_up_at), "the order is kept, and the time"


def test_what_the_remaining_channel_took_it_does_not_get_again(store: Store, path: Path) -> None:
    [due] = watch(store, source())
    store.record(unchanged(due, alerts=(alert(),)))
    [taken] = store.outbox.claim("mail", now=NOW, lease=HOUR, limit=9)
    store.outbox.settle(taken, Sent(), now=NOW, next_attempt=None)
    watch(store, source(alert=("mail",)))
    assert waiting(path) == [("a1", "mail", "delivered", 1, None)]


@pytest.mark.parametrize(
    "file",
    [
        pytest.param((source(), source("b")), id="nothing changed"),
        pytest.param((source(alert=("room",)), source("b")), id="another source still names the channel"),
        pytest.param((source(alert=()),), id="the source has no channel"),
        pytest.param((source("b", alert=("room",)),), id="the source is gone"),
    ],
)
def test_what_waits_stays_where_it_can_be_sent_or_has_nowhere_to_go(store: Store, path: Path, file: tuple) -> None:
    [due] = watch(store, source())
    store.record(unchanged(due, alerts=(alert(),)))
    before = waiting(path)
    watch(store, *file)
    assert waiting(path) == before


def test_a_page_that_becomes_a_listing_and_back_keeps_both_pasts(store: Store) -> None:
    known = stock(store)
    as_listing = listing("hechuan")
    assert watch(store, as_listing) == []
    [due] = store.due_listings({"hechuan": as_listing}, NOW)
    store.record_listing(listed(due, ("https://www.example.org/1.html", "one")))
    assert [page.key for page in watch(store, as_listing)] == ["https://www.example.org/1.html"]
    [back] = watch(store, source())
    assert (back.page, back.version) == (known.page, 2)
    assert store.due_listings({"hechuan": source()}, None) == []


def test_thousands_of_sources(store: Store) -> None:
    sources = [source(f"s{number}") for number in range(3_000)]
    assert len(watch(store, *sources)) == 3_000
    assert len(watch(store, *sources[:10])) == 10


def test_a_check_under_way_while_the_address_changed_does_not_move_the_page_back(store: Store) -> None:
    [due] = watch(store, source())
    moved = source(url="https://new.example.org/x.html")
    watch(store, moved, now=LATER)
    store.record(changed(due, at=LATER, next_check=LATER + DAY, read=document("旧址的文字")))
    [page] = watch(store, moved, now=LATER)
    assert (page.url, page.parts, page.version) == ("https://new.example.org/x.html", (), 1)
    assert store.next_due() == LATER
    assert store.text(page.page, 1) == "旧址的文字"


def test_a_reading_under_way_while_the_listing_changed_is_dropped(store: Store) -> None:
    watch(store, listing())
    [due] = store.due_listings({"portal": listing()}, NOW)
    moved = listing(listing="https://new.example.org/")
    watch(store, moved)
    store.record_listing(listed(due, ("https://www.example.org/portal/1.html", "one")))
    assert watch(store, moved) == []
    [due] = store.due_listings({"portal": moved}, NOW)
    assert due.first


def test_sources_are_brought_in_line_whole_or_not_at_all(store: Store, path: Path) -> None:
    refuse_rows(path, "page", "no", "NEW.source = 'b'")
    with pytest.raises(StorageError, match="no"):
        watch(store, source("a"), source("b"))
    assert rows(path, "SELECT * FROM source") == []


# --- what a damaged database has lost


def test_a_page_that_lost_its_state_is_due_again_and_goes_on_from_its_newest_version(store: Store, path: Path) -> None:
    stock(store, versions=3)
    before = store.due_page(1, source())
    alter(path, "DELETE FROM page_state")
    [due] = watch(store, source(), now=LATER)
    assert (due.version, due.fingerprint, due.parts) == (3, before.fingerprint, before.parts)
    assert store.next_due() == LATER
    store.record(changed(due, "edited"))
    assert (store.due_page(1, source()).version, store.text(1, 4)) == (4, "edited")


def test_a_page_without_a_version_that_lost_its_state_begins_anew(store: Store, path: Path) -> None:
    watch(store, source("a"), source("b"))
    alter(path, "DELETE FROM page_state WHERE page = 2")
    assert [due.version for due in watch(store, source("a"), source("b"))] == [0, 0]


@pytest.mark.parametrize("known", [True, False])
def test_a_listing_that_lost_its_state_announces_what_is_new_besides_the_pages_known(
    store: Store, path: Path, known: bool
) -> None:
    each = listing()
    watch(store, each)
    if known:
        [due] = store.due_listings({each.id: each}, NOW)
        store.record_listing(listed(due, ("https://www.example.org/portal/1.html", "甲")))
    alter(path, "DELETE FROM listing")
    watch(store, each, now=LATER)
    [due] = store.due_listings({each.id: each}, LATER)
    assert due.first is not known
