"""Rows for spreadsheets."""

import csv
import io
import itertools

from crawler.model import TargetDiff
from storage import export
from storage.store import Store
from tests.support.store import NOW, changed, document, raised, source, stock, target, watch


def test_targets_of_the_newest_versions(store: Store) -> None:
    stock(store, versions=3)
    [row] = export.targets(store)
    assert {
        name: row[name] for name in ("source", "page", "version", "region", "year", "indicator", "low", "unit")
    } == {
        "source": "hechuan",
        "page": 1,
        "version": 3,
        "region": "河川市",
        "year": 2027,
        "indicator": "粮食产量",
        "low": "340",
        "unit": "万吨",
    }


def test_targets_in_text_order(store: Store) -> None:
    [due] = watch(store, source())
    names = [f"指标{number}" for number in range(30)]
    store.record(changed(due, read=document(targets=tuple(target(name) for name in names))))
    assert [row["indicator"] for row in export.targets(store)] == names


def test_versions(store: Store) -> None:
    stock(store, versions=3)
    found = list(export.versions(store))
    assert [row["version"] for row in found] == [1, 2, 3]
    assert found[0]["fetched_at"] == "2026-11-22T08:00:00Z"
    assert found[0]["published"] is None
    assert len(found[0]["sha256"]) == 64


def test_the_day_of_publication(store: Store) -> None:
    [due] = watch(store, source())
    store.record(changed(due, read=document(published=NOW.date())))
    assert [row["published"] for row in export.versions(store)] == ["2026-11-22"]


def test_a_row_for_each_target_a_change_touched(store: Store) -> None:
    due = stock(store, versions=1)
    gone, come = target("旧指标", "1"), target("新指标", "2")
    diff = TargetDiff(changed=raised().changed, added=(come,), removed=(gone,))
    store.record(changed(due, targets=diff))
    store.record(changed(store.due_page(due.page, due.source), "text only"))
    found = list(export.changes(store))
    assert [(row["version"], row["change"], row["indicator"], row["old_low"], row["new_low"]) for row in found] == [
        (2, "changed", "粮食产量", "320", "330"),
        (2, "added", "新指标", None, "2"),
        (2, "removed", "旧指标", "1", None),
        (3, "text", None, None, None),
    ]


def test_every_row_of_a_kind_has_the_same_columns(store: Store) -> None:
    due = stock(store, versions=2)
    store.record(changed(due, targets=TargetDiff(added=(target(),))))
    kinds = {"targets": export.targets, "versions": export.versions, "changes": export.changes}
    assert set(kinds) == set(export.COLUMNS)
    for kind, rows in kinds.items():
        found = list(rows(store))
        assert found
        assert {tuple(row) for row in found} == {export.COLUMNS[kind]}
        csv.DictWriter(io.StringIO(), fieldnames=list(found[0])).writerows(found)


def test_rows_are_streamed(store: Store) -> None:
    sources = [source(f"s{number}") for number in range(3)]
    for due in watch(store, *sources):
        read = document(targets=tuple(target(f"指标{number}") for number in range(400)), captures=())
        store.record(changed(due, read=read))
    rows = export.targets(store)
    assert len(list(itertools.islice(rows, 10))) == 10
    rows.close()
    assert len(list(export.targets(store))) == 1_200


def test_an_empty_store_exports_nothing(store: Store) -> None:
    assert [*export.targets(store), *export.versions(store), *export.changes(store)] == []


def test_targets_of_a_compilation_are_of_their_reports_place_and_year(store: Store) -> None:
    [due] = watch(store, source())
    titles = ("甲水市2025年政府工作报告", "", "市2026年政府工作报告（2）")
    found = tuple(target(report=title) for title in titles)
    store.record(changed(due, read=document(region="河川市", year=2027, targets=found)))
    expected = [("甲水市2025年政府工作报告", "甲水市", 2025), ("", "河川市", 2027), (titles[2], "河川市", 2026)]
    assert [(row["report"], row["region"], row["year"]) for row in export.targets(store)] == expected
    store.record(changed(store.due_page(due.page, due.source), "edited", targets=TargetDiff(added=found)))
    assert [(row["report"], row["region"], row["year"]) for row in export.changes(store)] == expected
