"""The index of marks (`crawler.search.units`): which versions of which pages brought them in.

All that is particular to SQLite's FTS5 is here. A row stands for a version: the marks of all pieces that the version
before did not have. So a piece is indexed once however long it stands, and rows are only ever added. The row's number
holds page and version, so that the rows of a page stand side by side, the newest first.
"""

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import Connection, text

from crawler.model import value

_BITS = 20
"""Of a row's number that tell the version."""
_NEWEST = (1 << _BITS) - 1
_HOPS = 64
"""So many rows are passed over before the index is asked anew from further on."""
_PUT = text("INSERT INTO search (rowid, marks) VALUES (:row, :marks)")
_ROWS = text(
    "SELECT rowid FROM search WHERE search MATCH :wanted AND rowid BETWEEN :least AND :most ORDER BY rowid DESC"
)


@value
class Entry:
    """What is indexed of a version."""

    page: int
    version: int
    marks: Collection[str]
    """Of the pieces that it brought."""


def put(connection: Connection, entries: Iterable[Entry]) -> None:
    """Add versions that are not indexed yet."""
    rows = [{"row": (entry.page << _BITS) + entry.version, "marks": " ".join(sorted(entry.marks))} for entry in entries]
    if rows:
        connection.execute(_PUT, rows)


def brought(connection: Connection, marks: Collection[str], page: int) -> Iterator[int]:
    """The versions of a page that brought pieces with all of these marks, the newest first."""
    first = page << _BITS
    return (row - first for row in _rows(connection, _all(marks), first, first + _NEWEST))


class Pages:
    """The pages that ever had a piece with all of these marks, by number from the highest on."""

    def __init__(self, connection: Connection, marks: Collection[str]) -> None:
        self._connection = connection
        self._wanted = _all(marks)
        self._rows: Iterator[int] = iter(())
        self._at: int | None = None
        self._begun = False

    def from_(self, page: int) -> int | None:
        """The highest one that is no higher than this one, which may never rise from call to call."""
        for _ in range(_HOPS if self._begun else 0):
            if self._at is None or self._at <= page:
                return self._at
            self._at = next(self._rows, None)
        if self._at is None and self._begun:
            return None
        most = (page << _BITS) + _NEWEST
        self._rows = (row >> _BITS for row in _rows(self._connection, self._wanted, 0, most))
        self._at, self._begun = next(self._rows, None), True
        return self._at


def _rows(connection: Connection, wanted: str, least: int, most: int) -> Iterator[int]:
    result = connection.execute(_ROWS, {"wanted": wanted, "least": least, "most": most})
    return iter(result.scalars())


def _all(marks: Collection[str]) -> str:
    """Marks hold letters, figures and `.,%‰` only, so that nothing in them is syntax between quotation marks."""
    return " AND ".join(f'"{mark}"' for mark in sorted(marks))
