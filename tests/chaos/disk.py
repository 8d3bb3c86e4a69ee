"""Trouble of disk and time: what cannot be written is said in one clear line, and told once it can be.

A disk that runs full or turns read-only is a tmpfs of a few megabytes where this user may mount one (root); elsewhere a
limit on the size of files stands in for the full disk, and permissions for the read-only one. The row says which.
"""

import functools
import os
import resource
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.chaos.case import SHOWN, Case, Row, dice_of, peak
from tests.chaos.clocks import daemon_jumps, daemon_sleeps, once_jumps
from tests.chaos.scene import PATIENCE, Scene, staged
from tests.support.cli import start

PAGES = 4
SIZE = "8m"
"""Of the disk."""

Trouble = Callable[[Scene, Random], list[str]]
"""Makes trouble for a scene whose pages are known; returns what went wrong."""


def run(size: int, seed: int) -> Row:
    """`size` troubles, in the order of `TROUBLES` and again from its beginning."""
    faults, lost, false, duplicates, worst = list[str](), 0, 0, 0, 0.0
    for number in range(size):
        trouble = TROUBLES[number % len(TROUBLES)]
        with _disk() as folder, staged(folder, PAGES) as scene:
            scene.once()
            wrong = trouble(scene, dice_of(seed, "disk", number))
            worst = max(worst, scene.settle())
            ledger = scene.ledger()
            wrong += [*scene.damage(), *ledger.lost, *ledger.false]
        faults += [f"{trouble.__name__} (number {number + 1}): {line}" for line in wrong]
        lost, false = lost + len(ledger.lost), false + len(ledger.false)
        duplicates += ledger.duplicates
    return Row(
        case="disk",
        tried=size,
        lost=lost,
        false=false,
        duplicates=duplicates,
        seconds=worst,
        megabytes=peak(resource.RUSAGE_CHILDREN),
        note=f"troubles, by {'a tmpfs' if _may_mount() else 'limits and permissions'}; seconds of the recovery",
        faults=tuple(faults[:SHOWN]),
    )


# --- no room


def full(scene: Scene, dice: Random) -> list[str]:
    """The disk is full, or has room for some of what is to be written."""
    scene.edit(dice, 2)
    room = dice.choice((0, dice.randrange(100_000)))
    with _full(scene, room) as begin:
        code, told = scene.once(begin)
    return [] if room and not code else _refused(code, told, "room left", "be read or written", "be opened")


def daemon_full(scene: Scene, dice: Random) -> list[str]:
    """The disk runs full under the daemon, and has room again while it rests."""
    with scene.daemon() as process:
        with _full(scene, 0, process):
            scene.edit(dice, 2)
            faults = _said(scene)
        return faults + _recovered(scene)


@contextmanager
def _full(
    scene: Scene, room: int, process: "subprocess.Popen[str] | None" = None
) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """A disk with so many bytes left; gives what starts a program on it (or limits the one that runs)."""
    if not _may_mount():
        if process:
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
        yield lambda folder, *arguments: _limited(start(folder, *arguments), room)
        if process:
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        return
    ballast = scene.folder / "ballast"
    state = os.statvfs(scene.folder)
    with ballast.open("wb", buffering=0) as file:
        with suppress(OSError):  # a daemon at work may take the last bytes first
            file.write(bytes(state.f_bavail * state.f_frsize))
        file.truncate(max(0, file.tell() - room))
    yield start
    ballast.unlink()


def _limited(process: "subprocess.Popen[str]", room: int) -> "subprocess.Popen[str]":
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    return process


# --- no permission


def read_only(scene: Scene, dice: Random) -> list[str]:
    """The disk is read-only when a round begins."""
    if os.geteuid() == 0 and not _may_mount():
        return []  # root writes whatever the permissions say
    scene.edit(dice, 2)
    with _read_only(scene):
        code, told = scene.once()
    return _refused(code, told, "read-only", "be opened")


@contextmanager
def _read_only(scene: Scene) -> Iterator[None]:
    folder = scene.folder
    if _may_mount():
        _mount("-o", "remount,ro", str(folder))
        yield
        _mount("-o", "remount,rw", str(folder))
        return
    modes = {path: path.stat().st_mode for path in (folder, *folder.iterdir())}
    for path, mode in modes.items():
        path.chmod(mode & ~0o222)
    yield
    for path, mode in modes.items():
        path.chmod(mode)


# --- locked


def locked(scene: Scene, dice: Random) -> list[str]:
    """Another program holds the database from before the round on."""
    scene.edit(dice, 2)
    with _locked(scene):
        code, told = scene.once()
    return _refused(code, told, "is locked by another program")


def locked_amid(scene: Scene, dice: Random) -> list[str]:
    """Another program takes the database amid a round, and keeps it."""
    scene.edit(dice, 2)
    code, told = _once_with_lock(scene, 30.0)
    return _refused(code, told, "is locked by another program")


def locked_briefly(scene: Scene, dice: Random) -> list[str]:
    """Another program takes the database amid a round, for two seconds: nobody is to notice."""
    scene.edit(dice, 2)
    code, told = _once_with_lock(scene, 2.0)
    return [f"ended with {code}: {told}"] if code else []


def daemon_locked(scene: Scene, dice: Random) -> list[str]:
    """Another program holds the database while the daemon is at work."""
    with scene.daemon():
        with _locked(scene):
            scene.edit(dice, 2)
            faults = _said(scene)
        return faults + _recovered(scene)


@contextmanager
def _locked(scene: Scene) -> Iterator[None]:
    with closing(sqlite3.connect(scene.database, isolation_level=None, timeout=5)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def _once_with_lock(scene: Scene, seconds: float) -> tuple[int, str]:
    """A round in which the database is locked at the first request of a page, for so long or until the round ends."""
    done, once = threading.Event(), threading.Lock()

    def hold() -> None:
        with _locked(scene):
            taken.set()
            done.wait(seconds)

    def lock() -> None:
        if once.acquire(blocking=False):
            holder.start()
        taken.wait(PATIENCE)

    holder, taken = threading.Thread(target=hold), threading.Event()
    scene.on_request = lock
    try:
        return scene.once()
    finally:
        scene.on_request = lambda: None
        done.set()
        holder.join()


# --- what every trouble needs


def _refused(code: int, told: str, *words: str) -> list[str]:
    """What is wrong with how a round ended that could not write: one clear line and exit code 2 are right."""
    lines = told.splitlines()
    if code == 2 and len(lines) == 1 and any(word in told for word in words):
        return []
    return [f"ended with {code} and said {told!r}, where one line was to say {' or '.join(words)!r}"]


def _said(scene: Scene) -> list[str]:
    """Wait until the daemon says that it is in trouble, or has told everything (there was room); else a fault."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and scene.ledger().lost:
        if any("database trouble" in line or "the outbox cannot be" in line for line in scene.logged):
            return []
        time.sleep(0.1)
    return ["the trouble was neither logged nor overcome"] if scene.ledger().lost else []


def _recovered(scene: Scene) -> list[str]:
    """What is wrong with a daemon whose trouble is over: it is to tell everything."""
    return [] if scene.told_within(PATIENCE) is not None else [f"not told {PATIENCE} s after the trouble"]


@contextmanager
def _disk() -> Iterator[Path]:
    """A folder on a disk of its own, where this user may mount one."""
    with TemporaryDirectory() as name:
        if not _may_mount():
            yield Path(name)
            return
        _mount("-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", name)
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", name], check=True)


@functools.cache
def _may_mount() -> bool:
    """Whether this user may mount a tmpfs: root outside of most containers."""
    if shutil.which("mount") is None:
        return False
    with TemporaryDirectory() as name:
        tried = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", name], check=False, capture_output=True)
        if tried.returncode == 0:
            subprocess.run(["umount", name], check=True)
    return tried.returncode == 0


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


QUICK: tuple[Trouble, ...] = (full, read_only, locked_briefly, daemon_jumps)
TROUBLES: tuple[Trouble, ...] = (*QUICK, once_jumps, daemon_sleeps, locked, locked_amid, daemon_full, daemon_locked)
CASE = Case(name="disk", unit="troubles", sizes={"short": len(QUICK), "long": 2 * len(TROUBLES)}, run=run)
