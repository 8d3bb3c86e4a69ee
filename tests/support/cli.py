"""Running the program as a user does: `python -m crawler …` in a folder of its own, in a process of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 (whatever the command prints)
        return json.loads(self.out)


def environment(**extra: str) -> dict[str, str]:
    """A plain environment in which the checkout's packages can be imported."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TZ", "LANG") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error", **extra}


def start(folder: Path, *arguments: str, **extra: str) -> subprocess.Popen[str]:
    """Start a command and leave it running."""
    return subprocess.Popen(
        [sys.executable, "-m", "crawler", *arguments],
        cwd=folder,
        env=environment(**extra),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def crawl(folder: Path, *arguments: str, given: bytes = b"", timeout: float = 120, **extra: str) -> Ran:
    """Run a command to its end."""
    done = subprocess.run(
        [sys.executable, "-m", "crawler", *arguments],
        cwd=folder,
        env=environment(**extra),
        input=given,
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace"))
