"""The database's upkeep: db upgrade, backup, verify, prune."""

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

import crawler.cli.command as command
from crawler.app import utc_now
from crawler.cli.output import complain, out, print_json, table
from storage import maintenance

app = typer.Typer(help="Schema, copy, integrity, retention of the database.", no_args_is_help=True)


@app.command()
@command.command
def upgrade(context: typer.Context) -> None:
    """Bring the schema up to date (after a backup copy beside the file); other commands do so too."""
    with command.store(context) as store:
        out().print(f"{store.database.name}: the schema is up to date")


@app.command()
@command.command
def backup(
    context: typer.Context, path: Annotated[Path, typer.Argument(metavar="PATH", help="a file that does not exist yet")]
) -> None:
    """Write a consistent copy, also while the daemon runs."""
    with command.stored(context) as store:
        maintenance.backup(store, path)
    out().print(f"{path}: written")


@app.command()
@command.command
def verify(
    context: typer.Context, json: Annotated[bool, typer.Option("--json", help="print one JSON document")] = False
) -> None:
    """Read everything back: integrity, every version's text, every capture's bytes."""
    with command.stored(context) as store:
        problems = maintenance.verify(store)
        stats = asdict(maintenance.stats(store))
    if json:
        print_json({"problems": problems, "stats": stats})
    else:
        for problem in problems:
            complain(problem)
        out().print(table(None, ("", ""), stats.items()))
    if problems:
        raise typer.Exit(1)
    if not json:
        out().print("all well")


@app.command()
@command.command
def prune(
    context: typer.Context,
    keep: Annotated[int, typer.Option(metavar="DAYS", min=1, help="keep what is younger")] = 365,
    vacuum: Annotated[bool, typer.Option("--vacuum", help="give the room back to the file system")] = False,
    json: Annotated[bool, typer.Option("--json", help="print one JSON document")] = False,
) -> None:
    """Drop old captures and delivered alerts; never a text, never an alert that was not delivered."""
    with command.stored(context) as store:
        pruned = maintenance.prune(store, now=utc_now(), keep=timedelta(days=keep), vacuum=vacuum)
    if json:
        print_json(asdict(pruned))
    else:
        out().print(table(None, ("pruned", ""), asdict(pruned).items()))
