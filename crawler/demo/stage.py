"""How the demo speaks: short Chinese and English lines, tables and panels that fit 80 columns, readable without colour.

Ring 3. What comes from pages is printed as plain text, never as markup.
"""

import json
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

from rich.cells import chop_cells
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from crawler.checks import Result
from crawler.demo.keepsakes import CONFIG, DATABASE, MAIL, WEBHOOK
from crawler.demo.loopback import Call
from crawler.diff import TextDiff

WIDTH = 96
OUTCOMES = {"new": "green", "changed": "bold yellow", "unchanged": "dim"}
MARKS = {"equal": ("", "", ""), "delete": ("red strike", "[-", "-]"), "insert": ("bold green", "{+", "+}")}


class Stage:
    """Prints the demo's story on a console."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._width = min(console.width, WIDTH)

    def opening(self) -> None:
        """What this is."""
        self._panel(
            "crawler demo",
            Group(
                Text("本机上的一个小型门户（不联网）：四个网站、五份虚构的政府工作报告，检查三轮。"),
                Text(
                    "A small portal on this machine (no internet): four sites, five made-up government work reports, "
                    "checked three times.",
                    style="dim",
                ),
            ),
        )

    def say(self, chinese: str, english: str) -> None:
        """One thing in both languages."""
        self._print(Text(chinese))
        self._print(Text(english, style="dim"))

    def act(self, title: str, chinese: str, english: str) -> None:
        """The heading of a round and what it shows."""
        self._console.print()
        self._print(Rule(Text(title, style="bold"), align="left", style="dim"))
        self.say(chinese, english)

    def results(self, results: Sequence[Result], raised: int) -> None:
        """What became of each page."""
        table = Table(box=None, pad_edge=False, header_style="bold")
        for column in ("来源 source", "页面 page", "结果 outcome", "版本 version"):
            table.add_column(column, overflow="fold")
        for one in sorted(results, key=lambda one: (one.source, one.url)):
            path = "/" + one.url.split("/", 3)[-1]
            word = Text(one.outcome.value, style=OUTCOMES.get(one.outcome.value, "bold red"))
            table.add_row(Text(one.source), Text(path), word, Text(str(one.version or "")))
        self._print(table)
        self._print(Text(f"提醒 alerts raised: {raised}", style="bold"))

    def edits(self, passages: Sequence[tuple[str, str]]) -> None:
        """What is edited on the portal."""
        for old, new in passages:
            self._print(Text.assemble("  ", (old, "red"), " → ", (new, "green")))

    def webhook(self, call: Call) -> None:
        """The webhook as its receiver got it: the signature's headers and a summary of the document."""
        document = json.loads(call.body)
        shown = {name: document[name] for name in ("type", "id", "summary")} | {
            "page": document["page"]["title"],
            "versions": document["versions"],
            "targets": {
                name: [one.get("words") or one["indicator"] for one in document["targets"][name]]
                for name in ("changed", "added", "removed")
            },
            "text": f"{len(document['text']['hunks'])} hunks …",
        }
        headers = [f"{name}: {text}" for name, text in call.headers.items() if name.startswith("webhook-")]
        body = json.dumps(shown, ensure_ascii=False, indent=2)
        self._panel("Webhook（签名已验证 signature verified）", Text("\n".join([*headers, "", body])))

    def mail(self, message: EmailMessage) -> None:
        """The mail as its reader sees it: head and text."""
        head = [f"{name}: {message[name]}" for name in ("From", "To", "Subject")]
        part = message.get_body(("plain",))
        text = part.get_content().strip() if part else ""
        # Folded by hand: Rich breaks lines at blanks, of which Chinese has none.
        lines = [piece for line in text.splitlines() for piece in chop_cells(line, self._width - 4) or [""]]
        self._panel("邮件 Mail", Group(Text("\n".join(head), style="bold"), Text(""), Text("\n".join(lines))))

    def difference(self, diff: TextDiff) -> None:
        """The changed paragraphs, what went and what came marked within the line."""
        plain = self._console.no_color or not self._console.is_terminal
        shown = Text()
        for segment in diff.inline():
            style, opened, closed = MARKS[segment.op]
            shown.append(f"{opened}{segment.text}{closed}" if plain else segment.text, style=style)
        self._panel("差异 Diff", shown)

    def farewell(self, program: str, folder: Path, complaints: Sequence[str]) -> None:
        """How it ended, what is left in `folder`, and what to try next with `program`."""
        self._console.print()
        if complaints:
            self._print(Text("演示未达预期 The demo did not go as it should:", style="bold red"))
            for line in complaints:
                self._print(Text(f"  - {line}"))
            return
        self._print(Text("一切如预期：两轮安静，一次修改，一条提醒。", style="bold green"))
        self._print(Text("All as it should be: two quiet rounds, one edit, one alert.", style="bold green"))
        self._print(Text(f"\n留下 Left in {folder}/: {DATABASE}, {CONFIG}, {MAIL}, {WEBHOOK}\n试试 Try:"))
        for command in ("pages", "changes", "versions yunxi-2026", "show yunxi-2026", "alerts", "export targets"):
            self._print(Text(f"  {program} {command}"), wrap=False)

    def _panel(self, title: str, body: RenderableType) -> None:
        self._print(Panel(body, title=Text(title), title_align="left", border_style="dim"))

    def _print(self, what: RenderableType, *, wrap: bool = True) -> None:
        self._console.print(what, width=self._width if wrap else None, soft_wrap=not wrap)
