"""What reaches the terminal does no harm there."""

import json
import os
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from crawler.cli.documents import show_diff
from crawler.cli.output import err, mend_width, moment, out, print_json, safe, table
from crawler.diff import diff_texts
from crawler.model import TargetDiff


@pytest.mark.parametrize("text", ["\x1b[2Jgone", "\x07", "a\u202eb", "\x9b31m", "\r", "\u2066"])
def test_what_steers_a_terminal_is_taken_out(text: str) -> None:
    assert not {"\x1b", "\x07", "\u202e", "\x9b", "\r", "\u2066"} & set(safe(text))


def test_ordinary_text_stays() -> None:
    assert safe("云溪市 2026：6%左右\n\t第二行") == "云溪市 2026：6%左右\n\t第二行"


def test_markup_of_the_terminal_library_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    out().print(table(None, ("a",), [("[bold]不是标记[/bold]",)]))
    assert "[bold]不是标记[/bold]" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["a[bold].yaml", "a[/b].yaml", "[link=http://a]b", "a:warning:b"])
def test_a_name_is_printed_as_it_is(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    out().print(f"{name}: written")
    err().print(f"{name}: written")
    assert capsys.readouterr() == (f"{name}: written\n", f"{name}: written\n")


def test_a_table_without_names_has_no_empty_head(capsys: pytest.CaptureFixture[str]) -> None:
    out().print(table(None, ("", ""), [("a", "b")]))
    assert capsys.readouterr().out.strip().splitlines()[0].split() == ["a", "b"]


def test_json_knows_times_and_exact_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"at": datetime(2026, 11, 22, 8, tzinfo=UTC), "low": Decimal("5.50"), "名": "云溪"})
    written = capsys.readouterr().out
    assert "云溪" in written
    assert json.loads(written) == {"at": "2026-11-22T08:00:00Z", "low": "5.50", "名": "云溪"}


def test_times_are_the_contracts() -> None:
    assert moment(datetime(2026, 11, 22, 8, 0, 0, 999, tzinfo=UTC)) == "2026-11-22T08:00:00Z"


@pytest.mark.parametrize(("terminal", "shown"), [(False, "增长[-6%-]{+5.5%+}左右"), (True, "增长6%5.5%左右")])
def test_a_diff_is_readable_with_and_without_colour(
    capsys: pytest.CaptureFixture[str], terminal: bool, shown: str
) -> None:
    console = Console(force_terminal=terminal, no_color=True, width=100, highlight=False)
    show_diff(console, diff_texts("增长6%左右。", "增长5.5%左右。"), TargetDiff())
    written = capsys.readouterr().out
    assert shown in "".join(part.partition("m")[2] if i else part for i, part in enumerate(written.split("\x1b[")))


def test_no_difference_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    show_diff(Console(width=80), diff_texts("同", "同"), TargetDiff())
    assert "no change" in capsys.readouterr().out


@pytest.mark.parametrize("reason", [None, "connection refused by 127.0.0.1:9"])
def test_a_narrow_terminal_loses_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, reason: str | None
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    row = ("yunxi", "甲乙丙丁戊己庚辛壬癸", "unchanged", reason)
    out().print(table(None, ("source", "title", "outcome", "reason"), [row]))
    lines = capsys.readouterr().out.splitlines()
    assert max(cell_len(line) for line in lines) <= 50
    for cell in row:
        assert not set(cell or "") - set("".join(lines))
    assert ("reason" in lines[0]) is (reason is not None), "a column with nothing in it is left out"


PAGES = ("page", "source", "title", "version", "outcome", "checked", "reason")
LONG = "甲乙丙丁戊己庚辛壬癸" * 30


def printed(capsys: pytest.CaptureFixture[str], drawn: RenderableType) -> list[str]:
    out().print(drawn)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(cell_len, lines)) <= int(os.environ["COLUMNS"])
    return lines


@pytest.mark.parametrize("columns", ["200", "80", "64", "50", "30", "20"])
@pytest.mark.parametrize("reason", [None, "the text of https://www.example.org/" + "a" * 60 + ".html shrank"])
def test_no_width_cuts_a_heading_or_a_date_or_leaves_out_what_is_no_title(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str, reason: str | None
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    row = (7, "yunxi", LONG, 2, "unchanged", "2026-11-22 08:00", reason)
    lines = printed(capsys, table(None, PAGES, [row]))
    words = " ".join(lines).split()
    for word in (*PAGES[: 7 if reason else 6], "7", "yunxi", "unchanged", "2026-11-22", "08:00"):
        assert word in words
    for piece in (reason or "").split():
        assert piece[:8] in "".join(lines)
    assert "…" in "".join(lines), "a long title is cut short"
    assert sum(bool(set(line) & set(LONG)) for line in lines) == 2
    assert "".join(lines).count("a") >= (reason or "").count("a"), "an address is folded, not cut"


def test_a_title_that_has_room_is_shown_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    rows = [(1, LONG[:30], "new"), (2, LONG[:5], "gone")]
    lines = printed(capsys, table("报告 reports: 2", ("page", "title", "outcome"), rows))
    assert lines[0].strip() == "报告 reports: 2"
    assert [line.split() for line in lines[1:]] == [
        ["page", "title", "outcome"],
        ["1", LONG[:30], "new"],
        ["2", LONG[:5], "gone"],
    ]


@pytest.mark.parametrize("rows", [[("甲乙丙丁", "戊己")], []])
def test_a_table_all_in_chinese_or_without_rows(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, rows: list[tuple[str | None, ...]]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = printed(capsys, table("目标", ("指标", "目标值"), rows))
    assert lines[0].strip() == "目标"
    assert lines[1].split() == ["指标", "目标值"]


def test_where_columns_find_no_room_each_cell_has_its_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    rows = [("2026-11-22 08:00", "page.changed", "地区生产总值", None, None), ("", "", "  503", "desk", "pending")]
    lines = printed(capsys, table("all", ("raised", "type", "summary", "channel", "state"), rows))
    told = [line.split(maxsplit=1) for line in lines]
    assert told[0] == ["all"]
    assert ["raised", "2026-11-22 08:00"] in [[each.strip() for each in line] for line in told]
    assert [] in told, "rows are set apart"
    assert [[each.strip() for each in line] for line in told[-2:]] == [["channel", "desk"], ["state", "pending"]]


@pytest.mark.parametrize(("columns", "meant"), [("0", "80"), ("000", "80"), ("1", "1"), ("120", "120"), ("-3", "-3")])
def test_no_columns_at_all_are_taken_for_unknown(monkeypatch: pytest.MonkeyPatch, columns: str, meant: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    mend_width()
    assert os.environ["COLUMNS"] == meant
    monkeypatch.delenv("COLUMNS")
    mend_width()
    assert "COLUMNS" not in os.environ
