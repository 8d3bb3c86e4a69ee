"""The composition root: reads the configuration, opens the gate, and runs one round over what is due. Ring 3."""

import asyncio
import hashlib
import os
import random
import secrets
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import metadata
from pathlib import Path

import structlog

from alerts.deliver import DeliveryCounts, deliver
from alerts.timing import deliverable
from crawler.announce import of_channel
from crawler.apart.readers import Readers
from crawler.channels import after, news
from crawler.checks import Alert, Due, DueListing, Outcome, Result
from crawler.config import parse_config
from crawler.errors import CrawlerError, StorageError, UsageError
from crawler.fetch import Fetcher
from crawler.health import Vitals
from crawler.model import Source, value
from crawler.options import Config
from crawler.pipeline import Desk, check_host, compare_prints, host_of
from crawler.reading import Reader
from crawler.tally import Tally
from storage import tallies
from storage.moving import Mover
from storage.search.indexing import work_off
from storage.store import Store

LARGEST_CONFIG = 10_000_000
"""Bytes."""

GIVE_UP_AFTER = timedelta(days=7)
"""What is told of a channel is declared dead after so long; later it would be no news."""

STORAGE_PAUSE = timedelta(seconds=30)
"""So long nothing is tried again where the database cannot be written."""

PORTIONS = 5
"""Of texts that are indexed in a row beside other work: less than a second of it."""

INDEXED_A_ROUND = 100
"""Portions of texts; only after an upgrade more than that wait for the search."""

MOVED_A_ROUND = 100
"""Portions of bytes; only where a store for them was named of late more than that are still in the database."""

TROUBLE = (Outcome.FAILED, Outcome.SUSPECT, Outcome.GONE)
"""Outcomes that make `once` exit with 1."""


log = structlog.get_logger()


@value
class Summary:
    """What one round did; `raised` to `failed` count alerts, one with several channels as one."""

    results: tuple[Result, ...]
    differing: tuple[Alert, ...]
    """Alerts on pages that print one report otherwise."""
    raised: int
    delivered: int
    """Taken by all their channels, in this round."""
    pending: int
    """That some channel has not taken yet."""
    failed: int
    """Given up for some channel, in this round."""
    troubled: bool
    """Some page or some delivery failed."""


def utc_now() -> datetime:
    """The clock: asked at the doors only, and passed down."""
    return datetime.now(UTC)


def new_secret() -> str:
    """One that nobody guesses: the dice, cast at the doors only."""
    return secrets.token_urlsafe(32)


def load_config(path: str, *, sourceless: bool = False) -> Config:
    """Read and validate the configuration file; every fault at once, as ConfigError.

    `sourceless`: it may have no sources yet, or not be there; the dashboard writes the first one into it.
    """
    try:
        with Path(path).open("rb") as file:
            text = file.read(LARGEST_CONFIG + 1)
    except FileNotFoundError:
        if sourceless:
            return parse_config("", {}, path, sourceless=True)
        raise UsageError(f"{path}: no such file; name yours with --config, or try `crawler demo`") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    return parse_config(text, os.environ, path, sourceless=sourceless)


def enabled_sources(config: Config) -> list[Source]:
    """The sources that are not switched off."""
    return [source for source in config.sources if source.enabled]


def chosen_sources(config: Config, names: Sequence[str]) -> dict[str, Source]:
    """The enabled sources by id, or only those named; an unknown name is a usage error."""
    enabled = {source.id: source for source in enabled_sources(config)}
    known = {source.id for source in config.sources}
    for name in names:
        if name not in enabled:
            why = "is disabled" if name in known else "is not in the configuration"
            raise UsageError(f"source {name!r} {why}; `crawler sources` lists them")
    return {name: enabled[name] for name in names} if names else enabled


def open_gate(config: Config, tally: Tally | None = None) -> Fetcher:
    """The one door to the network, as the configuration opens it; its requests are counted in `tally`."""
    return Fetcher(config.network, now=utc_now, jitter=random.random, tally=tally)


def desk_of(config: Config, gate: Fetcher, store: Store, read: Reader) -> Desk:
    """What a check works with."""
    return Desk(
        gate=gate,
        book=store,
        now=utc_now,
        jitter=random.random,
        rules=code_of_rules(),
        web_url=config.web_url,
        read=read,
    )


@cache
def code_of_rules(root: Path = Path(__file__).parent) -> str:
    """Names the code by which bytes become texts and targets: 12 hexadecimal digits, others after an upgrade."""
    digest = hashlib.sha256()
    for package in ("selectolax", "pypdfium2"):
        with suppress(metadata.PackageNotFoundError):  # the extra `documents`
            digest.update(f"{package} {metadata.version(package)}".encode())
    for path in sorted(path for room in ("extract", "targets") for path in (root / room).rglob("*.py")):
        digest.update(path.read_bytes())
    for name in ("charset.py", "discover.py", "reports.py", "text.py"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()[:12]


def jobs_by_host(jobs: Iterable[Due | DueListing]) -> dict[str, list[Due | DueListing]]:
    """What is due, host by host, in the order given."""
    by_host: dict[str, list[Due | DueListing]] = {}
    for job in jobs:
        url = job.url if isinstance(job, Due) else job.source.listing or ""
        by_host.setdefault(host_of(url), []).append(job)
    return by_host


async def run_once(
    config: Config,
    store: Store,
    *,
    sources: Sequence[str] = (),
    page: int | None = None,
    on_result: Callable[[Result], None] | None = None,
) -> Summary:
    """Check every page of every source (or of those named) now, then try every pending delivery at least once.

    With `page`, a page's number, that one alone. `on_result` hears each result as it is recorded.
    """
    wanted = chosen_sources(config, sources)
    every = {source.id: source for source in enabled_sources(config)}
    began = utc_now()
    results: list[Result] = []

    tally = Tally()

    def report(result: Result) -> None:
        results.append(result)
        tally.add("checks", str(result.outcome))
        if on_result:
            on_result(result)

    store.sync(enabled_sources(config), began)
    async with open_gate(config, tally) as gate:
        try:
            with Readers() as read:
                desk = desk_of(config, gate, store, read)
                listings = store.due_listings(wanted, None) if page is None else []
                await _check_all(listings, desk, config.network.hosts_at_once, report)
                due = [each for each in store.due(wanted, None) if page in (None, each.page)]
                await _check_all(due, desk, config.network.hosts_at_once, report)
                differing = await compare_prints(every, desk, round_began=began)
        except CrawlerError:  # the round cannot be finished, but what was concluded is told
            await deliver_all(config, gate, store)
            raise
        counts = await deliver_all(config, gate, store)
    count_deliveries(tally, counts)
    keep_totals(store, tally)
    index_texts(store, INDEXED_A_ROUND)
    progress = store.outbox.progress(began)
    return Summary(
        results=tuple(results),
        differing=tuple(differing),
        raised=sum(len(result.alerts) for result in results) + len(differing),
        delivered=progress.delivered,
        pending=progress.pending,
        failed=progress.failed,
        troubled=any(result.outcome in TROUBLE for result in results) or counts.attempted > counts.delivered,
    )


async def deliver_all(config: Config, gate: Fetcher, store: Store, *, everything: bool = True) -> DeliveryCounts:
    """Deliver what is due, or with `everything` try each pending delivery once; what a channel makes known, too."""
    counts = await _deliver(config, gate, store, everything=everything)
    if tell_channels(config, store, utc_now()):
        counts += await _deliver(config, gate, store, everything=False)
    return counts


def count_deliveries(tally: Tally, counts: DeliveryCounts) -> None:
    """Count what became of deliveries."""
    for result in ("delivered", "retried", "dead"):
        if count := getattr(counts, result):
            tally.add("deliveries", result, amount=count)


def keep_totals(store: Store, tally: Tally) -> None:
    """Add to the store's totals what was counted; what it does not take now it is offered again."""
    taken = tally.take()
    try:
        tallies.add(store, taken)
    except StorageError as error:
        tally.put_back(taken)
        log.error("totals for metrics cannot be stored; it is tried again", error=str(error))


def tell_channels(config: Config, store: Store, now: datetime) -> int:
    """Tell through the other channels of each that fails for long, gave alerts up, or works again; how many."""
    told = 0
    for standing in store.standings():
        if what := news(standing, now, config.health.pending):
            others = [name for name in config.channels if name != standing.channel]
            alert = of_channel(store.installation, standing, what, now, others)
            if store.tell_channel(standing, after(standing, what, now), alert, GIVE_UP_AFTER):
                told += 1
                say = log.error if what == "channel.failing" else log.info
                say(what, channel=standing.channel, summary=alert.summary, told_through=others)
    return told


def index_texts(store: Store, portions: int = PORTIONS) -> timedelta:
    """Let the search find texts that wait for it, so many portions; how long to leave the rest waiting."""
    try:
        for _ in range(portions):
            if not work_off(store):
                break
    except StorageError as error:
        log.error("texts cannot be indexed for the search; it is tried again", error=str(error))
        return STORAGE_PAUSE
    return timedelta(0)


def move_captures(mover: Mover, portions: int = PORTIONS) -> timedelta:
    """Move bytes as fetched out of the database, so many portions; how long to leave the rest where they are."""
    try:
        for _ in range(portions):
            moved = mover.work_off()
            if not moved:
                break
            log.info("captures moved out of the database", captures=moved)
    except StorageError as error:
        log.error("captures cannot be moved out of the database; it is tried again", error=str(error))
        return STORAGE_PAUSE
    return timedelta(0)


def vitals_of(config: Config, store: Store, now: datetime, ticked_at: datetime | None) -> Vitals:
    """How the installation does; what waits for a digest counts from the digest's hour."""
    vitals = store.vitals(now, ticked_at)
    waiting = (
        replace(each, since=deliverable(config.channels.get(each.channel), each.since)) for each in vitals.waiting
    )
    return replace(vitals, waiting=tuple(waiting))


async def _deliver(config: Config, gate: Fetcher, store: Store, *, everything: bool) -> DeliveryCounts:
    return await deliver(
        store.outbox,
        config.channels,
        gate.post,
        now=utc_now,
        jitter=random.random,
        everything=everything,
        ca_file=config.network.ca_file,
    )


async def _check_all(
    jobs: Iterable[Due | DueListing], desk: Desk, at_once: int, report: Callable[[Result], None]
) -> None:
    """Check what is due, host beside host, at most `at_once` of them; within a host one after another."""
    room = asyncio.Semaphore(at_once)

    async def one(host_jobs: list[Due | DueListing]) -> None:
        async with room:
            await check_host(host_jobs, desk, report)

    tasks = [asyncio.create_task(one(host_jobs)) for host_jobs in jobs_by_host(jobs).values()]
    try:
        await asyncio.gather(*tasks)
    finally:  # trouble with the store ends the round: the other hosts must not go on fetching
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
