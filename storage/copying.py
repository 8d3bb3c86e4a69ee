"""A whole installation taken into another database: every row as it is, or nothing at all.

The source is read in one state. The target must be empty and is written in one transaction, at whose end every row is
read back beside the source's: only then does anything count. Both have the same schema, which opening them sees to.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import zip_longest
from typing import Any

from sqlalchemy import Connection, LargeBinary, Row, Table, func, select

from crawler.errors import Away, Damaged, StorageError, UsageError
from crawler.model import value
from storage import tables as t
from storage.backends import backend
from storage.blobs import data_of
from storage.store import Store

_ROWS = 500
_HEAVY_ROWS = 20
"""Of a table with bytes, read at a time."""
_BYTES = 4_000_000
"""Written at a time, roughly."""
_TABLES = [table for table in t.Base.metadata.sorted_tables if table is not t.unindexed]
"""Those that others refer to come first. The index of the search is each database's own: it is made anew."""

Progress = Callable[[str, int, int], None]


@value
class Copied:
    """A table whose rows are the same on both sides; `sha256` is over all of them in the order of their keys."""

    table: str
    rows: int
    sha256: str


def copy(source: Store, target: Store, *, progress: Progress | None = None) -> tuple[Copied, ...]:
    """Take everything over, with the installation's id; texts are indexed anew, beside other work.

    Bytes that lie in a store beside the source (`blobs`) come into the target itself, from where they may be moved out
    anew: what either of them removes later, the other one does not miss.
    `progress` is told the table and its rows done and in all. UsageError where the target holds anything; StorageError
    where a row cannot be read, or is not the same there.
    """
    told = progress or (lambda _table, _done, _all: None)
    with source.database.read() as origin, target.database.write() as replica:
        _require_empty(replica, target.database.name)
        replica.execute(t.installation.delete())
        for table in _TABLES:
            _fill(origin, replica, table, told)
        versions = select(*t.version.c["page", "number"])
        replica.execute(t.unindexed.insert().from_select(["page", "number"], versions))
        backend(replica).after_copy(replica, _TABLES)
        return tuple(_compared(origin, replica, table) for table in _TABLES)


def _require_empty(connection: Connection, name: str) -> None:
    for table in _TABLES:
        if table is not t.installation and connection.execute(select(table).limit(1)).first() is not None:
            raise UsageError(f"{name} is not empty (it has rows in {table.name}); nothing was copied: name another one")


def _fill(origin: Connection, replica: Connection, table: Table, told: Progress) -> None:
    total = origin.execute(select(func.count()).select_from(table)).scalar_one()
    done = 0
    for portion in _portions(_whole(origin, table)):
        replica.execute(table.insert(), portion)
        done += len(portion)
        told(table.name, done, total)


def _rows(connection: Connection, table: Table) -> Iterator[Row[Any]]:
    heavy = any(isinstance(column.type, LargeBinary) for column in table.c)
    query = select(table).order_by(*table.primary_key.columns)
    few = connection.execution_options(yield_per=_HEAVY_ROWS if heavy else _ROWS)
    try:
        with few.execute(query) as result:
            yield from result
    except ValueError as error:  # a time that is none, where somebody else has written
        raise StorageError(f"a row of {table.name} cannot be read ({error}); run 'crawler db verify' first") from error


def _whole(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    """The source's rows as they are where nothing lies outside of the database."""
    for row in _rows(connection, table):
        yield {**row._mapping, **_brought_in(connection, table, row)}  # noqa: SLF001 (SQLAlchemy's public name)


def _brought_in(connection: Connection, table: Table, row: Row[Any]) -> dict[str, Any]:
    """What is otherwise then; bytes that are lost stay so."""
    if table is t.installation:
        return {"folder": None}
    if table is not t.content or row.blob is None:
        return {}
    try:
        return {"data": data_of(connection, row), "blob": None}
    except Away:
        raise
    except Damaged:
        return {}


def _portions(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    portion: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        portion.append(row)
        size += sum(len(each) for each in row.values() if isinstance(each, (str, bytes)))
        if len(portion) == _ROWS or size >= _BYTES:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _compared(origin: Connection, replica: Connection, table: Table) -> Copied:
    """Hold each row against its copy; StorageError at the first that is not the same."""
    digest, count = hashlib.sha256(), 0
    for here, there in zip_longest(_whole(origin, table), _rows(replica, table)):
        if here is None or there is None or tuple(here.values()) != tuple(there):
            raise StorageError(f"row {count + 1} of {table.name} is not the same in the copy; nothing was copied")
        for item in there:
            digest.update(_told(item))
        count += 1
    return Copied(table=table.name, rows=count, sha256=digest.hexdigest())


def _told(item: object) -> bytes:
    """A value so that no two rows look alike."""
    if isinstance(item, (datetime, date)):
        item = item.isoformat()
    data = item if isinstance(item, bytes) else repr(item).encode()
    return b"%d:" % len(data) + data
