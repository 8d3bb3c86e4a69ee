"""How results look: JSON for programs, tables that fit the terminal for people; texts from pages cannot steer it."""

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from rich.console import Console
from rich.text import Text

from crawler.cli.grid import Grid
from crawler.harmless import STEERING, UNSEEN, json_text
from crawler.model import Json

PIPED_WIDTH = 160
USUAL_WIDTH = "80"

STYLES = {
    "new": "green",
    "changed": "bold yellow",
    "unchanged": "dim",
    "suspect": "magenta",
    "gone": "red",
    "failed": "red",
    "skipped": "cyan",
    "delivered": "green",
    "pending": "yellow",
    "dead": "red",
    "target": "green",
    "achievement": "dim",
    "optional": "cyan",
}


def safe(text: str) -> str:
    """Text from outside without what nobody sees; characters that steer a terminal are shown as such."""
    return STEERING.sub("�", UNSEEN.sub("", text))


def mend_width() -> None:
    """Take COLUMNS=0, as some terminals of build servers set it, for unknown: nothing can be shown in no columns."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and not int(columns):
        os.environ["COLUMNS"] = USUAL_WIDTH


def out() -> Console:
    """Where results go."""
    console = _console()
    if console.is_terminal or "COLUMNS" in os.environ:
        return console
    return _console(width=PIPED_WIDTH)


def err() -> Console:
    """Where progress and complaints go."""
    return _console(stderr=True)


def _console(*, stderr: bool = False, width: int | None = None) -> Console:
    """Without the library's own markup: a file's name may hold brackets and colons."""
    return Console(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)


def complain(message: str) -> None:
    """One error for a person, on stderr."""
    console = err()
    for line in message.splitlines() or [""]:
        console.print(Text.assemble(("error: ", "bold red"), safe(line)), soft_wrap=True)


def print_json(document: Json) -> None:
    """One JSON document on stdout and nothing else."""
    sys.stdout.write(json_text(document, indent=2, default=_plain) + "\n")


def _plain(item: object) -> str:
    if isinstance(item, datetime):
        return moment(item)
    if isinstance(item, Decimal):
        return str(item)
    raise TypeError(f"no JSON form for {type(item).__name__}")


def moment(when: datetime) -> str:
    """A time as the contract writes it: 2026-11-22T08:00:00Z."""
    return when.isoformat(timespec="seconds").replace("+00:00", "Z")


def local(when: datetime | None) -> str:
    """A time for a person, in the machine's zone."""
    return when.astimezone().strftime("%Y-%m-%d %H:%M") if when else "–"


def table(title: str | None, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Grid:
    """A table of plain cells; an outcome or a state word is coloured, a column with nothing in it is left out."""
    given = [list(row) for row in rows]
    used = [n for n in range(len(columns)) if not given or any(row[n] not in (None, "") for row in given)]
    cells = tuple(tuple(_cell(row[n]) for n in used) for row in given)
    return Grid(title=title, heads=tuple(columns[n] for n in used), rows=cells)


def _cell(item: object) -> Text:
    if item is None:
        return Text("–", style="dim")
    if isinstance(item, datetime):
        return Text(local(item))
    text = safe(str(item))
    return Text(text, style=STYLES.get(text, ""))
