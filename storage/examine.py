"""The proof behind `maintenance.verify`: everything is read back and held against what was noted when it was stored."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, func, select, text

from crawler.text import fingerprint
from storage import tables as t
from storage.codec import bytes_text, load_targets
from storage.snapshots import ZstdError, unpack, unroll

_CHUNK = 100


def _integrity(connection: Connection) -> Iterator[str]:
    """SQLite's own examination; PostgreSQL has none to ask for."""
    if connection.dialect.name != "sqlite":
        return
    for line in connection.execute(text("PRAGMA integrity_check(20)")).scalars():
        if line != "ok":
            yield f"the file is damaged: {line}"
    for table, row, parent, _ in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"row {row} of {table} refers to a row of {parent} that is missing"


def _versions(connection: Connection) -> Iterator[str]:
    """Every version restores to the text it was, and the newest one is there."""
    query = select(t.version).order_by(t.version.c.page, t.version.c.number).execution_options(yield_per=_CHUNK)
    newest: dict[int, Row[Any]] = {}
    for page, group in groupby(connection.execute(query), lambda row: int(row.page)):
        rows = list(group)
        newest[page] = rows[-1]
        yield from _chain(page, rows)
    yield from _heads(connection, newest)


def _chain(page: int, rows: list[Row[Any]]) -> Iterator[str]:
    if [row.number for row in rows] != list(range(1, len(rows) + 1)):
        yield f"page {page}: versions are missing among 1 to {rows[-1].number}"
        return
    try:
        for row, (_, body) in zip(rows, unroll((row.number, row.body) for row in rows), strict=True):
            if (hashlib.sha256(body).hexdigest(), fingerprint(bytes_text(body))) != (row.sha256, row.fingerprint):
                yield f"page {page}: the text of version {row.number} is not the one that was stored"
        for _, targets in unroll((row.number, row.targets) for row in rows):
            load_targets(targets)
    except (ZstdError, ValueError, KeyError, TypeError) as error:
        yield f"page {page}: a version cannot be restored ({error})"


def _heads(connection: Connection, newest: dict[int, Row[Any]]) -> Iterator[str]:
    states = select(t.state.c.page, t.state.c.version, t.page.c.fingerprint).join_from(t.state, t.page)
    for page, number, known in connection.execute(states):
        row = newest.get(page)
        if (row.number if row else 0) != number:
            yield f"page {page}: its newest version {number} is missing"
        elif row and row.fingerprint != known:
            yield f"page {page}: its fingerprint is not that of version {number}"


def _captures(connection: Connection) -> Iterator[str]:
    """Bytes kept as evidence are those that were fetched."""
    query = select(t.content.c.sha256, t.content.c.data).execution_options(yield_per=_CHUNK)
    for sha256, data in connection.execute(query):
        try:
            whole = hashlib.sha256(unpack(data)).hexdigest() == sha256
        except ZstdError:
            whole = False
        if not whole:
            yield f"the bytes {sha256[:12]}… kept as evidence are damaged"


def _changes(connection: Connection) -> Iterator[str]:
    """From the second version on each has its change, unless it was only reread."""
    told = t.version.c.number > 1, ~t.version.c.reread
    versions = select(func.count()).select_from(t.version).where(*told).scalar_subquery()
    changes = select(func.count()).select_from(t.change).scalar_subquery()
    versions_count, changes_count = connection.execute(select(versions, changes)).one()
    if versions_count != changes_count:
        yield f"there are {versions_count} versions after the first of their page, but {changes_count} changes"


EXAMINATIONS: tuple[Callable[[Connection], Iterable[str]], ...] = (_integrity, _versions, _captures, _changes)
