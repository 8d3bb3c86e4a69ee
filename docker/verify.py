"""Run the Dockerfile's steps without a container engine, then start what they built: `python3 docker/verify.py`.

Each stage gets an empty folder for its root; RUN, COPY, ENV, WORKDIR and USER act on it as the Dockerfile says, with
the image's own absolute paths (/src, /opt, /data …) led into that folder and Debian's or the calling Python in the
place of the base image. At the end the entry point runs the demo, then the daemon until its HEALTHCHECK is content,
then gets SIGTERM. A broken step, a file missing in .dockerignore's view, a service that cannot run without root: each
is seen.

What it cannot see: the base image itself, the network and read-only root of a real container. Standard library only.
"""
# ruff: noqa: S603, T201 (it runs the Dockerfile's own commands and is a script that prints)

import fnmatch
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parent.parent
PASSED_ON = re.compile(r"(PIP_|SSL_|REQUESTS_|LANG$|LC_|TMPDIR$)|.*_proxy$", re.IGNORECASE)
SOURCES = """\
network: {allow_private: true}
sources:
  - id: nowhere
    url: http://127.0.0.1:9/
"""


class Broken(Exception):  # noqa: N818 (what the image is then)
    """A step of the Dockerfile failed, or what it built does not run."""


class Step(NamedTuple):
    """One instruction: COPY, {"from": "build"}, "/opt/crawler /opt/crawler"."""

    line: int
    word: str
    flags: dict[str, str]
    text: str


def parse(text: str) -> list[Step]:
    """The instructions of a Dockerfile; comments dropped, continued lines joined, `--name=value` flags taken off."""
    steps, words, first = [], "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        first = first if words else number
        words += line.strip().removesuffix("\\").rstrip() + " "
        if line.rstrip().endswith("\\"):
            continue
        word, _, rest = words.strip().partition(" ")
        flags = {}
        while match := re.match(r"\s*--([\w-]+)=(\S+)\s+", rest):
            flags[match[1]] = match[2]
            rest = rest[match.end() :]
        steps.append(Step(first, word.upper(), flags, rest.strip()))
        words = ""
    return steps


def ignored(path: str, patterns: list[str]) -> bool:
    """Whether .dockerignore keeps `path` out of the context: the last pattern that meets it or a parent decides."""
    parents = [path, *(str(parent) for parent in Path(path).parents)][:-1]
    verdict = False
    for pattern in patterns:
        bare = pattern.removeprefix("!").replace("**/", "*")
        if any(fnmatch.fnmatch(f"/{one}" if "**/" in pattern else one, bare) for one in parents):
            verdict = not pattern.startswith("!")
    return verdict


def copy_context(project: Path, target: Path) -> None:
    """Copy what .dockerignore lets a builder see."""
    lines = (project / ".dockerignore").read_text("utf-8").splitlines()
    patterns = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    for top in project.iterdir():
        if top.name in {".git", ".venv"}:
            continue
        for path in [top, *top.rglob("*")] if top.is_dir() else [top]:
            name = path.relative_to(project).as_posix()
            if path.is_file() and not ignored(name, patterns):
                (target / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, target / name)


def base_python() -> tuple[str, bool]:
    """A Python in the place of the base image's, and whether a user without rights may run it."""
    for candidate in (sys.executable, "/usr/bin/python3"):
        real = Path(candidate).resolve()
        if real.exists() and all(parent.stat().st_mode & 0o001 for parent in [real, *real.parents]):
            return str(real), True
    return sys.executable, False


def may_change_user() -> bool:
    """Whether USER can be carried out here."""
    return os.geteuid() == 0 and base_python()[1]


@dataclass
class Image:
    """What the steps have made so far; `root` is the current stage's file system."""

    home: Path
    context: Path
    tops: str
    env: dict[str, str]
    workdir: str = "/"
    user: int | None = None
    stage: str = ""
    entrypoint: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    healthcheck: tuple[str, ...] = ()

    @property
    def root(self) -> Path:
        """The same path for every stage, so that what one stage builds runs in the next."""
        return self.home / "root"

    def led(self, text: str) -> str:
        """`text` with the image's absolute paths led into the root."""
        return re.sub(rf"(?<![\w./-])(?=/(?:{self.tops})(?![\w.-]))", lambda _: str(self.root), text)

    def apply(self, step: Step) -> None:
        """Carry out one instruction."""
        known = {
            "FROM": self._from,
            "RUN": self._run,
            "COPY": self._copy,
            "ENV": self._env,
            "WORKDIR": self._workdir,
            "USER": self._user,
            "ENTRYPOINT": self._entrypoint,
            "CMD": self._command,
            "HEALTHCHECK": self._healthcheck,
        }
        if step.word in {"VOLUME", "STOPSIGNAL", "LABEL", "EXPOSE"}:
            return
        if step.word not in known:
            raise Broken(f"docker/verify.py does not know {step.word}: teach it, or write the step otherwise")
        known[step.word](step)

    def _from(self, step: Step) -> None:
        if self.root.exists():
            self.root.rename(self.home / f"stage-{self.stage}")
        self.stage = step.text.partition(" AS ")[2].strip() or "final"
        shims = self.root / "base"
        shims.mkdir(parents=True)
        self._shim(shims / "python", f'exec {shlex.quote(base_python()[0])} "$@"')
        if not may_change_user():
            self._shim(shims / "chown", "true")
        self.env, self.workdir, self.user = {"PATH": f"{shims}:/usr/bin:/bin"}, "/", None

    @staticmethod
    def _shim(path: Path, line: str) -> None:
        path.write_text(f"#!/bin/sh\n{line}\n")
        path.chmod(0o755)

    def _run(self, step: Step) -> None:
        outside = {name: text for name, text in os.environ.items() if PASSED_ON.match(name)}
        code = self.start(["/bin/sh", "-c", self.led(step.text)], outside).wait()
        if code:
            raise Broken(f"exit code {code}")

    def start(self, command: list[str], outside: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start a command in the image: its working folder, environment and user."""
        env, user = {**(outside or {}), **self.env}, self.user if may_change_user() else None
        command = [shutil.which(command[0], path=env["PATH"]) or command[0], *command[1:]]
        groups: list[int] | None = None if user is None else []
        return subprocess.Popen(command, cwd=self._path("."), env=env, user=user, group=user, extra_groups=groups)

    def _path(self, path: str) -> Path:
        base = "" if path.startswith("/") else self.workdir
        return self.root / f"{base}/{path}".strip("/")

    def _copy(self, step: Step) -> None:
        if unknown := set(step.flags) - {"from"}:
            raise Broken(f"docker/verify.py does not know --{unknown.pop()}")
        *sources, target = step.text.split()
        origin = self.home / f"stage-{step.flags['from']}" if "from" in step.flags else self.context
        for source in sources:
            found = origin / source.lstrip("/")
            into = self._path(target)
            if found.is_dir():
                shutil.copytree(found, into, symlinks=True, dirs_exist_ok=True)
            elif found.is_file():
                into = into / found.name if target.endswith("/") or len(sources) > 1 else into
                into.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(found, into)
            else:
                raise Broken(f"{source} is not in {step.flags.get('from', 'the build context (see .dockerignore)')}")

    def _env(self, step: Step) -> None:
        for word in shlex.split(step.text):
            name, _, text = word.partition("=")
            self.env[name] = self.led(text).replace("$PATH", self.env["PATH"])

    def _workdir(self, step: Step) -> None:
        self.workdir = step.text
        self._path(".").mkdir(parents=True, exist_ok=True)

    def _user(self, step: Step) -> None:
        self.user = int(step.text.partition(":")[0])
        if self.user == 0:
            raise Broken("the image runs as root")

    def _entrypoint(self, step: Step) -> None:
        self.entrypoint = tuple(json.loads(step.text))

    def _command(self, step: Step) -> None:
        self.command = tuple(json.loads(step.text))

    def _healthcheck(self, step: Step) -> None:
        self.healthcheck = tuple(json.loads(step.text.removeprefix("CMD").strip()))


def build(home: Path, project: Path = PROJECT) -> Image:
    """Carry out the project's Dockerfile below `home`; Broken names the line of the step that failed."""
    context = home / "context"
    copy_context(project, context)
    steps = parse((project / "Dockerfile").read_text("utf-8"))
    places = [step.text.split()[-1] for step in steps if step.word in {"WORKDIR", "VOLUME", "COPY"}]
    tops = "|".join(sorted({re.escape(place.split("/")[1]) for place in places if place.startswith("/")}))
    image = Image(home=home, context=context, tops=tops, env={})
    for step in steps:
        print(f"Dockerfile:{step.line}: {step.word} {step.text}", flush=True)
        try:
            image.apply(step)
        except (Broken, OSError, ValueError) as error:
            raise Broken(f"Dockerfile:{step.line}: {step.word}: {error}") from error
    return image


def try_out(image: Image) -> None:
    """Start the image as a container engine would: the demo, then the daemon, its health, its stop."""
    if not image.user or not image.healthcheck:
        raise Broken("the image needs a USER other than root and a HEALTHCHECK")
    print(f"starting {' '.join(image.entrypoint)} demo", flush=True)
    if code := image.start([*image.entrypoint, "demo"]).wait(120):
        raise Broken(f"{' '.join(image.entrypoint)} demo: exit code {code}")
    (image.root / image.workdir.strip("/") / "sources.yaml").write_text(SOURCES, "utf-8")
    print(f"starting {' '.join([*image.entrypoint, *image.command])}", flush=True)
    if image.start(list(image.healthcheck)).wait(60) == 0:
        raise Broken("HEALTHCHECK is content although nothing runs")
    daemon = image.start([*image.entrypoint, *image.command])
    try:
        _await_health(image, daemon)
    finally:
        daemon.send_signal(signal.SIGTERM)
        code = daemon.wait(90)
    if code:
        raise Broken(f"SIGTERM ended the daemon with exit code {code} instead of 0")


def _await_health(image: Image, daemon: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 90
    while image.start(list(image.healthcheck)).wait(60):
        if daemon.poll() is not None:
            raise Broken(f"the daemon ended with exit code {daemon.returncode}")
        if time.monotonic() > deadline:
            raise Broken("HEALTHCHECK was not content within 90 s")
        time.sleep(1)


def main() -> int:
    """Build and try out; 0 if all went well."""
    if not may_change_user():
        print("note: USER and chown cannot be carried out here; all runs as the calling user", flush=True)
    with tempfile.TemporaryDirectory(prefix="crawler-image-") as folder:
        home = Path(folder)
        home.chmod(0o755)  # the image's user must pass through
        try:
            try_out(build(home))
        except (Broken, subprocess.TimeoutExpired) as error:
            print(f"docker/verify.py: {error}", file=sys.stderr)
            return 1
    print("The Dockerfile's steps build an image that runs, is healthy and stops when told.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
