"""Commands that check pages: once, run, check, demo."""

import asyncio
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import crawler.cli.command as command
from crawler.app import MOVED_A_ROUND, Summary, move_captures, run_once, utc_now
from crawler.checks import Outcome, Result
from crawler.cli.completion import sources
from crawler.cli.health import heartbeat_of
from crawler.cli.output import err, out, print_json, safe, table
from crawler.cli.web import Host, Port, ready
from crawler.config.schema import json_schema
from crawler.daemon import Daemon
from crawler.demo import run_demo
from crawler.options import Config
from storage.copying import copy
from storage.database import alone
from storage.moving import Mover
from storage.store import Store, open_store

SHOWN = 40
"""Unchanged pages are counted, the others listed, at most so many."""


def once(
    context: typer.Context,
    source: Annotated[
        list[str] | None, typer.Option(metavar="ID", autocompletion=sources, help="only this source (may be repeated)")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="store nothing and send nothing")] = False,
    json: Annotated[bool, typer.Option("--json", help="print one JSON document")] = False,
) -> None:
    """Check every page of every source now, record versions, raise and deliver alerts."""
    config = command.configured(context)
    with _store(context, dry_run=dry_run) as store:
        summary = _round(config if not dry_run else _silent(config), store, source or [])
        if not dry_run:  # a throw-away copy has no claim on the original's bytes
            move_captures(Mover(store), MOVED_A_ROUND)
    if json:
        print_json(summary_json(summary))
    else:
        _show(out(), summary, dry_run=dry_run)
    if summary.troubled:
        raise typer.Exit(1)


def run(
    context: typer.Context,
    web: Annotated[bool, typer.Option("--web", help="serve the dashboard too")] = False,
    host: Host = "127.0.0.1",
    port: Port = 8000,
) -> None:
    """Run the daemon: check what is due, deliver alerts, follow changes of sources.yaml."""
    command.set_up_logging(context, daemon=True)
    config = command.configured(context, sourceless=web)
    with ExitStack() as opened:
        url = command.database_url(context)
        heartbeat = heartbeat_of(url)
        opened.enter_context(alone(url, heartbeat))
        store = opened.enter_context(command.store(context))
        if web:
            at = opened.enter_context(ready(context, store, host, port))
            from crawler.web.server import serving  # noqa: PLC0415 (a web framework, for nobody who does not serve)

            opened.enter_context(serving(*at))
        asyncio.run(Daemon(command.config_path(context), config, store, heartbeat).run())


def check(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="print one JSON document")] = False,
    schema: Annotated[
        bool, typer.Option("--schema", help="print the JSON Schema of sources.yaml instead, for an editor")
    ] = False,
) -> None:
    """Validate sources.yaml: every fault with line and key, all of them at once."""
    if schema:
        print_json(json_schema())
        return
    config = command.configured(context)
    enabled = sum(source.enabled for source in config.sources)
    if json:
        print_json({"sources": len(config.sources), "enabled": enabled, "channels": sorted(config.channels)})
        return
    out().print(
        f"{command.config_path(context)}: {len(config.sources)} sources ({enabled} enabled), "
        f"{len(config.channels)} channels: all well"
    )


def demo(
    context: typer.Context,  # noqa: ARG001 (every command takes it)
    folder: Annotated[Path, typer.Option(help="where to leave the demo's database and messages")] = Path(
        "crawler-demo"
    ),
) -> None:
    """Show the main job on a small portal of our own, offline: edit a target, see the alert."""
    raise typer.Exit(run_demo(Console(highlight=False, markup=False, emoji=False), folder))


def summary_json(summary: Summary) -> dict[str, object]:
    """The contract's `once --json`."""
    return {
        "pages": [
            {
                "source": result.source,
                "url": result.url,
                "outcome": str(result.outcome),
                "version": result.version,
                "reason": result.reason,
            }
            for result in summary.results
        ],
        "alerts": {
            "raised": summary.raised,
            "delivered": summary.delivered,
            "pending": summary.pending,
            "failed": summary.failed,
        },
    }


def _round(config: Config, store: Store, names: list[str]) -> Summary:
    """One round, with its progress on stderr: a bar at a terminal, nothing in a pipe."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err(), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("checking", total=None)

        def report(result: Result) -> None:
            progress.update(task, advance=1, description=safe(f"checking {result.source}"))

        return asyncio.run(run_once(config, store, sources=names, on_result=report))


def _show(console: Console, summary: Summary, *, dry_run: bool) -> None:
    told = [result for result in summary.results if result.outcome is not Outcome.UNCHANGED or result.reason]
    if told:
        rows = [(result.outcome, result.source, result.url, result.version, result.reason) for result in told[:SHOWN]]
        console.print(table(None, ("outcome", "source", "page", "version", "reason"), rows))
        if len(told) > SHOWN:
            console.print(f"… and {len(told) - SHOWN} more (--json lists all)")
        console.print()
    alerts = [*(alert for result in summary.results for alert in result.alerts), *summary.differing]
    raised = [(alert.type, alert.source, alert.summary) for alert in alerts]
    if raised:
        console.print(table(None, ("alert", "source", "summary"), raised[:SHOWN]))
        console.print()
    console.print(("dry run, nothing stored: " if dry_run else "") + _in_short(summary))


def _in_short(summary: Summary) -> str:
    """'1 changed, 4 unchanged; alerts: 1 raised, 1 delivered, 0 pending'."""
    counts = Counter(str(result.outcome) for result in summary.results)
    pages = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome]) or "no pages"
    alerts = f"{summary.raised} raised, {summary.delivered} delivered, {summary.pending} pending"
    return f"{pages}; alerts: {alerts}" + (f", {summary.failed} failed" if summary.failed else "")


@contextmanager
def _store(context: typer.Context, *, dry_run: bool) -> Iterator[Store]:
    """The database, or for a dry run a throw-away copy of it: the real thing runs, and leaves no trace."""
    if not dry_run:
        with command.store(context) as store:
            yield store
        return
    with tempfile.TemporaryDirectory(prefix="crawler-") as folder:
        address = f"sqlite:///{folder}/copy.db"
        url = command.database_url(context)
        original = command.sqlite_file(url)
        if original and original.exists():
            with closing(sqlite3.connect(original)) as source, closing(sqlite3.connect(f"{folder}/copy.db")) as target:
                source.backup(target)
        captures = command.captures_url()
        with open_store(address, now=utc_now(), captures=captures) as store:
            if original is None:
                with open_store(url, now=utc_now(), captures=captures) as stored:
                    copy(stored, store)
            yield store


def _silent(config: Config) -> Config:
    """The same sources, with nobody to tell."""
    return replace(config, channels={}, sources=tuple(replace(source, alert=()) for source in config.sources))
