"""Versions that wait to be indexed, worked off in small portions: whoever dies or comes second loses nothing.

Texts are read and marks made outside of any writing transaction; a portion is then written in one, together with its
leaving the queue. Of two processes that did the same work, one finds nothing left to write.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import Connection, and_, func, select

from crawler.errors import Damaged
from crawler.search.units import marks, pieces, seen
from storage import tables as t
from storage import versions
from storage.search import index
from storage.search.index import Entry
from storage.store import Store

PORTION = 100
"""Versions that are looked at at once."""
MOST_MARKS = 50_000
"""Of a portion, unless one version has more: a writing transaction of about a tenth of a second."""


def waiting(store: Store) -> int:
    """How many versions are not indexed yet."""
    with store.database.read() as connection:
        return connection.execute(select(func.count()).select_from(t.unindexed)).scalar_one()


def work_off(store: Store) -> int:
    """Index one portion of what waits; returns how many versions left the queue (0: nothing waits)."""
    with store.database.read() as connection:
        entries = list(_portion(connection))
    if not entries:
        return 0
    with store.database.write() as connection:
        index.put(connection, [entry for entry in entries if _leaves(connection, entry)])
    return len(entries)


def _leaves(connection: Connection, entry: Entry) -> bool:
    """Take a version out of the queue; False: another process did."""
    mine = and_(t.unindexed.c.page == entry.page, t.unindexed.c.number == entry.version)
    return connection.execute(t.unindexed.delete().where(mine)).rowcount > 0


def _portion(connection: Connection) -> Iterator[Entry]:
    query = select(t.unindexed).order_by(t.unindexed.c.page, t.unindexed.c.number).limit(PORTION)
    rows = connection.execute(query).all()
    total = 0
    for page, group in groupby(rows, lambda row: int(row.page)):
        for entry in _entries(connection, page, [row.number for row in group]):
            yield entry
            total += len(entry.marks)
            if total > MOST_MARKS:
                return


def _entries(connection: Connection, page: int, numbers: Sequence[int]) -> Iterator[Entry]:
    """What each of these versions of a page brought; nothing of those that cannot be read."""
    waiting = set(numbers)
    try:
        before: dict[str, str] = {}
        for number, title, body in versions.texts(connection, page, numbers[0] - 1, numbers[-1]):
            now = {piece: before.get(piece) or seen(piece) for piece in pieces(title, body)}
            if number in waiting:
                waiting.discard(number)
                yield Entry(page=page, version=number, marks=marks(set(now.values()) - set(before.values())))
            before = now
    except Damaged:  # `db verify` tells
        for number in sorted(waiting):
            yield Entry(page=page, version=number, marks=())
