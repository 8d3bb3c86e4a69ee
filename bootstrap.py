"""Set up this checkout and run one task in it: `python3 bootstrap.py demo`, `python3 bootstrap.py test`.

Needs Python 3.11 or newer with pip, nothing else (the venv module's ensurepip, which Debian splits off, is not needed).
Everything is installed into `.venv` beside this file, pinned and hash-checked from `requirements/`; a second run finds
it there and starts at once.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")

SOURCES = ["crawler", "storage", "alerts", "tests", "bench", "docker", "bootstrap.py"]
TASKS: dict[str, tuple[str, list[list[str]]]] = {
    # task: (requirements file, the commands it runs; further arguments go to the last one)
    "demo": ("runtime", [["crawler", "demo"]]),
    "crawler": ("runtime", [["crawler"]]),
    "test": ("dev", [["pytest", "--numprocesses=auto", "--dist=worksteal"]]),
    "lint": ("dev", [["ruff", "check", *SOURCES], ["ruff", "format", "--check", *SOURCES], ["mypy"]]),
    "format": ("dev", [["ruff", "format", *SOURCES]]),
}


def pip(*arguments: str) -> None:
    """Install into `.venv` with the pip of the Python that runs this script."""
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", *quiet, *arguments], check=True, cwd=ROOT
    )


def set_up(requirements: str) -> None:
    """Bring `.venv` to what `requirements/NAME.txt` pins, unless it is there already."""
    pinned = ROOT / "requirements" / f"{requirements}.txt"
    state = hashlib.sha256(
        pinned.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + sys.version.encode()
    ).hexdigest()
    stamp = VENV / f".{requirements}.stamp"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == state:
        return
    print(f"Installing the pinned requirements into {VENV} (once; a minute or so) …", file=sys.stderr, flush=True)
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], check=True)
    pip("--require-hashes", "--requirement", str(pinned))
    pip("--no-deps", "--no-build-isolation", "--editable", ".")
    stamp.write_text(state)


def main(arguments: list[str]) -> int:
    """Run the task named first; return its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 (the one file an older Python may meet)
        print(
            f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Try: python3.11 bootstrap.py …",
            file=sys.stderr,
        )
        return 2
    if not arguments or arguments[0] not in TASKS:
        print(f"usage: python3 bootstrap.py {'|'.join(TASKS)} [arguments]", file=sys.stderr)
        return 2
    requirements, commands = TASKS[arguments[0]]
    try:
        set_up(requirements)
    except subprocess.CalledProcessError as error:
        print(f"Setting up {VENV} failed (exit code {error.returncode}): see the lines above.", file=sys.stderr)
        return 2
    for command in commands[:-1]:
        code = subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, check=False).returncode
        if code:
            return code
    last = commands[-1]
    folder = ROOT if requirements == "dev" else None  # what a user runs works in the user's own folder
    return subprocess.run([BIN / last[0], *last[1:], *arguments[1:]], cwd=folder, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
