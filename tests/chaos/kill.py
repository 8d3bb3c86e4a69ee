"""Kills: SIGKILL at random moments of `crawler once` and `crawler run`, under load and between edits.

Most kills fall between the first page that is asked for and the end of the work, some into the start. After each the
files must be whole; in the end, and now and then before, everything edited must have been told on both channels.
"""

import random
import resource
import signal
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.app import utc_now
from crawler.model import value
from storage import maintenance
from storage.store import open_store
from tests.chaos.case import SHOWN, Case, Row, dice_of, peak
from tests.chaos.scene import FIRST, PATIENCE, Scene, Start, staged
from tests.support.cli import start
from tests.support.postgresql import Server, programs

PAGES = 12
EDITS = 4
"""Before each kill."""
RUN_EVERY = 3
"""Every third kill is one of the daemon."""
SETTLE_EVERY = 50
HALT_EVERY = 4
"""At every fourth kill the server dies first."""
ABSENT = "not tried: PostgreSQL 15 or newer is not installed"
PAUSE = 0.02
"""Seconds a sink takes to answer: moments in which an alert was taken and its sender does not know."""
DAEMON_WORK = 6.0
"""Seconds; the daemon delivers every five."""
EARLY = 0.15
"""Share of the kills that fall into the start."""


def run(size: int, seed: int) -> Row:
    """`size` kills with SQLite as the store."""
    with TemporaryDirectory() as folder, staged(Path(folder), PAGES) as scene:
        return _run(size, dice_of(seed, "kill"), scene, "kill", f"sqlite:///{scene.database}")


def run_on_postgresql(size: int, seed: int) -> Row:
    """The same on a server, which now and then dies amid the work, too."""
    found = programs()
    if found is None:
        return Row(
            case="kill-postgresql", tried=size, lost=0, false=0, duplicates=0, seconds=0, megabytes=0, note=ABSENT
        )
    server = Server(found)
    with TemporaryDirectory() as folder, staged(Path(folder), PAGES) as scene:
        try:
            server.start()
            return _run(size, dice_of(seed, "kill"), scene, "kill-postgresql", server.url_of(scene.database), server)
        finally:
            server.remove()


def _run(size: int, dice: random.Random, scene: Scene, case: str, url: str, server: Server | None = None) -> Row:
    begin = partial(start, CRAWLER_DATABASE_URL=url)
    scene.hook.pause = scene.mail.pause = PAUSE
    code, told = scene.once(begin)
    faults = [f"the first round ended with {code}: {told}"] if code else []
    pace = _paced(scene, dice, begin)
    worst = 0.0
    for number in range(1, size + 1):
        scene.edit(dice, EDITS)
        halted = server if number % HALT_EVERY == 0 else None
        _kill(scene, dice, pace, begin, daemon=number % RUN_EVERY == 0, server=halted)
        faults += [f"after kill {number}: {line}" for line in scene.damage()]
        if number % SETTLE_EVERY == 0 or number == size:
            worst = max(worst, scene.settle(begin))
            faults += [f"{PATIENCE} s after kill {number}: {line}" for line in scene.ledger().lost]
    ledger = scene.ledger()
    with open_store(url, now=utc_now()) as store:
        faults += maintenance.verify(store)
    edits = sum(sheet.value - FIRST for sheet in scene.sheets)
    return Row(
        case=case,
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


def _paced(scene: Scene, dice: random.Random, begin: Start) -> _Pace:
    scene.edit(dice, EDITS)
    scene.asked.clear()
    began = time.monotonic()
    process = begin(scene.folder, "once")
    scene.asked.wait(PATIENCE)
    asked = time.monotonic()
    scene.ended(process)
    return _Pace(start=asked - began, work=time.monotonic() - asked)


def _kill(scene: Scene, dice: random.Random, pace: _Pace, begin: Start, *, daemon: bool, server: Server | None) -> None:
    """Kill a command at work; with a server that first, which is up again afterwards."""
    early, at = dice.random() < EARLY, dice.random()
    scene.asked.clear()
    process = begin(scene.folder, "run" if daemon else "once")
    if early:
        time.sleep(at * pace.start)
    else:
        scene.asked.wait(PATIENCE)
        time.sleep(at * (DAEMON_WORK if daemon else pace.work))
    if server:
        server.halt()
    process.kill()
    _, told = process.communicate()
    if server:
        server.go_on()
    refused = 2 if server else 0
    if process.returncode not in (0, 1, refused, -signal.SIGKILL):
        raise AssertionError(f"the program ended by itself with {process.returncode}: {told}")


POSTGRESQL = Case(name="kill-postgresql", unit="kills", sizes={"short": 4, "long": 200}, run=run_on_postgresql)
CASE = Case(name="kill", unit="kills", sizes={"short": 4, "long": 200}, run=run)
