"""Copies, backups and histories of a database whose captures lie in an S3 store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.errors import Away
from storage import maintenance, queries
from storage.copying import copy
from storage.store import Store, open_store
from tests.support.evidence import exported, taken, told, written
from tests.support.s3 import S3Server, move_all
from tests.support.store import DAY, NOW, duplicate, opened, rows, stock

LATER = NOW + 400 * DAY


@pytest.fixture
def store(path: Path, fresh: Path, s3: S3Server) -> Iterator[Store]:
    """One with the server beside it."""
    duplicate(fresh, path)
    with opened(path, captures=s3.url()) as store:
        yield store


def contents(store: Store) -> list[bytes]:
    return [each.content for line in queries.versions(store, 1) for each in queries.captures(store, 1, line.version)]


def test_a_copy_has_the_bytes_in_itself_and_neither_takes_the_others(
    store: Store, other: Store, tmp_path: Path, s3: S3Server
) -> None:
    stock(store, versions=4)
    before = contents(store)
    move_all(store)
    copied = {each.table: each.rows for each in copy(store, other)}
    assert copied["content"] == 4
    assert rows(tmp_path / "other.db", "SELECT count(*) FROM content WHERE blob IS NULL AND length(data) > 0") == [(4,)]
    assert contents(other) == before
    assert maintenance.verify(other) == []
    with opened(tmp_path / "other.db", captures=s3.url()) as grown:
        assert move_all(grown) == 4
        assert len(s3.names()) == 8
        assert maintenance.prune(grown, now=LATER, keep=DAY).blobs == 1
        assert maintenance.verify(grown) == []
    assert contents(store) == before
    assert len(s3.names()) == 7


def test_what_is_lost_is_lost_in_the_copy_and_the_rest_is_copied(store: Store, other: Store, s3: S3Server) -> None:
    stock(store, versions=3)
    move_all(store)
    s3.delete(s3.names()[0])
    copy(store, other)
    assert len(maintenance.verify(store)) == 1
    [problem] = maintenance.verify(other)
    assert "lie in an S3 store" in problem
    assert [queries.show(other, 1, number).body for number in (1, 2, 3)] == [
        queries.show(store, 1, number).body for number in (1, 2, 3)
    ]


def test_nothing_is_copied_while_the_store_is_away(store: Store, other: Store, path: Path, tmp_path: Path) -> None:
    stock(store)
    move_all(store)
    with opened(path) as unnamed, pytest.raises(Away):
        copy(unnamed, other)
    assert rows(tmp_path / "other.db", "SELECT count(*) FROM page") == [(0,)]


@pytest.mark.sqlite
def test_a_backup_finds_its_bytes_where_they_were(store: Store, path: Path, tmp_path: Path, s3: S3Server) -> None:
    stock(store)
    before = contents(store)
    move_all(store)
    maintenance.backup(store, tmp_path / "backup.db")
    with open_store(f"sqlite:///{tmp_path / 'backup.db'}", now=NOW, captures=s3.url()) as restored:
        assert contents(restored) == before
        assert maintenance.verify(restored) == []


def test_a_history_is_written_with_bytes_from_there_and_taken_over(
    store: Store, other: Store, tmp_path: Path, s3: S3Server
) -> None:
    told(store)
    inside = exported(store)
    assert move_all(store) > 0
    assert exported(store) == inside
    taken(other, written(tmp_path, inside))
    assert contents(other) == contents(store)
    assert maintenance.verify(other) == []
