"""The database's upkeep: db upgrade, backup, copy, import, verify, prune."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import crawler.cli.command as command
import crawler.cli.evidence as evidence
from crawler.app import utc_now
from crawler.cli.health import heartbeat_of
from crawler.cli.output import complain, err, out, print_json, safe, table
from crawler.errors import UsageError
from storage import maintenance
from storage.copying import copy
from storage.database import alone
from storage.store import open_store
from storage.thinning import Period

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


@app.command("copy")
@command.command
def copy_all(
    context: typer.Context,  # noqa: ARG001 (every command takes it)
    source: Annotated[str, typer.Argument(metavar="FROM", help="the address of the database to copy")],
    target: Annotated[str, typer.Argument(metavar="TO", help="of an empty one, as in postgresql://user@host/name")],
    json: Annotated[bool, typer.Option("--json", help="print one JSON document")] = False,
) -> None:
    """Copy a whole installation into another database, whole or not at all, every row read back and compared."""
    if missing := command.no_database(source):
        raise UsageError(missing)
    with ExitStack() as opened:
        for url in (source, target):  # what a daemon records meanwhile would be left behind
            opened.enter_context(alone(url, heartbeat_of(url)))
        old = opened.enter_context(open_store(source, now=utc_now(), captures=command.captures_url()))
        new = opened.enter_context(open_store(target, now=utc_now()))
        copied = copy(old, new, progress=opened.enter_context(_counting()))
        names = (old.database.name, new.database.name)
    if json:
        print_json([asdict(each) for each in copied])
        return
    out().print(table(None, ("table", "rows", "sha256"), [(each.table, each.rows, each.sha256) for each in copied]))
    out().print(safe(f"{names[1]}: the same as {names[0]}, row by row; name it to the daemon (CRAWLER_DATABASE_URL)"))


@app.command("import")
@command.command
def take_over(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="what `crawler export history PAGE -o FILE` wrote")],
    json: Annotated[bool, typer.Option("--json", help="print one JSON document")] = False,
) -> None:
    """Take over one page's history, every hash and seal of it checked; nothing stored is touched."""
    taken = evidence.take_over(lambda: command.store(context), path)
    if json:
        print_json(asdict(taken))
    elif taken.fresh:
        out().print(safe(f"page {taken.page}: {taken.versions} version(s) of {taken.url}, each as it was sealed"))
        out().print(safe(f"newest seal {taken.seal}"), soft_wrap=True)
        out().print(safe(f"source {taken.source} is watched once sources.yaml names it"))
    else:
        out().print(safe(f"page {taken.page}: this very history of {taken.url} is here already; nothing changed"))


@app.command()
@command.command
def verify(
    context: typer.Context, json: Annotated[bool, typer.Option("--json", help="print one JSON document")] = False
) -> None:
    """Read everything back: integrity, every version's text and seal, every capture's bytes."""
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
    versions: Annotated[
        int, typer.Option("--keep-versions", metavar="N", min=1, help="keep the bytes of the N newest versions")
    ] = 2,
    period: Annotated[
        Period, typer.Option("--keep-last-of", help="keep the last bytes of each page in every such period")
    ] = Period.YEAR,
    vacuum: Annotated[bool, typer.Option("--vacuum", help="give the room back to the file system")] = False,
    json: Annotated[bool, typer.Option("--json", help="print one JSON document")] = False,
) -> None:
    """Thin old captures, drop delivered alerts; never a text, never an alert that was not delivered.

    Of each address the first bytes stay, too; of those that go hash, headers and time stay.
    """
    with command.stored(context) as store:
        age = timedelta(days=keep)
        pruned = maintenance.prune(store, now=utc_now(), keep=age, versions=versions, period=period, vacuum=vacuum)
    if json:
        print_json(asdict(pruned))
    else:
        out().print(table(None, ("pruned", ""), asdict(pruned).items()))


@contextmanager
def _counting() -> Iterator[Callable[[str, int, int], None]]:
    """The rows of each table as they go over: a bar at a terminal, nothing in a pipe."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err(), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("copying", total=None)
        yield lambda name, done, total: progress.update(
            task, description=f"copying {name}", completed=done, total=total
        )
