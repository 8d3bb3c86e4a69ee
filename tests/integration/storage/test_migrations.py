"""The schema equals the sum of its migrations, and moving to it never loses what was there."""

import shutil
import stat
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from crawler.checks import Outcome, Suspicion
from crawler.errors import StorageError
from crawler.search import parse_query
from storage import maintenance, migrate, opening, watched
from storage.database import connect
from storage.search.finding import Where, search
from storage.search.indexing import waiting, work_off
from storage.store import Store
from storage.tables import Base
from tests.support.store import HOUR, NOW, alter, moment, opened, partial_indexes, rows, stock, unchanged, url_of, views

NEXT = '''"""A later schema, for tests."""
import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{head}"


def upgrade():
    {steps}
'''

HEAD = opening.HEAD


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Later":
    """The program as a later version of it: with one more revision."""
    return Later(tmp_path / "migrations", monkeypatch)


class Later:
    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder, self._patch = folder, monkeypatch

    def comes_with(self, *steps: str) -> None:
        shutil.copytree(migrate.SCRIPTS, self._folder, ignore=shutil.ignore_patterns("__pycache__"))
        (self._folder / "versions" / "r9000_later.py").write_text(NEXT.format(head=HEAD, steps="\n    ".join(steps)))
        self._patch.setattr(migrate, "SCRIPTS", self._folder)
        self._patch.setattr(opening, "HEAD", "9000")


ADD_NOTE = 'op.add_column("page", sa.Column("note", sa.Text()))'
REBUILD = (
    'with op.batch_alter_table("page", recreate="always") as table:',
    '    table.add_column(sa.Column("note", sa.Text()))',
)


def test_the_schema_equals_the_sum_of_its_migrations(store: Store) -> None:
    def ours(_: object, name: str | None, kind: str, *__: object) -> bool:
        return not (kind == "table" and (name or "").startswith("search"))  # FTS5's own, see `storage.search.index`

    with store.database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": ours})
        assert compare_metadata(context, Base.metadata) == []


def test_indexes_over_some_rows_are_the_same_too(store: Store, path: Path, tmp_path: Path) -> None:
    """Alembic does not compare their conditions."""
    with opened(tmp_path / "other.db") as other, other.database.migrating() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            table.drop(connection)
        Base.metadata.create_all(connection)
    found = partial_indexes(path)
    assert len(found) == 2
    assert found == partial_indexes(tmp_path / "other.db")


def test_the_head_known_at_start_up_is_that_of_the_scripts() -> None:
    assert ScriptDirectory(str(migrate.SCRIPTS)).get_heads() == [opening.HEAD]
    assert migrate.knows(opening.HEAD)
    assert not migrate.knows("9f00")


@pytest.mark.sqlite
def test_an_older_schema_is_brought_up_to_date_after_a_copy(path: Path, later: Later) -> None:
    with opened(path) as store:
        due = stock(store, versions=3)
        installation = store.installation
    later.comes_with(ADD_NOTE)
    with opened(path) as store:
        assert store.installation == installation
        assert store.due_page(due.page, due.source) == due
    assert rows(path, "SELECT note FROM page") == [(None,)]
    copy = path.with_name(f"crawler.db.backup-{HEAD}-20261122T080000Z")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert rows(copy, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    assert rows(copy, "SELECT count(*) FROM version") == [(3,)]


@pytest.mark.sqlite
def test_the_copy_can_be_opened_in_its_place(path: Path, later: Later, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(path) as store:
        due = stock(store)
    with monkeypatch.context() as newer:
        Later(path.parent / "newer", newer).comes_with(ADD_NOTE)
        opened(path).close()
    with pytest.raises(StorageError, match="made by a newer version"):
        opened(path)
    path.with_name(f"crawler.db.backup-{HEAD}-20261122T080000Z").replace(path)
    with opened(path) as store:
        assert store.due_page(due.page, due.source) == due


@pytest.mark.sqlite
def test_a_table_that_others_refer_to_can_be_rebuilt(path: Path, later: Later) -> None:
    with opened(path) as store:
        due = stock(store)
    later.comes_with(*REBUILD)
    with opened(path) as store:
        assert store.due_page(due.page, due.source) == due
        with pytest.raises(StorageError, match=r"(?i)foreign key"), store.database.write() as connection:
            connection.exec_driver_sql("DELETE FROM page")
        assert maintenance.verify(store) == []


def test_a_failing_migration_leaves_all_as_it_was(path: Path, later: Later) -> None:
    with opened(path) as store:
        stock(store)
    later.comes_with(ADD_NOTE, 'op.drop_table("nowhere")')
    with pytest.raises(StorageError, match="nowhere"):
        opened(path)
    assert rows(path, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    with closing(connect(url_of(path))) as database, database.read() as connection:
        assert "note" not in [column["name"] for column in inspect(connection).get_columns("page")]


@pytest.mark.sqlite
def test_nothing_is_migrated_where_no_copy_can_be_made(path: Path, later: Later) -> None:
    with opened(path) as store:
        stock(store)
    path.with_name(f"crawler.db.backup-{HEAD}-20261122T080000Z").mkdir()
    later.comes_with(ADD_NOTE)
    with pytest.raises(StorageError, match="exists already"):
        opened(path)
    assert rows(path, "SELECT version_num FROM alembic_version") == [(HEAD,)]


def test_what_another_process_migrated_meanwhile_is_taken(path: Path, later: Later) -> None:
    later.comes_with(ADD_NOTE)
    with opened(path) as first, opened(path) as second:
        assert first.installation == second.installation
    assert list(path.parent.glob("*backup*")) == []
    assert rows(path, "SELECT version_num FROM alembic_version") == [("9000",)]


def test_the_migration_waits_for_no_clock(path: Path) -> None:
    opened(path, now=NOW).close()
    assert rows(path, "SELECT created_at FROM installation") == [(moment(NOW),)]


def test_what_was_held_back_before_it_was_known_since_when_is_taken_to_stand_since_it_was_doubted(path: Path) -> None:
    with opened(path) as store:
        due = stock(store)
        held = Suspicion(fingerprint="f" * 64, reason="much shorter", since=NOW, stands=NOW)
        store.record(replace(unchanged(due), outcome=Outcome.SUSPECT, suspicion=held))
    before_readings_stood(path)
    alter(path, "UPDATE alembic_version SET version_num = '0002'")
    with opened(path) as store:
        again = store.due_page(due.page, due.source)
    assert (again.suspicion, again.swings, again.swung_at) == (held, 0, None)


def test_pages_stored_before_there_were_comparisons_are_compared_once(path: Path) -> None:
    with opened(path) as store:
        due = stock(store)
    without_views(path)
    for what in ("TABLE unpaired", "TABLE comparison", "INDEX page_region_year"):
        alter(path, f"DROP {what}")
    before_readings_stood(path)
    alter(path, "UPDATE alembic_version SET version_num = '0001'")
    with opened(path) as store:
        assert store.due_page(due.page, due.source) == due
    assert rows(path, "SELECT page FROM unpaired") == [(due.page,)]


def test_versions_stored_before_there_were_seals_are_sealed(path: Path) -> None:
    with opened(path) as store:
        stock(store, versions=3)
    seals = rows(path, "SELECT number, seal FROM version ORDER BY number")
    before_seals(path)
    alter(path, "UPDATE alembic_version SET version_num = '0004'")
    with opened(path) as store:
        assert maintenance.verify(store) == []
    assert rows(path, "SELECT number, seal FROM version ORDER BY number") == seals


def test_what_was_read_well_before_that_was_noted_counts_as_read_at_its_last_check(path: Path) -> None:
    with opened(path) as store:
        due = stock(store)
        store.record(unchanged(due, at=NOW + HOUR))
    before_successes(path)
    alter(path, "UPDATE alembic_version SET version_num = '0008'")
    with opened(path) as store:
        [line] = watched.sources(store)
    assert line.succeeded_at == line.checked_at == "2026-11-22T09:00:00Z"


def test_versions_stored_before_there_was_a_search_wait_to_be_indexed(path: Path) -> None:
    with opened(path) as store:
        stock(store, versions=3)
    before_search(path)
    alter(path, "UPDATE alembic_version SET version_num = '0011'")
    with opened(path) as store:
        assert waiting(store) == 3
        assert work_off(store) == 3
        [found] = search(store, parse_query("320万吨"), Where(any_version=True)).found
    assert (found.version, found.newest) == (1, 3)


def test_edits_that_were_found_before_are_counted(path: Path) -> None:
    with opened(path) as store:
        due = stock(store, versions=3)
    alter(path, "UPDATE version SET published = '2026-01-20' WHERE number = 3")
    before_next_checks(path)
    alter(path, "UPDATE alembic_version SET version_num = '0015'")
    with opened(path) as store:
        known = store.due_page(due.page, due.source).history
    assert (known.edits, known.published) == (2, date(2026, 1, 20))


def before_readings_stood(path: Path) -> None:
    """The tables as revision 0002 left them."""
    without_views(path)
    for column in ("suspect_stands", "swings", "swung_at"):
        alter(path, f"ALTER TABLE page_state DROP COLUMN {column}")
    alter(path, "ALTER TABLE delivery DROP COLUMN reached")
    before_seals(path)


def before_seals(path: Path) -> None:
    """The tables as revision 0004 left them."""
    before_successes(path)
    for table in ("read_mark", "read_until", "session", "token", "reader", "changed_target"):
        alter(path, f"DROP TABLE {table}")
    for column in ("severity", "changed", "added", "removed"):
        alter(path, f"ALTER TABLE change DROP COLUMN {column}")
    alter(path, "ALTER TABLE version DROP COLUMN seal")
    alter(path, "DROP TABLE channel")
    alter(path, "ALTER TABLE source DROP COLUMN told_partly")


def before_successes(path: Path) -> None:
    """The tables as revision 0008 left them."""
    without_views(path)
    before_search(path)
    alter(path, "ALTER TABLE change DROP COLUMN edits")
    for table in ("page_state", "listing"):
        alter(path, f"ALTER TABLE {table} DROP COLUMN succeeded_at")


def before_search(path: Path) -> None:
    """The tables as revision 0011 left them."""
    before_browsing(path)
    for table in ("search", "unindexed"):
        alter(path, f"DROP TABLE {table}")


def before_browsing(path: Path) -> None:
    """The tables and indexes as revision 0012 left them."""
    before_next_checks(path)
    alter(path, "DROP TABLE tally")
    alter(path, "ALTER TABLE part DROP COLUMN imprint")
    for name in ("change_at", "target_key", "page_year", "delivery_state"):
        alter(path, f"DROP INDEX {name}")
    alter(path, "CREATE INDEX change_at ON change (at)")
    alter(path, "CREATE INDEX target_key ON target (key)")


def before_next_checks(path: Path) -> None:
    """The tables as revision 0015 left them."""
    without_dictionaries(path)
    alter(path, "ALTER TABLE content DROP COLUMN blob")
    alter(path, "ALTER TABLE installation DROP COLUMN folder")
    alter(path, "DROP TABLE episode")
    for table, column in (("page", "published"), ("page", "edits"), ("page_state", "why")):
        alter(path, f"ALTER TABLE {table} DROP COLUMN {column}")


def without_dictionaries(path: Path) -> None:
    """The table as it was before bytes were compressed with those of other pages; only of a database without any."""
    alter(path, "DROP INDEX content_dictionary")
    alter(path, "ALTER TABLE content DROP COLUMN dictionary")
    alter(path, "DROP TABLE dictionary")


def without_views(path: Path) -> None:
    """The database as it was before there were views, which hold on to their columns."""
    for name in views(path):
        alter(path, f"DROP VIEW {name}")
