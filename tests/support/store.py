"""Values and stores for tests of the store: real SQLite files or PostgreSQL databases, made-up places and sentences."""

import hashlib
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from crawler.checks import Alert, Capture, Document, Due, DueListing, Intent, ListingIntent, NewVersion, Outcome, Part
from crawler.model import Schedule, Source, Target, TargetChange, TargetDiff
from crawler.text import fingerprint
from storage.store import Store, open_store
from tests.support.postgresql import Server

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ROOT = Path(__file__).parents[2]
NOBODY = 65534


SERVER: Server | None = None
"""Where stores lie in the place of files: the server that a test runs on; None: they are SQLite files."""


def url_of(path: Path, **options: str) -> str:
    """The address of an SQLite file, or of the database in its place."""
    address = SERVER.url_of(path) if SERVER else f"sqlite:///{path}"
    query = "&".join(f"{name}={value}" for name, value in options.items())
    return address + (("&" if SERVER else "?") + query if query else "")


def opened(path: Path, *, now: datetime = NOW, captures: str = "", **options: str) -> Store:
    """A store on a file."""
    return open_store(url_of(path, **options), now=now, captures=captures)


def duplicate(path: Path, target: Path) -> None:
    """A store as one that nobody uses is, in the place of what was there."""
    if SERVER:
        SERVER.copy(path, target)
        return
    for file in target.parent.glob(f"{target.name}*"):
        file.unlink()
    shutil.copyfile(path, target)


def rows(path: Path, query: str, *arguments: object) -> list[tuple[Any, ...]]:
    """What stands in the file, as someone with another tool sees it."""
    if SERVER:
        return SERVER.query(path, query, *arguments)
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query, arguments).fetchall()


def alter(path: Path, statement: str, *arguments: object) -> None:
    """Change the file behind the store's back."""
    if SERVER:
        SERVER.query(path, statement, *arguments)
        return
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement, arguments)


def refuse_rows(path: Path, table: str, why: str, when: str = "true") -> None:
    """Let no row (or none of this kind) come into a table any more."""
    if SERVER:
        alter(path, f"CREATE FUNCTION no() RETURNS trigger AS $$ BEGIN RAISE '{why}'; END $$ LANGUAGE plpgsql")
        alter(path, f"CREATE TRIGGER no BEFORE INSERT ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION no()")
    else:
        alter(path, f"CREATE TRIGGER no BEFORE INSERT ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{why}'); END")


def moment(at: datetime) -> datetime | str:
    """A time as `rows` finds it."""
    return at if SERVER else f"{at.replace(tzinfo=None)}.000000"


def views(path: Path) -> list[str]:
    """The views there are."""
    query = "SELECT table_name FROM information_schema.views WHERE table_schema = current_schema()"
    return [name for (name,) in rows(path, query if SERVER else "SELECT name FROM sqlite_master WHERE type = 'view'")]


def partial_indexes(path: Path) -> list[tuple[Any, ...]]:
    """The indexes over some rows, as the database tells them."""
    table, name, sql = ("pg_indexes", "indexname", "indexdef") if SERVER else ("sqlite_master", "name", "sql")
    return rows(path, f"SELECT {name}, {sql} FROM {table} WHERE {sql} LIKE 'CREATE INDEX%WHERE%' ORDER BY 1")


def source(name: str = "hechuan", **fields: object) -> Source:
    """A source of one page."""
    plain = Source(
        id=name,
        title=f"{name} report",
        url=f"https://www.example.org/{name}.html",
        schedule=Schedule(every=6 * HOUR),
        alert=("desk", "mail"),
    )
    return replace(plain, **fields)


def listing(name: str = "portal", **fields: object) -> Source:
    """A source that discovers its pages."""
    return source(name, **({"url": None, "listing": f"https://www.example.org/{name}/"} | fields))


def target(indicator: str = "粮食产量", low: str | None = "320", **fields: object) -> Target:
    """One target of a made-up report."""
    exact = None if low is None else Decimal(low)
    plain = Target(
        start=4,
        end=9,
        text=f"{low}万吨",
        sent_start=0,
        sentence=f"{indicator}稳定在{low}万吨以上。",
        indicator=indicator,
        kind="level",
        relation="at_least",
        low=exact,
        high=None,
        unit="万吨",
        period="2027",
        key=indicator,
        rule="quantity",
    )
    return replace(plain, **fields)


def capture(content: bytes, url: str = "https://www.example.org/hechuan.html", at: datetime = NOW) -> Capture:
    """Bytes as fetched."""
    return Capture(
        url=url,
        content=content,
        headers={"content-type": "text/html; charset=gbk"},
        fetched_at=at,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def part(number: int = 1, **fields: object) -> Part:
    """One address of a document."""
    plain = Part(
        url=f"https://www.example.org/p{number}.html", sha256=f"{number:064d}", paragraphs=3, etag=f'"{number}"'
    )
    return replace(plain, **fields)


def document(text: str = "河川市政府工作报告\n粮食产量稳定在320万吨以上。", **fields: object) -> Document:
    """A document as read."""
    plain = Document(
        url="https://www.example.org/hechuan.html",
        title="河川市2027年政府工作报告",
        published=None,
        region="河川市",
        year=2027,
        paragraphs=tuple(text.split("\n")),
        targets=(target(),),
        parts=(part(),),
        captures=(capture(text.encode("gbk", "replace")),),
        fetched_at=NOW,
        fingerprint=fingerprint(text),
    )
    return replace(plain, **fields)


def alert(name: str = "a1", **fields: object) -> Alert:
    """An alert for the channels of `source`."""
    plain = Alert(
        id=name,
        type="page.changed",
        source="hechuan",
        page=1,
        raised_at=NOW,
        summary="粮食产量 320万吨 → 330万吨",
        payload={"type": "page.changed", "id": name, "summary": "粮食产量 320万吨 → 330万吨"},
        channels=("desk", "mail"),
    )
    return replace(plain, **fields)


def unchanged(due: Due, **fields: object) -> Intent:
    """What a check concludes that found nothing new."""
    plain = Intent(
        due=due, outcome=Outcome.UNCHANGED, reason=None, at=NOW, next_check=NOW + 6 * HOUR, url=due.url, failures=0
    )
    return replace(plain, **fields)


def changed(due: Due, text: str = "河川市政府工作报告\n粮食产量稳定在330万吨以上。", **fields: object) -> Intent:
    """What a check concludes that found another text; document fields go to `read`."""
    read = fields.pop("read", document(text))
    targets = fields.pop("targets", TargetDiff())
    version = NewVersion(number=due.version + 1, document=read, targets=targets)
    outcome = Outcome.CHANGED if due.version else Outcome.NEW
    return replace(unchanged(due), **({"outcome": outcome, "version": version, "parts": read.parts} | fields))


def raised(old: str = "320", new: str = "330") -> TargetDiff:
    """One target that moved."""
    change = TargetChange(indicator="粮食产量", old=target(low=old), new=target(low=new))
    return TargetDiff(changed=(change,))


def listed(due: DueListing, *found: tuple[str, str], **fields: object) -> ListingIntent:
    """What reading a listing concludes."""
    plain = ListingIntent(
        due=due, outcome=Outcome.UNCHANGED, reason=None, at=NOW, next_check=NOW + 6 * HOUR, found=found
    )
    return replace(plain, **fields)


def watch(store: Store, *sources: Source, now: datetime = NOW) -> list[Due]:
    """Bring the store in line with a file that names these sources; returns all their pages."""
    store.sync(sources, now)
    return store.due({each.id: each for each in sources}, None)


def stock(store: Store, versions: int = 2, **fields: object) -> Due:
    """A page of `source()` with so many versions; the newest one raised an alert."""
    [due] = watch(store, source())
    for number in range(1, versions + 1):
        text = f"河川市政府工作报告\n粮食产量稳定在{310 + 10 * number}万吨以上。"
        read = document(text, targets=(target(low=str(310 + 10 * number)),))
        told = (alert(f"v{number}"),) if number == versions else ()
        diff = raised(str(300 + 10 * number), str(310 + 10 * number)) if number > 1 else TargetDiff()
        store.record(changed(due, read=read, targets=diff, alerts=told, **fields))
        due = store.due_page(due.page, due.source)
    return due


def run_python(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
