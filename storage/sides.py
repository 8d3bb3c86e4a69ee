"""A stored page's newest version as one side of a comparison. Ring 2."""

from sqlalchemy import Connection, select

from crawler.compare import Side
from crawler.errors import UsageError
from storage import tables as t
from storage import versions
from storage.database import Database


def side(database: Database, page: int) -> Side:
    """The newest version of a page with its place, year and targets; UsageError where it has none yet."""
    with database.read() as connection:
        number = connection.execute(select(t.state.c.version).where(t.state.c.page == page)).scalar()
        if not number:
            raise UsageError(f"page {page} has no version yet")
        return side_of(connection, page, number)


def side_of(connection: Connection, page: int, number: int) -> Side:
    """A version of a page."""
    columns = t.version.c["url", "title", "region", "year"]
    row = connection.execute(select(*columns).where(t.version.c.page == page, t.version.c.number == number)).one()
    return Side(
        name=f"{row.title or row.url} (page {page})",
        region=row.region,
        year=row.year,
        text=versions.body(connection, page, number),
        targets=versions.targets(connection, page, number),
    )
