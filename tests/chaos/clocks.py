"""Troubles of time: a clock that jumps forwards and backwards, a machine that slept. Nothing edited may go untold."""

import signal
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from tests.chaos.jump import AHEAD
from tests.chaos.scene import Scene
from tests.support.cli import start

HOUR, DAY = 3600.0, 86400.0
JUMPS = (400 * DAY, -2 * HOUR)
"""Where the clock stands, in seconds ahead of the true one, one after another."""
SOON = 20.0
"""Seconds in which a daemon that checks every second and delivers every five must have told an edit."""
SLEEP = 7.0
"""Seconds; longer than a request may take, so that what was under way is lost."""
_start: Callable[..., "subprocess.Popen[str]"] = partial(start, module="tests.chaos.jump")


def once_jumps(scene: Scene, dice: Random) -> list[str]:
    """Rounds of `once`, each by another clock: each tells all."""
    faults = []
    for jump in JUMPS:
        _set(scene, jump)
        scene.edit(dice, 2)
        code, told = scene.once(_start)
        if code or scene.ledger().lost:
            faults.append(f"clock {_by(jump)}: ended with {code}: {told}{scene.ledger().lost}")
    return faults


def daemon_jumps(scene: Scene, dice: Random) -> list[str]:
    """A running daemon whose clock is set: it goes on checking and telling."""
    faults = []
    with scene.daemon(_start):
        for jump in (0.0, *JUMPS):
            _set(scene, jump)
            scene.edit(dice, 2)
            if scene.told_within(SOON) is None:
                faults.append(f"clock {_by(jump)}: not told within {SOON:.0f} s: {scene.ledger().lost}")
    return faults


def daemon_sleeps(scene: Scene, dice: Random) -> list[str]:
    """A machine that falls asleep amid a request, and wakes eight hours later: the daemon goes on."""
    faults = []
    with scene.daemon(_start) as process:
        _asleep(scene, process)
        scene.edit(dice, 2)
        time.sleep(SLEEP)
        _set(scene, 8 * HOUR)
        process.send_signal(signal.SIGCONT)
        if scene.told_within(SOON) is None:
            faults.append(f"awake again: not told within {SOON:.0f} s: {scene.ledger().lost}")
    return faults


def _asleep(scene: Scene, process: "subprocess.Popen[str]") -> None:
    """Stop the process at the next request it makes, before it is answered."""
    scene.asked.clear()
    scene.on_request = partial(process.send_signal, signal.SIGSTOP)
    scene.asked.wait(SOON)
    scene.on_request = lambda: None


def _set(scene: Scene, ahead: float) -> None:
    fresh = Path(scene.folder / "ahead.new")
    fresh.write_text(str(ahead))
    fresh.replace(scene.folder / AHEAD)


def _by(jump: float) -> str:
    return f"{jump / HOUR:+.0f} h"
