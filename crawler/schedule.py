"""When a page is checked next. Ring 1: the present and the dice are arguments.

Three cases: the regular check, the next try after a failure (soon at first, so that a hiccup costs minutes; then
doubling up to a day, so that a dead portal costs next to nothing), and the next look at a page held back as suspect.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim

from crawler.model import Schedule

FIRST_RETRY = timedelta(minutes=5)
LONGEST_RETRY = timedelta(days=1)
LONGEST_ASKED = timedelta(days=7)
RECHECK = timedelta(minutes=10)


def next_check(now: datetime, schedule: Schedule, *, jitter: float) -> datetime:
    """The regular next check after `now`: with `every`, up to 5 % late; with cron, the next tick.

    `jitter` lies in [0, 1) and spreads pages of one interval, so that they do not all come due in the same second.
    """
    if schedule.cron is not None:
        return next(_ticks(now, schedule))
    return now + interval(now, schedule) * (1 + 0.05 * jitter)


def after_failure(
    now: datetime, schedule: Schedule, *, failures: int, jitter: float, retry_after: timedelta | None = None
) -> datetime:
    """The next try after the `failures`-th failure in a row (from 1).

    Doubles from five minutes (or the interval, if that is shorter) up to a day; what the server asks for
    (`retry_after`) is honoured up to a week.
    """
    first = min(FIRST_RETRY, interval(now, schedule))
    wait = min(first * (1 << min(failures - 1, 20)), LONGEST_RETRY)
    asked = min(retry_after or timedelta(0), LONGEST_ASKED)
    return now + max(wait * (1 + 0.1 * jitter), asked)


def recheck(now: datetime, schedule: Schedule, *, since: datetime, jitter: float) -> datetime:
    """The next look at a page suspect since `since`: ever more slowly, but never slower than the regular check."""
    wait = max(RECHECK, (now - since) / 2)
    return now + min(wait, interval(now, schedule)) * (1 + 0.1 * jitter)


def interval(now: datetime, schedule: Schedule) -> timedelta:
    """The time between two regular checks (for cron: between its next two ticks)."""
    if schedule.every is not None:
        return schedule.every
    ticks = _ticks(now, schedule)
    first = next(ticks)
    return next(ticks) - first


def _ticks(now: datetime, schedule: Schedule) -> Iterator[datetime]:
    local = CronSim(schedule.cron or "@daily", now.astimezone(ZoneInfo(schedule.timezone)))
    return (tick.astimezone(UTC) for tick in local)
