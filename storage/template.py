"""What the pages of each host share (`crawler.extract.template`), counted in the transaction that records a version.

Lessons of a host are numbered; a line knows in which it was last met, so that those met least recently make room. All
counting is done by the database: two processes may learn at once. What was read is kept for a minute, since every check
asks for it; a lesson of another process is heard that much later, as if the check had been made before.
"""

import time
from threading import Lock

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, func, select

from crawler.checks import Lesson
from crawler.extract.template import ENOUGH, Template
from storage import tables as t
from storage.columns import insert_new, plain
from storage.database import Database

MOST_SHARED = 200
"""A host's template holds so many lines at most."""

MOST_MET = 2_000
"""So many further lines of a host are remembered at most: teasers that change every day."""

_KEPT = 60
"""Seconds for which what was read counts as what is stored."""
_HOSTS = 256
"""So many hosts' templates are kept at most."""

_ROWS = t.shared_line
_SHARED = _ROWS.c.met >= ENOUGH


class Templates:
    """What the pages of each host share; used from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = Lock()
        self._kept: dict[str, tuple[float, Template]] = {}

    def of(self, host: str) -> Template:
        """A host's template, read at most a minute ago."""
        with self._lock:
            at, kept = self._kept.get(host, (0.0, None))
            if kept is not None and time.monotonic() - at < _KEPT:
                return kept
            with self._database.read() as connection:
                found = read(connection, host)
            if host not in self._kept and len(self._kept) >= _HOSTS:
                del self._kept[next(iter(self._kept))]
            self._kept[host] = time.monotonic(), found
            return found

    def forget(self, host: str) -> None:
        """Read it anew when it is next asked for: a lesson was learnt."""
        with self._lock:
            self._kept.pop(host, None)


def read(connection: Connection, host: str) -> Template:
    """The lines that belong to the host rather than to one of its pages."""
    rows = connection.execute(select(*_ROWS.c["path", "text"]).where(_ROWS.c.host == host, _SHARED))
    return frozenset((path, text) for path, text in rows)


def learn(connection: Connection, lesson: Lesson, page: int) -> None:
    """Count the lines beside a page's body, up to `ENOUGH`: once a page, and once a text that stands on many pages."""
    if not lesson.places:
        return
    mine = _ROWS.c.host == lesson.host
    seen = connection.execute(select(func.coalesce(func.max(_ROWS.c.seen), 0)).where(mine)).scalar_one() + 1
    # In one order for all, so that two processes never wait for each other.
    places = sorted({(plain(path), plain(text)) for path, text in lesson.places})
    fresh = [
        {"host": lesson.host, "path": path, "text": text, "met": 0, "marks": " ", "seen": seen} for path, text in places
    ]
    connection.execute(insert_new(connection, _ROWS), fresh)
    marks = [str(page), *lesson.marks]
    is_another = and_(_ROWS.c.met < ENOUGH, *(~_ROWS.c.marks.contains(f" {mark} ", autoescape=True) for mark in marks))
    count = (
        _ROWS.update()
        .where(mine, _ROWS.c.path == bindparam("the_path"), _ROWS.c.text == bindparam("the_text"))
        .values(
            met=_ROWS.c.met + case((is_another, 1), else_=0),
            marks=_ROWS.c.marks + case((is_another, f"{' '.join(marks)} "), else_=""),
            seen=seen,
        )
    )
    connection.execute(count, [{"the_path": path, "the_text": text} for path, text in places])
    _make_room(connection, mine & _SHARED, MOST_SHARED)
    _make_room(connection, mine & ~_SHARED, MOST_MET)


def _make_room(connection: Connection, among: ColumnElement[bool], most: int) -> None:
    """Of these lines keep so many at most: a lesson that does not fit in whole goes."""
    newest = select(_ROWS.c.seen).where(among).order_by(_ROWS.c.seen.desc())
    last = connection.execute(newest.offset(most).limit(1)).scalar_one_or_none()
    if last is not None:
        connection.execute(_ROWS.delete().where(among, _ROWS.c.seen <= last))
