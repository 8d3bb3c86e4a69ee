"""Copies, proofs and retention; and storage that grows with change, not with checks."""

import hashlib
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.checks import NewVersion, NotSent, Sent, Suspicion
from crawler.errors import Damaged, StorageError
from storage import maintenance, queries
from storage.database import connect
from storage.export import changes
from storage.store import Store
from storage.tables import Base
from storage.thinning import Period
from tests.support.store import (
    DAY,
    HOUR,
    NOW,
    alert,
    alter,
    capture,
    changed,
    document,
    listing,
    opened,
    rows,
    source,
    stock,
    unchanged,
    url_of,
    watch,
)

OLD = NOW - 100 * DAY
KEEP = 90 * DAY


# --- copies


@pytest.mark.sqlite
def test_a_copy_holds_everything(store: Store, tmp_path: Path) -> None:
    due = stock(store, versions=3)
    copy = tmp_path / "copy.db"
    maintenance.backup(store, copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with opened(copy) as other:
        assert other.installation == store.installation
        assert other.due_page(due.page, due.source) == due
        assert maintenance.verify(other) == []


@pytest.mark.sqlite
def test_a_copy_is_made_while_another_writes(store: Store, path: Path, tmp_path: Path) -> None:
    due = stock(store)
    with opened(path) as other, other.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM delivery")
        maintenance.backup(store, tmp_path / "copy.db")
    with opened(tmp_path / "copy.db") as copy:
        assert copy.outbox.counts()["pending"] == 2
        assert copy.text(due.page, 2) == store.text(due.page, 2)


@pytest.mark.sqlite
def test_a_copy_ends_though_something_is_written_amid_it_all_the_time(store: Store, path: Path, tmp_path: Path) -> None:
    """Of a file that is copied in several steps; SQLite begins again at each foreign write, unless it is held off."""
    stock(store)
    alter(path, "INSERT INTO content (sha256, size, data) VALUES ('large', 1, zeroblob(40000000))")
    steps: list[int] = []

    def write(left: int, _total: int) -> None:
        alter(path, "INSERT INTO host VALUES (?, NULL)", f"h{len(steps)}")
        steps.append(left)
        assert len(steps) < 20, "it begins again and again"

    maintenance.backup(store, tmp_path / "copy.db", progress=write)
    assert len(steps) > 2
    assert rows(tmp_path / "copy.db", "SELECT count(*) FROM host") == [(0,)], "all of it is as of the beginning"
    assert rows(tmp_path / "copy.db", "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.sqlite
def test_the_progress_of_a_copy_is_told(store: Store, tmp_path: Path) -> None:
    stock(store)
    told: list[tuple[int, int]] = []
    maintenance.backup(store, tmp_path / "copy.db", progress=lambda left, total: told.append((left, total)))
    assert told[-1][0] == 0 < told[-1][1]


@pytest.mark.sqlite
def test_nothing_is_overwritten_by_a_copy(store: Store, tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("precious")
    with pytest.raises(StorageError, match="exists already; choose another name"):
        maintenance.backup(store, mine)
    assert mine.read_text() == "precious"


@pytest.mark.sqlite
def test_a_copy_into_a_missing_folder(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"the folder .* does not exist"):
        maintenance.backup(store, tmp_path / "nowhere" / "copy.db")


@pytest.mark.sqlite
def test_a_failed_copy_leaves_nothing_behind(store: Store, path: Path, tmp_path: Path) -> None:
    stock(store)
    folder = tmp_path / "copies"
    folder.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    content[:16] = b"not a database!!"
    (tmp_path / "broken.db").write_bytes(content)
    with (
        closing(connect(url_of(tmp_path / "broken.db"))) as broken,
        pytest.raises(StorageError, match="the copy failed"),
    ):
        broken.copy(folder / "copy.db")
    assert list(folder.iterdir()) == []


# --- proofs


def test_a_sound_store_has_no_problems(store: Store) -> None:
    assert maintenance.verify(store) == []
    stock(store, versions=20)
    assert maintenance.verify(store) == []


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        ("UPDATE version SET body = zeroblob(9) WHERE number = 2", "page 1: a version cannot be restored"),
        ("UPDATE version SET targets = zeroblob(9) WHERE number = 2", "page 1: a version cannot be restored"),
        ("UPDATE version SET sha256 = 'x' WHERE number = 3", "page 1: the text of version 3 is not the one"),
        ("UPDATE version SET fingerprint = 'x' WHERE number = 3", "page 1: the text of version 3 is not the one"),
        ("DELETE FROM version WHERE number = 3", "page 1: its newest version 3 is missing"),
        ("DELETE FROM version WHERE number = 2", "page 1: versions are missing among 1 to 3"),
        ("DELETE FROM version", "page 1: its newest version 3 is missing"),
        ("UPDATE page SET fingerprint = 'x'", "page 1: its fingerprint is not that of version 3"),
        ("UPDATE content SET data = zeroblob(9)", "kept as evidence are damaged"),
        ("DELETE FROM change WHERE version = 2", "2 versions after the first of their page, but 1 changes"),
        ("UPDATE change SET targets = '{' WHERE version = 2", "page 1: the change to version 2 is damaged"),
        ("UPDATE change SET targets = '{}' WHERE version = 3", "page 1: the change to version 3 is damaged"),
        ("DELETE FROM page_state", "page 1: its state is missing; the next `crawler once`"),
        (
            "UPDATE page_state SET version = 2",
            "page 1: its state knows version 2 as the newest, but there is version 3",
        ),
        ("DELETE FROM target", "page 1: version 3 has 1 targets, but 0 are listed for export"),
    ],
)
def test_damage_is_found_and_named(store: Store, path: Path, damage: str, problem: str) -> None:
    stock(store, versions=3)
    assert maintenance.verify(store) == []
    alter(path, damage)
    assert problem in "\n".join(maintenance.verify(store))


@pytest.mark.sqlite
@pytest.mark.parametrize(("table", "child"), [("content", "capture"), ("alert", "delivery")])
def test_what_others_refer_to_is_missed(store: Store, path: Path, table: str, child: str) -> None:
    stock(store)
    alter(path, f"DELETE FROM {table}")
    said = f"row 1 of {child} refers to a row of {table} that is missing"
    assert said in "\n".join(maintenance.verify(store))


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE version SET title = 'another' WHERE number = 2",
        "UPDATE version SET url = 'https://elsewhere.example.org/' WHERE number = 2",
        "UPDATE version SET fetched_at = '2026-01-01 00:00:00.000000' WHERE number = 2",
        "UPDATE version SET region = 'elsewhere' WHERE number = 2",
        "UPDATE version SET published = '2026-01-01' WHERE number = 2",
        "UPDATE version SET reread = NOT reread WHERE number = 2",
        "UPDATE version SET seal = '' WHERE number = 2",
        "UPDATE capture SET headers = '{}' WHERE version = 2",
        "UPDATE capture SET fetched_at = '2026-01-01 00:00:00.000000' WHERE version = 2",
        "UPDATE capture SET url = 'https://elsewhere.example.org/' WHERE version = 2",
        "UPDATE capture SET sha256 = (SELECT sha256 FROM capture WHERE version = 3) WHERE version = 2",
        "DELETE FROM capture WHERE version = 2",
        "INSERT INTO capture SELECT 99, page, 2, url, headers, fetched_at, sha256 FROM capture WHERE version = 3",
    ],
)
def test_evidence_that_was_altered_is_named(store: Store, path: Path, tampering: str) -> None:
    old_versions(store, 3)
    alter(path, tampering)
    told = "page 1: what is noted of version 2 or its bytes is not what was sealed"
    assert told in maintenance.verify(store)


def test_a_version_that_was_exchanged_with_its_seal_breaks_the_next(store: Store, path: Path) -> None:
    old_versions(store, 3)
    alter(path, "UPDATE version SET title = 'another', seal = 'made to fit' WHERE number = 1")
    assert any("version 2" in problem for problem in maintenance.verify(store))


def test_a_listing_without_its_state_is_named(store: Store, path: Path) -> None:
    watch(store, listing())
    alter(path, "DELETE FROM listing")
    assert [problem[:51] for problem in maintenance.verify(store)] == [
        "source portal: the state of its listing is missing;"
    ]


DAMAGED_DIFFS = ("{", "[]", "{}", '{"changed": [1], "added": [], "removed": []}', "[" * 100_000)


@pytest.mark.parametrize("stored", DAMAGED_DIFFS)
def test_a_damaged_change_is_told_in_one_line_wherever_it_is_read(store: Store, path: Path, stored: str) -> None:
    due = stock(store, versions=3)
    alter(path, "UPDATE change SET targets = ? WHERE version = 2", stored)
    line = (
        "the change to version 2 of page 1 is damaged in the database; run `crawler db verify`, then restore a backup"
    )
    for read in (lambda: queries.versions(store, due.page), lambda: queries.changes(store), lambda: [*changes(store)]):
        with pytest.raises(Damaged) as told:
            read()
        assert str(told.value) == line
    assert maintenance.verify(store) == ["page 1: the change to version 2 is damaged"]


@pytest.mark.sqlite
def test_a_damaged_file_is_reported_not_raised(path: Path, tmp_path: Path) -> None:
    with opened(path) as store:
        stock(store, versions=3)
    [(root,)] = rows(path, "SELECT rootpage FROM sqlite_master WHERE name = 'content'")
    content = bytearray(path.read_bytes())
    content[4096 * (root - 1) : 4096 * root] = b"\x55" * 4096
    path.write_bytes(content)
    with opened(path) as store:
        assert any("damaged" in problem for problem in maintenance.verify(store))


def test_damage_of_one_page_hides_no_other(store: Store, path: Path) -> None:
    for due in watch(store, source("a"), source("b"), source("c")):
        store.record(changed(due, read=document(due.source.id)))
    alter(path, "UPDATE version SET body = ? WHERE page IN (1, 3)", bytes(9))
    assert [problem[:6] for problem in maintenance.verify(store)] == ["page 1", "page 3"]


# --- retention


def old_versions(store: Store, count: int) -> None:
    [due] = watch(store, source())
    for number in range(count):
        text = f"version {number + 1}"
        read = document(text, captures=(capture(text.encode(), at=OLD),), fetched_at=OLD)
        store.record(changed(due, read=read, at=OLD))
        due = store.due_page(due.page, due.source)


def test_old_bytes_go_and_texts_stay(store: Store) -> None:
    old_versions(store, 5)
    pruned = maintenance.prune(store, now=NOW, keep=KEEP)
    assert (pruned.captures, pruned.contents) == (2, 2)
    assert [store.text(1, number) for number in range(1, 6)] == [f"version {number}" for number in range(1, 6)]
    for number in (1, 4, 5):
        assert queries.captures(store, 1, number)[0].content == f"version {number}".encode()
    for number in (2, 3):
        [thinned] = queries.captures(store, 1, number)
        assert (thinned.content, thinned.sha256) == (b"", hashlib.sha256(f"version {number}".encode()).hexdigest())
    assert maintenance.verify(store) == [], "what was fetched when stays proven"
    assert maintenance.prune(store, now=NOW, keep=KEEP).captures == 0


def test_more_versions_and_every_month_stay_where_that_is_asked_for(store: Store) -> None:
    [due] = watch(store, source())
    for number, day in enumerate((0, 1, 40, 41, 80, 81, 82), 1):
        at = OLD - 300 * DAY + day * DAY
        read = document(f"version {number}", captures=(capture(b"%d" % number, at=at),), fetched_at=at)
        store.record(changed(due, read=read, at=at))
        due = store.due_page(due.page, due.source)
    assert maintenance.prune(store, now=NOW, keep=KEEP, versions=3, period=Period.MONTH).captures == 1
    assert [number for number in range(1, 8) if queries.captures(store, 1, number)[0].content] == [1, 2, 4, 5, 6, 7]
    assert maintenance.prune(store, now=NOW, keep=KEEP).captures == 2
    assert [number for number in range(1, 8) if queries.captures(store, 1, number)[0].content] == [1, 4, 6, 7]


def test_bytes_that_were_thinned_are_kept_when_they_come_again(store: Store) -> None:
    old_versions(store, 5)
    maintenance.prune(store, now=NOW, keep=KEEP)
    due = store.due_page(1, source())
    store.record(changed(due, read=document("version 1", captures=(capture(b"version 1"),))))
    assert queries.captures(store, 1, 6)[0].content == b"version 1"
    assert maintenance.verify(store) == []


def test_rereading_takes_no_bytes_from_the_versions_before(store: Store) -> None:
    old_versions(store, 2)
    due = store.due_page(1, source())
    for number in (3, 4):
        again = NewVersion(number=number, document=document(f"reread {number}", captures=()), reread=True)
        store.record(unchanged(due, reread=again))
        due = store.due_page(1, source())
    assert maintenance.prune(store, now=NOW, keep=KEEP).captures == 0
    assert [queries.captures(store, 1, number)[0].content[-1:] for number in (1, 2, 3, 4)] == [b"1", b"2", b"2", b"2"]


def test_bytes_that_are_young_stay(store: Store) -> None:
    old_versions(store, 5)
    assert maintenance.prune(store, now=NOW, keep=101 * DAY).captures == 0


def test_bytes_that_another_version_shares_stay(store: Store) -> None:
    [due] = watch(store, source())
    same = capture(b"the same", at=OLD)
    for number in range(4):
        store.record(changed(due, read=document(str(number), captures=(same,))))
        due = store.due_page(due.page, due.source)
    pruned = maintenance.prune(store, now=NOW, keep=KEEP)
    assert (pruned.captures, pruned.contents) == (0, 0)
    assert [queries.captures(store, 1, number)[0].content for number in (1, 4)] == [b"the same", b"the same"]


def test_held_bytes_stay_as_long_as_the_suspicion(store: Store, path: Path) -> None:
    [due] = watch(store, source())
    suspicion = Suspicion(fingerprint="", reason="a login page", since=OLD, stands=OLD)
    store.record(unchanged(due, suspicion=suspicion, held=(capture(b"login", at=OLD),)))
    assert maintenance.prune(store, now=NOW, keep=KEEP).captures == 0
    alter(path, "UPDATE page_state SET suspect_since = NULL")
    assert maintenance.prune(store, now=NOW, keep=KEEP).captures == 1


def raise_old(store: Store, name: str, **fields: object) -> None:
    [due] = watch(store, source())
    store.record(unchanged(due, alerts=(alert(name, raised_at=OLD, **{"channels": ("desk",), **fields}),)))


def settle(store: Store, outcome: Sent | NotSent, at: object = OLD) -> None:
    for channel in ("desk", "mail"):
        for delivery in store.outbox.claim(channel, now=NOW, lease=HOUR, limit=9):
            store.outbox.settle(delivery, outcome, now=at, next_attempt=None)


def test_delivered_alerts_go_in_time(store: Store) -> None:
    raise_old(store, "old", channels=("desk", "mail"))
    settle(store, Sent())
    assert maintenance.prune(store, now=NOW, keep=KEEP).alerts == 1
    assert queries.alerts(store) == []
    assert store.outbox.counts() == {"pending": 0, "delivered": 0, "dead": 0}


def test_alerts_that_wait_or_are_dead_stay(store: Store) -> None:
    raise_old(store, "dead")
    settle(store, NotSent(error="no"))
    raise_old(store, "half", channels=("desk", "mail"))
    [delivery] = store.outbox.claim("desk", now=NOW, lease=HOUR, limit=1)
    store.outbox.settle(delivery, Sent(), now=OLD, next_attempt=None)
    raise_old(store, "waits")
    assert maintenance.prune(store, now=NOW, keep=KEEP).alerts == 0
    assert {line.id for line in queries.alerts(store)} == {"dead", "half", "waits"}
    assert store.outbox.counts() == {"pending": 2, "delivered": 1, "dead": 1}


def test_alerts_delivered_lately_stay(store: Store) -> None:
    raise_old(store, "late")
    settle(store, Sent(), at=NOW - DAY)
    assert maintenance.prune(store, now=NOW, keep=KEEP).alerts == 0


def test_alerts_for_nobody_go_in_time(store: Store) -> None:
    raise_old(store, "quiet", channels=())
    assert maintenance.prune(store, now=NOW, keep=KEEP).alerts == 1


def test_thousands_of_delivered_alerts_go_at_once(store: Store) -> None:
    [due] = watch(store, source())
    many = tuple(alert(f"a{number}", raised_at=OLD, channels=()) for number in range(1_200))
    store.record(unchanged(due, alerts=many))
    assert maintenance.prune(store, now=NOW, keep=KEEP).alerts == 1_200


def test_pauses_of_hosts_go_when_they_are_over(store: Store) -> None:
    store.reserve_host("old", OLD, HOUR)
    store.reserve_host("new", NOW, HOUR)
    assert maintenance.prune(store, now=NOW, keep=KEEP).hosts == 1


def room(store: Store, path: Path) -> int:
    """Bytes that the fetched ones take."""
    store.database.close()
    if path.exists():
        return path.stat().st_size
    return sum(rows(path, f"SELECT pg_total_relation_size('{table}')")[0][0] for table in ("content", "dictionary"))


def test_the_room_is_given_back(store: Store, path: Path) -> None:
    [due] = watch(store, source())
    noise = bytes(range(256)) * 8
    for number in range(4):
        content = b"".join(capture(noise + bytes([number, each])).sha256.encode() for each in range(256)) * 8
        read = document(str(number), captures=(capture(content + bytes([number]), at=OLD),))
        store.record(changed(due, read=read))
        due = store.due_page(due.page, due.source)
    before = room(store, path)
    maintenance.prune(store, now=NOW, keep=KEEP, vacuum=True)
    assert room(store, path) < before
    assert maintenance.verify(store) == []


# --- growth


def file_size(store: Store) -> int:
    """Of an SQLite file once all is in it; a server takes and gives back room in its own time."""
    store.database.close()
    return store.database.path.stat().st_size if store.database.path else 0


def test_a_thousand_unchanged_checks_add_no_row(store: Store, path: Path) -> None:
    due = stock(store)
    before = {name: rows(path, f"SELECT count(*) FROM {name}") for name in Base.metadata.tables}
    size = file_size(store)
    for number in range(1_000):
        store.record(unchanged(due, parts=due.parts, at=NOW + number * HOUR, next_check=NOW + (number + 1) * HOUR))
        due = replace(due, checks=due.checks + 1)
    assert {name: rows(path, f"SELECT count(*) FROM {name}") for name in Base.metadata.tables} == before
    assert file_size(store) == size
    assert rows(path, "SELECT checks FROM page_state") == [(1_002,)]


def test_stats(store: Store, path: Path) -> None:
    stock(store, versions=3)
    found = maintenance.stats(store)
    assert (found.sources, found.pages, found.versions, found.changes) == (1, 1, 3, 2)
    assert (found.captures, found.targets, found.alerts, found.deliveries) == (3, 1, 1, 2)
    file = store.database.path
    assert found.bytes == (
        file.stat().st_size if file else rows(path, "SELECT pg_database_size(current_database())")[0][0]
    )
