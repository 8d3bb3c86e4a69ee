"""The command `export`: what is stored, as a file for a spreadsheet or a notebook.

A file is whole or not there: rows go to a temporary one first, so that memory stays small and an error leaves no stump.
"""

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Annotated, Literal

import typer

import crawler.cli.command as command
from crawler.cli.output import err
from crawler.cli.sheets import Rows, write_csv, write_json, write_xlsx
from crawler.errors import UsageError
from crawler.targets.indicators import key_of
from storage import export as exports
from storage.store import Store

EXPORTS: Mapping[str, Callable[[Store], Iterator[exports.Record]]] = {
    "targets": exports.targets,
    "versions": exports.versions,
    "changes": exports.changes,
}
WRITERS: Mapping[str, Callable[[IO[bytes], str, Sequence[str], Rows], None]] = {
    "csv": write_csv,
    "json": write_json,
    "xlsx": write_xlsx,
}
_OPTIONS = {"key": "--indicator", "status": "--status"}
"""By column: what not every table can be narrowed by."""

Wanted = Mapping[str, Sequence[str | int]]


class Status(StrEnum):
    """What a number was taken for."""

    TARGET = "target"
    ACHIEVEMENT = "achievement"
    OPTIONAL = "optional"


def export(
    context: typer.Context,
    what: Annotated[Literal["targets", "versions", "changes"], typer.Argument(help="what to export")],
    form: Annotated[Literal["csv", "json", "xlsx"], typer.Option("--format", help="file format")] = "csv",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="file to write; default: stdout")] = None,
    source: Annotated[list[str] | None, typer.Option(metavar="ID", help="only of this source")] = None,
    region: Annotated[list[str] | None, typer.Option(metavar="NAME", help="only of regions so named (浙江)")] = None,
    year: Annotated[list[int] | None, typer.Option(metavar="YEAR", help="only of reports of this year")] = None,
    indicator: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="only of this indicator, by any of its names (GDP)")
    ] = None,
    status: Annotated[list[Status] | None, typer.Option(help="only numbers of this status; default: all")] = None,
) -> None:
    """Write stored data for a spreadsheet or a notebook; what narrows it may be repeated."""
    keys = [key_of(name) for name in indicator or ()]
    wanted: Wanted = {
        "source": source or (),
        "region": region or (),
        "year": year or (),
        "key": keys,
        "status": status or (),
    }
    _check(what, wanted)
    with command.stored(context) as store, TemporaryFile() as file:
        rows = _noted(exports.narrowed(EXPORTS[what](store), wanted), what, narrow=any(wanted.values()))
        WRITERS[form](file, what, exports.COLUMNS[what], rows)
        file.seek(0)
        _deliver(file, output)


def _check(what: str, wanted: Wanted) -> None:
    for column, option in _OPTIONS.items():
        if wanted[column] and column not in exports.COLUMNS[what]:
            raise UsageError(f"{option} narrows what has a {column}; the {what} exported have none")


def _noted(rows: Iterator[exports.Record], what: str, *, narrow: bool) -> Iterator[exports.Record]:
    """The rows; if what was asked for left none, say so: it may have been mistyped."""
    count = 0
    for row in rows:
        count += 1
        yield row
    if narrow and not count:
        err().print(f"no {what} match; `crawler export {what}` alone has all there are", style="yellow")


def _deliver(file: IO[bytes], output: Path | None) -> None:
    if output is None:
        shutil.copyfileobj(file, sys.stdout.buffer)
        return
    try:
        with output.open("wb") as written:
            shutil.copyfileobj(file, written)
    except OSError as error:
        raise UsageError(f"{output}: cannot be written: {error.strerror}") from None
