"""Commands that read what is stored: sources, pages, versions, show, changes."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer
from rich.text import Text

import crawler.cli.command as command
from crawler.checks import Capture
from crawler.cli.completion import sources as names
from crawler.cli.documents import diff_json, show_diff
from crawler.cli.output import complain, local, out, print_json, safe, table
from crawler.cli.reports import reports_json, show_reports
from crawler.diff import TextDiff, diff_texts
from crawler.errors import UsageError
from crawler.extract.compilation import find_reports
from crawler.freshness import Reason
from crawler.model import Json, TargetDiff
from crawler.reasons import in_words
from crawler.reports import label
from crawler.targets import compare_targets
from crawler.wire import instant
from storage import queries, watched
from storage.lines import Shown, SourceLine
from storage.store import Store

AsJson = Annotated[bool, typer.Option("--json", help="print one JSON document")]
OfSource = Annotated[
    str | None, typer.Option("--source", metavar="ID", autocompletion=names, help="only of this source")
]
AtMost = Annotated[int, typer.Option("--limit", min=1, help="at most so many rows")]
Page = Annotated[
    str,
    typer.Argument(
        metavar="PAGE", autocompletion=names, help="a page's number, its URL, or the id of a source of one page"
    ),
]


def sources(context: typer.Context, json: AsJson = False) -> None:
    """List the sources and how they fare."""
    with command.stored(context) as store:
        lines = watched.sources(store)
    if json:
        print_json([asdict(line) for line in lines])
        return
    rows = [
        (
            line.source,
            _state(line),
            line.pages,
            line.failed,
            line.suspect,
            line.gone,
            _time(line.checked_at),
            _time(line.changed_at),
            _time(line.next_check),
            line.reason,
        )
        for line in lines
    ]
    heads = ("source", "state", "pages", "failed", "suspect", "gone", "checked", "changed", "next check", "reason")
    out().print(table(None, heads, rows))


def pages(
    context: typer.Context,
    source: OfSource = None,
    state: Annotated[str | None, typer.Option(metavar="OUTCOME", help="only with this outcome")] = None,
    limit: AtMost = 1_000_000,
    json: AsJson = False,
) -> None:
    """List the pages and how their last check ended."""
    with command.stored(context) as store:
        lines = queries.pages(store, source=source, state=state, limit=limit)
    if json:
        print_json([asdict(line) for line in lines])
        return
    rows = [
        (
            line.page,
            line.source,
            line.title or line.url,
            line.version,
            line.outcome,
            _time(line.checked_at),
            line.reason,
            _time(line.next_check) if line.active else "–",
            "; ".join(in_words(Reason(word=each["reason"], amount=each["amount"])) for each in line.why),
        )
        for line in lines
    ]
    heads = ("page", "source", "title", "version", "outcome", "checked", "reason", "next check", "why then")
    out().print(table(None, heads, rows))


def versions(context: typer.Context, page: Page, json: AsJson = False) -> None:
    """List the versions of a page."""
    with command.stored(context) as store:
        lines = queries.versions(store, queries.resolve(store, page))
    if json:
        print_json([asdict(line) for line in lines])
        return
    rows = [
        (line.version, _time(line.fetched_at), line.characters, line.seal[:12], _counts(line.changes), line.note)
        for line in lines
    ]
    out().print(table(None, ("version", "fetched", "characters", "seal", "targets", "note"), rows))


def show(
    context: typer.Context,
    page: Page,
    version: Annotated[int | None, typer.Option(min=1, help="default: the newest")] = None,
    raw: Annotated[bool, typer.Option("--raw", help="the bytes as fetched")] = False,
    json: AsJson = False,
) -> None:
    """Print a version of a page: its text, or with --raw the bytes it was read from."""
    if raw and json:
        raise UsageError("--raw prints bytes and --json a document: choose one")
    with command.stored(context) as store:
        number = queries.resolve(store, page)
        if raw:
            _show_raw(queries.captures(store, number, version))
            return
        shown = queries.show(store, number, version)
    if json:
        print_json(shown_json(shown))
        return
    reports = find_reports(shown.title, shown.body.split("\n"))
    console = out()
    console.print(Text(safe(shown.title), style="bold"))
    console.print(Text(safe(f"{shown.url}  version {shown.version}  {_time(shown.fetched_at)}\n"), style="dim"))
    show_reports(console, reports)
    console.print(Text(safe(shown.body)), soft_wrap=True)


def shown_json(shown: Shown) -> dict[str, Json]:
    """The contract's `show --json`."""
    reports = find_reports(shown.title, shown.body.split("\n"))
    return {**asdict(shown), **({"reports": reports_json(reports)} if reports else {})}


def _show_raw(captures: Sequence[Capture]) -> None:
    """The bytes on stdout; what is not there any more is named on stderr, and the exit code is 1 (2: nothing is)."""
    if sys.stdout.isatty():
        raise UsageError("what a page holds may steer this terminal: send it to a file (> page.html)")
    for capture in captures:
        sys.stdout.buffer.write(capture.content)
    thinned = [capture for capture in captures if not capture.content]
    for capture in thinned:
        fetched = f"fetched {_time(instant(capture.fetched_at))} from {capture.url}"
        complain(f"these bytes were thinned by `crawler db prune`: {fetched}, SHA-256 {capture.sha256}")
    if thinned:
        complain("the text and the seal of this version are kept; `db prune --keep` says how long bytes are")
        raise typer.Exit(1 if len(thinned) < len(captures) else 2)


def changes(
    context: typer.Context,
    page: Annotated[
        str | None, typer.Argument(metavar="PAGE", autocompletion=names, help="show this page's newest change in full")
    ] = None,
    version: Annotated[int | None, typer.Option(min=2, help="with PAGE: the change that made this version")] = None,
    source: OfSource = None,
    limit: AtMost = 100,
    json: AsJson = False,
) -> None:
    """List what changed, the newest first; with PAGE show what one change did to text and targets."""
    with command.stored(context) as store:
        if page is not None:
            change = change_of(store, queries.resolve(store, page), version)
            return print_json(diff_json(*change)) if json else show_diff(out(), *change)
        lines = queries.changes(store, source=source, limit=limit)
    if json:
        return print_json([asdict(line) for line in lines])
    rows = [
        (_time(line.changed_at), line.page, f"{line.version - 1} → {line.version}", line.title, _said(line.targets))
        for line in lines
    ]
    return out().print(table(None, ("changed", "page", "versions", "title", "targets"), rows))


def change_of(
    store: Store, page: int, version: int | None = None, before: int | None = None
) -> tuple[TextDiff, TargetDiff, str]:
    """What a version (or the newest one that is a change of the page) changed from the one before, and its title.

    `before` is any other one to compare it with.
    """
    lines = queries.versions(store, page)
    newest = lines[-1].version if lines else 0
    number = version or max((line.version for line in lines if not line.note), default=0)
    old = number - 1 if before is None else before
    if version is None and old < 1:
        raise UsageError(f"page {page} has no change yet; it has {newest} version(s)")
    if not (0 < number <= newest and 0 < old <= newest):
        raise UsageError(f"page {page} has no change to version {number}; it has {newest} version(s)")
    texts = store.text(page, old), store.text(page, number)
    targets = compare_targets(store.targets(page, old), store.targets(page, number))
    return diff_texts(*texts), targets, lines[number - 1].title


def _time(written: str | None) -> str:
    return local(datetime.fromisoformat(written)) if written else "–"


def _state(line: SourceLine) -> str:
    if not line.active:
        return "resting"
    return "failing" if line.failing else "trouble" if line.reason or line.failed else "active"


def _counts(targets: Json) -> str:
    """'2 changed, 1 added': how many targets a version touched."""
    touched = {name: len(listed) for name, listed in (targets or {}).items() if listed}
    return ", ".join(f"{count} {name}" for name, count in touched.items()) or "–"


def _said(targets: Json) -> str:
    changed = [_with_report(entry) for entry in (targets or {}).get("changed", [])]
    return "；".join(changed[:3]) or _counts(targets)


def _with_report(entry: Json) -> str:
    report, words = label(entry["new"].get("report", "")), entry.get("words") or entry["indicator"]
    return f"{report}：{words}" if report else str(words)
