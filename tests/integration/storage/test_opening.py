"""A database is made, recognised, or refused with one line that names it and says what to do."""

import os
import re
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crawler.errors import StorageError
from storage.store import open_store
from tests.support import store as support
from tests.support.store import NOBODY, NOW, alter, opened, rows, run_python, stock, url_of, watch

OPEN = f"""
import os, sys
from datetime import UTC, datetime
from crawler.errors import StorageError
from storage.store import open_store
if "--unprivileged" in sys.argv and os.geteuid() == 0:
    os.setgroups([]), os.setgid({NOBODY}), os.setuid({NOBODY})
try:
    with open_store(sys.argv[1], now=datetime.now(UTC)) as store:
        print("opened")
except StorageError as error:
    print("refused:", error)
"""


def refusal(path: Path, **options: str) -> str:
    """The one line with which the file is refused."""
    with pytest.raises(StorageError) as refused:
        opened(path, **options)
    text = str(refused.value)
    assert "\n" not in text
    assert (name_of(path)) in text
    return text


def name_of(path: Path) -> str:
    """What messages call it."""
    return support.SERVER.name_of(path) if support.SERVER else str(path)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that an unprivileged user reaches (pytest's own is closed to others)."""
    folder = Path(tempfile.mkdtemp(prefix="crawler-store-"))
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


def opened_by_user(path: Path) -> str:
    """What an unprivileged user is told who opens the file."""
    told = run_python(OPEN, url_of(path), "--unprivileged")
    assert told.returncode == 0, told.stderr
    return told.stdout.strip()


# --- made


@pytest.mark.sqlite
def test_a_missing_database_is_made_for_its_owner_only(path: Path) -> None:
    with opened(path) as store:
        watch(store)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.with_name("crawler.db-wal").stat().st_mode) == 0o600


def test_it_keeps_its_installation_for_good(path: Path, tmp_path: Path) -> None:
    with opened(path) as store:
        first = store.installation
    assert re.fullmatch(r"[0-9a-f]{32}", first)
    with opened(path) as store:
        assert store.installation == first
    with opened(tmp_path / "other.db") as other:
        assert other.installation != first


@pytest.mark.sqlite
def test_it_is_in_wal_mode_and_checks_references(path: Path) -> None:
    with opened(path) as store, store.database.read() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": 5000}


@pytest.mark.sqlite
def test_an_empty_file_is_taken(path: Path) -> None:
    path.touch()
    with opened(path) as store:
        assert watch(store) == []


@pytest.mark.sqlite
def test_a_closed_store_leaves_one_file(path: Path) -> None:
    with opened(path) as store:
        stock(store)
    assert [each.name for each in path.parent.iterdir()] == ["crawler.db"]


def test_what_was_stored_is_there_again(path: Path) -> None:
    with opened(path) as store:
        due = stock(store)
    with opened(path) as store:
        assert store.due_page(due.page, due.source) == due


def test_start_up_at_head_needs_no_alembic(path: Path) -> None:
    opened(path).close()
    told = run_python(OPEN + "\nprint('alembic' in sys.modules)", url_of(path))
    assert told.stdout.split() == ["opened", "False"], told.stderr


def test_start_up_at_head_copies_nothing(path: Path) -> None:
    opened(path).close()
    opened(path).close()
    assert list(path.parent.glob("*backup*")) == []


# --- refused


@pytest.mark.sqlite
def test_a_missing_folder(tmp_path: Path) -> None:
    assert "the folder" in refusal(tmp_path / "nowhere" / "crawler.db")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.sqlite
def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


@pytest.mark.sqlite
@pytest.mark.parametrize("content", [b"sources: []\n" * 100, bytes(range(256)) * 64, b"\0" * 5000])
def test_not_a_database(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert "is not a database; choose another file" in refusal(path)
    assert path.read_bytes() == content


@pytest.mark.sqlite
def test_another_programs_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    before = path.read_bytes()
    assert "the database of another program" in refusal(path)
    assert rows(path, "SELECT name FROM sqlite_master") == [("bookmarks",)]
    assert len(path.read_bytes()) == len(before)


def test_another_program_that_uses_alembic_too(path: Path) -> None:
    alter(path, "CREATE TABLE alembic_version (version_num TEXT)")
    assert "the database of another program" in refusal(path)


def test_a_newer_schema(path: Path) -> None:
    with opened(path) as store:
        stock(store)
    alter(path, "UPDATE alembic_version SET version_num = '9f00'")
    text = refusal(path)
    assert "made by a newer version of crawler" in text
    assert "9f00" in text
    assert rows(path, "SELECT version_num FROM alembic_version") == [("9f00",)]
    assert rows(path, "SELECT count(*) FROM version") == [(2,)]
    assert list(path.parent.glob("*backup*")) == []


def test_a_lost_installation(path: Path) -> None:
    opened(path).close()
    alter(path, "DELETE FROM installation")
    with pytest.raises(StorageError, match="restore a backup"):
        opened(path)


@pytest.mark.sqlite
def test_a_damaged_file(path: Path) -> None:
    with opened(path) as store:
        stock(store)
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(content)
    assert re.search("is damaged; restore a backup|is not a database", refusal(path))


@pytest.mark.sqlite
def test_a_truncated_file(path: Path) -> None:
    with opened(path) as store:
        stock(store)
    path.write_bytes(path.read_bytes()[:9000])
    assert "is damaged; restore a backup" in refusal(path)


@pytest.mark.sqlite
def test_a_locked_file(path: Path) -> None:
    opened(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "is locked by another program" in refusal(path, timeout="0.05")
    opened(path).close()


@pytest.mark.sqlite
def test_a_locked_new_file(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "is locked by another program" in refusal(path, timeout="0.05")
    opened(path).close()


@pytest.mark.sqlite
def test_a_read_only_file(open_folder: Path) -> None:
    path = open_folder / "crawler.db"
    opened(path).close()
    path.chmod(0o444)
    assert (
        opened_by_user(path) == f"refused: {path} is read-only; allow this user to write to the file and to its folder"
    )


@pytest.mark.sqlite
def test_a_file_closed_to_the_user(open_folder: Path) -> None:
    path = open_folder / "crawler.db"
    opened(path).close()
    path.chmod(0o000)
    assert "cannot be opened; allow this user to read and write" in opened_by_user(path)


@pytest.mark.sqlite
def test_a_read_only_folder(open_folder: Path) -> None:
    path = open_folder / "crawler.db"
    opened(path).close()
    path.chmod(0o666)
    open_folder.chmod(0o555)
    told = opened_by_user(path)
    assert told.startswith(f"refused: {path} ")
    assert "folder" in told


@pytest.mark.sqlite
def test_a_new_file_in_a_read_only_folder(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    path = open_folder / "crawler.db"
    told = opened_by_user(path)
    assert told.startswith(
        f"refused: {path} cannot be created (Permission denied); allow this user to write to the folder"
    )


@pytest.mark.parametrize("address", ["crawler.db", "", "nosuch://x", "://", "sqlite:///x.db?timeout=soon"])
def test_an_address_that_is_none(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StorageError, match=r"write .* as sqlite:///crawler\.db or postgresql://user@host/name"):
        open_store(address, now=NOW)


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:x?mode=memory&uri=true"])
def test_a_database_without_a_file(address: str) -> None:
    with pytest.raises(StorageError, match="needs a file"):
        open_store(address, now=NOW)


def test_a_database_whose_driver_is_missing() -> None:
    code = "import sys; sys.modules['psycopg'] = None" + OPEN
    told = run_python(code, "postgresql://localhost:1/x").stdout
    assert "needs the package psycopg; pip install 'report-crawler[postgresql]'" in told
