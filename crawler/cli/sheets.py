"""Tables as files for spreadsheets and notebooks, written row by row; no text in them is run as a formula or hidden.

A number is a `Decimal` or an `int`; it is written with all its digits and without an exponent.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain, islice
from typing import IO, Any

from rich.cells import cell_len

from crawler.errors import UsageError
from crawler.harmless import HARMFUL, json_text
from crawler.model import Json

try:
    import xlsxwriter
except ImportError:  # the extra `excel`
    xlsxwriter = None

Rows = Iterable[Mapping[str, Json]]

_FORMULA = tuple("=+-@\t\r\n＝＋－＠﹦﹢﹣﹫")
"""A text that starts so, blanks aside, is run by one spreadsheet or another (OWASP: CSV injection)."""
_DIGITS = 15
"""So many significant digits a spreadsheet keeps of a number."""
_PLACES = 30
"""So many digits after the point a spreadsheet can be told to show."""
MOST_ROWS = 1_048_575
_LONGEST = 32_767
"""What a sheet holds: rows under the heading, and UTF-16 units in a cell."""
_MEASURED = 200
_NARROWEST, _WIDEST = 8, 60
"""The first rows tell the widths of the columns, in characters."""


def csv_bytes(columns: Sequence[str], rows: Rows) -> bytes:
    """A small table as CSV."""
    file = io.BytesIO()
    write_csv(file, "", columns, rows)
    return file.getvalue()


def write_csv(file: IO[bytes], _name: str, columns: Sequence[str], rows: Rows) -> None:
    """CSV as spreadsheets read it: UTF-8 with BOM; a cell that would be a formula is quoted with an apostrophe."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _harmless(item) for name, item in row.items()})
    text.detach()


def write_json(file: IO[bytes], _name: str, _columns: Sequence[str], rows: Rows) -> None:
    """A list of objects, exact decimals as strings."""
    before = "[\n"
    for row in rows:
        file.write((before + json_text(dict(row), indent=1, default=_plain)).encode())
        before = ",\n"
    file.write(b"[]\n" if before == "[\n" else b"\n]\n")


def write_xlsx(file: IO[bytes], name: str, columns: Sequence[str], rows: Rows) -> None:
    """A sheet of that name whose heading stays in sight and filters.

    A decimal is a number where a spreadsheet holds it exactly (to 15 digits), shown with the digits it has, else text.
    """
    if xlsxwriter is None:
        raise UsageError("xlsx needs the extra 'excel': pip install 'report-crawler[excel]'")
    rows = iter(rows)
    first = list(islice(rows, _MEASURED))
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = _Sheet(book, name, columns)
        for number, column in enumerate(columns):
            sheet.wide(number, column, [row[column] for row in first])
        for row in chain(first, rows):
            sheet.add([row[column] for column in columns])
        sheet.filtered()


class _Sheet:
    """One sheet, filled from the top."""

    def __init__(self, book: Any, name: str, columns: Sequence[str]) -> None:  # noqa: ANN401 (a library without types)
        self._book, self._sheet = book, book.add_worksheet(name)
        self._last = len(columns) - 1
        self._row = 0
        self._formats: dict[int, Any] = {}
        self._text = book.add_format({"quote_prefix": True})  # stays text when somebody edits the cell
        self._sheet.freeze_panes(1, 0)
        self._sheet.write_row(0, 0, columns, book.add_format({"bold": True}))

    def wide(self, number: int, head: str, items: Iterable[Json]) -> None:
        """Give a column the room that its heading (with the filter's arrow) and nine of ten cells need."""
        needed = sorted(cell_len(_shown(item)) + 1 for item in items) or [0]
        usual = needed[(len(needed) - 1) * 9 // 10]
        self._sheet.set_column(number, number, min(max(len(head) + 3, usual, _NARROWEST), _WIDEST))

    def add(self, items: Sequence[Json]) -> None:
        """The next row."""
        self._row += 1
        if self._row > MOST_ROWS:
            raise UsageError(f"xlsx holds {MOST_ROWS:,} rows at most: ask for fewer (--year, --region …) or for csv")
        for column, item in enumerate(items):
            if isinstance(item, int) or _fits(item):
                self._sheet.write_number(self._row, column, item, self._format(item))
            elif item not in (None, ""):
                text = _cut(_visible(_shown(item)))
                guard = self._text if _is_formula(text) else None
                self._sheet.write_string(self._row, column, text, guard)

    def filtered(self) -> None:
        """Let every column be filtered; periods (2027) are text on purpose and need no warning."""
        self._sheet.autofilter(0, 0, self._row, self._last)
        self._sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def _format(self, number: int | Decimal) -> Any:  # noqa: ANN401 (as above)
        """As many digits after the point as the number has: General would show 270000000000 as 2.7E+11."""
        places = len(_shown(number).partition(".")[2])
        if places not in self._formats:
            self._formats[places] = self._book.add_format({"num_format": f"0.{'0' * places}".rstrip(".")})
        return self._formats[places]


def _fits(item: Json) -> bool:
    """Whether a spreadsheet holds and shows a number as it is."""
    if not isinstance(item, Decimal):
        return False
    whole, _, places = f"{abs(item):f}".partition(".")
    return len((whole + places).strip("0")) <= _DIGITS and len(whole) <= _PLACES and len(places) <= _PLACES


def _shown(item: Json) -> str:
    if item is None:
        return ""
    return _plain(item) if isinstance(item, Decimal) else str(item)


def _plain(number: object) -> str:
    """A decimal in full, without an exponent."""
    if isinstance(number, Decimal):
        return f"{number:f}"
    raise TypeError(f"no JSON form for {type(number).__name__}")


def _cut(text: str) -> str:
    """A text as a cell holds it: not too long, and none that the library would take for markup of its own."""
    if text.startswith("<r>"):
        text = f" {text}"
    fits = len(text) <= _LONGEST // 2 or len(text.encode("utf-16-le")) <= 2 * _LONGEST
    return text if fits else f"{text[: _LONGEST // 2 - 1]}…"


def _harmless(item: Json) -> Json:
    """The item as a cell of CSV."""
    if isinstance(item, Decimal):
        return _plain(item)
    if not isinstance(item, str):
        return item
    text = _visible(item)
    return f"'{text}" if _is_formula(text) else text


def _is_formula(text: str) -> bool:
    """Whether a spreadsheet might run a text; wide and hard blanks are trimmed by some as well."""
    return text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)


def _visible(text: str) -> str:
    """The text without controls, direction marks and what nobody sees."""
    return HARMFUL.sub("", text)
