"""Kills: SIGKILL at random moments of `crawler once` and `crawler run`, under load and between edits.

Most kills fall between the first page that is asked for and the end of the work, some into the start. After each the
files must be whole; in the end, and now and then before, everything edited must have been told on both channels.
"""

import random
import resource
import signal
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.app import utc_now
from crawler.model import value
from storage import maintenance
from storage.store import open_store
from tests.chaos.case import SHOWN, Case, Row, dice_of, peak
from tests.chaos.scene import FIRST, PATIENCE, Scene, staged
from tests.support.cli import start

PAGES = 12
EDITS = 4
"""Before each kill."""
RUN_EVERY = 3
"""Every third kill is one of the daemon."""
SETTLE_EVERY = 50
PAUSE = 0.02
"""Seconds a sink takes to answer: moments in which an alert was taken and its sender does not know."""
DAEMON_WORK = 6.0
"""Seconds; the daemon delivers every five."""
EARLY = 0.15
"""Share of the kills that fall into the start."""


def run(size: int, seed: int) -> Row:
    """`size` kills."""
    dice = dice_of(seed, "kill")
    with TemporaryDirectory() as folder, staged(Path(folder), PAGES) as scene:
        scene.hook.pause = scene.mail.pause = PAUSE
        code, told = scene.once()
        faults = [f"the first round ended with {code}: {told}"] if code else []
        pace = _paced(scene, dice)
        worst = 0.0
        for number in range(1, size + 1):
            scene.edit(dice, EDITS)
            _kill(scene, dice, pace, daemon=number % RUN_EVERY == 0)
            faults += [f"after kill {number}: {line}" for line in scene.damage()]
            if number % SETTLE_EVERY == 0 or number == size:
                worst = max(worst, scene.settle())
                faults += [f"{PATIENCE} s after kill {number}: {line}" for line in scene.ledger().lost]
        ledger = scene.ledger()
        with open_store(f"sqlite:///{scene.database}", now=utc_now()) as store:
            faults += maintenance.verify(store)
        edits = sum(sheet.value - FIRST for sheet in scene.sheets)
    return Row(
        case="kill",
        tried=size,
        lost=len(ledger.lost),
        false=len(ledger.false),
        duplicates=ledger.duplicates,
        seconds=worst,
        megabytes=peak(resource.RUSAGE_CHILDREN),
        note=f"{edits} edits; seconds from the last kill until all is told",
        faults=tuple([*faults, *ledger.lost, *ledger.false][:SHOWN]),
    )


@value
class _Pace:
    """How long a round takes on this machine, in seconds."""

    start: float
    """Until the first page is asked for."""
    work: float
    """From then on to its end."""


def _paced(scene: Scene, dice: random.Random) -> _Pace:
    scene.edit(dice, EDITS)
    scene.asked.clear()
    began = time.monotonic()
    process = start(scene.folder, "once")
    scene.asked.wait(PATIENCE)
    asked = time.monotonic()
    scene.ended(process)
    return _Pace(start=asked - began, work=time.monotonic() - asked)


def _kill(scene: Scene, dice: random.Random, pace: _Pace, *, daemon: bool) -> None:
    early, at = dice.random() < EARLY, dice.random()
    scene.asked.clear()
    process = start(scene.folder, "run" if daemon else "once")
    if early:
        time.sleep(at * pace.start)
    else:
        scene.asked.wait(PATIENCE)
        time.sleep(at * (DAEMON_WORK if daemon else pace.work))
    process.kill()
    _, told = process.communicate()
    if process.returncode not in (0, 1, -signal.SIGKILL):
        raise AssertionError(f"the program ended by itself with {process.returncode}: {told}")


CASE = Case(name="kill", unit="kills", sizes={"short": 4, "long": 200}, run=run)
