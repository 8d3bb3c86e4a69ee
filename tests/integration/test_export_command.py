"""The command `export`, its files read as a spreadsheet or a script reads them."""

import csv
import io
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pyarrow.parquet import read_table

from crawler.model import TargetDiff
from tests.support.cli import ROOT, Ran, crawl, start
from tests.support.sheets import read_xlsx
from tests.support.store import changed, document, opened, source, target, watch

FORMULA = '=HYPERLINK("http://example.org/")'
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
GDP = "Gross Regional Product"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A database of two pages: one report, and a compilation of two."""
    with opened(tmp_path / "crawler.db") as store:
        one, many = watch(store, source("one"), source("many"))
        found = (
            target("GDP", "2700", unit="亿元", key="地区生产总值", sentence=FORMULA),
            target("社零", "-0.5", unit="%", key="社会消费品零售总额", status="achievement"),
        )
        store.record(changed(one, read=document(targets=found, title="+1")))
        reports = ("甲水市2025年政府工作报告", "乙山县2026年政府工作报告")
        found = tuple(target("生产总值", "6", unit="%", key="地区生产总值", report=title) for title in reports)
        store.record(changed(many, read=document(targets=found)))
        edited = document("edited", targets=found)
        store.record(changed(store.due_page(many.page, many.source), read=edited, targets=TargetDiff(added=found)))
    return tmp_path


def rows(ran: Ran) -> Iterator[dict[str, str]]:
    assert (ran.code, ran.err) == (0, "")
    return csv.DictReader(io.StringIO(ran.out.removeprefix("\ufeff"), newline=""))


def test_a_spreadsheet_of_targets(folder: Path) -> None:
    ran = crawl(folder, "export", "targets", "--format", "xlsx", "-o", "out.xlsx")
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    sheet = read_xlsx((folder / "out.xlsx").read_bytes())
    assert (sheet.name, sheet.frozen, sheet.formulas, len(sheet.rows)) == ("targets", True, 0, 4)
    gdp, retail, *_ = sheet.rows
    assert (gdp["key"].value, gdp["english"].value, gdp["base_unit"].value) == ("地区生产总值", GDP, "元")
    assert (gdp["base_low"].kind, gdp["base_low"].value, gdp["base_low"].shown_as) == ("n", "270000000000", "0")
    assert (gdp["sentence"].kind, gdp["sentence"].value) == ("inlineStr", FORMULA)
    assert (retail["low"].kind, retail["low"].value) == ("n", "-0.5")


def test_csv_says_the_same(folder: Path) -> None:
    found = list(rows(crawl(folder, "export", "targets")))
    assert [(row["region"], row["year"], row["report"]) for row in found] == [
        ("河川市", "2027", ""),
        ("河川市", "2027", ""),
        ("甲水市", "2025", "甲水市2025年政府工作报告"),
        ("乙山县", "2026", "乙山县2026年政府工作报告"),
    ]
    assert found[0]["sentence"] == f"'{FORMULA}"
    assert (found[0]["title"], found[0]["base_low"], found[1]["low"]) == ("'+1", "270000000000", "-0.5")


def test_json_holds_exact_strings(folder: Path) -> None:
    first, *_ = crawl(folder, "export", "targets", "--format", "json").json
    assert (first["low"], first["base_low"], first["high"], first["year"]) == ("2700", "270000000000", None, 2027)
    assert Decimal(first["base_low"]) == Decimal(first["low"]) * 10**8


@pytest.mark.parametrize(
    ("options", "left"),
    [
        (("--indicator", "国内生产总值"), ["GDP", "生产总值", "生产总值"]),
        (("--indicator", "total retail sales of consumer goods"), ["社零"]),
        (("--indicator", "社零", "--indicator", "GDP", "--source", "one"), ["GDP", "社零"]),
        (("--status", "achievement"), ["社零"]),
        (("--region", "甲水"), ["生产总值"]),
        (("--year", "2025", "--year", "2026"), ["生产总值", "生产总值"]),
    ],
)
def test_what_is_exported_is_narrowed(folder: Path, options: tuple[str, ...], left: list[str]) -> None:
    assert [row["indicator"] for row in rows(crawl(folder, "export", "targets", *options))] == left


def test_changes_and_versions_are_narrowed_too(folder: Path) -> None:
    assert [row["year"] for row in rows(crawl(folder, "export", "changes", "--region", "乙山"))] == ["2026"]
    assert len(list(rows(crawl(folder, "export", "changes", "--indicator", "GDP")))) == 2
    assert [row["version"] for row in rows(crawl(folder, "export", "versions", "--source", "many"))] == ["1", "2"]


@pytest.mark.parametrize(
    ("what", "option"), [("versions", "--indicator"), ("versions", "--status"), ("changes", "--status")]
)
def test_what_a_table_cannot_be_narrowed_by_is_a_usage_error(folder: Path, what: str, option: str) -> None:
    ran = crawl(folder, "export", what, option, "target")
    assert (ran.code, ran.out) == (2, "")
    assert option in ran.err


def test_an_empty_answer_says_that_it_was_the_question(folder: Path) -> None:
    ran = crawl(folder, "export", "targets", "--indicator", "粮食产")
    assert (ran.code, len(ran.out.splitlines())) == (0, 1)
    assert "no targets match" in ran.err


def test_a_file_that_cannot_be_written_is_a_usage_error(folder: Path) -> None:
    ran = crawl(folder, "export", "targets", "-o", "nowhere/out.csv")
    assert ran.code == 2
    assert "nowhere/out.csv: cannot be written" in ran.err


def test_an_export_that_fails_leaves_the_file_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "out.xlsx").write_bytes(b"of yesterday")
    monkeypatch.setattr("crawler.cli.sheets.MOST_ROWS", 1)
    ran = crawl(folder, "export", "targets", "--format", "xlsx", "-o", "out.xlsx")
    assert (ran.code, (folder / "out.xlsx").read_bytes()) == (2, b"of yesterday")
    assert "1 rows at most" in ran.err


@pytest.mark.parametrize("what", ["targets", "versions", "changes"])
def test_parquet_says_the_same_as_json(folder: Path, what: str) -> None:
    assert crawl(folder, "export", what, "--format", "parquet", "-o", "out.parquet").code == 0
    found = read_table(folder / "out.parquet").to_pylist()
    told = crawl(folder, "export", what, "--format", "json").json
    assert len(found) == len(told) > 0
    for row, same in zip(found, told, strict=True):
        assert {name: same[name] and plain(item, same[name]) for name, item in row.items()} == same


def plain(item: object, like: object) -> object:
    """A value of a Parquet file as JSON writes it; decimals are compared as numbers."""
    if isinstance(item, datetime):
        return item.isoformat().replace("+00:00", "Z")
    if isinstance(item, Decimal):
        return like if Decimal(str(like)) == item else str(item)
    return item.isoformat() if isinstance(item, date) else item


def test_a_parquet_file_goes_into_a_pipe_but_not_to_a_terminal(folder: Path) -> None:
    piped = start(folder, "export", "targets", "--format", "parquet")
    assert piped.stdout
    with piped:
        assert piped.stdout.buffer.read().startswith(b"PAR1")  # type: ignore[attr-defined]
    ours, terminal = pty.openpty()
    command = [sys.executable, "-m", "crawler", "export", "targets", "--format", "parquet"]
    done = subprocess.run(command, cwd=folder, stdout=terminal, stderr=subprocess.PIPE, env=ENVIRONMENT, check=False)
    os.close(terminal)
    os.close(ours)
    assert done.returncode == 2
    assert b"name a file with -o targets.parquet" in done.stderr
