"""Peers from PyPI, installed into an environment of their own and run there, one process each.

prepare(python, requirements) -> Environment        creates it once; keeps it in the user's cache folder
run(environment, name, pages) -> Run                or raises UnavailableError, with the reason
ask(environment, package, command, rows) -> rows    what a worker of any kind answers, a JSON object a line
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench.measure import Page

REQUIREMENTS = Path(__file__).with_name("peers-requirements.txt")
_WORKER = Path(__file__).with_name("peer_worker.py")
_PYTHONS = ("python3.13", "python3.12")  # magic-html needs 3.12
_ROUNDS = 2
_PATIENCE = 1800  # seconds for one peer over all pages


class UnavailableError(Exception):
    """A peer that could not be installed or run, and why."""


class Environment(NamedTuple):
    """The peers' interpreter, and what could not be installed there, with the reason."""

    python: Path
    failed: dict[str, str]


class Run(NamedTuple):
    """A body a page, the seconds over the timed pages of the bare parse and of the peer, pages that raised."""

    version: str
    bodies: list[str]
    parse: float
    extract: float
    errors: int


def names() -> list[str]:
    """The peers, as their packages are called."""
    packages = [_package(line) for line in _requirements()]
    return [package for package in packages if package != "selectolax"]


def prepare(python: str | None = None, requirements: Path = REQUIREMENTS, only: str = "") -> Environment:
    """The environment, created and filled if need be by `python`, else the newest interpreter at hand.

    `only`: one package of them, in an environment of its own.
    """
    python = python or next(filter(_works, _PYTHONS), sys.executable)
    lines = [line for line in _requirements(requirements) if only in ("", _package(line))]
    digest = hashlib.sha256("\n".join([str(shutil.which(python)), *lines]).encode()).hexdigest()[:12]
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "report-crawler" / f"peers-{digest}"
    ours, record = folder / "bin" / "python", folder / "failed.json"
    if not record.exists():
        _tell(f"installing the peers into {folder}")
        subprocess.run([python, "-m", "venv", "--clear", folder], check=True)
        _install(ours, "--upgrade", "pip")
        failed = {line: reason for line in lines if (reason := _install(ours, line))}
        record.write_text(json.dumps(failed), encoding="utf-8")
    failed = json.loads(record.read_text(encoding="utf-8"))
    return Environment(ours, {_package(line): why for line, why in failed.items()})


def run(environment: Environment, name: str, pages: Sequence[Page]) -> Run:
    """The peer's bodies and times; pages as saved are the timed ones."""
    rows = [{"html": page.html, "url": page.sample.url, "timed": not page.scene} for page in pages]
    *answers, last = ask(environment, name, (str(_WORKER), name, str(_ROUNDS)), rows)
    errors = sum(bool(answer["error"]) for answer in answers)
    return Run(last["version"], [answer["body"] for answer in answers], last["parse"], last["extract"], errors)


def ask(
    environment: Environment, package: str, command: Sequence[str], rows: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """What a worker, run with the peers' interpreter, answers to the rows; raises UnavailableError."""
    if package in environment.failed:
        raise UnavailableError(f"not installed: {environment.failed[package]}")
    _tell(f"{command[1]} …")
    try:
        done = subprocess.run(
            [str(environment.python), *command],
            input="".join(json.dumps(row) + "\n" for row in rows),
            capture_output=True,
            encoding="utf-8",
            timeout=_PATIENCE,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise UnavailableError(f"not done after {_PATIENCE} s") from error
    except subprocess.CalledProcessError as error:
        raise UnavailableError(f"crashed: {_last_line(error.stderr)}") from error
    return [json.loads(line) for line in done.stdout.splitlines()]


def _requirements(path: Path = REQUIREMENTS) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _package(line: str) -> str:
    return line.partition("==")[0].partition("[")[0]


def _works(python: str) -> bool:
    return (
        bool(shutil.which(python))
        and subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0
    )


def _install(python: Path, *what: str) -> str:
    """Why it failed, empty if it did not."""
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return _last_line(done.stderr) or "unknown" if done.returncode else ""


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[-1]


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
