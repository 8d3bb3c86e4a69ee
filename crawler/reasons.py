"""Why a page is checked when it is, in words, which the dashboard translates. Ring 1."""

from collections.abc import Mapping
from datetime import timedelta

from crawler.freshness import Reason, Word

SAID: Mapping[Word, str] = {
    "cron": "at the times of cron",
    "every": "at the interval of its source",
    "age": "%(time)s after the report appeared",
    "edited": "%(time)s after its last edit",
    "edits": "edits seen: %(num)s",
    "season": "season of the congresses",
    "nights": "rarer at night and at week-ends",
    "least": "no sooner than after %(time)s",
    "most": "no later than after %(time)s",
    "retry_after": "the server asked for a pause of %(time)s",
    "backoff": "failures in a row: %(num)s",
    "doubt": "held back, to be looked at again",
}
"""What each word of a reason says; `time` is its amount as a time, `num` as a number."""
_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def in_words(reason: Reason) -> str:
    """A reason as the command line says it: '3 d after the report appeared'."""
    return SAID[reason.word] % {"time": rough(timedelta(seconds=reason.amount)), "num": reason.amount}


def rough(time: timedelta) -> str:
    """A time in its largest unit, rounded to the nearest: '3 d', '90 min' is '2 h'."""
    seconds = round(time.total_seconds())
    unit, size = next((each for each in _UNITS if seconds >= each[1]), _UNITS[-1])
    return f"{round(seconds / size)} {unit}"
