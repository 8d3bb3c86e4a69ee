"""The views for people who read the file with SQL: documented, right, fast, and never in an upgrade's way."""

import re
from contextlib import closing
from pathlib import Path
from sqlite3 import Row, connect
from typing import Any

import pytest
import yaml

from crawler.model import TargetDiff
from storage import export, migrate, queries, views, watched
from storage.tables import Base
from tests.support.store import (
    HOUR,
    NOW,
    ROOT,
    alter,
    changed,
    document,
    listing,
    opened,
    rows,
    source,
    stock,
    target,
    unchanged,
    watch,
)

DOCS = [ROOT / "docs" / name for name in ("data.md", "data.zh-CN.md")]
DEADLINE = target("高铁通车", None, unit="date", period="2027-06", kind="deadline", text="2027年6月")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with a page of five versions, one that fails, and a listing."""
    path = tmp_path / "crawler.db"
    with opened(path) as store:
        due = stock(store, 3)
        words = document("words only", fetched_at=NOW + HOUR)
        store.record(changed(store.due_page(due.page, due.source), read=words))
        both = TargetDiff(added=(target("就业"),), removed=(DEADLINE,))
        found = (target("就业", "-0.5", unit="%"), DEADLINE)
        read = document("more", targets=found, fetched_at=NOW + 2 * HOUR)
        store.record(changed(store.due_page(due.page, due.source), read=read, targets=both))
        _, failing = watch(store, source(), source("failing"), listing())
        store.record(unchanged(failing, failures=2, reason="time-out", outcome="failed"))
    return path


def view(path: Path, name: str, more: str = "") -> list[dict[str, Any]]:
    """A view as another program reads it."""
    with closing(connect(f"file:{path}?mode=ro", uri=True)) as connection:
        connection.row_factory = Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {name} {more}")]


def moment(stored: str | None) -> str | None:
    return stored and stored.replace(" ", "T").removesuffix(".000000") + "Z"


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_every_column_is_documented(path: Path, page: Path) -> None:
    told: dict[str, list[str]] = {}
    section = ""
    for line in page.read_text("utf-8").splitlines():
        if heading := re.match(r"### (v_\w+)", line):
            section = heading[1]
        elif line.startswith("## "):
            section = ""
        elif column := re.match(r"\| `(\w+)` \|", line):
            told.setdefault(section, []).append(column[1])
    told.pop("", None)
    there = [name for (name,) in rows(path, "SELECT name FROM sqlite_master WHERE type = 'view'")]
    assert {name: [column for _, column, *_ in rows(path, f"PRAGMA table_info({name})")] for name in there} == told


def test_pages_and_sources_are_those_of_the_program(path: Path) -> None:
    with opened(path) as store:
        pages, sources = queries.pages(store), watched.sources(store)
    for row, line in zip(view(path, "v_pages", "ORDER BY source, page"), pages, strict=True):
        assert (row["page"], row["source"], row["url"], row["title"]) == (line.page, line.source, line.url, line.title)
        assert (row["version"], row["outcome"], row["reason"]) == (line.version, line.outcome, line.reason)
        assert (moment(row["checked_at"]), moment(row["changed_at"])) == (line.checked_at, line.changed_at)
        assert (moment(row["next_check"]), bool(row["active"])) == (line.next_check, line.active)
    for row, told in zip(view(path, "v_sources", "ORDER BY source"), sources, strict=True):
        assert (row["source"], row["address"], bool(row["is_listing"])) == (told.source, told.url, told.listing)
        assert (row["pages"], row["failed"], row["gone"], row["suspect"]) == (
            told.pages,
            told.failed,
            told.gone,
            told.suspect,
        )


@pytest.mark.parametrize("name", ["versions", "targets"])
def test_versions_and_targets_are_those_of_the_export(path: Path, name: str) -> None:
    with opened(path) as store:
        exported = list(getattr(export, name)(store))
    found = view(path, f"v_{name}", "ORDER BY page, version")
    assert len(found) == len(exported) > 1
    for row, same in zip(found, exported, strict=True):
        for column in row.keys() & same.keys() - {"fetched_at"}:
            assert str(row[column]) == str(same[column]), column


def test_numbers_can_be_sorted_and_deadlines_are_none(path: Path) -> None:
    jobs, train = view(path, "v_targets", "ORDER BY low_number DESC")
    assert (jobs["low"], jobs["low_number"]) == ("-0.5", -0.5)
    assert (train["low"], train["low_number"], train["high_number"]) == ("2027-06", None, None)


def test_changes_have_a_row_for_each_target(path: Path) -> None:
    columns = ("version", "change", "indicator", "old", "new", "old_low", "new_low", "difference")
    found = [tuple(row[name] for name in columns) for row in view(path, "v_changes", "ORDER BY version, change")]
    assert found == [
        (2, "changed", "粮食产量", "320万吨以上", "330万吨以上", "320", "330", "10"),
        (3, "changed", "粮食产量", "330万吨以上", "340万吨以上", "330", "340", "10"),
        (4, "text", None, None, None, None, None, None),
        (5, "added", "就业", None, "320万吨以上", None, "320", None),
        (5, "removed", "高铁通车", "2027年6月前", None, "2027-06", None, None),
    ]
    with opened(path) as store:
        exported = [(row["version"], row["change"], row["key"]) for row in export.changes(store)]
    assert [
        (row["version"], row["change"], row["key"]) for row in view(path, "v_changes", "ORDER BY version")
    ] == exported


def test_a_damaged_change_is_left_out_and_the_rest_is_shown(path: Path) -> None:
    alter(path, "UPDATE change SET targets = '{' WHERE version = 2")
    assert [row["version"] for row in view(path, "v_changes", "ORDER BY version")] == [3, 4, 5, 5]


def test_the_newest_changes_come_by_the_index(path: Path) -> None:
    plan = rows(path, "EXPLAIN QUERY PLAN SELECT * FROM v_changes ORDER BY changed_at DESC LIMIT 100")
    assert any("USING INDEX change_at" in step for *_, step in plan)
    assert not any("TEMP B-TREE" in step for *_, step in plan)


def test_alerts_and_deliveries_count_what_the_outbox_holds(path: Path) -> None:
    (told,) = view(path, "v_alerts")
    assert (told["alert"], told["type"], told["delivered"], told["pending"]) == ("v3", "page.changed", 0, 2)
    assert [(row["channel"], row["state"]) for row in view(path, "v_deliveries")] == [
        ("desk", "pending"),
        ("mail", "pending"),
    ]


def test_comparisons_name_both_pages(path: Path) -> None:
    alter(path, "INSERT INTO comparison VALUES (1, 2, 5, 1, ?, 1, 0.9, 1, 3, '', '6% → 5%', NULL)", f"{NOW:%F %T}")
    (pair,) = view(path, "v_comparisons")
    assert (pair["page"], pair["other"], pair["prints"], pair["share"], pair["summary"]) == (1, 2, 1, 0.9, "6% → 5%")
    assert (pair["url"], pair["other_url"]) == tuple(url for (url,) in rows(path, "SELECT url FROM page ORDER BY id"))


def test_an_upgrade_makes_them_anew_and_leaves_others_alone(path: Path) -> None:
    alter(path, "DROP VIEW v_pages")
    alter(path, "DROP VIEW v_alerts")
    alter(path, "CREATE VIEW v_alerts AS SELECT 'of an older version' AS alert")
    alter(path, "CREATE VIEW v_of_yesterday AS SELECT 1 AS one")
    alter(path, "CREATE VIEW mine AS SELECT id FROM page")
    with opened(path) as store, store.database.migrating() as connection:
        migrate.upgrade(connection)
    there = {name for (name,) in rows(path, "SELECT name FROM sqlite_master WHERE type = 'view'")}
    assert there == {*views.statements(), "mine"}
    assert view(path, "v_alerts")[0]["alert"] == "v3"


def test_datasette_is_told_of_every_view_and_table() -> None:
    told = yaml.safe_load((ROOT / "deploy" / "datasette.yaml").read_text("utf-8"))["databases"]["crawler"]["tables"]
    shown = {name for name, said in told.items() if not said.get("hidden")}
    assert shown == set(views.statements())
    assert set(told) - shown == {*Base.metadata.tables, "alembic_version"}


def test_datasette_sorts_and_filters_by_columns_there_are(path: Path) -> None:
    told = yaml.safe_load((ROOT / "deploy" / "datasette.yaml").read_text("utf-8"))["databases"]["crawler"]["tables"]
    for name in views.statements():
        columns = {column for _, column, *_ in rows(path, f"PRAGMA table_info({name})")}
        used = {told[name].get("sort"), told[name].get("sort_desc"), *told[name].get("facets", ())} - {None}
        assert used <= columns, name


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_documented_queries_run(path: Path, page: Path) -> None:
    for block in re.findall(r"```sql\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        for query in filter(str.strip, block.split(";")):
            rows(path, query)
