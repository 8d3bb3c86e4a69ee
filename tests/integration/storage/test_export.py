"""Rows for spreadsheets."""

import csv
import io
import itertools
from collections.abc import Sequence
from decimal import Decimal

from crawler.model import Json, TargetDiff
from storage import export
from storage.store import Store
from tests.support.store import NOW, changed, document, raised, source, stock, target, watch

GDP = "Gross Regional Product"


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
        "low": Decimal(340),
        "unit": "万吨",
    }


def test_the_indicator_in_english_and_the_value_in_base_units(store: Store) -> None:
    [due] = watch(store, source())
    found = (
        target("GDP", "0.27", unit="万亿元", key="地区生产总值"),
        target("生产总值", "2700", unit="亿元", key="地区生产总值"),
        target("某种指数", "20", high=Decimal("20.5"), unit="万公顷", key="某种指数"),
        target("完成改造", None, kind="deadline", relation="at_most", unit="date", text="10月底", period="2027-10"),
        target("与经济同步", None, kind="relative", relation="outpace", unit="", text="同步"),
        target("气温降幅", "-0.50", unit="℃"),
    )
    store.record(changed(due, read=document(targets=found)))
    names = ("key", "english", "low", "unit", "base_low", "base_high", "base_unit")
    assert [tuple(row[name] for name in names) for row in export.targets(store)] == [
        ("地区生产总值", GDP, Decimal("0.27"), "万亿元", Decimal(270_000_000_000), None, "元"),
        ("地区生产总值", GDP, Decimal(2700), "亿元", Decimal(270_000_000_000), None, "元"),
        ("某种指数", None, Decimal(20), "万公顷", Decimal(3_000_000), Decimal(3_075_000), "亩"),
        ("完成改造", None, "2027-10", "date", None, None, ""),
        ("与经济同步", None, None, "", None, None, ""),
        ("气温降幅", None, Decimal("-0.50"), "℃", Decimal("-0.5"), None, "℃"),
    ]


def test_rows_are_narrowed_by_what_they_say(store: Store) -> None:
    first, second = watch(store, source("one"), source("two"))
    found = (target("GDP", key="地区生产总值"), target("粮食产量", status="achievement"))
    store.record(changed(first, read=document(targets=found)))
    store.record(changed(second, read=document(region="内蒙古自治区", year=2028, targets=found)))

    def left(**wanted: Sequence[str | int]) -> list[tuple[Json, Json]]:
        return [(row["source"], row["indicator"]) for row in export.narrowed(export.targets(store), wanted)]

    both = [("one", "GDP"), ("one", "粮食产量"), ("two", "GDP"), ("two", "粮食产量")]
    assert left() == left(source=(), key=()) == left(source=("one", "two")) == both
    assert left(source=("two",)) == left(region=("内蒙古",)) == left(year=(2028,)) == both[2:]
    assert left(key=("地区生产总值",)) == left(status=("target",)) == both[::2]
    assert left(region=("河川市", "湖"), status=("achievement", "optional")) == [both[1]]
    assert left(region=("湖",)) == left(year=(2028,), source=("one",)) == []


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
    due_date = target("新开工", None, kind="deadline", unit="date", period="2027-10")
    diff = TargetDiff(changed=raised().changed, added=(come, due_date), removed=(gone,))
    store.record(changed(due, targets=diff))
    store.record(changed(store.due_page(due.page, due.source), "text only"))
    found = list(export.changes(store))
    assert [(row["version"], row["change"], row["indicator"], row["old_low"], row["new_low"]) for row in found] == [
        (2, "changed", "粮食产量", Decimal(320), Decimal(330)),
        (2, "added", "新指标", None, Decimal(2)),
        (2, "added", "新开工", None, "2027-10"),
        (2, "removed", "旧指标", Decimal(1), None),
        (3, "text", None, None, None),
    ]
    by = [(row["difference"], row["difference_percent"]) for row in found]
    assert by == [(Decimal(10), Decimal("3.12")), *([(None, None)] * 4)]


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
    for wanted, told in (({"region": ("甲水",)}, expected[:1]), ({"year": (2026,)}, expected[2:])):
        left = export.narrowed(export.changes(store), wanted)
        assert [(row["report"], row["region"], row["year"]) for row in left] == told
