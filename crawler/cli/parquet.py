"""Tables as Parquet, for notebooks and databases: every column has a type, and what is stored is exact.

Times are UTC timestamps and days are dates. What a report writes (`low`, `high`) is text, as a deadline's is a date;
what is computed of it (`base_low`, `difference` …) is decimal, empty where 38 digits do not hold it.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Context, Decimal, Inexact, InvalidOperation
from itertools import islice
from typing import IO, Any

from crawler.cli.sheets import Rows
from crawler.errors import UsageError
from crawler.model import Json

PLACES = 12
"""Digits after the point; 26 stay before it."""
_DIGITS = 38
_LAST_PLACE = Decimal(1).scaleb(-PLACES)
_EXACT = Context(prec=_DIGITS, traps=[Inexact, InvalidOperation])
_CHUNK = 10_000
"""Rows held at once."""
_WHOLE = frozenset(("page", "year", "version", "characters"))
_TIMES = frozenset(("fetched_at", "changed_at"))
_DAYS = frozenset(("published",))
_COMPUTED = frozenset(("base_low", "base_high", "difference", "difference_percent"))


def write_parquet(file: IO[bytes], _name: str, columns: Sequence[str], rows: Rows) -> None:
    """The table, in groups of rows."""
    try:  # here, as it takes as long to load as all else a small command needs
        import pyarrow as pa  # noqa: PLC0415
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:  # the extra `parquet`
        raise UsageError("parquet needs the extra 'parquet': pip install 'report-crawler[parquet]'") from None
    types = {
        **dict.fromkeys(_WHOLE, pa.int64()),
        **dict.fromkeys(_TIMES, pa.timestamp("ms", tz="UTC")),
        **dict.fromkeys(_DAYS, pa.date32()),
        **dict.fromkeys(_COMPUTED, pa.decimal128(_DIGITS, PLACES)),
    }
    schema = pa.schema([(name, types.get(name, pa.string())) for name in columns])
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for chunk in _chunks(rows):
            typed = [{name: _typed(name, row[name]) for name in columns} for row in chunk]
            writer.write_table(pa.Table.from_pylist(typed, schema))


def _chunks(rows: Rows) -> Iterator[list[Any]]:
    left: Iterable[Any] = iter(rows)
    while chunk := list(islice(left, _CHUNK)):
        yield chunk


def _typed(name: str, item: Json) -> Json:
    """A cell as its column holds it."""
    if item is None or name in _WHOLE:
        return item
    if name in _TIMES:
        return datetime.fromisoformat(item)
    if name in _DAYS:
        return date.fromisoformat(item)
    if name in _COMPUTED:
        return _fitting(item)
    return f"{item:f}" if isinstance(item, Decimal) else item


def _fitting(number: Decimal) -> Decimal | None:
    """The number with as many places as the column has, or None where that would lose a digit."""
    try:
        return number.quantize(_LAST_PLACE, context=_EXACT)
    except (Inexact, InvalidOperation):
        return None
