"""Parquet: every column has its type, and no digit is lost or made up."""

import io
import sys
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet as reader

from crawler.cli import parquet
from crawler.cli.parquet import PLACES, write_parquet
from crawler.errors import UsageError
from storage.export import COLUMNS


def table(columns: tuple[str, ...], *rows: dict[str, Any]) -> pa.Table:
    """What is written, read back."""
    file = io.BytesIO()
    write_parquet(file, "targets", columns, [dict.fromkeys(columns) | row for row in rows])
    return reader.read_table(io.BytesIO(file.getvalue()))


@pytest.mark.parametrize("what", COLUMNS)
def test_every_column_has_its_type_even_in_an_empty_table(what: str) -> None:
    schema = table(COLUMNS[what]).schema
    types = {name: str(schema.field(name).type) for name in schema.names}
    assert tuple(types) == COLUMNS[what]
    wanted = {
        **dict.fromkeys(("page", "year", "version", "characters"), "int64"),
        **dict.fromkeys(("fetched_at", "changed_at"), "timestamp[ms, tz=UTC]"),
        "published": "date32[day]",
        **dict.fromkeys(("base_low", "base_high", "difference", "difference_percent"), "decimal128(38, 12)"),
    }
    assert types == {name: wanted.get(name, "string") for name in COLUMNS[what]}


def test_times_are_moments_and_days_are_days() -> None:
    found = table(COLUMNS["versions"], {"fetched_at": "2026-11-22T08:00:00Z", "published": "2026-01-18"}).to_pylist()[0]
    assert found["fetched_at"].isoformat() == "2026-11-22T08:00:00+00:00"
    assert found["published"].isoformat() == "2026-01-18"


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_a_number_is_whole_or_not_there_and_its_text_always_is(number: Decimal) -> None:
    found = table(("low", "base_low"), {"low": number, "base_low": number}).to_pylist()[0]
    assert Decimal(found["low"]) == number
    assert "E" not in found["low"]
    assert found["base_low"] in (None, number)


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        ("270000000000", True),
        ("-0.5", True),
        ("9" * 26, True),
        ("9" * 27, False),
        (f"0.{'0' * (PLACES - 1)}1", True),
        (f"0.{'0' * PLACES}1", False),
    ],
)
def test_what_38_digits_hold_is_kept(number: str, kept: bool) -> None:
    (found,) = table(("base_low",), {"base_low": Decimal(number)}).to_pylist()
    assert found["base_low"] == (Decimal(number) if kept else None)


def test_a_deadline_stays_a_text_and_a_text_stays_as_it_is() -> None:
    row = {"low": "2027-06-30", "sentence": '=HYPERLINK("x")\u202e云\x1b', "year": 2027}
    assert table(("low", "sentence", "year"), row).to_pylist() == [row]


def test_rows_are_written_in_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_CHUNK", 2)
    file = io.BytesIO()
    write_parquet(file, "targets", ("page",), ({"page": number} for number in range(5)))
    written = reader.ParquetFile(io.BytesIO(file.getvalue()))
    assert written.num_row_groups == 3
    assert written.read().column("page").to_pylist() == [0, 1, 2, 3, 4]


def test_the_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"pip install 'report-crawler\[parquet\]'"):
        write_parquet(io.BytesIO(), "targets", ("page",), [])
