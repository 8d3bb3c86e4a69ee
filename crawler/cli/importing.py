"""The command `import`: sources out of other programs' files, shown first and written with the rest left as it is."""

import io
import os
import sys
from pathlib import Path
from typing import IO, Annotated

import typer

import crawler.cli.command as command
from crawler import sourcefile
from crawler.cli.output import out, print_json, table
from crawler.config import parse_config
from crawler.config.editing import add_sources, source_ids
from crawler.errors import UsageError
from crawler.importing import Form, Plan, Planned, Reading, plan, read
from crawler.importing.texts import LARGEST
from crawler.model import Json, Source

SHOWN = 40
"""Rows of each table."""


def import_sources(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="list, job file or backup; '-': standard input")],
    form: Annotated[Form | None, typer.Option("--format", help="kind of file; default: told by its look")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="show what would be added, and write nothing")] = False,
    json: Annotated[bool, typer.Option("--json", help="print one JSON document")] = False,
) -> None:
    """Add sources out of a list of addresses, OPML, CSV, urlwatch or webchanges jobs, a changedetection.io backup."""
    path = command.config_path(context)
    seen = sourcefile.read(path)
    planned = plan(_reading(file, form), _known(seen.text, path))
    text = add_sources(seen.text, [each.source for each in planned.planned], os.environ, path)
    writes = bool(planned.planned) and not dry_run
    if writes:
        sourcefile.replace(path, text, seen.digest)
    if json:
        print_json(_json(planned, path, written=writes))
    else:
        _show(planned, path, dry_run=dry_run)
    if planned.refused:
        raise typer.Exit(1)


def _known(text: str, path: str) -> tuple[Source, ...]:
    """The sources there are; a file without any is not yet valid, and need not be."""
    return parse_config(text, os.environ, path).sources if source_ids(text, path) else ()


def _reading(name: str, form: Form | None) -> Reading:
    try:
        if name == "-":
            return read(io.BytesIO(sys.stdin.buffer.read(LARGEST + 1)), "", form)
        with Path(name).open("rb") as file:
            found = read(_seekable(file), Path(name).name, form)
    except OSError as error:
        raise UsageError(f"{name}: cannot be read: {error.strerror}") from None
    except UsageError as error:
        raise UsageError(f"{name}: {error}") from None
    return found


def _seekable(file: IO[bytes]) -> IO[bytes]:
    return file if file.seekable() else io.BytesIO(file.read(LARGEST + 1))


def _json(planned: Plan, path: str, *, written: bool) -> Json:
    return {
        "format": str(planned.form),
        "config": path,
        "written": written,
        "added": [
            {**each.source.keys, "note": each.source.note, "from": each.where, "lost": each.lost}
            for each in planned.planned
        ],
        "duplicates": [{"url": each.url, "of": each.of, "from": each.where} for each in planned.duplicates],
        "refused": [{"what": each.what, "reason": each.reason, "from": each.where} for each in planned.refused],
        "lost": planned.remarks,
    }


def _added(each: Planned) -> Json:
    return {**each.source.keys, "note": each.source.note, "from": each.where, "lost": each.lost}


def _show(planned: Plan, path: str, *, dry_run: bool) -> None:
    added = [
        (keys["id"], keys.get("url") or keys.get("listing"), keys.get("title"), keys.get("every"), each.where)
        for each in planned.planned
        for keys in [each.source.keys]
    ]
    lost = [("the file", what) for what in planned.remarks]
    lost += [(str(each.source.keys["id"]), what) for each in planned.planned for what in each.lost]
    tables = (
        ("added", ("id", "page", "title", "every", "from"), added),
        ("not taken over", ("of", "what"), lost),
        ("there already", ("page", "as", "from"), [(each.url, each.of, each.where) for each in planned.duplicates]),
        ("not imported", ("from", "what", "why"), [(each.where, each.what, each.reason) for each in planned.refused]),
    )
    console = out()
    for title, columns, rows in tables:
        if rows:
            console.print(table(title, columns, rows[:SHOWN]))
            console.print(f"… and {len(rows) - SHOWN} more (--json lists all)\n" if len(rows) > SHOWN else "")
    console.print(_in_short(planned, path, dry_run=dry_run))


def _in_short(planned: Plan, path: str, *, dry_run: bool) -> str:
    """'3 sources added to sources.yaml, 1 there already, 2 not imported'."""
    count = len(planned.planned)
    sources = "1 source" if count == 1 else f"{count} sources"
    return (
        f"{'dry run, nothing written: ' if dry_run else ''}{sources} {'to add' if dry_run else 'added'} to {path}, "
        f"{len(planned.duplicates)} there already, {len(planned.refused)} not imported"
    )
