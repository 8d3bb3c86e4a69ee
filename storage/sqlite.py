"""All that is particular to SQLite: pragmas, transactions, the file, its permissions and lock, copies, error messages.

One of `backends`.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects.sqlite import Insert, insert

from crawler.errors import StorageError, UsageError
from storage import views

BUSY_SECONDS = 5.0
"""How long a statement waits for another process (`?timeout=` in the database's address says otherwise)."""

_WAL = "PRAGMA journal_mode = WAL"
_PRAGMAS = (
    # NORMAL keeps the promises without waiting for the disk at each commit: a killed process loses nothing, and a power
    # cut may take the last transactions, but whole (version, validators and alert together), so that the next check
    # finds the change again and raises the alert with the same id.
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
)
_PAUSE = 0.02
"""Seconds."""
_ADVICE = {
    "SQLITE_BUSY": "is locked by another program; close it or try again in a moment",
    "SQLITE_LOCKED": "is locked by another program; close it or try again in a moment",
    "SQLITE_READONLY": "is read-only; allow this user to write to the file and to its folder",
    "SQLITE_PERM": "may not be opened; allow this user to read and write the file and its folder",
    "SQLITE_CANTOPEN": "cannot be opened; allow this user to read and write the file and its folder",
    "SQLITE_NOTADB": "is not a database; choose another file, or move this one away to start anew",
    "SQLITE_CORRUPT": "is damaged; restore a backup ('crawler db verify' says what is wrong)",
    "SQLITE_FULL": "has no room left on its disk; free some space",
    "SQLITE_IOERR": "cannot be read or written; check the disk",
}


class _Cursor(Protocol):
    def execute(self, statement: str) -> object: ...


class _Dbapi(Protocol):
    isolation_level: str | None

    def cursor(self) -> _Cursor: ...


def file_of(url: URL) -> Path:
    """The file; StorageError where the address names none."""
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise StorageError("an SQLite database needs a file; write its address as sqlite:///crawler.db")
    return Path(url.database)


def name_of(url: URL) -> str:
    """The file, as it was given."""
    return str(file_of(url))


def engine_of(url: URL) -> Engine:
    """An engine on the file, which is made if missing."""
    prepare_file(file_of(url))
    engine = create_engine(url, connect_args={} if "timeout" in url.query else {"timeout": BUSY_SECONDS})
    configure(engine)
    return engine


@contextmanager
def alone(_url: URL, held: Path) -> Iterator[None]:
    """One daemon per database: the lock is the operating system's, so a killed daemon leaves none behind."""
    lock = FileLock(held, blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise UsageError(f"a daemon is already running on this database (it holds {held})") from None
    except OSError as error:
        raise UsageError(f"{held}: cannot be locked: {error.strerror}") from None
    try:
        yield
    finally:
        lock.release()


def strangers(found: Collection[str], _ours: Collection[str]) -> Collection[str]:
    """All of them: a file belongs to one program."""
    return found


def prepare_file(path: Path) -> None:
    """Make an empty file that only this user may read, unless there is one; its WAL files inherit the permissions."""
    if not path.parent.is_dir():
        raise StorageError(f"{path}: the folder {path.parent} does not exist; create it or choose another database")
    if path.is_dir():
        raise StorageError(f"{path} is a folder; name a database file")
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        reason = f"{path} cannot be created ({error.strerror}); allow this user to write to the folder {path.parent}"
        raise StorageError(reason) from error


def configure(engine: Engine) -> None:
    """Give every connection the pragmas, and let the option `writes` say how its transactions begin."""

    @event.listens_for(engine, "connect")
    def connected(dbapi: _Dbapi, _record: object) -> None:
        dbapi.isolation_level = None
        cursor = dbapi.cursor()
        _write_ahead(cursor)
        for pragma in _PRAGMAS:
            cursor.execute(pragma)

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        # IMMEDIATE: a transaction that reads and then writes would fail, not wait, if another one wrote in between.
        writes = connection.get_execution_options().get("writes", False)
        _on_driver(connection, "BEGIN IMMEDIATE" if writes else "BEGIN")


def _write_ahead(cursor: _Cursor) -> None:
    """Let readers and a writer work side by side. On a new file that another process is making, SQLite says at once
    that it is busy instead of waiting: so the waiting is done here.
    """
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute(_WAL)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > give_up:
                raise
            time.sleep(_PAUSE)
        else:
            return


def suspend_references(connection: Connection) -> None:
    """Stop checking foreign keys on this connection, and close it after use: a migration may copy and drop a table.

    Only possible before a transaction, hence on the driver's own connection: SQLAlchemy begins at the first statement.
    """
    connection.detach()
    _on_driver(connection, "PRAGMA foreign_keys = OFF")


def before_upgrade(connection: Connection) -> None:
    """SQLite refuses to rebuild a table that a view names."""
    views.drop(connection)


def after_upgrade(connection: Connection, _tables: Collection[Table]) -> None:
    """For people with tools that read SQLite."""
    views.make(connection)


def after_copy(_connection: Connection, _tables: Collection[Table]) -> None:
    """Nothing: the next number is always one above the highest."""


def insert_new(table: Table) -> Insert:
    """INSERT that leaves a row alone whose key is there already."""
    return insert(table).on_conflict_do_nothing()


def integrity(connection: Connection) -> Iterator[str]:
    """SQLite's own examination."""
    for line in connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars():
        if line != "ok":
            yield f"the file is damaged: {line}"
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} refers to a row of {parent} that is missing"


def size(connection: Connection) -> int:
    """Of the file."""
    return file_of(connection.engine.url).stat().st_size


def vacuum(connection: Connection, _tables: Collection[Table]) -> None:
    """Rewrite the file; not possible within a transaction."""
    _on_driver(connection, "VACUUM")


def _on_driver(connection: Connection, statement: str) -> None:
    """Run a statement outside SQLAlchemy, whose way costs more than a small transaction; errors are sqlite3's own."""
    driver = connection.connection.dbapi_connection
    if driver is not None:
        driver.cursor().execute(statement)


def advice(error: BaseException | None) -> str | None:
    """What is wrong with the file and what to do, after its name; None where SQLite's code says nothing to act on."""
    name = getattr(error, "sqlite_errorname", None) or ""
    return next((text for code, text in _ADVICE.items() if name.startswith(code)), None)


def keep(url: URL, suffix: str) -> None:
    """A copy beside the file."""
    path = file_of(url)
    copy(url, path.with_name(path.name + suffix))


def copy(url: URL, target: Path, *, progress: Callable[[int, int], None] | None = None) -> None:
    """A consistent copy, also while others write (SQLite's backup API); it appears whole under its name or not at all.

    `progress` is told how many of how many database pages are still to be copied.
    """
    if target.exists():
        raise StorageError(f"{target} exists already; choose another name, or move it away")
    unfinished = target.with_name(target.name + ".part")
    unfinished.unlink(missing_ok=True)
    prepare_file(unfinished)
    try:
        _copy(file_of(url), unfinished, progress)
        unfinished.replace(target)
    except (OSError, sqlite3.Error) as error:
        unfinished.unlink(missing_ok=True)
        raise StorageError(f"{target}: the copy failed ({error}); check the room and the rights there") from error


def _copy(source: Path, target: Path, progress: Callable[[int, int], None] | None) -> None:
    origin = sqlite3.connect(source, timeout=BUSY_SECONDS, isolation_level=None)
    replica = sqlite3.connect(target)
    try:
        # One state throughout: without it, whatever another process writes amid the copy lets it begin again, for ever.
        origin.execute("BEGIN").execute("SELECT count(*) FROM sqlite_master").fetchone()
        told = (lambda _status, left, total: progress(left, total)) if progress else None
        origin.backup(replica, pages=4096, progress=told)
    finally:
        origin.close()
        replica.close()
