"""The command `compare`: one report on two portals, or (in `compare_years`) two years of one region."""

import sys
from collections import Counter
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

import crawler.cli.command as command
from crawler.cli.compare_years import COLUMNS, show_years, side_json, year_records, years_json
from crawler.cli.completion import sources
from crawler.cli.output import out, print_json, safe, table
from crawler.cli.sheets import csv_bytes
from crawler.compare import Portals, Side, Years, asks_for, compare_portals, compare_years
from crawler.compare.passages import Op, Paragraph, Passage
from crawler.errors import UsageError
from crawler.model import Json, TargetDiff
from crawler.targets import describe, describe_change
from crawler.wire import target_diff_json
from storage import queries
from storage.comparisons import lines
from storage.sides import side

OptionalPage = Annotated[
    str | None,
    typer.Argument(
        metavar="PAGE", autocompletion=sources, help="a page's number, its URL, or the id of a source of one page"
    ),
]
_STYLES = {"delete": ("red strike", "[-", "-]"), "insert": ("green", "{+", "+}"), "equal": ("", "", "")}


class Kind(StrEnum):
    """What two pages are compared as."""

    PORTALS = "portals"
    YEARS = "years"


class Form(StrEnum):
    """How the comparison is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def compare(
    context: typer.Context,
    first: OptionalPage = None,
    second: OptionalPage = None,
    kind: Annotated[
        Kind | None,
        typer.Option("--as", help="the same report on two portals, or two years; default: by place and year"),
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="csv: of two years only")] = Form.TABLE,
    json: Annotated[bool, typer.Option("--json", help="print one JSON document")] = False,
) -> None:
    """Compare two pages: one report on two portals, or two years of one region (同一报告两处转载，或一地两年).

    With one page, or none, list the pages that print the same report and what differs between them.
    """
    form = Form.JSON if json else form
    if second is None:
        _list(context, first, form, kind)
        return
    with command.stored(context) as store:
        one, other = (side(store.database, queries.resolve(store, name)) for name in (first or "", second))
    if _kind(one, other, kind) is Kind.YEARS:
        _years(compare_years(one, other), form)
    elif form is Form.CSV:
        raise UsageError("csv holds the table of two years; two portals are told as text or with --json")
    else:
        _portals(compare_portals(one, other), form)


def _list(context: typer.Context, page: str | None, form: Form, kind: Kind | None) -> None:
    """The stored pairs."""
    if kind is not None or form is Form.CSV:
        raise UsageError("--as and --format csv need two pages to compare")
    with command.stored(context) as store:
        found = lines(store.database, None if page is None else queries.resolve(store, page))
    if form is Form.JSON:
        print_json([asdict(line) for line in found])
        return
    rows = [
        (
            f"{line.region} {line.year}",
            f"{line.first.page} {line.first.source}",
            f"{line.second.page} {line.second.source}",
            f"{line.share:.1%}",
            line.targets or "",
            line.places or "",
            line.summary or "一致 the same",
        )
        for line in found
    ]
    heads = (
        "地区 region",
        "首见 first",
        "另一处 other",
        "相同 alike",
        "目标 targets",
        "差异 places",
        "不同 differs",
    )
    out().print(table(None, heads, rows))


def _kind(one: Side, other: Side, asked: Kind | None) -> Kind:
    found = asks_for(one, other)
    if asked is Kind.YEARS and (one.year is None or other.year is None or one.year == other.year):
        raise UsageError(f"two years are needed: {one.name} is of {one.year}, {other.name} of {other.year}")
    if asked or found in tuple(Kind):
        return asked or Kind(found)
    raise UsageError(f"{found}; --as portals or --as years compares them all the same")


def _years(found: Years, form: Form) -> None:
    if form is Form.JSON:
        print_json(years_json(found))
    elif form is Form.CSV:
        sys.stdout.buffer.write(csv_bytes(COLUMNS, year_records(found)))
    else:
        show_years(out(), found)


def _portals(found: Portals, form: Form) -> None:
    if form is Form.JSON:
        print_json(portals_json(found))
        return
    console = out()
    console.print(Text(safe(f"1  {found.first.name}\n2  {found.second.name}"), style="dim"))
    console.print(f"相同 alike: {found.share:.1%}；{_counted(found)}\n")
    _show_targets(console, found.targets)
    for passage in found.differing:
        console.print(_shown(passage, plain=not console.is_terminal), soft_wrap=not console.is_terminal)


def _counted(found: Portals) -> str:
    names: dict[Op, str] = {"changed": "改写 changed", "dropped": "删去 dropped", "added": "增加 added"}
    ops = Counter(passage.op for passage in found.passages)
    moved = sum(passage.moved for passage in found.passages)
    return "，".join([*(f"{name} {ops[op]}" for op, name in names.items()), f"移动 moved {moved}"])


def _show_targets(console: Console, targets: TargetDiff) -> None:
    """Targets that differ, or that none does."""
    if not targets:
        console.print("目标没有不同 no target differs\n")
        return
    for change in targets.changed:
        console.print(Text.assemble(("~ ", "bold yellow"), safe(describe_change(change))))
    for mark, style, listed in (("+ ", "bold green", targets.added), ("- ", "bold red", targets.removed)):
        for target in listed:
            console.print(Text.assemble((mark, style), safe(f"{target.indicator} {describe(target)}")))
    console.print()


def _shown(passage: Passage, *, plain: bool) -> Text:
    """What differs in a passage, with the words around it, under its mark and its number in both texts."""
    mark = {"changed": "~", "dropped": "-", "added": "+"}[passage.op]
    places = " → ".join(f"¶{side[0].number + 1}" for side in (passage.old, passage.new) if side)
    shown = Text(f"{mark} {places}{' 移动 moved' if passage.moved else ''} ", style="dim")
    if passage.diff is None:
        op, side = ("delete", passage.old) if passage.op == "dropped" else ("insert", passage.new)
        segments = [(op, each.text) for each in side]
    else:
        segments = [(segment.op, segment.text) for segment in passage.diff.inline()]
    for op, text in segments:
        style, opened, closed = _STYLES[op]
        shown.append(f"{opened}{safe(text)}{closed}" if plain else safe(text), style=style or "default")
    return shown


def portals_json(found: Portals) -> dict[str, Json]:
    """The differing targets, and the passages of both texts; those that say the same without their text."""
    return {
        "kind": "portals",
        "first": side_json(found.first),
        "second": side_json(found.second),
        "share": round(found.share, 4),
        "targets": target_diff_json(found.targets),
        "passages": [_passage_json(passage) for passage in found.passages],
    }


def _passage_json(passage: Passage) -> dict[str, Json]:
    hunks = passage.diff.hunks if passage.diff else ()
    texts = {"old_text": _text(passage.old), "new_text": _text(passage.new)} if passage.op != "same" else {}
    return {
        "op": passage.op,
        "moved": passage.moved,
        "old": [each.number + 1 for each in passage.old],
        "new": [each.number + 1 for each in passage.new],
        **texts,
        "hunks": [{"op": hunk.op, "old": hunk.old, "new": hunk.new} for hunk in hunks],
    }


def _text(side: tuple[Paragraph, ...]) -> str:
    return "\n".join(each.text for each in side)
