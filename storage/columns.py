"""Column types that mean the same on SQLite and PostgreSQL, and INSERT of what may be there."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, DateTime, Dialect, Float, Insert, Table, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

from storage.backends import backend


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


def insert_new(connection: Connection, table: Table) -> Insert:
    """INSERT that leaves a row alone whose key is there already (`rowcount` says which it was)."""
    return backend(connection).insert_new(table)


class leading_number(FunctionElement[Any]):  # noqa: N801 (a function in SQL)
    """The number with which a text begins; on PostgreSQL NULL where it begins with none, on SQLite 0."""

    type = Float()
    name = "leading_number"
    inherit_cache = True


@compiles(leading_number)
def _cast(element: leading_number, compiler: SQLCompiler, **more: Any) -> str:  # noqa: ANN401 (SQLAlchemy's own)
    return f"CAST({compiler.process(element.clauses, **more)} AS FLOAT)"


_NUMBER = "^[-+]?[0-9]{1,200}(?:[.][0-9]+)?(?:[eE][-+]?[0-9]{1,2}(?![0-9]))?"
"""Not so large that PostgreSQL would refuse it; larger ones count as some lesser number."""


@compiles(leading_number, "postgresql")
def _cast_beginning(element: leading_number, compiler: SQLCompiler, **more: Any) -> str:  # noqa: ANN401 (as above)
    return f"CAST(substring({compiler.process(element.clauses, **more)} FROM '{_NUMBER}') AS FLOAT)"
