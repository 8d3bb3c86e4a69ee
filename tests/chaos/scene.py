"""A working load for real processes: portals, a webhook sink and a mail sink on loopback, and a folder to run in.

Each page tells one number, which an edit counts up. So what was told can be checked link by link: the alerts of a page
must lead from its first number to the one it shows now, without a gap, on both channels.
"""

import asyncio
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.model import value
from tests.chaos.portal import PAGED, SHAPES
from tests.support.cli import start
from tests.support.http_server import Exchange, HttpServer, reply
from tests.support.noise.bodies import REPORT, Body
from tests.support.noise.dice import Draw
from tests.support.noise.pages import make
from tests.support.sinks import MailSink, Received, WebhookSink

FIRST = 120
PATIENCE = 90
"""Seconds; longer than the lease of a killed delivery (31 s here), and than the daemon's rest after disk trouble."""
_SHAPES = tuple(shape for shape in SHAPES if shape != PAGED)
_NUMBER = re.compile(r"\d+")

Start = Callable[..., "subprocess.Popen[str]"]
"""Starts a command of the program in a folder."""


class Sheet:
    """One page: a report whose number of projects counts its edits."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.value = FIRST

    def reply(self) -> bytes:
        parts = tuple(str(part).replace(f"项目{FIRST}个", f"项目{self.value}个") for part in REPORT.parts)
        body = Body(name="counted", title=REPORT.title, region=REPORT.region, year=REPORT.year, parts=parts)
        drawn = make(_SHAPES[self.number % len(_SHAPES)], body, Draw(self.number, frozenset(("footer:copyright",))))
        return reply(drawn.content, headers={"Content-Type": drawn.content_type})


@value
class Ledger:
    """What is wrong with what was told so far, and how much came twice."""

    lost: tuple[str, ...]
    false: tuple[str, ...]
    duplicates: int


class Scene:
    """Everything around the program while its `with` block runs (see `staged`)."""

    def __init__(self, folder: Path, sheets: Sequence[Sheet], hook: WebhookSink, mail: MailSink) -> None:
        self.folder = folder
        self.sheets = sheets
        self.hook = hook
        self.mail = mail
        self.asked = threading.Event()
        """Some page was asked for, since this was last cleared."""
        self.logged: list[str] = []
        """By the latest daemon, line by line."""
        self.on_request: Callable[[], None] = lambda: None
        """Called, in a server's thread, whenever a page is asked for."""

    @property
    def database(self) -> Path:
        return self.folder / "crawler.db"

    async def answer(self, exchange: Exchange) -> None:
        """The route of every page."""
        name = exchange.request.target.removeprefix("/").removesuffix(".html")
        if not name.isdigit():
            await exchange.send(reply(b"nothing here", 404))
            return
        self.asked.set()
        await asyncio.to_thread(self.on_request)
        await exchange.send(self.sheets[int(name)].reply())

    def edit(self, dice: random.Random, count: int) -> None:
        """Edit so many pages."""
        for sheet in dice.sample(self.sheets, count):
            sheet.value += 1

    def ended(self, process: "subprocess.Popen[str]") -> tuple[int, str]:
        """Exit code and stderr of a process that is left to end by itself."""
        try:
            _, told = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return -1, f"not ended after {PATIENCE} s"
        return process.returncode, told

    def once(self, begin: Start = start) -> tuple[int, str]:
        """Run `crawler once` to its end: exit code and stderr."""
        return self.ended(begin(self.folder, "once"))

    def settle(self, begin: Start = start) -> float:
        """Run `once` until everything is told, or for `PATIENCE`; the seconds it took."""
        began = time.monotonic()
        while True:
            self.once(begin)
            took = time.monotonic() - began
            if not self.ledger().lost or took > PATIENCE:
                return took
            time.sleep(1)

    @contextmanager
    def daemon(self, begin: Start = start) -> Iterator["subprocess.Popen[str]"]:
        """A daemon at work (it has asked for a page). What it logs is read, so that it never waits for us."""
        self.asked.clear()
        self.logged.clear()
        process = begin(self.folder, "run")
        reader = threading.Thread(target=lambda: self.logged.extend(process.stderr or ()), daemon=True)
        reader.start()
        try:
            self.asked.wait(PATIENCE)
            yield process
        finally:
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()
            reader.join()
            for pipe in (process.stdout, process.stderr):
                if pipe:
                    pipe.close()

    def told_within(self, seconds: float) -> float | None:
        """Wait until a running daemon has told everything: how long that took; None: it has not."""
        began = time.monotonic()
        while self.ledger().lost:
            if time.monotonic() - began > seconds:
                return None
            time.sleep(0.1)
        return time.monotonic() - began

    def ledger(self) -> Ledger:
        """Hold what the sinks took against what was edited."""
        came = list(self.hook.accepted)
        mailed = Counter(str(message["X-Report-Crawler-Alert"]) for message in list(self.mail.messages))
        posted = Counter(request.headers["webhook-id"] for request in came)
        unique = {request.headers["webhook-id"]: request for request in came}
        lost, false = list[str](), list[str]()
        for sheet in self.sheets:
            alerts = [each for each in unique.values() if each.json["source"]["id"] == f"p{sheet.number}"]
            gaps, wrong = followed(sheet, alerts)
            lost += gaps
            false += wrong
        lost += [f"{name} was posted and not mailed" for name in posted if name not in mailed]
        lost += [f"{name} was mailed and not posted" for name in mailed if name not in posted]
        twice = sum((posted + mailed).values()) - len(posted) - len(mailed)
        return Ledger(lost=tuple(lost), false=tuple(false), duplicates=twice)

    def damage(self) -> list[str]:
        """What SQLite finds wrong in a copy of the files as they lie there; the files are left as they are."""
        if not self.database.exists():
            return []
        with TemporaryDirectory() as name:
            for suffix in ("", "-wal"):
                if (path := self.folder / f"crawler.db{suffix}").exists():
                    shutil.copy(path, name)
            try:
                with closing(sqlite3.connect(Path(name) / "crawler.db")) as connection:
                    found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
                    astray = connection.execute("PRAGMA foreign_key_check").fetchall()
            except sqlite3.DatabaseError as error:
                return [str(error)]
        return [line for line in found if line != "ok"] + [f"a row without its parent: {row}" for row in astray]


def followed(sheet: Sheet, alerts: Sequence[Received]) -> tuple[list[str], list[str]]:
    """Gaps in the chain of a page's alerts, and alerts that are no link of it."""
    false = [f"p{sheet.number}: {each.json['type']}" for each in alerts if each.json["type"] != "page.changed"]
    links = [each.json for each in alerts if each.json["type"] == "page.changed"]
    links.sort(key=lambda link: int(link["versions"]["old"]))
    lost, at = list[str](), FIRST
    for link in links:
        old, new = _numbers(link["text"]["hunks"])
        if new <= at:
            false.append(f"p{sheet.number}: {old} → {new} was told under another id")
            continue
        if old != at:
            lost.append(f"p{sheet.number}: {at} → {old} was never told")
        at = new
    if at != sheet.value:
        lost.append(f"p{sheet.number}: {at} → {sheet.value} was never told")
    return lost, false


def _numbers(hunks: Sequence[dict[str, str]]) -> tuple[int, int]:
    old, new = (_NUMBER.search(hunks[0][side]) for side in ("old", "new"))
    return int(old[0]) if old else 0, int(new[0]) if new else 0


@contextmanager
def staged(folder: Path, pages: int, *, hosts: int = 3) -> Iterator[Scene]:
    """Portals, sinks and sources.yaml; the pages are shared out among the hosts."""
    with ExitStack() as stack:
        hook, mail = stack.enter_context(WebhookSink()), stack.enter_context(MailSink())
        scene = Scene(folder, [Sheet(number) for number in range(pages)], hook, mail)
        servers = [stack.enter_context(HttpServer(fallback=scene.answer)) for _ in range(hosts)]
        urls = [servers[number % hosts].url(f"/{number}.html") for number in range(pages)]
        (folder / "sources.yaml").write_text(_config(hook, mail, urls), "utf-8")
        yield scene


def _config(hook: WebhookSink, mail: MailSink, urls: Sequence[str]) -> str:
    lines = [
        "defaults: {every: 1s, delay: 0s}",
        "network: {allow_private: true, timeout: 5s}",
        "channels:",
        f'  desk: {{type: webhook, url: "{hook.url}", timeout: 1s}}',
        f'  mail: {{type: email, smtp: "smtp://127.0.0.1:{mail.port}", timeout: 1s,',
        "    from: a@example.org, to: [b@example.org]}",
        "sources:",
        *(f'  - {{id: p{number}, url: "{url}", watch: {{differs: false}}}}' for number, url in enumerate(urls)),
    ]
    return "\n".join(lines)
