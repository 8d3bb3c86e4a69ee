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
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any

import yaml

from tests.chaos.portal import Page

ROOT = Path(__file__).resolve().parents[1]
PAGES, ROUNDS, EDITS, KILLS = 10, 10, 4, 20
PATIENCE = 120
"""Seconds a round may take."""
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
        self.asked = Event()
        """A page was asked for, since this was last cleared."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def url(self, number: int) -> str:
        """The address of a page."""
        return f"{self.base}/report-{number}.html"

    def told(self) -> set[int]:
        """The pages told since this was last asked."""
        said, self.taken = "\n".join(self.taken), []
        return {number for number in range(PAGES) if self.url(number) in said}

    def close(self) -> None:
        """Serve no longer."""
        self._server.shutdown()
        self._server.server_close()


def _handler(stage: Stage) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            stage.asked.set()
            name = self.path.removeprefix("/report-").removesuffix(".html")
            if not name.isdigit() or int(name) >= PAGES:
                self._send(404, b"", "text/plain")
            elif stage.challenge:
                self._send(200, CHALLENGE, "text/html")
            else:
                page = stage.pages[int(name)]
                page.asked += 1
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


class Monitor(ABC):
    """A monitor installed in a folder, watching all pages of a stage."""

    def __init__(self, python: Path, folder: Path, stage: Stage) -> None:
        self.python, self.folder, self.stage = python, folder, stage

    @abstractmethod
    def round(self, kill_after: float | None = None) -> float:
        """Check every page once and tell: the seconds from the first request on; killed after so many of these."""

    def close(self) -> None:  # noqa: B027 (most leave nothing running)
        """End what runs."""


class Command(Monitor):
    """One that is run for a round, as by cron."""

    arguments: Sequence[str]

    def round(self, kill_after: float | None = None) -> float:
        """As `Monitor.round`."""
        self.stage.asked.clear()
        process = subprocess.Popen(
            [*self.arguments],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(ROOT) if isinstance(self, Ours) else ""},
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "stderr").open("ab"),
        )
        self.stage.asked.wait(PATIENCE)
        began = time.monotonic()
        try:
            process.wait(PATIENCE if kill_after is None else kill_after)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        return time.monotonic() - began


class Ours(Command):
    """`crawler once`."""

    def __init__(self, python: Path, folder: Path, stage: Stage) -> None:
        super().__init__(python, folder, stage)
        self.arguments = [sys.executable, "-m", "crawler", "once"]
        (folder / "sources.yaml").write_text(
            yaml.safe_dump(
                {
                    "network": {"allow_private": True},
                    "defaults": {"delay": "0s"},
                    "channels": {"hook": {"type": "webhook", "url": f"{stage.base}/hook"}},
                    "sources": [{"id": f"p{n}", "url": stage.url(n), "alert": ["hook"]} for n in range(PAGES)],
                }
            )
        )


class _Watch(Command):
    """What urlwatch and its fork share."""

    name: str
    jobs: str
    state: str
    reporter: str

    def __init__(self, python: Path, folder: Path, stage: Stage) -> None:
        super().__init__(python, folder, stage)
        jobs = [{"name": stage.url(n), "url": stage.url(n)} for n in range(PAGES)]
        (folder / "jobs.yaml").write_text(yaml.safe_dump_all(jobs))
        hook = {"enabled": True, "webhook_url": f"{stage.base}/hook"}
        report = {"stdout": {"enabled": False}, self.reporter: hook}
        (folder / "config.yaml").write_text(yaml.safe_dump({"report": report}))
        program = str(python.parent / self.name)
        files = [self.jobs, "jobs.yaml", "--config", "config.yaml", self.state, "state.db"]
        self.arguments = [program, *files]


class Urlwatch(_Watch):
    """`urlwatch`, run for each round."""

    name, jobs, state, reporter = "urlwatch", "--urls", "--cache", "slack"


class Webchanges(_Watch):
    """`webchanges`, run for each round."""

    name, jobs, state, reporter = "webchanges", "--jobs", "--database", "webhook"


class ChangeDetection(Monitor):
    """changedetection.io as its server, asked over its API to check all."""

    def __init__(self, python: Path, folder: Path, stage: Stage) -> None:
        super().__init__(python, folder, stage)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._start()
        for number in range(PAGES):
            hook = stage.base.replace("http://", "json://") + "/hook"
            self._ask(
                "watch", {"url": stage.url(number), "notification_urls": [hook], "time_between_check": {"days": 9}}
            )

    def round(self, kill_after: float | None = None) -> float:
        """As `Monitor.round`; it is given two seconds to tell after the last check, which are not counted."""
        began = int(time.time())
        self._wait(lambda: int(time.time()) > began)  # it notes whole seconds
        began = int(time.time())
        self.stage.asked.clear()
        self._ask("watch?recheck_all=1")
        self.stage.asked.wait(PATIENCE)
        start = time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            self.close()
            self._start()
            return kill_after
        self._wait(lambda: all(each["last_checked"] >= began for each in self._watches()))
        took = time.monotonic() - start
        time.sleep(2)
        return took

    def close(self) -> None:
        """Kill the server and what it started."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _start(self) -> None:
        self._process = subprocess.Popen(
            [str(self.python.parent / "changedetection.io"), "-d", ".", "-p", str(self._port), "-h", "127.0.0.1", "-C"],
            cwd=self.folder,
            env=os.environ | {"ALLOW_IANA_RESTRICTED_ADDRESSES": "true", "MINIMUM_SECONDS_RECHECK_TIME": "0"},
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "stderr").open("ab"),
            start_new_session=True,
        )
        self._wait(self._answers)

    def _watches(self) -> list[dict[str, Any]]:
        """Ours; it comes with examples of its own."""
        return [each for each in self._ask("watch").values() if each["url"].startswith(self.stage.base)]

    def _answers(self) -> bool:
        try:
            self._ask("watch")
        except (OSError, StopIteration):
            return False
        return True

    def _wait(self, done: Any) -> None:  # noqa: ANN401 (a question)
        until = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > until:
                raise TimeoutError("changedetection.io did not come to an end")
            time.sleep(0.1)

    def _ask(self, what: str, said: object = None) -> Any:  # noqa: ANN401 (its JSON)
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._port}/api/v1/{what}",
            data=None if said is None else json.dumps(said).encode(),
            headers={"x-api-key": self._token(), "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)

    def _token(self) -> str:
        found = [*self.folder.glob("changedetection.json"), *self.folder.glob("url-watches.json")]
        settings = json.loads(next(iter(found)).read_text())
        token: str = settings["settings"]["application"]["api_access_token"]
        return token


MONITORS: dict[str, type[Monitor]] = {
    "ours": Ours,
    "urlwatch": Urlwatch,
    "webchanges": Webchanges,
    "changedetection.io": ChangeDetection,
}


@contextmanager
def watching(kind: type[Monitor], python: Path, seed: int) -> Iterator[tuple[Monitor, Stage]]:
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


def noise(kind: type[Monitor], python: Path, seed: int) -> str:
    """False alerts among checks of pages that stand still."""
    with watching(kind, python, seed) as (monitor, stage):
        stage.moving = True
        false = 0
        for _ in range(ROUNDS):
            monitor.round()
            false += len(stage.told())
    return f"{false} false of {PAGES * ROUNDS}"


def bot_check(kind: type[Monitor], python: Path, seed: int) -> str:
    """False alerts when pages were once a bot check."""
    with watching(kind, python, seed) as (monitor, stage):
        false = 0
        for stage.challenge in (True, False):
            monitor.round()
            false += len(stage.told())
    return f"{false} false for {PAGES} pages"


def sink(kind: type[Monitor], python: Path, seed: int) -> str:
    """Edits lost when the webhook fails in one round."""
    with watching(kind, python, seed) as (monitor, stage):
        edited = _edit(stage, random.Random(seed), PAGES)
        stage.status = 500
        monitor.round()
        stage.status = 200
        told = _told_later(monitor, stage)
    return f"{len(edited - told)} lost of {len(edited)}"


def kill(kind: type[Monitor], python: Path, seed: int) -> str:
    """Edits lost when the monitor is killed amid rounds."""
    dice = random.Random(seed)
    lost = 0
    with watching(kind, python, seed) as (monitor, stage):
        pace = monitor.round()
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


def _told_later(monitor: Monitor, stage: Stage) -> set[int]:
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
    parser.add_argument("name", nargs="*", help=f"of {', '.join(MONITORS)}; without any: all")
    parser.add_argument("--case", action="append", choices=CASES, help="only this; may be repeated")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    cases = given.case or list(CASES)
    print(f"| monitor | {' | '.join(cases)} |\n| --- |{' --- |' * len(cases)}")
    for name in given.name or MONITORS:
        cells = [_cell(CASES[case], MONITORS[name], given.python.absolute(), given.seed) for case in cases]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


def _cell(case: Any, kind: type[Monitor], python: Path, seed: int) -> str:  # noqa: ANN401 (a case)
    try:
        said: str = case(kind, python, seed)
    except (OSError, KeyError, StopIteration, urllib.error.URLError) as error:
        said = f"could not be run: {error!r}"
    return said


if __name__ == "__main__":
    main()
