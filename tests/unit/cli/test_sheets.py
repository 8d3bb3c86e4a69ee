"""Files for spreadsheets: numbers are exact numbers, and no text is run."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from weakref import WeakSet

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.cli import sheets
from crawler.cli.sheets import csv_bytes, write_csv, write_json, write_xlsx
from crawler.errors import UsageError
from crawler.model import Json
from tests.support.sheets import Sheet, read_xlsx

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "－5%", "=cmd|' /C calc'!A0"]
FORMULAS += [" =1", "\u3000=1", "\u00a0@A1", " \t=1", "﹦1+1", "﹣5%"]


def xlsx(items: Sequence[Json], columns: Sequence[str] = ("数",)) -> Sheet:
    """A workbook with one column, read back."""
    file = io.BytesIO()
    write_xlsx(file, "targets", columns, [dict.fromkeys(columns, item) for item in items])
    return read_xlsx(file.getvalue())


def written_json(rows: Iterator[dict[str, Json]]) -> Json:
    file = io.BytesIO()
    write_json(file, "", (), rows)
    return json.loads(file.getvalue())


def read_csv(*items: Json) -> list[str]:
    text = csv_bytes(("数",), [{"数": item} for item in items]).decode("utf-8-sig")
    return [row["数"] for row in csv.DictReader(io.StringIO(text, newline=""))]


class TestCsv:
    def test_opens_in_a_spreadsheet_with_its_chinese(self) -> None:
        written = csv_bytes(("名", "数"), iter([{"名": "云溪", "数": 6}, {"名": "=x", "数": None}]))
        assert written.startswith(b"\xef\xbb\xbf")
        assert written.decode("utf-8-sig").split("\r\n") == ["名,数", "云溪,6", "'=x,", ""]

    def test_an_empty_table_has_its_heading(self) -> None:
        assert csv_bytes(("名", "数"), iter(())).decode("utf-8-sig") == "名,数\r\n"

    @pytest.mark.parametrize("text", FORMULAS)
    def test_no_cell_is_a_formula(self, text: str) -> None:
        assert read_csv(text, f" {text}") == [f"'{text}".replace("\r", ""), f"' {text}".replace("\r", "")]

    def test_a_cell_holds_nothing_that_nobody_sees(self) -> None:
        assert read_csv("a\x1b[31m\u202eb\u200b\x9b", "\u200b=1") == ["a[31mb", "'=1"]

    def test_a_negative_number_is_no_formula(self) -> None:
        assert read_csv(Decimal("-0.5"), -3) == ["-0.5", "-3"]

    def test_numbers_are_written_in_full(self) -> None:
        assert read_csv(Decimal("2.7E+11"), Decimal("1E-9")) == ["270000000000", "0.000000001"]


class TestJson:
    def test_exact_numbers_are_strings_in_full(self) -> None:
        rows: Iterator[dict[str, Json]] = iter([{"名": "云溪", "low": Decimal("2.7E+11")}, {"名": None, "low": None}])
        assert written_json(rows) == [{"名": "云溪", "low": "270000000000"}, {"名": None, "low": None}]

    def test_nothing_is_an_empty_list(self) -> None:
        assert written_json(iter(())) == []

    def test_what_is_no_value_of_ours_is_an_error(self) -> None:
        with pytest.raises(TypeError, match="set"):
            written_json(iter([{"数": {1}}]))


class TestXlsx:
    @pytest.mark.parametrize("text", FORMULAS)
    def test_no_text_is_a_formula_even_once_it_is_edited(self, text: str) -> None:
        sheet = xlsx([text])
        cell = sheet.rows[0]["数"]
        assert (cell.kind, cell.quoted, sheet.formulas) == ("inlineStr", True, 0)
        assert cell.value == text.replace("\r", "")

    def test_a_cell_holds_nothing_that_nobody_sees(self) -> None:
        assert xlsx(["a\x1b[31m\u202eb\u200b\x9b"]).rows[0]["数"].value == "a[31mb"

    def test_ordinary_text_is_text(self) -> None:
        cell = xlsx(["增长6%左右"]).rows[0]["数"]
        assert (cell.kind, cell.value, cell.quoted) == ("inlineStr", "增长6%左右", False)

    @pytest.mark.parametrize(
        ("number", "shown_as"),
        [("270000000000", "0"), ("-0.5", "0.0"), ("6.50", "0.00"), ("2E+3", "0"), ("0.000125", "0.000000")],
    )
    def test_a_decimal_is_a_number_shown_with_the_digits_it_has(self, number: str, shown_as: str) -> None:
        cell = xlsx([Decimal(number)]).rows[0]["数"]
        assert (cell.kind, Decimal(cell.value), cell.shown_as) == ("n", Decimal(number), shown_as)

    def test_years_are_numbers(self) -> None:
        cell = xlsx([2027]).rows[0]["数"]
        assert (cell.kind, cell.value, cell.shown_as) == ("n", "2027", "0")

    @pytest.mark.parametrize("number", ["1234567890.1234567", "0." + "0" * 30 + "1", "1" + "0" * 40])
    def test_what_a_spreadsheet_would_round_is_text(self, number: str) -> None:
        cell = xlsx([Decimal(number)]).rows[0]["数"]
        assert (cell.kind, cell.value) == ("inlineStr", number)

    @given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
    def test_no_digit_is_lost(self, number: Decimal) -> None:
        cell = xlsx([number]).rows[0]["数"]
        assert Decimal(cell.value) == number
        assert cell.kind == "inlineStr" or Decimal(f"{float(cell.value):.15g}") == number

    def test_nothing_is_an_empty_cell(self) -> None:
        assert xlsx([None, ""]).rows == []

    def test_the_heading_stays_in_sight_and_filters(self) -> None:
        sheet = xlsx(["a", "b"], ("名", "数"))
        assert (sheet.name, sheet.heads, sheet.frozen, sheet.filter) == ("targets", ["名", "数"], True, "A1:B3")

    def test_a_table_without_rows_has_its_heading(self) -> None:
        sheet = xlsx([], ("名", "数"))
        assert (sheet.heads, sheet.rows, sheet.frozen) == (["名", "数"], [], True)

    def test_columns_are_as_wide_as_what_they_hold_within_reason(self) -> None:
        widths = [xlsx([text]).widths[0] for text in ("", "地区生产总值年均增长", "长句" * 100)]
        assert [round(width) for width in widths] == [9, 22, 61]
        assert xlsx([2027], ("a_long_heading",)).widths[0] > len("a_long_heading")

    def test_a_text_too_long_for_a_cell_is_cut_visibly(self) -> None:
        whole, long, astral = (cell["数"].value for cell in xlsx(["句" * 32_767, "句" * 32_768, "𠮷" * 20_000]).rows)
        assert whole == "句" * 32_767
        assert (long[-2:], astral[-2:]) == ("句…", "𠮷…")

    def test_text_that_looks_like_markup_of_the_file_is_text(self) -> None:
        texts = ["<r><t>x</t></r>", "<r></is></c><c><f>1+1</f></c></r>", "_x0041_", "a\x01b", "&<>"]
        sheet = xlsx(texts)
        assert sheet.formulas == 0
        assert [row["数"].value.strip() for row in sheet.rows] == [
            *texts[:2],
            "_x005F_x0041_",
            "ab",
            "&<>",
        ]

    def test_more_rows_than_a_sheet_holds_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sheets, "MOST_ROWS", 2)
        assert len(xlsx(["a", "b"]).rows) == 2
        with pytest.raises(UsageError, match="csv"):
            xlsx(["a", "b", "c"])

    def test_without_the_library_the_error_names_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sheets, "xlsxwriter", None)
        with pytest.raises(UsageError, match=r"report-crawler\[excel\]"):
            xlsx([1])


class Row(dict[str, Json]):
    """A row one can see go."""

    __hash__ = object.__hash__


@pytest.mark.parametrize("write", [write_csv, write_json, write_xlsx])
def test_a_row_is_let_go_of_once_it_is_written(write: Callable[..., None]) -> None:
    alive: WeakSet[Row] = WeakSet()
    most = 0

    def rows() -> Iterator[Row]:
        nonlocal most
        for number in range(3_000):
            row = Row(数=number)
            alive.add(row)
            most = max(most, len(alive))
            yield row

    write(io.BytesIO(), "targets", ("数",), rows())
    assert 1 <= most < 300
