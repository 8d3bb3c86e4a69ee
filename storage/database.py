"""One database: an engine, reading and writing transactions, and errors as one clear line."""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, Table, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from crawler.errors import StorageError
from storage.backends import Backend, backend_of
from storage.blobs import Blobs


class Database:
    """An engine and what people call it."""

    def __init__(self, engine: Engine, backend: Backend, blobs: Blobs | None = None) -> None:
        self.engine = engine = engine.execution_options(blobs=blobs) if blobs else engine
        self.blobs = blobs
        """Where captures' bytes lie that were moved out; transactions find it among their options (`blobs.data_of`)."""
        self.backend = backend
        self.path = backend.file_of(engine.url)
        """The SQLite file; None on PostgreSQL."""
        self.name = backend.name_of(engine.url)
        self._writer = engine.execution_options(writes=True)
        self._beside = engine.execution_options(writes=True, beside=True)
        self._errors = (SQLAlchemyError, engine.dialect.loaded_dbapi.Error)

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
    def write_beside(self) -> Iterator[Connection]:
        """The same where the locks of single rows do, and where a power cut may take it: other writers need not wait
        (on PostgreSQL).
        """
        with self._explained(), self._beside.begin() as connection:
            yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A writing transaction that may rebuild tables which others refer to."""
        with self._explained(), self._writer.connect() as connection:
            self.backend.suspend_references(connection)
            with connection.begin():
                yield connection

    def vacuum(self, tables: Collection[Table]) -> None:
        """Write the tables anew without their empty room."""
        with self._explained(), self.engine.connect() as connection:
            self.backend.vacuum(connection, tables)

    def copy(self, target: Path, *, progress: Callable[[int, int], None] | None = None) -> None:
        """A consistent copy in a file; UsageError on PostgreSQL."""
        self.backend.copy(self.engine.url, target, progress=progress)

    def keep(self, suffix: str) -> None:
        """Keep the database as it is, if that can be done from here, under its name with this suffix."""
        self.backend.keep(self.engine.url, suffix)

    def close(self) -> None:
        """Give all connections back; on SQLite the last one folds the WAL into the file."""
        self.engine.dispose()

    def _explained(self) -> AbstractContextManager[None]:
        return _explained(self.backend, self.engine.url, self._errors)


def connect(address: str, blobs: Blobs | None = None) -> Database:
    """The database at an SQLAlchemy URL (sqlite:///file, postgresql://…); an SQLite file is made if missing."""
    with _legible():
        url = _url(address)
        backend = backend_of(url)
        return Database(backend.engine_of(url), backend, blobs)


@contextmanager
def alone(address: str, held: Path) -> Iterator[None]:
    """Hold off every other daemon on the database, which need not be there yet; UsageError where there is one.

    `held` is the file that tells this machine of a daemon.
    """
    with _legible():
        url = _url(address)
        backend = backend_of(url)
    with _explained(backend, url, (SQLAlchemyError,)), backend.alone(url, held):
        yield


def _url(address: str) -> URL:
    url = make_url(address)
    if "@" in (url.host or ""):  # the rest of a password, which would be shown and looked up as a name
        raise StorageError("the database's address is wrong; a password in it takes %40 for @")
    return url


@contextmanager
def _legible() -> Iterator[None]:
    try:
        yield
    except (ArgumentError, NoSuchModuleError, ValueError, TypeError) as error:
        raise StorageError(
            "the database's address is wrong; write it as sqlite:///crawler.db or postgresql://user@host/name"
        ) from error


@contextmanager
def _explained(backend: Backend, url: URL, errors: tuple[type[Exception], ...]) -> Iterator[None]:
    try:
        yield
    except errors as error:
        cause = getattr(error, "orig", None) or error
        told, name = backend.advice(cause), backend.name_of(url)
        raise StorageError(f"{name} {told}" if told else f"{name}: {(str(cause).splitlines() or ['?'])[0]}") from error
