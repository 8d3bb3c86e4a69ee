"""crawler health: does the installation work, for people, container engines and whatever else looks after programs."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

import crawler.cli.command as command
from crawler.app import utc_now, vitals_of
from crawler.cli.output import complain, out, print_json, table
from crawler.health import Vitals, complaints, span, vitals_json
from crawler.options import Limits


def health(
    context: typer.Context,
    alive: Annotated[
        bool, typer.Option("--alive", help="only whether the daemon is at work; needs no configuration")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="print one JSON document")] = False,
) -> None:
    """Tell whether the daemon is at work, checks and alerts keep up and sources can be read; 1 past a limit."""
    ticked_at = last_tick(command.database_url(context))
    if alive:
        limits = Limits()
        vitals = Vitals(at=utc_now(), ticked_at=ticked_at)
    else:
        config = command.configured(context, sourceless=True)  # `run --web` starts without, too
        limits = config.health
        with command.stored(context) as store:
            vitals = vitals_of(config, store, utc_now(), ticked_at)
    found = complaints(vitals, limits)
    for each in found:
        complain(each.said)
    if json:
        print_json(vitals_json(vitals, found))
    else:
        out().print(table(None, ("", ""), list(_lines(vitals, alive=alive))))
    if found:
        raise typer.Exit(1)


def _lines(vitals: Vitals, *, alive: bool) -> Iterator[tuple[str, str]]:
    yield "last tick", f"{span(vitals.at - vitals.ticked_at)} ago" if vitals.ticked_at else "never"
    if alive:
        return
    late, waiting = vitals.late, vitals.waiting
    longest = f", the longest by {span(vitals.at - late.since)}: {late.url}" if late else ""
    yield "late checks", f"{late.checks if late else 0}{longest}"
    oldest = f", the oldest for {span(vitals.at - min(each.since for each in waiting))}" if waiting else ""
    yield "deliveries", f"{sum(each.deliveries for each in waiting)} pending{oldest}; {vitals.dead} dead"
    yield "sources", f"{vitals.sources} watched, {len(vitals.failing)} failing"
    yield "channels failing", ", ".join(each.channel for each in vitals.channels) or "none"


def heartbeat_of(url: str) -> Path:
    """The lock and heartbeat file: beside an SQLite file, else here."""
    return Path(f"{command.sqlite_file(url) or 'crawler'}.lock")


def last_tick(url: str) -> datetime | None:
    """When the daemon on this database last went through its schedule; None: never."""
    try:
        return datetime.fromtimestamp(heartbeat_of(url).stat().st_mtime, UTC)
    except OSError:
        return None
