"""The daemon: a clock that checks what is due, delivers alerts and follows changes of sources.yaml. Ring 3.

APScheduler is only the clock: a few short jobs, each run at most once at a time and coalesced after sleep. The schedule
itself is data (`next_check` in the store), so a machine that slept or crashed goes on where its pages stand, and one
bad source cannot stop another: whatever a check meets ends in that check's record.

APScheduler dates the next run of a job by the wall clock. Where that leaps ahead, its own triggers count every run that
was missed (a year of seconds: gigabytes and minutes), so ours does not; where it is set back, the runs are dated anew,
else all would rest until it has caught up.
"""

import asyncio
import logging
import signal
import time
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from crawler.apart.readers import Readers
from crawler.app import (
    STORAGE_PAUSE,
    count_deliveries,
    deliver_all,
    desk_of,
    enabled_sources,
    index_texts,
    jobs_by_host,
    keep_totals,
    load_config,
    move_captures,
    open_gate,
    utc_now,
    vitals_of,
)
from crawler.checks import Due, DueListing, Result
from crawler.errors import CrawlerError, StorageError
from crawler.fetch import Fetcher
from crawler.health import complaints
from crawler.options import Config
from crawler.pipeline import check_host, compare_prints
from crawler.tally import Tally
from storage.moving import Mover
from storage.store import Store

TICK = 1
DELIVERY = 5
RELOAD = 2
COMPARISON = 5
INDEXING = 1
LOOK = 30
"""Seconds between two runs of the clock's jobs."""

LAG = 10
"""Seconds by which the schedule may be looked at too late before that is said."""

GRACE = timedelta(seconds=8)
"""After a signal, running checks get so long to finish (container engines kill after ten seconds); the rest are dropped
before they recorded anything, and read again at the next start."""

log = structlog.get_logger()


class Pulse(BaseTrigger):  # type: ignore[misc] # the library has no types
    """A run every so many seconds, the next one that long after the present, whatever was missed."""

    def __init__(self, seconds: int) -> None:
        self._interval = timedelta(seconds=seconds)

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        """When the job runs next."""
        return now + self._interval


class Daemon:
    """One running daemon on one database; `run` returns when it was asked to stop and has stopped.

    Whenever it has read what is due it touches the `heartbeat` file, whose age tells a stuck daemon from a living one.
    """

    def __init__(self, config_path: str, config: Config, store: Store, heartbeat: Path) -> None:
        self._heartbeat = heartbeat
        self._path = Path(config_path)
        self._stamp = self._read_stamp()
        self._config = config
        self._store = store
        self._mover = Mover(store)
        self._tally = Tally()
        self._gate = open_gate(config, self._tally)
        self._read = Readers()
        self._stop = asyncio.Event()
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._retiring: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(config.network.hosts_at_once)
        self._rest_until = time.monotonic()
        self._looked_at = time.monotonic()
        self._troubles: set[str] = set()

    async def run(self) -> None:
        """Work until SIGTERM or SIGINT; then let running checks finish, and stop."""
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, self._stop.set)
        self._store.sync(enabled_sources(self._config), utc_now())
        clock = self._clock()
        clock.start()
        watch = asyncio.create_task(self._watch(clock))
        log.info("started", config=str(self._path), sources=len(enabled_sources(self._config)))
        try:
            await self._stop.wait()
            log.info("stopping", hosts=sorted(self._busy))
            clock.shutdown(wait=False)
            await self._finish()
        finally:
            watch.cancel()
            self._read.close()
            await asyncio.gather(*self._retiring, self._gate.aclose())
        log.info("stopped")

    def _clock(self) -> AsyncIOScheduler:
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a job that goes on is skipped: nothing to tell
        clock = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})
        jobs = (
            (self._check_due, TICK),
            (self._compare, COMPARISON),
            (self._index, INDEXING),
            *([(self._move, INDEXING)] if self._store.database.blobs else []),
            (self._deliver, DELIVERY),
            (self._reload, RELOAD),
            (self._look, LOOK),
        )
        for job, seconds in jobs:
            clock.add_job(job, Pulse(seconds), next_run_time=utc_now(), misfire_grace_time=None)
        return clock

    async def _watch(self, clock: AsyncIOScheduler) -> None:
        """Let jobs run at once that are dated further off than any interval: the wall clock was set back."""
        while True:
            await asyncio.sleep(TICK)
            now = utc_now()
            for job in clock.get_jobs():
                if job.next_run_time > now + timedelta(seconds=2 * max(TICK, COMPARISON, DELIVERY, RELOAD, LOOK)):
                    log.warning("the clock was set back", job=job.name, next_run=str(job.next_run_time))
                    job.modify(next_run_time=now)

    async def _check_due(self) -> None:
        """Start a task for every host that has something due and none running."""
        late = time.monotonic() - self._looked_at - TICK
        self._looked_at = time.monotonic()
        if late > LAG:
            log.warning("the scheduler lags: the machine or one page keeps it busy", seconds=round(late))
        if time.monotonic() < self._rest_until or self._stop.is_set():
            return
        now = utc_now()
        sources = {source.id: source for source in enabled_sources(self._config)}
        try:
            due: list[Due | DueListing] = [*self._store.due_listings(sources, now), *self._store.due(sources, now)]
        except StorageError as error:
            self._rest(error)
            return
        self._heartbeat.touch()
        for host, jobs in jobs_by_host(due).items():
            if host not in self._busy:
                task = asyncio.create_task(self._check(host, jobs), name=host)
                self._busy[host] = task

    async def _check(self, host: str, jobs: list[Due | DueListing]) -> None:
        """Check a host's jobs in turn, until told to stop or given other sources (what is left comes due again)."""
        config = self._config
        desk = desk_of(config, self._gate, self._store, self._read)
        try:
            async with self._room:
                await check_host(jobs, desk, self._report, lambda: self._stop.is_set() or self._config is not config)
        except StorageError as error:
            self._rest(error)
        finally:
            del self._busy[host]

    def _rest(self, error: StorageError) -> None:
        """While the database cannot be written, no page is fetched: nothing could be concluded from it."""
        self._rest_until = time.monotonic() + STORAGE_PAUSE.total_seconds()
        until = utc_now() + STORAGE_PAUSE
        log.error("database trouble; no page is checked for a while", error=str(error), until=str(until))

    def _report(self, result: Result) -> None:
        self._tally.add("checks", str(result.outcome))
        fields = {"source": result.source, "url": result.url, "outcome": str(result.outcome)}
        if result.reason:
            log.warning("checked", **fields, reason=result.reason)
        else:
            log.info("checked", **fields, version=result.version)
        for alert in result.alerts:
            log.info("alert raised", id=alert.id, type=alert.type, summary=alert.summary)

    async def _compare(self) -> None:
        """Compare what changed with other prints of its report."""
        sources = {source.id: source for source in enabled_sources(self._config)}
        desk = desk_of(self._config, self._gate, self._store, self._read)
        try:
            alerts = await compare_prints(sources, desk, self._stop.is_set)
        except StorageError as error:
            log.error("prints cannot be compared; it is tried again", error=str(error))
            return
        for alert in alerts:
            log.info("alert raised", id=alert.id, type=alert.type, summary=alert.summary)

    async def _index(self) -> None:
        """Let the search find some of what waits for it, in a thread of its own: no check waits for it."""
        pause = await asyncio.to_thread(index_texts, self._store)
        await asyncio.sleep(pause.total_seconds())

    async def _move(self) -> None:
        """Move bytes as fetched to the store for them, if there is one, in a thread of its own."""
        pause = await asyncio.to_thread(move_captures, self._mover)
        await asyncio.sleep(pause.total_seconds())

    async def _deliver(self) -> None:
        try:
            counts = await deliver_all(self._config, self._gate, self._store, everything=False)
        except StorageError as error:
            log.error("the outbox cannot be read or written; it is tried again", error=str(error))
            return
        if counts.attempted:
            count_deliveries(self._tally, counts)
            log.info("deliveries", delivered=counts.delivered, retried=counts.retried, dead=counts.dead)

    async def _look(self) -> None:
        """Say what passed one of the limits of `health`, and when it is over; put by what was counted."""
        keep_totals(self._store, self._tally)
        now = utc_now()
        try:
            found = complaints(vitals_of(self._config, self._store, now, ticked_at=now), self._config.health)
        except StorageError as error:
            log.error("how the installation does cannot be told", error=str(error))
            return
        for each in found:
            if each.about not in self._troubles:
                log.warning("past a limit of health", about=each.about, said=each.said)
        for about in sorted(self._troubles - {each.about for each in found}):
            log.info("within the limits of health again", about=about)
        self._troubles = {each.about for each in found}

    async def _reload(self) -> None:
        """Take over a changed sources.yaml; a broken one is told once, and the old one goes on."""
        stamp = self._read_stamp()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        try:
            config = load_config(str(self._path), sourceless=not self._config.sources)
            gate = open_gate(config, self._tally) if config.network != self._config.network else self._gate
            self._store.sync(enabled_sources(config), utc_now())
        except CrawlerError as error:
            log.error("the new configuration is not taken over; the old one goes on", faults=str(error).splitlines())
            return
        if gate is not self._gate:
            self._retire(self._gate)
            self._gate = gate
            self._room = asyncio.Semaphore(config.network.hosts_at_once)
        self._config = config
        log.info("configuration reloaded", sources=len(enabled_sources(config)))

    def _retire(self, gate: Fetcher) -> None:
        """Close a gate once the checks that use it have ended."""

        async def close() -> None:
            await asyncio.gather(*self._busy.values(), return_exceptions=True)
            await gate.aclose()

        task = asyncio.create_task(close())
        self._retiring.add(task)
        task.add_done_callback(self._retiring.discard)

    def _read_stamp(self) -> tuple[int, int] | None:
        try:
            state = self._path.stat()
        except OSError:
            return None
        return state.st_mtime_ns, state.st_size

    async def _finish(self) -> None:
        """Let running checks end within the grace time; cancel the rest, which then record nothing."""
        if self._busy:
            _, late = await asyncio.wait(self._busy.values(), timeout=GRACE.total_seconds())
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._deliver()
        keep_totals(self._store, self._tally)
