"""Tables as files for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from crawler.model import Json


def csv_bytes(columns: Sequence[str], rows: Iterable[Mapping[str, Json]]) -> bytes:
    """CSV as spreadsheets read it: UTF-8 with BOM; a cell that would be a formula is quoted with an apostrophe."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _harmless(item) for name, item in row.items()})
    return text.getvalue().encode("utf-8-sig")


def _harmless(item: Json) -> Json:
    """Spreadsheets run a text that starts like a formula (OWASP: CSV injection)."""
    return f"'{item}" if isinstance(item, str) and item.startswith(("=", "+", "-", "@", "\t", "\r")) else item
