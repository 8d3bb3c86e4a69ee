"""A PostgreSQL server of the tests' own: Debian's programs, in a temporary folder, on a socket that only it holds."""

import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

NOBODY = 65534
USER = "crawler"
GUARDED, PASSWORD = "guarded", "open sesame"
"""A user who has to show this password."""
_SCHEMA = """
SELECT relname, attname, atttypid, attcollation FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = 'public'::regnamespace AND attnum > 0
UNION ALL SELECT tgname, NULL, NULL, NULL FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT conname, NULL, NULL, NULL FROM pg_constraint UNION ALL SELECT proname, NULL, NULL, NULL FROM pg_proc
WHERE pronamespace = 'public'::regnamespace ORDER BY 1, 2, 3
"""
_CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
_REVISION, _INSTALLATION = "SELECT version_num FROM alembic_version", "SELECT id, created_at FROM installation"
_BLOB = re.compile(r"zeroblob\((\d+)\)")


def programs() -> Path | None:
    """Where initdb and pg_ctl of the newest installed version are; None: there is none that will do."""
    found = {int(path.parents[1].name): path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")}
    newest = max(found, default=0)
    return found[newest] if newest >= 15 else None


class Server:
    """One running server; `urls` of databases are made from the paths of the SQLite files in whose place they stand."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        # Short, because a socket's path is; not pytest's folder, which is closed to the server's user.
        self.folder = Path(tempfile.mkdtemp(prefix="crawler-pg-"))
        if os.geteuid() == 0:
            os.chown(self.folder, NOBODY, NOBODY)
        self._names: dict[Path, str] = {}
        self._making = threading.Lock()
        self._copies: set[str] = set()
        self._free: list[str] = []
        """Databases as `fresh` is, to be given out again: making one takes longer than most tests."""
        self._fresh: Path | None = None
        self._number = 0

    def start(self) -> None:
        """Make the cluster, whose collation is a language's, as many people's is, and run it."""
        collation = ("--locale-provider=icu", "--icu-locale=zh", "--locale=C.UTF-8", "--encoding=UTF8")
        self._run("initdb", "--no-sync", "--auth=trust", f"--username={USER}", *collation)
        rules = self.folder / "data" / "pg_hba.conf"
        rules.write_text(f"local all {GUARDED} scram-sha-256\n" + rules.read_text())
        self.go_on()
        self.execute("postgres", f"CREATE ROLE {GUARDED} LOGIN PASSWORD '{PASSWORD}'")

    def go_on(self) -> None:
        """Run it (again)."""
        options = f"-F -k {self.folder} -c listen_addresses= -c max_connections=60"
        self._run("pg_ctl", "--wait", "--silent", f"--log={self.folder}/log", f"--options={options}", "start")

    def halt(self, mode: str = "immediate") -> None:
        """Stop it, as if its machine had died."""
        self._run("pg_ctl", "--wait", "--silent", f"--mode={mode}", "stop")

    def remove(self) -> None:
        """Stop it and remove all it kept."""
        self.halt()
        shutil.rmtree(self.folder)

    def url_of(self, path: Path, user: str = USER) -> str:
        """The database in the place of a file, made empty if there is none."""
        with self._making:
            if path not in self._names:
                self._make(path)
        return f"postgresql://{user}@/{self._names[path]}?host={self.folder}"

    def name_of(self, path: Path) -> str:
        """What people read of the database."""
        return f"postgresql://{USER}@/{self._names[path]} at {self.folder}"

    def copy(self, fresh: Path, target: Path) -> None:
        """A database as the one that was just made, in the place of what was there."""
        self._fresh = fresh
        self._give_back(target)
        if self._free:
            self._names[target] = self._free.pop()
        else:
            self._make(target, f'TEMPLATE "{self._names[fresh]}"')
            self._copies.add(self._names[target])

    def forget(self) -> None:
        """End the databases that were made, but for the fresh one."""
        for path in list(self._names):
            if path != self._fresh:
                self._give_back(path)

    def cut(self, path: Path) -> None:
        """End all connections to the database in the place of a file."""
        self.execute("postgres", _CUT, self._names[path])

    def wait_for_nobody(self, path: Path) -> None:
        """Until the server knows of the end of all who were connected."""
        deadline = time.monotonic() + 30
        while self.execute("postgres", "SELECT 1 FROM pg_stat_activity WHERE datname = %s", self._names[path]):
            assert time.monotonic() < deadline

    def _make(self, path: Path, more: str = "") -> None:
        self._number += 1
        name = f"t{self._number}"
        self.execute("postgres", f'CREATE DATABASE "{name}" {more}')
        self._names[path] = name

    def _give_back(self, path: Path) -> None:
        """For the next test, if the schema is still what it was."""
        name = self._names.pop(path, None)
        if name is None:
            return
        fresh = self._names.get(self._fresh) if self._fresh else None
        if fresh is None or name not in self._copies or self.execute(name, _SCHEMA) != self.execute(fresh, _SCHEMA):
            self.execute("postgres", f'DROP DATABASE "{name}" WITH (FORCE)')
            return
        self.execute("postgres", _CUT, name)
        tables = [table for (table,) in self.execute(name, _TABLES)]
        self.execute(name, f"TRUNCATE {', '.join(tables)} RESTART IDENTITY")
        self.execute(name, "INSERT INTO alembic_version VALUES (%s)", *self.execute(fresh, _REVISION)[0])
        self.execute(name, "INSERT INTO installation VALUES (%s, %s)", *self.execute(fresh, _INSTALLATION)[0])
        self._free.append(name)

    def query(self, path: Path, statement: str, *arguments: object) -> list[tuple[Any, ...]]:
        """What a statement in SQLite's writing answers in the database in the place of a file."""
        self.url_of(path)
        statement = _BLOB.sub(r"decode(repeat('00', \1), 'hex')", statement)
        if arguments:
            statement = statement.replace("%", "%%").replace("?", "%s")
        return self.execute(self._names[path], statement, *arguments)

    def execute(self, database: str, statement: str, *arguments: object) -> list[tuple[Any, ...]]:
        """Run a statement as another program would."""
        import psycopg

        with psycopg.connect(host=str(self.folder), dbname=database, user=USER, autocommit=True) as connection:
            cursor = connection.execute(statement, arguments or None)
            return cursor.fetchall() if cursor.description else []

    def _run(self, program: str, *arguments: str) -> None:
        user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        subprocess.run(
            [self._programs / program, f"--pgdata={self.folder}/data", *arguments],
            cwd=self.folder,
            check=True,
            stdout=subprocess.DEVNULL,
            **user,
        )
