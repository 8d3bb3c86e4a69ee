"""Trouble of disk and server in the middle of work: one clear line, nothing half written, no secret told."""

import sqlite3
from pathlib import Path

import pytest

from crawler.errors import StorageError, UsageError
from storage import maintenance
from storage.database import connect
from storage.sqlite import advice
from storage.store import Store, open_store
from tests.support.store import (
    NOW,
    alert,
    alter,
    capture,
    changed,
    document,
    opened,
    rows,
    source,
    stock,
    unchanged,
    watch,
)

SECRET = "hunter2"


def fill_disk(store: Store) -> None:
    """No page can be added to the file any more."""
    with store.database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def free_disk(store: Store) -> None:
    with store.database.read() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")


@pytest.mark.sqlite
def test_a_full_disk(store: Store, path: Path) -> None:
    due = stock(store)
    fill_disk(store)
    noise = b"".join(capture(bytes([number])).sha256.encode() for number in range(256)) * 40
    large = changed(due, read=document("x", captures=(capture(noise),)), alerts=(alert("late"),))
    with pytest.raises(StorageError) as refused:
        store.record(large)
    assert str(refused.value) == f"{path} has no room left on its disk; free some space"
    assert store.due_page(due.page, due.source) == due
    assert rows(path, "SELECT count(*) FROM alert WHERE id = 'late'") == [(0,)]
    free_disk(store)
    store.record(large)
    assert store.due_page(due.page, due.source).version == 3


@pytest.mark.sqlite
def test_an_unchanged_page_needs_no_room(store: Store) -> None:
    due = stock(store)
    fill_disk(store)
    store.record(unchanged(due))


def test_a_table_that_is_missing_is_told_in_one_line(store: Store, path: Path) -> None:
    [due] = watch(store, source())
    alter(path, "ALTER TABLE page_state RENAME TO gone")
    with pytest.raises(StorageError) as refused:
        store.record(unchanged(due))
    said = {"no such table: page_state", 'relation "page_state" does not exist'}
    assert str(refused.value).removeprefix(f"{store.database.name}: ").partition(" LINE")[0] in said


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("SQLITE_BUSY", "locked"),
        ("SQLITE_BUSY_SNAPSHOT", "locked"),
        ("SQLITE_READONLY_DBMOVED", "read-only"),
        ("SQLITE_IOERR_FSYNC", "check the disk"),
        ("SQLITE_CORRUPT_VTAB", "restore a backup"),
        ("SQLITE_CANTOPEN_ISDIR", "cannot be opened"),
        ("SQLITE_PERM", "may not be opened"),
    ],
)
def test_every_trouble_has_its_advice(name: str, word: str) -> None:
    error = sqlite3.OperationalError()
    error.sqlite_errorname = name
    assert word in advice(error)


@pytest.mark.sqlite
@pytest.mark.parametrize("error", [None, ValueError("x"), sqlite3.OperationalError("no such table: x")])
def test_what_is_no_trouble_of_the_file_has_none(error: BaseException | None) -> None:
    assert advice(error) is None


def test_a_store_can_be_used_by_any_thread_after_trouble(store: Store, path: Path) -> None:
    due = stock(store)
    with opened(path, timeout="0.02") as other:
        for _ in range(30):  # more than the pool holds: no connection is lost to an error
            with store.database.write(), pytest.raises(StorageError):
                other.record(unchanged(due))
        other.record(unchanged(due))


def test_closing_twice_is_no_trouble(path: Path) -> None:
    store = opened(path)
    store.close()
    store.close()


# --- a server instead of a file


def test_a_password_with_a_raw_at_sign_is_not_shown_as_a_host() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StorageError, match="%40") as raised:
        open_store(f"postgresql+psycopg://crawler:p@{SECRET}@127.0.0.1:1/reports", now=NOW)
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize("address", ["crawler:{0}@127.0.0.1:1/reports", "127.0.0.1:1/reports?user=c&password={0}"])
def test_the_password_of_a_server_is_never_shown(address: str) -> None:
    pytest.importorskip("psycopg")
    database = connect(f"postgresql+psycopg://{address.format(SECRET)}")
    assert SECRET not in database.name
    assert "reports" in database.name
    database.close()


def test_a_server_that_is_not_there() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StorageError) as refused:
        open_store(f"postgresql+psycopg://crawler:{SECRET}@127.0.0.1:1/reports", now=NOW)
    assert "127.0.0.1" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert SECRET not in str(refused.value)


@pytest.mark.postgresql
def test_a_server_is_copied_by_its_own_tools(store: Store, tmp_path: Path) -> None:
    stock(store)
    with pytest.raises(UsageError, match="use pg_dump for PostgreSQL"):
        maintenance.backup(store, tmp_path / "copy")
    assert list(tmp_path.iterdir()) == []
