"""Running the program as a user does, in a folder of its own.

`crawl` runs a command in this process (a second faster each time), `start` in a process of its own: for signals, locks
and kills, and for whatever must not share this process.
"""

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import structlog
from typer.testing import CliRunner

from crawler.cli.main import app

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def crawl(folder: Path, *arguments: str, given: bytes = b"", **environment: str) -> Ran:
    """Run a command to its end; what it raises and does not handle is raised here."""
    with contextlib.chdir(folder), mock.patch.dict(os.environ, {"COLUMNS": "160", **environment}):
        done = CliRunner().invoke(app, list(arguments), input=given)
    structlog.reset_defaults()  # the log would go on to a stream that is closed by now
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ran(done.exit_code, done.stdout_bytes.decode(), done.stderr_bytes.decode())


def start(
    folder: Path, *arguments: str, module: str = "crawler", before: str = "", **environment: str
) -> subprocess.Popen[str]:
    """Start a command in a process of its own and leave it running; `module` is what `python -m` runs.

    `before` is code that is done to the program first.
    """
    code = f"{before}\nimport runpy\nrunpy.run_module({module!r}, run_name='__main__', alter_sys=True)"
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TZ", "LANG") if name in os.environ}
    return subprocess.Popen(
        [sys.executable, *(["-c", code] if before else ["-m", module]), *arguments],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
