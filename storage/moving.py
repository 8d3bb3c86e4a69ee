"""Captures' bytes on their way out of the database into the store beside it, and what is left over there.

A row is *named* first, while it still holds the bytes; then they are put under that name; then the row is emptied. Who
dies in between leaves a row that holds its bytes and is moved again. A name is made of the bytes' hash and dice and
never given twice, in a folder that is this database's alone: so whatever was listed there before the names were read,
and has none, cannot come to be needed any more (`sweep`).
"""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from storage import tables as t
from storage.blobs import Blobs, is_mark, mark
from storage.store import Store

PORTION = 20
"""Captures moved at once, if they are small."""
ROOM = 8_000_000
"""Bytes of a portion, unless one capture has more."""

_INSIDE = func.length(t.content.c.data) > 0
_NAME = update(t.content).where(t.content.c.blob.is_(None), _INSIDE)


class Mover:
    """Moves what a database holds and what comes into it; only who may write into it makes one.

    It goes through the captures in the order in which they came, so that nothing is looked for where nothing is new.
    """

    def __init__(self, store: Store) -> None:
        self._database = store.database
        self._blobs = store.database.blobs
        self._folder = ""
        self._after = 0

    def work_off(self) -> int:
        """Move one portion; how many were moved (0: nothing waits, or there is no store beside the database).

        Raises Away where that cannot be asked now: the bytes stay where they are and are moved later.
        """
        if self._blobs is None:
            return 0
        with self._database.read() as connection:
            last = connection.execute(select(func.max(t.capture.c.id))).scalar() or 0
            rows = list(_portion(connection, self._after))
        if rows:
            self._move(self._blobs, rows)
        self._after = rows[-1].id if rows else max(last, self._after)
        return len(rows)

    def _move(self, blobs: Blobs, rows: Sequence[Row[Any]]) -> None:
        folder = self._folder or self._marked(blobs)
        named: dict[str, tuple[str, bytes]] = {}
        with self._database.write() as connection:
            for row in rows:
                key = row.blob or f"{folder}/{row.sha256}.{uuid.uuid4().hex[:12]}"
                mine = t.content.c.sha256 == row.sha256
                if row.blob or connection.execute(_NAME.where(mine).values(blob=key)).rowcount:
                    named.setdefault(row.sha256, (key, row.data))
        for key, data in named.values():
            blobs.put(key, data)
        with self._database.write() as connection:
            for sha256, (key, data) in named.items():
                as_put = t.content.c.sha256 == sha256, t.content.c.blob == key, t.content.c.data == data
                connection.execute(t.content.update().where(*as_put).values(data=b""))

    def _marked(self, blobs: Blobs) -> str:
        """This database's folder, made if there is none."""
        with self._database.write() as connection:
            new = t.installation.update().where(t.installation.c.folder.is_(None))
            connection.execute(new.values(folder=uuid.uuid4().hex))
            folder = str(connection.execute(select(t.installation.c.folder)).scalar_one())
        mark(blobs, folder)
        self._folder = folder
        return folder


def _portion(connection: Connection, after: int) -> Iterator[Row[Any]]:
    columns = (t.capture.c.id, *t.content.c["sha256", "data", "blob"])
    query = select(*columns).join_from(t.capture, t.content).where(t.capture.c.id > after, _INSIDE)
    room = ROOM
    with connection.execute(query.order_by(t.capture.c.id).limit(PORTION).execution_options(yield_per=1)) as rows:
        for row in rows:
            yield row
            room -= len(row.data)
            if room < 0:
                return


def sweep(store: Store) -> int:
    """Remove what no row names any more, as after a thinning or a crash; how many. Raises Away."""
    blobs = store.database.blobs
    with store.database.read() as connection:
        folder = connection.execute(select(t.installation.c.folder)).scalar()
    if blobs is None or folder is None:
        return 0
    swept = 0
    for keys in blobs.keys(folder):
        with store.database.read() as connection:
            mine = t.content.c.sha256.in_([key.rpartition("/")[2].partition(".")[0] for key in keys])
            named = set(connection.execute(select(t.content.c.blob).where(mine)).scalars())
        left = [key for key in keys if key not in named and not is_mark(key)]
        blobs.delete(left)
        swept += len(left)
    return swept
