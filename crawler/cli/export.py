"""The command `export`: what is stored, as a file for a spreadsheet or a notebook; one page's history as evidence.

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
from crawler.cli.completion import sources
from crawler.cli.evidence import write_history
from crawler.cli.output import err
from crawler.cli.parquet import write_parquet
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
    "parquet": write_parquet,
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
    what: Annotated[
        Literal["targets", "versions", "changes", "history"],
        typer.Argument(help="what to export; history: all that proves one page's versions, as WARC"),
    ],
    page: Annotated[
        str | None, typer.Argument(metavar="PAGE", autocompletion=sources, help="of history: which page's")
    ] = None,
    form: Annotated[
        Literal["csv", "json", "xlsx", "parquet"] | None, typer.Option("--format", help="file format; default: csv")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="file to write; default: stdout")] = None,
    source: Annotated[
        list[str] | None, typer.Option(metavar="ID", autocompletion=sources, help="only of this source")
    ] = None,
    region: Annotated[list[str] | None, typer.Option(metavar="NAME", help="only of regions so named (浙江)")] = None,
    year: Annotated[list[int] | None, typer.Option(metavar="YEAR", help="only of reports of this year")] = None,
    indicator: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="only of this indicator, by any of its names (GDP)")
    ] = None,
    status: Annotated[list[Status] | None, typer.Option(help="only numbers of this status; default: all")] = None,
) -> None:
    """Write stored data for a spreadsheet or a notebook (what narrows it may be repeated), or a history as WARC."""
    keys = [key_of(name) for name in indicator or ()]
    wanted: Wanted = {
        "source": source or (),
        "region": region or (),
        "year": year or (),
        "key": keys,
        "status": status or (),
    }
    if what == "history":
        _check_history(page, output, given=bool(form or any(wanted.values())))
        with command.stored(context) as store, TemporaryFile() as file:
            write_history(store, page or "", file)
            return _deliver(file, output)
    _check(what, page, wanted)
    if form == "parquet":
        _check_binary(output, "Parquet", f"{what}.parquet")
    with command.stored(context) as store, TemporaryFile() as file:
        rows = _noted(exports.narrowed(EXPORTS[what](store), wanted), what, narrow=any(wanted.values()))
        WRITERS[form or "csv"](file, what, exports.COLUMNS[what], rows)
        return _deliver(file, output)


def _check_history(page: str | None, output: Path | None, *, given: bool) -> None:
    if page is None:
        raise UsageError("name the page whose history is wanted: crawler export history PAGE -o FILE.warc.gz")
    if given:
        raise UsageError(
            "a history is exported whole, as WARC: neither --format nor an option that narrows goes with it"
        )
    _check_binary(output, "WARC", "FILE.warc.gz")


def _check_binary(output: Path | None, kind: str, example: str) -> None:
    if output is None and sys.stdout.isatty():
        raise UsageError(f"a {kind} file is nothing for a terminal: name a file with -o {example}")


def _check(what: str, page: str | None, wanted: Wanted) -> None:
    if page is not None:
        raise UsageError(
            f"the {what} of all pages are exported; a page is named for `crawler export history PAGE` only"
        )
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
    file.seek(0)
    if output is None:
        shutil.copyfileobj(file, sys.stdout.buffer)
        return
    try:
        with output.open("wb") as written:
            shutil.copyfileobj(file, written)
    except OSError as error:
        raise UsageError(f"{output}: cannot be written: {error.strerror}") from None
