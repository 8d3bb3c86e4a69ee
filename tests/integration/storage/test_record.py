"""One check in one transaction: all of it, or nothing."""

from pathlib import Path

import pytest

from crawler.checks import Outcome, Suspicion
from crawler.errors import Damaged, Outrun, StorageError
from crawler.model import TargetDiff
from storage import queries
from storage.store import Store
from tests.support.store import (
    DAY,
    HOUR,
    NOW,
    alert,
    alter,
    capture,
    changed,
    document,
    listed,
    listing,
    opened,
    part,
    raised,
    refuse_rows,
    rows,
    source,
    stock,
    target,
    unchanged,
    watch,
)

TABLES = (
    *("source", "page", "page_state", "part", "version", "content", "capture", "target", "change", "alert"),
    *("delivery", "host", "listing", "installation"),
)
SUSPICION = Suspicion(fingerprint="f" * 64, reason="much shorter", since=NOW, stands=NOW)


def everything(path: Path) -> dict[str, list[tuple]]:
    return {table: rows(path, f"SELECT * FROM {table}") for table in TABLES}


def test_a_first_version(store: Store, path: Path) -> None:
    [due] = watch(store, source())
    read = document("河川市政府工作报告\n粮食产量稳定在320万吨以上。")
    store.record(changed(due, read=read))
    assert store.text(due.page, 1) == read.text
    assert store.targets(due.page, 1) == read.targets
    [shown] = queries.pages(store)
    assert (shown.version, shown.outcome, shown.changed_at) == (1, "new", None)
    assert rows(path, "SELECT * FROM change") == []


def test_a_change(store: Store, path: Path) -> None:
    due = stock(store, versions=1)
    read = document(
        "河川市政府工作报告\n粮食产量稳定在330万吨以上。", targets=(target(low="330"), target("新增就业", "2"))
    )
    store.record(changed(due, read=read, targets=raised(), at=NOW + HOUR, next_check=NOW + DAY))
    assert store.text(due.page, 1).endswith("320万吨以上。")
    assert store.text(due.page, 2) == read.text
    assert [each.indicator for each in store.targets(due.page, 2)] == ["粮食产量", "新增就业"]
    [line] = queries.changes(store)
    assert line.targets["changed"][0]["old"]["low"] == "320"
    assert line.targets["changed"][0]["new"]["low"] == "330"
    assert rows(path, "SELECT indicator, low FROM target ORDER BY position") == [("粮食产量", "330"), ("新增就业", "2")]
    assert queries.pages(store)[0].changed_at == "2026-11-22T09:00:00Z"


def test_an_unchanged_page_moves_its_counters_only(store: Store, path: Path) -> None:
    due = stock(store)
    before = everything(path)
    store.record(unchanged(due, at=NOW + HOUR, next_check=NOW + DAY))
    after = everything(path)
    assert {table for table in TABLES if before[table] != after[table]} == {"page_state"}
    assert rows(path, "SELECT checks, outcome FROM page_state") == [(3, "unchanged")]
    [shown] = queries.pages(store)
    assert (shown.checked_at, shown.next_check) == ("2026-11-22T09:00:00Z", "2026-11-23T08:00:00Z")


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_is_kept_with_its_reason(store: Store, outcome: Outcome) -> None:
    [due] = watch(store, source())
    store.record(unchanged(due, outcome=outcome, reason="HTTP 503"))
    [shown] = queries.pages(store)
    assert (shown.outcome, shown.reason) == (outcome.value, "HTTP 503")


def test_fifty_versions_come_back_exactly(store: Store) -> None:
    [due] = watch(store, source())
    texts = [f"河川市政府工作报告\n第{number}稿：粮食产量稳定在{number}万吨以上。" * 20 for number in range(50)]
    for text in texts:
        store.record(changed(due, read=document(text, targets=(target(low=str(len(text))),))))
        due = store.due_page(due.page, due.source)
    assert [store.text(due.page, number) for number in range(1, 51)] == texts
    assert [store.targets(due.page, number)[0].low for number in range(1, 51)] == [len(text) for text in texts]


def test_a_long_edited_text_takes_little_room(store: Store, path: Path) -> None:
    [due] = watch(store, source())
    text = "".join(chr(0x4E00 + number * 7919 % 9000) for number in range(12_000))
    for number in range(10):
        read = document(text[:6_000] + f"第{number}稿" + text[6_000:], captures=())
        store.record(changed(due, read=read))
        due = store.due_page(due.page, due.source)
    sizes = [size for (size,) in rows(path, "SELECT length(body) FROM version ORDER BY number")]
    assert max(sizes[1:]) < 300 < 10_000 < sizes[0]


def test_hostile_text_comes_back_and_breaks_nothing(store: Store) -> None:
    [due] = watch(store, source())
    text = "'; DROP TABLE page; --\0\ud800<script>\n\U0010ffff"
    read = document(text, title="标题\0\ud800'", region="x\0", url="https://www.example.org/\0")
    store.record(
        changed(
            due, read=read, reason="because \0\udfff", alerts=(alert(summary="\0\ud800", payload={"a": "\0\ud800"}),)
        )
    )
    assert store.text(due.page, 1) == text
    assert store.due_page(due.page, due.source).title.startswith("标题�")
    [delivery] = store.outbox.claim("desk", now=NOW, lease=HOUR, limit=1)
    assert delivery.alert.payload["a"].startswith("\0"), "JSON keeps what text cannot"


def test_title_place_and_year_are_those_of_the_newest_version(store: Store) -> None:
    due = stock(store)
    store.record(changed(due, read=document("x", title="各县政府工作报告汇编", region="", year=None)))
    again = store.due_page(due.page, due.source)
    assert (again.title, again.region, again.year) == ("各县政府工作报告汇编", "", None)


def test_an_empty_document_is_a_version_like_any_other(store: Store) -> None:
    [due] = watch(store, source())
    store.record(changed(due, read=document("", targets=(), captures=(), parts=())))
    assert store.text(due.page, 1) == ""
    assert store.targets(due.page, 1) == ()


def test_an_address_moved_by_redirect_is_followed(store: Store) -> None:
    due = stock(store)
    store.record(unchanged(due, url="https://www.example.org/new.html"))
    assert store.due_page(due.page, due.source).url == "https://www.example.org/new.html"


# --- validators


def test_validators_are_replaced_with_the_check(store: Store) -> None:
    due = stock(store)
    store.record(unchanged(due, parts=(part(7), part(8))))
    assert store.due_page(due.page, due.source).parts == (part(7), part(8))


def test_validators_stay_where_a_check_concludes_nothing_about_them(store: Store) -> None:
    due = stock(store)
    store.record(unchanged(due, outcome=Outcome.FAILED, parts=None))
    assert store.due_page(due.page, due.source).parts == due.parts != ()


def test_a_version_that_is_not_recorded_leaves_no_validator(store: Store, path: Path) -> None:
    """A validator without its version would hide the edit for good behind a 304."""
    due = stock(store)
    before = everything(path)
    refuse_rows(path, "delivery", "disk on fire")
    with pytest.raises(StorageError, match="disk on fire"):
        store.record(changed(due, read=document(parts=(part(9),)), alerts=(alert("late"),)))
    assert everything(path) == before


# --- captures


def test_bytes_are_kept_as_fetched(store: Store) -> None:
    [due] = watch(store, source())
    first = capture(b"<html>\xff\x00 one", "https://www.example.org/1.html")
    second = capture(b"<html> two", "https://www.example.org/2.html", at=NOW + HOUR)
    store.record(changed(due, read=document(captures=(first, second))))
    assert queries.captures(store, due.page, 1) == [first, second]


def test_equal_bytes_are_stored_once(store: Store, path: Path) -> None:
    [due] = watch(store, source())
    same = capture(b"the same" * 1000)
    store.record(changed(due, read=document(captures=(same, same, capture(b"other")))))
    store.record(changed(store.due_page(due.page, due.source), read=document("x", captures=(same,))))
    assert rows(path, "SELECT count(*) FROM capture") == [(4,)]
    assert rows(path, "SELECT size FROM content ORDER BY size") == [(5,), (8000,)]


def test_a_suspicious_reading_is_held_aside(store: Store, path: Path) -> None:
    due = stock(store)
    store.record(unchanged(due, outcome=Outcome.SUSPECT, suspicion=SUSPICION, held=(capture(b"are you a robot?"),)))
    again = store.due_page(due.page, due.source)
    assert (again.version, again.suspicion) == (2, SUSPICION)
    assert rows(path, "SELECT count(*) FROM capture WHERE version IS NULL") == [(1,)]


def test_what_is_held_is_replaced_and_at_last_dropped(store: Store, path: Path) -> None:
    due = stock(store)
    for content in (b"robot one", b"robot two"):
        held = (capture(content),)
        store.record(unchanged(due, outcome=Outcome.SUSPECT, suspicion=SUSPICION, held=held))
        due = store.due_page(due.page, due.source)
    assert rows(path, "SELECT size FROM content c JOIN capture USING (sha256) WHERE version IS NULL") == [(9,)]
    store.record(unchanged(due))
    assert store.due_page(due.page, due.source).suspicion is None
    assert rows(path, "SELECT count(*) FROM capture WHERE version IS NULL") == [(0,)]
    assert rows(path, "SELECT count(*) FROM content WHERE size = 9") == [(0,)], "nothing else needs these bytes"


def test_a_failed_check_keeps_what_is_held(store: Store, path: Path) -> None:
    due = stock(store)
    store.record(unchanged(due, suspicion=SUSPICION, held=(capture(b"robot"),)))
    due = store.due_page(due.page, due.source)
    store.record(unchanged(due, outcome=Outcome.FAILED, suspicion=SUSPICION))
    assert rows(path, "SELECT count(*) FROM capture WHERE version IS NULL") == [(1,)]


def test_held_bytes_that_a_version_needs_too_stay(store: Store) -> None:
    due = stock(store)
    same = capture(b"large edit")
    store.record(unchanged(due, suspicion=SUSPICION, held=(same,)))
    store.record(changed(store.due_page(due.page, due.source), read=document("y", captures=(same,))))
    assert queries.captures(store, due.page, 3) == [same]


# --- alerts


def test_an_alert_comes_with_the_version(store: Store) -> None:
    due = stock(store, versions=2)
    [line] = queries.alerts(store)
    assert (line.id, line.page, line.summary) == ("v2", due.page, "粮食产量 320万吨 → 330万吨")
    assert [(each.channel, each.state, each.attempts) for each in line.deliveries] == [
        ("desk", "pending", 0),
        ("mail", "pending", 0),
    ]


def test_the_same_alert_is_raised_once(store: Store) -> None:
    [due] = watch(store, source())
    store.record(unchanged(due, alerts=(alert("same"),)))
    due = store.due_page(due.page, due.source)
    store.record(unchanged(due, alerts=(alert("same", summary="another"), alert("new"))))
    assert {line.id: line.summary for line in queries.alerts(store)} == {
        "same": "粮食产量 320万吨 → 330万吨",
        "new": "粮食产量 320万吨 → 330万吨",
    }
    assert store.outbox.counts()["pending"] == 4


def test_an_alert_is_given_up_after_the_sources_time(store: Store) -> None:
    [due] = watch(store, source(give_up_after=3 * DAY))
    store.record(unchanged(due, alerts=(alert(raised_at=NOW - HOUR),)))
    [delivery] = store.outbox.claim("desk", now=NOW, lease=HOUR, limit=9)
    assert delivery.give_up_at == NOW - HOUR + 3 * DAY


def test_an_alert_for_nobody_is_kept_to_be_read(store: Store) -> None:
    [due] = watch(store, source())
    store.record(unchanged(due, alerts=(alert(channels=()),)))
    assert [line.deliveries for line in queries.alerts(store)] == [()]


def test_a_channel_named_twice_is_told_once(store: Store) -> None:
    [due] = watch(store, source())
    store.record(unchanged(due, alerts=(alert(channels=("desk", "desk")),)))
    assert store.outbox.counts()["pending"] == 1


# --- outrun


def test_of_two_that_checked_the_same_page_one_records(path: Path, store: Store) -> None:
    with opened(path) as other:
        [ours] = watch(store, source())
        theirs = other.due_page(ours.page, ours.source)
        other.record(changed(theirs, read=document("theirs"), alerts=(alert("theirs"),)))
        before = everything(path)
        with pytest.raises(Outrun, match="recorded by another process"):
            store.record(changed(ours, read=document("ours"), alerts=(alert("ours"),), told_failing=True))
        assert everything(path) == before
        assert store.text(ours.page, 1) == "theirs"


def test_what_was_outrun_is_recorded_when_read_anew(path: Path, store: Store) -> None:
    with opened(path) as other:
        [ours] = watch(store, source())
        other.record(changed(other.due_page(ours.page, ours.source), read=document("theirs")))
        store.record(changed(store.due_page(ours.page, ours.source), read=document("ours")))
        assert other.text(ours.page, 2) == "ours"


def test_an_unchanged_page_may_be_outrun_too(path: Path, store: Store) -> None:
    due = stock(store, versions=1)
    store.record(changed(due))
    with pytest.raises(Outrun):
        store.record(unchanged(due))


@pytest.mark.parametrize("number", [0, 1, 2, 4, 9])
def test_a_version_must_be_the_next_one(store: Store, path: Path, number: int) -> None:
    due = stock(store, versions=2)
    before = everything(path)
    intent = changed(due, targets=TargetDiff())
    wrong = type(intent.version)(number=number, document=intent.version.document)
    with pytest.raises(Outrun):
        store.record(unchanged(due, version=wrong))
    assert everything(path) == before


@pytest.mark.parametrize("kind", ["page.gone", "source.failing"])
def test_of_two_that_conclude_the_same_trouble_one_tells(path: Path, store: Store, kind: str) -> None:
    due = stock(store, versions=1)
    trouble = {"outcome": Outcome.FAILED, "gone": kind == "page.gone", "told_failing": kind == "source.failing"}
    store.record(unchanged(due, alerts=(alert("one", type=kind),), **trouble))
    with opened(path) as other, pytest.raises(Outrun):
        other.record(unchanged(due, alerts=(alert("two", type=kind),), **trouble))
    assert [line.id for line in queries.alerts(store) if line.type == kind] == ["one"]


def test_two_pages_that_fail_at_once_tell_it_of_their_source_once(store: Store) -> None:
    watch(store, listing())
    [due] = store.due_listings({"portal": listing()}, NOW)
    store.record_listing(listed(due, ("https://www.example.org/1", ""), ("https://www.example.org/2", "")))
    for name, page in zip(("one", "two"), watch(store, listing()), strict=True):
        told = alert(name, type="source.failing", source="portal"), alert(f"{name} gone", type="page.gone")
        store.record(unchanged(page, outcome=Outcome.FAILED, told_failing=True, alerts=told))
    assert {line.id for line in queries.alerts(store)} == {"one", "one gone", "two gone"}


# --- texts known under another address


def test_a_text_is_known_on_other_pages_of_its_source_only(store: Store) -> None:
    sources = [listing(), source()]
    watch(store, *sources)
    [due] = store.due_listings({"portal": listing()}, NOW)
    store.record_listing(listed(due, ("https://www.example.org/1", ""), ("https://www.example.org/1?t=77", "")))
    one, again = watch(store, listing())
    old, new = document("旧文"), document("新文")
    for read in (old, new):
        store.record(changed(store.due_page(one.page, one.source), read=read))
    assert store.has_text("portal", old.fingerprint, again.page)
    assert store.has_text("portal", new.fingerprint, again.page)
    assert not store.has_text("portal", new.fingerprint, one.page), "its own text is no other page's"
    assert not store.has_text("hechuan", new.fingerprint, 99)
    assert not store.has_text("portal", document("别的").fingerprint, again.page)
    watch(store)
    assert store.has_text("portal", new.fingerprint, again.page), "a source at rest too"


# --- damage


def test_a_missing_version_is_named(store: Store) -> None:
    due = stock(store)
    for number in (0, 3):
        with pytest.raises(StorageError, match=f"page {due.page} has no version {number}"):
            store.text(due.page, number)


def test_a_damaged_version_is_never_shown(store: Store, path: Path) -> None:
    due = stock(store)
    alter(path, "UPDATE version SET body = ? WHERE number = 1", bytes(40))
    with pytest.raises(Damaged, match=r"version 2 of page 1 is damaged .*; run `crawler db verify`, then restore"):
        store.text(due.page, 2)
    with pytest.raises(Damaged):
        store.record(changed(due))


def test_a_version_row_that_vanished_is_damage_of_its_page(store: Store, path: Path) -> None:
    due = stock(store)
    alter(path, "DELETE FROM version WHERE number = 2")
    with pytest.raises(Damaged, match="page 1 has no version 2 in the database; run `crawler db verify`"):
        store.targets(due.page, 2)


def test_a_database_locked_in_the_middle_is_one_clear_line(path: Path) -> None:
    with opened(path, timeout="0.05") as store, opened(path) as other:
        due = stock(store)
        with (
            other.database.write(),
            pytest.raises(StorageError, match="is locked by another program; close it or try again"),
        ):
            store.record(unchanged(due))
        assert store.due_page(due.page, due.source).version == 2, "reading goes on while another writes"
        store.record(unchanged(due))
