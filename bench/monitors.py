"""Other monitors beside ours, on the same portal and faults: python -m bench.monitors PYTHON [NAME…] [--case CASE]

PYTHON is an interpreter of an environment with `bench/monitors-requirements.txt` installed. Every monitor watches the
same pages over loopback and tells one webhook; no selector and no filter is written for any of them. Cases:

noise      pages whose furniture is drawn anew at every request, the reports standing still; whatever is told is false
bot check  furniture stands still; pages answer once with a script that asks for a browser, and then as before
sink       furniture stands still; pages are edited, and the webhook answers 500 throughout that round only
kill       furniture stands still; pages are edited, the monitor is killed (SIGKILL) amid a round, and run again

A page counts as told when its address stands in what the webhook took with 200. `false`: told pages that had not been
edited; `lost`: edited pages that were not told in two further rounds.
"""

import argparse
import json
import random
import time
import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from bench.watchers import WATCHERS, Ours, Watcher
from tests.chaos.portal import Page

PAGES, ROUNDS, EDITS, KILLS = 10, 10, 4, 20
LEASE = 35
"""Seconds after which ours takes up a delivery whose process was killed, or one that was refused."""
CHALLENGE = (
    b"<html><head><title></title><script>var arg1='5A1C';var _0x=['cookie','reload'];"
    b"document.cookie='acw_sc__v2='+arg1;location.reload();</script></head><body></body></html>"
)


class Stage:
    """The portal and the webhook, on one port of loopback."""

    def __init__(self, seed: int) -> None:
        self.pages = [Page(number, seed) for number in range(PAGES)]
        self.moving = False
        self.challenge = False
        self.status = 200
        self.taken: list[str] = []
        self.served = 0
        """Pages answered so far."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        base = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.urls = [f"{base}/report-{number}.html" for number in range(PAGES)]
        self.hook = f"{base}/hook"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def told(self) -> set[int]:
        """The pages told since this was last asked."""
        said, self.taken = "\n".join(self.taken), []
        return {number for number in range(PAGES) if self.urls[number] in said}

    def close(self) -> None:
        """Serve no longer."""
        self._server.shutdown()
        self._server.server_close()


def _handler(stage: Stage) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.removeprefix("/report-").removesuffix(".html")
            if not name.isdigit() or int(name) >= PAGES:
                self._send(404, b"", "text/plain")
            elif stage.challenge:
                stage.served += 1
                self._send(200, CHALLENGE, "text/html")
            else:
                page = stage.pages[int(name)]
                page.asked += 1
                stage.served += 1
                drawn = page.drawn(page.asked if stage.moving else 1)
                self._send(200, drawn.content, drawn.content_type or "text/html")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if stage.status == 200:
                stage.taken.append(json.dumps(_loaded(body), ensure_ascii=False))
            self._send(stage.status, b"ok", "text/plain")

        def _send(self, status: int, content: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def handle(self) -> None:
            with suppress(ConnectionError):  # a killed monitor hangs up
                super().handle()

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def _loaded(body: bytes) -> Any:  # noqa: ANN401 (whatever a monitor sends)
    try:
        return json.loads(body)
    except ValueError:
        return body.decode("utf-8", "replace")


@contextmanager
def watching(kind: type[Watcher], python: Path, seed: int) -> Iterator[tuple[Watcher, Stage]]:
    """A monitor that has read every page once."""
    stage = Stage(seed)
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        monitor = kind(python, Path(folder), stage)
        try:
            monitor.round()
            stage.told()
            yield monitor, stage
        finally:
            monitor.close()
            stage.close()


def noise(kind: type[Watcher], python: Path, seed: int) -> str:
    """False alerts among checks of pages that stand still."""
    with watching(kind, python, seed) as (monitor, stage):
        stage.moving = True
        false = 0
        for _ in range(ROUNDS):
            monitor.round()
            false += len(stage.told())
    return f"{false} false of {PAGES * ROUNDS}"


def bot_check(kind: type[Watcher], python: Path, seed: int) -> str:
    """False alerts when pages were once a bot check."""
    with watching(kind, python, seed) as (monitor, stage):
        false = 0
        for stage.challenge in (True, False):
            monitor.round()
            false += len(stage.told())
    return f"{false} false for {PAGES} pages"


def sink(kind: type[Watcher], python: Path, seed: int) -> str:
    """Edits lost when the webhook fails in one round."""
    with watching(kind, python, seed) as (monitor, stage):
        edited = _edit(stage, random.Random(seed), PAGES)
        stage.status = 500
        monitor.round()
        stage.status = 200
        told = _told_later(monitor, stage)
    return f"{len(edited - told)} lost of {len(edited)}"


def kill(kind: type[Watcher], python: Path, seed: int) -> str:
    """Edits lost when the monitor is killed amid rounds."""
    dice = random.Random(seed)
    lost = 0
    with watching(kind, python, seed) as (monitor, stage):
        pace = monitor.round().asking
        for _ in range(KILLS):
            stage.told()
            edited = _edit(stage, dice, EDITS)
            monitor.round(kill_after=dice.uniform(0, pace))
            lost += len(edited - stage.told() - _told_later(monitor, stage))
    return f"{lost} lost of {KILLS * EDITS}"


def _edit(stage: Stage, dice: random.Random, count: int) -> set[int]:
    chosen = dice.sample(range(PAGES), count)
    for number in chosen:
        stage.pages[number].edit(dice)
    return set(chosen)


def _told_later(monitor: Watcher, stage: Stage) -> set[int]:
    told: set[int] = set()
    for wait in (LEASE, 0):
        if isinstance(monitor, Ours):
            time.sleep(wait)
        monitor.round()
        told |= stage.told()
    return told


CASES = {"noise": noise, "bot check": bot_check, "sink": sink, "kill": kill}


def main() -> None:
    """Print the table, a row as soon as it is known."""
    parser = argparse.ArgumentParser(prog="python -m bench.monitors")
    parser.add_argument("python", type=Path, help="of the environment with the other monitors")
    parser.add_argument("name", nargs="*", help=f"of {', '.join(WATCHERS)}; without any: all")
    parser.add_argument("--case", action="append", choices=CASES, help="only this; may be repeated")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    cases = given.case or list(CASES)
    print(f"| monitor | {' | '.join(cases)} |\n| --- |{' --- |' * len(cases)}")
    for name in given.name or WATCHERS:
        cells = [_cell(CASES[case], WATCHERS[name], given.python.absolute(), given.seed) for case in cases]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


def _cell(case: Any, kind: type[Watcher], python: Path, seed: int) -> str:  # noqa: ANN401 (a case)
    try:
        said: str = case(kind, python, seed)
    except (OSError, KeyError, StopIteration, urllib.error.URLError) as error:
        said = f"could not be run: {error!r}"
    return said


if __name__ == "__main__":
    main()
