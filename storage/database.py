"""One database: an engine, reading and writing transactions, and errors as one clear line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from crawler.errors import StorageError
from storage import sqlite


class Database:
    """An engine and what people call it."""

    def __init__(self, engine: Engine, path: Path | None) -> None:
        self.engine = engine
        self.path = path
        """The SQLite file; None on PostgreSQL."""
        self.name = str(path) if path else engine.url.set(query={}).render_as_string(hide_password=True)
        self._writer = engine.execution_options(writes=True)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database throughout."""
        with self._explained(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is committed whole, or rolled back at any exception."""
        with self._explained(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A writing transaction that may rebuild tables which others refer to."""
        with self._explained(), self._writer.connect() as connection:
            if self.path:
                sqlite.suspend_references(connection)
            with connection.begin():
                yield connection

    def vacuum(self) -> None:
        """Rewrite the SQLite file without its empty room; PostgreSQL looks after itself."""
        if self.path is None:
            return
        with self._explained(), self.engine.connect() as connection:
            sqlite.vacuum(connection)

    def close(self) -> None:
        """Give all connections back; on SQLite the last one folds the WAL into the file."""
        self.engine.dispose()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, sqlite.DriverError) as error:
            raise StorageError(self._explain(error)) from error

    def _explain(self, error: Exception) -> str:
        cause = getattr(error, "orig", None) or error
        told = sqlite.advice(cause)
        return f"{self.name} {told}" if told else f"{self.name}: {(str(cause).splitlines() or ['?'])[0]}"


def connect(address: str) -> Database:
    """The database at an SQLAlchemy URL (sqlite:///file, postgresql+psycopg://…); an SQLite file is made if missing."""
    try:
        url = make_url(address)
        if "@" in (url.host or ""):  # the rest of a password, which would be shown and looked up as a name
            raise StorageError("the database's address is wrong; a password in it takes %40 for @")
        path = _file(url)
        if path is None:
            return Database(create_engine(url, pool_pre_ping=True), None)
        sqlite.prepare_file(path)
        engine = create_engine(url, connect_args=_patience(url))
    except (ArgumentError, NoSuchModuleError, ValueError, TypeError) as error:
        raise StorageError("the database's address is wrong; write it as sqlite:///crawler.db") from error
    except ModuleNotFoundError as error:
        raise StorageError(
            f"this database needs the package {error.name}; install report-crawler[distributed]"
        ) from error
    sqlite.configure(engine)
    return Database(engine, path)


def _patience(url: URL) -> dict[str, float]:
    return {} if "timeout" in url.query else {"timeout": sqlite.BUSY_SECONDS}


def _file(url: URL) -> Path | None:
    if url.get_backend_name() != "sqlite":
        return None
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise StorageError("an SQLite database needs a file; write its address as sqlite:///crawler.db")
    return Path(url.database)
