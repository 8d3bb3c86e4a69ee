"""Other monitors and ours, each installed in a folder and told to watch the pages of a stage and to tell its webhook.

WATCHERS[name](python, folder, stage) -> Watcher; `python` is the interpreter of an environment with the others
(`bench/monitors-requirements.txt`). No selector and no filter is written for any of them; subclasses may.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import yaml

ROOT = Path(__file__).resolve().parents[1]
ENVIRONMENT = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""An installed program has its bytecode."""
PATIENCE = 120
"""Seconds a round of a few pages may take; a page more adds one."""

LONGEST = 1_000_000_000
"""Characters of a message. webchanges 3.37 crashes where one has to be cut in two, and keeps nothing of that round."""


class Stage(Protocol):
    """Pages to watch, and a webhook."""

    @property
    def urls(self) -> Sequence[str]:
        """Of the pages."""

    @property
    def hook(self) -> str:
        """Address of the webhook."""

    @property
    def served(self) -> int:
        """Pages answered so far."""


class Round(NamedTuple):
    """Seconds that a round took: from its start, and from the first page asked for."""

    whole: float
    asking: float


class Watcher(ABC):
    """A monitor installed in a folder, watching all pages of a stage."""

    inputs: Sequence[str] = ()
    """Files in the folder that say what to watch."""

    def __init__(self, python: Path, folder: Path, stage: Stage) -> None:
        self.python, self.folder, self.stage = python, folder, stage
        self._patience = PATIENCE + len(stage.urls)

    @abstractmethod
    def round(self, kill_after: float | None = None) -> Round:
        """Check every page once and tell; killed so many seconds after the first request."""

    def close(self) -> None:  # noqa: B027 (most leave nothing running)
        """End what runs."""

    def _wait(self, done: Callable[[], bool], pause: float = 0.1) -> None:
        until = time.monotonic() + self._patience
        while not done():
            if time.monotonic() > until:
                raise TimeoutError(f"{type(self).__name__} did not come to an end")
            time.sleep(pause)


class Command(Watcher):
    """One that is run for a round, as by cron."""

    arguments: Sequence[str]

    def round(self, kill_after: float | None = None) -> Round:
        """As `Watcher.round`."""
        before, start = self.stage.served, time.monotonic()
        with (self.folder / "stderr").open("ab") as errors:
            process = subprocess.Popen(
                [*self.arguments],
                cwd=self.folder,
                env=ENVIRONMENT | {"PYTHONPATH": str(ROOT) if self.python == Path(sys.executable) else ""},
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )
        self._wait(lambda: self.stage.served > before or process.poll() is not None, pause=0.005)
        asked = time.monotonic()
        try:
            process.wait(self._patience if kill_after is None else kill_after)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        end = time.monotonic()
        return Round(end - start, end - asked)


class Ours(Command):
    """`crawler once`."""

    inputs = ("sources.yaml",)

    def __init__(self, python: Path, folder: Path, stage: Stage) -> None:  # noqa: ARG002 (the others')
        super().__init__(Path(sys.executable), folder, stage)
        self.arguments = [sys.executable, "-m", "crawler", "once"]
        (folder / "sources.yaml").write_text(
            yaml.safe_dump(
                {
                    "network": {"allow_private": True},
                    "defaults": {"delay": "0s"},
                    "channels": {"hook": {"type": "webhook", "url": stage.hook}},
                    "sources": [{"id": f"p{n}", "url": url, "alert": ["hook"]} for n, url in enumerate(stage.urls)],
                }
            )
        )


class _Watch(Command):
    """What urlwatch and its fork share."""

    inputs = ("jobs.yaml", "config.yaml")
    name: str
    jobs: str
    state: str
    reporter: str

    def __init__(self, python: Path, folder: Path, stage: Stage) -> None:
        super().__init__(python, folder, stage)
        jobs = [{"name": url, "url": url} | self.filters(number) for number, url in enumerate(stage.urls)]
        (folder / "jobs.yaml").write_text(yaml.safe_dump_all(jobs))
        hook = {"enabled": True, "webhook_url": stage.hook, "max_message_length": LONGEST}
        report = {"stdout": {"enabled": False}, self.reporter: hook}
        (folder / "config.yaml").write_text(yaml.safe_dump({"report": report}))
        program = str(python.parent / self.name)
        files = [self.jobs, "jobs.yaml", "--config", "config.yaml", self.state, "state.db"]
        self.arguments = [program, *files]

    def filters(self, number: int) -> dict[str, Any]:  # noqa: ARG002 (for subclasses)
        """What a job says besides its address."""
        return {}


class Urlwatch(_Watch):
    """`urlwatch`, run for each round."""

    name, jobs, state, reporter = "urlwatch", "--urls", "--cache", "slack"


class Webchanges(_Watch):
    """`webchanges`, run for each round."""

    name, jobs, state, reporter = "webchanges", "--jobs", "--database", "webhook"


class ChangeDetection(Watcher):
    """changedetection.io as its server; the first round is that in which the pages are put in, over its API."""

    def __init__(self, python: Path, folder: Path, stage: Stage) -> None:
        super().__init__(python, folder, stage)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._fresh = True
        self._start()

    def round(self, kill_after: float | None = None) -> Round:
        """As `Watcher.round`; it is given two seconds to tell after the last check, which are not counted."""
        since = 1 if self._fresh else self._next_second()
        before, start = self.stage.served, time.monotonic()
        if self._fresh:
            self._put_in()
        else:
            self._ask("watch?recheck_all=1")
        self._wait(lambda: self.stage.served > before, pause=0.005)
        asked = time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            self.close()
            self._start()
            return Round(kill_after, kill_after)
        # Its list of watches costs it time, so it is not asked for before the last page was.
        self._wait(lambda: self.stage.served - before >= len(self.stage.urls))
        self._wait(lambda: all(each["last_checked"] >= since for each in self._watches()), pause=0.5)
        end = time.monotonic()
        time.sleep(2)
        return Round(end - start, end - asked)

    def close(self) -> None:
        """Kill the server and what it started."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _put_in(self) -> None:
        """It checks each new one by itself."""
        self._fresh = False
        for url in self.stage.urls:
            hook = self.stage.hook.replace("http://", "json://")
            self._ask("watch", {"url": url, "notification_urls": [hook], "time_between_check": {"days": 9}})

    def _next_second(self) -> int:
        """It notes whole seconds."""
        now = int(time.time())
        self._wait(lambda: int(time.time()) > now)
        return int(time.time())

    def _start(self) -> None:
        with (self.folder / "stderr").open("ab") as errors:
            self._process = subprocess.Popen(
                [str(self.python.parent / "changedetection.io"), *f"-d . -p {self._port} -h 127.0.0.1 -C".split()],
                cwd=self.folder,
                env=ENVIRONMENT | {"ALLOW_IANA_RESTRICTED_ADDRESSES": "true", "MINIMUM_SECONDS_RECHECK_TIME": "0"},
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )
        self._wait(self._answers)

    def _watches(self) -> list[dict[str, Any]]:
        """Ours; it comes with examples of its own."""
        urls = set(self.stage.urls)
        return [each for each in self._ask("watch").values() if each["url"] in urls]

    def _answers(self) -> bool:
        try:
            self._ask("watch")
        except (OSError, StopIteration):
            return False
        return True

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


WATCHERS: dict[str, type[Watcher]] = {
    "ours": Ours,
    "urlwatch": Urlwatch,
    "webchanges": Webchanges,
    "changedetection.io": ChangeDetection,
}
