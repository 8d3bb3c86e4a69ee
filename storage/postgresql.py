"""All that is particular to PostgreSQL: the driver, transactions, locks, error messages. One of `backends`.

Writing transactions take their turns by an advisory lock, as SQLite's do by the file's: whatever was shown to hold with
one writer at a time holds here. Only hosts are booked beside them (`Database.write_beside`). Reading ones see one state
and wait for nobody.
"""

import logging
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, cast

from sqlalchemy import URL, Connection, Engine, Integer, Table, create_engine, event, func, select
from sqlalchemy.dialects.postgresql import Insert, insert

from crawler.errors import StorageError, UsageError

BUSY_SECONDS = 5.0
"""How long a statement waits for another process (`?timeout=` in the database's address says otherwise)."""

_LOST = {"connect_timeout": "10", "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3"}
"""A server that is gone is noticed within so many seconds; what the address says of it holds."""
_SESSION = {
    "TimeZone": "UTC",
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}
_WRITERS, _DAEMON = (zlib.crc32(name) >> 1 for name in (b"report-crawler writes", b"report-crawler runs"))
_WRITE = (
    "SET TRANSACTION ISOLATION LEVEL READ COMMITTED; "  # what was committed while it waited for others must be seen
    # Whoever was cut off from the server, or stopped, amid a transaction must not hold all others up.
    "SET LOCAL idle_in_transaction_session_timeout = '60s'; "
)
_BESIDE = _WRITE + "SET LOCAL synchronous_commit = off"
_TURN = _WRITE + f"SELECT pg_advisory_xact_lock({_WRITERS}, hashtext(current_schema()))"
_COLLATED = (
    "SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t "
    "USING (table_schema, table_name) WHERE t.table_type = 'BASE TABLE' AND c.table_schema = current_schema() "
    "AND c.data_type = 'text' AND c.collation_name IS NULL AND c.table_name IN ({names})"
)
_ALONE = f"SELECT pg_try_advisory_lock({_DAEMON}, hashtext(current_schema()))"
_ADVICE = {
    "55P03": "is locked by another program; close it or try again in a moment",
    "40": "is used by too many programs at once; try again in a moment",
    "25P03": "waited too long for this program, and took back what was not finished; it is done again",
    "25006": "is read-only; name the server that takes writes",
    "42501": "refuses this user; let it own the database, or grant it CREATE and USAGE on the schema",
    "53100": "has no room left on its disk; free some space",
    "53200": "has no memory left; try again in a moment",
    "53300": "takes no more connections; close some, or raise max_connections",
    "57P": "was shut down or is starting; try again in a moment",
    "58": "cannot be read or written; check the server's disk",
    "XX00": "is damaged; restore a backup ('crawler db verify' says what is wrong)",
}
_REFUSALS = {
    "password authentication failed": "refuses this user or password; correct them in the database's address",
    "no password supplied": "wants a password; put it into the address, PGPASSWORD or ~/.pgpass",
    "does not exist": "is not there ({reason}); make it with createdb and createuser, or name another",
    "no pg_hba.conf entry": "refuses this user from here; allow it in the server's pg_hba.conf",
    "too many": "takes no more connections; close some, or raise max_connections",
    "is not permitted to log in": "refuses this user; ALTER ROLE … LOGIN lets it in",
    "permission denied for database": "refuses this user; grant it CONNECT on the database",
    "starting up": "is starting; try again in a moment",
    "shutting down": "was shut down; start it",
}
"""What libpq says of refused connections has no code; of servers that speak another language their words are told."""


class _Dbapi(Protocol):
    def execute(self, statement: str) -> object: ...
    def commit(self) -> None: ...


def file_of(_url: URL) -> None:
    """There is none."""


def name_of(url: URL) -> str:
    """Without driver, options and password."""
    host = url.query.get("host") if not url.host else None
    plain = URL.create("postgresql", url.username, None, url.host, url.port, url.database)
    return plain.render_as_string() + (f" at {host}" if isinstance(host, str) else "")


def engine_of(url: URL) -> Engine:
    """An engine on the server, which is asked at the first transaction only."""
    url, patience = _driven(url)
    try:
        engine = create_engine(url, pool_pre_ping=True, isolation_level="REPEATABLE READ")
    except ModuleNotFoundError as error:
        raise StorageError(
            f"a PostgreSQL database needs the package {error.name}; pip install 'report-crawler[postgresql]'"
        ) from error
    logging.getLogger("psycopg").setLevel(logging.ERROR)  # what it warns of comes as an error, too
    # A number too large for a column is found nowhere, as on SQLite: no CAST that would refuse it.
    engine.dialect.colspecs = {**engine.dialect.colspecs, Integer: Integer}
    _configure(engine, patience)
    return engine


def _driven(url: URL) -> tuple[URL, float]:
    """The address with its driver and what notices a lost server, and how many seconds to wait for others."""
    if url.drivername not in ("postgresql", "postgresql+psycopg"):
        raise ValueError(url.drivername)
    patience = float(str(url.query.get("timeout", BUSY_SECONDS)))
    given = url.difference_update_query(["timeout"]).set(drivername="postgresql+psycopg")
    return given.update_query_dict({name: item for name, item in _LOST.items() if name not in url.query}), patience


def _configure(engine: Engine, patience: float) -> None:
    """Give every connection its settings, and writing transactions their turn."""
    settings = {**_SESSION, "lock_timeout": f"{max(1, round(patience * 1000))}"}
    statement = "SELECT " + ", ".join(f"set_config('{name}', '{value}', false)" for name, value in settings.items())

    @event.listens_for(engine, "connect")
    def connected(dbapi: _Dbapi, _record: object) -> None:
        dbapi.execute(statement)
        dbapi.commit()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        driver = connection.connection.dbapi_connection
        options = connection.get_execution_options()
        if driver is not None and options.get("writes", False):
            cast("_Dbapi", driver).execute(_BESIDE if options.get("beside", False) else _TURN)


@contextmanager
def alone(url: URL, _held: Path) -> Iterator[None]:
    """One daemon per database, on whatever machine: the lock ends with the connection that holds it."""
    engine = engine_of(url)
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if not connection.exec_driver_sql(_ALONE).scalar():
                raise UsageError("a daemon is already running on this database (its server holds the lock)")
            yield
    finally:
        engine.dispose()


def strangers(found: Collection[str], ours: Collection[str]) -> Collection[str]:
    """Those with a name of ours: a database may be shared."""
    return set(found) & set(ours)


def copy(_url: URL, _target: Path, *, progress: Callable[[int, int], None] | None = None) -> None:  # noqa: ARG001
    """Not from here."""
    raise UsageError("'db backup' copies SQLite files; use pg_dump for PostgreSQL, or 'crawler db copy'")


def keep(_url: URL, _suffix: str) -> None:
    """Not from here; but a schema is moved whole or not at all."""


def suspend_references(_connection: Connection) -> None:
    """Tables are altered in place."""


def before_upgrade(_connection: Connection) -> None:
    """Nothing is in the way."""


def after_upgrade(connection: Connection, tables: Collection[Table]) -> None:
    """Let texts compare by their characters' numbers, as on SQLite, whatever language the database was made for."""
    columns: defaultdict[str, list[str]] = defaultdict(list)
    for table, column in connection.exec_driver_sql(
        _COLLATED.format(names=", ".join(f"'{table.name}'" for table in tables))
    ):
        columns[table].append(column)
    for table, names in columns.items():
        moves = ", ".join(f'ALTER COLUMN "{name}" TYPE text COLLATE "C"' for name in names)
        connection.exec_driver_sql(f'ALTER TABLE "{table}" {moves}')


def after_copy(connection: Connection, tables: Collection[Table]) -> None:
    """Let sequences go on above the highest number."""
    for table in tables:
        number = table.autoincrement_column
        if number is not None and number.name == "id":
            following = func.coalesce(func.max(number), 0) + 1
            connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), following, False)))


def insert_new(table: Table) -> Insert:
    """INSERT that leaves a row alone whose key is there already."""
    return insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


def integrity(_connection: Connection) -> Iterator[str]:
    """Nothing: pg_amcheck is the server's own tool."""
    return iter(())


def size(connection: Connection) -> int:
    """Of the whole database."""
    return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())


def vacuum(connection: Connection, tables: Collection[Table]) -> None:
    """Rewrite the tables; not possible within a transaction."""
    outside = connection.execution_options(isolation_level="AUTOCOMMIT")
    outside.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {', '.join(table.name for table in tables)}")


def advice(error: BaseException | None) -> str | None:
    """What is wrong and what to do, after the database's name; None where the server's code says nothing to act on."""
    code = getattr(error, "sqlstate", None)
    if code:
        return next((text for known, text in _ADVICE.items() if code.startswith(known)), None)
    if type(error).__name__ != "OperationalError":  # of psycopg, which need not be installed
        return None
    line = (str(error).splitlines() or ["?"])[0]
    reason = line.rpartition("FATAL: ")[2].strip()
    told = next((text for known, text in _REFUSALS.items() if known in line), None)
    return (told or "cannot be reached ({reason}); is the server running, and its address right?").format(reason=reason)
