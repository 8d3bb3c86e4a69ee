"""`python -m tests.chaos.jump COMMAND…`: the program by a clock that is ahead by the seconds in the file `ahead`.

The file lies in the folder the program runs in and is read at every look at the clock, so that the clock can jump while
the daemon works. Ahead is what the program takes for the present (`crawler.app.utc_now`) and what its scheduler does;
monotonic clocks go on, as they do on a machine whose clock is set.
"""

import sys
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import apscheduler.executors.base
import apscheduler.schedulers.base
import apscheduler.triggers.interval

import crawler.app

AHEAD = Path("ahead")


def _ahead() -> timedelta:
    return timedelta(seconds=float(AHEAD.read_text())) if AHEAD.exists() else timedelta(0)


def _now() -> datetime:
    return datetime.now(UTC) + _ahead()


class _Jumping(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        return datetime.now(tz) + _ahead()


def main() -> None:
    """Run the command with both clocks in place: every door takes `utc_now` from `crawler.app` when it is imported."""
    crawler.app.utc_now = _now
    for module in (apscheduler.executors.base, apscheduler.schedulers.base, apscheduler.triggers.interval):
        module.datetime = _Jumping
    from crawler.cli import main as command

    command()


if __name__ == "__main__":
    sys.exit(main())
