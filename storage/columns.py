"""Column types that mean the same on SQLite and PostgreSQL, and the two statements their dialects spell differently."""

from datetime import UTC, datetime

from sqlalchemy import Connection, DateTime, Dialect, Table, Text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeDecorator


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC time; SQLite keeps it as sortable text without an offset, so a naive one is refused at the door."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; the error names a bug of ours, not of the page's."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without its zone was to be stored: {value}")
        return value.astimezone(UTC).replace(tzinfo=None) if dialect.name == "sqlite" else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Aware again."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class PlainText(TypeDecorator[str]):
    """Text from outside: what a database cannot hold (NUL, lone surrogates) becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """The text as it can be stored."""
        return None if value is None else plain(value)


def plain(text: str) -> str:
    """The text as `PlainText` stores it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")


def insert_new(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """INSERT that leaves a row alone whose key is there already (`rowcount` says which it was)."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()
