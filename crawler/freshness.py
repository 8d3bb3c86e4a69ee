"""How soon a page is worth its next check, and why. Ring 1: the present and the dice are arguments.

A source with `every` alone is checked at that interval, one with `cron` at its times. One with `up_to` besides gives
bounds; within them the rate of checks follows the square root of the rate at which edits are expected. Of all spacings
that cost the same it has the least sum of rate times delay, which is what is lost by telling edits late:
edits of rate r, checked every t, wait t/2 each, so sum(r t / 2) at a fixed sum(1 / t) is least for t ~ 1 / sqrt(r).

- J. Cho, H. Garcia-Molina: Effective page refresh policies for web crawlers. ACM TODS 28(4), 2003. Shows that checks
  in proportion to the rate of change are no better than uniform ones, and how to estimate rates from what was seen.
- Y. Azar, E. Horvitz, E. Lubetzky, Y. Peres, D. Shahaf: Tractable near-optimal policies for crawling. PNAS 115(32),
  2018. Policies of single pages that need to know of no other page: here each page has a clock of its own.

The rate is told from what is known. A report is corrected in the hours and days after it appeared or was edited, then
ever more rarely (as one over the time since, see `YOUNG`); a page that was edited before is edited again (the mean of
a gamma posterior); and offices edit in office hours, most of all while congresses meet. The clock of a page runs as
fast as the square root of that rate, at full speed over a report that appeared just now, in office hours of the season:
there it is due after `every`.

These are guesses, held mild on purpose: where they are right bolder ones gain little more, where they are wrong those
lose much (bench/freshness.py plays both).
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from math import log, sqrt
from typing import Literal, Self
from zoneinfo import ZoneInfo

from crawler.model import Schedule, value
from crawler.schedule import after_failure, next_check, recheck

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
YOUNG = _DAY
"""So long the rate of edits stays about as it began; from then on it falls like one over the time since."""
OLD = 30.0
"""Days after which it is taken to fall no further: any old report may be edited, and nothing foretells which."""
OFFICE = range(8, 20)
"""Hours, in the time zone of the schedule."""
WORKDAYS = range(5)
ASLEEP = 0.33
"""Of the rate, at other hours."""
SEASON = (1, 2, 3)
"""Months in which congresses meet and reports appear."""
OUT_OF_SEASON = 0.75
"""Of the rate, in other months."""
PRIOR = 0.5
"""For so many edits counts what is believed of a page before any was seen: the less, the sooner its own tell."""
EXPECTED = 0.1
"""Edits expected in the first day of a report of which nothing else is known."""

Word = Literal[
    "cron", "every", "age", "edited", "edits", "season", "nights", "least", "most", "retry_after", "backoff", "doubt"
]


@value
class Reason:
    """Why a page is checked when it is; what `amount` counts is said by the word."""

    word: Word
    amount: int = 0
    """Seconds since it appeared (`age`) or was `edited`, of the bound reached (`least`, `most`), asked for
    (`retry_after`); how many `edits` it saw, or failures there were in a row (`backoff`); else 0."""


@value
class Coming:
    """The next check of a page."""

    at: datetime
    why: tuple[Reason, ...]


@value
class History:
    """What a page did so far, as far as it tells what it will do."""

    first_seen: datetime | None = None
    published: date | None = None
    """As the report says it."""
    edits: int = 0
    """How often it changed since it was first read."""
    edited_at: datetime | None = None
    """When the last of them was found."""

    def read(self, published: date | None, edited_at: datetime | None) -> Self:
        """With what a new version tells: the day it names, and that it is an edit found then (None: the first one)."""
        if edited_at is None:
            return replace(self, published=published)
        return replace(self, published=published, edits=self.edits + 1, edited_at=edited_at)


def regular(now: datetime, schedule: Schedule, history: History, *, jitter: float) -> Coming:
    """The next check after one that ended well: never sooner than `every`, never later than `up_to`.

    `jitter` lies in [0, 1) and spreads pages that would come due together, by up to 5 %.
    """
    every, up_to = schedule.every, schedule.up_to
    if every is None or up_to is None or up_to <= every:
        return Coming(
            at=next_check(now, schedule, jitter=jitter), why=(Reason(word="cron" if every is None else "every"),)
        )
    zone = ZoneInfo(schedule.timezone)
    appeared = _appeared(now, history, zone)
    soonest = every * (1 + 0.05 * jitter)
    latest = up_to * (1 - 0.05 * jitter)
    wait, seen = _ticked(now, soonest / sqrt(_pace(now, appeared, history)), latest, zone)
    bound = _bound(schedule, wait, soonest, latest)
    within = min(max(wait, soonest), up_to)
    return Coming(at=now + within, why=(*_own(now, appeared, history), *seen, *bound))


def retry(
    now: datetime, schedule: Schedule, *, failures: int, jitter: float, retry_after: timedelta | None = None
) -> Coming:
    """The next try after the `failures`-th failure in a row: as `after_failure` says, whatever the bounds."""
    at = after_failure(now, schedule, failures=failures, jitter=jitter, retry_after=retry_after)
    asked = retry_after is not None and at > after_failure(now, schedule, failures=failures, jitter=jitter)
    return Coming(
        at=at,
        why=(
            Reason(word="retry_after", amount=round((at - now) / _SECOND))
            if asked
            else Reason(word="backoff", amount=failures),
        ),
    )


def look_again(now: datetime, schedule: Schedule, *, since: datetime, jitter: float) -> Coming:
    """The next look at a page held back since then."""
    return Coming(at=recheck(now, schedule, since=since, jitter=jitter), why=(Reason(word="doubt"),))


def _appeared(now: datetime, history: History, zone: ZoneInfo) -> datetime:
    """When the report did: on the day it names, unless it was seen before."""
    known = min(history.first_seen or now, now)
    return known if history.published is None else min(known, datetime.combine(history.published, time(), zone))


def _pace(now: datetime, appeared: datetime, history: History) -> float:
    """The rate of edits, as a share of what is expected of a report that appeared just now."""
    last = history.edited_at if history.edits else None
    edited = max(appeared, min(last or appeared, now))
    seen = max(appeared, min(history.first_seen or now, edited if history.edits else now))
    expected = EXPECTED * _units(history.edits, seen - appeared, edited - seen, now - edited)
    own = (PRIOR + history.edits) / (PRIOR + expected)
    return own / (1 + min((now - edited) / YOUNG, OLD))


def _units(edits: int, before: timedelta, until: timedelta, since: timedelta) -> float:
    """How much the base rate came to while the page was watched, its edits spread evenly but for the last one.

    `before` is how old the report was at first sight, `until` the time from then to its last edit, `since` that from
    there on (without an edit: its age).
    """
    if not edits:
        return _integral(before / YOUNG, since / YOUNG)
    return edits * _integral(0, until / edits / YOUNG) + _integral(0, since / YOUNG)


def _integral(start: float, end: float) -> float:
    """Of one over one plus the age, from one age to another; beyond `OLD` it is flat."""
    young, old = min(start, OLD), min(end, OLD)
    return log((1 + old) / (1 + young)) + (end - old - (start - young)) / (1 + OLD)


def _ticked(now: datetime, step: timedelta, latest: timedelta, zone: ZoneInfo) -> tuple[timedelta, list[Reason]]:
    """How long until a clock, slow in quiet hours, has advanced by `step` (`latest` is enough), and what it met."""
    moment, left, met = now, step / _SECOND, dict[Word, None]()
    while left > 0 and moment - now < latest:
        local = moment.astimezone(zone)
        season, awake, length = local.month in SEASON, _awake(local), _until_turn(local)
        speed = sqrt((1 if season else OUT_OF_SEASON) * (1 if awake else ASLEEP))
        if season:
            met["season"] = None
        if not awake:
            met["nights"] = None
        passed = min(length, left / speed)
        moment, left = moment + timedelta(seconds=passed), left - length * speed
    return moment - now, [Reason(word=word) for word in met]


def _awake(local: datetime) -> bool:
    return local.hour in OFFICE and local.weekday() in WORKDAYS


def _until_turn(local: datetime) -> float:
    """Seconds until offices open or close next, or the day ends."""
    turn = next(hour for hour in (OFFICE.start, OFFICE.stop, 24) if hour > local.hour)
    return (turn - local.hour) * 3600 - local.minute * 60 - local.second - local.microsecond / 1e6


def _own(now: datetime, appeared: datetime, history: History) -> tuple[Reason, ...]:
    """What the page itself has to do with it."""
    if not history.edits or history.edited_at is None:
        return (Reason(word="age", amount=round((now - appeared) / _SECOND)),)
    return Reason(word="edited", amount=max(0, round((now - history.edited_at) / _SECOND))), Reason(
        word="edits", amount=history.edits
    )


def _bound(schedule: Schedule, wait: timedelta, soonest: timedelta, latest: timedelta) -> tuple[Reason, ...]:
    if wait <= soonest:
        return (Reason(word="least", amount=round((schedule.every or wait) / _SECOND)),)
    return (Reason(word="most", amount=round((schedule.up_to or wait) / _SECOND)),) if wait >= latest else ()
