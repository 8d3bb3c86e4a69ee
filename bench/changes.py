"""Pages with the moments of their edits, drawn from several processes: what bench/freshness.py plays checks over.

We know of no published figures on when offices correct their reports, so these are suppositions, from one in which
every guess of `crawler.freshness` is right to one in which all are wrong.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 1, 1, tzinfo=ZONE).astimezone(UTC)
DAYS = 365
_OLDEST = 5 * 365

Rate = Callable[[float, float, float], float]
"""Edits a day, from the days since the report appeared, those since its last edit, and those since START."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """Times in days since START; a page that is older than that is watched from START on."""

    appeared: float
    dated: bool
    """It says when it appeared."""
    edits: tuple[float, ...]

    @property
    def watched(self) -> float:
        """From then on."""
        return max(self.appeared, 0.0)

    @property
    def published(self) -> date | None:
        """What it says."""
        return moment(self.appeared).astimezone(ZONE).date() if self.dated else None


def moment(days: float) -> datetime:
    """The time so many days after START."""
    return START + timedelta(days=days)


def _office(days: float) -> bool:
    weekday = (int(days) + 3) % 7  # START is a Thursday
    return weekday < 5 and 8 <= days % 1 * 24 < 20


def _corrected(age: float, quiet: float, _at: float) -> float:
    """Corrected in the days after it appeared, and in those after a correction; now and then ever after."""
    return 0.15 / (1 + age) + (0.15 / (1 + quiet) if quiet < age else 0) + 0.0006


def _offices(_age: float, _quiet: float, at: float) -> float:
    return 0.005 * (2.5 if _office(at) else 0.2)


def _season(_age: float, _quiet: float, at: float) -> float:
    return 0.004 * (3 if at < 90 else 1)


def _mixed(age: float, quiet: float, at: float) -> float:
    return 1.5 * _corrected(age, quiet, at) * (1 if _office(at) else 0.1) * (2 if at < 90 else 1)


def _even(_age: float, _quiet: float, _at: float) -> float:
    return 0.005


@dataclass(frozen=True, kw_only=True, slots=True)
class Process:
    """How edits come about."""

    said: str
    rate: Rate
    uneven: bool = False
    """Rates differ from page to page: by a factor of mean 1, most far below it and few far above."""
    archive: float = 0.7
    """Share of the pages that were there before START."""


PROCESSES: Mapping[str, Process] = {
    "mixed": Process(said="corrections, in office hours and the season, by uneven offices", rate=_mixed, uneven=True),
    "mixed, new": Process(said="the same, of reports of this year alone", rate=_mixed, uneven=True, archive=0),
    "corrections": Process(said="soon after the report or another correction, day and night", rate=_corrected),
    "uneven": Process(said="evenly over time, by uneven offices", rate=_even, uneven=True),
    "office hours": Process(said="at an even rate in office hours, rarely else", rate=_offices),
    "season": Process(said="evenly, three times as often from January to March", rate=_season),
    "even": Process(said="evenly over time and pages (Poisson)", rate=_even),
}
_MOST = 3.5
"""Above every rate."""


def pages(name: str, count: int, dice: Random) -> list[Page]:
    """Pages of a year with their edits; of those that appear in it three in four do so in the season."""
    process = PROCESSES[name]
    return [_page(process, dice.gammavariate(0.5, 2.0) if process.uneven else 1.0, dice) for _ in range(count)]


def _page(process: Process, own: float, dice: Random) -> Page:
    if dice.random() < process.archive:
        appeared = -dice.uniform(30, _OLDEST)
    else:
        appeared = dice.uniform(0, 90) if dice.random() < 0.75 else dice.uniform(90, 350)
    at, last = max(appeared, 0.0), appeared
    edits: list[float] = []
    while (at := at + dice.expovariate(own * _MOST)) < DAYS:  # thinned to the rate
        if dice.random() * _MOST < process.rate(at - appeared, at - last, at):
            edits.append(at)
            last = at
    return Page(appeared=appeared, dated=dice.random() < 0.7, edits=tuple(edits))
