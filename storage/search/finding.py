"""Pages whose texts say what somebody looks for: the page found last comes first.

The index names pages that may say each word; whether a version says all of them the texts themselves tell, so what is
shown is never a guess. Shown is the newest version; where that does not say them all and older ones count too, the last
one that does among those which brought one of the words.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from crawler.errors import Damaged, UsageError
from crawler.model import value
from crawler.search import Query, Searched, Snippet
from crawler.search.units import may_say, needed, pieces
from storage import tables as t
from storage import versions
from storage.search import index
from storage.store import Store

PORTION = 20
"""Pages."""
SNIPPETS = 3
"""Of a page."""
MOST_READ = 60
"""Texts that are read for a portion; where so many were, it may hold fewer pages and still have more behind it."""
_HIGHEST = 2**42
"""No page has a number as high."""

_PAGE = (
    select(
        t.page.c.id.label("page"),
        t.state.c.version.label("newest"),
        *t.page.c["source", "url", "title", "region", "year"],
    )
    .join_from(t.page, t.state, t.state.c.page == t.page.c.id)
    .where(t.page.c.id == bindparam("of_page"))
)
_AT = select(t.version.c.fetched_at).where(
    t.version.c.page == bindparam("of_page"), t.version.c.number == bindparam("of_number")
)


@value
class Where:
    """Which texts: all that fit whatever is given."""

    source: str | None = None
    region: str | None = None
    year: int | None = None
    any_version: bool = False
    """Not the newest one of each page alone."""


@value
class Found:
    """A page, and a version of it that says what was looked for."""

    page: int
    version: int
    newest: int
    """The page's newest version."""
    source: str
    url: str
    title: str
    """Of the newest version, as are region and year."""
    region: str
    year: int | None
    at: datetime
    """When the version was fetched."""
    snippets: tuple[Snippet, ...]


@value
class Findings:
    """A portion of what was found."""

    found: tuple[Found, ...]
    after: str | None
    """Stands for this place: `search` goes on behind it. None: there is no more."""


def search(store: Store, query: Query, where: Where, *, after: str | None = None, limit: int = PORTION) -> Findings:
    """The first pages that say all words of a query, or those behind a cursor; UsageError where that is none."""
    below = _HIGHEST if after is None else _position(after)
    found: list[Found] = []
    if not query:
        return Findings(found=(), after=None)
    with store.database.read() as connection:
        reading = _Reading(connection, query, where)
        for page in _candidates(connection, query, where, below - 1):
            if len(found) == limit or reading.read >= MOST_READ:
                return Findings(found=tuple(found), after=str(below))
            below = page
            if (one := reading.found(page)) is not None:
                found.append(one)
    return Findings(found=tuple(found), after=None)


def _position(cursor: str) -> int:
    if cursor.isascii() and cursor.isdigit() and len(cursor) <= len(str(_HIGHEST)):
        return min(int(cursor), _HIGHEST)
    raise UsageError("this place in the list does not exist; begin at its top")


def _candidates(connection: Connection, query: Query, where: Where, highest: int) -> Iterator[int]:
    """Pages that fit and that the index does not rule out, from the highest number on: each list leaps to the next
    page that the others may have, so that the rarest word sets the pace.
    """
    lists: list[index.Pages | _Fitting] = [index.Pages(connection, needed(word)) for word in query.words]
    if (where.source, where.region, where.year) != (None, None, None):
        lists.append(_Fitting(connection, where))
    page, agreed = highest, 0
    while page >= 0:
        for each in lists:
            at = each.from_(page)
            if at is None:
                return
            agreed = agreed + 1 if at == page else 1
            page = at
            if agreed >= len(lists):
                yield page
                page, agreed = page - 1, 0
                break


class _Fitting:
    """The pages that a filter lets through, by number from the highest on."""

    def __init__(self, connection: Connection, where: Where) -> None:
        columns = ("source", "region", "year")
        wanted = [t.page.c[name] == given for name in columns if (given := getattr(where, name)) is not None]
        query = select(t.page.c.id).where(*wanted).order_by(t.page.c.id.desc())
        self._rest = iter(connection.execute(query).scalars().all())
        self._at = next(self._rest, None)

    def from_(self, page: int) -> int | None:
        """The highest one that is no higher than this one."""
        while self._at is not None and self._at > page:
            self._at = next(self._rest, None)
        return self._at


class _Reading:
    """Texts held against a query."""

    def __init__(self, connection: Connection, query: Query, where: Where) -> None:
        self._connection = connection
        self._words = query.words
        self._any_version = where.any_version
        self.read = 0
        """Texts that were read."""

    def found(self, page: int) -> Found | None:
        """The page with a version that says all words; None where none does, or it cannot be read."""
        row = self._connection.execute(_PAGE, {"of_page": page}).one_or_none()
        if row is None:
            return None
        for number in self._numbers(page, row.newest):
            self.read += 1
            try:
                [(_, title, body)] = versions.texts(self._connection, page, number, number)
            except (Damaged, ValueError):  # `db verify` tells
                continue
            if not may_say(title, body, self._words):
                continue
            said = Searched(pieces(title, body), self._words)
            if said.has_all():
                return self._one(row, number, tuple(said.snippets(SNIPPETS)))
        return None

    def _numbers(self, page: int, newest: int) -> Iterator[int]:
        """Versions to look at. Wherever all words begin to stand together, one of them was just brought."""
        yield newest
        if self._any_version:
            brought = (index.brought(self._connection, needed(word), page) for word in self._words)
            yield from sorted({number for numbers in brought for number in numbers if number != newest}, reverse=True)

    def _one(self, row: Row[Any], number: int, snippets: tuple[Snippet, ...]) -> Found:
        at = self._connection.execute(_AT, {"of_page": row.page, "of_number": number}).scalar_one()
        return Found(version=number, at=at, snippets=snippets, **row._mapping)  # noqa: SLF001 (SQLAlchemy's public name)
