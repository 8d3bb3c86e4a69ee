"""The numbers found in a text as a table for people: the targets, or all with what each was taken for, and why."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from crawler.cli.grid import Grid
from crawler.cli.output import safe, table
from crawler.model import Target
from crawler.reports import label
from crawler.targets import describe

_OTHERS = {"achievement": "完成值 achievements", "optional": "可算可不算 optional"}
"""What a number may be that is no target."""


def show_targets(console: Console, found: Sequence[Target], *, everything: bool = False) -> None:
    """A line for each target in the order of the text, under its report where there are many; the others are counted.

    With `everything` a line for every number: its status, the rule that read it, and the words the status rests on.
    """
    console.print(Text(_counted(found), style="italic"))
    shown = [target for target in found if everything or target.status == "target"]
    for report, group in groupby(shown, key=lambda target: target.report):
        if report:
            console.print(Text(f"\n{safe(label(report))}", style="bold"))
        draw = _judged if everything else _promised
        console.print(draw(group))


def _counted(found: Sequence[Target]) -> str:
    counts = Counter(target.status for target in found)
    others = "、".join(f"{name} {counts[status]}" for status, name in _OTHERS.items() if counts[status])
    return f"目标 targets: {counts['target']}" + (f"；另有 {others}" if others else "")


def _promised(targets: Iterable[Target]) -> Grid:
    rows = [(*_said(target), target.kind, _line(target.scope)) for target in targets]
    return table(None, ("指标 indicator", "目标值 value", "时期 period", "类别 kind", "范围 scope"), rows)


def _judged(targets: Iterable[Target]) -> Grid:
    rows = [(target.status, *_said(target), _line(target.rule)) for target in targets]
    return table(None, ("状态 status", "指标 indicator", "数值 value", "时期", "依据 rule"), rows)


def _said(target: Target) -> tuple[str, str, str]:
    """What is measured, how much (unit and bound in words), and for when."""
    return _line(target.indicator), _line(describe(target)), target.period


def _line(text: str) -> str:
    """A text that may have been broken over lines, as one."""
    return " ".join(text.split())
