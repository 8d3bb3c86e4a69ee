"""The store as the pipeline sees it: what is due, what a check concluded, whose turn a host is, what is to be told.

Each method is one transaction and may be called from any thread. Times are asked for once, at the door, and passed in.
"""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from crawler.channels import Standing
from crawler.checks import (
    Alert,
    Capture,
    Comparison,
    Due,
    DueListing,
    Intent,
    ListingIntent,
    Stood,
    Unpaired,
)
from crawler.compare import Side
from crawler.extract.template import Template
from crawler.failing import Health
from crawler.health import Vitals
from crawler.model import Source, Target
from storage import channels, comparisons, opening, outbox, politeness, record, sides, sync, template, versions, vitals
from storage import due as due_queries
from storage.database import Database, connect
from storage.s3 import open_blobs


def open_store(url: str, *, now: datetime, captures: str = "") -> "Store":
    """Open the database at an SQLAlchemy URL; a missing one is made, an older schema brought up to date after a copy.

    `captures` is the address of the store to which bytes as fetched are moved, and from which they are read (`s3`).
    Raises StorageError with one line to act on: no such folder, not a database, another program's, from a newer
    version, read-only, locked, damaged.
    """
    database = connect(url, open_blobs(captures))
    with ExitStack() as opened:
        opened.callback(database.close)
        store = Store(database, opening.prepare(database, now))
        opened.pop_all()
    return store


class Store:
    """One open database; a context manager that closes it. Every error is a StorageError."""

    def __init__(self, database: Database, installation: str) -> None:
        self.database = database
        """For `queries`, `export` and `maintenance`."""
        self.installation = installation
        """32 hexadecimal digits, made with the schema: ids of alerts are derived from it."""
        self.outbox = outbox.Outbox(database)
        self._templates = template.Templates(database)

    def close(self) -> None:
        """Let go of the file; the store is of no use afterwards."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()

    # --- sources and what is due

    def sync(self, sources: Sequence[Source], now: datetime) -> None:
        """Bring the stored sources in line with the file: what is no longer in it rests, and comes back with its past.

        A page at another address keeps its history but not its validators, and is due at once; another listing (or
        another `match` or `max_pages`) begins with a silent baseline; another schedule never puts off a check. Alerts
        that wait for a channel which no source names any more go to the channels of their source.
        """
        with self.database.write() as connection:
            sync.sync(connection, sources, now)
            outbox.readdress(connection, {source.id: source.alert for source in sources})

    def due(self, sources: Mapping[str, Source], now: datetime | None) -> list[Due]:
        """Pages to check, longest overdue first; without `now` all active ones (those that are gone too)."""
        with self.database.read() as connection:
            return due_queries.pages(connection, sources, now)

    def due_page(self, page: int, source: Source) -> Due:
        """One page as it is now, due or not."""
        with self.database.read() as connection:
            return due_queries.page(connection, page, source)

    def due_listings(self, sources: Mapping[str, Source], now: datetime | None) -> list[DueListing]:
        """Listings to read; without `now` all active ones."""
        with self.database.read() as connection:
            return due_queries.listings(connection, sources, now)

    def hasten(self, source: str, now: datetime, page: int | None = None) -> None:
        """Let all that is watched of a source, or one page of it, come due at once."""
        with self.database.write() as connection:
            due_queries.hasten(connection, source, now, page)

    def next_due(self) -> datetime | None:
        """When something comes due next; in the past if it is already; None if nothing is watched."""
        with self.database.read() as connection:
            return due_queries.soonest(connection)

    def stood(self, page: int, fingerprint: str) -> Stood | None:
        """The latest version with this text that another one replaced, and when."""
        with self.database.read() as connection:
            return versions.stood(connection, page, fingerprint)

    def health(self, source: str, failing_after: int, page: int | None) -> Health:
        """How the source stands apart from this page (None: apart from its listing)."""
        with self.database.read() as connection:
            return due_queries.health(connection, source, failing_after, page)

    # --- channels

    def standings(self) -> list[Standing]:
        """The channels that fail, gave something up, or are told to fail."""
        with self.database.read() as connection:
            return channels.standings(connection)

    def vitals(self, now: datetime, ticked_at: datetime | None) -> Vitals:
        """How the installation does; the moment of the daemon's last tick is known outside."""
        with self.database.read() as connection:
            watched, failing = vitals.sources(connection)
            return Vitals(
                at=now,
                ticked_at=ticked_at,
                late=vitals.late(connection, now),
                waiting=tuple(vitals.waiting(connection)),
                dead=vitals.dead(connection),
                sources=watched,
                failing=tuple(failing),
                channels=tuple(each for each in channels.standings(connection) if each.failing_since or each.told),
            )

    def tell_channel(self, before: Standing, now: Standing, alert: Alert, give_up_after: timedelta) -> bool:
        """Put a channel into its new standing and its alert into the outbox; False: another process did."""
        with self.database.write() as connection:
            moved = channels.move(connection, before, now)
            if moved:
                record.raise_alerts(connection, [alert], give_up_after)
        return moved

    # --- checks

    def record(self, intent: Intent) -> None:
        """Write all that a check concluded; raises Outrun, and writes nothing, if the page was recorded meanwhile."""
        with self.database.write() as connection:
            record.record(connection, intent)
        if intent.lesson is not None:
            self._templates.forget(intent.lesson.host)

    def record_listing(self, intent: ListingIntent) -> None:
        """Write what a listing's reading concluded, with the pages it names for the first time."""
        with self.database.write() as connection:
            record.record_listing(connection, intent)

    def text(self, page: int, version: int) -> str:
        """The text of a version."""
        with self.database.read() as connection:
            return versions.body(connection, page, version)

    def targets(self, page: int, version: int) -> tuple[Target, ...]:
        """The targets of a version."""
        with self.database.read() as connection:
            return versions.targets(connection, page, version)

    def captures(self, page: int, urls: Sequence[str]) -> list[Capture]:
        """The bytes from which the newest version was read, of parts at these addresses; empty where unknown."""
        with self.database.read() as connection:
            return versions.newest_captures(connection, page, urls)

    def template(self, host: str) -> Template:
        """What the pages of a host share; what another process learns is known within a minute."""
        return self._templates.of(host)

    def has_text(self, source: str, fingerprint: str, page: int) -> bool:
        """Whether another page of the source, watched or not, has or had the text with this fingerprint."""
        with self.database.read() as connection:
            return versions.has_text(connection, source, fingerprint, page)

    # --- prints of one report

    def unpaired(self) -> tuple[list[Unpaired], Mapping[tuple[int, int], Comparison]]:
        """The pages still to be compared with others, and all that is known of these."""
        with self.database.read() as connection:
            return comparisons.unpaired(connection)

    def side(self, page: int, version: int) -> Side:
        """A version of a page, to compare it."""
        with self.database.read() as connection:
            return sides.side_of(connection, page, version)

    def record_comparison(
        self,
        compared: Comparison,
        last: Comparison | None,
        at: datetime,
        alerts: Sequence[Alert] = (),
        give_up_after: timedelta = timedelta(0),
    ) -> bool:
        """Write what came of a pair and its alert, or nothing (False) where a page or the pair moved on meanwhile."""
        with self.database.write() as connection:
            return comparisons.record(connection, compared, last, at, alerts, give_up_after)

    def settle(self, page: int, version: int) -> None:
        """Note that a version of a page was compared with all others."""
        with self.database.write() as connection:
            comparisons.settle(connection, page, version)

    # --- hosts

    def reserve_host(self, host: str, now: datetime, delay: timedelta) -> datetime:
        """Book the host's next free moment (now, or later) for one request; nobody else asks within `delay` of it."""
        with self.database.write_beside() as connection:
            return politeness.reserve(connection, host, now, delay)

    def postpone_host(self, host: str, until: datetime) -> None:
        """Nobody asks the host before `until`."""
        with self.database.write_beside() as connection:
            politeness.postpone(connection, host, until)
