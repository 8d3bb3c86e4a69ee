"""crawler doctor: is everything in place, and if not, what to mend."""

import asyncio
import importlib.util
import os
import platform
from collections.abc import Iterator
from typing import Annotated, Literal

import typer

import crawler.cli.command as command
from crawler import __version__
from crawler.app import enabled_sources, load_config, open_gate, utc_now, vitals_of
from crawler.cli.health import last_tick
from crawler.cli.output import out, print_json, table
from crawler.errors import CrawlerError
from crawler.fetch import Fetcher
from crawler.health import complaints
from crawler.model import Failure, Request, Source, value
from crawler.options import AppriseChannel, Config, EmailChannel
from storage import maintenance
from storage.store import open_store

EXTRAS = {
    "postgresql": "psycopg",
    "s3": "obstore",
    "documents": "pypdfium2",
    "apprise": "apprise",
    "excel": "xlsxwriter",
}


@value
class Finding:
    """One thing looked at."""

    what: str
    state: Literal["well", "note", "trouble"]
    said: str


def doctor(
    context: typer.Context,
    offline: Annotated[bool, typer.Option("--offline", help="do not ask the sources")] = False,
    json: Annotated[bool, typer.Option("--json", help="print one JSON document")] = False,
) -> None:
    """Check the installation, the database, the channels and each source's reachability; say what to mend."""
    findings = [*_installation(), _database(command.database_url(context))]
    try:
        config = load_config(command.config_path(context))
    except CrawlerError as error:
        findings += [Finding(what="configuration", state="trouble", said=line) for line in str(error).splitlines()]
    else:
        findings += _configuration(config)
        findings += _health(config, command.database_url(context))
        findings += [] if offline else command.run(_reach(config))
    if json:
        print_json([{"what": found.what, "state": found.state, "said": found.said} for found in findings])
    else:
        out().print(table(None, ("", "", ""), [(found.state, found.what, found.said) for found in findings]))
    if any(found.state == "trouble" for found in findings):
        raise typer.Exit(1)


def _installation() -> Iterator[Finding]:
    said = f"report-crawler {__version__} on Python {platform.python_version()}"
    yield Finding(what="installation", state="well", said=said)
    for extra, module in EXTRAS.items():
        if importlib.util.find_spec(module) is None:
            said = f"not installed; pip install 'report-crawler[{extra}]' if you need it"
            yield Finding(what=f"extra {extra}", state="note", said=said)


def _database(url: str) -> Finding:
    file = command.sqlite_file(url)
    missing = command.no_database(url)
    if missing and file and os.access(file.parent, os.W_OK):  # in any other folder the opening says what is wrong
        return Finding(what="database", state="note", said=missing)
    try:
        with open_store(url, now=utc_now(), captures=command.captures_url()) as store:
            problems = maintenance.verify(store)
            waiting = store.outbox.counts()
            name = store.database.name
    except CrawlerError as error:
        return Finding(what="database", state="trouble", said=str(error))
    if problems:
        return Finding(what="database", state="trouble", said=f"{name}: {problems[0]} ({len(problems)} problems)")
    said = f"{name}: sound; deliveries: {waiting['pending']} pending, {waiting['dead']} dead"
    return Finding(what="database", state="note" if waiting["dead"] else "well", said=said)


def _health(config: Config, url: str) -> list[Finding]:
    if command.no_database(url):
        return []
    try:
        with open_store(url, now=utc_now()) as store:
            vitals = vitals_of(config, store, utc_now(), last_tick(url))
    except CrawlerError:  # said above
        return []
    by_daemon = ("tick", "overdue")  # which need not run: `once` by cron has no schedule to be late by
    troubles = [
        Finding(what="health", state="note" if each.about in by_daemon else "trouble", said=each.said)
        for each in complaints(vitals, config.health)
    ]
    said = "checks and alerts keep up"
    return troubles or [Finding(what="health", state="well", said=said)]


def _configuration(config: Config) -> Iterator[Finding]:
    sources = enabled_sources(config)
    said = f"{len(sources)} sources enabled, {len(config.channels)} channels"
    yield Finding(what="configuration", state="well" if sources else "note", said=said)
    if not config.network.contact:
        said = "network.contact is not set: portals cannot tell whom to ask"
        yield Finding(what="configuration", state="note", said=said)
    for name, channel in config.channels.items():
        if isinstance(channel, AppriseChannel) and importlib.util.find_spec("apprise") is None:
            said = "needs the extra 'apprise': pip install 'report-crawler[apprise]'"
            yield Finding(what=f"channel {name}", state="trouble", said=said)
        else:
            kind = f"mail by {channel.host}:{channel.port}" if isinstance(channel, EmailChannel) else channel.name
            said = f"{kind}; send a test with: crawler alerts test {name}"
            yield Finding(what=f"channel {name}", state="well", said=said)


async def _reach(config: Config) -> list[Finding]:
    async with open_gate(config) as gate:
        return list(await asyncio.gather(*(_ask(source, gate) for source in enabled_sources(config))))


async def _ask(source: Source, gate: Fetcher) -> Finding:
    response = await gate.fetch(Request(url=source.url or source.listing or "", delay=source.delay))
    if isinstance(response, Failure):
        return Finding(what=f"source {source.id}", state="trouble", said=response.reason)
    return Finding(what=f"source {source.id}", state="well", said="answers")
