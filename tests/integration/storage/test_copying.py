"""A whole installation in another database: all of it, exactly, or nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.checks import Outcome, Sent, Suspicion
from crawler.errors import StorageError, UsageError
from crawler.search import parse_query
from storage import access, cards, maintenance
from storage.copying import copy
from storage.search.finding import Where, search
from storage.search.indexing import work_off
from storage.store import Store, open_store
from storage.tables import Base
from tests.support.store import (
    HOUR,
    NOW,
    alert,
    alter,
    capture,
    changed,
    document,
    duplicate,
    listed,
    listing,
    opened,
    refuse_rows,
    rows,
    source,
    stock,
    unchanged,
    url_of,
    watch,
)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Store]:
    """Another store, always on SQLite."""
    with open_store(f"sqlite:///{tmp_path / 'file.db'}", now=NOW) as store:
        yield store


def fill(store: Store) -> None:
    """Something in every table that a watch fills."""
    due = stock(store, versions=4)
    odd = "河川市\0政府工作报告\ud800\n粮食产量稳定在𠀀万吨以上。"
    read = document(odd, title="a\0b\udfff", captures=(capture(bytes(range(256)) * 500),))
    store.record(changed(due, read=read, alerts=(alert("odd\0"),)))
    _, first, second = watch(store, source(), source("b"), source("c"), listing())
    held = Suspicion(fingerprint="f" * 64, reason="much shorter", since=NOW, stands=NOW)
    store.record(replace(unchanged(first), outcome=Outcome.SUSPECT, suspicion=held, held=(capture(b"held"),)))
    store.record(unchanged(second, failures=2, reason="time-out", outcome=Outcome.FAILED))
    [reading] = store.due_listings({"portal": listing()}, NOW)
    store.record_listing(listed(reading, ("https://www.example.org/portal/1.html", "一")))
    store.reserve_host("www.example.org", NOW, HOUR)
    [delivery, *_] = store.outbox.claim("desk", now=NOW, lease=HOUR, limit=1)
    store.outbox.settle(delivery, Sent(), now=NOW, next_attempt=None)
    access.set_password(store, "wang", "$argon2id$x", NOW)
    access.add_token(store, "feed", "secret", ["feed"], NOW)
    access.begin_session(store, "cookie", "wang", NOW)
    cards.mark_read(store, "wang", [(due.page, 2)])
    cards.mark_all_read(store, "wang", NOW)


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.database.read() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(table.select().order_by(*table.primary_key.columns))]
            for table in Base.metadata.sorted_tables
            if table.name != "unindexed"
        }


def test_all_of_it_comes_over_and_goes_back(store: Store, file: Store, other: Store) -> None:
    fill(store)
    told = copy(store, file)
    assert everything(file) == everything(store)
    assert {each.table: each.rows for each in told} == {name: len(found) for name, found in everything(store).items()}
    assert [each.sha256 for each in copy(file, other)] == [each.sha256 for each in told]
    assert everything(other) == everything(store)
    assert maintenance.verify(file) == maintenance.verify(other) == []
    for each in (store, file, other):
        while work_off(each):
            pass
        assert [found.page for found in search(each, parse_query("340万吨"), Where(any_version=True)).found] == [1]


def test_the_copy_goes_on_where_the_other_stood(store: Store, file: Store, path: Path, tmp_path: Path) -> None:
    fill(store)
    copy(store, file)
    with opened(tmp_path / "third.db") as third:
        copy(file, third)
        highest = max(number for (number,) in rows(tmp_path / "third.db", "SELECT id FROM page"))
        dues = watch(third, source(), source("new"))
        assert max(due.page for due in dues) == highest + 1
        due = next(due for due in dues if due.source.id == "hechuan")
        third.record(changed(due, alerts=(alert("later"),)))
        assert third.due_page(due.page, due.source).version == due.version + 1
        assert maintenance.verify(third) == []
    with opened(tmp_path / "third.db") as third:
        assert third.installation == store.installation, "ids of alerts are derived from it"


def test_progress_is_told_and_portions_leave_nothing_out(
    store: Store, file: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.copying._ROWS", 2)
    monkeypatch.setattr("storage.copying._HEAVY_ROWS", 1)
    fill(store)
    told: list[tuple[str, int, int]] = []
    copy(store, file, progress=lambda *step: told.append(step))
    assert everything(file) == everything(store)
    assert [step for step in told if step[0] == "version"] == [("version", 2, 5), ("version", 4, 5), ("version", 5, 5)]


def test_what_is_not_empty_is_left_alone(store: Store, file: Store) -> None:
    fill(store)
    watch(file, source("mine"))
    before = everything(file)
    with pytest.raises(UsageError, match=r"is not empty \(it has rows in source\)"):
        copy(store, file)
    assert everything(file) == before
    with pytest.raises(UsageError, match="is not empty"):
        copy(store, store)


def test_a_copy_that_fails_leaves_nothing(store: Store, file: Store, path: Path) -> None:
    fill(file)
    refuse_rows(path, "delivery", "disk on fire")
    before = everything(store)
    with pytest.raises(StorageError, match="disk on fire"):
        copy(file, store)
    assert everything(store) == before


@pytest.mark.parametrize("mode", ["another", "lost"])
def test_a_row_that_is_not_the_same_leaves_nothing(store: Store, file: Store, path: Path, mode: str) -> None:
    fill(file)
    before = everything(store)
    tamper(path, mode)
    with pytest.raises(StorageError, match="of host is not the same in the copy; nothing was copied"):
        copy(file, store)
    assert everything(store) == before


def tamper(path: Path, mode: str) -> None:
    """A database that keeps something else than it was given."""
    if url_of(path).startswith("sqlite"):
        act = "UPDATE host SET next_allowed = NULL" if mode == "another" else "DELETE FROM host"
        alter(path, f"CREATE TRIGGER sly AFTER INSERT ON host BEGIN {act}; END")
        return
    act = "NEW.next_allowed := NULL; RETURN NEW" if mode == "another" else "RETURN NULL"
    alter(path, f"CREATE FUNCTION sly() RETURNS trigger AS $$ BEGIN {act}; END $$ LANGUAGE plpgsql")
    alter(path, "CREATE TRIGGER sly BEFORE INSERT ON host FOR EACH ROW EXECUTE FUNCTION sly()")


def test_a_row_that_cannot_be_read_is_named(file: Store, store: Store, tmp_path: Path) -> None:
    fill(file)
    with closing(sqlite3.connect(tmp_path / "file.db")) as connection, connection:
        connection.execute("UPDATE version SET fetched_at = 'yesterday'")
    with pytest.raises(StorageError, match="a row of version cannot be read"):
        copy(file, store)
    assert store.next_due() is None


def test_what_a_killed_copy_had_done_is_nothing(file: Store, fresh: Path, path: Path) -> None:
    """And it can be made again: the transaction was never ended."""
    duplicate(fresh, path)
    fill(file)

    def die(table: str, _done: int, _total: int) -> None:
        if table == "version":
            raise KeyboardInterrupt

    with opened(path) as store:
        with pytest.raises(KeyboardInterrupt):
            copy(file, store, progress=die)
        assert store.next_due() is None
        copy(file, store)
        assert everything(store) == everything(file)
