"""Which databases there are, and what each must be able to do: all that differs between them stands in their modules.

A third one is a third module with these functions. Nothing else asks which database it talks to, except for the column
types (`columns`), whose values each database keeps in its own way.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, Connection, Engine, Insert, Table

from crawler.errors import StorageError
from storage import postgresql, sqlite


class Backend(Protocol):
    """The functions of `sqlite` and `postgresql`."""

    def engine_of(self, url: URL) -> Engine:
        """An engine whose transactions write where the option `writes` says so, one of these at a time.

        Those with the option `beside` need not wait for others, nor for the disk.
        """

    def file_of(self, url: URL) -> Path | None:
        """The database's file; None where it is no file."""

    def name_of(self, url: URL) -> str:
        """What people call it; no password is in it."""

    def alone(self, url: URL, held: Path) -> AbstractContextManager[None]:
        """Hold off every other daemon; `held` is this machine's heartbeat file. UsageError where there is one."""

    def strangers(self, found: Collection[str], ours: Collection[str]) -> Collection[str]:
        """Of the tables in a database without our schema those that forbid to make it there."""

    def copy(self, url: URL, target: Path, *, progress: Callable[[int, int], None] | None = None) -> None:
        """A consistent copy in a file; UsageError where the database has tools of its own for that."""

    def keep(self, url: URL, suffix: str) -> None:
        """Keep the database as it is before its schema is moved, if that can be done from here."""

    def suspend_references(self, connection: Connection) -> None:
        """Let a migration rebuild tables that others refer to; before any transaction."""

    def before_upgrade(self, connection: Connection) -> None:
        """Take away what would be in the way when the schema is moved."""

    def after_upgrade(self, connection: Connection, tables: Collection[Table]) -> None:
        """Make what belongs to the schema on this database alone."""

    def after_copy(self, connection: Connection, tables: Collection[Table]) -> None:
        """Set right what rows with numbers of their own leave behind."""

    def insert_new(self, table: Table) -> Insert:
        """INSERT that leaves a row alone whose key is there already."""

    def integrity(self, connection: Connection) -> Iterator[str]:
        """What the database itself finds wrong."""

    def size(self, connection: Connection) -> int:
        """Bytes."""

    def vacuum(self, connection: Connection, tables: Collection[Table]) -> None:
        """Give room back to the file system; outside any transaction, and others wait meanwhile."""

    def advice(self, error: BaseException | None) -> str | None:
        """What is wrong and what to do, to follow the database's name; None where the error does not tell."""


_ALL: dict[str, Backend] = {"sqlite": sqlite, "postgresql": postgresql}


def backend_of(url: URL) -> Backend:
    """The one for an address."""
    try:
        return _ALL[url.get_backend_name()]
    except KeyError:
        raise StorageError(
            f"there is no storing in {url.get_backend_name()!r}; write the database's address as sqlite:///crawler.db "
            "or postgresql://user@host/name"
        ) from None


def backend(connection: Connection) -> Backend:
    """The one a connection talks to."""
    return _ALL[connection.dialect.name]
