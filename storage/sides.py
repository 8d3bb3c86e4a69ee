"""A stored page's newest version as one side of a comparison. Ring 2."""

from sqlalchemy import and_, select

from crawler.compare import Side
from crawler.errors import UsageError
from storage import tables as t
from storage import versions
from storage.store import Store


def side(store: Store, page: int) -> Side:
    """The newest version of a page with its place, year and targets; UsageError where it has none yet."""
    newest = and_(t.version.c.page == t.state.c.page, t.version.c.number == t.state.c.version)
    columns = t.version.c["number", "url", "title", "region", "year"]
    query = select(*columns).join_from(t.state, t.version, newest).where(t.state.c.page == page)
    with store.database.read() as connection:
        row = connection.execute(query).one_or_none()
        if row is None:
            raise UsageError(f"page {page} has no version yet")
        return Side(
            name=f"{row.title or row.url} (page {page})",
            region=row.region,
            year=row.year,
            text=versions.body(connection, page, row.number),
            targets=versions.targets(connection, page, row.number),
        )
