"""What the pages of each host share (`crawler.extract.template`), counted in the transaction that records a version."""

from sqlalchemy import Connection, func, select

from crawler.checks import Lesson
from crawler.extract.template import ENOUGH, Template
from storage import tables as t

MOST_SHARED = 200
"""A host's template holds so many lines at most: teasers that change every day must not make it grow for ever."""

MOST_MET = 2_000
"""So many lines of a host are remembered at most; those met on one page only go first."""

_ROWS = t.shared_line


def read(connection: Connection, host: str) -> Template:
    """The lines that belong to the host rather than to one of its pages, and on how many pages they were met."""
    rows = connection.execute(
        select(*_ROWS.c["path", "text", "met"]).where(_ROWS.c.host == host, _ROWS.c.met >= ENOUGH)
    )
    return {(path, text): met for path, text, met in rows}


def learn(connection: Connection, lesson: Lesson, page: int) -> None:
    """Count the lines beside a page's body, each once a page, up to `ENOUGH`."""
    mine = _ROWS.c.host == lesson.host
    known = {
        (row.path, row.text): row
        for row in connection.execute(select(_ROWS).where(mine, _ROWS.c.text.in_({text for _, text in lesson.places})))
    }
    if any(place not in known for place in lesson.places):
        _make_room(connection, lesson.host)
    full = connection.execute(select(func.count()).where(mine, _ROWS.c.met >= ENOUGH)).scalar_one() >= MOST_SHARED
    for path, text in lesson.places:
        row = known.get((path, text))
        if row is None:
            fresh = {"host": lesson.host, "path": path, "text": text, "met": 1, "pages": str(page)}
            connection.execute(_ROWS.insert(), fresh)
        elif row.met < ENOUGH - full and str(page) not in row.pages.split():
            this = mine, _ROWS.c.path == path, _ROWS.c.text == text
            connection.execute(_ROWS.update().where(*this).values(met=row.met + 1, pages=f"{row.pages} {page}"))


def _make_room(connection: Connection, host: str) -> None:
    mine = _ROWS.c.host == host
    if connection.execute(select(func.count()).where(mine)).scalar_one() >= MOST_MET:
        connection.execute(_ROWS.delete().where(mine, _ROWS.c.met == 1))
