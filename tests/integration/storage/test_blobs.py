"""Captures' bytes in an S3 store: moved there, and read from there by all who need them."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import maintenance, queries
from storage.moving import Mover
from storage.store import Store
from tests.support.s3 import S3Server, move_all
from tests.support.store import changed, duplicate, opened, rows, stock


@pytest.fixture
def store(path: Path, fresh: Path, s3: S3Server) -> Iterator[Store]:
    """One with the server beside it."""
    duplicate(fresh, path)
    with opened(path, captures=s3.url()) as store:
        yield store


def inside(path: Path) -> list[int]:
    """How many bytes of each content are in the database."""
    return [size for (size,) in rows(path, "SELECT length(data) FROM content ORDER BY 1")]


def contents(store: Store, page: int = 1) -> list[bytes]:
    return [each.content for line in queries.versions(store, page) for each in queries.captures(store, 1, line.version)]


def test_bytes_leave_the_database_and_are_read_as_before(store: Store, path: Path, s3: S3Server) -> None:
    stock(store, versions=3)
    before = contents(store)
    assert len(set(before)) == 3
    assert move_all(store) == 3
    assert inside(path) == [0, 0, 0]
    assert len(s3.names()) == 3
    for content in before:
        digest = hashlib.sha256(content).hexdigest()
        assert sum(key.rpartition("/")[2].startswith(f"{digest}.") for key in s3.names()) == 1
    assert contents(store) == before
    assert queries.kept(store, 1, 2) == [("https://www.example.org/hechuan.html", True)]
    assert [each.content for each in store.captures(1, ["https://www.example.org/hechuan.html"])] == before[-1:]
    assert maintenance.verify(store) == []
    assert move_all(store) == 0


def test_what_comes_later_is_moved_later(store: Store, path: Path, s3: S3Server) -> None:
    due = stock(store, versions=1)
    mover = Mover(store)
    assert [mover.work_off(), mover.work_off()] == [1, 0]
    store.record(changed(due))
    assert [size > 0 for size in inside(path)] == [False, True]
    assert [mover.work_off(), mover.work_off()] == [1, 0]
    assert inside(path) == [0, 0]
    assert len(s3.names()) == 2


def test_without_the_store_nothing_moves(path: Path, fresh: Path) -> None:
    duplicate(fresh, path)
    with opened(path) as store:
        stock(store)
        assert move_all(store) == 0
    assert 0 not in inside(path)


def test_large_ones_are_not_in_memory_together(store: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stock(store, versions=3)
    monkeypatch.setattr("storage.moving.ROOM", 1)
    mover = Mover(store)
    assert [mover.work_off() for _ in range(4)] == [1, 1, 1, 0]
    assert inside(path) == [0, 0, 0]
