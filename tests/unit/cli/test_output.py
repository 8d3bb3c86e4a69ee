"""What reaches the terminal and the spreadsheet does no harm there."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from rich.cells import cell_len
from rich.console import Console

from crawler.cli.documents import show_diff
from crawler.cli.output import moment, out, print_json, safe, table
from crawler.cli.stored import _csv, _harmless
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


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert _harmless(text) == "'" + text


def test_csv_opens_in_a_spreadsheet_with_its_chinese() -> None:
    written = _csv(iter([{"名": "云溪", "数": 6}, {"名": "=x", "数": None}]))
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.decode("utf-8-sig").split("\r\n") == ["名,数", "云溪,6", "'=x,", ""]
    assert _csv(iter(())) == b"\xef\xbb\xbf"


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
